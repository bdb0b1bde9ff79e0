import { isId, Refusal, type Day, type Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import type { LoadedPool } from '../pools/index.ts'
import { factsOf, type KnownFact, type KnownMember } from '../registry/index.ts'
import { faultOf } from './check-answer.ts'
import { householdNotReachable } from './contract.ts'
import { type FactSource, freshKeys, keyOf, type Member, type Value } from './interview.ts'

export interface KnownFamily {
  readonly name: string
  readonly division: string
  readonly members: readonly Member[]
  /** By question key. */
  readonly facts: Readonly<Record<string, Value>>
  readonly sources: Readonly<Record<string, FactSource>>
}

/** Comes with the roster, or is not asked of anybody. */
const notConfirmed = new Set([
  'person.birthDate',
  'person.sex',
  'person.relationToHead',
  'person.alive',
  'person.name',
  'person.idNumber',
])

/**
 * What the registry knows of a family, as an interview can confirm it.
 * @throws householdNotReachable for one that is not there or not in the actor's reach
 */
export async function knownOf(ctx: Ctx, loaded: LoadedPool, household: Id): Promise<KnownFamily> {
  const family = await factsOf(ctx, household).catch((error: unknown) => {
    throw error instanceof Refusal && error.kind.status === 404 ? householdNotReachable() : error
  })
  const living = family.members.filter(m => m.facts['alive']?.value !== false)
  const keys = freshKeys(new Set(), living.length)
  const members = living.map((m, i) => memberOf(m, keys[i] as string))
  const names = members.map(m => m.key)
  const facts: Record<string, Value> = {}
  const sources: Record<string, FactSource> = {}
  const add = (owner: 'household' | 'person', key: string | undefined, known: Readonly<Record<string, KnownFact>>) => {
    for (const [short, { value, source, origin, asOf }] of Object.entries(known)) {
      const name = `${owner}.${short}`
      const fact = loaded.fact(name)
      if (!fact?.question || fact.ask === 'never' || notConfirmed.has(name) || !loaded.used.has(name)) continue
      // The registry names people by id; a list that names somebody is asked anew.
      if (
        value === undefined ||
        JSON.stringify(value)
          .match(/[0-9a-f-]{36}/)
          ?.some(isId)
      )
        continue
      if (faultOf(fact, value as Value, ctx.today, names) !== undefined) continue
      facts[keyOf(name, key)] = value as Value
      sources[keyOf(name, key)] = { source, origin, asOf }
    }
  }
  add('household', undefined, family.known)
  living.forEach((m, i) => add('person', keys[i], m.facts))
  return { name: living[0]?.name ?? '这户人家', division: family.division, members, facts, sources }
}

const memberOf = (m: KnownMember, key: string): Member => ({
  key,
  callName: m.name,
  relation: m.relation,
  birthDate: m.birthDate as Day | null,
  sex: m.sex,
  self: false,
})
