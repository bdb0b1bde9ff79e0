import type { Day, Id } from '@zhulian/kernel'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Ctx } from '../../platform/ctx.ts'
import { undisturbed } from '../../platform/give-way.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { factsOfMany, householdsTurning, placesOf } from '../registry/index.ts'
import type { CountedDraft, Drafted } from './count-drafted.ts'
import type { CountedFalls } from './count-falls.ts'
import type { Counted } from './count-tried.ts'
import { entitlements } from './receipts.ts'
import { openThread, type RegistryThread } from './open-thread.ts'
import type { Question } from './registry-thread.ts'
import { type Home, registryInMemory, type WholeRegistry } from './whole-registry.ts'

class Kept {
  readonly homes = new Map<Id, Home>()
  readonly versions = new Map<Id, number>()
  asOf = new Date(0)
  /** The day the facts are of: what speaks of a later day does not count yet. */
  on: Day | undefined
  /** How the registry stood when it was read last. */
  seen: string | undefined
  newest: Date | undefined
  whole: WholeRegistry | undefined
  loading: Promise<void> | undefined
  /** Households there are, while they are read for the first time. */
  toRead = 0
  /** What the thread has not been told yet: changed, and gone. */
  readonly untold = { homes: new Set<Id>(), gone: new Set<Id>() }
  thread: RegistryThread | undefined
  told: LoadedPool | undefined
  remembered: Remembered | undefined
}
const kept = new Map<string, Kept>()
/** Few enough that others are answered between two. */
const atOnce = 250

/**
 * The registry of a district in the memory of this process: loaded once, followed up with what was written down since. Only
 * who reaches the whole district may ask.
 */
export async function wholeRegistry(ctx: Ctx): Promise<WholeRegistry> {
  const own = await followed(ctx)
  const loaded = await currentPool(ctx)
  const { whole } = own
  if (whole && whole.loaded === loaded && whole.run.on === ctx.today) return whole
  return (own.whole = registryInMemory(loaded, own.homes, ctx.today, own.asOf))
}

async function followed(ctx: Ctx): Promise<Kept> {
  let own = kept.get(ctx.district)
  if (!own) kept.set(ctx.district, (own = new Kept()))
  // One question loads, the others wait for it.
  await own.loading?.catch(() => undefined)
  const following = follow(ctx, own)
  own.loading = following
  await following.finally(() => {
    own.toRead = 0
    if (own.loading === following) own.loading = undefined
  })
  return own
}

/** How far the first reading is; undefined while nothing is being read. */
export function reading(ctx: Ctx): { readonly read: number; readonly of: number } | undefined {
  const own = kept.get(ctx.district)
  return own && own.toRead > 0 ? { read: own.homes.size, of: own.toRead } : undefined
}

/** What other figures are tried on, in the thread of the registry, and of which moment it is. */
export interface Remembered {
  readonly loaded: LoadedPool
  /** Names by code. */
  readonly townships: ReadonlyMap<string, string>
  readonly asOf: Date
  readonly on: Day
  readonly ready: () => Promise<void>
  readonly tryFigures: (figures: Question['figures']) => Promise<Counted>
  readonly countFalls: (figures: Question['figures']) => Promise<CountedFalls>
  /** A number of problems where the draft cannot be read. */
  readonly tryDraft: (draft: Drafted) => Promise<CountedDraft | number>
}

/** How long nobody looks again whether something was written down: a hand on a slider asks ten times a second. */
const lookAgainMs = 3_000

export async function remembered(ctx: Ctx): Promise<Remembered> {
  const last = kept.get(ctx.district)?.remembered
  if (last?.on === ctx.today && Math.abs(ctx.now.getTime() - last.asOf.getTime()) < lookAgainMs) return last
  const own = await followed(ctx)
  const loaded = await currentPool(ctx)
  const places = await placesOf(ctx)
  const thread = await tellThread(own, loaded)
  const townships = new Map(
    [...places].flatMap(([code, { township }]) => (code.length === 12 ? [[code.slice(0, 9), township] as const] : [])),
  )
  const [on, asOf] = [ctx.today, own.asOf]
  return (own.remembered = {
    loaded,
    townships,
    asOf,
    on,
    ready: () => thread.ask<void>({ what: 'ready', on, asOf, figures: {} }),
    tryFigures: figures => undisturbed(() => thread.ask<Counted>({ what: 'figures', on, asOf, figures })),
    countFalls: figures => thread.ask<CountedFalls>({ what: 'falls', on, asOf, figures }),
    tryDraft: draft => thread.ask<CountedDraft | number>({ what: 'draft', on, asOf, figures: {}, draft }),
  })
}

/** Gives the thread what it does not know yet; one that has ended is begun anew. */
async function tellThread(own: Kept, loaded: LoadedPool): Promise<RegistryThread> {
  const { untold } = own
  if (!own.thread || own.thread.ended) {
    own.thread = openThread(() => (own.remembered = undefined))
    own.told = undefined
    for (const id of own.homes.keys()) untold.homes.add(id)
  }
  const { thread } = own
  if (own.told !== loaded) {
    own.told = loaded
    thread.give({ pool: { id: loaded.id, documents: loaded.documents } })
  }
  const gone = [...untold.gone]
  untold.gone.clear()
  if (gone.length > 0) thread.give({ put: [], gone })
  while (untold.homes.size > 0) {
    const ids = [...untold.homes].slice(0, atOnce)
    for (const id of ids) untold.homes.delete(id)
    const put = ids.flatMap(id => {
      const home = own.homes.get(id)
      return home ? [{ id, division: home.division, facts: home.facts }] : []
    })
    thread.give({ put, gone: [] })
    await breathe()
  }
  return thread
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
  const later = await writtenLater(ctx, own, stand)
  const here = later ?? (await versions(ctx))
  const turned =
    own.on === undefined || own.on === ctx.today
      ? []
      : await householdsTurning(ctx, own.on < ctx.today ? own.on : ctx.today, own.on < ctx.today ? ctx.today : own.on)
  const stale = new Set([...here].filter(([id, version]) => own.versions.get(id) !== version).map(([id]) => id))
  for (const id of turned) if (own.versions.has(id)) stale.add(id)
  if (own.homes.size === 0) own.toRead = here.size
  let changed = false
  if (!later)
    for (const id of own.homes.keys())
      if (!here.has(id)) {
        own.homes.delete(id)
        own.versions.delete(id)
        stale.delete(id)
        own.untold.gone.add(id)
        changed = true
      }
  const toRead = [...stale]
  for (let i = 0; i < toRead.length; i += atOnce) {
    const ids = toRead.slice(i, i + atOnce)
    for (const h of await factsOfMany(ctx, ids)) {
      own.versions.set(h.id, h.version)
      const before = own.homes.get(h.id)
      if (before?.division === h.division && JSON.stringify(before.facts) === JSON.stringify(h.facts)) continue
      own.homes.set(h.id, { division: h.division, facts: h.facts })
      own.untold.homes.add(h.id)
      changed = true
    }
  }
  own.on = ctx.today
  own.seen = seen
  own.newest = stand.newest ?? undefined
  own.asOf = ctx.now
  if (changed) own.whole = undefined
}

const versions = async (ctx: Ctx, since?: Date): Promise<Map<Id, number>> => {
  let all = entitlements(ctx)
    .selectFrom('registry.v_household')
    .select(['id', 'version'])
    .where('district', '=', ctx.district)
  if (since) all = all.where('changed_at', '>=', since)
  return new Map((await all.execute()).map(row => [row.id, row.version]))
}

/** What is written down bears the moment at which its transaction began; none takes longer than this. */
const slackMs = 10 * 60_000

/**
 * Households written down lately, by id; undefined where they do not account for how the registry stands, because somebody
 * is gone or something older came to light.
 */
async function writtenLater(
  ctx: Ctx,
  own: Kept,
  stand: { readonly count: string; readonly versions: string | null },
): Promise<ReadonlyMap<Id, number> | undefined> {
  if (!own.newest || own.on !== ctx.today) return undefined
  const later = await versions(ctx, new Date(own.newest.getTime() - slackMs))
  const after = new Map([...own.versions, ...later])
  const sum = [...after.values()].reduce((a, b) => a + b, 0)
  return after.size === Number(stand.count) && sum === Number(stand.versions) ? later : undefined
}

/** Reads what is not in memory yet and judges it by the figures in force, before anybody asks. */
export const remember = async (ctx: Ctx): Promise<void> => await (await remembered(ctx)).ready()
