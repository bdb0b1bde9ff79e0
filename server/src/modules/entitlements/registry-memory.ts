import type { Day, Id } from '@zhulian/kernel'
import { Worker } from 'node:worker_threads'
import type { FieldCrypto } from '../../platform/crypto.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { giveWay, undisturbed } from '../../platform/give-way.ts'
import { overWorker, type Thread, type Watch } from '../../platform/thread.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { factsInText, householdsTurning, placesOf } from '../registry/index.ts'
import type { CountedDraft, Drafted } from './count-drafted.ts'
import type { CountedRaised, DraftedAlerts } from './count-raised.ts'
import type { CountedFalls } from './count-falls.ts'
import type { Counted } from './count-tried.ts'
import { entitlements } from './receipts.ts'
import type { Differing, WhatIsKept } from './find-differing.ts'
import type { Question, Told } from './registry-thread.ts'

type RegistryThread = Thread<Told, Question>

class Kept {
  /** What the thread was told of, by household. */
  readonly versions = new Map<Id, number>()
  asOf = new Date(0)
  /** When somebody asked last. */
  askedAt = new Date(0)
  /** The day the facts are of: what speaks of a later day does not count yet. */
  on: Day | undefined
  /** How the registry stood when it was read last. */
  seen: string | undefined
  newest: Date | undefined
  loading: Promise<void> | undefined
  /** Households there are, while they are read for the first time. */
  toRead = 0
  /** People who wait for what is being read. */
  waiting = 0
  thread: RegistryThread | undefined
  told: LoadedPool | undefined
  remembered: Remembered | undefined
}
/** By installation: of two houses in one process none answers for the other. */
const kept = new WeakMap<FieldCrypto, Kept>()
/** Few enough that others are answered between two. */
const atOnce = 250

/** The thread of the registry, told of everybody as it is now. One that has ended is begun anew. */
async function followed(ctx: Ctx, signal?: AbortSignal): Promise<Kept & { readonly thread: RegistryThread }> {
  let own = kept.get(ctx.crypto)
  if (!own) kept.set(ctx.crypto, (own = new Kept()))
  const isAwaited = ctx.actor.role !== 'machine'
  if (isAwaited) own.waiting += 1
  try {
    // One after the other: two that read at once could leave what is older in the thread.
    const following = followAfter(own.loading, ctx, own, signal)
    own.loading = following
    await following.finally(() => {
      own.toRead = 0
      if (own.loading === following) own.loading = undefined
    })
    return own as Kept & { readonly thread: RegistryThread }
  } finally {
    if (isAwaited) own.waiting -= 1
  }
}

async function followAfter(
  before: Promise<void> | undefined,
  ctx: Ctx,
  own: Kept,
  signal: AbortSignal | undefined,
): Promise<void> {
  await before?.catch(() => undefined)
  signal?.throwIfAborted()
  if (!own.thread || own.thread.ended) begin(own)
  await follow(ctx, own, own.thread as RegistryThread, signal)
}

function begin(own: Kept): void {
  const worker = new Worker(new URL('./registry-thread.ts', import.meta.url))
  own.thread = overWorker(worker, () => (own.remembered = undefined))
  own.versions.clear()
  own.on = own.seen = own.newest = own.told = undefined
}

/** How far the first reading is; undefined while nothing is being read. */
export function reading(ctx: Ctx): { readonly read: number; readonly of: number } | undefined {
  const own = kept.get(ctx.crypto)
  return own && own.toRead > 0 ? { read: own.versions.size, of: own.toRead } : undefined
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
  readonly tryDraft: (draft: Drafted, watch?: Watch) => Promise<CountedDraft | number>
  /** As {@link tryDraft}. */
  readonly countRaised: (alerts: DraftedAlerts, watch?: Watch) => Promise<CountedRaised | number>
  readonly findDiffering: (kept: WhatIsKept) => Promise<Differing>
}

/** How long nobody looks again whether something was written down: a hand on a slider asks ten times a second. */
const lookAgainMs = 3_000

/** @param signal calls a reading off between two parts of it; what was read is kept for whoever asks next */
export async function remembered(ctx: Ctx, signal?: AbortSignal): Promise<Remembered> {
  const own = kept.get(ctx.crypto)
  const last = own?.remembered
  if (own) own.askedAt = ctx.now
  if (last?.on === ctx.today && Math.abs(ctx.now.getTime() - last.asOf.getTime()) < lookAgainMs) return last
  return await lookAgain(ctx, signal)
}

/** As {@link remembered}, with whatever was written down and published until now. */
export async function lookAgain(ctx: Ctx, signal?: AbortSignal): Promise<Remembered> {
  const own = await followed(ctx, signal)
  own.askedAt = ctx.now
  return await inStep(ctx, own)
}

async function inStep(ctx: Ctx, own: Awaited<ReturnType<typeof followed>>): Promise<Remembered> {
  const { thread } = own
  const loaded = await currentPool(ctx)
  const places = await placesOf(ctx)
  if (own.told !== loaded) {
    own.told = loaded
    thread.give({ pool: { id: loaded.id, documents: loaded.documents } })
  }
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
    tryDraft: (draft, watch) =>
      thread.ask<CountedDraft | number>({ what: 'draft', on, asOf, figures: {}, draft }, watch),
    countRaised: (alerts, watch) =>
      thread.ask<CountedRaised | number>({ what: 'raised', on, asOf, figures: {}, alerts }, watch),
    findDiffering: isKept => thread.ask<Differing>({ what: 'differing', on, asOf, figures: {}, isKept }),
  })
}

/** Reads households of which something was written down since, or whose facts the day brings, and forgets those that are gone. */
async function follow(ctx: Ctx, own: Kept, thread: RegistryThread, signal?: AbortSignal): Promise<void> {
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
  if (own.versions.size === 0) own.toRead = here.size
  own.on ??= ctx.today
  const gone = later ? [] : [...own.versions.keys()].filter(id => !here.has(id))
  for (const id of gone) {
    own.versions.delete(id)
    stale.delete(id)
  }
  if (gone.length > 0) thread.give({ gone })
  const toRead = [...stale]
  for (let i = 0; i < toRead.length; i += atOnce) {
    signal?.throwIfAborted()
    if (own.waiting === 0) await giveWay(ctx)
    const ids = toRead.slice(i, i + atOnce)
    thread.give({ facts: await factsInText(ctx, ids) })
    for (const id of ids) own.versions.set(id, here.get(id) ?? (own.versions.get(id) as number))
  }
  own.on = ctx.today
  own.seen = seen
  own.newest = stand.newest ?? undefined
  own.asOf = ctx.now
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

/** Nobody has asked for so long: half a gigabyte at 42,000 people is read again, in seconds, for whoever asks next. */
const letGoMs = 30 * 60_000

/** Keeps up what people are asking about, so that their next question waits for nothing, and lets go of what nobody asks about. */
export async function keepInStep(ctx: Ctx): Promise<void> {
  const own = kept.get(ctx.crypto)
  if (!own?.thread || own.thread.ended) return
  if (ctx.now.getTime() - own.askedAt.getTime() >= letGoMs && !own.loading) return await own.thread.end()
  await (await inStep(ctx, await followed(ctx))).ready()
}

/** When its house is closed. */
export async function forgetRegistry({ crypto }: { readonly crypto: FieldCrypto }): Promise<void> {
  const own = kept.get(crypto)
  kept.delete(crypto)
  await own?.thread?.end()
}
