import { day } from '@zhulian/kernel'
import { readPool } from '@zhulian/pool/files'
import { judge, type HouseholdFacts, type PolicyResult } from '@zhulian/rules'
import { describe, expect, it } from 'vitest'
import { LoadedPool } from '../pools/index.ts'
import { emptyInterview } from './interview.ts'
import { policyLines, serviceLines } from './result.ts'

const read = await readPool()
if (!read.ok) throw new Error('the shipped pool does not compile')
const loaded = new LoadedPool('shipped', read.pool.documents)
const on = day('2021-09-26')
const nothing = { businessIncomeMonthly: 0, propertyIncomeMonthly: 0, pensionMonthly: 0, otherTransferMonthly: 0 }
const earner = {
  key: 'a',
  alive: true,
  birthDate: '1976-05-01',
  sex: 'male',
  hasDisabilityCertificate: false,
  seriousIllness: false,
  studentStage: 'none',
  employmentStatus: 'employed',
  newJobSince: null,
  basicResidentPensionMonthly: 0,
  wageMonthly: 900,
  ...nothing,
}
const home = {
  certifiedTier: 'none',
  hasLocalHukouOrPermit: true,
  meansTestConsent: true,
  motorVehicleCount: 0,
  nonResidentialPropertyCount: 0,
  housingCount: 1,
  housingArea: 90,
  enterpriseCapital: 0,
  financialAssets: 24000,
}
const linesOf = (household: object, person: object) => {
  const facts = { household, persons: [person] } as unknown as HouseholdFacts
  const reading = {
    loaded,
    judgement: judge(loaded.pool, facts, on),
    members: [],
    interview: emptyInterview,
    on,
    facts,
    guarded: false,
  }
  return { policies: policyLines(reading), services: serviceLines(reading), reading }
}
const gapOf = (id: string, household: object, person: object) =>
  linesOf(household, person)
    .policies.find(line => line.id === id)
    ?.gap.map(words => words.zh)

describe('差在哪里', () => {
  it('names the consent that was not given', () => {
    expect(gapOf('P01', { ...home, meansTestConsent: false }, earner)).toEqual([
      '同意核对家庭经济状况：现在是“否”，这一项要求“是”',
    ])
  })

  it('says of money how far it is from the line, and does not ask for less', () => {
    expect(gapOf('P01', home, { ...earner, wageMonthly: 1500 })).toEqual(['家里人均月收入比这一项的线高398元'])
  })

  it('says nothing of what fits, and nothing where only age, illness or disability would do', () => {
    expect(gapOf('P01', home, earner)).toEqual([])
    expect(gapOf('P28', home, earner)).toEqual([])
    expect(gapOf('P12', home, earner)).toEqual([])
  })

  it('turns the result it is said of', () => {
    const { reading } = linesOf({ ...home, meansTestConsent: false }, earner)
    const facts = { ...reading.facts, household: { ...reading.facts.household, meansTestConsent: true } }
    expect((judge(loaded.pool, facts, on).policies['P01'] as PolicyResult).verdict).toBe('eligible')
  })
})
