import type { DivisionCode, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { listGuidesUnder } from '../identity/index.ts'
import { placesOf } from '../registry/index.ts'
import { shownAbsence } from './absences.ts'
import { openStates } from './case.ts'
import { outreach } from './kept-case.ts'

interface Load {
  openTasks: number
  openCases: number
  late: number
}
const none: Load = { openTasks: 0, openCases: 0, late: 0 }

/** The guides of the actor's part with their load, who is away, and the villages that have nobody. Guides by place, then by account. */
export async function readNetwork(ctx: Ctx) {
  const part = ctx.actor.scope as DivisionCode
  const rows = await listGuidesUnder(ctx, part)
  const places = await placesOf(ctx)
  const { byHolder, township, names } = await loads(ctx)
  const absences = await outreach(ctx)
    .selectFrom('outreach.absence')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('ended_at', 'is', null)
    .where('back_on', '>', ctx.today)
    .orderBy('from_on')
    .orderBy('id')
    .execute()
  const accounts = [...new Set(rows.map(r => r.account))]
  const guides = accounts.map(account => {
    const own = rows.filter(r => r.account === account)
    const away = absences.find(a => a.guide_id === account)
    return {
      account,
      name: own[0]?.name ?? '',
      places: own.map(r => ({ code: r.scope, name: places.get(r.scope)?.name ?? r.scope })),
      ...(byHolder.get(account) ?? none),
      away: away ? shownAbsence(away) : null,
      awayToday: away !== undefined && away.from_on <= ctx.today,
    }
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
  return { guides, withoutGuide, township, leftBehind }
}

/** What is open in reach, by who holds it for a village, and what the township holds. */
async function loads(ctx: Ctx) {
  const late = sql<string>`count(*) filter (where due_on < ${ctx.today})`.as('late')
  const tasks = await outreach(ctx)
    .selectFrom('outreach.task')
    .select(eb => ['holder_id', 'held_by', eb.fn.max('holder_name').as('name'), eb.fn.countAll<string>().as('n'), late])
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .groupBy(['holder_id', 'held_by'])
    .execute()
  const cases = await outreach(ctx)
    .selectFrom('outreach.case')
    .select(eb => ['holder_id', 'held_by', eb.fn.max('holder_name').as('name'), eb.fn.countAll<string>().as('n'), late])
    .where('district', '=', ctx.district)
    .where('division', '>=', ctx.actor.scope ?? ':')
    .where('division', '<', `${ctx.actor.scope ?? ''}:`)
    .where('state', 'in', openStates)
    .groupBy(['holder_id', 'held_by'])
    .execute()
  const byHolder = new Map<Id, Load>()
  const names = new Map<Id, string>()
  const township = { ...none }
  const add = (rows: typeof tasks, what: 'openTasks' | 'openCases') => {
    for (const row of rows) {
      const load = row.held_by === 'township' ? township : row.holder_id && (byHolder.get(row.holder_id) ?? { ...none })
      if (!load) continue
      load[what] += Number(row.n)
      load.late += Number(row.late)
      if (row.held_by === 'township' || !row.holder_id) continue
      byHolder.set(row.holder_id, load)
      names.set(row.holder_id, row.name ?? '')
    }
  }
  add(tasks, 'openTasks')
  add(cases, 'openCases')
  return { byHolder, township, names }
}
