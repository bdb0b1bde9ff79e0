import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../../test/house.ts'
import { actorOf, as } from '../../../platform/act-as.ts'
import { machineActor } from '../../../platform/actor.ts'
import { inTransaction } from '../../../platform/scope.ts'
import type { Ctx } from '../../../platform/ctx.ts'

const start = '2021-09-13T09:00:00+08:00'
const village = '330111109203'
const [firm, otherFirm] = [newId(), newId()]

let house: House
let guide: Client
let clerk: Client
let officer: Client
let hub: Client
let worker: Client
let home: Client
let family: Id

beforeAll(async () => {
  house = await openHouse({ at: start })
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '李敏' })
  officer = house.as('districtOfficer', { name: '周建国' })
  hub = house.as('operator', { name: '孙洁' })
  await addFirm(firm, '示例助老社', '2022-12-31')
  await addFirm(otherFirm, '示例另一社', '2022-12-31')
  worker = house.as('provider', { name: '王芳', organisation: firm })
  family = await register('方水根')
  home = house.as('resident', { village, household: family })
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

/** An organisation with a contract until a day. */
async function addFirm(id: Id, name: string, until: string): Promise<void> {
  await house.sql(
    `insert into organisations.organisation (district, id, kind, name, seat, purpose, stage, added_on, added_at, added_by, added_name)
     values ('330111', $1, 'socialOrganisation', $2, '330111', '上门服务', 'mature', '2021-01-01', '2021-01-01', $1, '')`,
    [id, name],
  )
  await house.sql(
    `insert into organisations.access (district, contract_id, organisation_id, from_on, until_on) values ('330111', $1, $2, '2021-01-01', $3)`,
    [newId(), id, until],
  )
}
async function register(name: string, birthDate?: string): Promise<Id> {
  const added = await clerk.post('POST /households', {
    body: { division: village, members: [{ name, relation: '02', ...(birthDate ? { birthDate } : {}) }] },
  })
  return added.body.id
}
const membersOf = async (household: Id): Promise<Id[]> =>
  (await clerk.get('GET /households/:id', { params: { id: household } })).body.members.map(m => m.id)

/** A need of a family, as far as somebody has been found for it. */
async function found(item: string, household = family, person?: Id): Promise<Id> {
  const need = (
    await guide.post('POST /households/:householdId/needs', {
      params: { householdId: household },
      body: { words: '要人帮一把', item, ...(person ? { person } : {}) },
    })
  ).body.id
  const { id: resource } = (
    await guide.post('POST /resources', {
      body: { division: village, kind: 'organisation', name: '村里', offers: '联系', places: 99 },
    })
  ).body
  for (const [step, body] of [
    ['accept', {}],
    ['match', { resource }],
  ] as const)
    await guide.post('POST /needs/:needId/steps', { params: { needId: need }, body: { step, ...body } })
  return need
}
const asked = {
  provider: firm,
  plannedUnits: 2,
  unitPrice: 3_000,
  startBy: '2021-09-15',
  dueBy: '2021-10-15',
  what: '每周去一次',
  callName: '方大爷',
  reach: '先打村里电话',
  agreed: true,
}
const send = (need: Id, body: Record<string, unknown> = {}, who = guide) =>
  who.post('POST /needs/:needId/orders', { params: { needId: need }, body: { ...asked, ...body } })
const open = (who: Client, order: Id) => who.get('GET /orders/:orderId', { params: { orderId: order } })
const step = (who: Client, order: Id, named: string, body: Record<string, unknown> = {}) =>
  who.post('POST /orders/:orderId/steps', { params: { orderId: order }, body: { step: named, ...body } })
const visit = (order: Id, body: Record<string, unknown> = {}, who = worker) =>
  who.post('POST /orders/:orderId/visits', { params: { orderId: order }, body: { units: 1, words: '去过了', ...body } })
const stateOf = async (need: Id) => (await guide.get('GET /needs/:needId', { params: { needId: need } })).body.state
const all = async (...answers: Promise<{ problem: { code: string } | undefined; text: string }>[]): Promise<void> => {
  for (const answer of answers) expect((await answer).problem?.code, (await answer).text.slice(0, 300)).toBeUndefined()
}
/** An order that its provider has begun. */
async function begun(item: string, body: Record<string, unknown> = {}, need?: Id): Promise<{ need: Id; order: Id }> {
  const of = need ?? (await found(item))
  const sent = await send(of, body)
  expect(sent.problem?.code, sent.text.slice(0, 300)).toBeUndefined()
  await all(step(worker, sent.body.id, 'accept'))
  await all(step(worker, sent.body.id, 'begin'))
  return { need: of, order: sent.body.id }
}
const codeFor = async (order: Id) => (await open(guide, order)).body.code as string

describe('a work order', () => {
  it('takes its need along from being sent to the family saying that it helped, and is checked by another', async () => {
    const need = await found('S-B1')
    const sent = await send(need)
    expect(sent.body).toMatchObject({
      state: 'created',
      name: '方*根',
      provider: { name: '示例助老社' },
      dueOn: '2021-09-14',
      code: expect.stringMatching(/^\d{6}$/) as string,
    })
    expect(sent.body.number).toMatch(/^ZLT-330111109-20210913-\d{4}$/)
    expect(await stateOf(need)).toBe('assigned')
    expect((await send(need)).problem?.code).toBe('wishes.needStepNotOpen')
    const order = sent.body.id
    const theirs = (await open(worker, order)).body
    expect(theirs).toMatchObject({ name: '方大爷', whom: { callName: '方大爷', reach: '先打村里电话' }, code: null })
    expect(JSON.stringify(theirs)).not.toMatch(/方水根|方\*根/)
    for (const named of ['accept', 'begin']) await all(step(worker, order, named))
    expect(await stateOf(need)).toBe('inService')
    const [mine] = (await home.get('GET /my/orders')).body.items
    expect(mine).toMatchObject({ need, provider: '示例助老社', code: await codeFor(order) })
    await all(visit(order, { code: mine?.code }))
    expect(await codeFor(order)).not.toBe(mine?.code)
    expect((await step(worker, order, 'finish')).problem?.facts).toMatchObject({ planned: 2, done: 1, unproved: 0 })
    await all(step(worker, order, 'finish', { note: '老人住院，只去了一次' }))
    expect(await stateOf(need)).toBe('delivered')
    expect((await step(worker, order, 'check')).problem?.code).toBe('projects.orderStepNotOpen')
    await home.post('POST /my/needs/:needId/steps', { params: { needId: need }, body: { step: 'confirm' } })
    await all(step(clerk, order, 'check'))
    expect((await open(clerk, order)).body.steps.map(s => [s.words.zh, s.by, s.note])).toEqual([
      ['派了单', '徐小英', null],
      ['接了单', '王芳', null],
      ['开始服务', '王芳', null],
      ['说做完了', '王芳', '老人住院，只去了一次'],
      ['核对过了', '李敏', null],
    ])
    // Whoever reads the need sees who moved it.
    const steps = (await guide.get('GET /needs/:needId', { params: { needId: need } })).body.steps
    expect(steps.map(s => [s.words.zh, s.by]).slice(3, 6)).toEqual([
      ['派了单', '徐小英'],
      ['开始服务', '示例助老社'],
      ['说做完了', '示例助老社'],
    ])
  })

  it('declined gives its need back to be linked again, with the reason', async () => {
    const need = await found('S-B1')
    const { id } = (await send(need)).body
    expect((await step(worker, id, 'decline')).problem?.code).toBe('projects.orderReasonMissing')
    await all(step(worker, id, 'decline', { note: '这个月人手不够' }))
    const whole = (await guide.get('GET /needs/:needId', { params: { needId: need } })).body
    expect(whole).toMatchObject({ state: 'acceptedVillage', resource: null })
    expect(whole.steps.at(-1)).toMatchObject({ by: '示例助老社', note: '这个月人手不够' })
    expect((await step(worker, id, 'accept')).problem?.code).toBe('projects.orderStepNotOpen')
  })

  it('that is called off half way lets its need be linked again', async () => {
    const { need, order } = await begun('S-B1')
    await all(step(clerk, order, 'cancel', { note: '换一家' }))
    expect(await stateOf(need)).toBe('acceptedVillage')
  })

  it('is told of outside by its id, where it stands and which need it is for, and no more once that needs care', async () => {
    const admin = house.as('admin')
    const kinds = ['order.sent', 'order.moved', 'order.closed'] as const
    const body = { name: '某平台', url: 'https://hooks.example.org/zhulian', kinds: [...kinds] }
    const { id } = (await admin.post('POST /webhooks', { body })).body
    await admin.post('POST /webhooks/:subscriptionId/pause', { params: { subscriptionId: id }, body: {} })
    const [told, careful] = [await begun('S-B1'), await begun('S-B1')]
    await house.sql(`update wishes.need set careful = true, level = 'township' where id = $1`, [careful.need])
    for (const { order } of [told, careful]) await all(step(clerk, order, 'cancel', { note: '重复了' }))
    await house.settle()
    const rows = await house.sql<{ body: string }>('select body from doors.message where subscription_id = $1', [id])
    const of = (order: Id) => (row: { body: string }) => row.body.includes(order)
    const data = (state: string) => ({ id: told.order, state, need: told.need })
    const timestamp = new Date(start).toISOString()
    expect(new Set(rows.filter(of(told.order)).map(row => JSON.parse(row.body) as unknown))).toEqual(
      new Set([
        { type: 'order.sent', timestamp, data: data('created') },
        { type: 'order.moved', timestamp, data: data('accepted') },
        { type: 'order.moved', timestamp, data: data('inProgress') },
        { type: 'order.closed', timestamp, data: data('cancelled') },
      ]),
    )
    expect(rows.filter(of(careful.order)).length).toBe(3)
  })

  it('is called off when the family no longer needs it, and done again where it says so', async () => {
    const first = await begun('S-B1')
    await home.post('POST /my/needs/:needId/steps', { params: { needId: first.need }, body: { step: 'withdraw' } })
    const said = async (order: Id) => (await open(guide, order)).body.steps.at(-1)
    await house.settle()
    expect((await open(guide, first.order)).body.state).toBe('cancelled')
    expect(await said(first.order)).toMatchObject({ said: 'needGone', note: null })
    const second = await begun('S-B1')
    expect((await step(clerk, second.order, 'redo', { note: '再去' })).problem?.code).toBe('projects.orderStepNotOpen')
    await all(step(worker, second.order, 'finish', { note: '没有去成' }))
    expect((await step(clerk, second.order, 'redo', { note: '再去' })).problem?.code).toBe('wishes.needStepNotOpen')
    await home.post('POST /my/needs/:needId/steps', {
      params: { needId: second.need },
      body: { step: 'dispute', note: '没有人来' },
    })
    await guide.post('POST /needs/:needId/steps', {
      params: { needId: second.need },
      body: { step: 'redo', note: '请他们再去' },
    })
    await house.settle()
    expect((await open(guide, second.order)).body.state).toBe('inProgress')
    expect(await said(second.order)).toMatchObject({ said: 'needBack', note: null })
  })

  it('is not sent for somebody who died or left, nor for what needs care, and nobody goes there any more', async () => {
    const [dead, gone] = [await register('陆阿花'), await register('陆阿土')]
    const [person] = await membersOf(dead)
    const [needOfDead, needOfGone] = [await found('S-B1', dead, person), await found('S-B1', gone)]
    const waiting = await begun('S-B1', {}, await found('S-B1', dead, person))
    await clerk.post('POST /households/:id/facts', {
      params: { id: dead },
      body: { source: 'verified', household: {}, persons: [{ id: person, facts: { alive: false } }] },
      ifMatch: (await clerk.get('GET /households/:id', { params: { id: dead } })).body.version,
    })
    await house.sql(
      `update registry.membership set until_on = '2021-09-13', ended_at = '2021-09-13' where household_id = $1`,
      [gone],
    )
    const refused = await send(needOfDead)
    expect(refused.problem?.code).toBe('projects.recipientDied')
    expect(await stateOf(needOfDead)).toBe('matched')
    expect((await send(needOfGone)).problem?.code).toBe('projects.recipientAway')
    expect((await visit(waiting.order)).problem?.code).toBe('projects.recipientChanged')
    const careful = (
      await guide.post('POST /households/:householdId/needs', {
        params: { householdId: family },
        body: { words: '要人帮一把', careful: true },
      })
    ).body.id
    const { id: resource } = (
      await clerk.post('POST /resources', {
        body: { division: village.slice(0, 9), kind: 'organisation', name: '镇里', offers: '联系', places: 9 },
      })
    ).body
    await clerk.post('POST /needs/:needId/steps', { params: { needId: careful }, body: { step: 'match', resource } })
    expect((await send(careful, { service: 'S-B1' }, clerk)).problem?.code).toBe('projects.needNotForOrders')
  })

  it('of an organisation whose contract ended yesterday is refused, and so is what it still has', async () => {
    const short = newId()
    await addFirm(short, '示例到期社', '2021-09-14')
    const theirs = house.as('provider', { organisation: short })
    const { id } = (await send(await found('S-B1'), { provider: short })).body
    await all(step(theirs, id, 'accept'))
    const need = await found('S-B1')
    house.at('2021-09-15T09:00:00+08:00')
    expect((await send(need, { provider: short })).problem?.code).toBe('projects.contractOver')
    expect(await stateOf(need)).toBe('matched')
    const late = await step(theirs, id, 'begin')
    expect(late.status).toBeGreaterThanOrEqual(400)
    expect((await open(guide, id)).body.state).toBe('accepted')
    expect((await send(need, { provider: newId(), startBy: '2021-09-16' })).problem?.code).toBe(
      'projects.providerUnknown',
    )
  })

  it('is seen by its own provider alone, and by nobody of another village', async () => {
    const { id } = (await send(await found('S-B1'))).body
    const others = [
      house.as('provider', { organisation: otherFirm }),
      house.as('guide', { scope: '330111109204' }),
      house.as('townshipClerk', { scope: '330111110' }),
    ]
    for (const other of others) {
      expect((await open(other, id)).problem?.code).toBe('projects.orderNotFound')
      expect((await other.get('GET /orders', { query: { show: 'all' } })).body.items).toEqual([])
    }
    expect((await worker.get('GET /orders', { query: { show: 'open' } })).body.items.map(o => o.id)).toContain(id)
  })

  it('takes a code once, and no more after five wrong ones until the guide makes a new one', async () => {
    const { order } = await begun('S-B1')
    const right = await codeFor(order)
    const wrong = right === '000000' ? '000001' : '000000'
    for (const left of [4, 3, 2, 1, 0])
      expect((await visit(order, { code: wrong })).problem).toMatchObject({
        code: 'projects.codeWrong',
        facts: { left },
      })
    expect((await visit(order, { code: right })).problem?.code).toBe('projects.codeLocked')
    expect((await open(worker, order)).body).toMatchObject({ codeLocked: true, visits: [] })
    await all(guide.post('POST /orders/:orderId/code', { params: { orderId: order }, body: {} }))
    const fresh = await codeFor(order)
    await all(visit(order, { code: fresh }))
    expect((await visit(order, { code: fresh })).problem?.code).toBe('projects.codeWrong')
  })

  it('keeps a photograph or a signature only where the family agreed, and a signature shows that somebody was there', async () => {
    const { order } = await begun('S-B1')
    const made = (await visit(order)).body.visits[0]
    const file = { name: 'x.png', type: 'image/png', content: onePixel }
    const add = (query: Record<string, unknown>, who = worker) =>
      who.post('POST /orders/:orderId/visits/:visitId/evidence', {
        params: { orderId: order, visitId: made?.id ?? '' },
        query,
        file,
      })
    expect((await add({ kind: 'photo' })).problem?.code).toBe('projects.evidenceNotAgreed')
    await all(add({ kind: 'signature', agreed: 'yes' }))
    const [seen] = (await open(clerk, order)).body.visits
    expect(seen).toMatchObject({ proved: 'signature', evidence: [{ kind: 'signature' }] })
    const params = { evidenceId: seen?.evidence[0]?.id ?? '' }
    expect((await clerk.get('GET /order-evidence/:evidenceId', { params })).status).toBe(200)
    const other = house.as('provider', { organisation: otherFirm })
    expect((await other.get('GET /order-evidence/:evidenceId', { params })).problem?.code).toBe(
      'projects.evidenceNotFound',
    )
  })
})

it('for a need that has a place in a project is of the project, and goes to nobody but its carrier', async () => {
  const need = await found('S-B1')
  const project = newId()
  await house.sql(
    `insert into projects.hand select '330111', $1, step, by_id
       from (values ('askBudget', $1::uuid), ('approveBudget', $2::uuid), ('name', $1), ('sign', $2)) h (step, by_id)`,
    [project, firm],
  )
  await house.sql(
    `insert into projects.project (district, id, number, name, brand, state, purpose, what_is_done, for_whom, limits, safeguarding, items, services,
       places, area, from_on, until_on, organisation_id, organisation_name, organisation_named_by, signed_by, budget_fen, budget_state,
       budget_asked_by, budget_approved_by, since_on, created_at, created_by, created_name, changed_at)
     values ('330111', $1, 'P-1', '示例项目', 'hardship', 'running', '', '', '', '', '', '[]', '{S-B1}', 5, '{330111}', '2021-01-01', '2022-12-31',
       $2, '示例助老社', $1, $2, 100, 'approved', $1, $2, '2021-01-01', '2021-01-01', $1, '', '2021-01-01')`,
    [project, firm],
  )
  await house.sql(
    `insert into projects.enrolment (district, id, project_id, need_id, number, division, household_id, masked_name, told_on, state, verdict,
       asked_at, asked_on, asked_by, asked_name, placed_at)
     values ('330111', $1, $2, $3, 'X', $4, $5, '', '2021-09-13', 'placed', 'noRule', '2021-09-13', '2021-09-13', $1, '', '2021-09-13')`,
    [newId(), project, need, village, family],
  )
  expect((await send(need, { provider: otherFirm })).problem?.facts).toMatchObject({ carrier: '示例助老社' })
  expect(await stateOf(need)).toBe('matched')
  expect((await send(need)).body).toMatchObject({ state: 'created', project })
})

describe('beside its need', () => {
  const move = (need: Id, named: string) =>
    guide.post('POST /needs/:needId/steps', { params: { needId: need }, body: { step: named, note: '邻居帮忙办好了' } })

  it('is called off where nobody has begun and the need was met by hand, and asked about where somebody has', async () => {
    const need = await found('S-B1')
    const { id } = (await send(need)).body
    for (const named of ['start', 'deliver']) await all(move(need, named))
    await house.settle()
    const called = (await open(guide, id)).body
    expect(called).toMatchObject({ state: 'cancelled' })
    expect(called.steps.at(-1)).toMatchObject({ said: 'metOtherwise', note: null })
    expect(await stateOf(need)).toBe('delivered')
    const going = await begun('S-B1')
    await all(move(going.need, 'deliver'))
    await house.settle()
    const asked = (await open(worker, going.order)).body
    expect(asked).toMatchObject({ state: 'inProgress', isMetByHand: true, dueOn: '2021-09-13' })
    expect(asked.steps.filter(s => s.words.zh.includes('已经办好了'))).toHaveLength(1)
    await all(step(worker, going.order, 'finish', { note: '没有去成' }))
    expect((await open(worker, going.order)).body).toMatchObject({ state: 'done', isMetByHand: false })
  })

  it('goes behind the wall of a need that becomes careful, with all that was done for it', async () => {
    const { need, order } = await begun('S-B1')
    await all(visit(order))
    await house.sql(`update wishes.need set careful = true, level = 'township' where id = $1`, [need])
    await house.inside(ctx => ctx.later('projects.followNeed', { need }))
    expect((await house.settle()).failures).toEqual([])
    for (const who of [guide, hub]) {
      expect((await open(who, order)).problem?.code).toBe('projects.orderNotFound')
      const listed = (await who.get('GET /orders', { query: { show: 'all', limit: 100 } })).body.items
      expect(listed.map(o => o.id)).not.toContain(order)
    }
    expect((await home.get('GET /my/orders')).body.items.map(o => o.need)).not.toContain(need)
    const rows = await atTheWall('guide', ctx =>
      sql`select from projects.order_visit where order_id = ${order}
        union all select from projects.order_step where order_id = ${order}`.execute(ctx.transaction),
    )
    expect(rows).toMatchObject({ rows: [] })
    expect((await open(clerk, order)).body).toMatchObject({ id: order, doneUnits: 1 })
    await all(visit(order))
    await all(step(clerk, order, 'cancel', { note: '由镇里另行安排' }))
  })

  it('keeps what its provider noted as it was noted', async () => {
    const { order } = await begun('S-B1')
    const made = (await visit(order)).body.visits[0]?.id
    const write = (column: 'units' | 'proved') =>
      atTheWall('provider', ctx =>
        sql`update projects.order_visit set ${sql.ref(column)} = ${column === 'units' ? 9 : 'code'} where id = ${made}`.execute(
          ctx.transaction,
        ),
      )
    await expect(write('units')).rejects.toThrow('permission denied')
    expect(await write('proved')).toMatchObject({ numAffectedRows: 0n })
  })
})

/** At the database itself, past every check of the routes. */
const atTheWall = <T>(role: 'guide' | 'provider', work: (ctx: Ctx) => Promise<T>) =>
  house.inside(ctx => {
    const whose = role === 'provider' ? firm : undefined
    return as(ctx, actorOf(ctx, role, newId(), '', village as DivisionCode, whose), ctx.now, work)
  })

describe('with a child', () => {
  const adult = async (name: string, validUntil = '2022-09-01', who = hub) =>
    who.post('POST /adults', { body: { provider: firm, name, vettedOn: '2021-09-01', validUntil } })

  it('two adults whose vetting holds on the day are there; else it does not count, and a person looks at it', async () => {
    const [one, two, old] = [
      (await adult('周老师')).body.id,
      (await adult('吴老师')).body.id,
      (await adult('郑老师', '2021-09-14')).body.id,
    ]
    const { order } = await begun('S-D1')
    expect((await open(worker, order)).body).toMatchObject({ guarded: true, records: ['hours', 'class'] })
    house.at('2021-09-20T09:00:00+08:00')
    for (const adults of [[], [one], [one, one], [one, old]])
      expect((await visit(order, { adults })).problem?.code, String(adults)).toBe('projects.twoAdults')
    // On a day on which it held it counts.
    await all(visit(order, { adults: [one, old], on: '2021-09-14' }))
    await all(visit(order, { adults: [one, two] }))
    await all(visit(order, { adults: [one], happened: true, words: '另一位没有来' }))
    const served = await house.sql<{ n: number }>(
      `select count(*)::int as n from track.record where source_kind = 'orderVisit' and project_id is null and kind = 'service'`,
    )
    expect(served[0]?.n).toBeGreaterThanOrEqual(3)
    // Nobody says which child: what was done takes a grant to read as long as any child could be one.
    const guarded = await house.sql<{ until: string }>(
      `select min(r.minor_until)::text as until from track.record r join projects.order_visit v on v.id = r.source_id where v.order_id = $1`,
      [order],
    )
    expect(guarded[0]?.until).toBe('2039-09-14')
    const whole = (await open(clerk, order)).body
    expect(whole).toMatchObject({ doneUnits: 2, flagged: true })
    const flagged = whole.visits.find(v => v.flagged)
    expect(flagged).toMatchObject({ units: 0, seen: null, adults: ['周老师'] })
    expect((await clerk.get('GET /orders', { query: { show: 'flagged' } })).body.items.map(o => o.id)).toContain(order)
    const look = (who: Client) =>
      who.post('POST /orders/:orderId/visits/:visitId/look', {
        params: { orderId: order, visitId: flagged?.id ?? '' },
        body: { words: '问过孩子和家长，没有事；已要求机构整改' },
      })
    expect((await look(worker)).status).toBe(403)
    await all(look(clerk))
    expect((await open(officer, order)).body).toMatchObject({ flagged: false, doneUnits: 2 })
    expect((await look(clerk)).problem?.code).toBe('projects.visitNotFound')
    await all(hub.post('POST /adults/:adultId/end', { params: { adultId: two }, body: { reason: '离职' } }))
    expect((await visit(order, { adults: [one, two] })).problem?.code).toBe('projects.twoAdults')
  })

  it('a day of a class counts with two vetted adults; its hours stand on the orders of whoever came, and are theirs once', async () => {
    const [one, two] = [(await adult('章老师')).body.id, (await adult('骆老师')).body.id]
    const [came, missed] = [(await begun('S-D1')).order, (await begun('S-D1')).order]
    const added = await worker.post('POST /classes', {
      body: { name: '周末课', fromOn: '2021-09-13', untilOn: '2021-12-31', days: 10, places: 5 },
    })
    const params = { classId: added.body.id }
    for (const order of [came, missed])
      await all(worker.post('POST /classes/:classId/seats', { params, body: { order } }))
    const note = (adults: readonly Id[], body = {}) =>
      worker.post('POST /classes/:classId/attendance', {
        params,
        body: { on: '2021-09-13', came: [came], hours: 2, adults: [...adults], ...body },
      })
    for (const adults of [[], [one], [one, one]])
      expect((await note(adults)).problem, String(adults)).toMatchObject({ code: 'projects.classWantsTwo' })
    await all(note([one, two]), note([one, two]))
    const units = async (order: Id) => (await open(worker, order)).body.doneUnits
    expect([await units(came), await units(missed)]).toEqual([2, 0])
    expect((await note([one, two], { came: [missed] })).body).toMatchObject({ held: 1, guarded: true })
    expect([await units(came), await units(missed)]).toEqual([0, 2])
    const lines = async () =>
      (await house.sql(`select from track.record where source_kind = 'classDay' and source_id = $1`, [params.classId]))
        .length
    // Once for who came, once for who came after all, and that the first did not.
    expect(await lines()).toBe(3)
    // Who was there before stays with the child.
    const three = (await adult('鲍老师')).body.id
    for (let i = 0; i < 2; i++) await all(note([three, one], { came: [missed] }))
    expect(await lines()).toBe(4)
    await all(note([one, three], { came: [], hours: 3 }))
    expect(await lines()).toBe(5)
    // Whose hand it was is not another's to write.
    const [day] = await house.sql<{ by_id: Id }>(`select by_id from projects.class_day where class_id = $1`, [
      params.classId,
    ])
    const touch = (table: string) =>
      atTheWall('provider', ctx =>
        sql`update ${sql.table(table)} set by_id = ${day?.by_id} where class_id = ${params.classId}`.execute(
          ctx.transaction,
        ),
      )
    for (const table of ['projects.class_day', 'projects.attendance'])
      await expect(touch(table), table).rejects.toThrow('row-level security')
  })

  it('a volunteer counts once the hub has vetted them, by whatever they say of themselves, and no longer when they go', async () => {
    const { order } = await begun('S-D1')
    const offer = (name: string, body = {}) =>
      worker.post('POST /volunteers', { body: { name, calling: 'student', agreed: true, ...body } })
    const [one, two] = [(await offer('阮同学', { helped: true })).body, (await offer('俞同学')).body]
    expect([one, two].map(v => [v.helped, v.state, v.hours])).toEqual([
      [true, 'offered', 0],
      [null, 'offered', 0],
    ])
    // Whoever is only written down is none of the adults.
    expect((await visit(order, { adults: [one.id, two.id] })).problem?.code).toBe('projects.twoAdults')
    const vet = (who: Client, id: Id) =>
      who.post('POST /volunteers/:volunteerId/vet', {
        params: { volunteerId: id },
        body: { vettedOn: '2021-09-01', validUntil: '2022-08-31' },
      })
    expect((await vet(worker, one.id)).status).toBe(403)
    for (const id of [one.id, two.id]) await all(vet(hub, id))
    expect((await vet(officer, one.id)).problem?.code).toBe('projects.alreadyVetted')
    const adults = (await worker.get('GET /adults', { query: { provider: firm } })).body.items
    const both = ['阮同学', '俞同学'].map(name => adults.find(a => a.name === name)?.id as Id)
    await all(visit(order, { adults: both, units: 2 }))
    const seen = (await hub.get('GET /volunteers', { query: {} })).body.items
    expect(seen.filter(v => [one.id, two.id].includes(v.id)).map(v => [v.state, v.hours])).toEqual([
      ['vetted', 2],
      ['vetted', 2],
    ])
    const elsewhere = house.as('provider', { organisation: otherFirm })
    expect((await elsewhere.get('GET /volunteers', { query: {} })).body.items).toEqual([])
    const gone = { params: { volunteerId: one.id }, body: { reason: '毕业去外地' } }
    expect((await elsewhere.post('POST /volunteers/:volunteerId/leave', gone)).problem?.code).toBe(
      'projects.volunteerNotFound',
    )
    await all(worker.post('POST /volunteers/:volunteerId/leave', gone))
    expect((await visit(order, { adults: both })).problem?.code).toBe('projects.twoAdults')
    expect(await house.sql('select helped from projects.volunteer where id = $1', [one.id])).toEqual([{ helped: null }])
  })

  it('an organisation does not vet its own, and a service for whoever is a child asks for two adults too', async () => {
    expect((await adult('自己人', '2022-09-01', worker)).status).toBe(403)
    const own = house.as('operator', { organisation: firm })
    expect((await adult('自己人', '2022-09-01', own)).problem?.code).toBe('projects.ownVetting')
    const household = await register('小丫', '2012-05-01')
    const [child] = await membersOf(household)
    const granted = await clerk.post('POST /households/:id/minor-grants', {
      params: { id: household },
      body: { reader: await guide.account(), reason: '长期照看这一户' },
    })
    const { order } = await begun('S-B1', {}, await found('S-B1', household, child))
    expect((await visit(order)).problem?.code).toBe('projects.twoAdults')
    // Of the village who has a grant for the child reads what is done for it; by the routes, and by the database alone.
    expect((await open(guide, order)).body.steps.length).toBeGreaterThan(2)
    await clerk.delete('DELETE /minor-grants/:grantId', { params: { grantId: granted.body.id } })
    expect((await open(guide, order)).problem?.code).toBe('projects.orderNotFound')
    expect((await guide.get('GET /orders', { query: { show: 'all', limit: 50 } })).text).not.toContain(order)
    const actor = { ...machineActor('330111'), account: await guide.account(), role: 'guide' as const }
    const seen = await inTransaction(
      house.database,
      { ...actor, scope: village as DivisionCode },
      { readOnly: true },
      async tx =>
        sql<{ n: number }>`select (select count(*) from projects.work_order where id = ${order})::int
        + (select count(*) from projects.order_step where order_id = ${order})::int as n`.execute(tx),
    )
    expect(seen.rows[0]?.n).toBe(0)
    expect((await open(worker, order)).status).toBe(200)
  })
})

describe('a class', () => {
  it('notes who came, gives the last seat once, and a certificate for four days of five', async () => {
    const { body } = await worker.post('POST /classes', {
      body: { name: '电焊班', fromOn: '2021-09-13', untilOn: '2021-10-30', days: 5, places: 2 },
    })
    const params = { classId: body.id }
    const [one, two, three] = [await begun('S-C2'), await begun('S-C2'), await begun('S-C2')]
    const sit = (order: Id) => worker.post('POST /classes/:classId/seats', { params, body: { order } })
    await all(sit(one.order), sit(two.order))
    expect((await sit(one.order)).problem?.code).toBe('projects.classFull')
    expect((await sit(three.order)).problem?.code).toBe('projects.classFull')
    const wrong = await begun('S-B1')
    expect((await sit(wrong.order)).problem?.code).toBe('projects.notOfThisService')
    house.at('2021-09-20T09:00:00+08:00')
    const came = (on: string, ...orders: Id[]) =>
      worker.post('POST /classes/:classId/attendance', { params, body: { on, came: orders } })
    expect((await came('2021-09-21', one.order)).problem?.code).toBe('projects.orderDaysWrong')
    expect((await came('2021-09-13', three.order)).problem?.code).toBe('projects.seatNotFound')
    for (const day of ['13', '14', '15', '16']) await all(came(`2021-09-${day}`, one.order, two.order))
    await all(came('2021-09-16', one.order))
    await all(came('2021-09-17', one.order))
    expect((await came('2021-09-18', one.order)).problem?.code).toBe('projects.tooManyDays')
    const certify = (order: Id) =>
      worker.post('POST /classes/:classId/certificates', { params, body: { order, certificate: 'HG-2021-001' } })
    expect((await certify(two.order)).problem?.facts).toMatchObject({ came: 3, days: 5, needed: 4 })
    await all(certify(one.order))
    expect((await certify(one.order)).problem?.code).toBe('projects.alreadyCertified')
    expect((await open(guide, one.order)).body.seat).toMatchObject({ came: 5, missed: 0, certificate: 'HG-2021-001' })
    const other = house.as('provider', { organisation: otherFirm })
    expect((await other.get('GET /classes', { query: {} })).body.items).toEqual([])
    expect(
      (await other.post('POST /classes/:classId/seats', { params, body: { order: three.order } })).problem?.code,
    ).toBe('projects.classNotFound')
  })
})

describe('a job', () => {
  it('counts once it was kept for three months, as asked by who did not find it', async () => {
    const { order } = await begun('S-C3')
    const params = { orderId: order }
    await all(
      worker.post('POST /orders/:orderId/placement', {
        params,
        body: { employer: '示例制衣厂', job: '缝纫工', beganOn: '2021-09-13' },
      }),
    )
    const check = (who: Client, kept = true) =>
      who.post('POST /orders/:orderId/placement/checks', { params, body: { kept } })
    expect((await check(worker)).status).toBe(403)
    expect((await check(guide)).problem?.facts).toMatchObject({ month: 1, from: '2021-10-13' })
    house.at('2021-10-13T09:00:00+08:00')
    await all(check(guide))
    expect((await check(guide)).problem?.facts).toMatchObject({ month: 2, from: '2021-11-13' })
    expect((await step(worker, order, 'finish', { note: '已上岗' })).problem?.code).toBe('projects.outcomeOpen')
    house.at('2021-12-13T09:00:00+08:00')
    await all(check(guide))
    expect((await open(guide, order)).body.placement).toMatchObject({ outcome: 'open', next: { month: 3 } })
    await all(check(clerk))
    expect((await open(guide, order)).body.placement).toMatchObject({ outcome: 'kept', next: null })
    expect((await check(guide)).problem?.code).toBe('projects.nothingToAsk')
    await all(step(worker, order, 'finish', { note: '满三个月' }))
  })
})

describe('assistive work', () => {
  it('notes days, hours, pieces and pay of a month, is corrected by name, and is not done while pay is owed', async () => {
    const { order } = await begun('S-C4')
    const note = (body: Record<string, unknown>, who = worker, of = order) =>
      who.post('POST /orders/:orderId/work-months', {
        params: { orderId: of },
        body: { month: '2021-09', days: 20, hours: 100, pieces: 3_000, payFen: 60_000, ...body },
      })
    expect((await note({ month: '2021-10' })).problem?.code).toBe('projects.orderDaysWrong')
    expect((await note({ paidOn: '2021-09-14' })).problem?.code).toBe('projects.orderDaysWrong')
    expect((await note({}, worker, (await begun('S-B1')).order)).problem?.code).toBe('projects.notOfThisService')
    expect((await note({}, house.as('provider', { organisation: otherFirm }))).problem?.code).toBe(
      'projects.orderNotFound',
    )
    await all(note({}))
    expect((await step(worker, order, 'finish', { note: '一个月' })).problem?.facts).toEqual({ months: 1 })
    house.at('2021-10-08T09:00:00+08:00')
    const other = house.as('provider', { name: '孙师傅', organisation: firm })
    await all(note({ days: 21, paidOn: '2021-10-08' }, other))
    await all(note({ days: 21, paidOn: '2021-10-08' }, other))
    expect((await open(guide, order)).body.workMonths).toEqual([
      { month: '2021-09', days: 21, hours: 100, pieces: 3_000, payFen: 60_000, paidOn: '2021-10-08', by: '孙师傅' },
    ])
    await all(note({ days: 21, payFen: 50_000 }, other))
    const { steps } = (await open(guide, order)).body
    const corrected = steps.filter(s => s.words.en === 'a month of work was corrected')
    expect(corrected).toMatchObject([{ by: '孙师傅' }, { by: '孙师傅' }])
    const said = corrected.map(s => s.note).join()
    expect(said).toContain('20天、100小时、3000件、工钱600元、没有发')
    expect(said).toContain('孙师傅原来记的：21天、100小时、3000件、工钱600元、2021-10-08发')
    await all(note({ days: 21, paidOn: '2021-10-08' }, other))
    await all(step(worker, order, 'finish', { note: '一个月' }))
  })
})

describe('a device', () => {
  it('is with one at a time, told of when overdue, and out of lending once broken; a session notes a score', async () => {
    const { body: device } = await worker.post('POST /lending', { body: { name: '护理床', mark: 'HL-07' } })
    expect((await worker.post('POST /lending', { body: { name: '小床', mark: 'HL-07' } })).problem?.code).toBe(
      'projects.deviceMarkTaken',
    )
    const [one, two] = [await begun('S-C1'), await begun('S-C1')]
    const params = { deviceId: device.id }
    const lend = (order: Id) =>
      worker.post('POST /lending/:deviceId/loans', { params, body: { order, dueOn: '2021-09-30' } })
    await all(lend(one.order))
    expect((await lend(two.order)).problem?.code).toBe('projects.deviceLent')
    expect((await step(worker, one.order, 'finish', { note: '做完' })).problem?.code).toBe('projects.deviceOut')
    house.at('2021-10-08T09:00:00+08:00')
    await all(worker.post('POST /lending', { body: { name: '护理床', mark: 'HL-08' } }))
    const first = (await worker.get('GET /lending', { query: { limit: 1 } })).body
    const [listed] = first.items
    const after = { limit: 1, after: first.next ?? '' }
    expect((await worker.get('GET /lending', { query: after })).body).toMatchObject({
      items: [{ mark: 'HL-08' }],
      next: null,
    })
    expect(listed).toMatchObject({ mark: 'HL-07', loan: { name: '方大爷', overdue: true } })
    expect((await open(guide, one.order)).body.loans).toMatchObject([{ overdue: true, returnedOn: null }])
    const back = (state: string) => worker.post('POST /lending/:deviceId/return', { params, body: { state } })
    await all(back('broken'))
    expect((await back('good')).problem?.code).toBe('projects.notLent')
    expect((await lend(two.order)).problem?.code).toBe('projects.deviceGone')
    expect((await visit(two.order)).problem?.code).toBe('projects.scoreMissing')
    await all(visit(two.order, { score: 40, on: '2021-09-20' }))
    await all(visit(two.order, { score: 55 }))
    expect((await open(guide, two.order)).body.score).toEqual({ first: 40, last: 55, change: 15 })
    // On the track each is an assessment: by what, the score, and how it went; not for the whole village group.
    const assessed = async (who: Client) =>
      (await who.get('GET /households/:householdId/track', { params: { householdId: family } })).body.lines
        .flatMap(line => (line.need?.id === two.need ? line.records : []))
        .filter(record => record.kind === 'assessment' && record.source.kind === 'orderVisit')
        .map(({ lines, by }) => [by, ...lines.slice(0, 3).map(line => line.said.zh)])
    expect(await assessed(guide)).toEqual([
      ['示例助老社', '日常生活能力（Barthel）', '第一次评', '功能分 40/100'],
      ['示例助老社', '日常生活能力（Barthel）', '比2021-09-20高15分', '功能分 55/100'],
    ])
    // So is what was lent, and how it came back.
    const kept = (await clerk.get('GET /households/:householdId/track', { params: { householdId: family } })).body.lines
      .flatMap(line => line.records.filter(record => record.source.kind === 'loan'))
      .map(({ words, lines }) => [words.zh, lines.find(line => line.label.zh === '意外')?.said.zh])
    expect(kept).toEqual([
      ['借了护理床', undefined],
      ['还了护理床', '坏了'],
    ])
    expect(await assessed(house.as('villageGroup'))).toEqual([])
    const mine = (await home.get('GET /my/track', { query: {} })).body.items
    expect(JSON.stringify(mine)).toContain('功能分 55/100')
  })
})

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
