import { type Day, dayOf, type Id, nextVisit, rhythmOf, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { cannotBeOpened, readSealedJson } from '../../platform/open-sealed.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { closedIn, getHousehold } from '../registry/index.ts'
import type { trackContract } from './contract.ts'
import { nextActs, type Target } from './next-acts.ts'
import { published } from './published.ts'
import { sealedFields } from './chain.ts'
import type { Fields } from './record.ts'
import { track } from './tables.ts'

type Whole = AnswerOf<(typeof trackContract)['GET /households/:householdId/whole']>
type Item = Whole['lanes'][number]['items'][number]

/** Of each kind, the newest. */
const most = 200
const dayIn = (at: Date): Day => dayOf(at, 'Asia/Shanghai') as Day
const both = (zh: string, en: string): Words => ({ zh, en })
const need = (id: Id): Target => ({ screen: 'need', id })
const at = (screen: 'visits' | 'help' | 'facts'): Target => ({ screen, id: null })

/** 家庭360: everything of one family by the time it happened, what lies ahead, and what could best be done next. */
export async function readWhole(
  ctx: Ctx,
  { params }: InputOf<(typeof trackContract)['GET /households/:householdId/whole']>,
): Promise<Whole> {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  await closedIn(ctx, [household.id])
  const loaded = await currentPool(ctx)
  const of = { ctx, household: household.id, loaded, name: (id: string) => nameOf(loaded, id) }
  const family = await published(ctx)
    .selectFrom('registry.v_family')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', household.id)
    .executeTakeFirst()
  const [events, alerts] = [await circleItems(of), await alertRows(of)]
  const kept = await keptItems(of)
  const receipts = await receiptRows(of)
  const services = await serviceItems(of)
  const visits = await visitRows(of)
  const needs = await needRows(of)
  const slips = await slipRows(of)
  const wishes = await wishItems(of, needs)
  const unclaimed = await findingRows(of)
  const dueVisit = family ? visitDue(ctx, household.id, family, visits) : null
  const reviewOn = family?.tier_until ?? null
  const undecided = family?.traits.includes('undecided') ?? false
  const lanes = [
    { lane: 'event' as const, items: [...events, ...alerts.map(alertItem(of)), ...kept] },
    {
      lane: 'help' as const,
      items: [...receipts.map(receiptItem(of)), ...(reviewOn && reviewOn >= ctx.today ? [reviewItem(reviewOn)] : [])],
    },
    { lane: 'service' as const, items: services },
    { lane: 'visit' as const, items: [...visits.items, ...(dueVisit ? [dueItem(dueVisit)] : [])] },
    { lane: 'wish' as const, items: [...needs.map(needItem(of)), ...wishes.published] },
    { lane: 'promise' as const, items: [...slips.map(slipItem(of)), ...wishes.taken, ...needs.flatMap(promisedItem)] },
  ]
  const acts = nextActs({
    today: ctx.today,
    needs: needs
      .filter(n => !n.closed_at)
      .map(n => ({ id: n.id, number: n.number, urgent: n.urgent, state: n.state, dueOn: n.due_on })),
    alerts: alerts.filter(a => !a.closed_at).map(a => ({ id: a.id, name: alertName(loaded, a.rule), level: a.level })),
    slips: slips.flatMap(s => (s.due_on && !s.closed_at ? [{ id: s.id, number: s.number, dueOn: s.due_on }] : [])),
    unclaimed: unclaimed.map(f => ({ id: f.id, name: of.name(f.policy), aYear: f.amount_a_year })),
    visit: dueVisit,
    reviewOn: reviewOn !== null && reviewOn >= ctx.today ? reviewOn : null,
    ending: receipts.flatMap(r =>
      r.until_on && r.until_on > ctx.today ? [{ name: of.name(r.policy), on: r.until_on }] : [],
    ),
    undecided,
  })
  return {
    today: ctx.today,
    name: household.headName,
    place: household.place,
    village: household.division,
    size: household.size,
    circle: household.circle,
    undecided,
    madeUp: household.madeUp,
    lanes: lanes.map(({ lane, items }) => ({ lane, items: items.toSorted((a, b) => a.from.localeCompare(b.from)) })),
    acts,
  }
}

interface Of {
  readonly ctx: Ctx
  readonly household: Id
  readonly loaded: LoadedPool
  readonly name: (policyOrService: string) => Words
}

export const nameOf = (loaded: LoadedPool, id: string): Words =>
  loaded.policy(id)?.name ?? loaded.service(id)?.name ?? both(id, id)
const alertName = ({ pool }: LoadedPool, rule: string): Words =>
  pool.alerts.find(a => a.id === rule)?.document.name ?? both(rule, rule)

async function circleItems({ ctx, household }: Of): Promise<Item[]> {
  const rows = await published(ctx)
    .selectFrom('registry.v_circle_change')
    .select(['id', 'from_circle', 'to_circle', 'changed_on'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('person_id', 'is', null)
    .orderBy('changed_on', 'desc')
    .limit(most)
    .execute()
  const ring = (n: number | null) => (n === null ? both('圈外', 'outside') : both(`第${n}圈`, `circle ${n}`))
  return rows.map(row => {
    const [from, to] = [ring(row.from_circle), ring(row.to_circle)]
    return point(row.id, row.changed_on, both(`${from.zh} → ${to.zh}`, `${from.en} → ${to.en}`), at('facts'))
  })
}

const point = (id: string, on: Day, words: Words, to: Target | null, note: Words | null = null): Item => ({
  id,
  from: on,
  until: on,
  words,
  note,
  to,
  late: false,
})
const span = (
  id: string,
  from: Day,
  until: Day | null,
  words: Words,
  to: Target | null,
  note: Words | null = null,
): Item => ({
  ...point(id, from, words, to, note),
  until,
})

const alertRows = ({ ctx, household }: Of) =>
  published(ctx)
    .selectFrom('alerts.v_family_alert')
    .select(['id', 'rule', 'level', 'state', 'occurred_on', 'closed_at'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .orderBy('occurred_on', 'desc')
    .limit(most)
    .execute()
const alertLevels: Readonly<Record<string, Words>> = {
  red: both('红色预警', 'red alert'),
  orange: both('橙色预警', 'orange alert'),
  yellow: both('黄色预警', 'yellow alert'),
  blue: both('蓝色预警', 'blue alert'),
}
const alertItem =
  ({ loaded }: Of) =>
  (row: Awaited<ReturnType<typeof alertRows>>[number]): Item =>
    span(
      row.id,
      row.occurred_on,
      row.closed_at ? dayIn(row.closed_at) : null,
      alertName(loaded, row.rule),
      { screen: 'alert', id: row.id },
      alertLevels[row.level] ?? null,
    )

async function keptItems({ ctx, household }: Of): Promise<Item[]> {
  const rows = await asMachine(ctx, machine =>
    published(machine)
      .selectFrom('doors.v_family_kept')
      .select(['id', 'set_by', 'from_on', 'ended_on'])
      .where('district', '=', ctx.district)
      .where('household_id', '=', household)
      .orderBy('from_on', 'desc')
      .limit(most)
      .execute(),
  )
  const by = { family: both('自家说的', 'the family said so'), office: both('经办人说的', 'the office said so') }
  return rows.map(row =>
    span(row.id, row.from_on, row.ended_on, both('不告诉合作系统', 'Kept from partners'), at('facts'), by[row.set_by]),
  )
}

const receiptRows = ({ ctx, household }: Of) =>
  published(ctx)
    .selectFrom('entitlements.v_receipt')
    .select(['id', 'policy', 'from_on', 'until_on', 'amount', 'period'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .orderBy('from_on', 'desc')
    .limit(most)
    .execute()
type Receipt = Awaited<ReturnType<typeof receiptRows>>[number]
export function amountWords({ amount, period }: Pick<Receipt, 'amount' | 'period'>): Words | null {
  if (amount === null) return null
  const per = period === 'month' ? both('每月', ' a month') : period === 'year' ? both('每年', ' a year') : both('', '')
  return both(`${per.zh}${amount}元`, `¥${amount}${per.en}`)
}
const receiptItem =
  ({ name }: Of) =>
  (row: Receipt): Item =>
    row.period === 'once'
      ? point(row.id, row.from_on, name(row.policy), at('help'), amountWords(row))
      : span(row.id, row.from_on, row.until_on, name(row.policy), at('help'), amountWords(row))
const reviewItem = (on: Day): Item =>
  point('review', on, both('认定到期，要复核', 'what was decided ends; to be reviewed'), at('help'))

async function serviceItems({ ctx, household, loaded }: Of): Promise<Item[]> {
  const rows = await track(ctx)
    .selectFrom('track.record')
    .select(['id', 'on_day', 'item', 'need_id', 'sealed_fields'])
    .where('district', '=', ctx.district)
    .where('home_id', '=', household)
    .where('kind', '=', 'service')
    .orderBy('on_day', 'desc')
    .orderBy('turn', 'desc')
    .limit(most)
    .execute()
  return rows.reverse().map(row => {
    const { words } = readSealedJson<Fields>(ctx, sealedFields, row.id, row.sealed_fields, {
      words: { zh: cannotBeOpened, en: cannotBeOpened },
    })
    return point(
      row.id,
      row.on_day,
      words,
      row.need_id ? need(row.need_id) : null,
      row.item ? nameOf(loaded, row.item) : null,
    )
  })
}

async function visitRows({ ctx, household }: Of) {
  const findings = await published(ctx)
    .selectFrom('outreach.v_finding')
    .select(['id', 'found_on', 'found_name', 'result'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .orderBy('found_on', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const helpers = await published(ctx)
    .selectFrom('outreach.v_helper_visit')
    .select(['id', 'on_day', 'helper_name', 'met'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .orderBy('on_day', 'desc')
    .limit(most)
    .execute()
  const tasks = await published(ctx)
    .selectFrom('outreach.v_task')
    .select(['id', 'due_on'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('closed_at', 'is', null)
    .orderBy('due_on')
    .limit(20)
    .execute()
  const next = await published(ctx)
    .selectFrom('outreach.v_pairing')
    .select(['id', 'helper_name', 'next_on'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('ended_at', 'is', null)
    .where('next_on', '>=', ctx.today)
    .limit(20)
    .execute()
  // By the same walls as the visits themselves: what one may not read moves no day either.
  const met = await published(ctx)
    .selectFrom('outreach.v_last_met')
    .select(['last_on', 'urgent'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .executeTakeFirst()
  const was = (found: boolean) => (found ? both('走访', 'Visit') : both('没遇到人', 'Nobody met'))
  return {
    lastOn: met?.last_on ?? null,
    urgent: met?.urgent ?? false,
    dueOn: tasks[0]?.due_on ?? null,
    items: [
      ...findings.map(f =>
        point(f.id, f.found_on, was(f.result !== 'nobodyHome'), at('visits'), both(f.found_name, f.found_name)),
      ),
      ...helpers.map(h => point(h.id, h.on_day, was(h.met), at('visits'), both(h.helper_name, h.helper_name))),
      ...next.map(p =>
        point(
          p.id,
          p.next_on as Day,
          both('结对的人说要来', 'The helper means to come'),
          at('visits'),
          both(p.helper_name, p.helper_name),
        ),
      ),
    ],
  }
}

/** The task that lies open, or the day that the rhythm has for the family. */
function visitDue(
  ctx: Ctx,
  household: Id,
  { circle, traits }: { readonly circle: number | null; readonly traits: readonly string[] },
  { lastOn, urgent, dueOn }: { readonly lastOn: Day | null; readonly urgent: boolean; readonly dueOn: Day | null },
) {
  if (dueOn) return { dueOn, lastOn }
  const rhythm = rhythmOf({ circle, traits, urgent })
  return rhythm ? { dueOn: nextVisit(rhythm, household, lastOn, ctx.today), lastOn } : null
}
const dueItem = ({ dueOn }: { readonly dueOn: Day }): Item =>
  point('visit due', dueOn, both('该去走访', 'A visit is due'), at('visits'))

const needRows = ({ ctx, household }: Of) =>
  published(ctx)
    .selectFrom('wishes.v_family_need')
    .select(['id', 'number', 'state', 'item', 'urgent', 'told_on', 'since_on', 'due_on', 'closed_at'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .orderBy('told_on', 'desc')
    .limit(most)
    .execute()
type Need = Awaited<ReturnType<typeof needRows>>[number]
const needItem =
  ({ ctx, name }: Of) =>
  (row: Need): Item => ({
    ...span(
      row.id,
      row.told_on,
      row.closed_at ? dayIn(row.closed_at) : null,
      row.item ? name(row.item) : both('需求', 'Need'),
      need(row.id),
      both(row.number, row.number),
    ),
    late: row.closed_at === null && row.due_on !== null && row.due_on < ctx.today,
  })

/** What somebody has taken on, until when they are to have done something. */
const taken = new Set(['claimed', 'matched', 'assigned', 'inService', 'policyReferral'])
const promisedItem = (row: Need): Item[] =>
  row.closed_at === null && row.due_on && taken.has(row.state)
    ? [
        span(
          `promise ${row.id}`,
          row.since_on,
          row.due_on,
          both('有人接下了', 'Taken on'),
          need(row.id),
          both(row.number, row.number),
        ),
      ]
    : []

const slipRows = ({ ctx, household }: Of) =>
  published(ctx)
    .selectFrom('outreach.v_family_slip')
    .select(['id', 'number', 'unit', 'state', 'sent_on', 'due_on', 'closed_at'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .orderBy('sent_on', 'desc')
    .limit(most)
    .execute()
const slipItem =
  ({ ctx, loaded }: Of) =>
  (row: Awaited<ReturnType<typeof slipRows>>[number]): Item => ({
    ...span(
      row.id,
      row.sent_on,
      row.closed_at ? dayIn(row.closed_at) : row.due_on,
      loaded.unit(row.unit),
      { screen: 'slip', id: row.id },
      both(row.number, row.number),
    ),
    late: row.closed_at === null && row.due_on !== null && row.due_on < ctx.today,
  })

async function wishItems({ ctx }: Of, needs: readonly Need[]) {
  if (needs.length === 0) return { published: [], taken: [] }
  const rows = await published(ctx)
    .selectFrom('wishes.v_need_wish')
    .select(['id', 'need_id', 'published_on', 'until_on', 'taken_on', 'taken_name', 'ended_at'])
    .where('district', '=', ctx.district)
    .where('need_id', '=', sql<Id>`any(${needs.map(n => n.id)}::uuid[])`)
    .execute()
  return {
    published: rows.map(row =>
      span(
        row.id,
        row.published_on,
        row.ended_at ? dayIn(row.ended_at) : row.until_on,
        both('公开的心愿', 'Published wish'),
        need(row.need_id),
      ),
    ),
    taken: rows.flatMap(row =>
      row.taken_on
        ? [
            span(
              `taken ${row.id}`,
              row.taken_on,
              row.ended_at ? dayIn(row.ended_at) : null,
              both('认领了心愿', 'Took the wish'),
              need(row.need_id),
              row.taken_name ? both(row.taken_name, row.taken_name) : null,
            ),
          ]
        : [],
    ),
  }
}

const findingRows = ({ ctx, household }: Of) =>
  published(ctx)
    .selectFrom('entitlements.v_finding')
    .select(['id', 'policy', 'amount_a_year'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('kind', '=', 'unclaimed')
    .where('state', '<>', 'closed')
    .limit(50)
    .execute()
