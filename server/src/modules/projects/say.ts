import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { standsOf } from '../wishes/index.ts'
import { isOrderEnded } from './orders/order.ts'
import type { OrderRow } from './orders/tables.ts'
import type { ProjectRow } from './tables.ts'

/** To whichever system outside is told of projects, in the transaction of the step. A draft is nobody else's yet. */
export async function sayProject(ctx: Ctx, { id, state }: Pick<ProjectRow, 'id' | 'state'>): Promise<void> {
  const kind = state === 'callOpen' ? 'project.called' : state === 'archived' ? 'project.closed' : 'project.moved'
  await say(ctx, kind, id, { state })
}

/** Its id, where it stands, and which need it is for; nothing where that needs care by now. */
export async function sayOrder(
  ctx: Ctx,
  { id, state, need_id: need }: Pick<OrderRow, 'id' | 'state' | 'need_id'>,
  isNew: boolean,
): Promise<void> {
  const stands = (await standsOf(ctx, [need])).get(need)
  if (!stands || stands.careful) return
  await say(ctx, isNew ? 'order.sent' : isOrderEnded(state) ? 'order.closed' : 'order.moved', id, { state, need })
}

const say = (ctx: Ctx, kind: string, id: Id, told: Readonly<Record<string, string>>) =>
  ctx.later('doors.say', { kind, id, at: ctx.now.toISOString(), ...told }, { ifThere: true })
