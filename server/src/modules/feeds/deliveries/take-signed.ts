import { createHash, randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isId, type Id } from '@zhulian/kernel'
import { daySchema, type InputOf, z } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { parseStrictJson } from '../../../platform/http/json.ts'
import { isSignedWith, type SignedBody } from '../../../platform/signed-body.ts'
import { asMachine } from './as-machine.ts'
import { findDelivery } from './kept-delivery.ts'
import { secretColumn } from './sender-keys.ts'
import {
  clockOff,
  envelopeWrong,
  keyEnded,
  replayed,
  type sendingContract,
  signatureWrong,
} from './sending-contract.ts'
import { takeDelivery } from './take-delivery.ts'
import { deliveries } from './tables.ts'

const windowMs = 5 * 60_000
const mostRecords = 50_000

/** Takes in what a machine of a bureau sends. Nothing of it is read before its signature, its key, its time and its nonce are good. */
export async function takeSigned(
  ctx: Ctx,
  {
    params,
    signed,
  }: InputOf<(typeof sendingContract)['POST /deliveries/signed/:source']> & { readonly signed: SignedBody },
) {
  return await asMachine(ctx, async machine => {
    const key = await keyThatSigned(machine, params.source, signed)
    const envelope = readEnvelope(signed.bytes, params.source)
    ctx.because(`由“${key.sender}”签名送来`)
    const file = path.join(tmpdir(), `zhulian-incoming-${process.pid}-${randomUUID()}`)
    try {
      await writeFile(file, signed.bytes, { mode: 0o600, flag: 'wx' })
      const { id, isAgain } = await takeDelivery(
        machine,
        {
          path: file,
          name: `${envelope.batchId}.json`,
          type: 'application/json',
          bytes: signed.bytes.length,
          digest: createHash('sha256')
            .update(JSON.stringify([envelope.asOfDate, envelope.records]))
            .digest('hex'),
          kind: 'json',
        },
        {
          source: params.source,
          asOf: envelope.asOfDate,
          sent: { key: key.id, sender: key.sender, as: envelope.batchId },
        },
      )
      await deliveries(machine)
        .updateTable('feeds.sender_key')
        .set({ used_at: machine.now })
        .where('district', '=', machine.district)
        .where('id', '=', key.id)
        .execute()
      const { state, rows } = await findDelivery(machine, id)
      return { id, state, rows, isAgain }
    } finally {
      await rm(file, { force: true })
    }
  })
}

/** A secret nobody has, so that an unknown key takes as long as a wrong one. */
const nobodysSecret = randomUUID()

/** Only who holds a key is told more than that the signature does not fit. */
async function keyThatSigned(ctx: Ctx, source: string, signed: SignedBody) {
  const key = isId(signed.key) ? await findKey(ctx, signed.key, source) : undefined
  const secret = key ? ctx.crypto.open(secretColumn, key.id, key.secret) : nobodysSecret
  if (!isSignedWith(secret, signed) || !key) throw signatureWrong()
  if (key.until_at && key.until_at <= ctx.now) throw keyEnded({ until: instantIn(key.until_at) })
  const off = Number(signed.at) * 1000 - ctx.now.getTime()
  if (Math.abs(off) > windowMs) throw clockOff({ seconds: Math.round(off / 1000) })
  const { numInsertedOrUpdatedRows } = await deliveries(ctx)
    .insertInto('feeds.nonce')
    .values({ district: ctx.district, key_id: key.id, nonce: signed.nonce, at: ctx.now })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) throw replayed()
  return key
}

const findKey = async (ctx: Ctx, id: Id, source: string) =>
  await deliveries(ctx)
    .selectFrom('feeds.sender_key')
    .select(['id', 'sender', 'secret', 'until_at'])
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('source', '=', source)
    .executeTakeFirst()

/** The sender's people read it, and they live by one clock. */
const instantIn = (at: Date) =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(at)

const envelopeForm = z.object({
  feedId: z.string(),
  batchId: z.string().trim().min(1).max(100),
  asOfDate: daySchema,
  recordCount: z.number().int(),
  records: z.array(z.record(z.string(), z.unknown())).min(1).max(mostRecords),
})

function readEnvelope(bytes: Buffer, source: string) {
  const read = envelopeForm.safeParse(parseStrictJson(bytes))
  if (!read.success) {
    const at = read.error.issues[0]?.path.slice(0, 2).join('.') || 'records'
    throw envelopeWrong({
      zh: `${at} 缺少或不对（records 一次最多 ${mostRecords} 条）`,
      en: `${at} is missing or wrong (at most ${mostRecords} records at once)`,
    })
  }
  const { data } = read
  if (data.feedId !== source)
    throw envelopeWrong({
      zh: `feedId 是 ${data.feedId}，送到的却是 ${source}`,
      en: `feedId is ${data.feedId}, but it was sent to ${source}`,
    })
  if (data.recordCount !== data.records.length)
    throw envelopeWrong({
      zh: `recordCount 写的是 ${data.recordCount}，实际有 ${data.records.length} 条，可能没有传完`,
      en: `recordCount says ${data.recordCount}, but there are ${data.records.length} records; it may be cut off`,
    })
  return data
}

/** A nonce only guards against what the clock still lets in. */
export async function forgetNonces(ctx: Ctx): Promise<void> {
  await deliveries(ctx)
    .deleteFrom('feeds.nonce')
    .where('district', '=', ctx.district)
    .where('at', '<', new Date(ctx.now.getTime() - 12 * windowMs))
    .execute()
}
