import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { isWebhookKind } from './kinds.ts'
import { writeMessage } from './outbox/write-message.ts'
import { tellProvince } from './province/results.ts'
import { doors } from './tables.ts'

/**
 * Another room said, in the transaction of the deed, that something happened: a kind, an id, when, and states by their names. Here it becomes
 * a message for each system that wants to hear of it, paused ones too. What needs care no room says.
 */
export async function say(ctx: Ctx, payload: Readonly<Record<string, string | number>>): Promise<void> {
  const { kind: kindSaid, id: idSaid, at: saidAt, ...told } = payload
  const [kind, id, at] = [String(kindSaid), idSaid as Id, new Date(String(saidAt))]
  if (!isWebhookKind(kind)) throw new Error(`nobody can be told of ${kind}: it is not among the kinds`)
  const listeners = await doors(ctx)
    .selectFrom('doors.subscription')
    .select(['id', 'kinds'])
    .where('district', '=', ctx.district)
    .where('form', '=', 'webhook')
    .where('state', '<>', 'ended')
    .where('made_at', '<=', at)
    .orderBy('id')
    .execute()
  for (const to of listeners)
    if (to.kinds.includes(kind)) await writeMessage(ctx, to, { kind, about: id, at, told: { id, ...told } })
  if (kind === 'need.moved' || kind === 'need.closed') await tellProvince(ctx, id, at, told)
}
