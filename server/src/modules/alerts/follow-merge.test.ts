import type { Day, Id } from '@zhulian/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { enrolHouseholds, recordFacts } from '../registry/index.ts'
import { judgeHouseholds } from './index.ts'

let house: House
const [village, next] = ['330111109203', '330111109204']

beforeAll(async () => {
  house = await openHouse({ at: '2021-09-26T09:00:00+08:00' })
})
afterAll(() => house.close())

interface Home {
  readonly household: Id
  readonly person: Id
}

/** A person who lives alone, of whom a bureau says something. */
async function living(division: string, name: string, said: Readonly<Record<string, unknown>>): Promise<Home> {
  const home = await house.inside(async ctx => {
    const [one] = await enrolHouseholds(ctx, [
      {
        division,
        since: '2021-01-01' as Day,
        statements: [],
        members: [{ name, relation: '02', birthDate: '1976-03-02' as Day, statements: [] }],
      },
    ])
    const { id, members } = one as { id: Id; members: readonly Id[] }
    await recordFacts(ctx, id, { source: 'feed', origin: '比对', ...said, persons: [] })
    return { household: id, person: members[0] as Id }
  })
  return home
}

const officer = () => house.as('districtOfficer')

async function merge(kept: Home, other: Home): Promise<Id> {
  const answer = await officer().post('POST /persons/:id/merge', {
    params: { id: kept.person },
    body: { other: other.person, reason: '上门核对是同一人', household: kept.household },
  })
  expect(answer.problem).toBeUndefined()
  return answer.body.merge
}

async function undo(mergeId: Id): Promise<void> {
  const answer = await officer().post('POST /merges/:mergeId/undo', {
    params: { mergeId },
    body: { reason: '弄错了，是兄弟' },
  })
  expect(answer.problem).toBeUndefined()
}

const settled = async () => expect((await house.settle()).failures).toEqual([])
const alertsOf = async (household: Id) =>
  (await house.as('townshipClerk').get('GET /alerts', { query: { household, show: 'all' } })).body.items
const noticesIn = async (scope: string) =>
  (await house.as('guide', { scope }).get('GET /alerts', { query: { show: 'all' } })).body.items.map(a => a.id)

it('that there is a health matter is read where the person lives now, and there again when the merge is undone', async () => {
  const [kept, other] = [await living(village, '裴水根', {}), await living(next, '裴水更', {})]
  await house.inside(ctx =>
    recordFacts(ctx, other.household, {
      source: 'feed',
      origin: '卫健',
      persons: [{ id: other.person, facts: { mentalRiskGrade: 4 } }],
    }),
  )
  await settled()
  const [notice] = await noticesIn(next)
  expect([notice, await noticesIn(village)]).toEqual([expect.any(String), []])
  const id = await merge(kept, other)
  await settled()
  expect(await noticesIn(next)).toEqual([])
  expect((await alertsOf(kept.household)).map(a => [a.id, a.rule])).toEqual([[notice, null]])
  expect(await noticesIn(village)).toContain(notice)
  await undo(id)
  await settled()
  expect([await noticesIn(next), await noticesIn(village)]).toEqual([[notice], []])
})

it('a happening told of both goes on for both, though one alone is looked at', async () => {
  const fire = { household: { disasterOn: '2021-09-25' } }
  const [kept, other] = [await living(village, '骆建新', fire), await living(next, '骆建兴', fire)]
  await settled()
  await merge(kept, other)
  await settled()
  const both = await alertsOf(kept.household)
  expect(both.map(a => [a.rule, a.ceasedOn])).toEqual([
    ['R20', null],
    ['R20', null],
  ])
})

it('a happening told of both is counted once by the rule that looks at several together', async () => {
  const danger = { household: { dwellingDangerLevel: 'C' } }
  const [kept, other] = [await living(village, '周卫东', danger), await living(next, '周卫冬', danger)]
  await settled()
  await merge(kept, other)
  await settled()
  expect((await alertsOf(kept.household)).map(a => [a.rule, a.level])).toEqual([
    ['R16', 'orange'],
    ['R16', 'orange'],
  ])
})

it('an alert goes back also where the rules looked first and raised the same anew', async () => {
  const [kept, other] = [
    await living(village, '许文琴', {}),
    await living(next, '许闻琴', { household: { disasterOn: '2021-09-25' } }),
  ]
  await settled()
  const [before] = await alertsOf(other.household)
  const id = await merge(kept, other)
  await settled()
  expect((await alertsOf(kept.household)).map(a => a.id)).toContain(before?.id)
  await undo(id)
  await house.inside(ctx => judgeHouseholds(ctx, [other.household]))
  await settled()
  const after = await alertsOf(other.household)
  expect(after.map(a => a.rule)).toEqual(['R20', 'R20'])
  expect(after.map(a => a.id)).toContain(before?.id)
})

it('what an alert rests on goes along whole: which others it counted, and what is told of a child', async () => {
  const [kept, other] = [
    await living(village, '宣水根', {}),
    await living(next, '宣水更', { household: { disasterOn: '2021-09-25' } }),
  ]
  const [alert] = await house.inside(ctx => judgeHouseholds(ctx, [other.household]))
  await house.sql(
    `update alerts.ground set counted = to_jsonb(array[$1::text]), tells_of_child = true where alert_id = $1::uuid`,
    [alert],
  )
  await house.sql(
    `insert into alerts.minor_ground select district, alert_id, turn, household_id, division, audience, careful, '2030-01-01', '[]', '[]', '[]'
     from alerts.ground where alert_id = $1`,
    [alert],
  )
  const merged = await merge(kept, other)
  await settled()
  const newest = async () =>
    await house.sql(
      `select g.household_id, g.division, g.counted, m.division as of_child from alerts.ground g
       join alerts.minor_ground m on m.alert_id = g.alert_id and m.turn = g.turn and m.household_id = g.household_id
       where g.alert_id = $1 order by g.turn desc limit 1`,
      [alert],
    )
  const there = { household_id: kept.household, division: village, counted: [alert], of_child: village }
  expect(await newest()).toEqual([there])
  await undo(merged)
  await settled()
  expect(await newest()).toEqual([{ ...there, household_id: other.household, division: next, of_child: next }])
})
