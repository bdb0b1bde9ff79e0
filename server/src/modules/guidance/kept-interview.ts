import type { Id } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { readSealedJson } from '../../platform/open-sealed.ts'
import { answeredElsewhere, interviewFinished, interviewNotFound } from './contract.ts'
import { emptyInterview, type Interview } from './interview.ts'
import { stateOf } from './state.ts'
import type { GuidanceTables, InterviewRow } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()
const column = 'guidance.interview.answers'

export interface Kept {
  readonly row: InterviewRow
  readonly interview: Interview
}

export const sealInterview = (ctx: Ctx, id: Id, interview: Interview): Buffer =>
  ctx.crypto.seal(column, id, JSON.stringify(interview))

const openInterview = (ctx: Ctx, row: InterviewRow): Interview =>
  row.sealed_answers ? (JSON.parse(ctx.crypto.open(column, row.id, row.sealed_answers)) as Interview) : emptyInterview

/** As it stands in a list: one that cannot be opened holds up none of the others. */
export const listedInterview = (ctx: Ctx, row: InterviewRow): Interview =>
  row.sealed_answers
    ? readSealedJson<Interview>(ctx, column, row.id, row.sealed_answers, emptyInterview)
    : emptyInterview

/** One's own interview. @throws interviewNotFound for another's, for one that was cleared, for one that never was */
export async function readInterview(ctx: Ctx, id: Id, lock = false): Promise<Kept> {
  const found = guidance(ctx)
    .selectFrom('guidance.interview')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('account_id', '=', ctx.actor.account)
    .where('state', '<>', 'cleared')
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw interviewNotFound()
  ctx.about({ kind: 'interview', id })
  if (row.household_id) ctx.about({ kind: 'household', id: row.household_id })
  return { row, interview: openInterview(ctx, row) }
}

/**
 * Locks an interview that is still open, as the client last saw it.
 * @param expected the version the client saw; undefined when it does not say
 * @throws interviewFinished, answeredElsewhere with the newer state
 */
export async function lockInterview(ctx: Ctx, id: Id, expected: number | undefined): Promise<Kept> {
  const kept = await readInterview(ctx, id, true)
  if (kept.row.state === 'finished') throw interviewFinished({ screening: String(kept.row.screening_id) })
  if (expected !== undefined && expected !== kept.row.version)
    throw answeredElsewhere({ version: kept.row.version, state: (await stateOf(ctx, kept.row, kept.interview)).state })
  return kept
}

/** Keeps the interview one version further and says where it stands. */
export async function keepInterview(ctx: Ctx, row: InterviewRow, changed: Interview) {
  const version = row.version + 1
  const { state, possible, loaded, on } = await stateOf(ctx, { ...row, version, changed_at: ctx.now }, changed)
  await guidance(ctx)
    .updateTable('guidance.interview')
    .set({
      sealed_answers: sealInterview(ctx, row.id, { ...changed, possible }),
      version,
      answered: changed.answers.length,
      judged_for: on,
      pool_version: loaded.id,
      changed_at: ctx.now,
    })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return state
}
