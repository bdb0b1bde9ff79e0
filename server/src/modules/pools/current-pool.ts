import type { PoolDocuments } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { tablesOf } from '../../platform/ctx.ts'
import { canonical } from './canonical.ts'
import { versionNotFound } from './contract.ts'
import { LoadedPool } from './loaded-pool.ts'
import type { PoolsTables } from './tables.ts'
import { part, together } from './version.ts'

const pools = tablesOf<PoolsTables>()

/** By version: what is named by its content may be kept as long as the process lives. Few are in use at a time. */
const kept = new Map<string, LoadedPool>()
/** The version in use, by district. */
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
 * The pool that results are judged with now.
 * @throws Error before any pool was ever loaded in this database
 */
export async function currentPool(ctx: Ctx): Promise<LoadedPool> {
  const id = inUse.get(ctx.district)
  const held = id === undefined ? undefined : kept.get(id)
  if (held) return held
  const newest = await pools(ctx)
    .selectFrom('pools.version')
    .select('id')
    .where('district', '=', ctx.district)
    .orderBy('loaded_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!newest) throw new Error('no pool was loaded: the modules were not opened')
  const loaded = await poolVersion(ctx, newest.id)
  inUse.set(ctx.district, loaded.id)
  return loaded
}

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

/** Stores what is new of a pool and puts it into use. Loading the same again changes nothing. */
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
  const db = pools(ctx)
  const known = await db
    .selectFrom('pools.version')
    .select('id')
    .where('district', '=', ctx.district)
    .orderBy('loaded_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (known?.id !== parted.id) {
    await db
      .insertInto('pools.document')
      .values(
        parted.documents.map(d => ({
          district: ctx.district,
          kind: d.kind,
          hash: d.hash,
          document: canonical(d.document),
          stored_at: ctx.now,
        })),
      )
      .onConflict(c => c.columns(['district', 'kind', 'hash']).doNothing())
      .execute()
    await db
      .insertInto('pools.version')
      .values({ district: ctx.district, id: parted.id, manifest: canonical(parted.manifest), loaded_at: ctx.now })
      .onConflict(c => c.columns(['district', 'id']).doNothing())
      .execute()
  }
  inUse.set(ctx.district, loaded.id)
  return keep(loaded)
}
