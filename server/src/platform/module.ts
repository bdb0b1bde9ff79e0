import type { Ctx } from './ctx.ts'
import type { Installation } from './installation.ts'
import type { Routes } from './route.ts'

/** What runs later or by the clock, each in its own transaction as the district's machine account. */
export interface Job {
  /** `module.verbNoun` */
  readonly name: string
  /** A cron line in the office's time zone, for what runs by the clock. */
  readonly cron?: string
  /** Also when the server starts, for what is gone with its memory. */
  readonly atStart?: boolean
  readonly do: JobWork
  /** Of what has to be there at once: how long it may lie before somebody looks. @default 2 */
  readonly looksEverySeconds?: number
  /** Somebody waits for what comes of it: what can wait begins after it. */
  readonly isAwaited?: boolean
  /** Nobody waits for it: it begins once no job that is awaited is due or runs, and at the latest after some minutes. */
  readonly canWait?: boolean
  /** For what somebody waits for: done instead once it has failed so often, and then it is not tried again. */
  readonly giveUp?: { readonly after: number; readonly do: JobWork }
}

type JobWork = (ctx: Ctx, payload: Readonly<Record<string, string | number>>) => Promise<void>

/** One room of the house. The list of them is in app.ts. */
export interface Module {
  readonly name: string
  readonly routes: Routes
  readonly jobs?: readonly Job[]
  /** Runs once before the first request, as the owner of the district's data: loading what `data/` ships. */
  readonly open?: (ctx: Ctx) => Promise<void>
  /** Lets go of what it holds in memory, after the last request and the last job. */
  readonly close?: (house: Pick<Installation, 'crypto'>) => Promise<void>
}
