import type { Language, Refusal } from '@zhulian/kernel'
import type { Actor } from './actor.ts'

/** What the platform must know of a session token. The module identity answers it. */
export interface Door {
  /**
   * Who holds the token; undefined when the session, the account or the grant has ended.
   * @param touch false when the question does not come from a person's action and must not keep the session awake
   */
  whoHolds(token: string, touch: boolean): Promise<Visitor | undefined>
}

export interface Visitor {
  readonly actor: Actor
  /** Chosen by the person; otherwise the browser's language counts. */
  readonly language: Language | undefined
  /** Why they do not come in, although session, account and grant are good: the contract of whom they work for is over. */
  readonly refused: Refusal | undefined
}
