import type { DivisionCode } from '@zhulian/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { seedCases, seedNetwork, seedProtected } from './index.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

it('makes interviews and cases in every state by the real use cases, some late, and an overview that hides small counts', async () => {
  const village = '330111109205'
  const guide = house.as('guide', { scope: village, name: '徐小英' })
  await guide.account()
  const made = await house.inside(ctx => seedCases(ctx, [village, '330111109213'], 36))
  expect(made.screenings).toBe(36)
  expect(made.cases).toEqual({
    new: 6,
    accepted: 6,
    contacted: 3,
    visited: 3,
    filed: 3,
    handedOver: 3,
    closed: 6,
    withdrawn: 3,
  })
  const { body } = await guide.get('GET /today')
  expect(body.counts.open).toBe(24)
  expect(body.counts.late).toBeGreaterThan(3)
  expect(body.nextThree).toHaveLength(3)
  const cases = await guide.get('GET /cases', { query: { state: 'filed' } })
  const one = await guide.get('GET /cases/:caseId', { params: { caseId: cases.body.items[0]?.id ?? '' } })
  expect(one.body.steps.map(s => s.step)).toEqual(['handIn', 'accept', 'contact', 'visit', 'file'])
  expect(one.body.steps[1]?.by).toBe('徐小英')
  expect(one.body.fullName).not.toBeNull()
  await house.run('guidance.countDays', { since: '2021-01-01' })
  const officer = house.as('districtOfficer')
  const overview = await officer.get('GET /overview', { query: { days: 60 } })
  expect(overview.body.figures).toMatchObject({ screenings: 36, cases: 30, granted: null })
  expect(overview.body.townships.find(t => t.code === '330111109')?.cases).toBe(30)
  expect(overview.body.byDay.every(d => d.cases === null || d.cases === 0 || d.cases >= 5)).toBe(true)
})

it('stands on the page of a family of the registry that asked, whatever became of it', async () => {
  const [village, name] = ['330111109203', '陆桂香']
  const guide = house.as('guide', { scope: village })
  await guide.account()
  const added = await guide.post('POST /households', {
    body: { division: village, members: [{ name, sex: 'female', relation: '02' }] },
  })
  const household = added.body.id
  await house.inside(ctx => seedCases(ctx, [village], 12, [{ name, village, household }]))
  const of = async (id: string, who = guide) =>
    (await who.get('GET /cases', { query: { household: id, state: 'any' } })).body.items
  expect(await of(household)).toMatchObject([{ name: '陆*香' }])
  expect(await of('00000000-0000-7000-8000-000000000000')).toEqual([])
  expect(await of(household, house.as('guide', { scope: '330111205214' }))).toEqual([])
})

it('lets a trained person find two who said something that must be heard first, and tells no guide', async () => {
  const village = '330111110254' as DivisionCode
  await house.inside(ctx => seedProtected(ctx, village))
  const { body } = await house.as('districtOfficer').get('GET /signals', { query: {} })
  expect(body.items.map(s => s.kind)).toEqual(['violence', 'violence'])
  const guide = house.as('guide', { scope: village })
  expect((await guide.get('GET /today')).body.counts.open).toBe(0)
})

it('makes a network in which visits wait, somebody is away and a colleague stands in, and whom one signs in as is at work', async () => {
  // Nobody else of this file works here.
  const village = '330111205227'
  const [mine, other] = [house.as('guide', { scope: village, name: '羊利民' }), house.as('guide', { scope: village })]
  const [keeps] = [await mine.account(), await other.account()]
  const clerk = house.as('townshipClerk', { scope: '330111205' })
  const members = [{ name: '何水根', relation: '02' }] as const
  for (let i = 0; i < 8; i++) await clerk.post('POST /households', { body: { division: village, members } } as never)
  await house.sql('update registry.household set circle = 1 where division = $1', [village])
  await house.inside(ctx => seedNetwork(ctx, [keeps]))
  const { guides } = (await clerk.get('GET /network')).body
  expect(guides.reduce((sum, g) => sum + g.openTasks, 0)).toBe(8)
  expect(guides.find(g => g.account === keeps)).toMatchObject({ awayToday: false, standsInFor: [expect.any(String)] })
  expect(guides.filter(g => g.awayToday)).toHaveLength(1)
})
