import { type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { doors, type MessageRow, type SubscriptionRow } from '../tables.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { sendSoon } from './write-message.ts'
import { machineHeaders, webhookHeaders } from './sign.ts'
import { askedToWait, mostDaysMs, restAfter, waitAfter } from './waits.ts'
import { secretsOf } from './secrets.ts'
import { subscriptionOf } from './subscription-of.ts'
import { tellKeepers } from './tell-keepers.ts'

/** So many go to one system in a row, and so long; then the next run goes on. */
const [mostAtOnce, longestRunMs, timeoutMs] = [50, 20_000, 15_000]
/** Answers in a row by which a system says that it will never take them: then it is not asked any more. */
const mostRefusals = 3
const failedAnswerBytes = 2000

/**
 * Sends what is due, to each system what is its own, all systems side by side and one that hangs in nobody's way. No row is held while
 * another machine is waited for; what was sent before the power went is sent again under the same id.
 */
export async function sendMessages(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext(${`zhulian doors ${ctx.district}`})) as mine`.execute(ctx.transaction)
  if (!rows[0]?.mine)
    return await ctx.later('doors.send', {}, { key: 'next', after: new Date(ctx.now.getTime() + 2000) })
  const subscriptions = await doors(ctx)
    .selectFrom('doors.subscription')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', '=', 'active')
    .where(eb => eb.or([eb('not_before', 'is', null), eb('not_before', '<=', ctx.now)]))
    .execute()
  const due = new Map<Id, readonly MessageRow[]>()
  for (const to of subscriptions) due.set(to.id, await dueOf(ctx, to.id))
  const sent = await Promise.all(
    subscriptions.map(async to => ({ to, tries: await sendInTurn(ctx, to, due.get(to.id) ?? []) })),
  )
  for (const { to, tries } of sent) await note(ctx, to, tries)
  await giveUpOld(ctx)
  await wake(ctx)
}

interface Try {
  readonly message: MessageRow
  readonly outcome: Outcome
  readonly ms: number
  readonly waitMs: number
}

const dueOf = async (ctx: Ctx, subscription: Id) =>
  await doors(ctx)
    .selectFrom('doors.message')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('subscription_id', '=', subscription)
    .where('state', '=', 'waiting')
    .where('next_at', '<=', ctx.now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(mostAtOnce)
    .execute()

/** One after the other until one does not arrive: the others would not either. */
async function sendInTurn(ctx: Ctx, to: SubscriptionRow, due: readonly MessageRow[]): Promise<Try[]> {
  const tries: Try[] = []
  const since = performance.now()
  for (const message of due) {
    if (performance.now() - since > longestRunMs) break
    const began = performance.now()
    const { url, headers } = addressed(ctx, to, message)
    const reached = await ctx.reach.call(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: message.body,
      timeoutMs,
      mostBytes: failedAnswerBytes,
    })
    const outcome = outcomeOf(reached)
    const waitMs = 'status' in reached ? askedToWait(reached.retryAfter, ctx.now) : 0
    tries.push({ message, outcome, ms: Math.round(performance.now() - began), waitMs })
    if (outcome.outcome !== 'delivered' && outcome.outcome !== 'refused') break
  }
  return tries
}

function addressed(ctx: Ctx, to: SubscriptionRow, message: MessageRow) {
  const secrets = secretsOf(ctx, to)
  if (to.form === 'webhook')
    return { url: to.url, headers: webhookHeaders(`msg_${message.id}`, ctx.now, message.body, secrets) }
  const headers = machineHeaders(to.id, secrets[0] ?? '', ctx.now, newId(), message.body)
  return { url: `${to.url}/results`, headers: { ...headers, 'idempotency-key': message.id } }
}

/** What came of the tries: of each message, and of where they went. */
async function note(ctx: Ctx, to: SubscriptionRow, tries: readonly Try[]): Promise<void> {
  if (tries.length === 0) return
  // First its row and then those of its messages, as who sends them again does; as they are now: who takes it up again counts anew.
  const now = await subscriptionOf(ctx, to.id, true)
  const waiting = await stillWaiting(ctx, tries)
  let { failures, refusals, heard_at } = now
  let [restMs, gone, dead] = [0, false, 0]
  for (const { message: sent, outcome, ms, waitMs } of tries) {
    const message = waiting.get(sent.id)
    await doors(ctx)
      .insertInto('doors.attempt')
      .values({
        district: ctx.district,
        id: newId(ctx.now.getTime()),
        message_id: sent.id,
        at: ctx.now,
        ms,
        ...outcome,
      })
      .execute()
    if (outcome.outcome === 'delivered') {
      ;[failures, refusals, heard_at] = [0, 0, ctx.now]
      if (message)
        await change(ctx, message, { state: 'delivered', tries: message.tries + 1, next_at: null, ended_at: ctx.now })
      continue
    }
    if (outcome.outcome === 'refused') refusals++
    else failures++
    restMs = outcome.outcome === 'refused' ? 0 : Math.max(waitMs, restAfter(failures))
    gone ||= outcome.outcome === 'gone'
    if (message && (await again(ctx, message, waitMs))) dead++
  }
  // Where somebody changed, paused or took it up meanwhile, what was said before says nothing of it.
  const isSame = now.version === to.version
  const pause = !isSame ? undefined : gone ? 'gone' : refusals >= mostRefusals ? 'refused' : undefined
  if (isSame)
    await doors(ctx)
      .updateTable('doors.subscription')
      .set({
        failures,
        refusals,
        heard_at,
        not_before: restMs > 0 ? new Date(ctx.now.getTime() + restMs) : null,
        ...(pause ? { state: 'paused', why: pause, version: sql<number>`version + 1` } : {}),
      })
      .where('district', '=', ctx.district)
      .where('id', '=', to.id)
      .execute()
  if (pause) tellKeepers(ctx, to.id, 'doors.paused')
  else if (dead > 0) tellKeepers(ctx, to.id, 'doors.dead')
}

/** Those that nobody asked for again and no other process dealt with, as they are now. */
async function stillWaiting(ctx: Ctx, tries: readonly Try[]): Promise<ReadonlyMap<Id, MessageRow>> {
  const sent = new Map(tries.map(({ message }) => [message.id, message]))
  const rows = await doors(ctx)
    .selectFrom('doors.message')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', 'in', [...sent.keys()])
    .where('state', '=', 'waiting')
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.filter(row => row.replays === sent.get(row.id)?.replays).map(row => [row.id, row]))
}

/** @returns whether that was the last try */
async function again(ctx: Ctx, message: MessageRow, waitMs: number): Promise<boolean> {
  const tries = message.tries + 1
  const wait = waitAfter(tries, shareOf(message.id))
  if (wait === undefined) {
    await change(ctx, message, { state: 'dead', why: 'triesOver', tries, next_at: null, ended_at: ctx.now })
    return true
  }
  await change(ctx, message, { tries, next_at: new Date(ctx.now.getTime() + Math.max(wait, waitMs)) })
  return false
}

/** From the last letters of an id, which are random. */
const shareOf = (id: Id) => Number.parseInt(id.slice(-4), 16) / 0xffff

const change = async (ctx: Ctx, message: MessageRow, set: Partial<MessageRow>) =>
  await doors(ctx)
    .updateTable('doors.message')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', message.id)
    .execute()

/** What waited for its whole time behind others that failed. */
async function giveUpOld(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ subscription_id: Id }>`
    update doors.message m set state = 'dead', why = 'daysOver', next_at = null, ended_at = ${ctx.now}
      from doors.subscription s
     where m.district = ${ctx.district} and m.state = 'waiting' and m.since_at < ${new Date(ctx.now.getTime() - mostDaysMs)}
       and s.district = m.district and s.id = m.subscription_id and s.state = 'active' and s.failures > 0
    returning m.subscription_id`.execute(ctx.transaction)
  for (const id of new Set(rows.map(row => row.subscription_id))) tellKeepers(ctx, id, 'doors.dead')
}

/** Comes again when the next is due. */
async function wake(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(greatest(m.next_at, s.not_before)) as at
      from doors.message m join doors.subscription s on s.district = m.district and s.id = m.subscription_id
     where m.district = ${ctx.district} and m.state = 'waiting' and s.state = 'active'`.execute(ctx.transaction)
  const at = rows[0]?.at
  if (!at) return
  if (at <= ctx.now) return await sendSoon(ctx)
  const second = new Date(Math.ceil(at.getTime() / 1000) * 1000)
  await ctx.later('doors.send', {}, { key: second.toISOString(), after: second })
}
