import type { Day, Id } from '@zhulian/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { seedCases } from '../outreach/index.ts'

const [small, large, other] = ['330111109205', '330111110002', '330111205227']

let house: House
beforeAll(async () => {
  house = await openHouse()
  for (const [village, people] of [
    [small, 3],
    [large, 8],
    [other, 12],
  ] as const) {
    await house.as('guide', { scope: village }).account()
    await house.inside(ctx => seedCases(ctx, [village], people))
  }
})
afterAll(() => house.close())

it('hides a second township where the total would give the small one away', async () => {
  const { body } = await house.as('districtOfficer').get('GET /overview', { query: { days: 60 } })
  const of = (code: string) => body.townships.find(t => t.code === code)?.cases
  expect(body.figures.cases).toBeGreaterThan(12)
  expect(of('330111109')).toBeNull()
  expect(of('330111110')).toBeNull()
  expect(of('330111205')).toBeGreaterThanOrEqual(8)
})

it('counts cases for an operator, who reaches none of them', async () => {
  const operator = house.as('operator')
  const officer = house.as('districtOfficer')
  const [seen, all] = [
    await operator.get('GET /overview', { query: {} }),
    await officer.get('GET /overview', { query: {} }),
  ]
  expect(seen.body.figures).toEqual(all.body.figures)
  expect(seen.body.figures.cases).toBeGreaterThan(0)
})

it('tells where needs came from, who holds them and how long they waited, to a hub as to an officer, and nothing of few', async () => {
  house.at('2021-09-13T09:00:00+08:00')
  const [guide, clerk] = [house.as('guide', { scope: other }), house.as('townshipClerk', { scope: other.slice(0, 9) })]
  const { id: household } = (
    await clerk.post('POST /households', {
      body: { division: other as never, members: [{ name: '方水根', relation: '02' }] },
    })
  ).body
  const { id: resource } = (
    await guide.post('POST /resources', {
      body: { division: other as never, kind: 'skill', name: '修灯师傅', offers: '修灯', places: 50 },
    })
  ).body
  const needs: Id[] = []
  for (let i = 0; i < 18; i++) {
    const who = i < 12 ? guide : clerk
    const told = await who.post('POST /households/:householdId/needs', {
      params: { householdId: household },
      body: { words: `第${i}样要修的东西` },
    })
    needs.push(told.body.id)
  }
  house.at('2021-09-15T09:00:00+08:00')
  for (const [i, need] of needs.entries()) {
    const step = (body: { step: 'accept' | 'match' | 'assign' | 'start' | 'rise'; note?: string; resource?: Id }) =>
      guide.post('POST /needs/:needId/steps', { params: { needId: need }, body })
    await step({ step: 'accept' })
    if (i >= 12) await step({ step: 'rise', note: '村里没有' })
    else {
      await step({ step: 'match', resource })
      await step({ step: 'assign', note: '师傅去' })
      await step({ step: 'start' })
    }
  }
  const query = { days: 7 }
  const [seen, counted, elsewhere] = [
    (await house.as('districtOfficer').get('GET /overview/needs', { query })).body,
    (await house.as('operator').get('GET /overview/needs', { query })).body,
    (await house.as('townshipClerk', { scope: '330111109' }).get('GET /overview/needs', { query })).body,
  ]
  expect(seen.flow).toEqual({
    total: 18,
    origins: [{ id: 'guide', count: 18 }],
    levels: [
      { id: 'village', count: 12 },
      { id: 'township', count: 6 },
    ],
    outcomes: [
      { id: 'underway', count: 12 },
      { id: 'looking', count: 6 },
    ],
    taken: [
      { from: 'guide', to: 'village', count: 12 },
      { from: 'guide', to: 'township', count: 6 },
    ],
    ended: [
      { from: 'village', to: 'underway', count: 12 },
      { from: 'township', to: 'looking', count: 6 },
    ],
  })
  expect(seen.toService.all).toEqual({ count: 12, median: 2, p90: 2 })
  expect(seen.toService.levels).toEqual([{ level: 'village', count: 12, median: 2, p90: 2 }])
  expect(seen.toService.townships).toMatchObject([{ code: other.slice(0, 9), count: 12, median: 2 }])
  expect(seen.toClaim).toEqual({ all: { count: 0, median: null, p90: null }, levels: [], townships: [] })
  expect(counted).toEqual(seen)
  expect(elsewhere).toMatchObject({ flow: null, toService: { all: { count: 0 } } })
})

it('tells how long wishes waited to be taken: from when they were published to who took them first, whoever gave them back', async () => {
  const shelf = '330111205228'
  house.at('2021-10-11T09:00:00+08:00')
  const [guide, clerk, hub] = [
    house.as('guide', { scope: shelf }),
    house.as('townshipClerk', { scope: shelf.slice(0, 9) }),
    house.as('operator'),
  ]
  const families: Id[] = []
  for (let i = 0; i < 12; i++) {
    const members = [{ name: `方小${i}`, relation: '02' as const, birthDate: '1946-02-03' as Day }]
    families.push((await clerk.post('POST /households', { body: { division: shelf as never, members } })).body.id)
  }
  const wishes: Id[] = []
  for (const household of families) {
    const { id } = (
      await guide.post('POST /households/:householdId/needs', {
        params: { householdId: household },
        body: { words: '想要一个助听器' },
      })
    ).body
    for (const [who, body] of [
      [guide, { step: 'rise', note: '村里没有' }],
      [clerk, { step: 'rise', note: '镇上没有' }],
      [hub, { step: 'screen', kind: 'wish' }],
      [hub, { step: 'pool' }],
    ] as const)
      await who.post('POST /needs/:needId/steps', { params: { needId: id }, body })
    const wish = await hub.post('POST /needs/:needId/wish', {
      params: { needId: id },
      body: { words: '想要一个助听器', read: true },
    })
    expect(wish.problem).toBeUndefined()
    wishes.push(wish.body.id)
  }
  const helper = house.as('helper')
  const take = async (who: Client, which: readonly Id[]) => {
    for (const wishId of which)
      expect((await who.post('POST /wishes/:wishId/claim', { params: { wishId }, body: {} })).problem).toBeUndefined()
  }
  // Published on a Monday at nine. Six are taken a day later, four after three days, two after ten.
  house.at('2021-10-12T09:00:00+08:00')
  await take(helper, wishes.slice(0, 6))
  house.at('2021-10-14T09:00:00+08:00')
  await take(helper, wishes.slice(6, 10))
  // Two of the first are given back: one is taken by another after five days, nobody takes the other again.
  for (const wishId of wishes.slice(0, 2))
    expect(
      (await helper.post('POST /wishes/:wishId/unclaim', { params: { wishId }, body: { reason: '最近出门了' } }))
        .problem,
    ).toBeUndefined()
  house.at('2021-10-16T09:00:00+08:00')
  await take(house.as('helper'), wishes.slice(0, 1))
  house.at('2021-10-21T09:00:00+08:00')
  await take(helper, wishes.slice(10))
  const { toClaim } = (await house.as('districtOfficer').get('GET /overview/needs', { query: { days: 30 } })).body
  // 1 1 1 1 1 1 3 3 3 3 10 10: half of them by (1 + 3) / 2, nine of ten by 3 + 0.9 × (10 − 3).
  const waited = { count: 12, median: 2, p90: 9.3 }
  expect(toClaim.all).toEqual(waited)
  expect(toClaim.levels).toEqual([{ level: 'district', ...waited }])
  expect(toClaim.townships).toMatchObject([{ code: shelf.slice(0, 9), ...waited }])
  // Within the last week two were taken: so few are told of nobody.
  const week = (await house.as('districtOfficer').get('GET /overview/needs', { query: { days: 7 } })).body.toClaim.all
  expect(week).toMatchObject({ median: null, p90: null })
})
