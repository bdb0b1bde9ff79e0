import { describe, expect, it } from 'vitest'
import { leading, type Simulated, toneOf, tones, worst } from './reading.ts'

const policy = (id: string, gained: number | null, lost: number | null, costNow: number, costTried: number) =>
  ({ id, gained: { people: gained }, lost: { people: lost }, costNow, costTried }) as Simulated['policies'][number]

describe('what is said of a result first', () => {
  it('is where the money moves, then who gains and who loses most', () => {
    const policies = [
      policy('P01', 40, 0, 100, 900),
      policy('P03', 12, 90, 50, 40),
      policy('P14', 60, 10, 0, 0),
      policy('P36', null, 0, 0, 0),
    ]
    expect(leading({ policies } as Simulated).map(p => p.id)).toEqual(['P01', 'P14', 'P03'])
  })

  it('names a policy once, and none where nothing moves', () => {
    expect(leading({ policies: [policy('P01', 40, 9, 1, 2)] } as Simulated).map(p => p.id)).toEqual(['P01'])
    expect(leading({ policies: [] as Simulated['policies'] } as Simulated)).toEqual([])
  })
})

describe('who comes off worst', () => {
  const cell = (age: string, gained: number | null, lost: number | null) =>
    ({ age, disabled: false, people: 900, gained, lost }) as Simulated['fairness'][number]
  it('is the least gained less lost, and nobody where all are alike or hidden', () => {
    expect(worst([cell('child', 30, 2), cell('elder', 17, 9), cell('adult', null, 99)])?.age).toBe('elder')
    expect(worst([cell('child', 0, 0), cell('elder', 0, 0)])).toBeUndefined()
  })
})

describe('tones of the map', () => {
  it('deepen with the count, five at most, and nobody has none', () => {
    const bounds = tones([0, 5, 12, null, 146])
    expect(bounds.length).toBeLessThanOrEqual(5)
    expect([0, 5, 15, 40, 80, 146].map(n => toneOf(n, bounds))).toEqual([0, 1, 2, 3, 4, 5])
    expect(tones([0, null])).toEqual([1])
  })
})
