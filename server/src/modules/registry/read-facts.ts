import type { Day, Id } from '@zhulian/kernel'
import type { HouseholdFacts, PersonFacts } from '@zhulian/rules'
import { type FactsInText, nested } from './facts-of.ts'
import type { Source } from './tables.ts'
import { valueThatCounts } from './which-value.ts'

/** What a judgement of everybody needs of a household. */
export interface ReadHousehold {
  readonly id: Id
  readonly division: string
  readonly version: number
  readonly facts: HouseholdFacts
}

type HouseholdInText = readonly [id: Id, division: string, version: number]
type MemberInText = readonly [household: Id, id: Id, birthDate: Day | null, sex: string | null, relation: string]
type SaidInText = readonly [
  of: Id,
  source: Source,
  origin: string,
  asOf: Day,
  recordedAt: number,
  facts: Readonly<Record<string, unknown>>,
]

/** The same facts that `factsOfMany` gives, from text: no database, no names, no rivals. */
export function readFacts(text: FactsInText): ReadHousehold[] {
  const members = Map.groupBy(JSON.parse(text.members) as MemberInText[], ([household]) => household)
  const merged = new Map(JSON.parse(text.merged) as [Id, Id][])
  const said = Map.groupBy(JSON.parse(text.said) as SaidInText[], ([of]) => merged.get(of) ?? of)
  return (JSON.parse(text.households) as HouseholdInText[]).map(([id, division, version]) => ({
    id,
    division,
    version,
    facts: {
      household: { divisionCode: division, ...nested(valuesOf(said.get(id))) },
      persons: (members.get(id) ?? []).map(([, key, birthDate, sex, relationToHead]): PersonFacts => {
        const identity = { ...(birthDate !== null && { birthDate }), ...(sex !== null && { sex }), relationToHead }
        return { key, ...nested({ ...valuesOf(said.get(key)), ...identity }) }
      }),
    },
  }))
}

/** By fact, which value counts. Most were said by one alone. */
function valuesOf(said: readonly SaidInText[] = []): Record<string, unknown> {
  if (said.length === 1) return (said[0] as SaidInText)[5] as Record<string, unknown>
  const values: Record<string, unknown> = {}
  const disputed = new Set<string>()
  for (const [, , , , , facts] of said)
    for (const fact in facts) {
      if (Object.hasOwn(values, fact)) disputed.add(fact)
      else values[fact] = facts[fact]
    }
  for (const fact of disputed) {
    const all = said.filter(one => Object.hasOwn(one[5], fact))
    const weighed = all.map(([, source, origin, asOf, recordedAt, facts]) => ({
      value: facts[fact],
      source,
      origin,
      asOf,
      recordedAt: new Date(recordedAt),
    }))
    values[fact] = valueThatCounts(fact, weighed)
  }
  return values
}
