import type { DivisionCode } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { absencesBetween, nameOfStandIn, readAbsence } from './absences.ts'
import { type Handed, moveCaseTo, moveTaskTo, openCasesOf, openTasksOf } from './held-moves.ts'
import { absenceOver, cannotStandIn, type networkContract } from './network-contract.ts'
import type { AbsenceRow, CaseRow, TaskRow } from './tables.ts'

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
  const { id, division, stand_in_id: account, stand_in_name: name } = absence
  const handed: Handed = { id, division, to: account && { account, name: name ?? '' }, step: 'standIn' }
  for (const row of tasks) await moveTaskTo(ctx, handed, row)
  for (const row of cases) await moveCaseTo(ctx, handed, row)
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
