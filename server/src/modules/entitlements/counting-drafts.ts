import type { Id, Refusal } from '@zhulian/kernel'
import type { FieldCrypto } from '../../platform/crypto.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Watch } from '../../platform/thread.ts'
import { readDraft } from '../pools/index.ts'
import { reading } from './registry-memory.ts'

/** What is counted of a draft: who would get something else, or of whom an alert would be raised. */
export type CountedOf = 'benefits' | 'alerts'
/** The registry is read, then what the platform itself knows of each household, then the rules are tried. */
export type CountingStep = 'reading' | 'looking' | 'counting'

interface Counting {
  step: CountingStep
  done: number
  of: number
  readonly stop: AbortController
}

/** What is being counted at this moment, by installation, then by who counts what of which draft. Nothing of it is kept. */
const open = new WeakMap<FieldCrypto, Map<string, Counting>>()
const keyOf = ({ actor }: Ctx, what: CountedOf, draft: Id) => `${actor.account} ${what} ${draft}`

/**
 * Counts where its author can see how far it is and call it off. Counted twice by the same account, the later is seen.
 * @throws what `stopped` makes, where it was called off
 */
export async function whileCounting<T>(
  ctx: Ctx,
  { what, draft, stopped }: { readonly what: CountedOf; readonly draft: Id; readonly stopped: () => Refusal },
  work: (watch: (step: CountingStep) => Required<Watch>) => Promise<T>,
): Promise<T> {
  const own = open.get(ctx.crypto) ?? new Map<string, Counting>()
  open.set(ctx.crypto, own)
  const counting: Counting = { step: 'reading', done: 0, of: 0, stop: new AbortController() }
  const { signal } = counting.stop
  const key = keyOf(ctx, what, draft)
  own.set(key, counting)
  try {
    return await work(step => {
      Object.assign(counting, { step, done: 0, of: 0 })
      return { far: (done, of) => void Object.assign(counting, { done, of }), signal }
    })
  } catch (error) {
    throw signal.aborted ? stopped() : error
  } finally {
    if (own.get(key) === counting) own.delete(key)
  }
}

/** @throws draftNotFound */
export async function howFar(ctx: Ctx, what: CountedOf, draft: Id) {
  await readDraft(ctx, draft)
  const counting = open.get(ctx.crypto)?.get(keyOf(ctx, what, draft))
  if (!counting) return { counting: null }
  const { step, done, of } = counting
  const read = step === 'reading' ? reading(ctx) : undefined
  return { counting: read ? { step, done: read.read, of: read.of } : { step, done, of } }
}

/** @throws draftNotFound */
export async function stopCountingOf(ctx: Ctx, what: CountedOf, draft: Id) {
  await readDraft(ctx, draft)
  const counting = open.get(ctx.crypto)?.get(keyOf(ctx, what, draft))
  counting?.stop.abort()
  return { stopped: counting !== undefined }
}
