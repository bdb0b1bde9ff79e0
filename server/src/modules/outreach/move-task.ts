import type { DivisionCode } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { giveTask } from './give-task.ts'
import { outreach } from './kept-case.ts'
import { tellGiven } from './open-task.ts'
import type { TaskRow } from './tables.ts'
import { mayTaskStep, taskStateWords, taskTransitionOf } from './task.ts'
import { reasonMissing, taskNotFound, taskStepNotOpen, type visitsContract } from './visits-contract.ts'

export const sealedReason = 'outreach.task.reason'

export async function moveTask(
  ctx: Ctx,
  { params, body }: InputOf<(typeof visitsContract)['POST /tasks/:taskId/steps']>,
) {
  const row = await outreach(ctx)
    .selectFrom('outreach.task')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', params.taskId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw taskNotFound()
  ctx.about({ kind: 'household', id: row.household_id })
  const transition = taskTransitionOf(body.step, row.state)
  if (!transition || !mayTaskStep(transition, row, ctx.actor))
    throw taskStepNotOpen({ state: taskStateWords[row.state] })
  if (transition.asksReason && body.reason === undefined) throw reasonMissing()
  const given = body.step === 'giveBack' || body.step === 'reopen' ? await againFor(ctx, row) : undefined
  const holder =
    body.step === 'take' || body.step === 'takeOver'
      ? { holder_id: ctx.actor.account, holder_name: ctx.actor.name }
      : body.step === 'handOver'
        ? { holder_id: null, holder_name: null }
        : (given ?? {})
  const set = {
    // Where the village has nobody it stays with the township, as what is careful does.
    state: given?.holder_id === null ? ('handedOver' as const) : transition.to,
    version: row.version + 1,
    changed_at: ctx.now,
    closed_at: transition.to === 'cancelled' ? ctx.now : null,
    sealed_reason: body.reason === undefined ? null : ctx.crypto.seal(sealedReason, row.id, body.reason),
    held_by: given?.holder_id === null ? ('township' as const) : heldBy(row, body.step),
    ...holder,
    // Another visit is due in its own time, not in that of the one that was made.
    ...(body.step === 'reopen' ? { due_on: ctx.calendar.addWorkingDays(ctx.today, 3), late_told_on: null } : {}),
  }
  await outreach(ctx)
    .updateTable('outreach.task')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  tellGiven(ctx, { ...row, ...set })
  return { id: row.id, state: set.state, version: set.version }
}

const heldBy = (row: TaskRow, step: string): TaskRow['held_by'] => {
  if (row.careful) return 'township'
  if (step === 'handOver' || step === 'takeOver') return 'township'
  return step === 'giveBack' || step === 'reopen' ? 'village' : row.held_by
}

async function againFor(ctx: Ctx, row: TaskRow) {
  if (row.careful) return { holder_id: null, holder_name: null }
  const guide = await giveTask(ctx, row.village as DivisionCode)
  return { holder_id: guide?.account ?? null, holder_name: guide?.name ?? null }
}
