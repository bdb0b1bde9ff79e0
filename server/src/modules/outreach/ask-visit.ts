import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { openTask } from './open-task.ts'
import type { visitsContract } from './visits-contract.ts'

/** A colleague of the township or the district wants somebody to go and look. */
export async function askVisit(
  ctx: Ctx,
  { params, body }: InputOf<(typeof visitsContract)['POST /households/:householdId/tasks']>,
) {
  const { why, ...wanted } = body
  const origin = { kind: 'lead', id: newId(ctx.now.getTime()) } as const
  const id = await openTask(ctx, { ...wanted, household: params.householdId, origin, why: { zh: why, en: why } })
  return { id }
}
