import { randomBytes } from 'node:crypto'
import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { sources } from '../sources/index.ts'
import { sourceNotFound } from './contract.ts'
import { keyHasEnded, keyNotFound, type sendingContract } from './sending-contract.ts'
import { deliveries } from './tables.ts'

export const secretColumn = 'feeds.sender_key.secret'

/** Those that count first, then the newest. */
export async function listKeys(ctx: Ctx) {
  const rows = await deliveries(ctx)
    .selectFrom('feeds.sender_key')
    .select(['id', 'source', 'sender', 'from_at', 'until_at', 'used_at'])
    .where('district', '=', ctx.district)
    .orderBy('source')
    .orderBy('from_at', 'desc')
    .execute()
  const items = rows.map(row => ({
    id: row.id,
    source: row.source,
    sourceName: sources.find(s => s.id === row.source)?.name ?? { zh: row.source, en: row.source },
    sender: row.sender,
    from: row.from_at.toISOString(),
    until: row.until_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null,
    isGood: row.until_at === null || row.until_at > ctx.now,
  }))
  return {
    items: items.toSorted((a, b) => Number(b.isGood) - Number(a.isGood)),
    sources: sources.map(({ id, code, name }) => ({ source: id, code, name })),
  }
}

/** Makes a key for a machine; its secret is told this once. */
export async function addKey(ctx: Ctx, { body }: InputOf<(typeof sendingContract)['POST /sender-keys']>) {
  if (!sources.some(s => s.id === body.source)) throw sourceNotFound()
  return await make(ctx, body.source, body.sender)
}

/** A new key beside the old one, which is good for some hours yet: the machine needs time to change over. */
export async function rotateKey(
  ctx: Ctx,
  { params, body }: InputOf<(typeof sendingContract)['POST /sender-keys/:keyId/rotate']>,
) {
  const key = await goodKey(ctx, params.keyId)
  const made = await make(ctx, key.source, key.sender)
  await endAt(ctx, key.id, new Date(ctx.now.getTime() + body.overlapHours * 3_600_000))
  return made
}

export async function endKey(ctx: Ctx, { params }: InputOf<(typeof sendingContract)['POST /sender-keys/:keyId/end']>) {
  const key = await goodKey(ctx, params.keyId)
  await endAt(ctx, key.id, ctx.now)
  return {}
}

async function make(ctx: Ctx, source: string, sender: string) {
  const [id, secret] = [newId(ctx.now.getTime()), randomBytes(32).toString('base64url')]
  await deliveries(ctx)
    .insertInto('feeds.sender_key')
    .values({
      district: ctx.district,
      id,
      source,
      sender,
      secret: ctx.crypto.seal(secretColumn, id, secret),
      from_at: ctx.now,
      until_at: null,
      created_at: ctx.now,
      created_by: ctx.actor.account,
    })
    .execute()
  ctx.because(`${source}: ${sender}`)
  return { id, secret }
}

async function goodKey(ctx: Ctx, id: Id) {
  const key = await deliveries(ctx)
    .selectFrom('feeds.sender_key')
    .select(['id', 'source', 'sender', 'until_at'])
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!key) throw keyNotFound()
  if (key.until_at && key.until_at <= ctx.now) throw keyHasEnded()
  ctx.because(`${key.source}: ${key.sender}`)
  return key
}

async function endAt(ctx: Ctx, id: Id, at: Date): Promise<void> {
  await deliveries(ctx)
    .updateTable('feeds.sender_key')
    .set({ until_at: at, ended_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .execute()
}
