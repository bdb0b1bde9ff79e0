import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Day, Id } from '@zhulian/kernel'
import { Counting, priorsFrom, type Priors, type Shares } from '@zhulian/rules'
import { readConfig } from '../../platform/config.ts'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { factsOfMany } from '../registry/index.ts'
import type { GuidanceTables } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

let shares: Shares | undefined

/** How often conditions hold in the district, as its data folder says; without the file usual shares are taken. */
export async function openShares(): Promise<void> {
  const text = await readFile(path.join(readConfig().shippedDir, 'shares.json'), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  shares = text === undefined ? undefined : (JSON.parse(text) as Shares)
}

const bound = new WeakMap<LoadedPool, { readonly on: Day; readonly of: Shares; readonly priors: Priors }>()

export function priorsFor(loaded: LoadedPool, on: Day): Priors | undefined {
  if (!shares) return undefined
  const kept = bound.get(loaded)
  if (kept?.on === on && kept.of === shares) return kept.priors
  const priors = priorsFrom(loaded.pool, shares, on)
  bound.set(loaded, { on, of: shares, priors })
  return priors
}

const atOnce = 500

/** Counts over the whole registry in the actor's reach. Nothing is kept: what is to be used is written into the data folder. */
export async function learnShares(ctx: Ctx): Promise<{ readonly households: number; readonly shares: Shares }> {
  const counting = new Counting((await currentPool(ctx)).pool, ctx.today)
  const rows = await guidance(ctx)
    .selectFrom('registry.v_household')
    .select('id')
    .where('district', '=', ctx.district)
    .orderBy('id')
    .execute()
  const ids = rows.map(row => row.id as Id)
  for (let at = 0; at < ids.length; at += atOnce)
    for (const { facts } of await factsOfMany(ctx, ids.slice(at, at + atOnce))) counting.add(facts)
  return { households: ids.length, shares: counting.shares() }
}
