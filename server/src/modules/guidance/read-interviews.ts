import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { guidanceContract } from './contract.ts'
import { listedInterview, lockInterview, readInterview } from './kept-interview.ts'
import { stateOf, villageOf } from './state.ts'
import type { GuidanceTables } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

export async function getInterview(
  ctx: Ctx,
  { params }: InputOf<(typeof guidanceContract)['GET /interviews/:interviewId']>,
) {
  const { row, interview } = await readInterview(ctx, params.interviewId)
  return (await stateOf(ctx, row, interview)).state
}

/** Mine, open or finished lately; the last touched first. */
export async function listInterviews(ctx: Ctx) {
  const rows = await guidance(ctx)
    .selectFrom('guidance.interview')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('account_id', '=', ctx.actor.account)
    .where('state', '<>', 'cleared')
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(30)
    .execute()
  return {
    items: await Promise.all(
      rows.map(async row => ({
        id: row.id,
        state: row.state === 'finished' ? ('finished' as const) : ('open' as const),
        startedAt: row.started_at.toISOString(),
        changedAt: row.changed_at.toISOString(),
        answered: row.answered,
        onBehalfOf: listedInterview(ctx, row).onBehalfOf,
        village: await villageOf(ctx, row.village),
        screening: row.screening_id,
      })),
    ),
  }
}

/** Blots out everything that was answered; only that there was an interview remains. */
export async function clearInterview(
  ctx: Ctx,
  { params }: InputOf<(typeof guidanceContract)['DELETE /interviews/:interviewId']>,
) {
  const { row } = await lockInterview(ctx, params.interviewId, undefined)
  await guidance(ctx)
    .updateTable('guidance.interview')
    .set({ state: 'cleared', sealed_answers: null, answered: 0, version: row.version + 1, changed_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return { id: row.id }
}
