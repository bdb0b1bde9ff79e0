import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { draftedPool } from '../pools/index.ts'
import { howFar, stopCountingOf, whileCounting } from './counting-drafts.ts'
import { remembered } from './registry-memory.ts'
import { countingStopped, draftNotReadable, type tryDraftContract } from './try-draft-contract.ts'

type Input = InputOf<(typeof tryDraftContract)['POST /simulations/drafts/:draftId']>
type Answer = AnswerOf<(typeof tryDraftContract)['POST /simulations/drafts/:draftId']>
type HowFar = (typeof tryDraftContract)['GET /simulations/drafts/:draftId/counting']
type Stop = (typeof tryDraftContract)['POST /simulations/drafts/:draftId/counting/stop']

/**
 * A draft tried on everybody in the registry, in the thread beside the server. Counted is what was saved, so that the author
 * and the second person see one thing.
 * @throws draftNotFound, draftStepNotOpen, draftNotReadable, countingStopped
 */
export async function tryDraft(ctx: Ctx, { params }: Input): Promise<Answer> {
  const named = { what: 'benefits', draft: params.draftId, stopped: countingStopped } as const
  return await whileCounting(ctx, named, async watch => {
    const { version, key, hash, documents, from } = await draftedPool(ctx, params.draftId)
    const { loaded, townships, asOf, tryDraft: ask } = await remembered(ctx, watch('reading').signal)
    const began = performance.now()
    const inOrder = [...townships].toSorted(([a], [b]) => (a < b ? -1 : 1))
    const counted = await ask({ key, hash, documents, from, townships: inOrder }, watch('counting'))
    if (typeof counted === 'number') throw draftNotReadable({ problems: counted })
    const ms = Math.round((performance.now() - began) * 10) / 10
    return { version, poolVersion: loaded.id, asOf: asOf.toISOString(), ...counted, ms }
  })
}

/** @throws draftNotFound */
export const howFarTried = (ctx: Ctx, { params }: InputOf<HowFar>): Promise<AnswerOf<HowFar>> =>
  howFar(ctx, 'benefits', params.draftId)

/** @throws draftNotFound */
export const stopTrying = (ctx: Ctx, { params }: InputOf<Stop>): Promise<AnswerOf<Stop>> =>
  stopCountingOf(ctx, 'benefits', params.draftId)
