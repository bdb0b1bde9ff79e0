import type { Words } from './words.ts'

/**
 * A "no" that a person can act on. Defined once in a module's `contract.ts` with {@link refusal}, thrown by a use case,
 * answered as RFC 9457 problem+json. `detail` says what happened, why, and what to do next.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly kind: RefusalKind
  readonly facts: Readonly<Record<string, unknown>>

  constructor(kind: RefusalKind, facts: Readonly<Record<string, unknown>> = {}) {
    super(kind.code)
    this.kind = kind
    this.facts = facts
  }
}

export interface RefusalKind<Facts extends Record<string, unknown> = Record<string, unknown>> {
  /** `module.whatIsWrong`, never reused. */
  readonly code: string
  /** HTTP status, 400–499. */
  readonly status: number
  readonly words: (facts: Facts) => Words
}

export interface RefusalMaker<Facts extends Record<string, unknown>> extends RefusalKind<Facts> {
  (...facts: Record<string, never> extends Facts ? [facts?: Facts] : [facts: Facts]): Refusal
}

/**
 * Defines a refusal: `throw alreadyClaimed({ by })`.
 * @example const notFound = refusal('wishes.notFound', 404, () => ({ zh: '没有找到这个心愿。', en: 'There is no such wish.' }))
 */
export function refusal<Facts extends Record<string, unknown> = Record<string, never>>(
  code: string,
  status: number,
  words: (facts: Facts) => Words,
): RefusalMaker<Facts> {
  const make = (facts?: Facts) => new Refusal(kind as unknown as RefusalKind, facts ?? {})
  const kind: RefusalMaker<Facts> = Object.assign(make, { code, status, words })
  return kind
}
