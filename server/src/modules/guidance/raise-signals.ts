import { newId } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { Interview } from './interview.ts'
import { signalHours, signalsIn } from './signals.ts'
import type { GuidanceTables, InterviewRow } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

/**
 * Lays what was said before a trained person of the township and the district, once for each kind. Nobody in the village
 * and nobody in the household is told, and nothing else is sent.
 */
export async function raiseSignals(ctx: Ctx, row: InterviewRow, interview: Interview): Promise<Interview> {
  const found = signalsIn(interview, ctx.today).filter(s => !interview.raised.includes(s.kind))
  if (found.length === 0) return interview
  const division = row.village === null ? ctx.district : row.village.slice(0, 9)
  for (const { kind, said } of found) {
    const id = newId(ctx.now.getTime())
    await guidance(ctx)
      .insertInto('guidance.signal')
      .values({
        district: ctx.district,
        id,
        interview_id: row.id,
        account_id: row.account_id,
        division,
        kind,
        state: 'open',
        sealed_said: ctx.crypto.seal('guidance.signal.said', id, JSON.stringify(said)),
        found_at: ctx.now,
        due_at: new Date(ctx.now.getTime() + signalHours * 3_600_000),
        taken_by: null,
        taken_by_name: null,
        taken_at: null,
        sealed_note: null,
        closed_at: null,
      })
      .execute()
    ctx.tell({ name: 'guidance.signalRaised', to: { roles: ['townshipClerk', 'districtOfficer'], division }, id })
  }
  return { ...interview, raised: [...interview.raised, ...found.map(s => s.kind)] }
}
