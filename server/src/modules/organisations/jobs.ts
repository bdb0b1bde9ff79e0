import { addDays } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { writeStep } from './kept-organisation.ts'
import { warnDays } from './organisation.ts'
import { organisations } from './tables.ts'

export const organisationsJobs: readonly Job[] = [
  { name: 'organisations.watchContracts', cron: '15 0 * * *', do: watch },
]

/** Says once that a contract ends soon, and asks once for the proof of return or deletion when it is over; ends nothing itself. */
async function watch(ctx: Ctx): Promise<void> {
  const signed = () =>
    organisations(ctx)
      .updateTable('organisations.contract')
      .where('district', '=', ctx.district)
      .where('signed_at', 'is not', null)
      // Of what never began nobody held anything.
      .where(sql<boolean>`coalesce(ended_on, until_on) >= from_on`)
      .returning(['id', 'organisation_id'])
  const last = sql`coalesce(ended_on, until_on)`
  const warned = await signed()
    .set({ warned_on: ctx.today })
    .where('warned_on', 'is', null)
    .where(sql<boolean>`${last} between ${ctx.today} and ${addDays(ctx.today, warnDays)}`)
    .execute()
  for (const row of warned) await writeStep(ctx, row.organisation_id, 'warn', { contract_id: row.id })
  const over = await signed()
    .set({ proof_asked_on: ctx.today })
    .where('proof_asked_on', 'is', null)
    .where('proof', 'is', null)
    .where(sql<boolean>`${last} < ${ctx.today}`)
    .execute()
  for (const row of over) await writeStep(ctx, row.organisation_id, 'askProof', { contract_id: row.id })
}
