import { describe, expect, it } from 'vitest'
import { laneBeside } from './board-keys.ts'

const lanes = ['village', 'township', 'district', 'project'] as const
type Card = Parameters<typeof laneBeside>[1]
const card = (lane: (typeof lanes)[number], ...lands: readonly (typeof lanes)[number][]): Card => ({
  lane,
  next: lands.map(to => ({ asks: [], lands: to })) as unknown as Card['next'],
})

describe('a card sent by key', () => {
  it('goes to the column beside that takes it', () => {
    expect(laneBeside(lanes, card('village', 'township'), 1)).toBe('township')
    expect(laneBeside(lanes, card('district', 'township', 'project'), -1)).toBe('township')
  })

  it('goes over a column that does not take it, as a hand would', () => {
    expect(laneBeside(lanes, card('district', 'village'), -1)).toBe('village')
  })

  it('is refused at the column beside where none that way takes it', () => {
    expect(laneBeside(lanes, card('township', 'village'), 1)).toBe('district')
    expect(laneBeside(lanes, card('village', 'township'), -1)).toBeUndefined()
  })
})
