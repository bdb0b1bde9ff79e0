import type { Day, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'

/** What a visit came to, as another module sees it: no words about anybody. */
export interface VisitFinding {
  readonly result: string
  readonly risk: string
  readonly on: Day
  readonly task: Id
}

/** @returns undefined for one that is not there or not in reach */
export async function findingOf(ctx: Ctx, finding: Id): Promise<VisitFinding | undefined> {
  const { rows } = await sql<VisitFinding>`
    select result, risk, found_on as "on", task_id as task from outreach.finding
    where district = ${ctx.district} and id = ${finding}`.execute(ctx.transaction)
  return rows[0]
}
