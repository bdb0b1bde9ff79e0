import type { Refusal } from '@zhulian/kernel'

/** The answer is no, yet what was written stands and is committed: a failure counted at the door must not be rolled back. */
export class KeptRefusal extends Error {
  override readonly name = 'KeptRefusal'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}
