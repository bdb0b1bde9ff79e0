import type { Day, Id, Language, Words } from '@zhulian/kernel'
import type { Kysely } from 'kysely'
import type { Actor } from './actor.ts'
import type { Calendar } from './calendar.ts'
import type { FieldCrypto } from './crypto.ts'
import type { Log } from './log.ts'
import type { Reach } from './reach.ts'

/** A transaction whose tables nobody has named yet. */
export type OpenTransaction = Kysely<Record<string, never>>

/**
 * What one request, or one run of a job, has in its hand. The transaction is open and row-level security is set to the
 * actor's scope; the platform commits. No module asks the machine for the time.
 */
export interface Ctx {
  /** Only {@link tablesOf} reads this. */
  readonly transaction: OpenTransaction
  readonly actor: Actor
  readonly district: string
  readonly now: Date
  /** The office's calendar day (Asia/Shanghai unless configured). */
  readonly today: Day
  readonly language: Language
  readonly requestId: string
  readonly calendar: Calendar
  readonly crypto: FieldCrypto
  readonly log: Log
  /** The way out to other systems. Only jobs take it: nobody waits for it. */
  readonly reach: Reach
  /** Names whom the request is about, for the trail: once for each household or person read or changed. */
  about(subject: Subject): void
  /** The reason a person gave for a look at something protected; it goes to the trail. */
  because(reason: string): void
  /**
   * Writes a job in this transaction. Payloads are ids only. Does nothing twice for the same key; `ifThere` is for the job of a room
   * that knows this one and may not be in the house.
   */
  later(
    job: string,
    payload: Readonly<Record<string, string | number>>,
    options?: { key?: string; after?: Date; ifThere?: boolean },
  ): Promise<void>
  /** Tells browsers after the commit; audiences are filtered by account or by scope. Ids only, never personal data. */
  tell(event: LiveEvent): void
}

export interface Subject {
  readonly kind: 'household' | 'person' | 'account' | 'interview' | 'case' | 'batch' | 'policy'
  readonly id: Id
}

export interface LiveEvent {
  /** `module.whatHappened` */
  readonly name: string
  /** Who is told: one account, or everybody of a role whose scope holds the division. */
  readonly to: { readonly account: Id } | { readonly roles: readonly Actor['role'][]; readonly division: string }
  readonly id: Id
  readonly words?: Words
}

/**
 * A module's door to its own tables: `const registry = tablesOf<RegistryTables>()`, then `registry(ctx).selectFrom('registry.person')`.
 * Tables of other modules do not compile; their published `v_…` views may be named.
 */
export const tablesOf =
  <Tables>() =>
  (ctx: Ctx): Kysely<Tables> =>
    ctx.transaction as unknown as Kysely<Tables>
