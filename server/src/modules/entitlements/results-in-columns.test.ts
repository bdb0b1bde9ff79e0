import { addDays, type Day, type Id, newId } from '@zhulian/kernel'
import { compilePool } from '@zhulian/pool'
import { readFiles } from '@zhulian/pool/files'
import { type HouseholdFacts, judgeAll, judgeBare, type Pool, registryOf } from '@zhulian/rules'
import { madeUpDistrict } from '@zhulian/seed'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../platform/config.ts'
import { contentHash } from '../pools/index.ts'
import { judgeableOf } from '../registry/index.ts'
import { resultsInColumns } from './results-in-columns.ts'
import { resultsOf } from './results.ts'

let pool: Pool
let households: readonly HouseholdFacts[]
const today = '2021-09-26' as Day

beforeAll(async () => {
  const { files } = await readFiles(readConfig().shippedDir)
  const read = await compilePool(files)
  if (!read.ok) throw new Error('the shipped pool does not compile')
  pool = read.pool
  households = [...madeUpDistrict({ people: 6000, today })].map(made =>
    judgeableOf(
      made.division,
      made.statements,
      made.members.map(m => ({ ...m, id: newId() })),
    ),
  )
})

/** Every n-th fact is not known, another one in each household. */
const withHoles = (facts: HouseholdFacts, n: number, turn: number): HouseholdFacts => {
  let i = turn
  const some = (values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => key === 'key' || ++i % n !== 0))
  return { household: some(facts.household), persons: facts.persons.map(p => some(p) as typeof p) }
}

function compared(all: readonly HouseholdFacts[], on: Day): { same: number; other: string[] } {
  const registry = registryOf(pool, all)
  const { judgement } = judgeAll(pool, registry, on)
  const judged = { judgement, first: registry.first, policies: pool.policies.map(p => p.id) }
  const other: string[] = []
  all.forEach((facts, h) => {
    const found = resultsInColumns(
      judged,
      h,
      facts.persons.map(p => p.key as Id),
    )
    const wanted = resultsOf(judgeBare(pool, facts, on))
    if (contentHash(found) !== contentHash(wanted)) other.push(`${JSON.stringify(found)} ≠ ${JSON.stringify(wanted)}`)
  })
  return { same: all.length - other.length, other: other.slice(0, 2) }
}

describe('a household out of columns', () => {
  it.each([0, 1, 95, 400])('is kept word for word as judging it alone says, %i days on', days => {
    const { same, other } = compared(households, addDays(today, days))
    expect(other).toEqual([])
    expect(same).toBe(households.length)
  })

  it.each([3, 7])('is so too where every %ith fact is not known', n => {
    const holed = households.slice(0, 1200).map((facts, i) => withHoles(facts, n, i))
    expect(compared(holed, today).other).toEqual([])
  })
})
