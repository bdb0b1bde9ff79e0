import { addMonths, type Day, duties, type Duty, dutyWords, type Id, isId, maskName, newId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { briefsOf, getHousehold, placesOf } from '../registry/index.ts'
import { type dutiesContract, dutyDayWrong, dutyNotFound, dutyNotYours, dutyOver } from './duties-contract.ts'
import type { DutyOrigin } from './duty.ts'
import { outreach } from './kept-case.ts'
import type { DutyRow } from './tables.ts'

type Input<K extends keyof typeof dutiesContract> = InputOf<(typeof dutiesContract)[K]>
type Line = AnswerOf<(typeof dutiesContract)['GET /duties']>['items'][number]

export const sealedDuty = 'outreach.duty.note'

interface DutyDone {
  readonly kind: Duty
  readonly household: Id | null
  readonly division: string
  readonly careful: boolean
  readonly origin: { readonly kind: DutyOrigin; readonly id: Id | null }
  readonly begunOn: Day
  readonly doneOn: Day | null
  readonly note?: string | undefined
}

/** Writes down a piece of a duty in the name of who does it. */
export async function recordDuty(ctx: Ctx, done: DutyDone): Promise<DutyRow> {
  const id = newId(ctx.now.getTime())
  const row: DutyRow = {
    district: ctx.district,
    id,
    division: done.division,
    careful: done.careful,
    household_id: done.household,
    kind: done.kind,
    origin_kind: done.origin.kind,
    origin_id: done.origin.id,
    sealed_note: done.note ? ctx.crypto.seal(sealedDuty, id, done.note) : null,
    begun_on: done.begunOn,
    done_on: done.doneOn,
    by_id: ctx.actor.account,
    by_name: ctx.actor.name,
    at: ctx.now,
    noted_on: ctx.today,
    taken_back_at: null,
  }
  await outreach(ctx).insertInto('outreach.duty').values(row).execute()
  return row
}

export async function startDuty(ctx: Ctx, { params, body }: Input<'POST /households/:householdId/duties'>) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const on = body.on ?? ctx.today
  if (on > ctx.today) throw dutyDayWrong()
  const row = await recordDuty(ctx, {
    kind: body.duty,
    household: household.id,
    division: household.division,
    careful: false,
    origin: { kind: 'hand', id: null },
    begunOn: on,
    doneOn: body.done ? on : null,
    note: body.note,
  })
  return await lineOf(ctx, row)
}

export async function finishDuty(ctx: Ctx, { params, body }: Input<'POST /duties/:dutyId/finish'>) {
  const row = await readDuty(ctx, params.dutyId, true)
  if (row.by_id !== ctx.actor.account) throw dutyNotYours({ by: row.by_name })
  if (row.done_on !== null) throw dutyOver()
  const on = body.on ?? ctx.today
  if (on > ctx.today || on < row.begun_on) throw dutyDayWrong()
  const note = body.note ? ctx.crypto.seal(sealedDuty, row.id, added(noteOf(ctx, row), body.note)) : row.sealed_note
  return await lineOf(ctx, await change(ctx, row, { done_on: on, sealed_note: note, noted_on: ctx.today }))
}

export async function takeBackDuty(ctx: Ctx, { params }: Input<'DELETE /duties/:dutyId'>) {
  const row = await readDuty(ctx, params.dutyId, true)
  if (row.by_id !== ctx.actor.account) throw dutyNotYours({ by: row.by_name })
  if (!mayTakeBack(ctx, row)) throw dutyOver()
  return await lineOf(ctx, await change(ctx, row, { taken_back_at: ctx.now }))
}

/** What came of a case or a visit was done, and is not undone from here. */
const mayTakeBack = (ctx: Ctx, row: DutyRow): boolean =>
  row.by_id === ctx.actor.account &&
  row.origin_kind === 'hand' &&
  row.taken_back_at === null &&
  (row.done_on === null || row.noted_on === ctx.today)

async function change(ctx: Ctx, row: DutyRow, set: Partial<DutyRow>): Promise<DutyRow> {
  await outreach(ctx)
    .updateTable('outreach.duty')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return { ...row, ...set }
}

async function readDuty(ctx: Ctx, id: Id, lock = false): Promise<DutyRow> {
  const found = outreach(ctx)
    .selectFrom('outreach.duty')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('taken_back_at', 'is', null)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw dutyNotFound()
  if (row.household_id) ctx.about({ kind: 'household', id: row.household_id })
  return row
}

export async function getDuty(ctx: Ctx, { params }: Input<'GET /duties/:dutyId'>) {
  const row = await readDuty(ctx, params.dutyId)
  return { ...(await lineOf(ctx, row)), note: noteOf(ctx, row) }
}

const noteOf = (ctx: Ctx, row: DutyRow): string | null =>
  row.sealed_note && readSealed(ctx, sealedDuty, row.id, row.sealed_note)

/** How it ended stands below how it began. */
const added = (before: string | null, after: string): string => (before === null ? after : `${before}\n${after}`)

export async function listDuties(ctx: Ctx, { query }: Input<'GET /duties'>) {
  if (query.after !== undefined && !isId(query.after)) throw notUnderstood()
  let found = outreach(ctx)
    .selectFrom('outreach.duty')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('taken_back_at', 'is', null)
  if (query.state !== 'any') found = found.where('done_on', query.state === 'open' ? 'is' : 'is not', null)
  if (query.mine === 'true') found = found.where('by_id', '=', ctx.actor.account)
  if (query.household !== undefined) found = found.where('household_id', '=', query.household)
  if (query.after !== undefined) found = found.where('id', '<', query.after as Id)
  const rows = await found
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  const from = `${ctx.today.slice(0, 7)}-01` as Day
  const [mine] = await countsOf(ctx, from, addMonths(from, 1), ctx.actor.account)
  return {
    items: await linesOf(ctx, page),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    month: numbers(mine),
  }
}

const lineOf = async (ctx: Ctx, row: DutyRow): Promise<Line> => (await linesOf(ctx, [row]))[0] as Line

async function linesOf(ctx: Ctx, rows: readonly DutyRow[]): Promise<Line[]> {
  const briefs = await briefsOf(ctx, [...new Set(rows.flatMap(r => r.household_id ?? []))])
  const places = await placesOf(ctx)
  return rows.map(row => {
    const place = places.get(row.division)
    const head = row.household_id ? briefs.get(row.household_id)?.headName : undefined
    return {
      id: row.id,
      duty: row.kind,
      dutyWords: dutyWords[row.kind],
      household: row.household_id,
      name: head ? maskName(head) : null,
      place: place ? `${place.township}${place.name}` : row.division,
      origin: row.origin_kind,
      begunOn: row.begun_on,
      doneOn: row.done_on,
      by: row.by_name,
      mine: row.by_id === ctx.actor.account,
      mayTakeBack: mayTakeBack(ctx, row),
    }
  })
}

interface Counted {
  readonly account: Id
  readonly name: string
  readonly filing: string
  readonly advice: string
  readonly linking: string
  readonly plan: string
  readonly open: string
}

const numbers = (row: Pick<Counted, Duty> | undefined) =>
  Object.fromEntries(duties.map(duty => [duty, Number(row?.[duty] ?? 0)])) as Record<Duty, number>

/** Done from one day until before another, and what is open, by who did it; by name. */
async function countsOf(ctx: Ctx, from: Day, until: Day, account?: Id, part?: string): Promise<Counted[]> {
  const each = sql.join(
    duties.map(
      d => sql`count(*) filter (where kind = ${d} and done_on >= ${from} and done_on < ${until}) as ${sql.ref(d)}`,
    ),
  )
  const { rows } = await sql<Counted>`
    select by_id as account, max(by_name) as name, ${each}, count(*) filter (where done_on is null) as open
      from outreach.duty
     where district = ${ctx.district} and taken_back_at is null and (done_on is null or (done_on >= ${from} and done_on < ${until}))
       and (${account ?? null}::uuid is null or by_id = ${account ?? null}::uuid) and starts_with(division, ${part ?? ''})
     group by by_id order by 2, 1`.execute(ctx.transaction)
  return rows
}

export async function countDuties(ctx: Ctx, { query }: Input<'GET /network/duties'>) {
  const month = query.month ?? ctx.today.slice(0, 7)
  const from = `${month}-01` as Day
  const until = addMonths(from, 1)
  const people = await countsOf(ctx, from, until, undefined, query.division)
  const { rows } = await sql<{ month: string } & Pick<Counted, Duty>>`
    select to_char(done_on, 'YYYY-MM') as month,
      ${sql.join(duties.map(d => sql`count(*) filter (where kind = ${d}) as ${sql.ref(d)}`))}
      from outreach.duty
     where district = ${ctx.district} and taken_back_at is null and done_on < ${until}
       and done_on >= ${from}::date - interval '5 months' and starts_with(division, ${query.division ?? ''})
     group by 1`.execute(ctx.transaction)
  const byMonth = new Map(rows.map(row => [row.month, row]))
  return {
    month,
    people: people.map(p => ({ account: p.account, name: p.name, ...numbers(p), open: Number(p.open) })),
    months: Array.from({ length: 6 }, (_, i) => addMonths(from, -i).slice(0, 7)).map(m => ({
      month: m,
      ...numbers(byMonth.get(m)),
    })),
  }
}
