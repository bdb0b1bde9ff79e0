import { describe, expect, test } from 'vitest'
import { TextTable } from './prepared.ts'

describe('a table of texts', () => {
  const texts = Array.from({ length: 5_000 }, (_, i) => `文${(i * 7919) % 5_000}`)

  test('gives each text one number, in the order they came, and nothing for nothing', () => {
    const table = new TextTable()
    expect(texts.map(text => table.numberOf(text))).toEqual(texts.map((_, i) => i + 1))
    expect(texts.map(text => table.numberOf(text))).toEqual(texts.map((_, i) => i + 1))
    expect(table.numberOf('')).toBe(0)
  })

  test('forgets what came last, and finds all that came before', () => {
    const table = new TextTable()
    for (const text of texts) table.numberOf(text)
    for (const count of [4_000, 3_999, 2_001, 7]) {
      table.cutTo(count)
      const kept = texts.slice(0, count - 1)
      expect(kept.map(text => table.numberOf(text))).toEqual(kept.map((_, i) => i + 1))
      expect(table.texts.length).toBe(count)
      for (const text of texts.slice(count + 10, count + 60)) table.numberOf(text)
      table.cutTo(count)
    }
  })
})
