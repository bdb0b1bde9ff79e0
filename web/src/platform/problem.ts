/** Why something did not work, in the four ways that a person can do something about. */
export type ProblemKind = 'refused' | 'offline' | 'outage' | 'fault'

/** The part of RFC 9457 problem+json that our server sends. */
export interface ProblemDocument {
  readonly type?: string
  readonly title?: string
  readonly status?: number
  readonly detail?: string
  readonly code?: string
  readonly instance?: string
  readonly requestId?: string
  readonly facts?: Readonly<Record<string, unknown>>
  readonly fields?: readonly FieldProblem[]
  readonly [other: string]: unknown
}

/** One field that did not fit: where it stands in what was sent, and what is wrong with it. */
export interface FieldProblem {
  readonly path: string
  readonly words: string
}

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly kind: ProblemKind
  /** 0 when no answer came. */
  readonly status: number
  /** `module.whatIsWrong` */
  readonly code: string
  /** What happened, why, what to do next, in the reader's language; absent when the server said nothing. */
  readonly detail: string | undefined
  /** The number a person can quote. */
  readonly reference: string | undefined
  readonly facts: Readonly<Record<string, unknown>>
  readonly fields: readonly FieldProblem[]

  constructor(kind: ProblemKind, status: number, document: ProblemDocument = {}) {
    super(document.code ?? kind)
    this.kind = kind
    this.status = status
    this.code = document.code ?? kind
    this.detail = document.detail ?? document.title
    this.reference = document.requestId ?? document.instance
    this.facts = document.facts ?? {}
    this.fields = document.fields ?? []
  }
}

export const isProblem = (thrown: unknown): thrown is Problem => thrown instanceof Problem

export const problemOf = (thrown: unknown): Problem => (isProblem(thrown) ? thrown : new Problem('fault', 0))

export const kindOfStatus = (status: number): ProblemKind =>
  status === 502 || status === 503 || status === 504 ? 'outage' : status >= 500 ? 'fault' : 'refused'
