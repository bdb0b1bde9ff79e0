import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { judge, openCircles, type HouseholdFacts } from '@zhulian/rules'
import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { factsOfCase } from './cases.ts'
import { readFiles, shippedData } from './files.ts'
import { compilePool } from './pool.ts'
import { caseSchema } from './schemas.ts'

const { files } = await readFiles(shippedData)
const read = await compilePool(files)
if (!read.ok) throw new Error('the shipped pool does not compile')
const { pool } = read
const on = day('2021-09-26')
const cases = z
  .array(caseSchema)
  .parse(parse(readFileSync(join(shippedData, 'circles', 'cases.yaml'), 'utf8'), { merge: true, maxAliasCount: -1 }))
const worked = (part: string) => {
  const one = cases.find(c => c.name.includes(part))
  if (!one) throw new Error(part)
  return factsOfCase(one)
}
const couple = worked('dibao parents who can work')

/** The same household, with something else said of it or of one of its people; undefined takes it away. */
const saying = (
  facts: HouseholdFacts,
  household: Readonly<Record<string, unknown>>,
  key?: string,
  own: Readonly<Record<string, unknown>> = {},
): HouseholdFacts => ({
  household: without({ ...facts.household, ...household }),
  persons: facts.persons.map(p => (p.key === key ? { ...without({ ...p, ...own }), key: p.key } : p)),
})
const without = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

describe('what leaves a circle open', () => {
  it('is nothing where it can be told of everybody', () => {
    expect(openCircles(pool, couple, on)).toEqual([])
  })

  it('is named by line and by fact, and nothing else: an earner of a family well off, of whom nobody said whether work is hard to find', () => {
    const rich = saying(couple, { exitedTierWithin: null, financialAssets: 900_000 }, 'a', { wageMonthly: 30_000 })
    expect(judge(pool, rich, on).circles['a']?.circle).toBe(null)
    const open = openCircles(pool, saying(rich, {}, 'a', { jobDifficultyRecognised: undefined }), on)
    expect(open.map(o => o.person)).toEqual(['a'])
    expect(open[0]?.lines.map(l => [l.circle, l.label.zh, l.missing])).toEqual([
      [3, '就业困难人员', [{ fact: 'person.jobDifficultyRecognised', person: 'a' }]],
    ])
  })

  it('looks no further than a line that holds, and leaves out who is told by it', () => {
    const rich = saying(couple, { financialAssets: 900_000 }, 'a', { wageMonthly: 30_000 })
    const open = openCircles(
      pool,
      saying(rich, { exitedTierWithin: undefined }, 'a', { jobDifficultyRecognised: true }),
      on,
    )
    expect(open.map(o => o.person)).toEqual(['b', 'c'])
    for (const one of open) expect(one.lines.flatMap(l => l.missing)).toEqual([{ fact: 'household.exitedTierWithin' }])
  })

  it('names the facts that are not known and no others, and once they are it can be told', () => {
    const rich = saying(couple, { financialAssets: 900_000 }, 'a', { wageMonthly: 30_000 })
    const open = saying(rich, { formerPoor: undefined, monitorClass: undefined })
    for (const { lines } of openCircles(pool, open, on))
      for (const { missing } of lines) {
        expect(missing.length).toBeGreaterThan(0)
        for (const { fact } of missing) expect(['household.formerPoor', 'household.monitorClass']).toContain(fact)
      }
    expect(openCircles(pool, saying(open, { formerPoor: false, monitorClass: 'none' }), on)).toEqual([])
  })
})
