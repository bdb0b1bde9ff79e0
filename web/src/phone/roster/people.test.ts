import { describe, expect, it } from 'vitest'
import { draftOfPerson, newPerson, readPerson } from './people.ts'

const grandmother = { ...newPerson(true), callName: ' 陆奶奶 ', year: '１９４５' }

describe('who lives in the home', () => {
  it('takes a year in full-width digits', () => {
    expect(readPerson(grandmother, undefined, 2021)).toEqual({
      person: { callName: '陆奶奶', relation: '02', sex: null, self: true, birthYear: 1945 },
    })
  })

  it('takes an age where the year is not known', () => {
    const read = readPerson(
      { ...newPerson(false), callName: '小孙子', by: 'age', age: '9', relation: '40' },
      undefined,
      2021,
    )
    expect(read).toEqual({ person: { callName: '小孙子', relation: '40', sex: null, self: false, age: 9 } })
  })

  it('keeps the exact day of birth that is on record when the year stays', () => {
    const before = {
      key: 'b',
      callName: '外婆',
      relation: '60',
      sex: 'female' as const,
      self: false,
      birthDate: '1945-02-03',
    }
    expect(readPerson({ ...draftOfPerson(before), callName: '外婆家' }, before, 2021)).toEqual({
      person: { ...before, callName: '外婆家' },
    })
  })

  it.each([
    [{ callName: '  ' }, 'name'],
    [{ year: '' }, 'birth'],
    [{ year: '1845' }, 'year'],
    [{ year: '2022' }, 'year'],
    [{ year: '45' }, 'year'],
    [{ by: 'age' as const, age: '121' }, 'age'],
    [{ by: 'age' as const, age: '7.5' }, 'age'],
  ])('asks again for %j', (change, wrong) => {
    expect(readPerson({ ...grandmother, ...change }, undefined, 2021)).toEqual({ wrong })
  })
})
