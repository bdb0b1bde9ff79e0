import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { absencesBetween, nameOfStandIn, openCasesOf, openTasksOf, readAbsence } from './absences.ts'
import { outreach, takeStep, tellMoved } from './kept-case.ts'
import { absenceOver, cannotStandIn, type networkContract } from './network-contract.ts'
import { tellGiven } from './open-task.ts'
import type { HeldMoveRow, AbsenceRow, CaseRow, TaskRow } from './tables.ts'

/** Hands what was shown to who stands in, and keeps how each stood. What the guide no longer holds is left alone. */
export async function handHeldOver(
  ctx: Ctx,
  { params, body }: InputOf<(typeof networkContract)['POST /absences/:absenceId/hand-over']>,
) {
  const absence = await readAbsence(ctx, params.absenceId, true)
  if (absence.ended_at !== null || absence.back_on <= ctx.today) throw absenceOver()
  const [taskIds, caseIds] = [[...new Set(body.tasks)], [...new Set(body.cases)]]
  const tasks =
    taskIds.length === 0
      ? []
      : await openTasksOf(ctx, absence.guide_id).where('id', 'in', taskIds).forUpdate().execute()
  const cases =
    caseIds.length === 0
      ? []
      : await openCasesOf(ctx, absence.guide_id).where('id', 'in', caseIds).forUpdate().execute()
  await checkStandIn(ctx, absence, [...tasks, ...cases])
  for (const row of tasks) await moveTaskTo(ctx, absence, row)
  for (const row of cases) await moveCaseTo(ctx, absence, row)
  const moved = tasks.length + cases.length
  return { moved, left: taskIds.length + caseIds.length - moved }
}

/** Rights may have changed, and who stands in may be away as well, since the absence was noted. */
async function checkStandIn(ctx: Ctx, absence: AbsenceRow, rows: readonly (TaskRow | CaseRow)[]): Promise<void> {
  if (absence.stand_in_id === null) return
  const villages = [...new Set(rows.map(r => r.village as DivisionCode))]
  await nameOfStandIn(
    ctx,
    absence.stand_in_id,
    absence.guide_id,
    villages.map(scope => ({ scope })),
  )
  const from = absence.from_on > ctx.today ? absence.from_on : ctx.today
  if ((await absencesBetween(ctx, [absence.stand_in_id], from, absence.back_on)).length > 0)
    throw cannotStandIn({ name: absence.stand_in_name ?? '' })
}

const holderOf = (absence: AbsenceRow) => ({
  holder_id: absence.stand_in_id,
  holder_name: absence.stand_in_name,
  held_by: absence.stand_in_id === null ? ('township' as const) : ('village' as const),
})

async function moveTaskTo(ctx: Ctx, absence: AbsenceRow, row: TaskRow): Promise<void> {
  const state = absence.stand_in_id === null ? ('handedOver' as const) : row.state
  const set = { state, ...holderOf(absence), version: row.version + 1, changed_at: ctx.now }
  await outreach(ctx)
    .updateTable('outreach.task')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  ctx.about({ kind: 'household', id: row.household_id })
  await keepMove(ctx, absence, 'task', row, set.version)
  tellGiven(ctx, { ...row, ...set })
}

async function moveCaseTo(ctx: Ctx, absence: AbsenceRow, row: CaseRow): Promise<void> {
  const facts = { to: absence.stand_in_name ?? 'township' }
  const townships = absence.stand_in_id === null
  const changed = await takeStep(
    ctx,
    row,
    townships && row.state !== 'handedOver'
      ? { step: 'handOver', to: 'handedOver', facts }
      : { step: 'standIn', to: row.state, facts },
    holderOf(absence),
  )
  ctx.about({ kind: 'case', id: row.id })
  await keepMove(ctx, absence, 'case', row, changed.version)
  tellMoved(ctx, changed)
}

async function keepMove(
  ctx: Ctx,
  absence: AbsenceRow,
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
      handing_id: absence.id,
      division: absence.division,
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
