import { type Id, newId } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { Interview } from './interview.ts'
import { type Signal, signalHours, signalsIn, signalsInWords } from './signals.ts'
import type { GuidanceTables, InterviewRow } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

interface Matter {
  readonly interview: Id
  readonly account: Id
  readonly village: string | null
}

/** Lays what was said in an interview before a trained person, once for each kind. */
export async function raiseSignals(ctx: Ctx, row: InterviewRow, interview: Interview): Promise<Interview> {
  const found = signalsIn(interview, ctx.today).filter(s => !interview.raised.includes(s.kind))
  if (found.length === 0) return interview
  await layBefore(ctx, { interview: row.id, account: row.account_id, village: row.village }, found)
  return { ...interview, raised: [...interview.raised, ...found.map(s => s.kind)] }
}

/** The same for what is written beside a result. @returns whether there was anything to lay before somebody */
export async function heedWords(ctx: Ctx, matter: Matter, text: string | undefined): Promise<boolean> {
  const found = text === undefined ? [] : signalsInWords(text)
  await layBefore(ctx, matter, found)
  return found.length > 0
}

/** Nobody in the village and nobody in the household is told, and nothing else is sent. */
async function layBefore(ctx: Ctx, matter: Matter, found: readonly Signal[]): Promise<void> {
  const division = matter.village === null ? ctx.district : matter.village.slice(0, 9)
  for (const { kind, said } of found) {
    const id = newId(ctx.now.getTime())
    await guidance(ctx)
      .insertInto('guidance.signal')
      .values({
        district: ctx.district,
        id,
        interview_id: matter.interview,
        account_id: matter.account,
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
}
