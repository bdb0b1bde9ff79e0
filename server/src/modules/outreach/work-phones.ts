import type { DivisionCode, Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { openMark, sealMark } from '../../platform/page-mark.ts'
import { asDoorkeeper, listWorkersUnder, namesOf, signOutEverywhere } from '../identity/index.ts'
import { shown } from './devices.ts'
import { outreach } from './kept-case.ts'
import { deviceNotFound, type visitsContract } from './visits-contract.ts'

type Input<K extends keyof typeof visitsContract> = InputOf<(typeof visitsContract)[K]>

const dayMs = 86_400_000
const pages = 'outreach.device.page'

/** Whose telephones who asks looks after: of those who work under them; undefined: everybody's. */
async function owners(ctx: Ctx): Promise<readonly Id[] | undefined> {
  if (ctx.actor.role === 'admin') return undefined
  const workers = await listWorkersUnder(ctx, ctx.actor.scope as DivisionCode, ['guide', 'townshipClerk'])
  return [...new Set(workers.map(w => w.account))]
}

const ofOwners = (whose: readonly Id[] | undefined) =>
  whose === undefined ? sql<boolean>`true` : sql<boolean>`account_id = any(${whose}::uuid[])`

/** A row of a telephone lies in no division: whose it is says who may see it. */
export async function listPhones(ctx: Ctx, { query }: Input<'GET /work-phones'>) {
  const whose = await owners(ctx)
  const after = query.after === undefined ? undefined : openMark(ctx, pages, query.state, query.after)
  const rows = await asDoorkeeper(ctx, async () => {
    let found = outreach(ctx)
      .selectFrom('outreach.device')
      .selectAll()
      .where('district', '=', ctx.district)
      .where(ofOwners(whose))
      .where('revoked_at', query.state === 'inUse' ? 'is' : 'is not', null)
    if (after)
      found = found.where(sql<boolean>`(seen_at, id) < (${new Date(after.key)}::timestamptz, ${after.id}::uuid)`)
    return await found
      .orderBy('seen_at', 'desc')
      .orderBy('id', 'desc')
      .limit(query.limit + 1)
      .execute()
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const names = await namesOf(ctx, [
    ...new Set(page.flatMap(r => [r.account_id, ...(r.revoked_by ? [r.revoked_by] : [])])),
  ])
  return {
    items: page.map(row => ({
      ...shown(row),
      owner: { id: row.account_id, name: names.get(row.account_id) ?? '' },
      daysSilent: Math.floor((ctx.now.getTime() - row.seen_at.getTime()) / dayMs),
      revokedBy: row.revoked_by ? (names.get(row.revoked_by) ?? '') : null,
    })),
    // When it was seen then: a telephone that is in touch meanwhile moves to the top.
    next:
      rows.length > query.limit && last
        ? sealMark(ctx, pages, { sort: query.state, key: last.seen_at.getTime(), id: last.id })
        : null,
  }
}

/** Whoever has a lost one in the hand is signed out at once, wherever its owner was signed in. */
export async function revokePhone(ctx: Ctx, { params, body }: Input<'POST /work-phones/:deviceId/revoke'>) {
  const whose = await owners(ctx)
  const row = await asDoorkeeper(ctx, () =>
    outreach(ctx)
      .updateTable('outreach.device')
      .set({ revoked_at: ctx.now, revoked_by: ctx.actor.account })
      .where('district', '=', ctx.district)
      .where('id', '=', params.deviceId)
      .where(ofOwners(whose))
      .where('revoked_at', 'is', null)
      .returning('account_id')
      .executeTakeFirst(),
  )
  if (!row) throw deviceNotFound()
  ctx.about({ kind: 'account', id: row.account_id })
  ctx.because(body.reason)
  if (body.reason === 'lost') await signOutEverywhere(ctx, row.account_id)
  ctx.tell({ name: 'outreach.deviceRevoked', to: { account: row.account_id }, id: params.deviceId })
  return { id: params.deviceId }
}
