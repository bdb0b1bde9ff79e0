import { day } from '@zhulian/kernel'
import { cliffOf, judgeBare, raisedWages, type HouseholdFacts } from '@zhulian/rules'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readPool, shippedData } from '../src/files.ts'

const read = await readPool(shippedData, { literal: true })
if (!read.ok) throw new Error(read.problems.map(p => `${p.where}: ${p.words.en}`).join('\n'))
const { pool } = read
const on = day('2021-09-26')
const cases = parse(readFileSync(join(shippedData, 'policies/worked-households/cases.yaml'), 'utf8'), {
  merge: true,
}) as readonly (HouseholdFacts & { name: string })[]
const h1 = cases.find(c => c.name.startsWith('H1 ')) as HouseholdFacts

/** H1 has 1500 a month; its father earns what is varied, the mother what is left of it. */
const family: HouseholdFacts = {
  household: h1.household,
  persons: h1.persons.map(p => ({ ...p, wageMonthly: 0, ...(p.key === 'a' && { wageMonthly: 1500 }) })),
}

describe('the cliff', () => {
  it('of a worked household: at 500 a head dibao and the child’s share, at 1200 a head the lesser tier', () => {
    const cliff = cliffOf(pool, family, on, { person: 'a', to: 6000, count: 101 })
    const at = (wage: number) => cliff?.points.find(p => p.wage === wage)
    // Dibao, the child's share, school and gas; at 3600 the lesser tier's cash for three, its share, and the same two.
    expect(at(1500)).toMatchObject({ income: 1500, help: expect.closeTo(1806 + 478 + 1625 / 12 + 10, 1) as number })
    const [before, after] = [at(1500), at(3600)]
    expect(((after?.net ?? 0) - (before?.net ?? 0)).toFixed(0)).toBe('325')
  })

  it('says where more earned leaves less, by how much, and what ends there', () => {
    const cliff = cliffOf(pool, family, on, { person: 'a' })
    expect(cliff?.points).toHaveLength(101)
    expect(cliff?.falls.length).toBeGreaterThan(0)
    for (const fall of cliff?.falls ?? []) {
      const [a, b] = [fall.from, fall.to].map(w => cliff?.points.find(p => p.wage === w))
      expect((a?.net ?? 0) - (b?.net ?? 0)).toBeCloseTo(fall.by, 2)
      expect(fall.because.length).toBeGreaterThan(0)
    }
    // Above 1653 a head the lesser tier ends, and with it the cash of three people and the child’s share.
    expect(cliff?.falls.some(f => f.from <= 1653 * 3 && f.to > 1653 * 3 && f.because[0]?.policy === 'P09')).toBe(true)
  })

  it('at each wage is what the judgement of that household says', () => {
    const cliff = cliffOf(pool, family, on, { person: 'a', count: 21 })
    for (const point of cliff?.points ?? []) {
      const persons = family.persons.map(p => (p.key === 'a' ? { ...p, wageMonthly: point.wage } : p))
      const judged = judgeBare(pool, { ...family, persons }, on)
      const help = Object.values(judged.policies)
        .flat()
        .reduce(
          (sum, r) =>
            sum +
            (r.verdict !== 'eligible'
              ? 0
              : r.period === 'month'
                ? (r.amount ?? 0)
                : r.period === 'year'
                  ? (r.amount ?? 0) / 12
                  : 0),
          0,
        )
      expect(point.help).toBeCloseTo(help, 1)
    }
  })

  it('of many households at once is that of each', () => {
    const many = [1500, 2000, 3000, 4900].map(wageMonthly => ({
      ...family,
      persons: family.persons.map(p => (p.key === 'a' ? { ...p, wageMonthly } : p)),
    }))
    const raised = raisedWages(pool, many, on)
    for (const share of [0, 0.05, 0.1]) {
      const net = raised.at(share)
      many.forEach((facts, i) => {
        const wage = (facts.persons.find(p => p.key === 'a')?.['wageMonthly'] as number) ?? 0
        const alone = cliffOf(pool, facts, on, { person: 'a', to: wage + wage * share, count: 2 })
        expect(net[i]).toBeCloseTo(alone?.points[1]?.net ?? 0, 1)
      })
    }
  })

  it('is none where nobody can work', () => {
    const old = { ...family, persons: family.persons.map(p => ({ ...p, birthDate: '1940-01-01' })) }
    expect(cliffOf(pool, old, on)).toBeUndefined()
  })
})
