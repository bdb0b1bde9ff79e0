import { maskName, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { cannotBeOpened, readSealed, readSealedJson } from '../../../platform/open-sealed.ts'
import { currentPool, type LoadedPool } from '../../pools/index.ts'
import { asWhole, briefsOf, closedIn, placesOf } from '../../registry/index.ts'
import { afterPage, byDue, endOfPage } from '../by-due.ts'
import { daysLeft } from '../../../platform/days-left.ts'
import { outreach } from '../kept-case.ts'
import { type slipsContract, unknownUnit } from './contract.ts'
import { readSlip, sealedNeed, sealedSlipNote, sealedWhom, type Whom } from './kept-slip.ts'
import { slipStateWords, slipStepsOpen, slipTransitions } from './slip.ts'
import type { SlipRow } from './tables.ts'

type Input<K extends keyof typeof slipsContract> = InputOf<(typeof slipsContract)[K]>
type Line = AnswerOf<(typeof slipsContract)['GET /slips']>['items'][number]
type Whole = AnswerOf<(typeof slipsContract)['GET /slips/:slipId']>

const sheetMost = 200

export async function listSlips(ctx: Ctx, { query }: Input<'GET /slips'>) {
  const where: RawBuilder<unknown>[] = [sql`district = ${ctx.district}`]
  if (query.unit !== undefined) where.push(sql`unit = ${query.unit}`)
  if (query.household !== undefined) where.push(sql`household_id = ${query.household}`)
  if (query.division !== undefined) where.push(sql`village >= ${query.division} and village < ${`${query.division}:`}`)
  const shown = {
    open: sql`closed_at is null`,
    late: sql`closed_at is null and due_on < ${ctx.today}`,
    yours: lateAndYours(ctx),
    below: lateBelow(ctx),
    bureau: sql`state in ('sent', 'takenOn')`,
    sender: sql`state = 'askedBack'`,
    closed: sql`closed_at is not null`,
    all: sql`true`,
  }[query.show]
  const all = sql.join(where, sql` and `)
  const { rows: counted } = await sql<{ open: number; late: number; askedBack: number }>`
    select count(*)::int as open, count(*) filter (where due_on < ${ctx.today})::int as late,
           count(*) filter (where state = 'askedBack')::int as "askedBack"
      from outreach.slip where ${all} and closed_at is null`.execute(ctx.transaction)
  if (query.after !== undefined) where.push(afterPage(query.after))
  const { rows } = await sql<SlipRow>`
    select * from outreach.slip where ${sql.join([...where, shown], sql` and `)}
     order by ${byDue}, id limit ${query.limit + 1}`.execute(ctx.transaction)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await linesOf(ctx, page),
    next: rows.length > query.limit && last ? endOfPage(last) : null,
    counts: counted[0] ?? { open: 0, late: 0, askedBack: 0 },
  }
}

/** Whose turn it is and who is late with it; row-level security shows a bureau its own. */
const lateAndYours = (ctx: Ctx) =>
  ctx.actor.role === 'bureauOfficer'
    ? sql`state in ('sent', 'takenOn') and due_on < ${ctx.today}`
    : sql`state = 'askedBack' and due_on < ${ctx.today} and sent_by = ${ctx.actor.account}`

/** Those of which the clock tells who asks (`aboveOf`), the level above whose turn it is. */
const lateBelow = (ctx: Ctx) => {
  const late = sql`closed_at is null and due_on < ${ctx.today}`
  if (ctx.actor.role === 'townshipClerk') return sql`${late} and state = 'askedBack' and sent_role = 'guide'`
  if (ctx.actor.role !== 'districtOfficer') return sql`false`
  return sql`${late} and (state in ('sent', 'takenOn') or sent_role <> 'guide' and sent_by <> ${ctx.actor.account})`
}

export async function countYours(ctx: Ctx) {
  const { rows } = await sql<{ late: number; below: number }>`
    select count(*) filter (where ${lateAndYours(ctx)})::int as late, count(*) filter (where ${lateBelow(ctx)})::int as below
      from outreach.slip where district = ${ctx.district} and closed_at is null`.execute(ctx.transaction)
  return rows[0] ?? { late: 0, below: 0 }
}

/** The list as it is printed and carried to the bureau: each family on it stands in the trail. */
export async function readSheet(ctx: Ctx, { query }: Input<'GET /slips/sheet'>) {
  const pool = await currentPool(ctx)
  if (query.unit !== undefined && !pool.documents.units.some(u => u.id === query.unit))
    throw unknownUnit({ unit: query.unit })
  let found = outreach(ctx)
    .selectFrom('outreach.slip')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', 'in', ['sent', 'takenOn'])
  if (query.unit !== undefined) found = found.where('unit', '=', query.unit)
  const rows = await found
    .orderBy('due_on')
    .orderBy('id')
    .limit(sheetMost + 1)
    .execute()
  const page = rows.slice(0, sheetMost)
  for (const row of page) ctx.about({ kind: 'household', id: row.household_id })
  const lines = await linesOf(ctx, page)
  const nameOf = await namesFor(ctx, page)
  return {
    unit: query.unit === undefined ? null : { slug: query.unit, name: pool.unit(query.unit) },
    on: ctx.today,
    items: page.map((row, i) => ({ ...(lines[i] as Line), ...saidOn(ctx, row, nameOf) })),
    more: rows.length > sheetMost,
  }
}

export async function getSlip(ctx: Ctx, { params }: Input<'GET /slips/:slipId'>): Promise<Whole> {
  return await wholeOf(ctx, await readSlip(ctx, params.slipId))
}

export async function wholeOf(ctx: Ctx, row: SlipRow): Promise<Whole> {
  const [line] = await linesOf(ctx, [row])
  const steps = await outreach(ctx)
    .selectFrom('outreach.slip_step')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('slip_id', '=', row.id)
    .orderBy('turn')
    .execute()
  const isBureau = ctx.actor.role === 'bureauOfficer'
  return {
    ...(line as Line),
    ...saidOn(ctx, row, await namesFor(ctx, [row])),
    days: row.days,
    household: isBureau ? null : row.household_id,
    steps: steps.map(s => ({
      at: s.at.toISOString(),
      words: stepWords(s.step),
      by: s.by_name,
      office: s.office,
      answeredBy: s.answered_by,
      note: s.sealed_note ? readSealed(ctx, sealedSlipNote, s.id, s.sealed_note) : null,
    })),
    next: slipStepsOpen(row, ctx.actor).map(t => ({
      step: t.step,
      words: t.words,
      asks: t.asks,
      onPaper: t.by === 'bureau' && !isBureau,
    })),
  }
}

type NameOf = (row: SlipRow, name: string) => string

const saidOn = (ctx: Ctx, row: SlipRow, nameOf: NameOf) => {
  const { name, reach } = row.sealed_whom
    ? readSealedJson<Whom>(ctx, sealedWhom, row.id, row.sealed_whom, { name: cannotBeOpened, reach: null })
    : { name: null, reach: null }
  return {
    whom: name === null ? null : { name: nameOf(row, name), reach },
    need: readSealed(ctx, sealedNeed, row.id, row.sealed_need),
  }
}

/** In the field the name of a child whose record is closed is masked, also to who sent the slip. */
async function namesFor(ctx: Ctx, rows: readonly SlipRow[]): Promise<NameOf> {
  const households = [...new Set(rows.map(row => row.household_id))]
  const closed = [...(await closedIn(ctx, households))]
  if (closed.length === 0) return (_, name) => name
  const briefs = await asWhole(ctx, () => briefsOf(ctx, households))
  return ({ household_id }, name) => {
    const names = briefs.get(household_id)?.names
    return closed.some(child => names?.get(child) === name) ? maskName(name) : name
  }
}

async function linesOf(ctx: Ctx, rows: readonly SlipRow[]): Promise<Line[]> {
  const [pool, places] = [await currentPool(ctx), await placesOf(ctx)]
  return rows.map(row => {
    const place = places.get(row.village)
    return {
      id: row.id,
      number: row.number,
      unit: { slug: row.unit, name: pool.unit(row.unit) },
      subject: row.subject === null ? null : { id: row.subject, name: subjectName(pool, row.subject) },
      name: row.state === 'withdrawn' ? '' : row.masked_name,
      place: place ? `${place.township}${place.name}` : row.village,
      state: row.state,
      stateWords: slipStateWords[row.state],
      careful: row.careful,
      sentOn: row.sent_on,
      sentBy: row.sent_name,
      dueOn: row.due_on,
      daysLeft: row.due_on === null ? null : daysLeft(ctx, row.due_on),
      turn: row.closed_at ? 'nobody' : row.state === 'askedBack' ? 'sender' : 'bureau',
      version: row.version,
    }
  })
}

const subjectName = (pool: LoadedPool, id: string): Words =>
  pool.policy(id)?.name ?? pool.service(id)?.name ?? { zh: id, en: id }

const stepWords = (step: string): Words =>
  slipTransitions.find(t => t.step === step)?.done ??
  (step === 'late'
    ? { zh: '超过了时限，已告诉上一级', en: 'ran past its time; the level above was told' }
    : { zh: '发出了转介单', en: 'sent the slip' })
