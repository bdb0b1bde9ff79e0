import { randomUUID } from 'node:crypto'
import { isId, type Id } from '@zhulian/kernel'
import { text, z } from '@zhulian/kernel/contract'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { parseStrictJson } from '../../../platform/http/json.ts'
import { isSignedWith, type SignedBody } from '../../../platform/signed-body.ts'
import { secretsOf } from '../outbox/secrets.ts'
import { doors, type SubscriptionRow } from '../tables.ts'
import { clockOff, envelopeWrong, keyEnded, replayed, signatureWrong } from './contract.ts'
import { takeMessages } from './take-messages.ts'

const windowMs = 5 * 60_000
const mostMessages = 200

/** Nothing of what comes is read before its signature, its key, its time and its nonce are good. */
export async function takeSigned(ctx: Ctx, { signed }: { readonly signed: SignedBody }) {
  return await asMachine(ctx, async machine => {
    const from = await whoSigned(machine, signed)
    const { batchId, needs } = readEnvelope(signed.bytes)
    machine.because(`省平台送来，批次 ${batchId}`)
    return await takeMessages(machine, from, 'push', needs)
  })
}

/** A secret nobody has, so that an unknown key takes as long as a wrong one. */
const nobodysSecret = randomUUID()

/** Only who holds a key is told more than that the signature does not fit. */
async function whoSigned(ctx: Ctx, signed: SignedBody): Promise<SubscriptionRow> {
  const row = isId(signed.key) ? await provinceOf(ctx, signed.key) : undefined
  const secrets = row ? secretsOf(ctx, row) : [nobodysSecret]
  const isGood = secrets.map(secret => isSignedWith(secret, signed)).includes(true)
  if (!row || !isGood) throw signatureWrong()
  if (row.state === 'ended') throw keyEnded()
  const off = Number(signed.at) * 1000 - ctx.now.getTime()
  if (Math.abs(off) > windowMs) throw clockOff({ seconds: Math.round(off / 1000) })
  const { numInsertedOrUpdatedRows } = await doors(ctx)
    .insertInto('doors.nonce')
    .values({ district: ctx.district, key_id: row.id, nonce: signed.nonce, at: ctx.now })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) throw replayed()
  return row
}

const provinceOf = async (ctx: Ctx, id: Id) =>
  await doors(ctx)
    .selectFrom('doors.subscription')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('form', '=', 'province')
    .executeTakeFirst()

const envelopeForm = z.object({
  batchId: text(1, 80),
  count: z.number().int(),
  needs: z.array(z.unknown()).min(1).max(mostMessages),
})

function readEnvelope(bytes: Buffer) {
  const read = envelopeForm.safeParse(parseStrictJson(bytes))
  if (!read.success) {
    const at = String(read.error.issues[0]?.path[0] ?? 'needs')
    throw envelopeWrong({
      zh: `${at} 缺少或不对（needs 一次最多 ${mostMessages} 条）`,
      en: `${at} is missing or wrong (at most ${mostMessages} needs at once)`,
    })
  }
  const { count, needs } = read.data
  if (count !== needs.length)
    throw envelopeWrong({
      zh: `count 写的是 ${count}，实际有 ${needs.length} 条，可能没有传完`,
      en: `count says ${count}, but there are ${needs.length} needs; it may be cut off`,
    })
  return read.data
}

/** A nonce only guards against what the clock still lets in. */
export async function forgetNonces(ctx: Ctx): Promise<void> {
  await doors(ctx)
    .deleteFrom('doors.nonce')
    .where('district', '=', ctx.district)
    .where('at', '<', new Date(ctx.now.getTime() - 12 * windowMs))
    .execute()
}
