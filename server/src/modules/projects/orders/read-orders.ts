import { type Day, type Id, isId, parseDay, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { type RawBuilder, sql } from 'kysely'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { cannotBeOpened, readSealed, readSealedJson } from '../../../platform/open-sealed.ts'
import { daysLeft } from '../../../platform/days-left.ts'
import { notUnderstood } from '../../../platform/refusals.ts'
import { currentPool, type LoadedPool } from '../../pools/index.ts'
import { openMinors, placesOf } from '../../registry/index.ts'
import type { ordersContract } from './contract.ts'
import { orders, readOrder, sealedOrder } from './kept-order.ts'
import { orderStateWords, orderStepsOpen } from './order.ts'
import { orderTransitions } from './order-transitions.ts'
import { classHoursOf, loansOf, placementOf, seatOf, workMonthsOf } from './read-records.ts'
import { codeTries, recordsOf, scoreChange, servicesThatKeep } from './record.ts'
import type { OrderRow, OrderStepRow, OrderVisitRow } from './tables.ts'

type Input<K extends keyof typeof ordersContract> = InputOf<(typeof ordersContract)[K]>
type Card = AnswerOf<(typeof ordersContract)['GET /orders']>['items'][number]
type Whole = AnswerOf<(typeof ordersContract)['GET /orders/:orderId']>

const due = sql<Day>`coalesce(due_on, date '9999-12-31')`
const openFlag = sql`exists (select from projects.order_visit v where v.district = o.district and v.order_id = o.id and v.flagged and v.seen_by is null)`

const unreadable: Whole['whom'] = { callName: cannotBeOpened, reach: '', place: '' }

export async function listOrders(ctx: Ctx, { query }: Input<'GET /orders'>) {
  const where: RawBuilder<unknown>[] = [
    sql`district = ${ctx.district}`,
    {
      open: sql`ended_at is null`,
      late: sql`ended_at is null and due_on < ${ctx.today}`,
      toCheck: sql`state = 'done'`,
      flagged: openFlag,
      ended: sql`ended_at is not null`,
      all: sql`true`,
    }[query.show],
  ]
  if (query.state !== undefined) where.push(sql`state = ${query.state}`)
  if (query.service !== undefined) where.push(sql`service = ${query.service}`)
  if (query.record !== undefined) where.push(sql`service = any(${servicesThatKeep(query.record)}::text[])`)
  if (query.provider !== undefined) where.push(sql`provider_id = ${query.provider}`)
  if (query.project !== undefined) where.push(sql`project_id = ${query.project}`)
  if (query.need !== undefined) where.push(sql`need_id = ${query.need}`)
  if (query.division !== undefined)
    where.push(sql`division >= ${query.division} and division < ${`${query.division}:`}`)
  if (query.after !== undefined) {
    const [on = '', id = ''] = query.after.split('_')
    if (!isId(id) || !parseDay(on)) throw notUnderstood()
    where.push(sql`(${due}, id) > (${on}::date, ${id}::uuid)`)
  }
  await openMinors(ctx)
  const { rows } = await sql<OrderRow>`
    select * from projects.work_order o where ${sql.join(where, sql` and `)} order by ${due}, id limit ${query.limit + 1}`.execute(
    ctx.transaction,
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await cardsOf(ctx, page),
    next: rows.length > query.limit && last ? `${last.due_on ?? '9999-12-31'}_${last.id}` : null,
  }
}

export async function getOrder(ctx: Ctx, { params }: Input<'GET /orders/:orderId'>): Promise<Whole> {
  return await wholeOrderOf(ctx, await readOrder(ctx, params.orderId))
}

/** Who may read the order reads all of it, also what was done while the family lived elsewhere. */
export async function wholeOrderOf(ctx: Ctx, row: OrderRow): Promise<Whole> {
  const [card] = await cardsOf(ctx, [row])
  return await asMachine(ctx, async machine => {
    const visits = await visitsOf(machine, row)
    const steps = await orders(machine)
      .selectFrom('projects.order_step')
      .selectAll()
      .where('district', '=', machine.district)
      .where('order_id', '=', row.id)
      .orderBy('turn')
      .execute()
    const scores = visits.flatMap(v => (v.score === null ? [] : [{ onDay: v.on, score: v.score }]))
    const change = scoreChange(scores)
    const isGoing = row.state === 'accepted' || row.state === 'inProgress' || row.state === 'created'
    return {
      ...(card as Card),
      unitPrice: Number(row.unit_price),
      project: row.project_id,
      whom: readSealedJson(ctx, sealedOrder.whom, row.id, row.sealed_whom, unreadable),
      what: readSealed(ctx, sealedOrder.what, row.id, row.sealed_what),
      guarded: row.guarded,
      records: [...recordsOf(row.service)],
      createdOn: row.created_on,
      createdBy: row.created_name,
      code: isGoing && ctx.actor.role === 'guide' ? readSealed(ctx, sealedOrder.code, row.id, row.sealed_code) : null,
      codeLocked: row.code_misses >= codeTries,
      visits,
      score: change ? { first: change.first.score, last: change.last.score, change: change.change } : null,
      seat: await seatOf(machine, row.id),
      placement: await placementOf(machine, row.id),
      loans: await loansOf(machine, row.id),
      workMonths: await workMonthsOf(machine, row.id),
      isMetByHand: row.state === 'inProgress' && steps.some(s => s.step === 'asked'),
      steps: steps.map(s => ({
        at: s.at.toISOString(),
        words: doneWords(s),
        by: s.by_name,
        note: s.sealed_note ? readSealed(ctx, sealedOrder.note, s.id, s.sealed_note) : null,
        said: s.said,
      })),
      next: orderStepsOpen(row.state, ctx.actor.role).map(t => ({ step: t.step, words: t.words, asks: [...t.asks] })),
    }
  })
}

const doneWords = ({ step, from_state }: OrderStepRow): Words => {
  if (step === 'create') return { zh: '派了单', en: 'sent' }
  if (step === 'asked')
    return { zh: '这件事听说已经办好了，请做完或取消', en: 'is said to be met already: to be finished or called off' }
  if (step === 'newCode') return { zh: '换了验证码', en: 'a new code was made' }
  if (step === 'corrected') return { zh: '改了一个月的工钱记录', en: 'a month of work was corrected' }
  return (
    orderTransitions.find(t => t.step === step && from_state !== null && t.from.includes(from_state))?.done ?? {
      zh: step,
      en: step,
    }
  )
}

async function visitsOf(ctx: Ctx, row: OrderRow): Promise<Whole['visits']> {
  const rows = await orders(ctx)
    .selectFrom('projects.order_visit')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('order_id', '=', row.id)
    .orderBy('on_day')
    .orderBy('id')
    .limit(1_000)
    .execute()
  const evidence = await orders(ctx)
    .selectFrom('projects.order_evidence')
    .select(['id', 'kind', 'visit_id'])
    .where('district', '=', ctx.district)
    .where('order_id', '=', row.id)
    .orderBy('id')
    .execute()
  const adults = await orders(ctx)
    .selectFrom('projects.adult')
    .select(['id', 'name'])
    .where('district', '=', ctx.district)
    .where('provider_id', '=', row.provider_id)
    .execute()
  const names = new Map(adults.map(a => [a.id, a.name]))
  return rows.map(v => visitOf(ctx, v, names, evidence))
}

const visitOf = (
  ctx: Ctx,
  v: OrderVisitRow,
  names: ReadonlyMap<Id, string>,
  evidence: readonly { id: Id; kind: 'photo' | 'signature'; visit_id: Id }[],
): Whole['visits'][number] => ({
  id: v.id,
  on: v.on_day,
  units: v.units,
  words: readSealed(ctx, sealedOrder.words, v.id, v.sealed_words),
  proved: v.proved,
  adults: v.adults.map(id => names.get(id) ?? ''),
  score: v.score,
  by: v.by_name,
  flagged: v.flagged,
  seen:
    v.seen_name && v.seen_at && v.sealed_seen
      ? { by: v.seen_name, at: v.seen_at.toISOString(), words: readSealed(ctx, sealedOrder.seen, v.id, v.sealed_seen) }
      : null,
  evidence: evidence.filter(e => e.visit_id === v.id).map(({ id, kind }) => ({ id, kind })),
})

async function cardsOf(ctx: Ctx, rows: readonly OrderRow[]): Promise<Card[]> {
  if (rows.length === 0) return []
  const [places, pool] = [await placesOf(ctx), await currentPool(ctx)]
  const ids = rows.map(row => row.id)
  // Also of what was noted where the family lived before.
  const sums = await asMachine(ctx, machine =>
    orders(machine)
      .selectFrom('projects.order_visit')
      .select(eb => [
        'order_id',
        eb.fn.sum<string>('units').as('units'),
        sql<boolean>`bool_or(flagged and seen_by is null)`.as('flagged'),
      ])
      .where('district', '=', machine.district)
      .where('order_id', '=', sql<Id>`any(${ids}::uuid[])`)
      .groupBy('order_id')
      .execute(),
  )
  const byOrder = new Map(sums.map(s => [s.order_id, s]))
  const inClass = await asMachine(ctx, machine => classHoursOf(machine, ids))
  return rows.map(row => {
    const place = places.get(row.division)
    const whom = readSealedJson(ctx, sealedOrder.whom, row.id, row.sealed_whom, unreadable)
    const isTheirs = ctx.actor.role === 'provider'
    return {
      id: row.id,
      number: row.number,
      need: row.need_id,
      name: isTheirs ? whom.callName : row.masked_name,
      service: serviceOf(pool, row.service),
      place: isTheirs ? whom.place : place ? `${place.township}${place.name}` : row.division,
      provider: { id: row.provider_id, name: row.provider_name },
      state: row.state,
      stateWords: orderStateWords[row.state].words,
      plannedUnits: row.planned_units,
      doneUnits: Number(byOrder.get(row.id)?.units ?? 0) + (inClass.get(row.id) ?? 0),
      startBy: row.start_by,
      dueBy: row.due_by,
      dueOn: row.due_on,
      daysLeft: row.due_on === null ? null : daysLeft(ctx, row.due_on),
      flagged: byOrder.get(row.id)?.flagged ?? false,
      version: row.version,
    }
  })
}

export function serviceOf(pool: LoadedPool, id: string): Card['service'] {
  const found = pool.service(id) as { readonly name: Words; readonly unitOfService?: Words } | undefined
  return { id, name: found?.name ?? { zh: id, en: id }, unit: found?.unitOfService ?? null }
}

/** On the family's own telephone: who comes for what, and the code to read out; what goes on before what is over. */
export async function listMyOrders(ctx: Ctx) {
  if (!ctx.actor.household) return { items: [] }
  ctx.about({ kind: 'household', id: ctx.actor.household })
  const rows = await orders(ctx)
    .selectFrom('projects.work_order')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', ctx.actor.household)
    .orderBy(sql`ended_at is null`, 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  const pool = await currentPool(ctx)
  return {
    items: rows.map(row => ({
      need: row.need_id,
      told: orderStateWords[row.state].told,
      service: serviceOf(pool, row.service).name,
      provider: row.provider_name,
      startBy: row.start_by,
      dueBy: row.due_by,
      code:
        row.state === 'accepted' || row.state === 'inProgress'
          ? readSealed(ctx, sealedOrder.code, row.id, row.sealed_code)
          : null,
    })),
  }
}
