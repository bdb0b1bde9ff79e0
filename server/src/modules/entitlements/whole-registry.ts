import { completedYears, type Day, type Id } from '@zhulian/kernel'
import {
  type HouseholdFacts,
  judgeAll,
  type Pool,
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
  /** By lane of a household; undefined where nobody lives. */
  readonly homes: readonly (Resident | undefined)[]
  /** How many there are: on some lanes nobody lives. */
  readonly households: number
  readonly people: number
  /** Codes of townships, in order; and which of them, by lane of a household. */
  readonly townships: readonly string[]
  readonly township: Uint16Array
  /** By lane of a person: the lane of the household. */
  readonly home: Int32Array
  /** By lane of a person: age (0 under 18, 1 under 60, 2 older) × 2, and 1 more with a disability; {@link noGroup} where the age is not known. */
  readonly group: Uint8Array
  /** The facts are those of this moment. */
  readonly asOf: Date
  /** By lane of a household: what is known of it where the columns hold something else; undefined where nobody lives. */
  readonly others: ReadonlyMap<number, HouseholdFacts | undefined>
}

export interface Home {
  readonly division: string
  readonly facts: HouseholdFacts
}
export type Resident = Home & { readonly id: Id }

export const noGroup = 6
const townshipDigits = 9
export const townshipOf = (division: string): string => division.slice(0, townshipDigits)

/**
 * Puts households into columns and judges them by the figures in force of that day.
 * @param room for whoever comes later: how many lanes of persons each household has on whose lanes nobody lives yet
 */
export function registryInMemory(
  loaded: LoadedPool,
  households: Iterable<readonly [Id, Home]>,
  on: Day,
  asOf: Date,
  room: readonly number[] = [],
): WholeRegistry {
  const homes = Array.from(households, ([id, { division, facts }]): Resident => ({ id, division, facts }))
  const empty = room.map(
    (lanes): HouseholdFacts => ({
      household: {},
      persons: Array.from({ length: lanes }, (_, i) => ({ key: String(i) })),
    }),
  )
  const registry = registryOf(loaded.pool, [...homes.map(({ facts }) => facts), ...empty])
  const townships = [...new Set(homes.map(({ division }) => townshipOf(division)))].sort()
  const number = new Map(townships.map((code, i) => [code, i]))
  const lanes = registry.first.at(-1) ?? 0
  const group = new Uint8Array(lanes).fill(noGroup)
  homes.forEach(({ facts }, household) =>
    facts.persons.forEach((person, i) => (group[(registry.first[household] as number) + i] = groupOf(person, on))),
  )
  const run = judgeAll(loaded.pool, registry, on)
  const others = new Map(empty.map((_, i) => [homes.length + i, undefined]))
  const inForce = others.size > 0 ? run.rescreen(others) : run.judgement
  return {
    loaded,
    registry,
    run,
    inForce,
    cost: costOf(inForce),
    homes: [...homes, ...empty.map(() => undefined)],
    households: homes.length,
    people: homes.reduce((sum, { facts }) => sum + facts.persons.length, 0),
    townships,
    township: Uint16Array.from({ length: registry.households }, (_, household) =>
      household < homes.length ? (number.get(townshipOf((homes[household] as Home).division)) as number) : 0,
    ),
    home: registry.householdOf.subarray(0, lanes),
    group,
    asOf,
    others,
  }
}

/** The same people judged by another pool, or on another day. */
export function judgedBy({ registry, others }: WholeRegistry, pool: Pool, on: Day): RegistryJudgement {
  const run = judgeAll(pool, registry, on)
  return others.size > 0 ? run.rescreen(others) : run.judgement
}

export const costOf = ({ policies }: RegistryJudgement): ReadonlyMap<string, number> =>
  new Map([...policies].map(([id, outcome]) => [id, yearlyCost(outcome)]))

export function groupOf(person: Readonly<Record<string, unknown>>, on: Day): number {
  const band = ageBand(person['birthDate'], on)
  return band === undefined ? noGroup : band * 2 + (person['hasDisabilityCertificate'] === true ? 1 : 0)
}

function ageBand(birthDate: unknown, on: Day): number | undefined {
  if (typeof birthDate !== 'string') return undefined
  const years = completedYears(birthDate as Day, on)
  return years < 18 ? 0 : years < 60 ? 1 : 2
}
