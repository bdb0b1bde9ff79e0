import { type Id, newId } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { modules } from '../../app.ts'
import { enrolHouseholds, factsOf, listCircleDecisions, recountHouseholds, reviewRows, whoIs } from './index.ts'

let house: House
/** What whoever brings deliveries was told. */
const told: Readonly<Record<string, string | number>>[] = []
const listening = {
  name: 'feeds.pairDecided',
  do: (_: unknown, said: (typeof told)[number]) => (told.push(said), Promise.resolve()),
}

beforeAll(async () => {
  house = await openHouse({
    modules: modules.map(m =>
      m.name === 'feeds' ? { ...m, jobs: [...(m.jobs ?? []).filter(j => j.name !== listening.name), listening] } : m,
    ),
  })
})
afterAll(() => house.close())

interface Person {
  readonly name: string
  readonly birthDate?: string
  readonly phone?: string
  readonly idNumber?: string
  readonly relation?: string
  readonly facts?: Readonly<Record<string, unknown>>
}
async function enrolled(division: string, people: readonly Person[], facts: Readonly<Record<string, unknown>> = {}) {
  const [one] = await house.inside(ctx => {
    const said = (given: Readonly<Record<string, unknown>>) => [
      { source: 'feed' as const, origin: '民政', asOf: ctx.today, facts: given },
    ]
    return enrolHouseholds(ctx, [
      {
        division,
        since: ctx.today,
        statements: said(facts),
        members: people.map(({ relation = '02', facts: own = {}, birthDate, ...p }) => ({
          ...p,
          ...(birthDate && { birthDate: birthDate as never }),
          relation,
          statements: said(own),
        })),
      },
    ])
  })
  const { id, members } = one as { id: Id; members: readonly Id[] }
  return { household: id, members: members as readonly [Id, ...Id[]] }
}

const [village, next, far] = ['330111109203', '330111109204', '330111110001']

/** Two namesakes, and a row of a delivery that may be either. */
async function ambiguousRow(name: string, divisions: readonly string[]) {
  const people: Id[] = []
  for (const division of divisions)
    people.push((await enrolled(division, [{ name, birthDate: '1948-03-02' }])).members[0])
  const delivery = newId()
  const clues = { name, birthDate: '1948-03-02', idNumber: '33011119480302****' }
  await house.inside(async ctx => {
    const [who] = await whoIs(ctx, [clues])
    if (who?.band !== 'look') throw new Error(`the row was ${who?.band}`)
    await reviewRows(ctx, [{ delivery, row: 7, clues, candidates: who.candidates }])
  })
  return { people, delivery }
}
const officer = () => house.as('districtOfficer')
const openPairs = async () => (await officer().get('GET /pairs', { query: {} })).body
const minutes = (n: number) => house.later(n * 60_000)

describe('a row of a delivery that may mean several people', () => {
  it('is laid beside each of them, the weight of every field said, numbers masked and nothing in the clear at rest', async () => {
    const { people, delivery } = await ambiguousRow('羊祥福', [village, next])
    const { items, waiting } = await openPairs()
    expect(waiting).toBe(2)
    expect(items.map(i => [i.source, i.person, i.reason])).toEqual([
      ['delivery', '羊*福', 'ambiguous'],
      ['delivery', '羊*福', 'ambiguous'],
    ])
    const seen = await officer().get('GET /pairs/:pairId', { params: { pairId: items[0]?.id as Id } })
    expect(seen.body).toMatchObject({
      delivery,
      row: '7',
      others: 1,
      left: { name: '羊祥福', person: null },
      right: { name: '羊祥福' },
    })
    expect(people).toContain(seen.body.right.person)
    expect(seen.body.left.idNumber).toMatch(/^3301\*+$/)
    expect(seen.body.fields.find(f => f.key === 'birthDate')).toMatchObject({ level: { zh: '相同' } })
    const rows = await house.sql<{ row: string }>('select to_jsonb(p)::text as row from registry.pair_review p')
    expect(rows.map(r => r.row).join()).not.toMatch(/祥福|19480302/)
    expect(await house.trail()).toContainEqual(
      expect.objectContaining({ action: 'registry.pair', subject_id: seen.body.right.person }),
    )
  })

  it('is laid beside them also where something of it cannot be opened, which says so', async () => {
    const { people } = await ambiguousRow('羊开福', [village, next])
    const ours = (await openPairs()).items.filter(i => i.person === '羊*福').map(i => i.id)
    await house.sql(`update registry.person set phone = '\\x00' where id = any($1)`, [people])
    await house.sql(`update registry.pair_review set clues = '\\x00' where person_id = any($1)`, [people])
    const sides: unknown[] = []
    for (const pairId of ours) {
      const { body } = await officer().get('GET /pairs/:pairId', { params: { pairId } })
      if (people.includes(body.right.person as Id)) sides.push([body.left.name, body.right.phone])
    }
    const said = expect.stringContaining('打不开') as string
    expect(sides).toEqual([
      [said, said],
      [said, said],
    ])
    await house.sql('delete from registry.pair_review where person_id = any($1)', [people])
  })

  it('is one of them when a person says so, and whoever brought it is told once it cannot be taken back', async () => {
    const { items } = await openPairs()
    const [first, second] = items.map(i => i.id) as [Id, Id]
    const one = officer()
    const answer = { params: { pairId: first }, body: { answer: 'same' as const } }
    expect((await one.post('POST /pairs/:pairId/decide', answer)).body.waiting).toBe(0)
    expect((await one.post('POST /pairs/:pairId/decide', answer)).problem?.code).toBe('registry.pairDecided')
    await house.settle()
    expect(told).toEqual([])
    expect((await one.post('POST /pairs/:pairId/take-back', { params: { pairId: first } })).body.waiting).toBe(2)
    expect((await one.post('POST /pairs/:pairId/take-back', { params: { pairId: first } })).problem?.code).toBe(
      'registry.pairNotDecided',
    )
    await one.post('POST /pairs/:pairId/decide', { params: { pairId: second }, body: { answer: 'same' } })
    minutes(2)
    await house.settle()
    const person = (await one.get('GET /pairs/:pairId', { params: { pairId: second } })).body.right.person
    expect(told).toEqual([expect.objectContaining({ row: '7', person })])
    expect((await one.post('POST /pairs/:pairId/take-back', { params: { pairId: second } })).problem?.code).toBe(
      'registry.pairTold',
    )
  })

  it('is nobody the registry knows when a person has said so of each', async () => {
    told.length = 0
    const { delivery } = await ambiguousRow('俞春水', [village, next])
    const [first, second] = (await openPairs()).items.map(i => i.id) as [Id, Id]
    const different = (pairId: Id) =>
      officer().post('POST /pairs/:pairId/decide', { params: { pairId }, body: { answer: 'different' } })
    await different(first)
    minutes(2)
    await house.settle()
    expect(told).toEqual([])
    await different(second)
    minutes(2)
    await house.settle()
    expect(told).toEqual([{ delivery, row: '7' }])
  })

  it('is decided in a township only where everybody it may be lives there', async () => {
    await ambiguousRow('骆东春', [village, next])
    await ambiguousRow('盛土法', [village, far])
    const clerk = await house.as('townshipClerk').get('GET /pairs', { query: {} })
    expect(clerk.body.items.map(i => i.person)).toEqual(['骆*春', '骆*春'])
    expect([clerk.body.waiting, (await openPairs()).waiting]).toEqual([2, 4])
    const foreign = (await openPairs()).items.find(i => i.person === '盛*法')?.id as Id
    const refused = await house.as('townshipClerk').get('GET /pairs/:pairId', { params: { pairId: foreign } })
    expect([refused.status, refused.problem?.code]).toEqual([404, 'registry.pairNotFound'])
  })
})

describe('somebody who is registered twice', () => {
  const number = '330111194603020004'

  /** One person in two households, the second time without a number and by ear. */
  const twice = async (name: string, again: string, division = village) => ({
    first: await enrolled(
      division,
      [
        {
          name,
          idNumber: number.replace('1946', String(1900 + (born += 1))),
          birthDate: `${1900 + born}-03-02`,
          phone: `1005566${born}00`,
        },
        { name: `${name}儿`, relation: '20', birthDate: '1990-01-01' },
      ],
      { certifiedTier: 'dibao' },
    ),
    second: await enrolled(
      division,
      [{ name: again, birthDate: `${1900 + born}-03-02`, phone: `1005566${born}00`, facts: { disabilityLevel: 2 } }],
      { housingTenure: 'rented' },
    ),
  })
  let born = 40

  it('is found by night and laid before a person, once', async () => {
    const { first, second } = await twice('华金富', '华金福')
    const before = (await openPairs()).waiting
    await house.run('registry.findDoubles')
    await house.run('registry.findDoubles')
    const { items, waiting } = await openPairs()
    const found = items.filter(i => i.source === 'registry')
    expect(waiting - before).toBe(found.length)
    const pairId = found.find(i => i.person.startsWith('华'))?.id as Id
    const seen = (await officer().get('GET /pairs/:pairId', { params: { pairId } })).body
    expect([seen.left.person, seen.right.person].toSorted()).toEqual([first.members[0], second.members[0]].toSorted())
    const same = await officer().post('POST /pairs/:pairId/decide', { params: { pairId }, body: { answer: 'same' } })
    expect(same.problem?.code).toBe('registry.pairIsDouble')
    expect(
      (await officer().post('POST /pairs/:pairId/decide', { params: { pairId }, body: { answer: 'different' } }))
        .status,
    ).toBe(200)
    await house.run('registry.findDoubles')
    expect((await openPairs()).items.some(i => i.id === pairId)).toBe(false)
  })

  it('is one person after a merge: what was said of either counts, and both records are kept', async () => {
    const { first, second } = await twice('倪校松', '倪校崧')
    const [kept, other] = [first.members[0], second.members[0]]
    const merge = (over: object) =>
      officer().post('POST /persons/:id/merge', {
        params: { id: kept },
        body: { other, reason: '上门核对是同一人', ...over },
      })
    expect((await merge({})).problem).toMatchObject({ code: 'registry.chooseHousehold', status: 409 })
    const wrongWay = await officer().post('POST /persons/:id/merge', {
      params: { id: other },
      body: { other: kept, reason: '上门核对是同一人', household: first.household },
    })
    expect(wrongWay.problem?.code).toBe('registry.keepTheNumbered')
    const merged = await merge({ household: first.household })
    expect(merged.body).toMatchObject({ person: kept, household: first.household, emptied: second.household })
    const seen = await officer().get('GET /households/:id', { params: { id: first.household } })
    expect(seen.body.members.map(m => m.name)).toEqual(['倪校松', '倪校松儿'])
    expect(seen.body.members[0]?.facts.find(f => f.fact === 'disabilityLevel')?.value).toBe(2)
    expect(seen.body.facts.find(f => f.fact === 'housingTenure')?.value).toBe('rented')
    expect((await officer().get('GET /households/:id', { params: { id: second.household } })).status).toBe(404)
    const rows = await house.sql('select id from registry.statement where person_id = $1 and withdrawn_at is null', [
      other,
    ])
    expect(rows.length).toBe(1)
    expect(await house.trail()).toContainEqual(
      expect.objectContaining({ action: 'registry.mergePersons', subject_id: other, reason: '上门核对是同一人' }),
    )
  })

  it('stands twice again when the merge is undone, just as before', async () => {
    const { first, second } = await twice('姚庆良', '姚庆亮')
    const [kept, other] = [first.members[0], second.members[0]]
    const state = () =>
      house.inside(async ctx =>
        JSON.stringify(
          [await factsOf(ctx, first.household), await factsOf(ctx, second.household)].map(h => ({ ...h, version: 0 })),
        ),
      )
    const grams = () =>
      house.sql('select * from registry.name_gram where person_id = any($1) order by gram, person_id', [[kept, other]])
    const people = () => house.sql('select * from registry.person where id = any($1) order by id', [[kept, other]])
    await house.inside(ctx => recountHouseholds(ctx, [first.household, second.household]))
    const before = [await state(), await grams(), await people()]
    const body = { other, reason: '上门核对是同一人', household: second.household }
    const merged = await officer().post('POST /persons/:id/merge', { params: { id: kept }, body })
    expect(merged.body).toMatchObject({ household: second.household, emptied: null })
    const moved = await officer().get('GET /households/:id', { params: { id: second.household } })
    expect(moved.body.members.map(m => m.id)).toEqual([kept])
    minutes(1)
    const params = { mergeId: merged.body.merge }
    const undone = await officer().post('POST /merges/:mergeId/undo', { params, body: { reason: '弄错了，是兄弟' } })
    expect(undone.problem).toBeUndefined()
    expect([await state(), await grams(), await people()]).toEqual(before)
    const again = await officer().post('POST /merges/:mergeId/undo', { params, body: { reason: '弄错了，是兄弟' } })
    expect(again.problem?.code).toBe('registry.mergeUndone')
  })

  it('stays one person once something was written down of them since, and that is said', async () => {
    const { first, second } = await twice('吴良永', '吴良咏')
    const [kept, other] = [first.members[0], second.members[0]]
    const body = { other, reason: '上门核对是同一人', household: first.household }
    const { merge } = (await officer().post('POST /persons/:id/merge', { params: { id: kept }, body })).body
    minutes(1)
    const { version } = (await officer().get('GET /households/:id', { params: { id: first.household } })).body
    await officer().post('POST /households/:id/facts', {
      params: { id: first.household },
      ifMatch: version,
      body: { source: 'declared', persons: [{ id: kept, facts: { disabilityLevel: 3 } }] },
    })
    const undone = await officer().post('POST /merges/:mergeId/undo', {
      params: { mergeId: merge },
      body: { reason: '弄错了' + '吗' },
    })
    expect(undone.problem).toMatchObject({
      code: 'registry.changedSinceMerge',
      detail: expect.stringContaining('又有变化') as string,
    })
  })

  it('keeps what was said of any of three, found one after the other to be one person', async () => {
    const { first, second } = await twice('钟水良', '钟水亮')
    const third = await enrolled(village, [{ name: '钟水凉', facts: { hasDisabilityCertificate: true } }])
    const merge = (kept: Id, other: Id, household: Id) =>
      officer().post('POST /persons/:id/merge', {
        params: { id: kept },
        body: { other, household, reason: '上门核对是同一人' },
      })
    await merge(second.members[0], third.members[0], second.household)
    expect((await merge(first.members[0], second.members[0], first.household)).problem).toBeUndefined()
    const seen = await officer().get('GET /households/:id', { params: { id: first.household } })
    const said = (fact: string) => seen.body.members[0]?.facts.find(f => f.fact === fact)?.value
    expect([said('disabilityLevel'), said('hasDisabilityCertificate')]).toEqual([2, true])
  })

  it('goes back to no household that is not there any more: the later merge is undone first', async () => {
    const two = (one: string, other: string) => enrolled(village, [{ name: one }, { name: other, relation: '20' }])
    const [first, second] = [await two('凌一鸣', '凌二鸣'), await two('凌一明', '凌二明')]
    const merges: Id[] = []
    for (const i of [0, 1]) {
      const merged = await officer().post('POST /persons/:id/merge', {
        params: { id: first.members[i] as Id },
        body: { other: second.members[i] as Id, household: first.household, reason: '全家登记了两次' },
      })
      expect(merged.body.emptied).toBe(i === 0 ? null : second.household)
      merges.push(merged.body.merge)
      minutes(1)
    }
    const undo = (mergeId: Id | undefined) =>
      officer().post('POST /merges/:mergeId/undo', {
        params: { mergeId: mergeId as Id },
        body: { reason: '弄错了，是两户' },
      })
    expect((await undo(merges[0])).problem?.code).toBe('registry.changedSinceMerge')
    expect((await undo(merges[1])).problem).toBeUndefined()
    expect((await undo(merges[0])).problem).toBeUndefined()
    const seen = await officer().get('GET /households/:id', { params: { id: second.household } })
    expect(seen.body.members.map(m => m.name)).toEqual(['凌一明', '凌二明'])
  })

  it('is not merged over what a colleague has just said of the pair; said after an undone merge, that can be taken back', async () => {
    const { first, second } = await twice('阮金标', '阮金彪')
    await house.run('registry.findDoubles')
    const pairId = (await openPairs()).items.find(i => i.person.startsWith('阮'))?.id as Id
    const one = officer()
    const decide = () => one.post('POST /pairs/:pairId/decide', { params: { pairId }, body: { answer: 'different' } })
    const merge = () =>
      one.post('POST /persons/:id/merge', {
        params: { id: first.members[0] },
        body: { other: second.members[0], household: first.household, pair: pairId, reason: '上门核对是同一人' },
      })
    const canTakeBack = async () => (await one.get('GET /pairs/:pairId', { params: { pairId } })).body.canTakeBack
    await decide()
    expect((await merge()).problem?.code).toBe('registry.pairDecided')
    await one.post('POST /pairs/:pairId/take-back', { params: { pairId } })
    const { body } = await merge()
    expect(await canTakeBack()).toBe(true)
    await one.post('POST /merges/:mergeId/undo', {
      params: { mergeId: body.merge },
      body: { reason: '弄错了，是兄弟' },
    })
    await decide()
    expect(await canTakeBack()).toBe(true)
    expect((await one.post('POST /pairs/:pairId/take-back', { params: { pairId } })).problem).toBeUndefined()
  })

  it('is not merged where both have a valid number: those are two people', async () => {
    const { first } = await twice('周卫东', '周卫冬')
    const { first: brother } = await twice('周卫国', '周卫果')
    const refused = await officer().post('POST /persons/:id/merge', {
      params: { id: first.members[0] },
      body: { other: brother.members[0], reason: '看着像同一人' },
    })
    expect(refused.problem?.code).toBe('registry.twoNumbers')
  })

  /** An open visit, case, alert, benefit and question, as of a household and somebody who lives there. */
  async function openWork(household: Id, person: Id) {
    const [task, visit, kase, alert, receipt, finding, who] = Array.from({ length: 7 }, () => newId())
    const place = { district: '330111', division: village, village, household_id: household }
    const now = (await house.inside(ctx => Promise.resolve(ctx.now))) as Date
    const insert = (table: string, row: object) =>
      house.sql(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [JSON.stringify(row)])
    const times = { opened_at: now, changed_at: now, recorded_at: now, judged_at: now, raised_at: now, came_in_at: now }
    const common = { ...place, ...times, careful: false, version: 1, person_id: person, account_id: who }
    await insert('outreach.task', {
      ...common,
      id: task,
      kind: 'verification',
      origin_kind: 'alert',
      origin_id: alert,
      state: 'given',
      holder_id: who,
      holder_name: '章导员',
      held_by: 'village',
      due_on: '2099-01-01',
    })
    await insert('outreach.visit', { ...common, id: visit, task_id: task, form: 'verification', edits: 0 })
    await insert('outreach.case', {
      ...common,
      id: kase,
      screening_id: newId(),
      submission_id: newId(),
      state: 'new',
      masked_name: '某',
      wants: [],
      needs: [],
      held_by: 'village',
    })
    await insert('alerts.alert', {
      ...common,
      id: alert,
      rule: 'R01',
      audience: 'village',
      level: 'yellow',
      state: 'raised',
      occurred_on: '2026-01-05',
      dated: true,
      open_question: false,
      judged_on: '2026-01-05',
      pool_version: 'v',
      given: {},
      said_hash: 'x',
      task_id: task,
    })
    const seen = { ...place, alert_id: alert, audience: 'village', careful: false, times: 1, last_on: '2026-01-05' }
    await insert('alerts.seen', seen)
    await insert('entitlements.receipt', {
      ...common,
      id: receipt,
      policy: 'dibao',
      from_on: '2026-01-01',
      source: 'feed',
      origin: '民政',
      as_of: '2026-01-01',
      made_up: false,
      recorded_by: who,
      recorded_role: 'machine',
    })
    await insert('entitlements.finding', {
      ...common,
      id: finding,
      kind: 'recheck',
      policy: 'dibao',
      found_on: '2026-01-05',
      state: 'open',
    })
    return { task, visit, kase, alert, receipt, finding }
  }
  /** Whom each piece of work is about, and who holds the visit. */
  const workOf = async (ids: Awaited<ReturnType<typeof openWork>>) => {
    const [row] = await house.sql<
      Record<string, { h: Id; p: Id | null; twin?: Id | null; gone?: string | null; by?: string }>
    >(
      `select (select to_jsonb(x) from (select household_id as h, person_id as p, holder_name as by from outreach.task where id = $1) x) as task,
              (select to_jsonb(x) from (select household_id as h, null as p from outreach.visit where id = $2) x) as visit,
              (select to_jsonb(x) from (select household_id as h, null as p from outreach.case where id = $3) x) as kase,
              (select to_jsonb(x) from (select a.household_id as h, person_id as p, twin_of as twin from alerts.alert a join alerts.seen s on s.alert_id = a.id and s.household_id = a.household_id where a.id = $4) x) as alert,
              (select to_jsonb(x) from (select household_id as h, person_id as p from entitlements.receipt where id = $5) x) as receipt,
              (select to_jsonb(x) from (select household_id as h, person_id as p, gone_on as gone from entitlements.finding where id = $6) x) as finding`,
      [ids.task, ids.visit, ids.kase, ids.alert, ids.receipt, ids.finding],
    )
    return row
  }

  it('takes open visits, cases, alerts, benefits and questions along into a merge, and back when it is undone', async () => {
    const { first, second } = await twice('裴水根', '裴水更')
    const [kept, other] = [first.members[0], second.members[0]]
    const own = await openWork(first.household, kept)
    const work = await openWork(second.household, other)
    const before = await workOf(work)
    const body = { other, reason: '上门核对是同一人', household: first.household }
    const { merge } = (await officer().post('POST /persons/:id/merge', { params: { id: kept }, body })).body
    expect((await house.settle()).failures).toEqual([])
    const here = { h: first.household, p: kept }
    expect(await workOf(work)).toEqual({
      task: { ...here, by: '章导员' },
      visit: { h: first.household, p: null },
      kase: { h: first.household, p: null },
      alert: { ...here, twin: own.alert },
      receipt: here,
      // It is asked about the household already, and two who answer one question would not know of each other.
      finding: { h: second.household, p: other, gone: expect.any(String) as string },
    })
    const open = await house.sql(`select id from alerts.alert where id = any($1) and state = 'closed'`, [
      [own.alert, work.alert],
    ])
    expect(open).toEqual([])
    await house.settle()
    minutes(1)
    const params = { mergeId: merge }
    const undone = await officer().post('POST /merges/:mergeId/undo', { params, body: { reason: '弄错了，是兄弟' } })
    expect(undone.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    expect(await workOf(work)).toEqual(before)
    expect((await workOf(own))?.['task']).toMatchObject(here)
  })

  it('leaves a proposal about the household that is gone undecided and unlisted until the merge is undone', async () => {
    const { first, second } = await twice('裴木根', '裴木更')
    const proposal = newId()
    await house.sql(
      `insert into registry.circle_decision (district, id, household_id, division, kind, moves, state, sealed_reason, proposed_by, proposed_name, proposed_role, proposed_at)
       values ('330111', $1, $2, $3, 'entry', '[]', 'proposed', '', $4, '陈', 'townshipClerk', now())`,
      [proposal, second.household, village, newId()],
    )
    const isListed = async () =>
      (await house.inside(ctx => listCircleDecisions(ctx, { state: 'proposed' }))).some(d => d.id === proposal)
    expect(await isListed()).toBe(true)
    const body = { other: second.members[0], reason: '上门核对是同一人', household: first.household }
    const { merge } = (await officer().post('POST /persons/:id/merge', { params: { id: first.members[0] }, body })).body
    expect(await isListed()).toBe(false)
    await officer().post('POST /merges/:mergeId/undo', {
      params: { mergeId: merge },
      body: { reason: '弄错了，是兄弟' },
    })
    expect(await isListed()).toBe(true)
  })

  it('gives a visit that goes to another village to whoever goes there, and leaves what was done with it since', async () => {
    const { first, second } = await twice('裴金根', '裴金更', far)
    const [kept, other] = [first.members[0], second.members[0]]
    const work = await openWork(second.household, other)
    const body = { other, reason: '上门核对是同一人', household: first.household }
    const { merge } = (await officer().post('POST /persons/:id/merge', { params: { id: kept }, body })).body
    await house.settle()
    const task = async () =>
      (
        await house.sql(
          'select village, household_id, holder_name, held_by, state, closed_at is null as open from outreach.task where id = $1',
          [work.task],
        )
      )[0]
    expect(await task()).toMatchObject({ village: far, household_id: first.household })
    expect((await task())?.['holder_name']).not.toBe('章导员')
    await house.sql(`update outreach.task set state = 'done', closed_at = now() where id = $1`, [work.task])
    await officer().post('POST /merges/:mergeId/undo', {
      params: { mergeId: merge },
      body: { reason: '弄错了，是兄弟' },
    })
    expect((await house.settle()).failures).toEqual([])
    expect(await task()).toMatchObject({ household_id: first.household, open: false })
  })
})
