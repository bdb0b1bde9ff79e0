import { type Id, newId } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { listOfficersOf } from '../../identity/index.ts'
import { outreach } from '../kept-case.ts'
import { slipNotFound } from './contract.ts'
import { slipDue, slipOfficeOf, type SlipState } from './slip.ts'
import type { SlipRow } from './tables.ts'

export const sealedWhom = 'outreach.slip.whom'
export const sealedNeed = 'outreach.slip.need'
export const sealedSlipNote = 'outreach.slip_step.note'

export interface Whom {
  readonly name: string
  readonly reach: string | null
}

/** A slip in the actor's reach, for the trail too. @throws slipNotFound */
export async function readSlip(ctx: Ctx, id: Id, lock = false): Promise<SlipRow> {
  const found = outreach(ctx)
    .selectFrom('outreach.slip')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw slipNotFound()
  ctx.about({ kind: 'household', id: row.household_id })
  return row
}

export interface SlipNote {
  readonly step: string
  readonly to: SlipState
  readonly note?: string | undefined
  readonly answeredBy?: string | undefined
}

/** Writes a step and what it changes; the clock of a new state begins today. */
export async function takeSlipStep(ctx: Ctx, row: SlipRow, note: SlipNote): Promise<SlipRow> {
  const moved = note.to !== row.state
  const due = slipDue(note.to, ctx.today, row.days, ctx.calendar)
  const changed: SlipRow = {
    ...row,
    state: note.to,
    version: row.version + 1,
    changed_at: ctx.now,
    due_on: moved ? due : row.due_on,
    closed_at: due === null ? ctx.now : null,
    late_told_on: moved ? null : ctx.today,
    sealed_whom: note.to === 'withdrawn' ? null : row.sealed_whom,
  }
  const { district: _district, id: _id, ...columns } = changed
  await outreach(ctx)
    .updateTable('outreach.slip')
    .set(columns)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  await writeSlipStep(ctx, changed, row.state, note)
  return changed
}

export async function writeSlipStep(ctx: Ctx, row: SlipRow, from: SlipState | null, note: SlipNote): Promise<void> {
  const id = newId(ctx.now.getTime())
  await outreach(ctx)
    .insertInto('outreach.slip_step')
    .values({
      district: ctx.district,
      id,
      slip_id: row.id,
      turn: row.version,
      division: row.division,
      careful: row.careful,
      unit_id: row.unit_id,
      step: note.step,
      from_state: from,
      to_state: note.to,
      at: ctx.now,
      on_day: ctx.today,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      office: slipOfficeOf(ctx.actor.role),
      answered_by: note.answeredBy ?? null,
      sealed_note: note.note === undefined ? null : ctx.crypto.seal(sealedSlipNote, id, note.note),
    })
    .execute()
}

/** The bureau, who wrote it, and the offices of the place. */
export async function tellSlip(ctx: Ctx, row: SlipRow): Promise<void> {
  const name = 'outreach.slipMoved'
  ctx.tell({ name, to: { account: row.sent_by }, id: row.id })
  ctx.tell({ name, to: { roles: ['townshipClerk', 'districtOfficer'], division: row.division }, id: row.id })
  for (const account of await listOfficersOf(ctx, row.unit_id)) ctx.tell({ name, to: { account }, id: row.id })
}
