import { type Id, isId, type Words } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { cannotBeOpened, readSealed, readSealedJson } from '../../platform/open-sealed.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { type guidanceContract, signalNotFound, signalTaken } from './contract.ts'
import { dutyOf, signalWords } from './signals.ts'
import { villageOf } from './state.ts'
import type { GuidanceTables, SignalRow } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()
type Input<K extends keyof typeof guidanceContract> = InputOf<(typeof guidanceContract)[K]>

export async function listSignals(ctx: Ctx, { query }: Input<'GET /signals'>) {
  let found = guidance(ctx)
    .selectFrom('guidance.signal')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', '=', query.state)
    .orderBy('id')
    .limit(query.limit + 1)
  if (query.after !== undefined) {
    if (!isId(query.after)) throw notUnderstood()
    found = found.where('id', '>', query.after)
  }
  const rows = await found.execute()
  const page = rows.slice(0, query.limit)
  return {
    items: page.map(row => ({
      id: row.id,
      kind: row.kind,
      words: signalWords[row.kind],
      state: row.state,
      foundAt: row.found_at.toISOString(),
      dueAt: row.due_at.toISOString(),
      late: row.state === 'open' && row.due_at < ctx.now,
      takenBy: row.taken_by_name,
    })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

async function signalRow(ctx: Ctx, id: Id, lock: boolean): Promise<SignalRow> {
  const found = guidance(ctx)
    .selectFrom('guidance.signal')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw signalNotFound()
  ctx.about({ kind: 'interview', id: row.interview_id })
  return row
}

export async function getSignal(ctx: Ctx, { params }: Input<'GET /signals/:signalId'>) {
  const row = await signalRow(ctx, params.signalId, false)
  return {
    id: row.id,
    kind: row.kind,
    words: signalWords[row.kind],
    said: readSealedJson<Words>(ctx, 'guidance.signal.said', row.id, row.sealed_said, {
      zh: cannotBeOpened,
      en: cannotBeOpened,
    }),
    place: (await villageOf(ctx, row.division))?.name ?? row.division,
    state: row.state,
    foundAt: row.found_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    takenBy: row.taken_by_name,
    note: row.sealed_note ? readSealed(ctx, 'guidance.signal.note', row.id, row.sealed_note) : null,
    duty: dutyOf(row.kind),
    mayTake: row.state === 'open',
  }
}

export async function takeSignal(ctx: Ctx, { params }: Input<'POST /signals/:signalId/take'>) {
  const row = await signalRow(ctx, params.signalId, true)
  if (row.state !== 'open') throw signalTaken({ by: row.taken_by_name ?? '' })
  await change(ctx, row.id, {
    state: 'taken',
    taken_by: ctx.actor.account,
    taken_by_name: ctx.actor.name,
    taken_at: ctx.now,
  })
  return { id: row.id, state: 'taken' as const }
}

export async function closeSignal(ctx: Ctx, { params, body }: Input<'POST /signals/:signalId/close'>) {
  const row = await signalRow(ctx, params.signalId, true)
  if (row.state !== 'taken' || row.taken_by !== ctx.actor.account)
    throw signalTaken({ by: row.taken_by_name ?? '另一位同事' })
  await change(ctx, row.id, {
    state: 'closed',
    closed_at: ctx.now,
    sealed_note: ctx.crypto.seal('guidance.signal.note', row.id, body.note),
  })
  return { id: row.id, state: 'closed' as const }
}

const change = (ctx: Ctx, id: Id, set: Partial<SignalRow>) =>
  guidance(ctx)
    .updateTable('guidance.signal')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .execute()
