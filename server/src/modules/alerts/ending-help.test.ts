import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { day } from '@zhulian/kernel'
import { compilePool } from '@zhulian/pool'
import { readFiles, shippedData } from '@zhulian/pool/files'
import { type HouseholdFacts, judge } from '@zhulian/rules'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { endingHelp, type Running } from './ending-help.ts'

const { files } = await readFiles(shippedData)
const read = await compilePool(files)
if (!read.ok) throw new Error('the shipped pool does not compile')
const { pool } = read
const on = day('2021-09-26')

/** H1 of the worked households: two parents and a pupil on 500 yuan a head. */
const [h1] = parse(readFileSync(join(shippedData, 'policies', 'worked-households', 'cases.yaml'), 'utf8'), {
  merge: true,
  maxAliasCount: -1,
}) as [HouseholdFacts]
const told = { formerPoor: false, lowIncomeFarmer: false }
const pupil = { childOfMartyr: false }
const all = h1.persons.map(p => (p.key === 'c' ? { ...p, ...pupil } : p))
const dibao: HouseholdFacts = { household: { ...h1.household, ...told, certifiedTier: 'dibao' }, persons: all }
/** A year on: the father earns 3,600 a month; 1,700 a head, and no certificate. */
const left: HouseholdFacts = {
  household: { ...h1.household, ...told, certifiedTier: 'none' },
  persons: all.map(p =>
    p.key === 'a'
      ? { ...p, employmentStatus: 'employed', registeredUnemployed: false, wageMonthly: 3600, newJobSince: null }
      : p,
  ),
}
const ending = (before: HouseholdFacts, after: HouseholdFacts, received: readonly Running[] = []) =>
  endingHelp(judge(pool, before, on), judge(pool, after, on), received)
const brief = ({ lines }: ReturnType<typeof endingHelp>) =>
  lines.map(l => [l.policy, l.person, l.how, l.amount, l.period])

describe('the help that ends', () => {
  it('of a family that leaves dibao is each benefit with its figure, and their sum a month', () => {
    const { lines, perMonth } = ending(dibao, left)
    const sums = lines
      .filter(l => l.how !== 'begins' && l.amount !== null)
      .map(l => [l.policy, l.person, l.how, l.amount, l.period])
    // By hand: 3 × 1,102 less 1,500 is 1,806; 478 for the pupil; 1,625 a year at school; 10 for television.
    expect(sums).toEqual([
      ['P01', null, 'ends', 1806, 'month'],
      ['P09', 'c', 'ends', 478, 'month'],
      ['P23', 'c', 'ends', 1625, 'year'],
      ['J3', null, 'ends', 10, 'month'],
    ])
    expect(perMonth).toBe(Math.round(1806 + 478 + 1625 / 12 + 10))
    expect(lines.filter(l => l.amount === null).map(l => l.policy)).toContain('J1')
  })

  it('is nothing where nothing changed', () => {
    expect(ending(dibao, dibao)).toMatchObject({ lines: [], services: [], perMonth: 0, isWhole: true })
  })

  it('takes what is paid before what the rules would give, and says that it is received', () => {
    const { lines } = ending(dibao, left, [
      { policy: 'P01', amount: 1500, period: 'month' },
      { policy: 'P09', person: 'c', amount: 400, period: 'month' },
    ])
    expect(lines.slice(0, 2)).toMatchObject([
      { policy: 'P01', amount: 1500, received: true },
      { policy: 'P09', amount: 400, received: true },
    ])
    expect(lines.find(l => l.policy === 'P23')?.received).toBe(false)
  })

  it('names what is received and no longer matches, also where nothing was known before', () => {
    const nothing: HouseholdFacts = { household: {}, persons: h1.persons.map(({ key }) => ({ key })) }
    const ended = ending(nothing, left, [{ policy: 'P09', person: 'c', amount: 478, period: 'month' }])
    expect(brief(ended)).toEqual([['P09', 'c', 'ends', 478, 'month']])
    expect(ended.notKnownBefore).toContainEqual({ policy: 'P01', person: null })
  })

  it('leaves what cannot be told out of the sum and says that it is open', () => {
    const open: HouseholdFacts = {
      household: left.household,
      persons: left.persons.map(({ wageMonthly, ...rest }) => (rest.key === 'a' ? rest : { ...rest, wageMonthly })),
    }
    const ended = ending(dibao, open)
    expect(ended.lines.find(l => l.policy === 'P01')).toMatchObject({ how: 'unclear', amount: 1806 })
    expect(ended.isWhole).toBe(false)
    expect(ended.perMonth).toBeLessThan(1806)
  })
})
