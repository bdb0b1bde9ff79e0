import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { asDoorkeeper, isAtWork, listGuidesOf, listGuidesUnder } from '../identity/index.ts'
import { placesOf } from '../registry/index.ts'
import { stateWords } from './case.ts'
import { movesOf, openCasesOf, openTasksOf, putBack } from './held-moves.ts'
import { outreach } from './kept-case.ts'
import {
  absenceDaysWrong,
  absenceNotFound,
  alreadyAway,
  cannotStandIn,
  guideNotFound,
  type networkContract,
} from './network-contract.ts'
import type { AbsenceRow, CaseRow } from './tables.ts'
import { taskStateWords } from './task.ts'

type Input<K extends keyof typeof networkContract> = InputOf<(typeof networkContract)[K]>
type Shown = AnswerOf<(typeof networkContract)['POST /absences']>

export const shownAbsence = (row: AbsenceRow): Shown => ({
  id: row.id,
  guide: { account: row.guide_id, name: row.guide_name },
  fromOn: row.from_on,
  backOn: row.back_on,
  standIn: row.stand_in_id && row.stand_in_name !== null ? { account: row.stand_in_id, name: row.stand_in_name } : null,
  standInWords:
    row.stand_in_name === null
      ? { zh: '由镇里代班', en: 'The township stands in' }
      : { zh: `由${row.stand_in_name}代班`, en: `${row.stand_in_name} stands in` },
})

export async function noteAbsence(ctx: Ctx, { body }: Input<'POST /absences'>): Promise<Shown> {
  const { guide, fromOn, backOn } = body
  if (backOn <= fromOn || backOn <= ctx.today) throw absenceDaysWrong()
  const places = (await listGuidesUnder(ctx, ctx.district as DivisionCode)).filter(g => g.account === guide)
  const [one] = places
  // Away is away everywhere: whose villages lie in two townships is noted by the district.
  if (!one || !places.every(p => p.scope.startsWith(ctx.actor.scope ?? ''))) throw guideNotFound()
  // Two clerks who note at once, also each one's guide as the other's stand-in, are let in one after the other.
  await takeTurn(ctx)
  const before = await absencesBetween(ctx, [guide], fromOn, backOn)
  if (before[0]) throw alreadyAway({ from: before[0].from_on, back: before[0].back_on })
  const standIn = body.standIn === 'township' ? undefined : body.standIn
  const name = standIn && (await nameOfStandIn(ctx, standIn, guide, places))
  if (standIn && (await absencesBetween(ctx, [standIn], fromOn, backOn)).length > 0)
    throw cannotStandIn({ name: name ?? '' })
  const townships = new Set(places.map(p => p.scope.slice(0, 9)))
  const row: AbsenceRow = {
    district: ctx.district,
    id: newId(ctx.now.getTime()),
    division: townships.size === 1 ? one.scope.slice(0, 9) : ctx.district,
    guide_id: guide,
    guide_name: one.name,
    from_on: fromOn,
    back_on: backOn,
    stand_in_id: standIn ?? null,
    stand_in_name: name ?? null,
    set_by: ctx.actor.account,
    set_by_name: ctx.actor.name,
    set_at: ctx.now,
    ended_at: null,
    ended_by: null,
  }
  await outreach(ctx).insertInto('outreach.absence').values(row).execute()
  ctx.about({ kind: 'account', id: guide })
  for (const account of [guide, ...(standIn ? [standIn] : [])])
    ctx.tell({ name: 'outreach.absenceNoted', to: { account }, id: row.id })
  return shownAbsence(row)
}

/** Whoever changes who serves where does so after whoever began before. */
export const takeTurn = (ctx: Ctx) =>
  sql`select pg_advisory_xact_lock(hashtext(${`zhulian absences ${ctx.district}`}))`.execute(ctx.transaction)

/** Who stands in has to reach every place of the guide: an absence lets nobody in who was not let in before. */
export async function nameOfStandIn(
  ctx: Ctx,
  standIn: Id,
  guide: Id,
  places: readonly { readonly scope: DivisionCode }[],
): Promise<string> {
  let name = ''
  for (const { scope } of places) {
    const found = (await listGuidesOf(ctx, scope)).find(g => g.account === standIn)
    if (!found || standIn === guide) throw cannotStandIn({ name: found?.name ?? '' })
    name = found.name
  }
  return name
}

/** Wherever they were noted: of who works in two townships it is the district that notes it. */
export async function absencesBetween(
  ctx: Ctx,
  guides: readonly Id[],
  from: string,
  back: string,
): Promise<AbsenceRow[]> {
  const rows = await asDoorkeeper(ctx, () =>
    outreach(ctx)
      .selectFrom('outreach.absence')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('guide_id', 'in', guides)
      .where('ended_at', 'is', null)
      .orderBy('from_on')
      .execute(),
  )
  return rows.filter(r => r.from_on < back && from < r.back_on)
}

export async function readAbsence(ctx: Ctx, id: Id, lock = false): Promise<AbsenceRow> {
  const found = outreach(ctx)
    .selectFrom('outreach.absence')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw absenceNotFound()
  ctx.about({ kind: 'account', id: row.guide_id })
  return row
}

export async function getAbsence(ctx: Ctx, { params }: Input<'GET /absences/:absenceId'>) {
  const row = await readAbsence(ctx, params.absenceId)
  const places = await placesOf(ctx)
  const placed = (r: { id: Id; village: string; due_on: CaseRow['due_on'] }) => {
    const place = places.get(r.village)
    return {
      id: r.id,
      place: place ? `${place.township}${place.name}` : r.village,
      dueOn: r.due_on,
      late: r.due_on !== null && r.due_on < ctx.today,
    }
  }
  const tasks = await openTasksOf(ctx, row.guide_id).limit(500).execute()
  const cases = await openCasesOf(ctx, row.guide_id).limit(500).execute()
  const held = [
    ...tasks.map(r => ({ kind: 'task' as const, ...placed(r), stateWords: taskStateWords[r.state] })),
    ...cases.map(r => ({ kind: 'case' as const, ...placed(r), stateWords: stateWords[r.state] })),
  ].toSorted((a, b) => ((a.dueOn ?? '9') < (b.dueOn ?? '9') ? -1 : 1))
  return { ...shownAbsence(row), held, handedOver: (await movesOf(ctx, row.id)).length }
}

/** Ends an absence; what was handed over comes back where nobody has worked on it since. */
export async function endAbsence(ctx: Ctx, { params }: Input<'DELETE /absences/:absenceId'>) {
  const row = await readAbsence(ctx, params.absenceId, true)
  if ((await movesOf(ctx, row.id)).length > 0 && !(await isAtWork(ctx, row.guide_id))) throw guideNotFound()
  if (row.ended_at === null)
    await outreach(ctx)
      .updateTable('outreach.absence')
      .set({ ended_at: ctx.now, ended_by: ctx.actor.account })
      .where('district', '=', ctx.district)
      .where('id', '=', row.id)
      .execute()
  return await putBack(ctx, row.id, { account: row.guide_id, name: row.guide_name })
}
