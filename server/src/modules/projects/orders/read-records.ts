import type { Id } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import type { ordersContract } from './contract.ts'
import { orders } from './kept-order.ts'
import { checkFrom, monthsKept, placementOutcome } from './record.ts'

type Whole = AnswerOf<(typeof ordersContract)['GET /orders/:orderId']>

export async function seatOf(ctx: Ctx, order: Id): Promise<Whole['seat']> {
  const seat = await orders(ctx)
    .selectFrom('projects.class_seat as s')
    .innerJoin('projects.training_class as c', join =>
      join.onRef('c.district', '=', 's.district').onRef('c.id', '=', 's.class_id'),
    )
    .select(['c.id', 'c.name', 'c.days', 's.certificate'])
    .where('s.district', '=', ctx.district)
    .where('s.order_id', '=', order)
    .executeTakeFirst()
  if (!seat) return null
  const { came, missed } = await orders(ctx)
    .selectFrom('projects.attendance')
    .select([
      sql<number>`(count(*) filter (where came))::int`.as('came'),
      sql<number>`(count(*) filter (where not came))::int`.as('missed'),
    ])
    .where('district', '=', ctx.district)
    .where('order_id', '=', order)
    .executeTakeFirstOrThrow()
  return { class: { id: seat.id, name: seat.name, days: seat.days }, came, missed, certificate: seat.certificate }
}

/** Hours of the days of a class with children to which somebody of an order came. */
export async function classHoursOf(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  const rows = await orders(ctx)
    .selectFrom('projects.attendance as a')
    .innerJoin('projects.class_day as d', join =>
      join
        .onRef('d.district', '=', 'a.district')
        .onRef('d.class_id', '=', 'a.class_id')
        .onRef('d.on_day', '=', 'a.on_day'),
    )
    .select(['a.order_id', sql<number>`sum(d.hours)::int`.as('hours')])
    .where('a.district', '=', ctx.district)
    .where('a.order_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .where('a.came', '=', true)
    .groupBy('a.order_id')
    .execute()
  return new Map(rows.map(row => [row.order_id, row.hours]))
}

export async function placementOf(ctx: Ctx, order: Id): Promise<Whole['placement']> {
  const job = await orders(ctx)
    .selectFrom('projects.placement')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('order_id', '=', order)
    .executeTakeFirst()
  if (!job) return null
  const checks = await orders(ctx)
    .selectFrom('projects.placement_check')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('order_id', '=', order)
    .orderBy('month')
    .execute()
  const outcome = placementOutcome(checks)
  const month = checks.length + 1
  return {
    employer: job.employer,
    job: job.job,
    beganOn: job.began_on,
    checks: checks.map(c => ({ month: c.month, kept: c.kept, on: c.on_day, by: c.by_name })),
    next: outcome === 'open' && month <= monthsKept ? { month, from: checkFrom(job.began_on, month) } : null,
    outcome,
  }
}

export async function loansOf(ctx: Ctx, order: Id): Promise<Whole['loans']> {
  const rows = await orders(ctx)
    .selectFrom('projects.loan as l')
    .innerJoin('projects.device as d', join =>
      join.onRef('d.district', '=', 'l.district').onRef('d.id', '=', 'l.device_id'),
    )
    .select(['l.id', 'd.name', 'd.mark', 'l.lent_on', 'l.due_on', 'l.returned_on'])
    .where('l.district', '=', ctx.district)
    .where('l.order_id', '=', order)
    .orderBy('l.id')
    .execute()
  return rows.map(l => ({
    id: l.id,
    device: `${l.name} ${l.mark}`,
    lentOn: l.lent_on,
    dueOn: l.due_on,
    returnedOn: l.returned_on,
    overdue: l.returned_on === null && l.due_on < ctx.today,
  }))
}

export async function workMonthsOf(ctx: Ctx, order: Id): Promise<Whole['workMonths']> {
  const rows = await orders(ctx)
    .selectFrom('projects.work_month')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('order_id', '=', order)
    .orderBy('month')
    .limit(120)
    .execute()
  return rows.map(row => ({
    month: row.month.slice(0, 7),
    days: row.days,
    hours: row.hours,
    pieces: row.pieces,
    payFen: Number(row.pay_fen),
    paidOn: row.paid_on,
    by: row.noted_name,
  }))
}
