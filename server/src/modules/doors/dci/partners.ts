import { createPublicKey, randomBytes, timingSafeEqual } from 'node:crypto'
import { createHash } from 'node:crypto'
import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { parseStrictJson } from '../../../platform/http/json.ts'
import type { PartnerRequest } from '../../../platform/partner-request.ts'
import { isVillage } from './attributes.ts'
import type { dciContract } from './contract.ts'
import { ensureOwnKey } from './own-key.ts'
import { partnerOf } from './partner-of.ts'
import { countExchanges } from './read-exchanges.ts'
import {
  clientUnknown,
  grantNotTaken,
  partnerAddressRefused,
  partnerDayOver,
  partnerEnded,
  partnerKeyWrong,
  senderTaken,
  toldUnaskedRefused,
} from './refusals.ts'
import { thumbprintOf } from './signature.ts'
import { dci, type PartnerRow, type PublicJwk } from './tables.ts'

type Input<K extends keyof typeof dciContract> = InputOf<(typeof dciContract)[K]>

const tokenSeconds = 3600

/** Of secrets and tokens, which are long and random: only their fingerprints lie here. */
export const fingerprint = (secret: string): Buffer => createHash('sha256').update(secret).digest()

const isGood = (row: PartnerRow, { today }: Pick<Ctx, 'today'>) =>
  row.ended_at === null && row.until_on >= today && !isVillage(row.scope)

export async function listPartners(ctx: Ctx) {
  const rows = await dci(ctx)
    .selectFrom('doors.dci_partner')
    .selectAll()
    .where('district', '=', ctx.district)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  const asked = await countExchanges(ctx)
  return {
    items: rows.map(row => ({
      id: row.id,
      senderId: row.sender_id,
      name: row.name,
      keyId: row.jwk?.kid ?? null,
      callback: row.callback,
      scope: row.scope,
      purpose: row.purpose,
      basis: row.basis,
      basisWords: row.basis_words,
      fields: row.fields,
      mostRecords: row.most_records,
      perMinute: row.per_minute,
      untilOn: row.until_on,
      toldUnasked: row.told_unasked,
      subscriptions: asked(row.id).subscriptions,
      usedAt: row.used_at?.toISOString() ?? null,
      madeBy: row.made_name,
      endedAt: row.ended_at?.toISOString() ?? null,
      asked: { messages: asked(row.id).messages, records: asked(row.id).records },
      isGood: isGood(row, ctx),
      dead: asked(row.id).dead,
    })),
  }
}

export async function addPartner(ctx: Ctx, { body }: Input<'POST /partners'>) {
  const jwk = body.jwk ? publicKeyOf(body.jwk) : null
  if (body.callback !== null && !(URL.canParse(body.callback) && new URL(body.callback).origin === body.callback))
    throw partnerAddressRefused()
  if (body.callback !== null && ctx.reach.faultOf(body.callback) !== undefined) throw partnerAddressRefused()
  if (body.untilOn < ctx.today) throw partnerDayOver()
  if (body.toldUnasked && (body.basis !== 'law' || body.callback === null)) throw toldUnaskedRefused()
  const taken = await dci(ctx)
    .selectFrom('doors.dci_partner')
    .select('id')
    .where('district', '=', ctx.district)
    .where('sender_id', '=', body.senderId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (taken) throw senderTaken()
  await asMachine(ctx, ensureOwnKey)
  const [id, clientSecret] = [newId(ctx.now.getTime()), randomBytes(32).toString('base64url')]
  await dci(ctx)
    .insertInto('doors.dci_partner')
    .values({
      district: ctx.district,
      id,
      sender_id: body.senderId,
      name: body.name,
      secret_hash: fingerprint(clientSecret),
      jwk: jwk && (JSON.stringify(jwk) as never),
      callback: body.callback,
      scope: body.scope,
      purpose: body.purpose,
      basis: body.basis,
      basis_words: body.basisWords,
      fields: [...new Set(body.fields)],
      most_records: body.mostRecords,
      per_minute: body.perMinute,
      until_on: body.untilOn,
      told_unasked: body.toldUnasked,
      made_at: ctx.now,
      made_by: ctx.actor.account,
      made_name: ctx.actor.name,
      used_at: null,
      ended_at: null,
      ended_by: null,
      ended_name: null,
    })
    .execute()
  ctx.because(`${body.name}: ${body.purpose}`)
  return { id, clientId: body.senderId, clientSecret }
}

export async function renewSecret(ctx: Ctx, { params }: Input<'POST /partners/:partnerId/secret'>) {
  const row = await openPartner(ctx, params.partnerId)
  const clientSecret = randomBytes(32).toString('base64url')
  await change(ctx, row.id, { secret_hash: fingerprint(clientSecret) })
  await forgetTokensOf(ctx, row.id)
  ctx.because(row.name)
  return { id: row.id, clientId: row.sender_id, clientSecret }
}

export async function endPartner(ctx: Ctx, { params }: Input<'POST /partners/:partnerId/end'>) {
  const row = await openPartner(ctx, params.partnerId)
  await change(ctx, row.id, { ended_at: ctx.now, ended_by: ctx.actor.account, ended_name: ctx.actor.name })
  await forgetTokensOf(ctx, row.id)
  await asMachine(ctx, machine => endSubscriptionsOf(machine, row.id))
  ctx.because(row.name)
  return {}
}

/** Takes a secret and gives a token. Whatever is wrong with both looks the same. */
export async function giveToken(ctx: Ctx, { partner: { type, bytes } }: { readonly partner: PartnerRequest }) {
  const said =
    type === 'application/json' ? fromJson(bytes) : Object.fromEntries(new URLSearchParams(bytes.toString('utf8')))
  const [clientId, clientSecret] = [said['client_id'], said['client_secret']]
  if (said['grant_type'] !== 'client_credentials' || typeof clientId !== 'string' || typeof clientSecret !== 'string')
    throw grantNotTaken()
  return await asMachine(ctx, async machine => {
    const row = await dci(machine)
      .selectFrom('doors.dci_partner')
      .selectAll()
      .where('district', '=', machine.district)
      .where('sender_id', '=', clientId.replaceAll('\0', ''))
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    const fits = timingSafeEqual(
      row?.secret_hash ?? fingerprint(randomBytes(32).toString('hex')),
      fingerprint(clientSecret),
    )
    if (!row || !fits || !isGood(row, machine)) throw clientUnknown()
    ctx.because(row.name)
    const token = randomBytes(32).toString('base64url')
    await dci(machine)
      .insertInto('doors.dci_token')
      .values({
        district: machine.district,
        hash: fingerprint(token),
        partner_id: row.id,
        until_at: new Date(machine.now.getTime() + tokenSeconds * 1000),
      })
      .execute()
    return { access_token: token, token_type: 'bearer' as const, expires_in: tokenSeconds }
  })
}

/** Whose token it is, as long as both are good. */
export async function partnerOfToken(ctx: Ctx, token: string | undefined): Promise<PartnerRow | undefined> {
  if (!token) return undefined
  const row = await dci(ctx)
    .selectFrom('doors.dci_token as t')
    .innerJoin('doors.dci_partner as p', join =>
      join.onRef('p.district', '=', 't.district').onRef('p.id', '=', 't.partner_id'),
    )
    .selectAll('p')
    .where('t.district', '=', ctx.district)
    .where('t.hash', '=', fingerprint(token))
    .where('t.until_at', '>', ctx.now)
    .executeTakeFirst()
  return row && isGood(row, ctx) ? row : undefined
}

export async function forgetTokens(ctx: Ctx): Promise<void> {
  await dci(ctx)
    .deleteFrom('doors.dci_token')
    .where('district', '=', ctx.district)
    .where('until_at', '<=', ctx.now)
    .execute()
}

const forgetTokensOf = (ctx: Ctx, partner: Id) =>
  dci(ctx)
    .deleteFrom('doors.dci_token')
    .where('district', '=', ctx.district)
    .where('partner_id', '=', partner)
    .execute()

const endSubscriptionsOf = (machine: Ctx, partner: Id) =>
  dci(machine)
    .updateTable('doors.dci_subscription')
    .set({ ended_at: machine.now })
    .where('district', '=', machine.district)
    .where('partner_id', '=', partner)
    .where('ended_at', 'is', null)
    .execute()

const change = (ctx: Ctx, id: Id, to: Partial<PartnerRow>) =>
  dci(ctx)
    .updateTable('doors.dci_partner')
    .set(to as never)
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .execute()

async function openPartner(ctx: Ctx, id: Id): Promise<PartnerRow> {
  const row = await partnerOf(ctx, id)
  if (row.ended_at) throw partnerEnded()
  return row
}

/** Only what a public key is made of; under the name it was given, or else its thumbprint. */
function publicKeyOf(said: Readonly<Record<string, string>>): PublicJwk {
  try {
    const key = createPublicKey({ key: said as never, format: 'jwk' })
    const isFit =
      key.asymmetricKeyType === 'ed25519' ||
      (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) ||
      (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1')
    if (isFit && !('d' in said)) {
      const bare = key.export({ format: 'jwk' }) as Record<string, string>
      return { ...bare, kty: said['kty'] ?? '', kid: said['kid'] ?? thumbprintOf(bare) }
    }
  } catch {}
  throw partnerKeyWrong()
}

function fromJson(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    return Object(parseStrictJson(bytes)) as Record<string, unknown>
  } catch {
    return {}
  }
}
