import type { DivisionCode, Id } from '@zhulian/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { actorOf, as } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { hasAccess, organisationOf, organisationsFor } from './index.ts'
import { organisationOfUnit } from '../pools/index.ts'

const start = '2021-09-13T09:00:00+08:00'
const village = '330111109203' as DivisionCode

let house: House
let officer: Client
let second: Client
let hub: Client
let guide: Client
beforeAll(async () => {
  house = await openHouse({ at: start })
  officer = house.as('districtOfficer', { name: '方永明' })
  second = house.as('districtOfficer', { name: '钟慧' })
  hub = house.as('operator', { name: '骆静怡' })
  guide = house.as('guide')
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

let n = 0
async function add(more: Record<string, unknown> = {}): Promise<Id> {
  house.later(1000)
  const added = await hub.post('POST /organisations', {
    body: {
      kind: 'socialOrganisation',
      stage: 'seedling',
      name: `服务社${++n}`,
      seat: '330111109',
      purpose: '送餐',
      contact: '0571-00000000',
      ...more,
    },
  })
  expect(added.problem?.code).toBeUndefined()
  return added.body.id
}
const write = (organisation: Id, more: Record<string, unknown> = {}, by = officer) => {
  house.later(1000)
  return by.post('POST /organisations/:organisationId/contracts', {
    params: { organisationId: organisation },
    body: {
      kind: 'services',
      subject: '送餐服务购买',
      services: ['S-A1'],
      amountFen: 12_000_000,
      fromOn: '2021-09-01',
      untilOn: '2021-09-20',
      ...more,
    },
  })
}
const step = (contract: Id, body: Record<string, unknown>, by = second) => {
  house.later(1000)
  return by.post('POST /contracts/:contractId/steps', { params: { contractId: contract }, body })
}
const one = async (organisation: Id, by = officer) =>
  (await by.get('GET /organisations/:organisationId', { params: { organisationId: organisation } })).body
async function underContract(more: Record<string, unknown> = {}): Promise<{ organisation: Id; contract: Id }> {
  const organisation = await add()
  const { body } = await write(organisation, more)
  const contract = body.contracts?.[0]?.id as Id
  expect((await step(contract, { step: 'sign' })).problem?.code).toBeUndefined()
  return { organisation, contract }
}
const giveMeals = (organisation: Id, area = ['330111109'], places = 20, expectedVersion?: number) =>
  hub.put('PUT /organisations/:organisationId/capacity', {
    params: { organisationId: organisation },
    body: { service: 'S-A1', places, area, ...(expectedVersion && { expectedVersion }) },
  })
/** As an officer at the database itself, past every check of the routes. */
const atTheWall = (account: Id, work: (ctx: Ctx) => Promise<unknown>, organisation?: Id) =>
  house.inside(ctx =>
    as(ctx, actorOf(ctx, 'districtOfficer', account, '', ctx.district as DivisionCode, organisation), ctx.now, work),
  )
const looksAtWishes = (who: Client) => who.get('GET /my/organisation')
const able = async (division = village, service = 'S-A1') =>
  (await house.inside(ctx => organisationsFor(ctx, { service, division }))).map(({ id }) => id)

describe('access of an organisation', () => {
  it('ends with its last contract: the next day the door says why, the stream closes, and the trail tells whom', async () => {
    const { organisation } = await underContract()
    const [provider, runs] = [
      house.as('provider', { organisation, name: '俞家乐' }),
      house.as('operator', { organisation, name: '孙洁' }),
    ]
    for (const who of [provider, runs]) expect((await looksAtWishes(who)).status).toBe(200)
    const stream = await provider.live()
    house.at('2021-09-20T23:59:00+08:00')
    expect((await looksAtWishes(provider)).status).toBe(200)

    house.at('2021-09-21T00:01:00+08:00')
    for (const who of [provider, runs]) {
      const refused = await looksAtWishes(who)
      expect([refused.status, refused.problem?.code]).toEqual([403, 'identity.contractEnded'])
      expect(refused.problem?.detail).toContain('2021-09-20')
    }
    expect((await house.trail(1))[0]).toMatchObject({
      account_id: await runs.account(),
      outcome: 'refused',
      refusal: 'identity.contractEnded',
    })
    expect((await provider.get('GET /session')).body.signedIn).toBe(false)
    await expect(provider.live()).rejects.toThrow('live: 403')
    // The stream that stood open is looked at with the beat; telling the account looks at once.
    const account = await provider.account()
    await house.inside(async ctx => ctx.tell({ name: 'identity.sessionEnded', to: { account }, id: account }))
    await stream.ended
    expect(await house.inside(ctx => hasAccess(ctx, organisation))).toBe(false)
  })

  it('is refused at sign-in with the last day, and opens again with a renewal that another signs off', async () => {
    const { organisation, contract } = await underContract()
    const admin = house.as('admin')
    const asked = {
      name: '俞家乐',
      signInName: 'yu-jiale',
      grants: [{ role: 'provider', organisationId: organisation }],
    }
    const made = await admin.post('POST /accounts', { body: asked })
    const password = '三月桃花流水鳜鱼肥三月'
    const signIn = () => house.nobody().post('POST /session', { body: { signInName: 'yu-jiale', password } })
    const first = await house.nobody().post('POST /session/set-up', {
      body: { signInName: 'yu-jiale', setUpCode: made.body.setUpCode, password },
    })
    expect(first.problem?.code).toBeUndefined()
    expect(first.body.acting).toMatchObject({ role: 'provider', organisationId: organisation })

    house.at('2021-09-21T09:00:00+08:00')
    const refused = await signIn()
    expect([refused.problem?.code, refused.problem?.detail.includes('2021-09-20')]).toEqual([
      'identity.contractEnded',
      true,
    ])
    const wrong = await house.nobody().post('POST /session', { body: { signInName: 'yu-jiale', password: 'x' } })
    expect(wrong.problem?.code).toBe('identity.cannotSignIn')

    const renewal = { fromOn: '2021-09-21', untilOn: '2022-09-20', renews: contract }
    const { body } = await write(organisation, renewal)
    expect((await signIn()).problem?.code).toBe('identity.contractEnded')
    expect((await write(organisation, renewal)).problem?.code).toBe('organisations.renewedAlready')
    await step(body.contracts?.[0]?.id as Id, { step: 'sign' })
    expect((await signIn()).body.acting).toMatchObject({ role: 'provider' })
  })

  it('is given to nobody of an organisation that is not on the list', async () => {
    const grants = [{ role: 'provider', organisationId: '01890000-0000-7000-8000-00000000ffff' }]
    const made = await house
      .as('admin')
      .post('POST /accounts', { body: { name: '无', signInName: 'nobody-1', grants } })
    expect(made.problem?.code).toBe('identity.unknownOrganisation')
  })

  it('is not asked of officers of a unit and of a hub that works under no contract', async () => {
    const bureau = house.as('bureauOfficer', { organisation: organisationOfUnit('hrss') })
    expect((await bureau.get('GET /slips/yours')).status).toBe(200)
    expect((await hub.get('GET /hubs')).status).toBe(200)
    expect(await house.inside(ctx => hasAccess(ctx, organisationOfUnit('hrss')))).toBe(true)
    expect(await house.inside(ctx => organisationOf(ctx, organisationOfUnit('hrss')))).toMatchObject({ kind: 'unit' })
  })
})

describe('a contract', () => {
  it('opens nothing until somebody else signs it off', async () => {
    const organisation = await add()
    const { body } = await write(organisation)
    const contract = body.contracts?.[0]?.id as Id
    expect(body.contracts?.[0]).toMatchObject({ state: 'written', written: { by: '方永明' }, signed: null })
    expect((await step(contract, { step: 'sign' }, officer)).problem?.code).toBe('organisations.contractStepNotOpen')
    expect(await house.inside(ctx => hasAccess(ctx, organisation))).toBe(false)
    expect((await step(contract, { step: 'sign' })).body).toMatchObject({ accessUntil: '2021-09-20', endsSoon: true })
    expect(await house.inside(ctx => hasAccess(ctx, organisation))).toBe(true)
    expect((await step(contract, { step: 'sign' })).problem?.code).toBe('organisations.contractStepNotOpen')
  })

  it('is ended early by a named person with a reason, at once if need be', async () => {
    const { organisation, contract } = await underContract({ untilOn: '2022-08-31' })
    const provider = house.as('provider', { organisation })
    const stream = await provider.live()
    const end = (body: Record<string, unknown>) => step(contract, { step: 'end', ...body })
    expect((await end({ lastOn: '2021-09-12' })).problem?.code).toBe('organisations.reasonMissing')
    for (const lastOn of ['2021-09-11', '2022-09-01'])
      expect((await end({ lastOn, reason: '违约' })).problem?.code).toBe('organisations.lastDayNotFitting')
    const ended = await end({ lastOn: '2021-09-12', reason: '两次无故缺勤' })
    expect(ended.body.contracts?.[0]).toMatchObject({ state: 'ended', ended: { by: '钟慧', reason: '两次无故缺勤' } })
    await stream.ended
    expect((await looksAtWishes(provider)).problem?.code).toBe('identity.contractEnded')
  })

  it('that has not begun ends on the day that is chosen, or never begins and opens nothing', async () => {
    const later = { fromOn: '2021-10-01', untilOn: '2022-08-31' }
    const { organisation, contract } = await underContract(later)
    const end = (lastOn: string, id = contract) => step(id, { step: 'end', lastOn, reason: '改期' })
    const shortened = await end('2022-03-31')
    expect(shortened.body.contracts?.[0]).toMatchObject({ state: 'coming', lastOn: '2022-03-31' })
    expect((await end('2022-04-01')).problem?.code).toBe('organisations.lastDayNotFitting')
    const dropped = (await end('2021-09-12')).body
    expect(dropped).toMatchObject({ accessUntil: null, endedOn: null })
    expect(dropped.contracts?.[0]).toMatchObject({
      state: 'ended',
      stateWords: { zh: '没开始就终止了' },
      lastOn: '2021-09-30',
      next: [],
    })
    expect(await house.sql('select from organisations.access where contract_id = $1', [contract])).toEqual([])
    expect((await end('2021-09-12')).problem?.code).toBe('organisations.contractStepNotOpen')
    house.at('2021-10-02T09:00:00+08:00')
    await house.run('organisations.watchContracts')
    expect((await one(organisation)).steps.map(s => s.step)).not.toContain('askProof')
    expect(await house.inside(ctx => hasAccess(ctx, organisation))).toBe(false)
  })

  it('bears the hand of who changes it, at the database too, and opens nothing that nobody signed', async () => {
    const organisation = await add()
    const contract = (await write(organisation)).body.contracts?.[0]?.id as Id
    const [me, other] = [(await second.account()) as Id, (await officer.account()) as Id]
    const sign = (by: Id) => (ctx: Ctx) =>
      sql`update organisations.contract set signed_at = now(), signed_by = ${by} where id = ${contract}`.execute(
        ctx.transaction,
      )
    const open = (by: Id) => (ctx: Ctx) =>
      sql`insert into organisations.access values ('330111', ${contract}, ${organisation}, '2021-09-01', '2021-09-20', ${by})`.execute(
        ctx.transaction,
      )
    await expect(atTheWall(me, sign(await hub.account()))).rejects.toThrow('row-level security')
    await expect(atTheWall(me, open(other))).rejects.toThrow('row-level security')
    await expect(atTheWall(me, open(me))).rejects.toThrow('foreign key')
    const capacity = (ctx: Ctx) =>
      sql`insert into organisations.capacity values ('330111', ${organisation}, 'S-B4', 9, '{330111}', 1, now(), ${me}, '')`.execute(
        ctx.transaction,
      )
    await expect(atTheWall(me, capacity, organisation)).rejects.toThrow('row-level security')
    await atTheWall(me, capacity)
    await atTheWall(me, sign(me))
    await atTheWall(me, open(me))
  })

  it('that is followed after a gap ends soon all the same, in the list as on the card; who runs a hub a guide reads too', async () => {
    const { organisation } = await underContract({ hub: 'dongzhou' })
    const next = (await write(organisation, { fromOn: '2021-09-25', untilOn: '2022-09-24' })).body.contracts?.[0]?.id
    await step(next as Id, { step: 'sign' })
    const ending = await officer.get('GET /organisations', { query: { show: 'ending', limit: 100 } })
    expect(ending.body.items.find(({ id }) => id === organisation)).toMatchObject({
      accessUntil: '2021-09-20',
      endsSoon: true,
    })
    const seamless = (await write(organisation, { fromOn: '2021-09-21', untilOn: '2021-09-24' })).body.contracts?.[0]
      ?.id
    await step(seamless as Id, { step: 'sign' })
    const after = await officer.get('GET /organisations', { query: { show: 'ending', limit: 100 } })
    expect(after.body.items.map(({ id }) => id)).not.toContain(organisation)
    const run = (await guide.get('GET /hubs')).body.items.find(({ id }) => id === 'dongzhou')
    expect(run?.runBy.map(({ id }) => id)).toContain(organisation)
  })

  it('is told of thirty days before its end, and asked for proof of return or deletion when it is over, once each', async () => {
    const { organisation, contract } = await underContract()
    const yours = async () => (await officer.get('GET /organisations/yours')).body
    const before = await yours()
    house.later(1000)
    await house.run('organisations.watchContracts')
    await house.run('organisations.watchContracts')
    const steps = async () => (await one(organisation)).steps.map(s => s.step)
    expect(await steps()).toEqual(['warn', 'sign', 'write', 'add'])
    expect((await step(contract, { step: 'proof', proof: 'deleted' })).problem?.code).toBe(
      'organisations.contractStepNotOpen',
    )
    house.at('2021-09-21T09:00:00+08:00')
    await house.run('organisations.watchContracts')
    await house.run('organisations.watchContracts')
    expect((await steps()).filter(s => s === 'askProof')).toHaveLength(1)
    const waits = await yours()
    expect(waits.proofs).toBeGreaterThan(before.proofs)
    const shown = await officer.get('GET /organisations', { query: { show: 'proof' } })
    expect(shown.body.items.map(({ id }) => id)).toContain(organisation)
    const proved = await step(contract, { step: 'proof', proof: 'deleted', reason: '出具了删除清单' })
    expect(proved.body.contracts?.[0]?.proof).toMatchObject({ kind: 'deleted', by: '钟慧', on: '2021-09-21' })
    expect((await yours()).proofs).toBe(waits.proofs - 1)
  })

  it('is written by the district alone, within bounds', async () => {
    const organisation = await add()
    expect((await write(organisation, {}, hub)).status).toBe(403)
    for (const dates of [
      { fromOn: '2021-10-01', untilOn: '2021-09-30' },
      { fromOn: '2021-08-01', untilOn: '2021-09-12' },
      { fromOn: '2021-09-01', untilOn: '2031-09-02' },
    ])
      expect((await write(organisation, dates)).problem?.code).toBe('organisations.datesNotFitting')
    expect((await write(organisation, { hub: 'nowhere' })).problem?.code).toBe('organisations.unknownHub')
    expect((await write(organisation, { services: ['P01'] })).problem?.code).toBe('organisations.unknownService')
    const { contracts } = await one(organisation, guide)
    expect(contracts).toBeNull()
  })
})

describe('an organisation', () => {
  it('moves from stage to stage by a named person with a reason, and the history stays', async () => {
    const organisation = await add()
    const move = (stage: string, by = hub) => {
      house.later(1000)
      return by.post('POST /organisations/:organisationId/stage', {
        params: { organisationId: organisation },
        body: { stage, reason: '财务独立' },
      })
    }
    expect((await move('mature')).problem?.code).toBe('organisations.noSuchWay')
    await move('incubating')
    const { body } = await move('mature')
    expect([body.stage, body.steps.map(({ stage, by }) => `${stage?.zh} ${by}`)]).toEqual([
      'mature',
      ['成熟 骆静怡', '孵化中 骆静怡', '萌芽 骆静怡'],
    ])
    const own = house.as('operator', { organisation })
    await house.sql(`insert into organisations.access values ('330111', $1, $1, '2021-01-01', '2022-01-01')`, [
      organisation,
    ])
    expect((await move('incubating', own)).problem?.code).toBe('organisations.notYourOwn')
  })

  it('is on the list once by name and by credit code', async () => {
    const code = '523301110123456789'
    await add({ name: '邻里社', creditCode: code })
    for (const again of [{ name: '邻里社' }, { name: '别的社', creditCode: code }]) {
      const body = { kind: 'firm', stage: 'mature', seat: '330111', purpose: '捐赠', ...again }
      expect((await hub.post('POST /organisations', { body })).problem?.code).toBe('organisations.alreadyListed')
    }
  })

  it('shows papers with who looked at them, and those whose day is over', async () => {
    const organisation = await add()
    const params = { organisationId: organisation }
    const note = (body: Record<string, unknown>) => {
      house.later(1000)
      return hub.post('POST /organisations/:organisationId/qualifications', { params, body })
    }
    await note({ kind: 'food', number: 'JY001', validUntil: '2021-09-12' })
    const { body } = await note({ kind: 'registration', number: '52330111' })
    expect(body.lapsed).toBe(1)
    expect(body.qualifications[0]).toMatchObject({ lapsed: true, checked: { by: '骆静怡', on: '2021-09-13' } })
    const gone = await hub.delete('DELETE /organisations/:organisationId/qualifications/:qualificationId', {
      params: { ...params, qualificationId: body.qualifications[0]?.id ?? '' },
    })
    expect(gone.body).toMatchObject({ lapsed: 0 })
  })
})

describe('who can give a service in a place', () => {
  it('has capacity there, a contract that holds today and names the service or none, and has not left', async () => {
    const { organisation } = await underContract()
    await giveMeals(organisation)
    const uncontracted = await add()
    await giveMeals(uncontracted)
    const other = await underContract({ services: ['S-A2'] })
    await giveMeals(other.organisation)
    const all = await underContract({ services: [], untilOn: '2022-08-31' })
    await giveMeals(all.organisation, ['330111'], 50)
    expect(await able()).toEqual([all.organisation, organisation])
    expect(await able('330111110201' as DivisionCode)).toEqual([all.organisation])
    expect(await able(village, 'S-A2')).toEqual([])
    const meals = async () => (await officer.get('GET /three-parties')).body.rows.find(row => row.id === 'S-A1')?.supply
    expect(await meals()).toMatchObject({ organisations: 2, places: 70 })
    await house.sql(`update organisations.organisation set stage = 'left' where id = $1`, [all.organisation])
    expect(await meals()).toMatchObject({ organisations: 1, places: 20 })
    await house.sql(`update organisations.organisation set stage = 'mature' where id = $1`, [all.organisation])

    house.at('2021-09-21T09:00:00+08:00')
    expect(await able()).toEqual([all.organisation])
    expect((await giveMeals(all.organisation, ['330111'], 0)).problem?.code).toBe('organisations.changed')
    expect(await able()).toEqual([all.organisation])
    await giveMeals(all.organisation, ['330111'], 0, 1)
    expect(await able()).toEqual([])
  })

  it('is one line of needs, money and supply, where fewer than five needs are not told', async () => {
    const clerk = house.as('townshipClerk')
    const added = await clerk.post('POST /households', {
      body: { division: village, members: [{ name: '陆阿香', relation: '02' }] },
    })
    const tell = () =>
      guide.post('POST /households/:householdId/needs', {
        params: { householdId: added.body.id },
        body: { words: '想有人教孩子数学', item: 'S-D1' },
      })
    const line = async (query = {}, id = 'S-D1') =>
      (await officer.get('GET /three-parties', { query })).body.rows.find(row => row.id === id)
    for (let i = 0; i < 4; i++) await tell()
    expect(await line()).toMatchObject({ needs: { open: null, late: null }, supply: { places: 0 }, gap: true })
    await tell()
    const { organisation } = await underContract({ services: ['S-D1'] })
    await hub.put('PUT /organisations/:organisationId/capacity', {
      params: { organisationId: organisation },
      body: { service: 'S-D1', places: 8, area: [village, '330111109', '330111110'] },
    })
    const told = {
      needs: { open: 5, late: 0 },
      money: { fen: 12_000_000, contracts: 1, projects: 0 },
      supply: { organisations: 1, places: 8, free: 0 },
      gap: false,
    }
    expect(await line()).toMatchObject(told)
    expect(await line({ service: 'S-D1' }, '330111109')).toMatchObject(told)
    expect(await line({ service: 'S-D1' }, '330111110')).toMatchObject({ needs: { open: 0 }, supply: { places: 8 } })
    await house.sql(
      `insert into projects.hand select '330111', $1, step, by_id
         from (values ('askBudget', $1::uuid), ('approveBudget', $2::uuid), ('name', $1), ('sign', $2)) h (step, by_id)`,
      [organisation, await officer.account()],
    )
    await house.sql(
      `insert into projects.project (district, id, number, name, brand, state, purpose, what_is_done, for_whom, limits, safeguarding, items,
         services, places, area, from_on, until_on, budget_fen, budget_state, budget_asked_by, budget_approved_by, organisation_name,
         organisation_named_by, signed_by, since_on, created_at, created_by, created_name, changed_at)
       values ('330111', $1, 'X', '相伴成长', 'study', 'running', '', '', '', '', '', '[]', '{S-D1}', 12, '{330111110}', '2021-09-01',
         '2022-08-31', 5000000, 'approved', $1, $2, '青禾', $1, $2, '2021-09-01', '2021-09-01', $1, '', '2021-09-01')`,
      [organisation, await officer.account()],
    )
    const withProject = { money: { projectFen: 5_000_000, projects: 1 }, supply: { places: 8, free: 12 } }
    expect(await line({ service: 'S-D1' }, '330111110')).toMatchObject(withProject)
    expect(await line({ service: 'S-D1' }, '330111109')).toMatchObject({ supply: { free: 0 } })
    expect((await one(organisation)).capacity[0]?.area.map(({ name }) => name)).toEqual(['常绿镇', '场口镇'])
  })
})
