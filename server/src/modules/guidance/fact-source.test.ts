import type { Day } from '@zhulian/kernel'
import type { FactOf, Reason } from '@zhulian/rules'
import { describe, expect, it } from 'vitest'
import { sourcesOf } from './fact-source.ts'
import { emptyInterview, type Interview } from './interview.ts'

const on = '2026-11-28' as Day
const interview: Interview = {
  ...emptyInterview,
  answers: [
    { key: 'household.housingCount', value: 1, from: 'answer' },
    { key: 'a:person.pensionMonthly', value: 240, from: 'confirmed' },
    { key: 'a:person.medicalInsurance', value: 'resident', from: 'confirmed' },
    { key: 'household.certifiedTier', value: 'none', from: 'answer' },
  ],
  sources: {
    'a:person.pensionMonthly': { source: 'feed', origin: '人社', asOf: '2026-10-01' as Day },
    'a:person.medicalInsurance': { source: 'verified', origin: '入户核查', asOf: '2026-09-12' as Day },
    // The family said otherwise: what the registry had no longer counts.
    'household.certifiedTier': { source: 'feed', origin: '民政', asOf: '2026-10-01' as Day },
  },
}
const said = (...from: readonly FactOf[]) =>
  sourcesOf(interview, on, { kind: 'fact', fact: 'x', value: 1, tests: [], from } as Reason).map(
    s => `${s.words.zh} ${s.on}`,
  )

describe('where a reason is known from', () => {
  it('is the family on the day they were asked, or the source and the day of what they confirmed', () => {
    expect(said({ fact: 'household.housingCount' })).toEqual(['本人说 2026-11-28'])
    expect(said({ fact: 'person.pensionMonthly', person: 'a' })).toEqual(['人社的数据 2026-10-01'])
    expect(said({ fact: 'person.medicalInsurance', person: 'a' })).toEqual(['已核实 2026-09-12'])
    expect(said({ fact: 'household.certifiedTier' })).toEqual(['本人说 2026-11-28'])
  })

  it('is said once for each source and day, the newest first', () => {
    expect(
      said(
        { fact: 'person.pensionMonthly', person: 'a' },
        { fact: 'household.housingCount' },
        { fact: 'person.birthDate', person: 'a' },
      ),
    ).toEqual(['本人说 2026-11-28', '人社的数据 2026-10-01'])
  })
})
