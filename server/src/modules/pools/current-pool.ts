import type { PoolDocuments } from '@zhulian/rules'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { tablesOf } from '../../platform/ctx.ts'
import { canonical } from './canonical.ts'
import { versionNotFound } from './contract.ts'
import { LoadedPool } from './loaded-pool.ts'
import type { PoolsTables } from './tables.ts'
import { part, together } from './version.ts'

export const pools = tablesOf<PoolsTables>()

/** By version: what is named by its content may be kept as long as the process lives. Few are in use at a time. */
const kept = new Map<string, LoadedPool>()
/** The version last seen in use, by district: it is kept longest. */
const inUse = new Map<string, string>()
const most = 12

function keep(loaded: LoadedPool): LoadedPool {
  kept.delete(loaded.id)
  kept.set(loaded.id, loaded)
  for (const id of kept.keys()) {
    if (kept.size <= most) break
    if (![...inUse.values()].includes(id)) kept.delete(id)
  }
  return loaded
}

/**
 * The pool that results are judged with now: what the last turn of use says, whichever process began it.
 * @throws Error before any pool was ever loaded in this database
 */
export async function currentPool(ctx: Ctx): Promise<LoadedPool> {
  const last = await lastUse(ctx)
  if (!last) throw new Error('no pool was loaded: the modules were not opened')
  const loaded = await poolVersion(ctx, last.version)
  inUse.set(ctx.district, loaded.id)
  return loaded
}

/** Since when the pool is what it is now. */
export async function poolInUseSince(ctx: Ctx): Promise<Date> {
  const last = await lastUse(ctx)
  if (!last) throw new Error('no pool was loaded: the modules were not opened')
  return last.since
}

/** Whoever is going to change which version is in use waits here for who does so now, and then reads what that left. */
export const changeInTurn = (ctx: Ctx) =>
  sql`select pg_advisory_xact_lock(hashtext(${`zhulian pools ${ctx.district}`}))`.execute(ctx.transaction)

export const lastUse = (ctx: Ctx) =>
  pools(ctx)
    .selectFrom('pools.use')
    .select(['turn', 'version', 'since'])
    .where('district', '=', ctx.district)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst()

/**
 * A stored version, as it was: the same documents give the same verdicts.
 * @throws versionNotFound for an id that was never stored here
 */
export async function poolVersion(ctx: Ctx, id: string): Promise<LoadedPool> {
  const held = kept.get(id)
  if (held) return keep(held)
  const version = await pools(ctx)
    .selectFrom('pools.version')
    .select('manifest')
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!version) throw versionNotFound({ id })
  const hashes = Object.values(version.manifest).flat()
  const rows = await pools(ctx)
    .selectFrom('pools.document')
    .select(['kind', 'hash', 'document'])
    .where('district', '=', ctx.district)
    .where('hash', 'in', hashes)
    .execute()
  const documents = new Map(rows.map(r => [`${r.kind} ${r.hash}`, r.document]))
  return keep(
    new LoadedPool(
      id,
      together(version.manifest, (kind, hash) => documents.get(`${kind} ${hash}`)),
    ),
  )
}

/** Stores what is new of a pool and puts it into use from now on. What is in use already stays, without a new turn. */
export async function usePool(ctx: Ctx, documents: PoolDocuments): Promise<LoadedPool> {
  const parted = part(documents)
  // Compiled from the stored form, so that what is judged now and what is replayed later are one thing.
  const found = new Map(
    parted.documents.map(d => [`${d.kind} ${d.hash}`, JSON.parse(canonical(d.document)) as unknown]),
  )
  const loaded =
    kept.get(parted.id) ??
    new LoadedPool(
      parted.id,
      together(parted.manifest, (kind, hash) => found.get(`${kind} ${hash}`)),
    )
  const last = await lastUse(ctx)
  if (last?.version === parted.id) return keep(loaded)
  await storeDocuments(ctx, parted.documents)
  await pools(ctx)
    .insertInto('pools.version')
    .values({ district: ctx.district, id: parted.id, manifest: canonical(parted.manifest), loaded_at: ctx.now })
    .onConflict(c => c.columns(['district', 'id']).doNothing())
    .execute()
  // Of two at once the turn lets one through; the other is told that something changed.
  await pools(ctx)
    .insertInto('pools.use')
    .values({ district: ctx.district, turn: (last?.turn ?? 0) + 1, version: parted.id, since: ctx.now })
    .execute()
  return keep(loaded)
}

/** Documents by the hash of what they say; those that are there stay as they are. */
export async function storeDocuments(
  ctx: Ctx,
  documents: readonly { readonly kind: string; readonly hash: string; readonly document: unknown }[],
): Promise<void> {
  if (documents.length === 0) return
  await pools(ctx)
    .insertInto('pools.document')
    .values(
      documents.map(d => ({
        district: ctx.district,
        kind: d.kind,
        hash: d.hash,
        document: canonical(d.document),
        stored_at: ctx.now,
      })),
    )
    .onConflict(c => c.columns(['district', 'kind', 'hash']).doNothing())
    .execute()
}

/** @returns what was stored under a hash, by hash */
export async function storedDocuments(
  ctx: Ctx,
  kind: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  if (hashes.length === 0) return new Map()
  const rows = await pools(ctx)
    .selectFrom('pools.document')
    .select(['hash', 'document'])
    .where('district', '=', ctx.district)
    .where('kind', '=', kind)
    .where('hash', 'in', hashes)
    .execute()
  return new Map(rows.map(row => [row.hash, row.document]))
}
