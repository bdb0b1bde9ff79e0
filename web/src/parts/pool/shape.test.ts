import { describe, expect, it } from 'vitest'
import { hillPlaces, hillSpot, riverPlaces, riverSpot } from './shape.ts'

const key = ({ x, y }: { x: number; y: number }) => `${x.toFixed(1)} ${y.toFixed(1)}`

describe('the picture of the pool', () => {
  it('has a place of its own for each of 46 lines of policy and 17 services, and for some more', () => {
    expect([hillPlaces, riverPlaces]).toEqual([46, 17])
    const spots = [
      ...Array.from({ length: 50 }, (_, i) => hillSpot(i)),
      ...Array.from({ length: 17 }, (_, i) => riverSpot(i)),
    ]
    expect(new Set(spots.map(key)).size).toBe(67)
  })

  it('puts the first policy on the peak', () => {
    const ys = Array.from({ length: 45 }, (_, i) => hillSpot(i).y)
    expect(hillSpot(0).y).toBe(Math.min(...ys))
  })
})
