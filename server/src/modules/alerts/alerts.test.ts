import { type Day, type Id, newId } from '@zhulian/kernel'
import { readPointsFile, ruleFile } from '@zhulian/pool'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { enrolHouseholds, factsOf, factsOfMany, recordFacts, writeStatements } from '../registry/index.ts'
import { compareCard, judgeHouseholds } from './index.ts'
import { passLevelOn } from './judge-households.ts'

let house: House
const village = '330111109203'
const start = '2021-09-26T09:00:00+08:00'

beforeAll(async () => {
  house = await openHouse({ at: start })
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

interface Told {
  readonly household?: Readonly<Record<string, unknown>>
  readonly person?: Readonly<Record<string, unknown>>
  readonly asOf?: string
}

/** A family of two in the village, and what a bureau's file says of it. */
async function family(told: Told = {}, name = '许文琴'): Promise<{ household: Id; persons: readonly Id[] }> {
  const enrolled = await house.inside(async ctx => {
    const said = { source: 'declared' as const, origin: '本人申报', asOf: '2021-01-01' as Day }
    return await enrolHouseholds(ctx, [
      {
        division: village,
        since: '2021-01-01' as Day,
        statements: [{ ...said, facts: { certifiedTier: 'none', dwellingDangerLevel: 'A' } }],
        members: [
          {
            name,
            relation: '02',
            sex: 'female',
            birthDate: '1976-03-02' as Day,
            statements: [{ ...said, facts: { alive: true } }],
          },
          {
            name: '许念安',
            relation: '30',
            sex: 'female',
            birthDate: '2011-09-03' as Day,
            statements: [{ ...said, facts: { alive: true } }],
          },
        ],
      },
    ])
  })
  const { id, members } = enrolled[0] as { id: Id; members: readonly Id[] }
  await say(id, members, told)
  return { household: id, persons: members }
}

async function say(household: Id, persons: readonly Id[], told: Told): Promise<void> {
  await house.inside(async ctx => {
    await recordFacts(ctx, household, {
      source: 'feed',
      origin: '比对',
      asOf: (told.asOf as Day | undefined) ?? ctx.today,
      household: told.household,
      persons: told.person && persons[0] ? [{ id: persons[0], facts: told.person }] : [],
    })
  })
}

const judge = async (household: Id) => {
  const settled = await house.run('alerts.judge', { households: household })
  expect(settled.failures).toEqual([])
}

async function alertsOf(household: Id, client: Client = house.as('townshipClerk')) {
  const answer = await client.get('GET /alerts', { query: { household, show: 'all' } })
  expect(answer.problem).toBeUndefined()
  return answer.body.items
}
const only = async (household: Id, client?: Client) => {
  const [first] = await alertsOf(household, client)
  if (!first) throw new Error('no alert')
  return first
}
type Live = Awaited<ReturnType<Client['live']>>
/** Whether an event about this alert comes, whatever is told of others beside it. */
async function heard(live: Live, name: string, id: string | undefined, waitMs?: number): Promise<boolean> {
  for (;;) {
    const event = await live.next(name, waitMs).catch(() => undefined)
    if (!event || event.id === id) return event !== undefined
  }
}
/** What the database answers the application's own account, whatever the routes let through. */
const as = async (role: string, account: string, text: string) => {
  const client = await house.database.app.connect()
  try {
    await client.query('begin')
    await client.query(
      `select set_config('app.district','330111',true), set_config('app.role',$1,true), set_config('app.actor',$2,true), set_config('app.lo','330111',true), set_config('app.hi','330111:',true)`,
      [role, account],
    )
    return await client.query(text).then(
      r => `${r.rowCount} rows`,
      (e: Error) => e.message,
    )
  } finally {
    await client.query('rollback')
    client.release()
  }
}
const fire = { household: { disasterOn: '2021-09-25' } }

/** What stands on the track of a family as assessed, without scores and marks of what was known. */
const assessed = async (who: Client, household: Id) =>
  (await who.get('GET /households/:householdId/track', { params: { householdId: household } })).body.lines
    .flatMap(line => line.records)
    .filter(record => record.kind === 'assessment' && record.source.kind !== 'need')
    .map(record => [
      record.words.zh,
      record.by,
      ...record.lines.flatMap(({ label, said }) => (/风险|结果/.test(label.zh) ? [`${label.zh} ${said.zh}`] : [])),
    ])

describe('an alert', () => {
  it('names the facts that raised it, with who said them and for which day, and comes out the same when judged again', async () => {
    const { household } = await family(fire)
    await judge(household)
    const clerk = house.as('townshipClerk')
    const found = await only(household, clerk)
    expect(found).toMatchObject({ rule: 'R20', level: 'red', state: 'raised', occurredOn: '2021-09-25', times: 1 })
    expect(found.household?.head).toBe('许*琴')
    const { body } = await clerk.get('GET /alerts/:alertId', { params: { alertId: found.id } })
    expect(body.facts).toMatchObject([
      {
        label: { zh: '火灾或受灾日' },
        value: { zh: '2021-09-25' },
        source: 'feed',
        origin: '比对',
        asOf: '2021-09-26',
      },
    ])
    expect(body.why[0]?.zh).toContain('火灾或受灾日')
    expect(body.leadsTo.map(l => l.id)).toEqual(['P34', 'P06'])
    // Something else becomes known later; what was judged stays what it was.
    house.at('2021-10-20T09:00:00+08:00')
    await house.inside(ctx =>
      recordFacts(ctx, household, {
        source: 'feed',
        origin: '比对',
        household: { disasterOn: '2021-10-19', certifiedTier: 'dibao' },
      }),
    )
    const again = await clerk.get('GET /alerts/:alertId/replay', { params: { alertId: found.id } })
    expect(again.body).toMatchObject({ same: true, judgedOn: '2021-09-26' })
    // A slip in what was kept would be seen.
    await house.sql(`update alerts.alert set given = '{"utilityReadOn":"2021-01-01"}', said_hash = 'x' where id = $1`, [
      found.id,
    ])
    expect((await clerk.get('GET /alerts/:alertId/replay', { params: { alertId: found.id } })).body.same).toBe(false)
  })

  it('is one for one happening, counts another within its window, and is a new one after it', async () => {
    const { household, persons } = await family(fire)
    await judge(household)
    await judge(household)
    expect(await alertsOf(household)).toMatchObject([{ times: 1 }])
    house.at('2021-10-06T09:00:00+08:00')
    await say(household, persons, { household: { disasterOn: '2021-10-05' } })
    await judge(household)
    expect(await alertsOf(household)).toMatchObject([{ times: 2, occurredOn: '2021-10-05' }])
    house.at('2021-11-20T09:00:00+08:00')
    await say(household, persons, { household: { disasterOn: '2021-11-19' } })
    await judge(household)
    expect((await alertsOf(household)).map(a => a.times).toSorted()).toEqual([1, 2])
  })

  it('rises where the rules say worse, is lowered by nobody but a person, and is said to hold no longer', async () => {
    const { household, persons } = await family({ household: { dwellingDangerLevel: 'C' } })
    // Declared as A, and by the bureau as C on a newer day.
    await judge(household)
    expect(await only(household)).toMatchObject({ rule: 'R16', level: 'orange', version: 1 })
    house.at('2021-09-28T09:00:00+08:00')
    await say(household, persons, { household: { dwellingDangerLevel: 'D' } })
    await judge(household)
    expect(await only(household)).toMatchObject({ level: 'red', version: 2 })
    house.at('2021-09-29T09:00:00+08:00')
    await say(household, persons, { household: { dwellingDangerLevel: 'B' } })
    await judge(household)
    expect(await only(household)).toMatchObject({ level: 'red', state: 'raised', ceasedOn: '2021-09-29' })
  })

  it('of several others at once is raised too', async () => {
    const { household } = await family({
      household: {
        certifiedTier: 'dibao',
        harmonyYellowOn: '2021-09-24',
        harmonyYellowBeforeOn: '2021-09-01',
        harmonyReason: 'debt',
      },
      person: { largestBillSelfPaid: 30000, billSettledOn: '2021-09-20' },
    })
    await judge(household)
    expect((await alertsOf(household)).map(a => [a.rule, a.level]).toSorted()).toEqual([
      ['R09', 'orange'],
      ['R10', 'orange'],
      ['R27', 'red'],
    ])
    // It calls all three levels like any other red one, and says which ones it counts.
    const guide = house.as('guide')
    const several = (await alertsOf(household, guide)).find(a => a.rule === 'R27')
    const { body } = await guide.get('GET /alerts/:alertId', { params: { alertId: several?.id ?? household } })
    expect(body).toMatchObject({ audience: 'village', careful: false, next: [{ step: 'take' }] })
    expect(body.counted.map(a => [a.name.zh, a.level]).toSorted()).toEqual([
      ['单次高额医疗费', 'orange'],
      ['家和码 90 天内两次黄色', 'orange'],
    ])
  })

  it('of several others of which the village may not know one is for the township alone', async () => {
    const { household } = await family({
      household: {
        certifiedTier: 'dibao',
        harmonyYellowOn: '2021-09-24',
        harmonyYellowBeforeOn: '2021-09-01',
        harmonyReason: 'domesticDispute',
      },
      person: { largestBillSelfPaid: 30000, billSettledOn: '2021-09-20' },
    })
    await judge(household)
    const seen = async (client?: Client) => (await alertsOf(household, client)).map(a => a.rule).toSorted()
    expect(await seen()).toEqual(['R09', 'R10', 'R27'])
    expect(await seen(house.as('guide', { scope: '330111109' }))).toEqual(['R10'])
    const several = (await alertsOf(household)).find(a => a.rule === 'R27')
    const ofOffice = await house
      .as('townshipClerk')
      .get('GET /alerts/:alertId', { params: { alertId: several?.id ?? household } })
    expect(ofOffice.body).toMatchObject({ careful: true, counted: [{}, {}] })
  })

  it('goes its way: taken, sent to the home, found to be so, an opinion, closed with its cause; each step on its line', async () => {
    const { household } = await family(fire)
    await judge(household)
    const [guide, clerk] = [house.as('guide'), house.as('townshipClerk')]
    const found = await only(household, guide)
    const params = { alertId: found.id }
    expect(found.clock).toMatchObject({ state: 'plenty', at: '2021-09-26T05:00:00.000Z', on: '2021-09-26' })
    const taken = await guide.post('POST /alerts/:alertId/take', { params, body: { expectedVersion: found.version } })
    expect(taken.body).toMatchObject({
      state: 'triaged',
      mine: true,
      clock: { at: '2021-09-27T01:00:00.000Z', on: '2021-09-27' },
    })
    const sent = await guide.post('POST /alerts/:alertId/assign', { params, body: { expectedVersion: 2 } })
    expect(sent.problem).toBeUndefined()
    expect(sent.body).toMatchObject({ state: 'assigned', task: { state: 'given' } })
    const wrong = await guide.post(
      'POST /alerts/:alertId/close' as never,
      { params, body: { expectedVersion: 3, cause: 'helped', note: '已经帮上了' } } as never,
    )
    expect(wrong.problem?.code).toBe('request.notAllowed')
    const so = await guide.post('POST /alerts/:alertId/verify', {
      params,
      body: { expectedVersion: 3, verdict: 'confirmed', note: '厨房烧了，人没事' },
    })
    expect(so.body).toMatchObject({ state: 'verified' })
    expect(await assessed(guide, household)).toEqual([['核实了家里的情况', '测试人员', '结果 属实', '风险 红']])
    expect(await assessed(house.as('villageGroup'), household)).toEqual([])
    const early = await clerk.post('POST /alerts/:alertId/close', {
      params,
      body: { expectedVersion: 4, cause: 'helped', note: '已经帮上了' },
    })
    expect(early.problem?.code).toBe('alerts.stepNotOpen')
    const opined = await clerk.post('POST /alerts/:alertId/opine', {
      params,
      body: { expectedVersion: 4, opinion: 'helpNow', note: '先给临时救助' },
    })
    expect(opined.body.state).toBe('handled')
    const closed = await clerk.post('POST /alerts/:alertId/close', {
      params,
      body: { expectedVersion: 5, cause: 'helped', note: '已经帮上了' },
    })
    expect(closed.body).toMatchObject({ state: 'closed', clock: { state: 'none' } })
    expect(closed.body.steps.map(s => s.step)).toEqual(['raise', 'take', 'assign', 'verify', 'opine', 'close'])
    expect(closed.body.steps[3]).toMatchObject({ detail: { zh: '属实' }, note: '厨房烧了，人没事' })
    const outcomes = await house.sql<{ kind: string; points: number | null }>(
      'select kind, points from alerts.outcome where alert_id = $1 order by id',
      [found.id],
    )
    expect(outcomes.map(o => o.kind).toSorted()).toEqual(['closed.helped', 'opinion.helpNow', 'verdict.confirmed'])
    expect(outcomes.every(o => o.points !== null)).toBe(true)
    const line = (await house.trail(50)).find(l => l.action === 'alerts.close')
    expect(line).toMatchObject({ outcome: 'done', role: 'townshipClerk', subject_id: household })
    // A note is nobody's but theirs who may read it: the database holds no plain word of it.
    const kept = await house.sql('select s::text as all from alerts.step s where alert_id = $1', [found.id])
    expect(JSON.stringify(kept)).not.toContain('厨房')
  })

  it('wants six months of stable means before a medical risk is closed as removed', async () => {
    const { household } = await family({ person: { largestBillSelfPaid: 30000, billSettledOn: '2021-09-20' } })
    await judge(household)
    const clerk = house.as('townshipClerk')
    const { id } = await only(household, clerk)
    const params = { alertId: id }
    await clerk.post('POST /alerts/:alertId/take', { params, body: { expectedVersion: 1 } })
    await clerk.post('POST /alerts/:alertId/verify', {
      params,
      body: { expectedVersion: 2, verdict: 'confirmed', note: '看过单据了' },
    })
    await clerk.post('POST /alerts/:alertId/opine', {
      params,
      body: { expectedVersion: 3, opinion: 'watch', note: '收入还不稳' },
    })
    const close = (at: string) => {
      house.at(at)
      return clerk.post('POST /alerts/:alertId/close', {
        params,
        body: { expectedVersion: 4, cause: 'riskRemoved', note: '收入稳定了' },
      })
    }
    expect((await close('2022-03-25T09:00:00+08:00')).problem?.code).toBe('alerts.proofWanted')
    expect((await close('2022-03-26T09:00:00+08:00')).body?.state).toBe('closed')
  })
})

describe('what is written by hand', () => {
  const settled = async () => expect((await house.settle()).failures).toEqual([])
  const record = async (household: Id, body: object) => {
    const guide = house.as('guide')
    const { version } = (await guide.get('GET /households/:id', { params: { id: household } })).body
    const answer = await guide.post('POST /households/:id/facts', {
      params: { id: household },
      ifMatch: version,
      body: { source: 'verified', ...body },
    })
    expect(answer.problem).toBeUndefined()
  }

  it('is looked at as soon as it stands, and whoever has the family open is told that it has a new version', async () => {
    const { household } = await family()
    await settled()
    expect(await alertsOf(household)).toEqual([])
    const clerk = house.as('townshipClerk')
    const live = await clerk.live()
    await record(household, { household: { dwellingDangerLevel: 'D' } })
    await settled()
    expect((await alertsOf(household)).map(a => [a.rule, a.level])).toEqual([['R16', 'red']])
    expect(await heard(live, 'registry.alertLevel', household)).toBe(true)
    live.close()
  })

  it('is looked at with who is registered, and with who comes to live there', async () => {
    const clerk = house.as('townshipClerk')
    const added = await clerk.post('POST /households', {
      body: {
        division: village,
        members: [{ name: '骆建新', relation: '02', birthDate: '1986-02-01', sex: 'male' }],
        facts: { dwellingDangerLevel: 'C' },
      },
    })
    expect(added.problem).toBeUndefined()
    const { id, members } = added.body
    await settled()
    expect((await alertsOf(id)).map(a => a.rule)).toEqual(['R16'])
    await record(id, { persons: [{ id: members[0], facts: { imprisonedOn: '2021-09-20' } }] })
    await settled()
    expect((await alertsOf(id)).map(a => a.rule)).toEqual(['R16'])
    const { version } = (await clerk.get('GET /households/:id', { params: { id } })).body
    const person = { name: '骆小满', relation: '20', birthDate: '2013-05-01' as Day, sex: 'female' as const }
    const came = await clerk.post('POST /households/:id/members', {
      params: { id },
      ifMatch: version,
      body: { move: 'join', on: '2021-09-26' as Day, person },
    })
    expect(came.problem).toBeUndefined()
    await settled()
    expect((await alertsOf(id)).map(a => a.rule)).toContain('R21')
  })
})

describe('of two who open an alert at once', () => {
  it('one has it, and the other, who waited for the lock, is told who', async () => {
    const { household } = await family(fire)
    await judge(household)
    const [guide, clerk] = [house.as('guide', { name: '徐晓雯' }), house.as('townshipClerk', { name: '李敏' })]
    const { id } = await only(household, guide)
    const holder = await house.database.owner.connect()
    await holder.query('begin')
    await holder.query(
      `set local app.district = '330111'; set local app.role = 'machine'; set local app.lo = '330111'; set local app.hi = '330111:'`,
    )
    await holder.query('select id from alerts.alert where id = $1 for update', [id])
    const take = (who: Client) =>
      who.post('POST /alerts/:alertId/take', { params: { alertId: id }, body: { expectedVersion: 1 } })
    const pressed = [take(guide), take(clerk)]
    await new Promise(done => setTimeout(done, 150))
    expect(await Promise.race([pressed[0], Promise.resolve('waiting')])).toBe('waiting')
    await holder.query('commit')
    holder.release()
    const answers = await Promise.all(pressed)
    expect(answers.map(a => a.status).toSorted()).toEqual([200, 409])
    const refused = answers.find(a => a.status === 409)
    expect(refused?.problem?.code).toBe('alerts.taken')
    expect(refused?.problem?.detail).toContain(answers[0]?.status === 200 ? '徐晓雯' : '李敏')
  })
})

describe('who learns of an alert', () => {
  it('red: village, township and district at once, in words that name nobody', async () => {
    const { household } = await family(fire)
    const [guide, clerk, officer, stranger] = [
      house.as('guide'),
      house.as('townshipClerk'),
      house.as('districtOfficer'),
      house.as('guide', { scope: '330111110201' }),
    ]
    const [one, two, three, far] = await Promise.all([guide.live(), clerk.live(), officer.live(), stranger.live()])
    await judge(household)
    const heard = await Promise.all([one.next('alerts.red'), two.next('alerts.red'), three.next('alerts.red')])
    expect(new Set(heard.map(e => e.id)).size).toBe(1)
    // But for its id, in whose digits anything may stand.
    expect(JSON.stringify(heard.map(event => ({ ...event, id: '' })))).not.toMatch(/许|火|R20|3301/)
    await expect(far.next('alerts.red', 200)).rejects.toThrow()
    for (const live of [one, two, three, far]) live.close()
    expect(await alertsOf(household, stranger)).toEqual([])
  })

  it('a careful one goes to the township alone: the village sees no alert, no step and no mark on the record', async () => {
    const { household } = await family({ household: { harmonyRedOn: '2021-09-25', harmonyReason: 'domesticDispute' } })
    const guide = house.as('guide')
    const live = await guide.live()
    await judge(household)
    expect(await alertsOf(household, guide)).toEqual([])
    await expect(live.next('alerts.red', 200)).rejects.toThrow()
    live.close()
    const clerk = house.as('townshipClerk')
    const found = await only(household, clerk)
    expect(found).toMatchObject({ rule: 'R08', level: 'red', careful: true })
    const params = { alertId: found.id }
    expect((await guide.get('GET /alerts/:alertId', { params })).problem?.code).toBe('alerts.notFound')
    // A guide of the whole township reaches the place and still not the matter.
    const wide = house.as('guide', { scope: '330111109' })
    expect((await wide.get('GET /alerts/:alertId', { params })).problem?.code).toBe('alerts.notFound')
    const record = await guide.get('GET /households/:id', { params: { id: household } })
    expect(record.body.facts.map(f => f.fact)).not.toContain('openAlertLevel')
    // What the file said of it is the offices' to read.
    const line = await guide.get('GET /households/:id/history', { params: { id: household } })
    expect(record.text + line.text).not.toMatch(/harmony|家和码/)
    const office = await house.as('townshipClerk').get('GET /households/:id', { params: { id: household } })
    expect(office.body.facts.map(f => f.fact)).toContain('harmonyReason')
    await clerk.post('POST /alerts/:alertId/take', { params, body: { expectedVersion: 1 } })
    const sent = await clerk.post('POST /alerts/:alertId/assign', { params, body: { expectedVersion: 2 } })
    expect(sent.body.task).toMatchObject({ holder: null })
    const [task] = await house.sql<{ careful: boolean; division: string }>(
      'select careful, division from outreach.task where origin_id = $1',
      [found.id],
    )
    expect(task).toEqual({ careful: true, division: '330111109' })
  })

  it('of a health matter guides learn that the township is to be called, and health workers alone read why', async () => {
    const { household } = await family({ person: { mentalRiskGrade: 4 } })
    await judge(household)
    const [guide, clerk, health] = [house.as('guide'), house.as('townshipClerk'), house.as('healthWorker')]
    const seen = await only(household, guide)
    expect(seen).toMatchObject({
      rule: null,
      name: { zh: '请联系镇街' },
      firstAction: null,
      points: null,
      person: null,
    })
    const params = { alertId: seen.id }
    for (const who of [guide, clerk, house.as('districtOfficer')]) {
      const { body, text } = await who.get('GET /alerts/:alertId', { params })
      expect(body).toMatchObject({ facts: [], why: [], steps: [], next: [], rule: null })
      expect(text).not.toMatch(/R24|精神|mental|随访/)
      const tried = await who.post('POST /alerts/:alertId/take', { params, body: { expectedVersion: 1 } })
      expect(tried.problem?.code).toBe('alerts.forHealthWorkers')
    }
    expect((await guide.get('GET /alerts', { query: { rule: 'R24' } })).body.items).toEqual([])
    const own = await health.get('GET /alerts/:alertId', { params })
    expect(own.body).toMatchObject({ rule: 'R24', level: 'red', household: { head: '许文琴' } })
    expect(own.body.facts).toMatchObject([{ label: { zh: '严重精神障碍风险等级' }, value: { zh: '4 级' } }])
    // Nor does the household's page show what was brought for health workers.
    const page = await clerk.get('GET /households/:id', { params: { id: household } })
    const line = await clerk.get('GET /households/:id/history', { params: { id: household } })
    expect(page.text + line.text).not.toContain('mentalRiskGrade')
    // Where nobody's alert is for them, health workers open no register.
    expect(
      (await health.get('GET /households/:id' as never, { params: { id: household } } as never)).problem?.code,
    ).toBe('request.notAllowed')
    const done = await health.post('POST /alerts/:alertId/take', { params, body: { expectedVersion: 1 } })
    expect(done.body).toMatchObject({ state: 'triaged', next: [{ step: 'verify' }, { step: 'giveBack' }] })
    // Which rule, of whom, on what facts, what was done and what came of it: the database gives it to no other role.
    await health.post('POST /alerts/:alertId/verify', {
      params,
      body: { expectedVersion: 2, verdict: 'confirmed', note: '随访过了' },
    })
    expect(await house.sql(`select from track.record where source_id = $1`, [params.alertId])).toEqual([])
    const everybody = ['guide', 'townshipClerk', 'districtOfficer', 'operator', 'auditor', 'admin'] as const
    for (const [table, id] of [
      ['alerts.alert', 'id'],
      ['alerts.seen', 'alert_id'],
      ['alerts.step', 'alert_id'],
      ['alerts.ground', 'alert_id'],
      ['alerts.outcome', 'alert_id'],
    ] as const)
      for (const role of [...everybody, 'healthWorker' as const]) {
        const rows = await as(role, newId(), `select 1 from ${table} where ${id} = '${seen.id}'`)
        expect([table, role, rows === '0 rows']).toEqual([table, role, role !== 'healthWorker'])
      }
    // The facts themselves neither: whoever asks, the machine alone, which judges, is given them.
    const facts = `select 1 from registry.statement where facts ?| array['mentalRiskGrade', 'mentalFollowUpsOverdue'] and household_id = '${household}'`
    for (const role of [...everybody, 'healthWorker', 'villageGroup', 'helper', 'bureauOfficer'])
      expect([role, await as(role, newId(), facts)]).toEqual([role, '0 rows'])
    expect(await as('machine', newId(), facts)).toBe('1 rows')
    const [notice] = await house.sql<{ told: string }>(
      'select n::text as told from alerts.notice n where alert_id = $1',
      [seen.id],
    )
    expect(notice?.told).not.toMatch(/R24|mental|confirmed/)
    expect((await guide.get('GET /alerts/:alertId', { params })).body).toMatchObject({ state: 'verified', rule: null })
    const lowered = `update alerts.notice set level = 'blue' where alert_id = '${seen.id}'`
    expect(await as('guide', newId(), lowered)).toBe('0 rows')
    const { body: quality } = await clerk.get('GET /alerts/quality')
    expect(quality.rules.map(r => r.id)).not.toContain('R24')
  })

  it('what is said for health workers beside something else stands by itself, and what else was said is read as before', async () => {
    const { household } = await family({ person: { mentalRiskGrade: 4, seriousIllness: true } })
    await judge(household)
    const page = await house.as('townshipClerk').get('GET /households/:id', { params: { id: household } })
    expect(page.body.members[0]?.facts.find(f => f.fact === 'seriousIllness')).toMatchObject({ value: true })
    const [health] = await alertsOf(household, house.as('healthWorker'))
    expect(health).toMatchObject({ rule: 'R24', level: 'red' })
    // Whoever asks for it to be judged again, the same comes out.
    const again = await house
      .as('healthWorker')
      .get('GET /alerts/:alertId/replay', { params: { alertId: health?.id as Id } })
    expect(again.body.same).toBe(true)
  })

  it('what is for the township alone is given to no guide by the database either', async () => {
    const careful = await family({ household: { harmonyRedOn: '2021-09-25', harmonyReason: 'domesticDispute' } })
    const calls = await family({ household: { hotlineSameCategory30: 4 } })
    for (const { household } of [careful, calls]) await judge(household)
    for (const { household } of [careful, calls])
      for (const table of ['alerts.alert', 'alerts.seen', 'alerts.step', 'alerts.ground', 'alerts.outcome'])
        for (const role of ['guide', 'healthWorker', 'operator', 'auditor', 'admin'])
          expect([
            table,
            role,
            await as(role, newId(), `select 1 from ${table} where household_id = '${household}'`),
          ]).toEqual([table, role, '0 rows'])
  })
})

describe('the clocks', () => {
  it('tell who holds an alert before they run out and the level above when they have, each once, in working days', async () => {
    house.at('2021-09-30T09:00:00+08:00')
    const { household } = await family({
      household: { hotlineSameCategory30: 3 },
      person: { unemploymentBenefitEndsOn: '2021-10-20' },
    })
    await judge(household)
    const found = (await alertsOf(household)).find(a => a.rule === 'R03')
    // The National Day holidays do not count, and the Saturday made up for them does.
    expect(found?.clock.on).toBe('2021-10-08')
    const clerk = house.as('townshipClerk')
    const live = await clerk.live()
    house.at('2021-10-08T10:00:00+08:00')
    await house.run('alerts.clock')
    expect(await heard(live, 'alerts.near', found?.id)).toBe(true)
    house.at('2021-10-09T00:10:00+08:00')
    await house.run('alerts.clock')
    expect(await heard(live, 'alerts.late', found?.id)).toBe(true)
    await house.run('alerts.clock')
    expect(await heard(live, 'alerts.late', found?.id, 300)).toBe(false)
    live.close()
    const steps = await house.sql<{ step: string }>('select step from alerts.step where alert_id = $1 order by turn', [
      found?.id,
    ])
    expect(steps.map(s => s.step)).toEqual(['raise', 'late'])
    const late = await clerk.get('GET /alerts', { query: { show: 'late', household } })
    expect(late.body.counts?.late).toBe(2)
  })

  it('begin anew where it becomes worse and where it is taken up again, on the day they end in China', async () => {
    const { household, persons } = await family({ household: { dwellingDangerLevel: 'C' } })
    await judge(household)
    const clerk = house.as('townshipClerk')
    const params = { alertId: (await only(household, clerk)).id }
    await clerk.post('POST /alerts/:alertId/take', { params, body: { expectedVersion: 1 } })
    house.at('2021-10-14T01:00:00+08:00')
    await say(household, persons, { household: { dwellingDangerLevel: 'D' } })
    await judge(household)
    expect((await only(household, clerk)).clock).toEqual({
      at: '2021-10-14T17:00:00.000Z',
      on: '2021-10-15',
      state: 'plenty',
      likelyAt: null,
    })
    const body = { note: '看过，已经搬出来了' }
    const verdict = { ...body, expectedVersion: 3, verdict: 'false' as const }
    await clerk.post('POST /alerts/:alertId/verify', { params, body: verdict })
    const cause = { ...body, expectedVersion: 4, cause: 'notSo' as const }
    await clerk.post('POST /alerts/:alertId/close', { params, body: cause })
    house.at('2021-11-01T09:00:00+08:00')
    const again = await clerk.post('POST /alerts/:alertId/reopen', { params, body: { ...body, expectedVersion: 5 } })
    expect(again.body).toMatchObject({ state: 'triaged', clock: { at: '2021-11-02T01:00:00.000Z', state: 'plenty' } })
  })

  it('say beforehand what will be late at the usual pace, once it is known what is usual', async () => {
    const clerk = house.as('townshipClerk')
    const raised = async () => {
      house.at('2022-03-01T09:00:00+08:00')
      const { household } = await family({ household: { dwellingDangerLevel: 'D' } })
      await judge(household)
      return household
    }
    const takenLate = async () => {
      const alertId = (await only(await raised(), clerk)).id
      house.at('2022-03-01T15:30:00+08:00')
      await clerk.post('POST /alerts/:alertId/take', { params: { alertId }, body: { expectedVersion: 1 } })
    }
    for (let i = 0; i < 4; i++) await takenLate()
    const household = await raised()
    const clocked = async () => {
      house.at('2022-03-01T09:30:00+08:00')
      await house.run('alerts.clock')
      return await clerk.get('GET /alerts', { query: { household } })
    }
    expect((await clocked()).body).toMatchObject({ counts: { willBeLate: 0 }, items: [{ clock: { likelyAt: null } }] })
    await takenLate()
    const { body } = await clocked()
    // Six hours and a half to take it, where four are given.
    expect(body.items[0]?.clock).toMatchObject({
      at: '2022-03-01T05:00:00.000Z',
      state: 'plenty',
      likelyAt: '2022-03-01T07:30:00.000Z',
    })
    expect(body.counts).toMatchObject({ late: 0, willBeLate: 1 })
    await clerk.post('POST /alerts/:alertId/take', {
      params: { alertId: body.items[0]?.id as Id },
      body: { expectedVersion: 1 },
    })
    expect((await only(household, clerk)).clock.likelyAt).toBeNull()
  })

  it('at night what was written at a door the day before is looked at once more, also of a household long known', async () => {
    house.at('2021-11-20T03:20:00+08:00')
    const { household } = await family()
    await judge(household)
    house.at('2021-12-01T03:20:00+08:00')
    await house.run('alerts.night')
    house.at('2021-12-01T15:00:00+08:00')
    const guide = house.as('guide')
    const { version } = (await guide.get('GET /households/:id', { params: { id: household } })).body
    await guide.post('POST /households/:id/facts', {
      params: { id: household },
      ifMatch: version,
      body: { source: 'verified', household: { dwellingDangerLevel: 'D' } },
    })
    // What was asked for at once came to nothing.
    await house.sql(`delete from jobs.job where name = 'alerts.judge'`)
    house.at('2021-12-02T03:20:00+08:00')
    await house.run('alerts.night')
    expect((await alertsOf(household)).map(a => [a.rule, a.level])).toEqual([['R16', 'red']])
  })

  it('tell of each that runs out, however many were told before', async () => {
    house.at('2021-12-06T09:00:00+08:00')
    const { household } = await family({ household: { hotlineSameCategory30: 3 } })
    await judge(household)
    const { id } = await only(household)
    const other = newId()
    await house.sql(
      `insert into alerts.alert select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'household_id', $2::text,
         'occurred_on', date '2000-01-01' + i, 'due_at', a.due_at - interval '1 second', 'near_told_at', a.raised_at))).*
       from alerts.alert a, generate_series(1, 500) i where a.id = $1`,
      [id, other],
    )
    const live = await house.as('townshipClerk').live()
    house.at('2021-12-07T09:00:00+08:00')
    await house.run('alerts.clock')
    expect(await heard(live, 'alerts.near', id)).toBe(true)
    live.close()
    await house.sql('delete from alerts.alert where household_id = $1', [other])
  })

  it('at night only those are judged again of whom a day turns', async () => {
    const turning = await family({ person: { unemploymentBenefitEndsOn: '2021-11-10' } })
    const still = await family({ person: { unemploymentBenefitEndsOn: '2022-11-10' } })
    for (const { household } of [turning, still]) await judge(household)
    expect(await alertsOf(turning.household)).toEqual([])
    house.at('2021-10-10T03:20:00+08:00')
    await house.run('alerts.night')
    expect(await alertsOf(turning.household)).toEqual([])
    house.at('2021-10-11T03:20:00+08:00')
    await house.run('alerts.night')
    expect((await alertsOf(turning.household)).map(a => a.rule)).toEqual(['R03'])
    expect(await alertsOf(still.household)).toEqual([])
    // Who was registered and never judged is, the next night.
    house.at('2021-10-12T03:20:00+08:00')
    const fresh = await family({ household: { dwellingDangerLevel: 'D' } })
    expect((await house.run('alerts.night')).failures).toEqual([])
    expect((await alertsOf(fresh.household)).map(a => a.rule)).toEqual(['R16'])
    const looked = await house.sql<{ turns_on: string }>(
      'select turns_on::text from alerts.turning where household_id = $1',
      [still.household],
    )
    expect(looked).toEqual([{ turns_on: '2022-10-11' }])
  })
})

describe('entry into the base', () => {
  it('an open red alert makes a candidate and nothing more; two people bring the household in', async () => {
    const { household } = await family(fire)
    await judge(household)
    const [clerk, officer] = [
      house.as('townshipClerk', { name: '李敏' }),
      house.as('districtOfficer', { name: '方永明' }),
    ]
    const before = await clerk.get('GET /households/:id', { params: { id: household } })
    expect(before.body).toMatchObject({ circle: null, waiting: { circle: 3 } })
    expect(before.body.facts.find(f => f.fact === 'openAlertLevel')).toMatchObject({ value: 'red', origin: '预警' })
    const { body } = await clerk.get('GET /circle-candidates', { query: { household } })
    expect(body.items).toMatchObject([{ kind: 'entry', ripe: true }])
    const { id: alert } = await only(household, clerk)
    const others = await family(fire)
    await judge(others.household)
    const reason = '失火，房子不能住了'
    const foreign = { household, reason, alert: (await only(others.household, clerk)).id }
    expect((await clerk.post('POST /circle-decisions', { body: foreign })).problem?.code).toBe('alerts.notFound')
    const proposed = await clerk.post('POST /circle-decisions', { body: { household, reason, alert } })
    expect(proposed.problem).toBeUndefined()
    const params = { decisionId: proposed.body.id }
    const say = (who: Client, what: 'confirmed' | 'refused' | 'withdrawn') =>
      who.post('POST /circle-decisions/:decisionId', { params, body: { say: what, note: '看过材料，同意' } })
    expect((await say(clerk, 'confirmed')).problem?.code).toBe('registry.sameTwice')
    expect(
      (await clerk.post('POST /circle-decisions', { body: { household, reason: '再提一次看看' } })).problem?.code,
    ).toBe('registry.alreadyProposed')
    expect((await clerk.get('GET /households/:id', { params: { id: household } })).body.circle).toBe(null)
    const done = await say(officer, 'confirmed')
    expect(done.body).toMatchObject({ state: 'confirmed', proposedBy: '李敏', decidedBy: '方永明', alert })
    expect(await assessed(clerk, household)).toEqual([['核定了圈层', '李敏、方永明', '结果 库外→第三圈']])
    const came = await house.sql('select kind from alerts.outcome where alert_id = $1', [alert])
    expect(came).toEqual([{ kind: 'circle.entry' }])
    const after = await clerk.get('GET /households/:id', { params: { id: household } })
    expect(after.body).toMatchObject({ circle: 3, waiting: null })
    const history = await clerk.get('GET /households/:id/history', { params: { id: household } })
    expect(history.body.items.find(e => e.kind === 'circle')).toMatchObject({
      by: '方永明',
      circle: { to: 3, proposedBy: '李敏' },
    })
    expect((await say(house.as('districtOfficer'), 'refused')).problem?.code).toBe('registry.decisionOver')
  })

  it('outward only after three months and a visit, by two people, with what would fall away and the bridge beside it', async () => {
    const fit = {
      hasDisabilityCertificate: false,
      disabilityKind: null,
      disabilityLevel: null,
      lostWorkCapacityDisabled: false,
      isFullTimeStudent: false,
      employmentStatus: 'employed',
    }
    const { household, persons } = await family({
      household: { certifiedTier: 'dibao', tierSince: '2021-01-01' },
      person: fit,
    })
    const clerk = house.as('townshipClerk')
    const circle = async () => (await clerk.get('GET /households/:id', { params: { id: household } })).body.circle
    await judge(household)
    expect(await circle()).toBe(2)
    const left = {
      certifiedTier: 'none',
      tierUntil: '2021-09-27',
      exitedTierWithin: null,
      formerPoor: false,
      monitorClass: 'none',
      lowIncomeFarmer: false,
    }
    house.at('2021-09-28T09:00:00+08:00')
    await say(household, persons, {
      household: { ...left, meansTestConsent: true, financialAssets: 900000, motorVehicleCount: 0 },
      person: {
        jobDifficultyRecognised: false,
        employmentStatus: 'employed',
        wageMonthly: 20000,
        registeredUnemployed: false,
        disabilityLevel: null,
        hasDisabilityCertificate: false,
        maritalStatus: 'divorced',
        businessIncomeMonthly: 0,
        propertyIncomeMonthly: 0,
        pensionMonthly: 0,
        otherTransferMonthly: 0,
      },
    })
    // What cannot be told moves nobody outward, and it is said what that is, whose, and whom to ask.
    const { open } = (await clerk.get('GET /households/:id', { params: { id: household } })).body
    expect(open.map(o => o.words.zh)).toContain('许*安：孤儿或事实无人抚养儿童')
    expect(open.every(o => o.lines.length > 0)).toBe(true)
    expect(open.find(o => o.words.zh === '许*安：孤儿或事实无人抚养儿童')).toMatchObject({
      ask: 'visit',
      bureau: null,
      bars: true,
    })
    // Whoever may not open a child's record reads only that something of it is not known.
    const inField = (await house.as('guide').get('GET /households/:id', { params: { id: household } })).body.open
    expect(inField.map(o => o.words.zh).join()).not.toContain('许*安')
    expect(inField).toContainEqual({ ...inField.find(o => o.ask === null), lines: [], bars: true, bureau: null })
    // Nothing is left open of the child either.
    await say(household, persons.slice(1), {
      person: {
        hasDisabilityCertificate: false,
        disabilityKind: null,
        disabilityLevel: null,
        orphanClass: 'none',
        financialAssets: 0,
        obligorCount: 1,
        allObligorsUnable: false,
      },
    })
    expect(await circle()).toBe(2)
    const propose = () =>
      clerk.post('POST /circle-decisions', {
        body: { household, reason: '收入稳定高于标准', bridge: '渐退六个月，服务继续' },
      })
    const early = await propose()
    expect(['registry.notStableYet', 'registry.nothingToDecide']).toContain(early.problem?.code)
    house.at('2021-12-29T09:00:00+08:00')
    await house.run('registry.recount')
    expect(await circle()).toBe(2)
    expect((await propose()).problem?.code).toBe('registry.notStableYet')
    const version = (await clerk.get('GET /households/:id', { params: { id: household } })).body.version
    await house.as('guide').post('POST /households/:id/facts', {
      params: { id: household },
      ifMatch: version,
      body: { source: 'verified', household: { motorVehicleCount: 0 } },
    })
    await clerk.post('POST /households/:id/receipts', {
      params: { id: household },
      body: { policy: 'P01', fromOn: '2021-01-01', amount: 1500, period: 'month' },
    })
    const leaving = await clerk.get('GET /households/:id/leaving', { params: { id: household } })
    expect(leaving.body.ends).toMatchObject({ before: '2021-09-27', on: '2021-12-29', income: 20000 })
    expect(leaving.body.ends?.lines.find(l => l.id === 'P01')).toMatchObject({
      name: { zh: '最低生活保障' },
      person: null,
      how: 'ends',
      amount: 1500,
      period: 'month',
      received: true,
    })
    expect(leaving.body.ends?.perMonth).toBeGreaterThanOrEqual(1500)
    // Of what is not written down and cannot be told, it is said that it cannot.
    expect(leaving.body.ends?.notKnownBefore.length).toBeGreaterThan(0)
    const proposed = await propose()
    expect(proposed.problem).toBeUndefined()
    expect(await circle()).toBe(2)
    const done = await house.as('townshipClerk').post('POST /circle-decisions/:decisionId', {
      params: { decisionId: proposed.body.id },
      body: { say: 'confirmed', note: '入户看过，情况属实' },
    })
    expect(done.body).toMatchObject({ kind: 'outward', bridge: '渐退六个月，服务继续' })
    expect(done.body.ends).toEqual(leaving.body.ends)
    expect(done.body.cliffAmount).toBe(leaving.body.ends?.perMonth)
    expect((await clerk.get('GET /households/:id/leaving', { params: { id: household } })).body.ends).toBe(null)
    expect(await circle()).not.toBe(2)
  })

  it('is refused by the database itself where one person stands for both, or the machine for either', async () => {
    const { household } = await family(fire)
    await judge(household)
    const clerk = house.as('townshipClerk')
    const { body } = await clerk.post('POST /circle-decisions', { body: { household, reason: '失火，房子不能住了' } })
    const own = await clerk.account()
    const decide = (by: string) =>
      `update registry.circle_decision set state = 'confirmed', decided_by = '${by}', decided_name = 'x', decided_role = 'townshipClerk', decided_at = now() where id = '${body.id}'`
    expect(await as('townshipClerk', own, decide(own))).toMatch(/violates check/)
    const other = newId()
    expect(await as('townshipClerk', own, decide(other))).toMatch(/row-level security/)
    expect(await as('machine', other, decide(other))).toMatch(/0 rows|row-level security/)
    const move = (extra: string) =>
      `insert into registry.circle_change (district, id, household_id, division, from_circle, to_circle, pool_version, changed_on, recorded_at, recorded_by, ${extra.split('=>')[0]}) values ('330111', '${newId()}', '${household}', '${village}', null, 3, 'x', '2021-09-26', now(), '${own}', ${extra.split('=>')[1]})`
    expect(await as('machine', own, move(`basis=>'inward'`))).toMatch(/violates check/)
    expect(await as('machine', own, move(`basis=>'twoPeople'`))).toMatch(/violates check/)
    expect(await as('machine', own, move(`basis=>'before'`))).toMatch(/row-level security/)
    expect(
      await as(
        'townshipClerk',
        own,
        move(`basis, decision_id, proposed_by, confirmed_by=>'twoPeople', '${body.id}', '${own}', '${other}'`),
      ),
    ).toMatch(/foreign key/)
    const alert = await only(household)
    const closed = (of: string) =>
      `update alerts.alert set state = 'closed', cause = 'helped', closed_at = now() where id = '${of}'`
    expect(await as('machine', own, closed(alert.id))).toMatch(/row-level security/)
    expect(await as('guide', own, closed(alert.id))).toMatch(/row-level security/)
    // The same as a person of the office is let through.
    expect(await as('townshipClerk', own, closed(alert.id))).toBe('1 rows')
    // What was refused moves nobody, and what was confirmed nobody but the family it is about.
    const officer = house.as('districtOfficer')
    const both = (decision: Id, who: Id) =>
      move(`basis, decision_id, proposed_by, confirmed_by=>'twoPeople', '${decision}', '${own}', '${who}'`)
    const say = (decisionId: Id, what: 'refused' | 'confirmed') =>
      officer.post('POST /circle-decisions/:decisionId', {
        params: { decisionId },
        body: { say: what, note: '看过材料再说' },
      })
    expect((await say(body.id as Id, 'refused')).body.state).toBe('refused')
    expect(await as('townshipClerk', own, both(body.id as Id, await officer.account()))).toMatch(/foreign key/)
    const others = await family(fire)
    await judge(others.household)
    const about = { household: others.household, reason: '失火，房子不能住了' }
    const theirs = (await clerk.post('POST /circle-decisions', { body: about })).body.id as Id
    expect((await say(theirs, 'confirmed')).body.state).toBe('confirmed')
    expect(await as('townshipClerk', own, both(theirs, await officer.account()))).toMatch(/foreign key/)
    expect(
      await as('townshipClerk', own, both(theirs, await officer.account()).replaceAll(household, others.household)),
    ).toBe('1 rows')
  })
})

describe('what was counted', () => {
  it('shows false alarms by rule, flags those of which most were not so, and hides the few', async () => {
    const clerk = house.as('townshipClerk')
    for (let i = 0; i < 6; i++) {
      const { household } = await family({ household: { hotlineSameCategory30: 4 } })
      await judge(household)
      const params = { alertId: (await only(household, clerk)).id }
      await clerk.post('POST /alerts/:alertId/take', { params, body: { expectedVersion: 1 } })
      const verdict = i < 5 ? 'false' : 'confirmed'
      await clerk.post('POST /alerts/:alertId/verify', {
        params,
        body: { expectedVersion: 2, verdict, note: '问过家里了' },
      })
    }
    const { body } = await clerk.get('GET /alerts/quality')
    expect(body.rules.find(r => r.id === 'R30')).toMatchObject({ verified: 6, false: 5, share: 0.833, flagged: true })
    // One alone was verified here: how it came out is nobody's to count.
    expect(body.rules.find(r => r.id === 'R20')).toMatchObject({ false: null, share: null, flagged: false })
    // An alert about a household is about each who lives there.
    expect(body.groups.find(g => g.by === 'township')?.raised).toBeGreaterThanOrEqual(12)
    expect(body.groups.every(g => g.confirmed === null || g.confirmed === 0 || g.confirmed >= 5)).toBe(true)
    const map = await clerk.get('GET /alerts/by-township')
    expect(map.body.items).toMatchObject([{ code: '330111109', column: expect.any(Number) }])
    expect(map.body.items[0]?.red).toBeGreaterThan(0)
    const whole = await house.as('districtOfficer').get('GET /alerts/by-township')
    expect(whole.body.items).toHaveLength(24)
  })
})

describe('the card of points beside what was found', () => {
  const since = '2030-01-01' as Day
  /** Outcomes of as many alerts: of those below the line of income four in five were so, of the others one in five. */
  async function outcomes(count: number, audience: 'village' | 'health' = 'village', label = '人均收入低于低保标准') {
    const { household } = await family(fire)
    await judge(household)
    const { id } = await only(household)
    const alertIds = Array.from({ length: count }, () => newId())
    await house.sql(
      `insert into alerts.alert select (jsonb_populate_record(a, jsonb_build_object('id', x.id, 'household_id', gen_random_uuid()))).*
       from alerts.alert a, unnest($2::uuid[]) as x(id) where a.id = $1`,
      [id, alertIds],
    )
    await house.sql(
      `insert into alerts.outcome (district, id, alert_id, rule, household_id, division, audience, kind, on_day, points, points_parts, at)
       select a.district, gen_random_uuid(), a.id, a.rule, a.household_id, a.division, $2,
         case when (x.i % 5 < 4) = (x.i % 10 < 5) then 'verdict.confirmed' else 'verdict.false' end, $3::date + (x.i / 10)::integer, 0,
         case when x.i % 10 < 5 then jsonb_build_array(jsonb_build_object('item', 'income', 'points', 6, 'because', jsonb_build_object('zh', $4::text))) else '[]'::jsonb end,
         now()
       from unnest($1::uuid[]) with ordinality as x(id, i) join alerts.alert a on a.id = x.id`,
      [alertIds, audience, since, label],
    )
  }

  it('is not compared while few were looked at, and it is said how many lack; of health matters and of another card nothing counts', async () => {
    await outcomes(20)
    await outcomes(30, 'health')
    await outcomes(10, 'village', '没有这一档')
    const told = await house.inside(ctx => compareCard(ctx, since))
    expect(told?.result).toEqual({
      kind: 'lacking',
      confirmed: { have: 11, want: 172 },
      unfounded: { have: 14, want: 172 },
      laterPart: false,
    })
    expect(told).toMatchObject({ otherCard: 5, draft: undefined })
  })

  it('is fitted and compared with enough, as a file the workbench reads, and nothing is changed by it', async () => {
    await outcomes(600)
    const state = () =>
      house.sql(
        'select (select count(*) from alerts.alert) a, (select count(*) from pools.draft) b, (select count(*) from pools.publication) c',
      )
    const before = await state()
    const told = await house.inside(ctx => compareCard(ctx, since))
    if (told?.result.kind !== 'compared') throw new Error('not compared')
    const { card, inForce, refitted, gain } = told.result
    const income = told.document.items.findIndex(i => i.id === 'income')
    expect(card[income]?.[0]).toBeGreaterThan(0)
    expect(card.flat().reduce((a, b) => a + b, 0)).toBe(card[income]?.reduce((a, b) => a + b, 0))
    expect(inForce.auc.value).toBeCloseTo(0.8, 1)
    expect(refitted.auc).toEqual(inForce.auc)
    expect(gain.value).toBe(0)
    expect(told.draft?.items.map(i => i.id)).toEqual(['income'])
    expect(readPointsFile(ruleFile(told.draft as never))).toEqual({ ok: true, value: told.draft })
    expect(await state()).toEqual(before)
  })
})

describe('a visit', () => {
  it('that found it to be so settles the alert’s verdict; what follows is the township’s to say', async () => {
    const { household } = await family(fire)
    await judge(household)
    const guide = house.as('guide')
    const params = { alertId: (await only(household, guide)).id }
    await guide.post('POST /alerts/:alertId/take', { params, body: { expectedVersion: 1 } })
    const sent = await guide.post('POST /alerts/:alertId/assign', { params, body: { expectedVersion: 2 } })
    const task = sent.body.task?.id as Id
    const [visit] = await house.sql<{ id: Id }>('select id from outreach.visit where task_id = $1', [task])
    const finding = newId()
    await house.sql(
      `insert into outreach.finding (district, id, visit_id, task_id, household_id, division, result, risk, found_on, found_at, found_by, found_name)
       values ('330111', $1, $2, $3, $4, $5, 'confirmed', 'some', '2021-09-26', now(), $6, '徐晓雯')`,
      [finding, visit?.id, task, household, village, newId()],
    )
    const settled = await house.run('alerts.found', { alert: params.alertId, task, finding })
    expect(settled.failures).toEqual([])
    const { body } = await guide.get('GET /alerts/:alertId', { params })
    expect(body).toMatchObject({ state: 'verified' })
    expect(body.steps.at(-1)).toMatchObject({ step: 'found', by: '', detail: { zh: '属实' } })
    const facts = await house.inside(ctx => factsOf(ctx, household))
    expect(facts.known['openAlertLevel']?.value).toBe('red')
  })

  it('and a file that was released is judged by its number', async () => {
    const { household } = await family()
    const batch = newId()
    await house.inside(ctx =>
      writeStatements(
        ctx,
        [
          {
            source: 'feed',
            origin: '应急',
            asOf: ctx.today,
            householdId: household,
            division: village,
            facts: fire.household,
          },
        ],
        { batch },
      ),
    )
    const settled = await house.run('alerts.judge', { batch })
    expect(settled.failures).toEqual([])
    expect((await alertsOf(household)).map(a => a.rule)).toEqual(['R20'])
  })

  it('and judging takes a file of households in one go', async () => {
    const families: Id[] = []
    for (let i = 0; i < 3; i++) families.push((await family(fire, '陈大明')).household)
    const told = await house.inside(ctx => judgeHouseholds(ctx, families))
    expect(told).toHaveLength(3)
  })

  it('and what a colleague writes down while households are judged is not overruled by what was read before', async () => {
    const { household } = await family(fire)
    await judge(household)
    await house.sql(`update alerts.alert set level = 'yellow' where household_id = $1`, [household])
    const clerk = house.as('townshipClerk')
    const page = async () => (await clerk.get('GET /households/:id', { params: { id: household } })).body
    const before = await page()
    const between = await house.inside(async ctx => {
      const read = await factsOfMany(ctx, [household], { whole: true })
      house.later(1000)
      const written = await clerk.post('POST /households/:id/facts', {
        params: { id: household },
        ifMatch: before.version,
        body: { source: 'verified', household: { certifiedTier: 'dibao', tierSince: '2021-09-01' } },
      })
      expect(written.problem).toBeUndefined()
      const standing = (await page()).tier
      await passLevelOn(ctx, [household], read)
      return standing
    })
    const after = await page()
    expect(after.version).toBe(before.version + 2)
    expect(after.tier).toEqual(between)
    expect(after.tier).not.toEqual(before.tier)
  })

  it('and what a colleague wrote down after the work began and before a household was read counts as well', async () => {
    const { household } = await family(fire)
    await judge(household)
    await house.sql(
      `update registry.statement set facts = '{"openAlertLevel":"orange"}' where household_id = $1 and facts ? 'openAlertLevel'`,
      [household],
    )
    const clerk = house.as('townshipClerk')
    const page = async () => (await clerk.get('GET /households/:id', { params: { id: household } })).body
    const before = await page()
    const between = await house.inside(async ctx => {
      house.later(1000)
      const written = await clerk.post('POST /households/:id/facts', {
        params: { id: household },
        ifMatch: before.version,
        body: { source: 'verified', household: { certifiedTier: 'dibao', tierSince: '2021-09-01' } },
      })
      expect(written.problem).toBeUndefined()
      const standing = (await page()).tier
      await judgeHouseholds(ctx, [household])
      return standing
    })
    expect((await page()).tier).toEqual(between)
    expect(between).not.toEqual(before.tier)
  })

  it('and where two lower the last two severe alerts of a family at one moment, the family has no severe one', async () => {
    const { household } = await family(fire)
    await judge(household)
    const [one] = await house.sql<{ id: Id }>('select id from alerts.alert where household_id = $1', [household])
    const other = newId()
    await house.sql(
      `insert into alerts.alert select (jsonb_populate_record(a, jsonb_build_object('id', $2::text, 'rule', 'R19'))).* from alerts.alert a where id = $1`,
      [one?.id, other],
    )
    const lower = (id: Id | undefined, meanwhile: () => Promise<unknown>) =>
      house.inside(async ctx => {
        await sql`update alerts.alert set level = 'yellow' where id = ${id}`.execute(ctx.transaction)
        await passLevelOn(ctx, [household])
        await meanwhile()
      })
    let second: Promise<unknown> = Promise.resolve()
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await lower(one?.id, async () => {
      let isThrough = false
      second = lower(other, () => Promise.resolve()).finally(() => (isThrough = true))
      while (!isThrough && (await house.sql(waiting)).length === 0) await new Promise(r => setTimeout(r, 20))
    })
    await second
    const facts = await house.inside(ctx => factsOf(ctx, household))
    expect(facts.known['openAlertLevel']?.value).toBe('yellow')
  })
})

it('an alert about a child tells a guide that there is more, and what, once the office has let the guide see it', async () => {
  const { household, persons } = await family()
  const clerk = house.as('townshipClerk')
  const { version } = (await clerk.get('GET /households/:id', { params: { id: household } })).body
  const born = await clerk.post('POST /households/:id/members', {
    params: { id: household },
    ifMatch: version,
    body: { move: 'join', on: '2021-09-01', person: { relation: '30', name: '许念平', birthDate: '2019-05-06' } },
  })
  expect(born.problem).toBeUndefined()
  await house.inside(ctx =>
    recordFacts(ctx, household, {
      source: 'feed',
      origin: '教育',
      persons: [{ id: persons[1] as Id, facts: { absenceDays30: 12 } }],
    }),
  )
  await judge(household)
  const guide = house.as('guide')
  const { id, version: first } = await only(household)
  const read = async (who: Client) => (await who.get('GET /alerts/:alertId', { params: { alertId: id } })).body
  const bare = await read(guide)
  expect(bare.why.map(w => w.zh)).toEqual([expect.stringContaining('孩子')])
  expect([bare.facts, bare.missing]).toEqual([[], []])
  const [minor] = await house.sql<{ division: string; until: string }>(
    'select division, minor_until::text as until from alerts.minor_ground where alert_id = $1',
    [id],
  )
  const inDatabase = async (role: string, table: string) =>
    await as(role, await guide.account(), `select 1 from alerts.${table} where alert_id = '${id}'`)
  // Of the little one nothing is told, so that it does not keep closed what is told of the other.
  expect(minor).toEqual({ division: village, until: '2029-09-03' })
  expect([await inDatabase('guide', 'ground'), await inDatabase('guide', 'minor_ground')]).toEqual(['1 rows', '0 rows'])
  const [said] = await house.sql<{ facts: string }>('select facts::text from alerts.ground where alert_id = $1', [id])
  expect(said?.facts).not.toContain('absenceDays30')
  expect(await inDatabase('townshipClerk', 'minor_ground')).toBe('1 rows')
  const office = await read(house.as('townshipClerk'))
  expect(office.facts.map(f => f.value.zh)).toContainEqual(expect.stringContaining('12'))
  // What an office writes of the child on its way is closed as well.
  const notes = async (who: Client) => (await read(who)).steps.flatMap(step => step.note ?? [])
  const params = { alertId: id }
  await clerk.post('POST /alerts/:alertId/take', { params, body: { expectedVersion: first } })
  const found = { verdict: 'confirmed' as const, note: '孩子在家带妹妹，没去上学' }
  const verified = await clerk.post('POST /alerts/:alertId/verify', {
    params,
    body: { expectedVersion: first + 1, ...found },
  })
  expect(verified.problem).toBeUndefined()
  expect(await notes(clerk)).toEqual([found.note])
  expect(await notes(guide)).toEqual([expect.stringContaining('要镇里批准')])
  await house.as('townshipClerk').post('POST /households/:id/minor-grants', {
    params: { id: household },
    body: { reader: await guide.account(), reason: '长期照看这一户' },
  })
  expect(await notes(guide)).toEqual([found.note])
  expect((await read(guide)).facts).toEqual(office.facts)
  expect((await read(guide)).why).toEqual(office.why)
})
