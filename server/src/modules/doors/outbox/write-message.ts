import { type Id, newId } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import type { MessageKind } from '../kinds.ts'
import { doors, type SubscriptionRow } from '../tables.ts'

export interface Told {
  readonly kind: MessageKind
  readonly about: Id
  /** When it happened. */
  readonly at: Date
  readonly told: Readonly<Record<string, string | number>>
}

/** Writes a message for one system in the transaction of what it tells; it goes out once that is committed. */
export async function writeMessage(
  ctx: Ctx,
  to: Pick<SubscriptionRow, 'id'>,
  { kind, about, at, told }: Told,
): Promise<Id> {
  const id = newId(ctx.now.getTime())
  await doors(ctx)
    .insertInto('doors.message')
    .values({
      district: ctx.district,
      id,
      subscription_id: to.id,
      kind,
      about_id: about,
      body: JSON.stringify({ type: kind, timestamp: at.toISOString(), data: told }),
      said_at: at,
      state: 'waiting',
      why: null,
      tries: 0,
      replays: 0,
      next_at: ctx.now,
      since_at: ctx.now,
      ended_at: null,
    })
    .execute()
  await sendSoon(ctx)
  return id
}

export const sendSoon = (ctx: Ctx) => ctx.later('doors.send', {}, { key: 'now' })
