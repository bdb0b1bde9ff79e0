import { expect, it } from 'vitest'
import { type Course, flowOf, outcomeOf } from './need-course.ts'

const course = (origin: Course['origin'], level: Course['level'], outcome: Course['outcome'], count: number) => ({
  origin,
  level,
  outcome,
  count,
})

it('says what became of a need by its state, and of one that was met by what way', () => {
  expect(outcomeOf('closed', 'claim')).toBe('helpedByClaim')
  expect(outcomeOf('confirmed', 'project')).toBe('helpedByProject')
  expect(outcomeOf('evaluated', null)).toBe('helpedByLevel')
  expect(outcomeOf('inService', 'resource')).toBe('underway')
  expect(outcomeOf('inWishPool', null)).toBe('looking')
  expect(outcomeOf('returned', null)).toBe('looking')
  expect(outcomeOf('withdrawn', 'resource')).toBe('notNeeded')
  expect(outcomeOf('rejected', null)).toBe('notTakenOn')
})

it('shows nothing of fewer than five needs', () => {
  expect(flowOf([course('guide', 'village', 'looking', 4)])).toBeUndefined()
  expect(flowOf([])).toBeUndefined()
})

it('adds up at every stop, puts few together and hides what could point at somebody', () => {
  const flow = flowOf([
    course('guide', 'village', 'helpedByLevel', 40),
    course('guide', 'township', 'looking', 12),
    course('resident', 'village', 'helpedByLevel', 18),
    course('resident', 'township', 'underway', 2),
    course('resident', 'district', 'helpedByProject', 9),
    course('helper', 'village', 'notNeeded', 3),
    course('alert', 'district', 'notTakenOn', 1),
  ])
  const sum = (counts: readonly { readonly count: number | null }[]) => counts.reduce((n, c) => n + (c.count ?? 0), 0)
  for (const groups of [flow?.origins, flow?.levels, flow?.outcomes]) {
    expect(sum(groups ?? [])).toBe(85)
    expect(groups?.every(group => group.count >= 5)).toBe(true)
  }
  // Three and one are four: the smallest of the others goes with them.
  expect(flow?.origins.map(group => group.id)).toEqual(['guide', 'other'])
  for (const band of [...(flow?.taken ?? []), ...(flow?.ended ?? [])])
    expect(band.count === null || band.count >= 5, `${band.from} ${band.to}`).toBe(true)
})
