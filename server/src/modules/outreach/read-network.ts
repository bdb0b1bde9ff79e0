import type { Day, DivisionCode, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { asDoorkeeper, listClerksUnder, listGuidesUnder } from '../identity/index.ts'
import { placesOf } from '../registry/index.ts'
import { shownAbsence } from './absences.ts'
import { openStates } from './case.ts'
import { outreach } from './kept-case.ts'

interface Load {
  openTasks: number
  openCases: number
  late: number
  lateDays: number
}
const none: Load = { openTasks: 0, openCases: 0, late: 0, lateDays: 0 }

/** The guides and clerks of the actor's part with their load, who is away, and the villages that have nobody. People by place, then by account. */
export async function readNetwork(ctx: Ctx) {
  const part = ctx.actor.scope as DivisionCode
  const rows = await listGuidesUnder(ctx, part)
  const places = await placesOf(ctx)
  const { byHolder, byClerk, township, names } = await loads(ctx)
  // Of who works in two townships the district notes it, and each of them has to see it.
  const absences = await asDoorkeeper(ctx, () =>
    outreach(ctx)
      .selectFrom('outreach.absence')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('ended_at', 'is', null)
      .where('back_on', '>', ctx.today)
      .orderBy('from_on')
      .orderBy('id')
      .execute(),
  )
  const placed = (scope: DivisionCode) => ({ code: scope, name: places.get(scope)?.name ?? scope })
  const accounts = [...new Set(rows.map(r => r.account))]
  const guides = accounts.map(account => {
    const own = rows.filter(r => r.account === account)
    const away = absences.find(a => a.guide_id === account)
    return {
      account,
      name: own[0]?.name ?? '',
      places: own.map(r => placed(r.scope)),
      ...(byHolder.get(account) ?? none),
      away: away ? shownAbsence(away) : null,
      awayToday: away !== undefined && away.from_on <= ctx.today,
      standsInFor: absences.filter(a => a.stand_in_id === account && a.from_on <= ctx.today).map(a => a.guide_name),
    }
  })
  const clerkRows = await listClerksUnder(ctx, part)
  const clerks = [...new Set(clerkRows.map(r => r.account))].map(account => {
    const own = clerkRows.filter(r => r.account === account)
    const name = own[0]?.name ?? ''
    return { account, name, places: own.map(r => placed(r.scope)), ...(byClerk.get(account) ?? none) }
  })
  const served = new Set<string>(rows.map(r => r.scope))
  const withoutGuide = [...places]
    .filter(([code]) => code.length === 12 && code.startsWith(part))
    .filter(([code]) => !served.has(code) && !served.has(code.slice(0, 9)))
    .map(([code, place]) => ({ code: code as DivisionCode, name: place.name }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const leftBehind = [...byHolder]
    .filter(([account]) => !accounts.includes(account))
    .map(([account, load]) => ({ account, name: names.get(account) ?? '', ...load }))
  return { guides, clerks, withoutGuide, township, leftBehind }
}

/** What is open in reach, by who holds it for a village, by the clerk who took it up, and all that the township holds. */
async function loads(ctx: Ctx) {
  const isLate = sql`due_on < ${ctx.today}`
  const overdue = [
    sql<string>`count(*) filter (where ${isLate})`.as('late'),
    sql<Day | null>`min(due_on) filter (where ${isLate})`.as('oldest'),
  ] as const
  const tasks = await outreach(ctx)
    .selectFrom('outreach.task')
    .select(eb => ['holder_id', 'held_by', eb.fn.max('holder_name').as('name'), eb.fn.countAll<string>().as('n')])
    .select(overdue)
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .groupBy(['holder_id', 'held_by'])
    .execute()
  const cases = await outreach(ctx)
    .selectFrom('outreach.case')
    .select(eb => ['holder_id', 'held_by', eb.fn.max('holder_name').as('name'), eb.fn.countAll<string>().as('n')])
    .select(overdue)
    .where('district', '=', ctx.district)
    .where('division', '>=', ctx.actor.scope ?? ':')
    .where('division', '<', `${ctx.actor.scope ?? ''}:`)
    .where('state', 'in', openStates)
    .groupBy(['holder_id', 'held_by'])
    .execute()
  const [byHolder, byClerk, names] = [new Map<Id, Load>(), new Map<Id, Load>(), new Map<Id, string>()]
  const township = { ...none }
  const of = (loads: Map<Id, Load>, holder: Id) => {
    const load = loads.get(holder) ?? { ...none }
    loads.set(holder, load)
    return load
  }
  const add = (rows: typeof tasks, what: 'openTasks' | 'openCases') => {
    for (const row of rows) {
      const isTownships = row.held_by === 'township'
      const counted = isTownships ? [township] : []
      if (row.holder_id) counted.push(of(isTownships ? byClerk : byHolder, row.holder_id))
      if (row.holder_id && !isTownships) names.set(row.holder_id, row.name ?? '')
      const days = row.oldest === null ? 0 : ctx.calendar.workingDaysBetween(row.oldest, ctx.today)
      for (const load of counted) {
        load[what] += Number(row.n)
        load.late += Number(row.late)
        load.lateDays = Math.max(load.lateDays, days)
      }
    }
  }
  add(tasks, 'openTasks')
  add(cases, 'openCases')
  return { byHolder, byClerk, township, names }
}
