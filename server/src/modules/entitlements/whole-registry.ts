import { completedYears, type Day, type Id } from '@zhulian/kernel'
import {
  type HouseholdFacts,
  judgeAll,
  registryOf,
  type Registry,
  type RegistryJudgement,
  type RegistryRun,
  yearlyCost,
} from '@zhulian/rules'
import type { LoadedPool } from '../pools/index.ts'

/**
 * The registry of a district in columns, judged by the figures in force, for questions about all of it. It holds no names.
 */
export interface WholeRegistry {
  readonly loaded: LoadedPool
  readonly run: RegistryRun
  /** By the figures in force; `run.judgement` is what was tried last. */
  readonly inForce: RegistryJudgement
  /** Whole yuan a year by the figures in force, by policy. */
  readonly cost: ReadonlyMap<string, number>
  readonly registry: Registry
  /** By lane of a household. */
  readonly ids: readonly Id[]
  readonly divisions: readonly string[]
  /** Codes of townships, in order; and which of them, by lane of a household. */
  readonly townships: readonly string[]
  readonly township: Uint16Array
  /** By lane of a person: the lane of the household. */
  readonly home: Int32Array
  /** By lane of a person: age (0 under 18, 1 under 60, 2 older) × 2, and 1 more with a disability; {@link noGroup} where the age is not known. */
  readonly group: Uint8Array
  /** The facts are those of this moment. */
  readonly asOf: Date
  facts(lane: number): HouseholdFacts
}

export interface Home {
  readonly division: string
  readonly facts: HouseholdFacts
}

export const noGroup = 6
const townshipDigits = 9

/** Puts households into columns and judges them by the figures in force of that day. */
export function registryInMemory(
  loaded: LoadedPool,
  households: Iterable<readonly [Id, Home]>,
  on: Day,
  asOf: Date,
): WholeRegistry {
  const homes = [...households]
  const registry = registryOf(
    loaded.pool,
    homes.map(([, { facts }]) => facts),
  )
  const divisions = homes.map(([, { division }]) => division)
  const codes = divisions.map(division => division.slice(0, townshipDigits))
  const townships = [...new Set(codes)].sort()
  const number = new Map(townships.map((code, i) => [code, i]))
  const people = registry.first.at(-1) ?? 0
  const [home, group] = [new Int32Array(people), new Uint8Array(people)]
  let lane = 0
  homes.forEach(([, { facts }], household) => {
    for (const person of facts.persons) {
      home[lane] = household
      const band = ageBand(person['birthDate'], on)
      group[lane] = band === undefined ? noGroup : band * 2 + (person['hasDisabilityCertificate'] === true ? 1 : 0)
      lane++
    }
  })
  const run = judgeAll(loaded.pool, registry, on)
  const inForce = run.judgement
  return {
    loaded,
    registry,
    run,
    inForce,
    cost: new Map([...inForce.policies].map(([id, outcome]) => [id, yearlyCost(outcome)])),
    ids: homes.map(([id]) => id),
    divisions,
    townships,
    township: Uint16Array.from(codes, code => number.get(code) as number),
    home,
    group,
    asOf,
    facts: household => (homes[household] as (typeof homes)[number])[1].facts,
  }
}

function ageBand(birthDate: unknown, on: Day): number | undefined {
  if (typeof birthDate !== 'string') return undefined
  const years = completedYears(birthDate as Day, on)
  return years < 18 ? 0 : years < 60 ? 1 : 2
}
