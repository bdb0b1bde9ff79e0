import { describe, expect, it } from 'vitest'
import { strengthOf } from './compared-fields.tsx'

describe('a weight', () => {
  it.each([
    [9, 'strongFor'],
    [6, 'strongFor'],
    [5.9, 'for'],
    [2, 'for'],
    [1.9, 'slightFor'],
    [0.4, 'none'],
    [-0.4, 'none'],
    [-1, 'slightAgainst'],
    [-3, 'against'],
    [-8, 'strongAgainst'],
  ])('of %d bits is said as %s', (weight, strength) => {
    expect(strengthOf(weight)).toBe(strength)
  })
})
