import { describe, expect, it } from 'vitest'
import { factLines, firstValue, freeKey, numberOr, readJson, withFact } from './case-facts.ts'
import type { Fact } from './dictionary.ts'

const names = ['person.age', 'person.adl.eating', 'person.adl.bathing', 'household.events12m']
const dictionary = new Map(names.map(name => [name, { name } as Fact]))

describe('facts of a worked household', () => {
  it('stand one a line, inner ones too, and what nobody knows is not lost', () => {
    const lines = factLines(
      { key: 'a', age: 60, adl: { eating: 'able', bathing: 'unable' }, odd: 1 },
      'person',
      dictionary,
    )
    expect(lines.map(line => [line.path, line.value, line.fact?.name])).toEqual([
      ['age', 60, 'person.age'],
      ['adl.eating', 'able', 'person.adl.eating'],
      ['adl.bathing', 'unable', 'person.adl.bathing'],
      ['odd', 1, undefined],
    ])
  })

  it('change at their place and go with the last inner one', () => {
    const facts = { key: 'a', adl: { eating: 'able', bathing: 'unable' } }
    expect(withFact(facts, 'adl.eating', 'partial')).toEqual({
      key: 'a',
      adl: { eating: 'partial', bathing: 'unable' },
    })
    const fewer = withFact(facts, 'adl.eating', undefined)
    expect(fewer).toEqual({ key: 'a', adl: { bathing: 'unable' } })
    expect(withFact(fewer, 'adl.bathing', undefined)).toEqual({ key: 'a' })
    expect(withFact({}, 'adl.eating', 'able')).toEqual({ adl: { eating: 'able' } })
    expect(withFact({ age: 1 }, 'age', null)).toEqual({ age: null })
  })

  it('begin with what fits their kind', () => {
    expect(firstValue('boolean', [], '2021-09-26')).toBe(true)
    expect(firstValue('date', [], '2021-09-26')).toBe('2021-09-26')
    expect(firstValue('enum', [{ value: 'none' }], '2021-09-26')).toBe('none')
    expect(firstValue('set', [{ value: 'x' }], '2021-09-26')).toEqual([])
    expect(firstValue('money', [], '2021-09-26')).toBe(0)
    expect(firstValue('code', [], '2021-09-26')).toBe('')
  })

  it('have numbers as typed, and keep what is none', () => {
    expect([numberOr('3305.98'), numberOr(' 12,000 '), numberOr('-1')]).toEqual([3305.98, 12000, -1])
    expect([numberOr('约三千'), numberOr('')]).toEqual(['约三千', ''])
  })

  it('give a new member the first free letter', () => {
    expect(freeKey(['a', 'c'])).toBe('b')
    expect(freeKey('abcdefghijklmnopqrstuvwxyz'.split(''))).toBe('p27')
  })

  it('as text say in which line they cannot be read', () => {
    expect(readJson('{"a": 1}')).toEqual({ value: { a: 1 } })
    const read = readJson('{\n "a": 1,\n "b" 2\n}')
    expect('fault' in read && read.fault.line).toBe(3)
    expect('fault' in readJson('{')).toBe(true)
    // Of some faults a browser gives no place.
    expect(readJson('{\n "a": ,\n "b": 2\n}')).toEqual({ fault: { line: 2, column: 7 } })
  })
})
