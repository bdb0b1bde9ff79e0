import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { findVillageOf } from '../identity/index.ts'
import { currentPool } from '../pools/index.ts'
import { childAnswers, type guidanceContract, householdNotReachable } from './contract.ts'
import { knownOf } from './known-facts.ts'
import { emptyInterview, type Interview } from './interview.ts'
import { sealInterview } from './kept-interview.ts'
import { asksGuide, stateOf } from './state.ts'
import type { GuidanceTables, InterviewRow } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

/** For oneself, or, by staff, on behalf of a family. What the registry knows comes as confirmations. */
export async function beginInterview(ctx: Ctx, { body }: InputOf<(typeof guidanceContract)['POST /interviews']>) {
  if (body.ageOfAnswerer !== undefined && body.ageOfAnswerer < 14) throw childAnswers()
  const staff = asksGuide(ctx)
  if (body.onBehalfOf && !staff) throw householdNotReachable()
  const loaded = await currentPool(ctx)
  const household = body.onBehalfOf?.household
  const known = household ? await knownOf(ctx, loaded, household) : undefined
  const interview: Interview = {
    ...emptyInterview,
    ...(known ? { rosterDraft: known.members, known: known.facts, useRegistry: true } : {}),
    onBehalfOf: body.onBehalfOf
      ? { household: household ?? null, name: body.onBehalfOf.name ?? known?.name ?? '这户人家' }
      : null,
  }
  const id = newId(ctx.now.getTime())
  const row: InterviewRow = {
    district: ctx.district,
    id,
    account_id: ctx.actor.account,
    household_id: household ?? (staff ? null : (ctx.actor.household ?? null)),
    village:
      known?.division ??
      (await villageHere(ctx, body.village)) ??
      (staff ? villageOfScope(ctx) : ((await findVillageOf(ctx)) ?? null)),
    state: 'open',
    version: 1,
    judged_for: ctx.today,
    pool_version: loaded.id,
    sealed_answers: null,
    answered: 0,
    screening_id: null,
    started_at: ctx.now,
    changed_at: ctx.now,
  }
  const { state, possible } = await stateOf(ctx, row, interview)
  await guidance(ctx)
    .insertInto('guidance.interview')
    .values({ ...row, sealed_answers: sealInterview(ctx, id, { ...interview, possible }) })
    .execute()
  ctx.about({ kind: 'interview', id })
  if (row.household_id) ctx.about({ kind: 'household', id: row.household_id })
  return state
}

/** A code of somewhere else, or of no village, stops nobody: the interview then has no village. */
async function villageHere(ctx: Ctx, code: string | undefined): Promise<string | undefined> {
  if (code?.length !== 12 || !code.startsWith(ctx.district)) return undefined
  const found = await guidance(ctx)
    .selectFrom('registry.v_division')
    .select('code')
    .where('district', '=', ctx.district)
    .where('code', '=', code)
    .executeTakeFirst()
  return found?.code
}

const villageOfScope = (ctx: Ctx): string | null => (ctx.actor.scope?.length === 12 ? ctx.actor.scope : null)
