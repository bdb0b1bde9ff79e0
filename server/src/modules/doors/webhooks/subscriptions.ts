import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { type WebhookKind, webhookKindNames, webhookKinds } from '../kinds.ts'
import { oldSecretColumn, secretColumn } from '../outbox/secrets.ts'
import { newSecret } from '../outbox/sign.ts'
import { subscriptionOf } from '../outbox/subscription-of.ts'
import { sendSoon, writeMessage } from '../outbox/write-message.ts'
import { doors, type SubscriptionRow } from '../tables.ts'
import {
  addressRefused,
  kindsMissing,
  provinceThere,
  stateAlready,
  subscriptionChanged,
  subscriptionEnded,
  tooManySubscriptions,
  type webhooksContract,
} from './contract.ts'

type Input<K extends keyof typeof webhooksContract> = InputOf<(typeof webhooksContract)[K]>

const mostSubscriptions = 20

export async function listSubscriptions(ctx: Ctx) {
  const rows = await doors(ctx)
    .selectFrom('doors.subscription')
    .selectAll()
    .where('district', '=', ctx.district)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  const lately = new Date(ctx.now.getTime() - 7 * 86_400_000)
  const counts = await doors(ctx)
    .selectFrom('doors.message')
    .select([
      'subscription_id',
      'state',
      eb => eb.fn.countAll<string>().as('n'),
      eb => eb.fn.countAll<string>().filterWhere('ended_at', '>', lately).as('lately'),
    ])
    .where('district', '=', ctx.district)
    .groupBy(['subscription_id', 'state'])
    .execute()
  const count = (id: Id, state: string, of: 'n' | 'lately' = 'n') =>
    Number(counts.find(row => row.subscription_id === id && row.state === state)?.[of] ?? 0)
  return {
    items: rows.map(row => ({
      id: row.id,
      form: row.form,
      name: row.name,
      url: row.url,
      kinds: row.kinds,
      state: row.state,
      why: row.why,
      version: row.version,
      oldUntil: row.old_until && row.old_until > ctx.now ? row.old_until.toISOString() : null,
      failures: row.failures,
      notBefore: row.not_before && row.not_before > ctx.now ? row.not_before.toISOString() : null,
      heardAt: row.heard_at?.toISOString() ?? null,
      pulledAt: row.pulled_at?.toISOString() ?? null,
      waiting: count(row.id, 'waiting'),
      dead: count(row.id, 'dead'),
      deadLately: count(row.id, 'dead', 'lately'),
      delivered: count(row.id, 'delivered'),
    })),
    kinds: webhookKindNames.map(kind => ({ kind, words: webhookKinds[kind] })),
  }
}

export async function addSubscription(ctx: Ctx, { body }: Input<'POST /webhooks'>) {
  checkAddress(ctx, body.url)
  const kinds = kindsOf(body.form, body.kinds)
  const there = await doors(ctx)
    .selectFrom('doors.subscription')
    .select('form')
    .where('district', '=', ctx.district)
    .where('state', '<>', 'ended')
    .execute()
  if (there.length >= mostSubscriptions) throw tooManySubscriptions({ most: mostSubscriptions })
  if (body.form === 'province' && there.some(one => one.form === 'province')) throw provinceThere()
  const [id, secret] = [newId(ctx.now.getTime()), newSecret()]
  await doors(ctx)
    .insertInto('doors.subscription')
    .values({
      district: ctx.district,
      id,
      form: body.form,
      name: body.name,
      url: tidy(body.url),
      kinds,
      state: 'active',
      why: null,
      version: 1,
      sealed_secret: ctx.crypto.seal(secretColumn, id, secret),
      sealed_old_secret: null,
      old_until: null,
      failures: 0,
      refusals: 0,
      not_before: null,
      heard_at: null,
      cursor: null,
      page_digest: null,
      pulled_at: null,
      made_at: ctx.now,
      made_by: ctx.actor.account,
      changed_at: ctx.now,
      changed_by: ctx.actor.account,
    })
    .execute()
  ctx.because(reasonOf(body))
  return { id, secret }
}

export async function changeSubscription(ctx: Ctx, { params, body }: Input<'PUT /webhooks/:subscriptionId'>) {
  const row = await liveOf(ctx, params.subscriptionId)
  if (row.version !== body.expectedVersion) throw subscriptionChanged({ version: row.version })
  checkAddress(ctx, body.url)
  // Elsewhere it may go better.
  const rested = tidy(body.url) === row.url ? {} : { failures: 0, refusals: 0, not_before: null }
  await set(ctx, row, { name: body.name, url: tidy(body.url), kinds: kindsOf(row.form, body.kinds), ...rested })
  ctx.because(reasonOf(body))
  return { version: row.version + 1 }
}

export async function pauseSubscription(ctx: Ctx, { params }: Input<'POST /webhooks/:subscriptionId/pause'>) {
  const row = await liveOf(ctx, params.subscriptionId)
  if (row.state === 'paused') throw stateAlready()
  await set(ctx, row, { state: 'paused', why: 'byPerson' })
  return {}
}

export async function resumeSubscription(ctx: Ctx, { params }: Input<'POST /webhooks/:subscriptionId/resume'>) {
  const row = await liveOf(ctx, params.subscriptionId)
  if (row.state === 'active') throw stateAlready()
  await set(ctx, row, { state: 'active', why: null, failures: 0, refusals: 0, not_before: null })
  // Its days are counted anew, and so are its tries: it was not their fault.
  await doors(ctx)
    .updateTable('doors.message')
    .set({ next_at: ctx.now, since_at: ctx.now, tries: 0 })
    .where('district', '=', ctx.district)
    .where('subscription_id', '=', row.id)
    .where('state', '=', 'waiting')
    .execute()
  await sendSoon(ctx)
  return {}
}

export async function rotateSecret(ctx: Ctx, { params, body }: Input<'POST /webhooks/:subscriptionId/rotate'>) {
  const row = await liveOf(ctx, params.subscriptionId)
  const [secret, old] = [newSecret(), ctx.crypto.open(secretColumn, row.id, row.sealed_secret)]
  await set(ctx, row, {
    sealed_secret: ctx.crypto.seal(secretColumn, row.id, secret),
    ...(body.overlapHours === 0
      ? { sealed_old_secret: null, old_until: null }
      : {
          sealed_old_secret: ctx.crypto.seal(oldSecretColumn, row.id, old),
          old_until: new Date(ctx.now.getTime() + body.overlapHours * 3_600_000),
        }),
  })
  return { id: row.id, secret }
}

export async function endSubscription(ctx: Ctx, { params }: Input<'POST /webhooks/:subscriptionId/end'>) {
  const row = await liveOf(ctx, params.subscriptionId)
  await set(ctx, row, {
    state: 'ended',
    why: null,
    // A secret nobody ever had.
    sealed_secret: ctx.crypto.seal(secretColumn, row.id, newSecret()),
    sealed_old_secret: null,
    old_until: null,
    not_before: null,
  })
  await doors(ctx)
    .updateTable('doors.message')
    .set({ state: 'dead', why: 'ended', next_at: null, ended_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('subscription_id', '=', row.id)
    .where('state', '=', 'waiting')
    .execute()
  return {}
}

export async function tryOut(ctx: Ctx, { params }: Input<'POST /webhooks/:subscriptionId/trial'>) {
  const row = await liveOf(ctx, params.subscriptionId)
  return { id: await writeMessage(ctx, row, { kind: 'doors.trial', about: row.id, at: ctx.now, told: { id: row.id } }) }
}

/** Held until the end of the transaction, and named in the trail. @throws subscriptionEnded */
export async function liveOf(ctx: Ctx, id: Id): Promise<SubscriptionRow> {
  const row = await subscriptionOf(ctx, id, true)
  if (row.state === 'ended') throw subscriptionEnded()
  ctx.because(reasonOf(row))
  return row
}

const set = async (ctx: Ctx, row: SubscriptionRow, changes: Partial<SubscriptionRow>) =>
  await doors(ctx)
    .updateTable('doors.subscription')
    .set({ ...changes, version: sql<number>`version + 1`, changed_at: ctx.now, changed_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()

function checkAddress(ctx: Ctx, url: string): void {
  const fault = ctx.reach.faultOf(tidy(url))
  if (fault) throw addressRefused({ fault })
}

/** Of the province it is the beginning of several addresses. */
const tidy = (url: string) => url.replace(/#.*$/, '').replace(/\/+$/, '')

function kindsOf(form: SubscriptionRow['form'], kinds: readonly WebhookKind[]): WebhookKind[] {
  if (form === 'province') return []
  if (kinds.length === 0) throw kindsMissing()
  return [...new Set(kinds)]
}

/** An address may hold a secret behind its host. */
const reasonOf = ({ name, url }: { readonly name: string; readonly url: string }) =>
  `${name}（${URL.canParse(url) ? new URL(url).host : ''}）`
