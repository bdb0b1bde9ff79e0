import type { Id } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { FieldCrypto } from '../../platform/crypto.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Watch } from '../../platform/thread.ts'
import { reading } from '../entitlements/index.ts'
import { readDraft } from '../pools/index.ts'
import { type alertsContract, countingStopped } from './contract.ts'

type HowFar = (typeof alertsContract)['GET /alerts/drafts/:draftId/counting']
type Stop = (typeof alertsContract)['POST /alerts/drafts/:draftId/counting/stop']
type Step = NonNullable<AnswerOf<HowFar>['counting']>['step']

interface Counting {
  step: Step
  done: number
  of: number
  readonly stop: AbortController
}

/** What is being counted at this moment, by installation, then by who counts which draft. Nothing of it is kept. */
const open = new WeakMap<FieldCrypto, Map<string, Counting>>()
const keyOf = ({ actor }: Ctx, draft: Id) => `${actor.account} ${draft}`

/**
 * Counts where its author can see how far it is and call it off. Counted twice by the same account, the later is seen.
 * @throws countingStopped
 */
export async function whileCounting<T>(
  ctx: Ctx,
  draft: Id,
  work: (watch: (step: Step) => Required<Watch>) => Promise<T>,
): Promise<T> {
  const own = open.get(ctx.crypto) ?? new Map<string, Counting>()
  open.set(ctx.crypto, own)
  const counting: Counting = { step: 'reading', done: 0, of: 0, stop: new AbortController() }
  const { signal } = counting.stop
  own.set(keyOf(ctx, draft), counting)
  try {
    return await work(step => {
      Object.assign(counting, { step, done: 0, of: 0 })
      return { far: (done, of) => void Object.assign(counting, { done, of }), signal }
    })
  } catch (error) {
    throw signal.aborted ? countingStopped() : error
  } finally {
    if (own.get(keyOf(ctx, draft)) === counting) own.delete(keyOf(ctx, draft))
  }
}

/** @throws draftNotFound */
export async function howFarCounted(ctx: Ctx, { params }: InputOf<HowFar>): Promise<AnswerOf<HowFar>> {
  await readDraft(ctx, params.draftId)
  const counting = open.get(ctx.crypto)?.get(keyOf(ctx, params.draftId))
  if (!counting) return { counting: null }
  const { step, done, of } = counting
  const read = step === 'reading' ? reading(ctx) : undefined
  return { counting: read ? { step, done: read.read, of: read.of } : { step, done, of } }
}

/** @throws draftNotFound */
export async function stopCounting(ctx: Ctx, { params }: InputOf<Stop>): Promise<AnswerOf<Stop>> {
  await readDraft(ctx, params.draftId)
  const counting = open.get(ctx.crypto)?.get(keyOf(ctx, params.draftId))
  counting?.stop.abort()
  return { stopped: counting !== undefined }
}
