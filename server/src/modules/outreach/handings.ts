import { addDays, type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { asDoorkeeper, listGuidesUnder, moveVillage, moveVillageBack } from '../identity/index.ts'
import { placesOf } from '../registry/index.ts'
import { shownAbsence, takeTurn } from './absences.ts'
import {
  cannotTakeVillage,
  handingNotFound,
  handingOver,
  type handingsContract,
  notTheirVillage,
} from './handings-contract.ts'
import { giveTask } from './give-task.ts'
import { type Handed, moveCaseTo, moveTaskTo, openCasesOf, openTasksOf, putBack } from './held-moves.ts'
import { outreach } from './kept-case.ts'
import { guideNotFound } from './network-contract.ts'
import type { HandingRow } from './tables.ts'

type Input<K extends keyof typeof handingsContract> = InputOf<(typeof handingsContract)[K]>
type Shown = Omit<AnswerOf<(typeof handingsContract)['GET /handings']>['items'][number], 'reason'>

const sealedReason = 'outreach.handing.reason'

/** A village goes to another guide for good: the right, and what is open there. Nobody is left without one. */
export async function handVillage(ctx: Ctx, { body }: Input<'POST /handings'>) {
  const { village, from, to, reason } = body
  if (village.length !== 12 || !village.startsWith(ctx.actor.scope ?? '')) throw guideNotFound()
  await takeTurn(ctx)
  const guides = await listGuidesUnder(ctx, ctx.actor.scope as DivisionCode)
  const taker = guides.find(g => g.account === to)
  const giver = guides.find(g => g.account === from && g.scope === village)
  if (!taker) throw cannotTakeVillage({ name: '' })
  if (to === from || (from === null && guides.some(g => g.account === to && g.scope === village)))
    throw cannotTakeVillage({ name: taker.name })
  if (from !== null && !giver) throw notTheirVillage()
  const rights = await moveVillage(ctx, { village, from, to })
  if (!rights) throw notTheirVillage()
  const id = newId(ctx.now.getTime())
  const row: HandingRow = {
    district: ctx.district,
    id,
    division: village,
    village,
    turn: await nextTurn(ctx, village),
    from_id: from,
    from_name: giver?.name ?? null,
    to_id: to,
    to_name: taker.name,
    sealed_reason: ctx.crypto.seal(sealedReason, id, reason),
    from_grant: rights.ended,
    to_grant: rights.made,
    handed_on: ctx.today,
    by_id: ctx.actor.account,
    by_name: ctx.actor.name,
    at: ctx.now,
    undone_at: null,
    undone_by: null,
  }
  await outreach(ctx).insertInto('outreach.handing').values(row).execute()
  const handed: Handed = { id, division: village, to: { account: to, name: taker.name }, step: 'handOn' }
  const moved = from === null ? 0 : await moveOpen(ctx, from, village, handed)
  tellBoth(ctx, row)
  const [line] = await shown(ctx, [row])
  return { ...(line as Shown), moved }
}

async function nextTurn(ctx: Ctx, village: string): Promise<number> {
  const { last } = await outreach(ctx)
    .selectFrom('outreach.handing')
    .select(eb => eb.fn.max('turn').as('last'))
    .where('district', '=', ctx.district)
    .where('village', '=', village)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

async function moveOpen(ctx: Ctx, holder: Id, village: string, handed: Handed): Promise<number> {
  const tasks = await openTasksOf(ctx, holder).where('village', '=', village).forUpdate().execute()
  const cases = await openCasesOf(ctx, holder).where('village', '=', village).forUpdate().execute()
  for (const row of tasks) await moveTaskTo(ctx, handed, row)
  for (const row of cases) await moveCaseTo(ctx, handed, row)
  return tasks.length + cases.length
}

function tellBoth(ctx: Ctx, row: HandingRow): void {
  for (const account of [row.to_id, ...(row.from_id ? [row.from_id] : [])]) {
    ctx.about({ kind: 'account', id: account })
    ctx.tell({ name: 'outreach.villageHanded', to: { account }, id: row.id })
  }
}

/** Who had the village has it again, else whoever serves it; what the other would be left with outside their reach goes along. */
export async function undoHanding(ctx: Ctx, { params }: Input<'DELETE /handings/:handingId'>) {
  await takeTurn(ctx)
  const row = await outreach(ctx)
    .selectFrom('outreach.handing')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', params.handingId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw handingNotFound()
  if (!(await mayUndo(ctx, [row])).has(row.id)) throw handingOver()
  const village = row.village as DivisionCode
  const rights = await moveVillageBack(ctx, {
    village,
    to: row.to_id,
    rights: { ended: row.from_grant, made: row.to_grant },
  })
  if (!rights) throw handingOver()
  await outreach(ctx)
    .updateTable('outreach.handing')
    .set({ undone_at: ctx.now, undone_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  tellBoth(ctx, row)
  const before = row.from_id && { account: row.from_id, name: row.from_name ?? '' }
  const { back, left } = before ? await putBack(ctx, row.id, before) : { back: 0, left: 0 }
  if (!rights.ended) return { back, left }
  const to = before ?? (await giveTask(ctx, village)) ?? null
  if (to?.account === row.to_id) return { back, left }
  const handed: Handed = { id: row.id, division: row.division, to, step: 'handOn' }
  return { back: back + (await moveOpen(ctx, row.to_id, village, handed)), left: 0 }
}

/** As long as it stands, and neither of the two gave or got the village again since. */
async function mayUndo(ctx: Ctx, rows: readonly HandingRow[]): Promise<ReadonlySet<Id>> {
  if (rows.length === 0) return new Set()
  const standing = await outreach(ctx)
    .selectFrom('outreach.handing')
    .select(['village', 'turn', 'from_id', 'to_id'])
    .where('district', '=', ctx.district)
    .where('village', 'in', [...new Set(rows.map(r => r.village))])
    .where('undone_at', 'is', null)
    .execute()
  const isOver = (row: HandingRow) =>
    standing.some(
      later =>
        later.village === row.village &&
        later.turn > row.turn &&
        [later.from_id, later.to_id].some(account => account === row.to_id || (account && account === row.from_id)),
    )
  return new Set(rows.filter(row => row.undone_at === null && !isOver(row)).map(row => row.id))
}

export async function listHandings(ctx: Ctx, { query }: Input<'GET /handings'>) {
  let found = outreach(ctx).selectFrom('outreach.handing').selectAll().where('district', '=', ctx.district)
  const { guide } = query
  if (guide !== undefined) found = found.where(eb => eb.or([eb('from_id', '=', guide), eb('to_id', '=', guide)]))
  const rows = await found.orderBy('at', 'desc').orderBy('turn', 'desc').limit(100).execute()
  const lines = await shown(ctx, rows)
  return {
    items: rows.map((row, i) => ({
      ...(lines[i] as Shown),
      reason: readSealed(ctx, sealedReason, row.id, row.sealed_reason),
    })),
  }
}

async function shown(ctx: Ctx, rows: readonly HandingRow[]): Promise<Shown[]> {
  const places = await placesOf(ctx)
  const free = await mayUndo(ctx, rows)
  return rows.map(row => ({
    id: row.id,
    village: { code: row.village as DivisionCode, name: places.get(row.village)?.name ?? row.village },
    from: row.from_id && { account: row.from_id, name: row.from_name ?? '' },
    to: { account: row.to_id, name: row.to_name },
    by: row.by_name,
    at: row.at.toISOString(),
    undone: row.undone_at !== null,
    mayUndo: free.has(row.id),
  }))
}

/** How long a guide is reminded that a village came or went. */
const toldDays = 14

/** What concerns the guide who asks; the rows of others are not theirs to read, so the doorkeeper looks. */
export async function readMine(ctx: Ctx, _input: Input<'GET /network/mine'>) {
  const me = ctx.actor.account
  const { handings, absences } = await asDoorkeeper(ctx, async () => ({
    handings: await outreach(ctx)
      .selectFrom('outreach.handing')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('undone_at', 'is', null)
      .where('handed_on', '>=', addDays(ctx.today, -toldDays))
      .where(eb => eb.or([eb('from_id', '=', me), eb('to_id', '=', me)]))
      .orderBy('at', 'desc')
      .execute(),
    absences: await outreach(ctx)
      .selectFrom('outreach.absence')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('ended_at', 'is', null)
      .where('back_on', '>', ctx.today)
      .where('from_on', '<=', addDays(ctx.today, toldDays))
      .where(eb => eb.or([eb('guide_id', '=', me), eb('stand_in_id', '=', me)]))
      .orderBy('from_on')
      .execute(),
  }))
  const places = await placesOf(ctx)
  const mine = absences.find(a => a.guide_id === me)
  return {
    handings: handings.map(row => ({
      id: row.id,
      village: places.get(row.village)?.name ?? row.village,
      got: row.to_id === me,
      other: row.to_id === me ? row.from_name : row.to_name,
      on: row.handed_on,
      by: row.by_name,
    })),
    away: mine ? shownAbsence(mine) : null,
    standsInFor: absences.filter(a => a.stand_in_id === me).map(shownAbsence),
  }
}
