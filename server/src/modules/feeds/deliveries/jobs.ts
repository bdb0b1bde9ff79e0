import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Job } from '../../../platform/module.ts'
import { notDone } from '../refusals.ts'
import { nextState } from './delivery.ts'
import { forgetContent, forgetOldContent, runUndoDelivery } from './end-delivery.ts'
import { findDelivery, move } from './kept-delivery.ts'
import { pairDecided } from './mend.ts'
import { runRead } from './read-delivery.ts'
import { runRelease } from './release.ts'
import { forgetNonces } from './take-signed.ts'

type Payload = Readonly<Record<string, string | number>>
const deliveryOf = (payload: Payload) => String(payload['delivery']) as Id

/** Whoever handed it in waits for it: what fails three times is handed back, with words and a number to ask by. */
const giveUp = {
  after: 3,
  do: async (ctx: Ctx, payload: Payload) => {
    const delivery = await findDelivery(ctx, deliveryOf(payload), true)
    const problem = notDone.words({ number: ctx.requestId.slice(0, 8) })
    if (nextState(delivery, 'fail')) await move(ctx, delivery, 'fail', { problem: JSON.stringify(problem) })
  },
}

export const deliveryJobs: readonly Job[] = [
  {
    name: 'feeds.readDelivery',
    looksEverySeconds: 0.5,
    isAwaited: true,
    do: (ctx, payload) => runRead(ctx, deliveryOf(payload)),
    giveUp,
  },
  {
    name: 'feeds.release',
    looksEverySeconds: 0.5,
    isAwaited: true,
    do: (ctx, payload) => runRelease(ctx, deliveryOf(payload)),
    giveUp,
  },
  {
    name: 'feeds.undoDelivery',
    looksEverySeconds: 0.5,
    do: (ctx, payload) => runUndoDelivery(ctx, deliveryOf(payload)),
    giveUp,
  },
  {
    name: 'feeds.pairDecided',
    do: (ctx, payload) =>
      pairDecided(ctx, deliveryOf(payload), Number(payload['row']), payload['person'] as Id | undefined),
  },
  { name: 'feeds.forgetDelivery', do: (ctx, payload) => forgetContent(ctx, deliveryOf(payload)) },
  {
    name: 'feeds.forgetDelivered',
    cron: '20 3 * * *',
    do: async ctx => {
      await forgetOldContent(ctx)
      await forgetNonces(ctx)
    },
  },
]
