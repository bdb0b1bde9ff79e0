import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { listGuidesUnder } from '../identity/index.ts'
import { openStates } from './case.ts'
import { outreach, takeStep, tellMoved } from './kept-case.ts'
import { tellGiven } from './open-task.ts'
import type { CaseRow, HeldMoveRow, TaskRow } from './tables.ts'

interface Holder {
  readonly account: Id
  readonly name: string
}

/** An absence or a village handed over: to whom what is open goes, and what is said of it on a case. */
export interface Handed {
  readonly id: Id
  readonly division: string
  /** Null: the township. */
  readonly to: Holder | null
  readonly step: 'standIn' | 'handOn'
}

/** What a guide has open, in the actor's reach; what is careful was never the guide's. */
export const openTasksOf = (ctx: Ctx, holder: Id) =>
  outreach(ctx)
    .selectFrom('outreach.task')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('holder_id', '=', holder)
    .where('closed_at', 'is', null)
    .where('careful', '=', false)
    .orderBy('due_on')
    .orderBy('id')

export const openCasesOf = (ctx: Ctx, holder: Id) =>
  outreach(ctx)
    .selectFrom('outreach.case')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('division', '>=', ctx.actor.scope ?? ':')
    .where('division', '<', `${ctx.actor.scope ?? ''}:`)
    .where('holder_id', '=', holder)
    .where('state', 'in', openStates)
    .where('careful', '=', false)
    .orderBy('due_on')
    .orderBy('id')

const holderOf = ({ to }: Handed) => ({
  holder_id: to?.account ?? null,
  holder_name: to?.name ?? null,
  held_by: to === null ? ('township' as const) : ('village' as const),
})

export async function moveTaskTo(ctx: Ctx, handed: Handed, row: TaskRow): Promise<void> {
  const state = handed.to === null ? ('handedOver' as const) : row.state
  const set = { state, ...holderOf(handed), version: row.version + 1, changed_at: ctx.now }
  await outreach(ctx)
    .updateTable('outreach.task')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  ctx.about({ kind: 'household', id: row.household_id })
  await keepMove(ctx, handed, 'task', row, set.version)
  tellGiven(ctx, { ...row, ...set })
}

export async function moveCaseTo(ctx: Ctx, handed: Handed, row: CaseRow): Promise<void> {
  const facts = { to: handed.to?.name ?? 'township' }
  const townships = handed.to === null
  const changed = await takeStep(
    ctx,
    row,
    townships && row.state !== 'handedOver'
      ? { step: 'handOver', to: 'handedOver', facts }
      : { step: handed.step, to: row.state, facts },
    holderOf(handed),
  )
  ctx.about({ kind: 'case', id: row.id })
  await keepMove(ctx, handed, 'case', row, changed.version)
  tellMoved(ctx, changed)
}

async function keepMove(
  ctx: Ctx,
  handed: Handed,
  kind: HeldMoveRow['kind'],
  row: TaskRow | CaseRow,
  versionAfter: number,
): Promise<void> {
  const id: Id = newId(ctx.now.getTime())
  await outreach(ctx)
    .insertInto('outreach.held_move')
    .values({
      district: ctx.district,
      id,
      handing_id: handed.id,
      division: handed.division,
      kind,
      subject_id: row.id,
      before_state: row.state,
      before_due_on: row.due_on,
      version_after: versionAfter,
      moved_by: ctx.actor.account,
      moved_at: ctx.now,
      put_back_at: null,
    })
    .execute()
}

export const movesOf = (ctx: Ctx, handing: Id): Promise<HeldMoveRow[]> =>
  outreach(ctx)
    .selectFrom('outreach.held_move')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('handing_id', '=', handing)
    .where('put_back_at', 'is', null)
    .orderBy('id')
    .execute()

/**
 * Puts back what stands as it was handed over; where somebody has worked on it since, or where the village is no longer theirs
 * to whom it would go, it stays there.
 */
export async function putBack(ctx: Ctx, handing: Id, to: Holder): Promise<{ back: number; left: number }> {
  const moves = await movesOf(ctx, handing)
  const all = moves.length > 0 ? await listGuidesUnder(ctx, ctx.district as DivisionCode) : []
  const places = all.filter(g => g.account === to.account).map(g => g.scope)
  if (places.length === 0) return { back: 0, left: moves.length }
  let back = 0
  for (const move of moves) {
    const done =
      move.kind === 'task' ? await putTaskBack(ctx, to, places, move) : await putCaseBack(ctx, to, places, move)
    if (!done) continue
    back++
    await outreach(ctx)
      .updateTable('outreach.held_move')
      .set({ put_back_at: ctx.now })
      .where('district', '=', ctx.district)
      .where('id', '=', move.id)
      .execute()
  }
  return { back, left: moves.length - back }
}

/** In a village of their own, or of a township they work for. */
const isIn = (places: readonly DivisionCode[]) =>
  sql<boolean>`(village = any (${places}::text[]) or left(village, 9) = any (${places}::text[]))`

async function putTaskBack(ctx: Ctx, to: Holder, places: readonly DivisionCode[], move: HeldMoveRow): Promise<boolean> {
  const changed = await outreach(ctx)
    .updateTable('outreach.task')
    .set({
      state: move.before_state as TaskRow['state'],
      holder_id: to.account,
      holder_name: to.name,
      held_by: 'village',
      version: move.version_after + 1,
      changed_at: ctx.now,
    })
    .where('district', '=', ctx.district)
    .where('id', '=', move.subject_id)
    .where('version', '=', move.version_after)
    .where('closed_at', 'is', null)
    .where(isIn(places))
    .returningAll()
    .executeTakeFirst()
  if (!changed) return false
  ctx.about({ kind: 'household', id: changed.household_id })
  tellGiven(ctx, changed)
  return true
}

async function putCaseBack(ctx: Ctx, to: Holder, places: readonly DivisionCode[], move: HeldMoveRow): Promise<boolean> {
  const row = await outreach(ctx)
    .selectFrom('outreach.case')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', move.subject_id)
    .where('version', '=', move.version_after)
    .where('closed_at', 'is', null)
    .where(isIn(places))
    .forUpdate()
    .executeTakeFirst()
  if (!row) return false
  ctx.about({ kind: 'case', id: row.id })
  const changed = await takeStep(
    ctx,
    row,
    { step: 'putBack', to: move.before_state as CaseRow['state'], facts: { to: to.name } },
    { holder_id: to.account, holder_name: to.name, held_by: 'village', due_on: move.before_due_on },
  )
  tellMoved(ctx, changed)
  return true
}
