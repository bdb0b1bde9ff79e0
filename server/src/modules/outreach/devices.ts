import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../platform/ctx.ts'
import { asDoorkeeper, isAtWork } from '../identity/index.ts'
import { outreach } from './kept-case.ts'
import type { DeviceRow } from './tables.ts'
import { deviceNotFound, deviceNotYours, type visitsContract } from './visits-contract.ts'

type Input<K extends keyof typeof visitsContract> = InputOf<(typeof visitsContract)[K]>

const hashOf = (secret: string) => createHash('sha256').update(secret).digest()

export async function registerDevice(ctx: Ctx, { body }: Input<'POST /devices'>) {
  const id = newId(ctx.now.getTime())
  const secret = randomBytes(32).toString('base64url')
  await outreach(ctx)
    .insertInto('outreach.device')
    .values({
      district: ctx.district,
      id,
      account_id: ctx.actor.account,
      name: body.name,
      secret_hash: hashOf(secret),
      registered_at: ctx.now,
      seen_at: ctx.now,
      revoked_at: null,
      revoked_by: null,
    })
    .execute()
  return { id, secret }
}

/** The telephone of who asks, noted as seen. @throws deviceNotYours */
export async function useDevice(ctx: Ctx, id: Id): Promise<void> {
  const used = await outreach(ctx)
    .updateTable('outreach.device')
    .set({ seen_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('account_id', '=', ctx.actor.account)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (used.numUpdatedRows !== 1n) throw deviceNotYours()
}

export async function listDevices(ctx: Ctx, { query }: Input<'GET /devices'>) {
  const account = query.account ?? ctx.actor.account
  if (query.account) ctx.about({ kind: 'account', id: account })
  const rows = await outreach(ctx)
    .selectFrom('outreach.device')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('account_id', '=', account)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return { items: rows.map(shown) }
}

export const shown = (row: DeviceRow) => ({
  id: row.id,
  name: row.name,
  registeredAt: row.registered_at.toISOString(),
  seenAt: row.seen_at.toISOString(),
  revokedAt: row.revoked_at?.toISOString() ?? null,
})

/** One's own, or as administrator anybody's. Row-level security says which. */
export async function revokeDevice(ctx: Ctx, { params }: Input<'DELETE /devices/:deviceId'>) {
  const row = await outreach(ctx)
    .updateTable('outreach.device')
    .set({ revoked_at: ctx.now, revoked_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('id', '=', params.deviceId)
    .where('revoked_at', 'is', null)
    .returning('account_id')
    .executeTakeFirst()
  if (!row) throw deviceNotFound()
  ctx.about({ kind: 'account', id: row.account_id })
  ctx.tell({ name: 'outreach.deviceRevoked', to: { account: row.account_id }, id: params.deviceId })
  return { id: params.deviceId }
}

/** Whether a telephone may keep what it has. An unknown one may not; nothing else is told to who has not its secret. */
export async function checkDevice(ctx: Ctx, { params, body }: Input<'POST /devices/:deviceId/standing'>) {
  return await asDoorkeeper(ctx, async () => {
    const row = await outreach(ctx)
      .selectFrom('outreach.device')
      .select(['account_id', 'secret_hash', 'revoked_at'])
      .where('district', '=', ctx.district)
      .where('id', '=', params.deviceId)
      .executeTakeFirst()
    const knows = row !== undefined && timingSafeEqual(row.secret_hash, hashOf(body.secret))
    return { stands: knows && row.revoked_at === null && (await isAtWork(ctx, row.account_id)) }
  })
}
