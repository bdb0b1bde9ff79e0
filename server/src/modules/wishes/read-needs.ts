import { type Day, type Id, isId, parseDay, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { type RawBuilder, sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { daysLeft } from '../../platform/days-left.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { slipStands } from '../outreach/index.ts'
import { currentPool } from '../pools/index.ts'
import { openMinors, placesOf } from '../registry/index.ts'
import type { wishesContract } from './contract.ts'
import { isAboutChild } from './about-child.ts'
import { alikeOf } from './alike.ts'
import { foundItem } from './item.ts'
import { readNeed, sealedNeedNote, sealedNeedWords, wishes } from './kept-need.ts'
import { landing, laneOf, levelOfRole, needStateWords, needStepsOpen } from './need.ts'
import { doneWords } from './note-on-track.ts'
import { withoutNumbers } from './scrub.ts'
import { suggest } from './suggest.ts'
import type { NeedRow, NeedStepRow, Origin } from './tables.ts'

type Input<K extends keyof typeof wishesContract> = InputOf<(typeof wishesContract)[K]>
export type Card = AnswerOf<(typeof wishesContract)['GET /needs']>['items'][number]
type Whole = AnswerOf<(typeof wishesContract)['GET /needs/:needId']>

export const originWords: Readonly<Record<Origin, Words>> = {
  guide: { zh: '导服员', en: 'A guide' },
  resident: { zh: '自己说的', en: 'The family' },
  visit: { zh: '上门走访', en: 'A visit' },
  interview: { zh: '智能导服', en: 'The interview' },
  helper: { zh: '结对帮扶人', en: 'A helper' },
  alert: { zh: '风险预警', en: 'An alert' },
  assessment: { zh: '困境评估', en: 'An assessment' },
  evaluation: { zh: '二次挖掘', en: 'Found on closing another' },
  partner: { zh: '社会组织', en: 'An organisation' },
  province: { zh: '省平台', en: 'The province' },
}

const due = sql<Day>`coalesce(due_on, date '9999-12-31')`
export const within = (division: string) => sql`division >= ${division} and division < ${`${division}:`}`

export async function listNeeds(ctx: Ctx, { query }: Input<'GET /needs'>) {
  await openMinors(ctx)
  const where: RawBuilder<unknown>[] = [
    sql`district = ${ctx.district}`,
    {
      open: sql`closed_at is null`,
      late: sql`closed_at is null and due_on < ${ctx.today}`,
      yours: yours(ctx),
      alike: sql`closed_at is null and ${hasTwin}`,
      closed: sql`closed_at is not null`,
      all: sql`true`,
    }[query.show],
  ]
  if (query.lane !== undefined) where.push(sql`lane = ${query.lane}`)
  if (query.state !== undefined) where.push(sql`state = ${query.state}`)
  if (query.origin !== undefined) where.push(sql`origin = ${query.origin}`)
  if (query.item !== undefined) where.push(sql`item = ${query.item}`)
  if (query.division !== undefined) where.push(within(query.division))
  if (query.household !== undefined) where.push(sql`household_id = ${query.household}`)
  if (query.after !== undefined) {
    const [on = '', id = ''] = query.after.split('_')
    if (!isId(id) || !parseDay(on)) throw notUnderstood()
    where.push(sql`(${due}, id) > (${on}::date, ${id}::uuid)`)
  }
  const { rows } = await sql<NeedRow>`
    select * from wishes.need where ${sql.join(where, sql` and `)} order by ${due}, id limit ${query.limit + 1}`.execute(
    ctx.transaction,
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await cardsOf(ctx, page),
    next: rows.length > query.limit && last ? `${last.due_on ?? '9999-12-31'}_${last.id}` : null,
  }
}

/** Another open need of the same family is about the same. */
export const hasTwin = sql`exists (
  select from wishes.need twin
   where twin.district = need.district and twin.household_id = need.household_id and twin.id <> need.id and twin.closed_at is null
     and twin.careful = need.careful and (twin.minor_until is null) = (need.minor_until is null) and coalesce(twin.item, twin.guess) = coalesce(need.item, need.guess))`

const urgentNow = sql`closed_at is null and urgent and state = 'submitted'`
const lateHere = (ctx: Ctx) =>
  sql`closed_at is null and due_on < ${ctx.today} and level = ${levelOfRole(ctx.actor.role) ?? ''}`
const againHere = (ctx: Ctx) => sql`closed_at is null and look_again and level = ${levelOfRole(ctx.actor.role) ?? ''}`
/** What waits for who asks: urgent ones that nobody opened; late ones of their own level, and those whose source was taken back. */
const yours = (ctx: Ctx) => sql`((${urgentNow}) or (${lateHere(ctx)}) or (${againHere(ctx)}))`

export async function countYours(ctx: Ctx) {
  await openMinors(ctx)
  const { rows } = await sql<{ urgent: number; late: number; lookAgain: number }>`
    select count(*) filter (where ${urgentNow})::int as urgent,
           count(*) filter (where ${lateHere(ctx)} and not (${urgentNow}))::int as late,
           count(*) filter (where ${againHere(ctx)} and not (${urgentNow}) and not (${lateHere(ctx)}))::int as "lookAgain"
      from wishes.need where district = ${ctx.district} and ${yours(ctx)}`.execute(ctx.transaction)
  return rows[0] ?? { urgent: 0, late: 0, lookAgain: 0 }
}

export async function getNeed(ctx: Ctx, { params }: Input<'GET /needs/:needId'>): Promise<Whole> {
  return await wholeNeed(ctx, await readNeed(ctx, params.needId))
}

export async function wholeNeed(ctx: Ctx, row: NeedRow): Promise<Whole> {
  const words = readSealed(ctx, sealedNeedWords, row.id, row.sealed_words)
  // The hub has no register: it meets needs, and asks who knows the family how to reach them.
  const told = ctx.actor.role === 'operator' ? withoutNumbers : (text: string) => text
  const others = await alikeOf(ctx, row, words)
  const [card, ...alike] = await cardsOf(ctx, [row, ...others.map(other => other.row)])
  // Who may read the need reads its steps, also those it took in another village.
  const steps = await asMachine(ctx, machine =>
    wishes(machine)
      .selectFrom('wishes.need_step')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('need_id', '=', row.id)
      .orderBy('turn')
      .execute(),
  )
  return {
    ...(card as Card),
    household: row.household_id,
    words: told(words),
    toldBy: row.told_name,
    resource: row.resource_id === null ? null : await resourceOf(ctx, row.resource_id),
    joined: row.joined_id,
    suggestions: row.kind === null ? await suggestionsOf(ctx, words) : [],
    wish: await takenWish(ctx, row.id),
    after: row.after_id,
    rating: row.rating,
    slip: row.slip_id === null ? null : await slipOf(ctx, row.slip_id),
    alike: alike.map((other, i) => ({
      ...other,
      likely: others[i]?.likely ?? false,
      elsewhere: others[i]?.elsewhere ?? false,
    })),
    steps: steps.map(s => ({
      at: s.at.toISOString(),
      words: doneWords(s.step, s.from_state, s.to_state),
      by: s.by_role === 'resident' ? '' : s.by_name,
      level: levelOfRole(s.by_role) ?? null,
      note: s.sealed_note ? told(readSealed(ctx, sealedNeedNote, s.id, s.sealed_note)) : null,
      said: saidOf(s),
    })),
    next: nextOf(ctx, row),
  }
}

function saidOf({ said, said_of }: NeedStepRow): Whole['steps'][number]['said'] {
  if (said === null) return null
  const { origin, ...of } = said_of ?? {}
  return { code: said, ...of, ...(origin === undefined ? {} : { from: originWords[origin] }) }
}

export const nextOf = (ctx: Ctx, row: NeedRow) =>
  needStepsOpen(row, ctx.actor.role).map(t => {
    const to = landing(t, row, undefined)
    return { step: t.step, words: t.words, asks: [...t.asks], lands: laneOf(to.state, to.level) }
  })

async function slipOf(ctx: Ctx, id: Id): Promise<Whole['slip']> {
  // The hub reads that a bureau was asked, and no slip.
  const slip = await asMachine(ctx, machine => slipStands(machine, id))
  return slip ? { id, number: slip.number, unit: slip.unit, stateWords: slip.stateWords } : null
}

async function suggestionsOf(ctx: Ctx, words: string): Promise<Whole['suggestions']> {
  const pool = await currentPool(ctx)
  return suggest(words).map(({ kind, item }) => ({ kind, item: foundItem(pool, item) ?? null }))
}

async function takenWish(ctx: Ctx, need: Id): Promise<Whole['wish']> {
  // Who may read the need reads who took its wish.
  const row = await asMachine(ctx, machine =>
    wishes(machine)
      .selectFrom('wishes.wish')
      .selectAll()
      .where('district', '=', machine.district)
      .where('need_id', '=', need)
      .where('state', 'in', ['claimed', 'kept'])
      .orderBy('id', 'desc')
      .executeTakeFirst(),
  )
  return row?.taken_name
    ? { id: row.id, by: row.taken_name, agreed: row.agreed_at !== null, thanks: row.thanks, version: row.version }
    : null
}

async function resourceOf(ctx: Ctx, id: Id) {
  const row = await wishes(ctx)
    .selectFrom('wishes.resource')
    .select(['id', 'name'])
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

const titleOf = (words: string) => {
  const letters = [...words.replace(/\s+/g, ' ')]
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : letters.join('')
}

export async function cardsOf(ctx: Ctx, rows: readonly NeedRow[]): Promise<Card[]> {
  const [places, pool] = [await placesOf(ctx), await currentPool(ctx)]
  return rows.map(row => {
    const place = places.get(row.division)
    return {
      id: row.id,
      number: row.number,
      name: row.masked_name,
      title: titleOf(withoutNumbers(readSealed(ctx, sealedNeedWords, row.id, row.sealed_words))),
      village: { code: row.division, name: place ? `${place.township}${place.name}` : row.division },
      state: row.state,
      stateWords: needStateWords[row.state].words,
      level: row.level,
      lane: row.lane,
      careful: row.careful,
      aboutChild: isAboutChild(ctx, row),
      urgent: row.urgent,
      kind: row.kind,
      item: foundItem(pool, row.item) ?? null,
      origin: { id: row.origin, words: originWords[row.origin] },
      toldOn: row.told_on,
      sinceOn: row.since_on,
      dueOn: row.due_on,
      daysLeft: row.due_on === null ? null : daysLeft(ctx, row.due_on),
      version: row.version,
    }
  })
}
