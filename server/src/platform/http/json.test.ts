import { z } from '@zhulian/kernel/contract'
import { describe, expect, test } from 'vitest'
import { parseStrictJson } from './json.ts'
import { strict } from './strict.ts'

const parse = (text: string) => parseStrictJson(new TextEncoder().encode(text))
const problemOf = (work: () => unknown): unknown => {
  try {
    work()
  } catch (refused) {
    return (refused as { facts: { problem: string } }).facts.problem
  }
  return undefined
}

describe('JSON is read strictly', () => {
  test('what is well-formed comes through unchanged', () => {
    const value = { a: [1, 'two', null, true], b: { c: '陆"奶奶\\', d: '𠮷' }, e: {} }
    expect(parse(JSON.stringify(value))).toEqual(value)
    expect(parse('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }])
  })
  test.each([
    ['{"a":1,"a":2}', 'repeatedKey'],
    ['{"a":1,"\\u0061":2}', 'repeatedKey'],
    ['{"b":{"x":1},"c":[{"y":1,"y":1}]}', 'repeatedKey'],
    ['{"__proto__":{"admin":true}}', 'unsafeKey'],
    ['{"\\u005f_proto__":1}', 'unsafeKey'],
    ['{"a":"\\u0000"}', 'unprintable'],
    ['{"a":"\\ud800"}', 'unprintable'],
    ['{"\\udc00":1}', 'unprintable'],
    ['{a:1}', 'syntax'],
    ['', 'empty'],
    ['['.repeat(100_000), 'tooDeep'],
  ])('%.40s is refused', (text, problem) => {
    expect(problemOf(() => parse(text))).toBe(problem)
  })
  test('a broken text of a megabyte costs no more than a whole one', () => {
    const broken = '"\\"'.repeat(350_000)
    expect(problemOf(() => parse(broken))).toBe('syntax')
    // The fastest of three: other work on the machine may slow any of them.
    const times = [0, 1, 2].map(() => {
      const start = performance.now()
      problemOf(() => parse(broken))
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(500)
  })
  test('bytes that are not UTF-8 are refused', () => {
    expect(problemOf(() => parseStrictJson(new Uint8Array([0x22, 0xc0, 0xae, 0x22])))).toBe('encoding')
  })
})

describe('a contract that forgot to be strict', () => {
  const schema = strict(
    z.object({
      who: z.object({ name: z.string() }).optional(),
      list: z.array(z.object({ n: z.number() })).default([]),
      either: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.literal('a'), x: z.number() }),
          z.object({ kind: z.literal('b') }),
        ])
        .nullable(),
    }),
  )
  test('still takes what it names', () => {
    const value = { who: { name: 'n' }, list: [{ n: 1 }], either: { kind: 'a', x: 1 } }
    expect(schema.parse(value)).toEqual(value)
    expect(schema.parse({ either: null })).toEqual({ list: [], either: null })
  })
  test.each([
    [{ either: null, role: 'admin' }],
    [{ either: null, who: { name: 'n', role: 'admin' } }],
    [{ either: null, list: [{ n: 1, status: 'x' }] }],
    [{ either: { kind: 'b', x: 1 } }],
  ])('refuses unknown keys at every depth: %j', value => {
    expect(schema.safeParse(value).success).toBe(false)
  })
})
