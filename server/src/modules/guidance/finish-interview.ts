import { newId, type Day } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type HouseholdFacts, judge, type Judgement } from '@zhulian/rules'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { contentHash } from '../pools/index.ts'
import { type guidanceContract, rosterFirst } from './contract.ts'
import { factsOf, type Interview } from './interview.ts'
import { readInterview, lockInterview, sealInterview } from './kept-interview.ts'
import { countGroups } from './result.ts'
import { stateOf } from './state.ts'
import type { GuidanceTables } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

/** Exactly what was judged; with the version of the pool it can be judged again. */
export interface Inputs {
  readonly facts: HouseholdFacts
  readonly on: Day
  readonly interview: Interview
}

export const sealInputs = 'guidance.screening.inputs'
export const sealResult = 'guidance.screening.result'
export const inputsHash = (inputs: Pick<Inputs, 'facts' | 'on'>, pool: string): string =>
  contentHash({ facts: inputs.facts, on: inputs.on, pool })
export const resultHash = (judgement: Judgement): string => contentHash(judgement)

/** Ends the interview, judges, and keeps the result. Finishing twice gives the same result. */
export async function finishInterview(
  ctx: Ctx,
  { params, body, ifMatch }: InputOf<(typeof guidanceContract)['POST /interviews/:interviewId/finish']> & RequestEdges,
) {
  const before = await readInterview(ctx, params.interviewId, true)
  if (before.row.state === 'finished' && before.row.screening_id) return { screening: before.row.screening_id }
  const { row, interview } = await lockInterview(ctx, params.interviewId, body.expectedVersion ?? ifMatch)
  if (interview.members === null) throw rosterFirst()
  const { loaded, on, plan } = await stateOf(ctx, row, interview)
  const facts = factsOf(interview, ctx.district, on)
  const judgement = judge(loaded.pool, facts, on)
  const counts = countGroups(judgement)
  const id = newId(ctx.now.getTime())
  const inputs: Inputs = { facts, on, interview: { ...interview, known: {}, drafts: {} } }
  await guidance(ctx)
    .insertInto('guidance.screening')
    .values({
      district: ctx.district,
      id,
      interview_id: row.id,
      account_id: row.account_id,
      household_id: row.household_id,
      village: row.village,
      division: '',
      handed_to: '',
      careful: interview.raised.length > 0,
      judged_for: on,
      judged_at: ctx.now,
      pool_version: loaded.id,
      sealed_inputs: ctx.crypto.seal(sealInputs, id, JSON.stringify(inputs)),
      sealed_result: ctx.crypto.seal(sealResult, id, JSON.stringify(judgement)),
      inputs_hash: inputsHash(inputs, loaded.id),
      result_hash: resultHash(judgement),
      can_apply: counts.canApply,
      almost: counts.almost,
      not_now: counts.notNow,
      answered: interview.answers.length,
      saved: plan.saved,
    })
    .execute()
  await guidance(ctx)
    .updateTable('guidance.interview')
    .set({
      state: 'finished',
      version: row.version + 1,
      screening_id: id,
      judged_for: on,
      pool_version: loaded.id,
      changed_at: ctx.now,
      sealed_answers: sealInterview(ctx, row.id, interview),
    })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return { screening: id }
}
