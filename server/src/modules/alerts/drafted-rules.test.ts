import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Day, Id } from '@zhulian/kernel'
import {
  type AlertDocument,
  alertsRaised,
  compile,
  type ParameterDocument,
  type PointsDocument,
  type PoolDocuments,
} from '@zhulian/rules'
import { madeUpDistrict } from '@zhulian/seed'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { actorOf, as } from '../../platform/act-as.ts'
import { checkout } from '../../platform/config.ts'
import { remembered } from '../entitlements/index.ts'
import { currentPool } from '../pools/index.ts'
import { enrolHouseholds, factsOfMany, recordFacts } from '../registry/index.ts'
import { howFarCounted, stopCounting, whileCounting } from './counting-drafts.ts'
import { givenToAll } from './given-to-all.ts'
import { judgeHouseholds } from './judge-households.ts'

let house: House
let writer: Client
let second: Client
const ids: Id[] = []

beforeAll(async () => {
  house = await openHouse()
  writer = house.as('districtOfficer', { name: '吴科长' })
  second = house.as('districtOfficer', { name: '沈科长' })
  const some = [...madeUpDistrict({ people: 800, today: '2021-09-26' as Day })]
  ids.push(...(await house.inside(ctx => enrolHouseholds(ctx, some as never))).map(e => e.id))
})
afterAll(() => house.close())
afterEach(async () => {
  for (const { id } of (await writer.get('GET /drafts')).body.items)
    await writer.delete('DELETE /drafts/:draftId', { params: { draftId: id } })
})

async function begun(key: string, from?: string) {
  const kind = key === 'points' ? 'points' : 'alert'
  const answer = await writer.post('POST /drafts', { body: { kind, key, ...(from && { from }) } })
  expect(answer.problem).toBeUndefined()
  return answer.body
}
type Draft = Awaited<ReturnType<typeof begun>>

async function saved(draft: Draft, document: object, cases?: readonly object[]) {
  const answer = await writer.put('PUT /drafts/:draftId', {
    params: { draftId: draft.id },
    ifMatch: draft.version,
    body: { document, ...(cases && { cases: { alerts: cases as never } }) },
  })
  expect(answer.problem?.detail).toBeUndefined()
  return answer.body
}

const alertIn = (draft: Draft) => draft.document as unknown as AlertDocument
const check = async (draft: Draft) =>
  (await writer.post('POST /drafts/:draftId/check', { params: { draftId: draft.id } })).body
const step = <const W extends 'submit' | 'publish'>(who: Client, draft: { id: string }, what: W) =>
  who.post(`POST /drafts/:draftId/${what}`, { params: { draftId: draft.id }, body: {} })
async function published(draft: Draft) {
  await step(writer, draft, 'submit')
  const answer = await step(second, draft, 'publish')
  expect(answer.problem?.detail).toBeUndefined()
  return answer.body
}
async function tried(draft: { id: string }) {
  const answer = await writer.post('POST /alerts/drafts/:draftId', { params: { draftId: draft.id } })
  expect(answer.problem).toBeUndefined()
  return answer.body
}
const historyOf = async (key: string) =>
  (await writer.get('GET /workbench/:kind/:key/history', { params: { kind: 'alert', key } })).body.items

const withCondition = (alert: AlertDocument, condition: string, at = 0): AlertDocument => ({
  ...alert,
  levels: alert.levels.map((line, i) => (i === at ? { ...line, condition } : line)),
})
/** Worked households of a draft, those of a rule as they come out now. */
async function mended(draft: Draft) {
  const { failed } = (await check(draft)).cases
  return draft.ownCases.map((one, index) => {
    const differs = failed.find(f => f.owner === 'alerts' && f.index === index)
    if (!differs) return one
    const alerts = { ...(one['expect'] as { alerts: object }).alerts } as Record<string, unknown>
    for (const { what, found } of differs.differences)
      alerts[what.replace('alerts ', '')] = found === '–' ? null : found.startsWith('{') ? JSON.parse(found) : found
    return { ...one, expect: { alerts } }
  })
}

describe('a rule of alerts in the workbench', () => {
  it('is written by one officer and put in force by another; what stands is not lowered and replays as it was', async () => {
    const [home] = ids as [Id]
    await house.inside(ctx =>
      recordFacts(ctx, home, {
        source: 'feed',
        origin: '比对',
        asOf: ctx.today,
        household: { disasterOn: '2021-09-25' },
        persons: [],
      }),
    )
    await house.inside(ctx => judgeHouseholds(ctx, [home]))
    const mine = async () =>
      (await writer.get('GET /alerts', { query: { household: home, show: 'all', rule: 'R20' } })).body.items
    const [alert] = await mine()
    expect(alert).toMatchObject({ level: 'red', state: 'raised' })

    const draft = await begun('R20')
    expect(draft).toMatchObject({ name: { zh: '火灾或受灾' }, casesOwner: 'alerts', changes: [], writtenCases: [] })
    // Yellow, and after a week nothing.
    const rule = alertIn(draft)
    const week = 'daysBetween(household.disasterOn, today) >= 0 && daysBetween(household.disasterOn, today) <= 7'
    const next: AlertDocument = {
      ...rule,
      levels: [{ level: 'yellow', condition: week, provenance: ['I'] }],
      turns: [{ fact: 'household.disasterOn', days: [0, 8] }],
      windowDays: 14,
    }
    let kept = await saved(draft, next)
    expect(kept.changes.map(c => c.what.zh)).toEqual(
      expect.arrayContaining(['红色', '黄色', '多少天里算同一件', '哪些日子要重看']),
    )
    const refused = await check(kept)
    expect(refused).toMatchObject({ ready: false, problems: [] })
    expect(refused.reached.map(one => one.name.zh)).toEqual(['火灾或受灾'])
    expect(new Set(refused.cases.failed.map(f => f.owner))).toEqual(new Set(['alerts']))
    await step(writer, kept, 'submit')
    expect((await step(writer, kept, 'publish')).problem?.code).toBe('pools.secondPerson')
    expect((await step(second, kept, 'publish')).problem).toMatchObject({
      code: 'pools.notReady',
      facts: { problems: 0, cases: refused.cases.failed.length },
    })
    await writer.delete('DELETE /drafts/:draftId', { params: { draftId: kept.id } })

    const again = await begun('R20')
    kept = await saved(again, next)
    kept = await saved(kept, next, await mended(kept))
    expect(await check(kept)).toMatchObject({ ready: true, cases: { failed: [] } })
    const { poolVersion } = await published(kept)
    const rules = (await writer.get('GET /alerts/rules')).body.items
    expect(rules.find(r => r.id === 'R20')?.levels).toEqual(['yellow'])

    house.at('2021-09-26T12:00:00+08:00')
    await house.inside(ctx => judgeHouseholds(ctx, [home]))
    house.at('2021-10-20T09:00:00+08:00')
    await house.inside(ctx => judgeHouseholds(ctx, [home]))
    expect(await mine()).toMatchObject([{ id: alert?.id, level: 'red', state: 'raised', times: 1 }])
    const replay = await writer.get('GET /alerts/:alertId/replay', { params: { alertId: alert?.id as string } })
    expect(replay.body).toMatchObject({ same: true })
    expect(replay.body.poolVersion).not.toBe(poolVersion)

    const history = await historyOf('R20')
    expect(history).toMatchObject([
      { authorName: '吴科长', publisherName: '沈科长', inUse: true },
      { publishedAt: null, inUse: false },
    ])
    const old = await writer.get('GET /workbench/:kind/:key/history/:hash', {
      params: { kind: 'alert', key: 'R20', hash: history[1]?.hash as string },
    })
    expect(old.body.document).toEqual(rule)
    house.at('2021-09-26T09:00:00+08:00')
  })

  it('stays while a level is never reached, cannot hold, names no day on which it ends, or reads what its readers may not', async () => {
    const draft = await begun('R16')
    const rule = alertIn(draft)
    const never = { level: 'yellow', condition: 'household.dwellingDangerLevel == "C"', provenance: ['I'] } as const
    const dead = withCondition(rule, 'household.size < 1 && household.size > 3')
    let kept = await saved(draft, { ...rule, levels: [...rule.levels, never] })
    expect((await check(kept)).problems.map(p => [p.field, p.words.zh])).toEqual([
      ['levels.2', '轮不到这一行：它成立的时候，前面总有一行先成立'],
    ])
    kept = await saved(kept, dead)
    expect((await check(kept)).problems.map(p => p.field)).toContain('levels.0.condition')
    kept = await saved(kept, { ...rule, levels: rule.levels.toReversed() })
    expect((await check(kept)).problems.map(p => [p.field, p.words.zh])).toContainEqual([
      'levels',
      '各级要从重到轻写，每级一次',
    ])
    kept = await saved(kept, withCondition(rule, 'household.harmonyReason == "debt"'))
    expect((await check(kept)).problems.map(p => p.words.en).join()).toContain('Few may see')

    const fire = await begun('R20')
    const silent = await saved(fire, { ...alertIn(fire), turns: [{ fact: 'household.disasterOn', days: [0] }] })
    expect((await check(silent)).problems).toMatchObject([{ field: 'turns' }])
  })

  it('stays while a line lost the mark of an example', async () => {
    const draft = await begun('R26')
    const rule = alertIn(draft)
    const bare = { ...rule, levels: rule.levels.map(line => ({ ...line, provenance: ['C'] })) }
    expect((await check(await saved(draft, bare))).problems.map(p => p.field)).toEqual(['levels.0'])
  })

  it('is proved when a figure it rests on is changed, and keeps it from ending', async () => {
    const { body } = await writer.post('POST /drafts', { body: { kind: 'parameter', key: 'dibaoStandard' } })
    const draft = body as Draft
    const { rows, ...figure } = draft.document as unknown as ParameterDocument
    const ended = rows.map((row, i) => (i === rows.length - 1 ? { ...row, until: '2030-01-01' } : row))
    const kept = await saved(draft, { ...figure, rows: ended })
    const checked = await check(kept)
    expect(checked.reached.map(one => one.id)).toEqual(expect.arrayContaining(['R26', 'points']))
    expect(checked.problems.map(p => p.where)).toEqual(
      expect.arrayContaining(['R26 params.dibaoStandard', 'points params.dibaoStandard']),
    )
    expect(checked.cases.failed).toEqual([])
    // What it changes of alerts is counted too: on the first day without a figure the rule is open for everybody.
    const { on, all } = await tried(kept)
    expect([on, all.raised.households]).toEqual(['2030-01-01', 0])
  })
})

describe('of whom a draft would raise an alert', () => {
  const condition = 'person.age >= 60 && household.inBase'
  const change = (documents: PoolDocuments): PoolDocuments => ({
    ...documents,
    alerts: documents.alerts?.map(alert => (alert.id === 'R07' ? withCondition(alert, condition) : alert)),
  })

  it('is counted as judging everybody one by one does, with what the platform gives, and few are hidden', async () => {
    await house.sql(
      `update registry.household set circle = 2 where id in (select id from registry.household order by id limit 60)`,
    )
    const draft = await saved(await begun('R07'), withCondition(alertIn(await peek('R07')), condition))
    const answer = await tried(draft)
    const { raised, ceased } = await house.inside(async ctx => {
      const { pool, documents } = await currentPool(ctx)
      const compiled = compile(change(documents))
      if (!compiled.ok) throw new Error('the draft does not compile')
      const base = new Set(
        (await house.sql('select id from registry.household where circle is not null')).map(row => row['id']),
      )
      const moved = { raised: new Map<Id, number>(), ceased: new Map<Id, number>() }
      for (const { id, facts } of await factsOfMany(ctx, ids)) {
        const own = { ...facts, household: { inBase: base.has(id), ...facts.household } }
        const [was, is] = [pool, compiled.pool].map(
          p => new Set(alertsRaised(p, own, ctx.today, new Set(['R07'])).map(a => a.person)),
        ) as [Set<number>, Set<number>]
        const [more, less] = [is.difference(was).size, was.difference(is).size]
        if (more > 0) moved.raised.set(id, more)
        if (less > 0) moved.ceased.set(id, less)
      }
      return moved
    })
    const sum = (counts: Map<Id, number>) => [...counts.values()].reduce((a, b) => a + b, 0)
    expect(raised.size).toBeGreaterThan(10)
    expect(answer.all.raised).toEqual({ households: raised.size, people: sum(raised) })
    expect(answer.all.ceased.households).toBe(ceased.size > 0 && ceased.size < 5 ? null : ceased.size)
    expect(answer.rules).toMatchObject([{ id: 'R07', raised: answer.all.raised }])
    expect(answer.unseen).toEqual([])
    for (const { raised: own } of answer.townships) {
      expect(own.households === null || own.households === 0 || own.households >= 5).toBe(true)
      expect(own.people === null).toBe(own.households === null)
    }
    expect(answer.townships.filter(t => t.raised.households === null).length).not.toBe(1)
    expect(
      (await house.as('townshipClerk').post('POST /alerts/drafts/:draftId', { params: { draftId: draft.id } })).problem
        ?.status,
    ).toBe(403)
  })

  it('is seen and called off by whoever counts, between two parts, and by nobody else', async () => {
    const params = { draftId: (await begun('R07')).id }
    const me = actorOf(
      { district: '330111' } as never,
      'districtOfficer',
      await second.account(),
      '沈科长',
      '330111' as never,
    )
    const inside = (work: Parameters<typeof as<void>>[3]) => house.inside(ctx => as(ctx, me, ctx.now, work))
    await inside(async ctx => {
      const counted = whileCounting(ctx, params.draftId, async watch => {
        const { far, signal } = watch('looking')
        far(250, 300)
        expect((await howFarCounted(ctx, { params } as never)).counting).toEqual({
          step: 'looking',
          done: 250,
          of: 300,
        })
        const other = { params }
        expect((await writer.get('GET /alerts/drafts/:draftId/counting', other)).body).toEqual({ counting: null })
        const stopped = await writer.post('POST /alerts/drafts/:draftId/counting/stop', { ...other, body: {} })
        expect([stopped.body, signal.aborted]).toEqual([{ stopped: false }, false])
        expect(await stopCounting(ctx, { params } as never)).toEqual({ stopped: true })
        await givenToAll(ctx, new Set(['household.visitOverdueDays']), { far, signal })
      })
      await expect(counted).rejects.toThrow('alerts.countingStopped')
      expect(await howFarCounted(ctx, { params } as never)).toEqual({ counting: null })
    })
  })

  it('goes on in the thread no longer than somebody waits, and the next is counted whole', async () => {
    await house.inside(async ctx => {
      const { loaded, countRaised } = await remembered(ctx)
      const asked = { documents: loaded.documents, rules: ['R07'], from: ctx.today, townships: [], given: new Map() }
      const [stop, told] = [new AbortController(), [] as number[]]
      const counted = countRaised(asked, {
        far: done => (told.push(done), stop.abort(new Error('enough'))),
        signal: stop.signal,
      })
      await expect(counted).rejects.toThrow('enough')
      expect(told).toEqual([0])
      await expect(countRaised(asked, { signal: stop.signal })).rejects.toThrow('enough')
      expect(await countRaised(asked)).toMatchObject({ households: ids.length, rules: [] })
    })
  })

  it.each(['person.mentalRiskGrade >= 2', 'household.everyone.exists(who, who . mentalRiskGrade >= 2)'])(
    'is not counted where the rule rests on what few may see, however that is written: %s',
    async few => {
      const draft = await begun('R07')
      const kept = await saved(draft, {
        ...withCondition(alertIn(draft), `${few} || person.age >= 60`),
        goesTo: 'health',
      })
      const answer = await tried(kept)
      expect(answer).toMatchObject({ rules: [], unseen: [{ id: 'R07' }] })
      expect(answer.all.raised.households).toBe(0)
    },
  )

  it('is read with the visits of a household where the rule hangs on them', async () => {
    const draft = await begun('R29')
    const kept = await saved(
      draft,
      withCondition(alertIn(draft), 'household.visitOverdueDays == null && household.size >= 1'),
    )
    const answer = await tried(kept)
    expect(answer.all.raised.households).toBe(answer.households)
  })

  it('is told from the night on: everybody is looked at by rules that are new', async () => {
    await house.run('alerts.night', {})
    const looked = async () =>
      await house.sql('select pool_version, count(*)::integer as n from alerts.turning group by 1')
    expect(await looked()).toMatchObject([{ n: ids.length }])
    const before = (await looked())[0]?.['pool_version']
    const draft = await begun('R30')
    const kept = await saved(draft, { ...alertIn(draft), windowDays: 45 })
    const { poolVersion } = await published(kept)
    expect(before).not.toBe(poolVersion)
    await house.run('alerts.night', {})
    expect(await looked()).toEqual([{ pool_version: poolVersion, n: ids.length }])
  })
})

async function peek(key: string): Promise<Draft> {
  const { body } = await writer.get('GET /workbench/:kind/:key', { params: { kind: 'alert', key } })
  return body as never
}

describe('the files of the rules of alerts', () => {
  it('go out byte for byte as they are shipped, and come in as drafts that change nothing', async () => {
    const data = (file: string) => readFile(path.join(checkout, 'data', 'alerts', file), 'utf8')
    const get = async (rule: string, part?: 'cases') =>
      (await writer.get('GET /alert-rules/:rule/file', { params: { rule }, query: part ? { part } : {} })).text
    expect(await get('R01')).toBe(await data('R01.yaml'))
    expect(await get('points')).toBe(await data('points.yaml'))
    for (const [kind, rule] of [
      ['alert', 'R01'],
      ['points', 'points'],
    ] as const) {
      const { body, problem } = await writer.post('POST /alert-rules/file', {
        body: { kind, rule: await get(rule), cases: await get(rule, 'cases') },
      })
      expect(problem?.detail).toBeUndefined()
      expect(body).toMatchObject({ kind, key: rule, changes: [], writtenCases: [] })
      expect(body.text.every(line => line.sign === 'same')).toBe(true)
    }
    const bad = await writer.post('POST /alert-rules/file', { body: { kind: 'alert', rule: 'levels: []' } })
    expect(bad.problem?.detail).toContain('alert.yaml levels')
  })

  it('bring a rule that is new', async () => {
    const text = (await writer.get('GET /alert-rules/:rule/file', { params: { rule: 'R30' } })).text
    const { body } = await writer.post('POST /alert-rules/file', {
      body: {
        kind: 'alert',
        rule: text.replace('id: R30', 'id: R31').replace('hotlineSameCategory30 >= 3', 'hotlineSameCategory30 >= 9'),
      },
    })
    expect(body).toMatchObject({ key: 'R31', state: 'draft' })
    expect((await check(body)).problems).toEqual([])
  })
})

describe('the card of points', () => {
  it('is read with its cases, and refused while a step is never reached or a case comes out differently', async () => {
    const { body } = await writer.get('GET /workbench/:kind/:key', { params: { kind: 'points', key: 'points' } })
    expect(body.name.zh).toBe('提示分')
    expect(body.cases.length).toBeGreaterThan(20)
    const draft = await begun('points')
    const card = draft.document as unknown as PointsDocument
    const more = {
      ...card,
      items: card.items.map(i =>
        i.id === 'alone' ? { ...i, bands: i.bands.map(b => ({ ...b, points: b.points + 1 })) } : i,
      ),
    }
    let kept = await saved(draft, more)
    const checked = await check(kept)
    expect(checked.problems).toEqual([])
    expect(checked.cases.failed.map(f => f.name)).toContain('points: 70 and alone')
    const never = {
      ...card,
      items: card.items.map(i => (i.id === 'rigid' ? { ...i, bands: i.bands.toReversed() } : i)),
    }
    kept = await saved(kept, never)
    expect((await check(kept)).problems.map(p => p.field)).toEqual(['items.10.bands.1'])
  })

  it('gains and loses items in a draft; a thirteenth is refused, and one that never holds', async () => {
    const draft = await begun('points')
    const card = draft.document as unknown as PointsDocument
    const large = (condition: string) => ({
      id: 'large',
      dimension: 'population',
      label: { zh: '大家庭', en: 'A large family' },
      provenance: ['I'],
      bands: [{ condition, points: 1, label: { zh: '九口以上', en: 'Nine or more' } }],
    })
    const others = card.items.filter(i => i.id !== 'alone')
    let kept = await saved(draft, { ...card, items: [...others, large('household.size >= 9')] })
    let checked = await check(kept)
    expect(checked.problems).toEqual([])
    expect(checked.cases.failed.map(f => f.name)).toContain('points: 70 and alone')
    kept = await saved(kept, { ...card, items: [...others, large('household.size > 3 && household.size < 2')] })
    checked = await check(kept)
    expect(checked.problems.map(p => p.field)).toEqual([expect.stringMatching(/^items\.11\.bands\.0/)])
    const more = { ...card, items: [...card.items, large('household.size >= 9')] }
    const refused = await writer.put('PUT /drafts/:draftId', {
      params: { draftId: kept.id },
      ifMatch: kept.version,
      body: { document: more },
    })
    expect(refused.problem).toMatchObject({ status: 422, detail: expect.stringContaining('不能大于 12') })
  })

  it('and a rule are read aloud in the words of the dictionary, each by what it may read', async () => {
    const read = async (text: string, goesTo: 'village' | 'health', what: 'condition' | 'day' = 'condition') =>
      (await writer.get('GET /workbench/reading', { query: { text, scope: 'person', what, goesTo } })).body
    expect((await read('person.mentalRiskGrade >= 3', 'health')).problems).toEqual([])
    expect((await read('person.mentalRiskGrade >= 3', 'village')).problems).toMatchObject([
      { field: 'levels.0.condition' },
    ])
    expect((await read('person.admittedOn', 'village', 'day')).problems).toEqual([])
    expect((await read('person.age', 'village', 'day')).problems).toMatchObject([{ field: 'occurrence' }])
  })

  it('stands in the list of its kind, beside the rules with their units', async () => {
    const list = async (kind: 'alert' | 'points') => (await writer.get('GET /rules', { query: { kind } })).body.items
    expect(await list('points')).toMatchObject([{ key: 'points', name: { zh: '提示分' }, unit: null }])
    const alerts = await list('alert')
    expect(alerts).toHaveLength(30)
    expect(alerts[0]).toMatchObject({
      key: 'R01',
      name: { zh: '持证家庭新增失业' },
      unit: { zh: '区人力资源和社会保障局' },
      scope: 'person',
    })
  })
})
