import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonFaultAt } from './json-fault.ts'

const reads = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('the place where a text is no JSON any more', () => {
  it.each([
    ['{"a": }', 6],
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['{"a": tru}', 6],
    ['{"a": "x', 6],
    ['{"a": 01}', 7],
    ['{a: 1}', 1],
    ['{"a": 1', 7],
    ['[', 1],
    ['', 0],
    ['{} x', 3],
    ['{"a": “b”}', 6],
  ])('of %s is %i', (text, at) => {
    expect(jsonFaultAt(text)).toBe(at)
  })

  it('is there exactly where it cannot be read, whatever is done to it', () => {
    const broken = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom('', ',', '}', ']', '"', ':', '0', '\\', ' ', '\n', 'n'),
      )
      .map(([text, at, gone, put]) => {
        const i = at % (text.length + 1)
        return text.slice(0, i) + put + text.slice(i + gone)
      })
    fc.assert(
      fc.property(broken, text => {
        const at = jsonFaultAt(text)
        expect(at === undefined).toBe(reads(text))
        if (at !== undefined) expect(at).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })
})
