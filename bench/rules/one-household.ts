import { setTimeout } from 'node:timers/promises'
import type { Day } from '@zhulian/kernel'
import { judgeAndAsk, type HouseholdFacts, type Judgement, type Pool } from '@zhulian/rules'
import { anyHousehold } from '../../packages/pool/test/any-household.ts'
import { homeOf, madeUpTable, randomOf, rowOf } from './made-up-rules.ts'
import { cpu, median } from './peers.ts'

/** Households of made-up people as the real pool knows them, of whose facts a share is missing. Who is alive is known. */
export function families(count: number, on: Day, missing: number): readonly HouseholdFacts[] {
  return Array.from({ length: count }, (_, i) => {
    const { household, persons } = anyHousehold(i, on) as unknown as HouseholdFacts
    const random = randomOf(i)
    const known = (facts: object) =>
      Object.fromEntries(Object.entries(facts).filter(([name]) => name === 'alive' || random() >= missing))
    return { household: known(household), persons: persons.map(p => ({ ...known(p), key: p.key })) }
  })
}

/** Rows of the made-up table, each a household of its own. */
export function rowsAsHouseholds(count: number, missing: number): readonly HouseholdFacts[] {
  const table = madeUpTable(count, { missing })
  return Array.from({ length: count }, (_, row) => homeOf(rowOf(table, row)))
}

/**
 * What one household costs with verdicts, reasons and the next question, in milliseconds of processor time: in the first round
 * of a process that has judged none, after so many households (the median of nine rounds; `ms` after 2,000), and right after a
 * full collection.
 * In the pool a policy of persons and every service is judged for each of them.
 */
export async function oneHousehold(
  pool: Pool,
  households: readonly HouseholdFacts[],
  on: Day,
  after: readonly number[] = [400, 1000, 2000, 5000, 20_000],
) {
  let judged = 0
  const round = () => {
    const started = cpu()
    for (const facts of households) judgeAndAsk(pool, facts, on, { guide: true })
    judged += households.length
    return (cpu() - started) / households.length
  }
  const first = round()
  const warm = after.map(count => {
    while (judged < count) round()
    // Nine rounds are longer than the first steps of the way.
    return { count, ms: median(Array.from({ length: count < 2000 ? 3 : 9 }, round)) }
  })
  await setTimeout(5)
  globalThis.gc?.()
  const collected = round()
  const results = households.map(facts => resultsOf(judgeAndAsk(pool, facts, on).judgement))
  const ms = warm.find(w => w.count >= 2000)?.ms ?? Number.NaN
  return { ms, warm, first, collected, results: results.reduce((a, b) => a + b, 0) / households.length }
}

const resultsOf = ({ policies, services }: Judgement): number =>
  [...Object.values(policies), ...Object.values(services)].flat().length
