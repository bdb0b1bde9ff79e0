import { completedYears, type Day, type Id } from '@zhulian/kernel'
import {
  type HouseholdFacts,
  judgeAll,
  registryOf,
  type Registry,
  type RegistryJudgement,
  type RegistryRun,
} from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { factsOfMany, householdsTurning } from '../registry/index.ts'
import { entitlements } from './receipts.ts'

/**
 * The registry of a district in memory, in columns, for questions about all of it: loaded once, followed up with what was
 * written down since. It holds no names. Only who reaches the whole district may ask.
 */
export interface WholeRegistry {
  readonly loaded: LoadedPool
  readonly run: RegistryRun
  /** By the figures in force; `run.judgement` is what was tried last. */
  readonly inForce: RegistryJudgement
  readonly registry: Registry
  /** By lane of a household. */
  readonly ids: readonly Id[]
  readonly divisions: readonly string[]
  /** By lane of a person: the lane of the household. */
  readonly home: Int32Array
  /** By lane of a person: 0 under 18, 1 under 60, 2 older, 3 not known. */
  readonly age: Uint8Array
  readonly disabled: Uint8Array
  /** The facts are those of this moment. */
  readonly asOf: Date
  facts(lane: number): HouseholdFacts
}

export interface Home {
  readonly division: string
  readonly facts: HouseholdFacts
}

class Kept {
  readonly homes = new Map<Id, Home>()
  readonly versions = new Map<Id, number>()
  asOf = new Date(0)
  /** The day the facts are of: what speaks of a later day does not count yet. */
  on: Day | undefined
  /** How the registry stood when it was read last. */
  seen: string | undefined
  whole: WholeRegistry | undefined
  loading: Promise<void> | undefined
}
const kept = new Map<string, Kept>()
const atOnce = 1000

export async function wholeRegistry(ctx: Ctx): Promise<WholeRegistry> {
  let own = kept.get(ctx.district)
  if (!own) kept.set(ctx.district, (own = new Kept()))
  // One question loads, the others wait for it.
  await own.loading?.catch(() => undefined)
  const following = follow(ctx, own)
  own.loading = following
  await following.finally(() => {
    if (own.loading === following) own.loading = undefined
  })
  const loaded = await currentPool(ctx)
  const { whole } = own
  if (whole && whole.loaded === loaded && whole.run.on === ctx.today) return whole
  return (own.whole = registryInMemory(loaded, own.homes, ctx.today, own.asOf))
}

/** Reads households of which something was written down since, or whose facts the day brings, and forgets those that are gone. */
async function follow(ctx: Ctx, own: Kept): Promise<void> {
  const stand = await entitlements(ctx)
    .selectFrom('registry.v_household')
    .select(eb => [
      eb.fn.countAll<string>().as('count'),
      eb.fn.sum<string | null>('version').as('versions'),
      eb.fn.max('changed_at').as('newest'),
    ])
    .where('district', '=', ctx.district)
    .executeTakeFirstOrThrow()
  // Reading 17,000 rows for nothing took half of an answer's time.
  const seen = `${ctx.today} ${stand.count} ${stand.versions} ${stand.newest?.toISOString()}`
  if (own.seen === seen) {
    own.asOf = ctx.now
    return
  }
  const rows = await entitlements(ctx)
    .selectFrom('registry.v_household')
    .select(['id', 'version'])
    .where('district', '=', ctx.district)
    .execute()
  const turning =
    own.on === undefined || own.on === ctx.today
      ? []
      : await householdsTurning(ctx, own.on < ctx.today ? own.on : ctx.today, own.on < ctx.today ? ctx.today : own.on)
  const turned = new Set(turning)
  const stale = rows.filter(r => own.versions.get(r.id) !== r.version || turned.has(r.id))
  let changed = false
  if (rows.length !== own.homes.size || stale.some(r => !own.homes.has(r.id))) {
    const here = new Set(rows.map(r => r.id))
    for (const id of own.homes.keys())
      if (!here.has(id)) {
        own.homes.delete(id)
        own.versions.delete(id)
        changed = true
      }
  }
  for (let i = 0; i < stale.length; i += atOnce) {
    const ids = stale.slice(i, i + atOnce).map(r => r.id)
    for (const h of await factsOfMany(ctx, ids)) {
      own.versions.set(h.id, h.version)
      const before = own.homes.get(h.id)
      if (before?.division === h.division && JSON.stringify(before.facts) === JSON.stringify(h.facts)) continue
      own.homes.set(h.id, { division: h.division, facts: h.facts })
      changed = true
    }
  }
  own.on = ctx.today
  own.seen = seen
  own.asOf = ctx.now
  if (changed) own.whole = undefined
}

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
  const people = homes.reduce((n, [, { facts }]) => n + facts.persons.length, 0)
  const [home, age, disabled] = [new Int32Array(people), new Uint8Array(people), new Uint8Array(people)]
  let lane = 0
  homes.forEach(([, { facts }], household) => {
    for (const person of facts.persons) {
      home[lane] = household
      age[lane] = ageBand(person['birthDate'], on)
      disabled[lane] = person['hasDisabilityCertificate'] === true ? 1 : 0
      lane++
    }
  })
  const run = judgeAll(loaded.pool, registry, on)
  return {
    loaded,
    registry,
    run,
    inForce: run.judgement,
    ids: homes.map(([id]) => id),
    divisions: homes.map(([, { division }]) => division),
    home,
    age,
    disabled,
    asOf,
    facts: household => (homes[household] as (typeof homes)[number])[1].facts,
  }
}

function ageBand(birthDate: unknown, on: Day): number {
  if (typeof birthDate !== 'string') return 3
  const years = completedYears(birthDate as Day, on)
  return years < 18 ? 0 : years < 60 ? 1 : 2
}
