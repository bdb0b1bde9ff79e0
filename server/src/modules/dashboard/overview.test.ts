import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
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
