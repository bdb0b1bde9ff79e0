import type { Day, Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { outreach } from './kept-case.ts'
import type { Level, OriginKind, TaskState, VisitKind } from './task.ts'

/** A task as another module sees it. */
export interface OpenedTask {
  readonly id: Id
  readonly kind: VisitKind
  readonly household: Id
  readonly origin: { readonly kind: OriginKind; readonly id: Id }
  readonly state: TaskState
  readonly level: Level | null
  readonly holder: { readonly account: Id; readonly name: string } | null
  readonly dueOn: Day
  readonly openedAt: Date
  readonly closedAt: Date | null
}

/** The tasks that came from some origins, in the actor's reach, oldest first; done and called off ones included. */
export async function tasksOf(
  ctx: Ctx,
  origin: { readonly kind: OriginKind; readonly ids: readonly Id[] },
): Promise<readonly OpenedTask[]> {
  if (origin.ids.length === 0) return []
  const rows = await outreach(ctx)
    .selectFrom('outreach.task')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('origin_kind', '=', origin.kind)
    .where('origin_id', 'in', origin.ids)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    kind: row.kind,
    household: row.household_id,
    origin: { kind: row.origin_kind, id: row.origin_id },
    state: row.state,
    level: row.level,
    holder: row.holder_id && row.holder_name ? { account: row.holder_id, name: row.holder_name } : null,
    dueOn: row.due_on,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  }))
}
