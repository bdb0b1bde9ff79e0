import { type Day, type DivisionCode, type Id, isId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { judge, type Judgement } from '@zhulian/rules'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { readSealedJson } from '../../platform/open-sealed.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { listGuidesOf } from '../identity/index.ts'
import { type LoadedPool, poolVersion } from '../pools/index.ts'
import { consentView, consentsOf } from './consent.ts'
import { type guidanceContract, screeningNotFound } from './contract.ts'
import { type Inputs, inputsHash, resultHash, sealInputs, sealResult } from './finish-interview.ts'
import type { Member } from './interview.ts'
import { caution, countGroups, headlineOf, perMonthOf, policyLines, type Reading, serviceLines } from './result.ts'
import { calmView, memberView, villageOf } from './state.ts'
import type { GuidanceTables, ScreeningRow } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

export interface OpenedScreening {
  readonly row: ScreeningRow
  readonly inputs: Inputs
  readonly judgement: Judgement
  readonly loaded: LoadedPool
  readonly members: readonly Member[]
  readonly own: boolean
}

/** One's own result, or one whose owner agreed to show it. @throws screeningNotFound for all others */
export async function openScreening(ctx: Ctx, id: Id): Promise<OpenedScreening> {
  const row = await guidance(ctx)
    .selectFrom('guidance.screening')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw screeningNotFound()
  ctx.about({ kind: 'interview', id: row.interview_id })
  if (row.household_id) ctx.about({ kind: 'household', id: row.household_id })
  const inputs = JSON.parse(ctx.crypto.open(sealInputs, id, row.sealed_inputs)) as Inputs
  const judgement = JSON.parse(ctx.crypto.open(sealResult, id, row.sealed_result)) as Judgement
  const loaded = await poolVersion(ctx, row.pool_version)
  return {
    row,
    inputs,
    judgement,
    loaded,
    members: inputs.interview.members ?? [],
    own: row.account_id === ctx.actor.account,
  }
}

export const readingOf = ({ loaded, judgement, members, row, own, inputs }: OpenedScreening): Reading => ({
  loaded,
  judgement,
  // "您" is who asked, not the guide who reads it.
  members: own ? members : members.map(m => (m.self ? { ...m, self: false, callName: m.callName } : m)),
  on: row.judged_for,
  facts: inputs.facts,
  interview: inputs.interview,
  guarded: !own,
})

export async function getScreening(
  ctx: Ctx,
  { params }: InputOf<(typeof guidanceContract)['GET /screenings/:screeningId']>,
) {
  const opened = await openScreening(ctx, params.screeningId)
  const { row, inputs, judgement, members, own } = opened
  const reading = readingOf(opened)
  const policies = policyLines(reading)
  const counts = countGroups(judgement)
  const consents = own ? await consentsOf(ctx, row.interview_id) : []
  return {
    id: row.id,
    interview: row.interview_id,
    on: row.judged_for,
    judgedAt: row.judged_at.toISOString(),
    poolVersion: row.pool_version,
    village: await villageOf(ctx, row.village),
    onBehalfOf: inputs.interview.onBehalfOf,
    headline: headlineOf(counts),
    counts: { ...counts, answered: row.answered, saved: row.saved },
    perMonth: perMonthOf(policies),
    policies,
    services: serviceLines(reading),
    members: members.map(m => memberView(m, row.judged_for)),
    nearest: await nearestOf(ctx, row.village),
    needs: own ? needsAsked(opened.loaded) : null,
    consents: [consentView(consents, 'tellGuide'), consentView(consents, 'useRegistry')],
    // A colleague who may see the result learns nothing of what a trained person looks after.
    calm: own && row.careful ? calmView : null,
    caution,
  }
}

/** What may be needed most, in the words of the dictionary: asked on handing in, as no rule rests on it. */
function needsAsked(loaded: LoadedPool) {
  const fact = loaded.fact('household.needs')
  const options = (fact?.values ?? []).map(({ value, label }) => ({ value: String(value), label }))
  return fact?.question && options.length > 0 ? { title: fact.question, options } : null
}

/** The guide of the village, or where there is none the window of the township. */
async function nearestOf(ctx: Ctx, village: string | null) {
  const place = await villageOf(ctx, village)
  const [guide] = village?.length === 12 ? await listGuidesOf(ctx, village as DivisionCode) : []
  if (guide)
    return {
      name: guide.name,
      office: { zh: `${place?.name ?? ''}导服员`, en: `Guide of ${place?.name ?? 'the village'}` },
      phone: guide.phone,
    }
  return {
    name: place ? `${place.name}便民服务中心` : '区社会救助服务热线',
    office: { zh: '社会救助窗口', en: 'Social assistance window' },
    phone: '12345',
  }
}

export async function listScreenings(ctx: Ctx, { query }: InputOf<(typeof guidanceContract)['GET /screenings']>) {
  let found = guidance(ctx)
    .selectFrom('guidance.screening')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('account_id', '=', ctx.actor.account)
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
  if (query.after !== undefined) {
    if (!isId(query.after)) throw notUnderstood()
    found = found.where('id', '<', query.after)
  }
  const rows = await found.execute()
  const page = rows.slice(0, query.limit)
  return {
    items: page.map(row => ({
      id: row.id,
      on: row.judged_for,
      judgedAt: row.judged_at.toISOString(),
      onBehalfOf:
        readSealedJson<Inputs | null>(ctx, sealInputs, row.id, row.sealed_inputs, null)?.interview.onBehalfOf ?? null,
      canApply: row.can_apply,
      almost: row.almost,
      notNow: row.not_now,
    })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/** Judges again with the stored answers, the stored day and the stored version of the pool. */
export async function replayScreening(
  ctx: Ctx,
  { params }: InputOf<(typeof guidanceContract)['GET /screenings/:screeningId/replay']>,
) {
  const { row, inputs, loaded } = await openScreening(ctx, params.screeningId)
  const replayed = resultHash(judge(loaded.pool, inputs.facts, inputs.on as Day))
  return {
    same: replayed === row.result_hash && inputsHash(inputs, row.pool_version) === row.inputs_hash,
    poolVersion: row.pool_version,
    on: row.judged_for,
    inputsHash: row.inputs_hash,
    storedHash: row.result_hash,
    replayedHash: replayed,
  }
}
