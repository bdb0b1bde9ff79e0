import type { Language } from '@zhulian/kernel'
import type pg from 'pg'
import type { Actor } from './actor.ts'
import type { Calendar } from './calendar.ts'
import type { Clock } from './clock.ts'
import type { FieldCrypto } from './crypto.ts'
import type { Ctx, LiveEvent, OpenTransaction, Subject } from './ctx.ts'
import type { Database } from './database/index.ts'
import type { Log } from './log.ts'
import type { Reach } from './reach.ts'

/** Writes a job in the transaction of the connection. */
export type WriteJob = (client: pg.ClientBase, district: string, ...job: Parameters<Ctx['later']>) => Promise<void>

/** What one running district stands on. */
export interface Installation {
  readonly district: string
  readonly database: Database
  readonly clock: Clock
  readonly calendar: Calendar
  readonly crypto: FieldCrypto
  readonly log: Log
  readonly writeJob: WriteJob
  readonly reach: Reach
}

/** What a use case said besides its answer. */
export interface Said {
  readonly subjects: Subject[]
  readonly reasons: string[]
  readonly events: LiveEvent[]
}

/** The context of one transaction, and what is said in it. */
export function openCtx(
  installation: Installation,
  actor: Actor,
  transaction: OpenTransaction,
  client: pg.ClientBase,
  { language, requestId }: { readonly language: Language; readonly requestId: string },
): { ctx: Ctx; said: Said } {
  const { clock, calendar, crypto, log, reach } = installation
  const said: Said = { subjects: [], reasons: [], events: [] }
  const ctx: Ctx = {
    transaction,
    actor,
    district: actor.district,
    now: clock.now(),
    today: clock.today(),
    language,
    requestId,
    calendar,
    crypto,
    log: log.with({ requestId }),
    reach,
    about: subject => {
      if (!said.subjects.some(known => known.kind === subject.kind && known.id === subject.id))
        said.subjects.push(subject)
    },
    because: reason => void said.reasons.push(reason),
    later: (...job) => installation.writeJob(client, actor.district, ...job),
    tell: event => void said.events.push(event),
  }
  return { ctx, said }
}
