import { expect, it } from 'vitest'
import { levels as heldBy } from '../wishes/need.ts'
import { origins as toldFrom } from '../wishes/tables.ts'
import { type Course, flowOf, levels, origins, outcomeOf } from './need-course.ts'

const course = (origin: Course['origin'], level: Course['level'], outcome: Course['outcome'], count: number) => ({
  origin,
  level,
  outcome,
  count,
})

it('knows every origin and level that a need may have', () => {
  expect([...origins]).toEqual([...toldFrom])
  expect([...levels]).toEqual([...heldBy])
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

it('adds up at every stop, puts the rare together, leaves out what is rare even so, and hides what could point at somebody', () => {
  const flow = flowOf([
    course('guide', 'village', 'helpedByLevel', 40),
    course('guide', 'township', 'looking', 12),
    course('resident', 'village', 'helpedByLevel', 18),
    course('resident', 'township', 'underway', 2),
    course('visit', 'township', 'looking', 4),
    course('interview', 'village', 'underway', 3),
    course('resident', 'district', 'helpedByProject', 9),
    course('guide', 'village', 'notTakenOn', 1),
  ])
  const sum = (counts: readonly { readonly count: number | null }[]) => counts.reduce((n, c) => n + (c.count ?? 0), 0)
  expect(flow?.total).toBe(88)
  for (const groups of [flow?.origins, flow?.levels, flow?.outcomes]) {
    expect(sum(groups ?? [])).toBe(88)
    expect(groups?.every(group => group.count >= 5)).toBe(true)
  }
  expect(flow?.origins).toEqual([
    { id: 'guide', count: 52 },
    { id: 'resident', count: 29 },
    { id: 'other', count: 7 },
  ])
  expect(flow?.outcomes.map(group => group.id)).toEqual(['helpedByLevel', 'helpedByProject', 'underway', 'looking'])
  for (const band of [...(flow?.taken ?? []), ...(flow?.ended ?? [])])
    expect(band.count === null || band.count >= 5, `${band.from} ${band.to}`).toBe(true)
})
