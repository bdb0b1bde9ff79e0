import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf, type Part } from '@zhulian/kernel'
import { parse } from './cel.ts'
import { readBuilder } from './read-builder.ts'

/** The tree without its places. */
const tree = (text: string): unknown =>
  JSON.parse(JSON.stringify(parse(text), (key, value: unknown) => (key === 'at' ? undefined : value)))

const again = (text: string): string => {
  const read = readBuilder(text)
  if (!read.ok) throw new Error(read.problem.words.en)
  return textOf(read.group)
}

const names = fc.constantFrom('household.tier', 'person.age', 'm.age', 'params.line', 'today', 'met.P01')
const literals = fc.oneof(
  fc.nat({ max: 2 ** 40 }).map(String),
  fc.double({ min: 0, max: 1e9, noNaN: true }).map(n => (/^\d+$/.test(String(n)) ? `${String(n)}.0` : String(n))),
  fc.string({ unit: 'grapheme-ascii' }).map(s => JSON.stringify(s)),
  fc.constantFrom('true', 'false', 'null', '"低保"', "'it''s'.size()", 'r"a\\b"', '-3', '-(-3)', '1e3'),
)
const compares = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')

/** Text with more brackets than are needed, so that every grouping comes up. */
const { expression } = fc.letrec<{ expression: string }>(tie => {
  const inner = tie('expression')
  const bracketed = inner.map(e => `(${e})`)
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'deep' },
      names,
      literals,
      fc.tuple(bracketed, fc.constantFrom('&&', '||', '+', '-', '*', '/'), bracketed).map(p => p.join(' ')),
      fc.array(bracketed, { minLength: 2, maxLength: 4 }).map(parts => parts.join(' && ')),
      fc.tuple(bracketed, compares, bracketed).map(p => p.join(' ')),
      fc.tuple(names, compares, fc.oneof(names, literals)).map(p => p.join(' ')),
      names.map(n => `${n} in ["a", "b", 3]`),
      bracketed.map(e => `!${e}`),
      bracketed.map(e => `-${e}`),
      fc.tuple(bracketed, bracketed, bracketed).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
      fc
        .tuple(names, fc.constantFrom('exists', 'all', 'filter', 'map'), inner)
        .map(([l, q, e]) => `${l}.${q}(m, ${e})`),
      bracketed.map(e => `${e}.size()`),
      fc.tuple(inner, inner).map(([a, b]) => `max(${a}, ${b})`),
    ),
  }
})

describe('the builder', () => {
  it('gives the same tree back, whatever was written', () => {
    fc.assert(
      fc.property(expression, text => {
        let before: unknown
        try {
          before = tree(text)
        } catch {
          return fc.pre(false)
        }
        const once = again(text)
        expect(tree(once)).toEqual(before)
        expect(again(once)).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })

  it.each<[string, readonly Part[]]>([
    [
      'household.tier in ["dibao", "dibian"] && person.age < 18',
      [
        { kind: 'line', fact: 'household.tier', sign: 'in', value: '["dibao", "dibian"]' },
        { kind: 'line', fact: 'person.age', sign: '<', value: '18' },
      ],
    ],
    [
      '!household.receivedShanju && person.alive',
      [
        { kind: 'line', fact: 'household.receivedShanju', sign: 'isNot', value: '' },
        { kind: 'line', fact: 'person.alive', sign: 'is', value: '' },
      ],
    ],
    ['household.x < params.a * 12', [{ kind: 'line', fact: 'household.x', sign: '<', value: 'params.a * 12' }]],
    ['known(person.age)', [{ kind: 'text', text: 'known(person.age)' }]],
    ['18 > person.age', [{ kind: 'text', text: '18 > person.age' }]],
  ])('shows %s as lines', (text, parts) => {
    const read = readBuilder(text)
    expect(read.ok && read.group.parts).toEqual(parts)
  })

  it('shows what is asked of members as a group about them', () => {
    const read = readBuilder('!household.members.exists(m, m.age >= 60 || m.alive)')
    expect(read.ok && read.group.parts[0]).toMatchObject({
      kind: 'members',
      list: 'household.members',
      how: 'exists',
      as: 'm',
      not: true,
      part: { kind: 'group', join: 'any', parts: [{ sign: '>=' }, { sign: 'is' }] },
    })
  })

  it('says where what cannot be read is wrong', () => {
    const read = readBuilder('person.age <\n && true')
    expect(read.ok ? undefined : read.problem).toMatchObject({ code: 'syntax', at: { line: 2 } })
  })
})
