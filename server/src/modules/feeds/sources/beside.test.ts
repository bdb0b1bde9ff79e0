import { describe, expect, it } from 'vitest'
import { familyHarmony } from './family-harmony/source.ts'
import { medicalBills } from './medical-bills/source.ts'
import type { Facts } from './source.ts'
import { utilities } from './utilities/source.ts'

describe('beside what the registry knows', () => {
  it('the yellow code before becomes the one before, unless the file names it or is the older', () => {
    const beside = (says: Facts, known: Facts) =>
      familyHarmony.beside?.({ household: says }, { household: known }).household
    const now = { harmonyYellowOn: '2021-09-22' }
    expect(beside(now, { harmonyYellowOn: '2021-08-03' })).toEqual({ ...now, harmonyYellowBeforeOn: '2021-08-03' })
    expect(beside(now, { harmonyYellowOn: '2021-09-22' })).toEqual(now)
    expect(beside(now, { harmonyYellowOn: null })).toEqual(now)
    const named = { ...now, harmonyYellowBeforeOn: '2021-07-01' }
    expect(beside(named, { harmonyYellowOn: '2021-08-03' })).toEqual(named)
    expect(beside({ harmonyRedOn: '2021-09-22' }, { harmonyYellowOn: '2021-08-03' })).toEqual({
      harmonyRedOn: '2021-09-22',
    })
  })

  it('the larger bill stays for thirty days', () => {
    const beside = (says: Facts, known: Facts) => medicalBills.beside?.({ person: says }, { person: known }).person
    const bill = { largestBillSelfPaid: 300, billSettledOn: '2021-09-20', inScopeSelfPaidYear: 20_300 }
    expect(beside(bill, { largestBillSelfPaid: 20_000, billSettledOn: '2021-08-21' })).toEqual({
      inScopeSelfPaidYear: 20_300,
    })
    expect(beside(bill, { largestBillSelfPaid: 20_000, billSettledOn: '2021-08-20' })).toEqual(bill)
    expect(beside(bill, { largestBillSelfPaid: 200, billSettledOn: '2021-09-19' })).toEqual(bill)
    expect(beside(bill, {})).toEqual(bill)
  })

  it('an illness is new once, and a second one stands beside the first', () => {
    const beside = (says: Facts, known: Facts) => medicalBills.beside?.({ person: says }, { person: known }).person
    const bill = {
      largestBillSelfPaid: 300,
      billSettledOn: '2021-09-20',
      seriousIllness: true,
      seriousIllnessKinds: ['uremia'],
      seriousIllnessSince: '2021-09-20',
    }
    const { seriousIllnessSince, ...again } = bill
    expect(seriousIllnessSince).toBe('2021-09-20')
    expect(beside(bill, {})).toEqual(bill)
    expect(beside(bill, { seriousIllnessKinds: ['uremia'], seriousIllnessSince: '2021-03-01' })).toEqual(again)
    expect(beside(bill, { seriousIllnessKinds: ['stroke'], seriousIllnessSince: '2021-03-01' })).toEqual({
      ...bill,
      seriousIllnessKinds: ['stroke', 'uremia'],
    })
  })

  it('the later use of power or water counts', () => {
    const beside = (says: Facts, known: Facts) =>
      utilities.beside?.({ household: says }, { household: known }).household
    const water = { waterAccountNo: '1', utilityLastUsedOn: '2021-09-10', utilityReadOn: '2021-09-25' }
    expect(beside(water, { utilityLastUsedOn: '2021-09-24', utilityReadOn: '2021-09-24' })).toEqual({
      waterAccountNo: '1',
      utilityReadOn: '2021-09-25',
    })
    expect(beside(water, { utilityLastUsedOn: '2021-09-09', utilityReadOn: null })).toEqual(water)
  })
})
