import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { findVillageOf } from '../identity/index.ts'
import { currentPool } from '../pools/index.ts'
import { childAnswers, type guidanceContract, householdNotReachable, screeningNotFound } from './contract.ts'
import { openScreening } from './get-screening.ts'
import { knownOf } from './known-facts.ts'
import { emptyInterview, type Interview, keyOf, splitKey } from './interview.ts'
import { sealInterview } from './kept-interview.ts'
import { asksGuide, stateOf } from './state.ts'
import type { GuidanceTables, InterviewRow } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

type Body = InputOf<(typeof guidanceContract)['POST /interviews']>['body']

/** What an interview begins with. */
interface Beginning {
  readonly interview: Interview
  readonly household: Id | null
  readonly village: string | null
}

/** For oneself, or, by staff, on behalf of a family. What the registry knows comes as confirmations. */
export async function beginInterview(ctx: Ctx, { body }: InputOf<(typeof guidanceContract)['POST /interviews']>) {
  if (body.ageOfAnswerer !== undefined && body.ageOfAnswerer < 14) throw childAnswers()
  if (body.onBehalfOf && !asksGuide(ctx)) throw householdNotReachable()
  const loaded = await currentPool(ctx)
  const { interview, household, village } = body.from ? await goOnFrom(ctx, body.from) : await afresh(ctx, body)
  const id = newId(ctx.now.getTime())
  const row: InterviewRow = {
    district: ctx.district,
    id,
    account_id: ctx.actor.account,
    household_id: household,
    village,
    state: 'open',
    version: 1,
    judged_for: ctx.today,
    pool_version: loaded.id,
    sealed_answers: null,
    answered: interview.answers.length,
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

async function afresh(ctx: Ctx, body: Body): Promise<Beginning> {
  const staff = asksGuide(ctx)
  const household = body.onBehalfOf?.household
  const known = household ? await knownOf(ctx, await currentPool(ctx), household) : undefined
  return {
    interview: {
      ...emptyInterview,
      depth: body.depth,
      ...(known ? { rosterDraft: known.members, known: known.facts, sources: known.sources, useRegistry: true } : {}),
      onBehalfOf: body.onBehalfOf
        ? { household: household ?? null, name: body.onBehalfOf.name ?? known?.name ?? '这户人家' }
        : null,
    },
    household: household ?? (staff ? null : (ctx.actor.household ?? null)),
    village:
      known?.division ??
      (await villageHere(ctx, body.village)) ??
      (staff ? villageOfScope(ctx) : ((await findVillageOf(ctx)) ?? null)),
  }
}

/** The answers of a finished interview, with the question that was left open asked now. */
async function goOnFrom(ctx: Ctx, from: NonNullable<Body['from']>): Promise<Beginning> {
  const { row, inputs, own } = await openScreening(ctx, from.screening)
  if (!own) throw screeningNotFound()
  const { fact, person } = splitKey(from.ask ?? '')
  const asked = from.ask && inputs.interview.members?.some(m => person === undefined || m.key === person)
  return {
    interview: {
      ...inputs.interview,
      // What is gone on with is what was left open.
      depth: 'everything',
      // Asked again, it is open again, also where the whole family was asked at once.
      answers: asked ? inputs.interview.answers.filter(a => a.key !== from.ask) : inputs.interview.answers,
      asking: asked ? keyOf(fact, person) : null,
      possible: null,
      possibleBefore: null,
    },
    household: row.household_id,
    village: row.village,
  }
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
