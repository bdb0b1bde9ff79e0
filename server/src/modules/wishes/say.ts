import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { isNeedClosed } from './need.ts'
import type { NeedRow, NeedStepRow, WishRow } from './tables.ts'

/** To whichever system outside is told of needs, in the transaction of the step: ids and states, and nothing of what needs care. */
export async function sayNeed(ctx: Ctx, row: NeedRow, step: NeedStepRow['step']): Promise<void> {
  if (row.careful || step === 'overdue' || step === 'groundGone') return
  const kind = step === 'tell' ? 'need.told' : isNeedClosed(row.state) ? 'need.closed' : 'need.moved'
  await say(ctx, kind, row.id, { state: row.state, level: row.level })
}

export async function sayWish(ctx: Ctx, { id, state }: Pick<WishRow, 'id' | 'state'>, isNew = false): Promise<void> {
  const open = isNew ? 'wish.published' : 'wish.reopened'
  await say(ctx, state === 'open' ? open : state === 'claimed' ? 'wish.claimed' : 'wish.ended', id, { state })
}

const say = (ctx: Ctx, kind: string, id: Id, told: Readonly<Record<string, string>>) =>
  ctx.later('doors.say', { kind, id, at: ctx.now.toISOString(), ...told }, { ifThere: true })
