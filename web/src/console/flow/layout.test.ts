import { expect, it } from 'vitest'
import { layOut } from './layout.ts'

const stops = [
  [
    { id: 'guide', count: 60 },
    { id: 'resident', count: 20 },
  ],
  [
    { id: 'village', count: 50 },
    { id: 'district', count: 30 },
  ],
]
const at = { width: 400, height: 160, xs: [0, 300] }

it('makes boxes as high as they count, one under the other, with room for the words of the smallest', () => {
  const { stops: placed, height } = layOut(
    [
      [
        { id: 'many', count: 79 },
        { id: 'one', count: 1 },
      ],
    ],
    [],
    at,
  )
  const [many, one] = placed[0] ?? []
  expect(many?.height).toBeCloseTo(158)
  expect(one?.height).toBe(2)
  expect(one?.y).toBeGreaterThan((many?.y ?? 0) + (many?.height ?? 0))
  expect(height).toBeGreaterThanOrEqual((one?.y ?? 0) + 20)
})

it('lets bands fill the edge of a box without a gap, and draws a hidden one as a line in what is left', () => {
  const { bands, stops: placed } = layOut(
    stops,
    [
      [
        { from: 'guide', to: 'village', count: 40 },
        { from: 'guide', to: 'district', count: null },
        { from: 'resident', to: 'village', count: null },
        { from: 'resident', to: 'district', count: 10 },
      ],
    ],
    at,
  )
  expect(bands[0]?.map(band => [band.from, band.to, band.isHidden])).toEqual([
    ['guide', 'village', false],
    ['guide', 'district', true],
    ['resident', 'village', true],
    ['resident', 'district', false],
  ])
  // 40 of 80 over 160 high are 80; the hidden 20 lie in the middle of the 40 below.
  expect(bands[0]?.[0]?.path).toMatch(/^M14 0C.*V80C.*14 80Z$/)
  expect(bands[0]?.[1]?.path).toMatch(/^M14 100C/)
  expect(placed[0]?.[0]?.height).toBe(120)
})
