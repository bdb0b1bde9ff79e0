import type { Words } from '@zhulian/kernel'
import type { Actor } from './actor.ts'
import type { OpenTransaction, Subject } from './ctx.ts'
import type { Purpose } from './route.ts'

/** One line of the trail: who did what to whom, for what, and how it ended. Ids and codes, no personal data. */
export interface TrailLine {
  readonly at: Date
  readonly actor: Actor
  readonly action: string
  readonly words: Words
  readonly purpose: Purpose
  readonly outcome: 'done' | 'refused' | 'failed'
  /** Of the refusal; `request.repeated` where a write was sent again and got the answer it had. */
  readonly code: string | undefined
  /** Given by the person for a look at something protected. */
  readonly reason: string | undefined
  readonly subjects: readonly Subject[]
  readonly requestId: string
  readonly address: string
}

/** Kept by the module audit. If it throws, the request has no effect. */
export type WriteTrail = (transaction: OpenTransaction, line: TrailLine) => Promise<void>
