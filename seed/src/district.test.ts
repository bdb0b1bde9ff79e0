import { completedYears, type Day, day, readIdNumber } from '@zhulian/kernel'
import { readPool } from '@zhulian/pool/files'
import { checkFacts } from '@zhulian/rules'
import { describe, expect, it } from 'vitest'
import { judgeableOf } from '../../server/src/modules/registry/index.ts'
import { roles } from '../../server/src/platform/actor.ts'
import {
  isMadeUpIdNumber,
  knownColleagues,
  knownFamilies,
  madeUpDistrict,
  type MadeUpPerson,
  madeUpStaff,
  townships,
  villages,
} from './index.ts'

const today = day('2021-09-26')
const made = [...madeUpDistrict({ people: 3000, today })]
const people = made.flatMap(h => h.members)
const years = ({ birthDate }: { readonly birthDate: Day }) => completedYears(birthDate, today)
const within = (n: number, lo: number, hi: number) => n >= lo && n <= hi
/** The newest word on a fact, a bureau's before a guide's. */
const said = ({ statements }: Pick<MadeUpPerson, 'statements'>, fact: string): unknown =>
  statements
    .filter(s => fact in s.facts)
    .toSorted((a, b) => (a.source === b.source ? (a.asOf < b.asOf ? 1 : -1) : a.source === 'feed' ? -1 : 1))[0]?.facts[
    fact
  ]

describe('the made-up district', () => {
  it('is the same for the same seed, and its households do not hang on how many follow', () => {
    expect([...madeUpDistrict({ people: 3000, today })]).toEqual(made)
    const few = [...madeUpDistrict({ people: 300, today })]
    expect(made.slice(0, few.length)).toEqual(few)
    const other = [...madeUpDistrict({ people: 300, today, seed: 7 })]
    expect(other.map(h => h.division)).not.toEqual(few.map(h => h.division))
  })

  it('gives everybody a number nobody else has, valid, and of no place that ever was', () => {
    expect(new Set(people.map(p => p.idNumber)).size).toBe(people.length)
    for (const p of people) {
      expect(readIdNumber(p.idNumber, today)).toMatchObject({ ok: true, birthDate: p.birthDate })
      expect(isMadeUpIdNumber(p.idNumber), p.idNumber).toBe(true)
    }
  })

  it('stands in real villages, each household with one head, the families of the journeys first', () => {
    const places = new Set(villages().map(v => v.code))
    expect([places.size, townships().length]).toEqual([350, 24])
    for (const h of made) {
      expect(places.has(h.division)).toBe(true)
      expect(h.members.filter(m => m.relation === '02')).toHaveLength(1)
    }
    expect(made.slice(0, 3).map(h => h.registerNo)).toEqual(Object.values(knownFamilies).map(f => f.registerNo))
    expect(made[0]?.members).toHaveLength(1)
  })

  it('is made of people who can be each other’s: at their ages, of their sex, married to somebody', () => {
    for (const h of made) {
      const head = h.members.find(m => m.relation === '02')
      const spouse = h.members.find(m => ['11', '12'].includes(m.relation))
      const mother = [head, spouse].find(m => m?.sex === 'female')
      const of = h.registerNo
      if (spouse) expect(spouse.sex, of).toBe(spouse.relation === '12' ? 'female' : 'male')
      if (head && spouse) expect(Math.abs(years(head) - years(spouse)), of).toBeLessThanOrEqual(8)
      for (const m of h.members) {
        const one = `${of} ${m.name}`
        if (['20', '30'].includes(m.relation)) {
          expect(m.sex, one).toBe(m.relation === '20' ? 'male' : 'female')
          if (mother) expect(within(years(mother) - years(m), 18, 45), one).toBe(true)
        }
        if (m.relation === '52' && head) expect(years(m) - years(head), one).toBeGreaterThan(16)
        if (m.since) expect([m.since, m.since > h.since], one).toEqual([m.birthDate, true])
        if (said(m, 'maritalStatus') === 'married') expect(spouse !== undefined, one).toBe(true)
      }
      expect(new Set(h.members.map(m => m.name)).size, of).toBe(h.members.length)
    }
  })

  it('has the shares a district has: old women, disability that grows with age, incomes below the line of each tier', () => {
    const of = (lo: number, hi: number) => people.filter(m => within(years(m), lo, hi))
    const share = (some: typeof people, test: (m: (typeof people)[number]) => boolean) =>
      some.filter(test).length / some.length
    const disabled = (m: (typeof people)[number]) => said(m, 'hasDisabilityCertificate') === true
    expect(
      within(
        share(people, m => m.sex === 'male'),
        0.45,
        0.55,
      ),
    ).toBe(true)
    expect(share(of(80, 120), m => m.sex === 'female')).toBeGreaterThan(0.55)
    expect(within(share(of(0, 17), disabled), 0.02, 0.12)).toBe(true)
    expect(share(of(60, 69), disabled)).toBeLessThan(share(of(80, 120), disabled))
    expect(within(of(0, 17).length / people.length, 0.15, 0.28)).toBe(true)
    expect(within(of(60, 120).length / people.length, 0.18, 0.35)).toBe(true)
    const income = (h: (typeof made)[number]) =>
      h.members.reduce(
        (sum, m) =>
          sum +
          ['wageMonthly', 'pensionMonthly', 'businessIncomeMonthly'].reduce((s, f) => s + Number(said(m, f) ?? 0), 0),
        0,
      ) / h.members.length
    const tier = (t: string) => made.filter(h => said(h, 'certifiedTier') === t)
    const middle = (t: string) =>
      tier(t)
        .map(income)
        .toSorted((a, b) => a - b)[Math.floor(tier(t).length / 2)] ?? 0
    expect(within(tier('dibao').length / made.length, 0.2, 0.35)).toBe(true)
    expect(middle('tekun')).toBeLessThan(middle('dibao'))
    expect(middle('dibao')).toBeLessThan(1102)
    expect(within(middle('dibian'), 1102, 1653)).toBe(true)
    expect(middle('none')).toBeGreaterThan(middle('dibian'))
  })

  it('says only what the dictionary has, in values it takes', async () => {
    const read = await readPool()
    if (!read.ok) throw new Error('the pool does not compile')
    for (const h of made) {
      const members = h.members.map((m, i) => ({ ...m, id: String(i) as never }))
      const checked = checkFacts(read.pool, judgeableOf(h.division, h.statements, members), today)
      expect(checked.ok ? [] : checked.faults).toEqual([])
    }
  })

  it('has somebody to sign in as for every role but the resident’s', () => {
    expect(new Set(knownColleagues.map(c => c.role))).toEqual(new Set(roles.filter(role => role !== 'resident')))
  })

  it('has 750 guides, one to four a village, three clerks a township, and everybody else once', () => {
    const staff = madeUpStaff(330_111)
    const guides = staff.filter(s => s.role === 'guide')
    const counts = [...Map.groupBy(guides, g => g.scope).values()].map(g => g.length)
    expect(guides.length).toBe(750)
    expect([Math.min(...counts) >= 1, Math.max(...counts) <= 4]).toEqual([true, true])
    expect(staff.filter(s => s.role === 'townshipClerk')).toHaveLength(72)
    expect(new Set(staff.map(s => s.signInName)).size).toBe(staff.length)
  })
})
