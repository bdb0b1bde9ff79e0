import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { derived, documents, facts, poolOf } from '../test/small-pool.ts'
import { householdLine } from './household-line.ts'

const words = { zh: '词', en: 'word' }
const pool = poolOf(
  documents([], {
    facts: [
      ...facts,
      {
        name: 'household.certified',
        label: words,
        type: 'enum',
        values: [{ value: 'none', label: words }],
        ask: 'never',
      },
      { name: 'person.idNumber', label: words, type: 'string', ask: 'never' },
      { name: 'person.birthDate', label: words, type: 'date', ask: 'never' },
      {
        name: 'person.adl.eating',
        label: words,
        type: 'enum',
        values: [{ value: 'able', label: words }],
        ask: 'guide',
      },
    ],
  }),
)
const on = day('2021-09-26')
const line = (household: object, person: object = {}) =>
  householdLine(pool, { household, persons: [{ key: 'p', ...person }] }, on)

describe('a line of a household file', () => {
  it('is read without the names that are nobody’s fact, and says which', () => {
    expect(line({ a: true, remark: 'x' }, { p: true, note: 1 })).toEqual({
      input: { household: { a: true }, persons: [{ key: 'p', p: true }] },
      ignored: [{ fact: 'household.remark' }, { fact: 'person.note', person: 'p' }],
    })
  })

  it('keeps misspelt names and calculated ones, for these are faults', () => {
    const { input, ignored } = line({ certifeid: 'none', tier: 'none' })
    expect(ignored).toEqual([])
    expect(input).toMatchObject({ household: { certifeid: 'none', tier: 'none' } })
  })

  it('takes null for none: nothing in a list, an amount or a count of 0, the word none; no object of the six activities', () => {
    const household = { money: null, x: null, certified: null, events: null, level: null }
    expect(line(household, { skills: null, adl: null }).input).toEqual({
      household: { money: 0, x: 0, certified: 'none', events: [], level: null },
      persons: [{ key: 'p', skills: [] }],
    })
  })

  it('leaves a null that means nothing, and other kinds of value, to be found faulty', () => {
    expect(line({ a: null, kind: null, money: 'much' }, { adl: 3 }).input).toEqual({
      household: { a: null, kind: null, money: 'much' },
      persons: [{ key: 'p', adl: 3 }],
    })
    for (const other of [null, 3, [], { household: {} }, { persons: [] }])
      expect(householdLine(pool, other, on)).toEqual({ input: other, ignored: [] })
    expect(householdLine(pool, { household: {}, persons: [3] }, on).input).toEqual({ household: {}, persons: [3] })
  })

  it('is read without what an item of a list has no field for, but for a misspelt field', () => {
    const { input, ignored } = line({ events: [{ kind: 'fire', note: 'x' }, 3], b: true })
    expect(input).toMatchObject({ household: { events: [{ kind: 'fire' }, 3], b: true } })
    expect(JSON.stringify(input)).not.toContain('note')
    expect(ignored).toEqual([{ fact: 'household.events.note' }])
  })

  it('takes the birth date from the identity number where it is not given, and from no wrong number', () => {
    const born = (person: object) => line({}, person).input
    expect(born({ idNumber: '330111194904150001' })).toMatchObject({ persons: [{ birthDate: '1949-04-15' }] })
    expect(born({ idNumber: '330111194904150001', birthDate: '1950-01-01' })).toMatchObject({
      persons: [{ birthDate: '1950-01-01' }],
    })
    expect(born({ idNumber: '330111194904150002' })).toEqual({
      household: {},
      persons: [{ key: 'p', idNumber: '330111194904150002' }],
    })
  })

  it('leaves a list aside that is always calculated from another, and says so', () => {
    const events = facts.find(f => f.name === 'household.events')
    const recent = {
      name: 'household.recent',
      label: words,
      type: 'list',
      formula: 'household.events',
      provenance: ['C'],
    }
    const both = poolOf(
      documents([], {
        facts: [...facts, { ...events, name: 'household.recent' } as (typeof facts)[number]],
        derived: [...derived, recent as (typeof derived)[number]],
      }),
    )
    expect(householdLine(both, { household: { events: [], recent: [] }, persons: [] }, on)).toEqual({
      input: { household: { events: [] }, persons: [] },
      ignored: [{ fact: 'household.recent' }],
    })
  })

  it('rounds an average to the fen', () => {
    expect(line({ money: 1234.567 }).input).toMatchObject({ household: { money: 1234.57 } })
  })
})
