import { type Id, isId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { kindWords } from '../kinds.ts'
import { subscriptionOf } from '../outbox/subscription-of.ts'
import { sendSoon } from '../outbox/write-message.ts'
import { type AttemptRow, doors } from '../tables.ts'
import { nothingToReplay, type webhooksContract } from './contract.ts'
import { liveOf } from './subscriptions.ts'

type Input<K extends keyof typeof webhooksContract> = InputOf<(typeof webhooksContract)[K]>

const [attemptsShown, mostReplayed] = [20, 5000]

export async function listMessages(ctx: Ctx, { params, query }: Input<'GET /webhooks/:subscriptionId/messages'>) {
  const { id } = await subscriptionOf(ctx, params.subscriptionId)
  let found = doors(ctx)
    .selectFrom('doors.message')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('subscription_id', '=', id)
  if (query.state) found = found.where('state', '=', query.state)
  if (query.after && isId(query.after)) found = found.where('id', '<', query.after as Id)
  const rows = await found
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  const attempts = await attemptsOf(
    ctx,
    page.map(row => row.id),
  )
  return {
    items: page.map(row => ({
      id: row.id,
      kind: row.kind,
      kindWords: kindWords[row.kind],
      about: row.about_id,
      saidAt: row.said_at.toISOString(),
      state: row.state,
      why: row.why,
      nextAt: row.next_at?.toISOString() ?? null,
      replays: row.replays,
      tries: row.tries,
      attempts: (attempts.get(row.id) ?? []).map(({ id: attempt, at, ms, outcome, status, answer }) => ({
        id: attempt,
        at: at.toISOString(),
        ms,
        outcome,
        status,
        answer,
      })),
    })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

async function attemptsOf(ctx: Ctx, messages: readonly Id[]) {
  const { rows } = await sql<AttemptRow>`
    select a.* from unnest(${messages}::uuid[]) as m(id)
      cross join lateral (select * from doors.attempt
        where district = ${ctx.district} and message_id = m.id order by id desc limit ${attemptsShown}) a`.execute(
    ctx.transaction,
  )
  return Map.groupBy(rows, row => row.message_id)
}

/** Under the same id, so that who has it already does nothing twice. What waits is sent anyway. */
export async function replay(ctx: Ctx, { params, body }: Input<'POST /webhooks/:subscriptionId/replay'>) {
  const row = await liveOf(ctx, params.subscriptionId)
  const which =
    'message' in body
      ? sql`id = ${body.message}`
      : sql`said_at >= ${new Date(body.from)} and said_at < ${new Date(body.until)} and (${body.which === 'all'} or state = 'dead')`
  const { numAffectedRows = 0n } = await sql`
    update doors.message set state = 'waiting', why = null, ended_at = null, tries = 0, replays = replays + 1,
           next_at = ${ctx.now}, since_at = ${ctx.now}
     where district = ${ctx.district} and id in (
       select id from doors.message where district = ${ctx.district} and subscription_id = ${row.id} and state <> 'waiting' and ${which}
        order by id limit ${mostReplayed} for update)`.execute(ctx.transaction)
  if (numAffectedRows === 0n) throw nothingToReplay()
  // Who asks for it knows that it is there again.
  await doors(ctx)
    .updateTable('doors.subscription')
    .set({ failures: 0, not_before: null })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  await sendSoon(ctx)
  return { replayed: Number(numAffectedRows) }
}

/** What arrived is kept a quarter, so that a span can be asked for again; what was given up as well. */
export async function forgetMessages(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - 90 * 86_400_000)
  await sql`
    delete from doors.attempt where district = ${ctx.district} and message_id in (
      select id from doors.message where district = ${ctx.district} and ended_at < ${before})`.execute(ctx.transaction)
  await sql`delete from doors.message where district = ${ctx.district} and ended_at < ${before}`.execute(
    ctx.transaction,
  )
}
