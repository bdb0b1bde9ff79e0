import { readPool } from '@zhulian/pool/files'
import { describe, expect, it } from 'vitest'
import { saidByIn } from './said-by.ts'

const read = await readPool()
if (!read.ok) throw new Error('the data files cannot be read')
const { pool } = read
const home = { household: {}, persons: [{ key: 'a' }, { key: 'a.b' }] }
const said = { source: '税务局', on: '2021-08-01' }

describe('sources in a household file', () => {
  it('say of each fact from whom it is known, whatever else stands there', () => {
    const sources = {
      'household.size': said,
      'a.wageMonthly': said,
      'a.b.adl.eating': said,
      'c.wageMonthly': 1,
      odd: 2,
    }
    const found = saidByIn(pool, { sources }, home)
    if (!found.ok) return expect.fail('cannot be read')
    expect(found.of({ fact: 'household.size' })).toEqual(said)
    expect(found.of({ fact: 'person.wageMonthly', person: 'a' })).toEqual(said)
    expect(found.of({ fact: 'person.adl.eating', person: 'a.b' })).toEqual(said)
    expect(found.of({ fact: 'person.wageMonthly', person: 'a.b' })).toBeUndefined()
    expect(found.of({ fact: 'household.odd' })).toBeUndefined()
  })

  it('may be missing, and a birth date read from the identity number is known from there', () => {
    const none = saidByIn(pool, {}, home)
    expect(none.ok && none.of({ fact: 'household.size' })).toBeUndefined()
    const number = saidByIn(pool, { sources: { 'a.idNumber': said } }, home)
    expect(number.ok && number.of({ fact: 'person.birthDate', person: 'a' })).toEqual(said)
  })

  it.each([{ source: '税务局' }, { source: ' ', on: '2021-08-01' }, { source: 'x', on: '2021-02-30' }, 'x', null])(
    'are a fault where one is %j',
    wrong => {
      expect(saidByIn(pool, { sources: { 'a.wageMonthly': wrong } }, home)).toMatchObject({
        ok: false,
        faults: [{ zh: expect.stringContaining('a.wageMonthly') as string }],
      })
    },
  )

  it('are an object', () => {
    expect(saidByIn(pool, { sources: [] }, home).ok).toBe(false)
  })
})
