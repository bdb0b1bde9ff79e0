import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'

/** Who keeps the doors hears that something does not get out; `id` is of the system it was for. */
export function tellKeepers(ctx: Ctx, id: Id, name: 'doors.paused' | 'doors.dead' | 'doors.noticeDead'): void {
  ctx.tell({ name, to: { roles: ['admin'], division: ctx.district }, id })
}
