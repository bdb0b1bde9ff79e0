import { type Id, maskName } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { openMark, sealMark } from '../../platform/page-mark.ts'
import { namesOf } from '../identity/index.ts'
import { placesOf } from './divisions.ts'
import { type PairRow, waitingPairs } from './pair-row.ts'
import type { pairsContract } from './pairs-contract.ts'
import { addressOf } from './people-index.ts'
import type { PairState } from './tables.ts'

const listed = 'registry.pair_review.page'

export async function listPairs(ctx: Ctx, { query }: InputOf<(typeof pairsContract)['GET /pairs']>) {
  const { state, limit, after } = query
  const from = after === undefined ? undefined : openMark(ctx, listed, state, after)
  const key = state === 'open' ? sql`p.probability` : sql`extract(epoch from p.decided_at)`
  const beyond = from ? sql`(${key}, p.id) < (${from.key}::double precision, ${from.id}::uuid)` : sql`true`
  const { rows } = await sql<PairRow & { name: string; place: string; sort_key: number }>`
    select p.*, n.name, n.division as place, (${key})::double precision as sort_key from registry.pair_review p
    join registry.person_shown n on n.district = p.district and n.id = p.person_id
    where p.district = ${ctx.district} and p.state = ${state} and p.division >= ${ctx.actor.scope ?? '-'}
      and p.division < ${`${ctx.actor.scope ?? '-'}:`} and ${beyond}
    order by ${key} desc, p.id desc limit ${limit + 1}`.execute(ctx.transaction)
  const places = await placesOf(ctx)
  const names = await namesOf(
    ctx,
    rows.flatMap(r => (r.decided_by ? [r.decided_by] : [])),
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(row => lineOf(row, row.name, addressOf(places, row.place), names)),
    next: last ? sealMark(ctx, listed, { sort: state, key: last.sort_key, id: last.id }) : null,
    waiting: await waitingPairs(ctx),
  }
}

export const lineOf = (row: PairRow, name: string, place: string, names: ReadonlyMap<Id, string>) => ({
  id: row.id,
  source: row.delivery_id ? ('delivery' as const) : ('registry' as const),
  person: maskName(name),
  place,
  probability: row.probability,
  reason: row.reason as 'ambiguous' | null,
  state: row.state as Exclude<PairState, 'withdrawn'>,
  raisedAt: row.raised_at.toISOString(),
  decidedAt: row.decided_at?.toISOString() ?? null,
  decidedBy: row.decided_by ? (names.get(row.decided_by) ?? '') : null,
})
