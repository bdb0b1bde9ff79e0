import { type Channel, channels, channelWords, type DivisionCode, type Id } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { cannotBeOpened, readSealed, readSealedJson } from '../../../platform/open-sealed.ts'
import { briefsOf, placesOf, whoIs } from '../../registry/index.ts'
import { afterPage, byDue, endOfPage } from '../by-due.ts'
import { daysLeft } from '../../../platform/days-left.ts'
import { outreach } from '../kept-case.ts'
import { leadNotFound, type leadsContract } from './contract.ts'
import { leadStateWords, leadStepsOpen, leadTransitions } from './lead.ts'
import { type LeadWhom, sealedLeadWhom, sealedLeadWords } from './tell.ts'
import type { LeadRow } from './tables.ts'

type Input<K extends keyof typeof leadsContract> = InputOf<(typeof leadsContract)[K]>
type Line = AnswerOf<(typeof leadsContract)['GET /leads']>['items'][number]
type Whole = AnswerOf<(typeof leadsContract)['GET /leads/:leadId']>

export const sealedLeadNote = 'outreach.lead_step.note'
/** Joined and void ones tell of nobody of their own. */
const counted = sql`state not in ('joined', 'withdrawn')`

export async function readLead(ctx: Ctx, id: Id, lock = false): Promise<LeadRow> {
  const found = outreach(ctx)
    .selectFrom('outreach.lead')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw leadNotFound()
  if (row.household_id) ctx.about({ kind: 'household', id: row.household_id })
  return row
}

export async function listLeads(ctx: Ctx, { query }: Input<'GET /leads'>) {
  const where: RawBuilder<unknown>[] = [
    sql`district = ${ctx.district}`,
    {
      open: sql`closed_at is null`,
      late: sql`closed_at is null and due_on < ${ctx.today}`,
      found: sql`state = 'found'`,
      // What was helped had been verified before: the figures are shares of each other.
      verified: sql`state in ('verified', 'helped')`,
      helped: sql`state = 'helped'`,
      notSo: sql`state = 'notSo'`,
      counted,
      all: sql`true`,
    }[query.show],
  ]
  if (query.channel !== undefined) where.push(sql`channel = ${query.channel}`)
  if (query.division !== undefined) where.push(within(query.division))
  if (query.after !== undefined) where.push(afterPage(query.after))
  const { rows } = await sql<LeadRow>`
    select * from outreach.lead where ${sql.join(where, sql` and `)} order by ${byDue}, id limit ${query.limit + 1}`.execute(
    ctx.transaction,
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await linesOf(ctx, page),
    next: rows.length > query.limit && last ? endOfPage(last) : null,
  }
}

const within = (division: DivisionCode) => sql`village >= ${division} and village < ${`${division}:`}`

const zero = { found: 0, verified: 0, helped: 0, notSo: 0 }

/** Counted over the rows that who asks may open: each figure is the length of its list. */
export async function readConversion(ctx: Ctx, { query }: Input<'GET /leads/conversion'>) {
  const place = query.division === undefined ? sql`true` : within(query.division)
  const { rows } = await sql<{ channel: Channel } & typeof zero>`
    select channel, count(*)::int as found, count(*) filter (where state in ('verified', 'helped'))::int as verified,
           count(*) filter (where state = 'helped')::int as helped, count(*) filter (where state = 'notSo')::int as "notSo"
      from outreach.lead where district = ${ctx.district} and ${counted} and ${place} group by channel`.execute(
    ctx.transaction,
  )
  const of = new Map(rows.map(({ channel, ...counts }) => [channel, counts]))
  const sum = (key: keyof typeof zero) => rows.reduce((n, row) => n + row[key], 0)
  return {
    items: channels.flatMap(id => {
      const counts = of.get(id)
      return counts ? [{ channel: { id, words: channelWords[id] }, ...counts }] : []
    }),
    total: { found: sum('found'), verified: sum('verified'), helped: sum('helped'), notSo: sum('notSo') },
  }
}

export async function getLead(ctx: Ctx, { params }: Input<'GET /leads/:leadId'>): Promise<Whole> {
  return await wholeLead(ctx, await readLead(ctx, params.leadId))
}

const whomOf = (ctx: Ctx, row: LeadRow): LeadWhom =>
  readSealedJson<LeadWhom>(ctx, sealedLeadWhom, row.id, row.sealed_whom, {
    name: cannotBeOpened,
    where: null,
    phone: null,
  })

export async function wholeLead(ctx: Ctx, row: LeadRow): Promise<Whole> {
  const [line] = await linesOf(ctx, [row])
  const whom = whomOf(ctx, row)
  const steps = await outreach(ctx)
    .selectFrom('outreach.lead_step')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('lead_id', '=', row.id)
    .orderBy('turn')
    .execute()
  return {
    ...(line as Line),
    whom,
    words: readSealed(ctx, sealedLeadWords, row.id, row.sealed_words),
    foundBy: row.found_name,
    task: row.task_id,
    joined: row.joined_id,
    family: row.household_id ? ((await familiesOf(ctx, [row.household_id]))[0] ?? null) : null,
    likely: row.state === 'found' ? await likelyFamilies(ctx, row, whom) : [],
    alike: row.state === 'found' ? await alikeLeads(ctx, row, whom) : [],
    steps: steps.map(s => ({
      at: s.at.toISOString(),
      words: leadTransitions.find(t => t.step === s.step)?.done ?? { zh: s.step, en: s.step },
      by: s.by_name,
      note: s.sealed_note ? readSealed(ctx, sealedLeadNote, s.id, s.sealed_note) : null,
    })),
    next: leadStepsOpen(row.state, ctx.actor).map(t => ({
      step: t.step,
      words: t.words,
      asksNote: t.asksNote,
      names: t.names,
    })),
  }
}

/** Who of the registry may be meant, the likeliest first; of those in reach. */
async function likelyFamilies(ctx: Ctx, row: LeadRow, whom: LeadWhom): Promise<Whole['likely']> {
  const [who] = await whoIs(ctx, [
    { name: whom.name, division: row.village, ...(whom.phone === null ? {} : { phone: whom.phone }) },
  ])
  const households =
    who?.band === 'same'
      ? [who.household]
      : who?.band === 'look'
        ? who.candidates.toSorted((a, b) => b.probability - a.probability).map(c => c.household)
        : []
  return await familiesOf(ctx, [...new Set(households.filter(id => id !== null))].slice(0, 5))
}

/** Those in reach, in the order asked for. */
async function familiesOf(ctx: Ctx, ids: readonly Id[]): Promise<Whole['likely']> {
  const briefs = await briefsOf(ctx, ids)
  return ids.flatMap(id => {
    const brief = briefs.get(id)
    if (!brief) return []
    ctx.about({ kind: 'household', id })
    return [{ household: id, name: brief.headName, size: brief.size }]
  })
}

/** Names are sealed, so those of one village are opened and compared: there are few that are open at a time. */
async function alikeLeads(ctx: Ctx, row: LeadRow, whom: LeadWhom): Promise<Whole['alike']> {
  const others = await outreach(ctx)
    .selectFrom('outreach.lead')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('village', '=', row.village)
    .where('id', '<>', row.id)
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute()
  const same = (a: string, b: string) => a === b || (a.length > 1 && b.includes(a)) || (b.length > 1 && a.includes(b))
  return await linesOf(
    ctx,
    others.filter(other => same(whomOf(ctx, other).name, whom.name)),
  )
}

async function linesOf(ctx: Ctx, rows: readonly LeadRow[]): Promise<Line[]> {
  const places = await placesOf(ctx)
  return rows.map(row => {
    const place = places.get(row.village)
    return {
      id: row.id,
      name: row.masked_name,
      village: { code: row.village, name: place ? `${place.township}${place.name}` : row.village },
      channel: { id: row.channel, words: channelWords[row.channel] },
      state: row.state,
      stateWords: leadStateWords[row.state],
      careful: row.careful,
      foundOn: row.found_on,
      dueOn: row.due_on,
      daysLeft: row.due_on === null ? null : daysLeft(ctx, row.due_on),
      household: row.household_id,
      version: row.version,
    }
  })
}
