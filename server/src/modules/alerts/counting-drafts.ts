import type { Id } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import type { Watch } from '../../platform/thread.ts'
import { type CountingStep, howFar, stopCountingOf, whileCounting as counted } from '../entitlements/index.ts'
import { type alertsContract, countingStopped } from './contract.ts'

type HowFar = (typeof alertsContract)['GET /alerts/drafts/:draftId/counting']
type Stop = (typeof alertsContract)['POST /alerts/drafts/:draftId/counting/stop']

/**
 * Counts where its author can see how far it is and call it off.
 * @throws countingStopped
 */
export const whileCounting = <T>(
  ctx: Ctx,
  draft: Id,
  work: (watch: (step: CountingStep) => Required<Watch>) => Promise<T>,
): Promise<T> => counted(ctx, { what: 'alerts', draft, stopped: countingStopped }, work)

/** @throws draftNotFound */
export const howFarCounted = (ctx: Ctx, { params }: InputOf<HowFar>): Promise<AnswerOf<HowFar>> =>
  howFar(ctx, 'alerts', params.draftId)

/** @throws draftNotFound */
export const stopCounting = (ctx: Ctx, { params }: InputOf<Stop>): Promise<AnswerOf<Stop>> =>
  stopCountingOf(ctx, 'alerts', params.draftId)
