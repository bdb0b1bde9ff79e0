import { describe, expect, it } from 'vitest'
import { valueOf } from './fact-input.ts'
import type { FactKind } from './values.ts'

const kind = (type: string, values: readonly (string | number)[] = []) =>
  ({ type, options: values.map(value => ({ value, label: { zh: '', en: '' } })) }) as unknown as FactKind

describe('a fact as typed', () => {
  it('is a number for money, with or without commas', () => {
    expect(valueOf(kind('money'), ' 1,200 ')).toEqual({ value: 1200 })
    expect(valueOf(kind('money'), 'a lot')).toEqual({ trouble: 'number' })
  })
  it('keeps the type of a choice', () => expect(valueOf(kind('enum', [1, 2]), '2')).toEqual({ value: 2 }))
  it('may be an empty set, but no empty anything else', () => {
    expect(valueOf(kind('set', ['a']), '')).toEqual({ value: [] })
    expect(valueOf(kind('boolean'), '')).toEqual({ trouble: 'value' })
  })
  it('takes of a set only what the dictionary has', () =>
    expect(valueOf(kind('set', ['a', 'b']), 'b\nzzz')).toEqual({ value: ['b'] }))
})
