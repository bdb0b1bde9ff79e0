import { addDays, type Day, type DivisionCode } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { fewest, hiddenTotal, hideSmall } from '../../platform/hide-small.ts'
import type { dashboardContract } from './contract.ts'
import { townshipsIn } from './townships.ts'

/** What other modules publish for counting; none of it names anybody. */
interface Published {
  'guidance.v_day_count': { district: string; judged_for: Day; township: string; screenings: number; fitting: number }
  'outreach.v_case': {
    district: string
    division: string
    village: string
    state: string
    due_on: Day | null
    came_in_at: Date
    accepted_at: Date | null
    outcome: string | null
    wants: string[]
  }
}
const views = tablesOf<Published>()

/** The rows with these of their counts hidden where they are small, each against its total. */
function hideIn<Row, Key extends keyof Row>(rows: readonly Row[], keys: readonly Key[]) {
  const shown = new Map(keys.map(key => [key, hideSmall(rows.map(row => row[key] as number))]))
  const countsOf = (i: number) => Object.fromEntries(keys.map(key => [key, shown.get(key)?.[i] ?? null]))
  return rows.map((row, i) => ({ ...row, ...(countsOf(i) as Record<Key, number | null>) }))
}

/** One look at the district, or at the township of who asks. */
export async function readOverview(ctx: Ctx, { query }: InputOf<(typeof dashboardContract)['GET /overview']>) {
  const from = addDays(ctx.today, 1 - query.days)
  const since = new Date(ctx.now.getTime() - query.days * 86_400_000)
  const scope = ctx.actor.scope ?? ':'
  const [counts, cases, divisions] = [
    await views(ctx)
      .selectFrom('guidance.v_day_count')
      .select(['judged_for', 'township', 'screenings', 'fitting'])
      .where('district', '=', ctx.district)
      .where('judged_for', '>=', from)
      .where('township', '>=', scope)
      .where('township', '<', `${scope}:`)
      .execute(),
    await views(ctx)
      .selectFrom('outreach.v_case')
      .select(['village', 'state', 'due_on', 'came_in_at', 'accepted_at', 'outcome', 'wants'])
      .where('district', '=', ctx.district)
      .where('division', '>=', scope)
      .where('division', '<', `${scope}:`)
      .where('state', '<>', 'withdrawn')
      .where('came_in_at', '>=', since)
      .execute(),
    await townshipsIn(ctx),
  ]
  const isOpen = (c: (typeof cases)[number]) => c.state !== 'closed'
  const isLate = (c: (typeof cases)[number]) => isOpen(c) && c.due_on !== null && c.due_on < ctx.today
  const dayOf = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10) as Day
  const waits = cases
    .flatMap(c => (c.accepted_at ? [ctx.calendar.workingDaysBetween(dayOf(c.came_in_at), dayOf(c.accepted_at))] : []))
    .sort((a, b) => a - b)
  const byTownship = Map.groupBy(cases, c => c.village.slice(0, 9))
  const wanted = new Map<string, number>()
  for (const id of cases.flatMap(c => c.wants)) wanted.set(id, (wanted.get(id) ?? 0) + 1)
  const late = cases.filter(isLate).length
  const counted = divisions.map(d => {
    const own = byTownship.get(d.code) ?? []
    return {
      code: d.code as DivisionCode,
      name: d.name,
      cases: own.length,
      open: own.filter(isOpen).length,
      late: own.filter(isLate).length,
    }
  })
  const townships = hideIn(counted, ['cases', 'open', 'late'])
  const worst = townships.reduce((a, b) => ((b.late ?? 0) > (a.late ?? 0) ? b : a), { name: '', late: 0 })
  const days = Array.from({ length: Math.min(query.days, 31) }, (_, i) =>
    addDays(ctx.today, i + 1 - Math.min(query.days, 31)),
  )
  return {
    from,
    to: ctx.today,
    sentence: sentenceOf(late, { name: worst.name, late: worst.late ?? 0 }),
    figures: {
      screenings: hiddenTotal(counts.reduce((n, c) => n + c.screenings, 0)),
      fitting: hiddenTotal(counts.reduce((n, c) => n + c.fitting, 0)),
      cases: hiddenTotal(cases.length),
      open: hiddenTotal(cases.filter(isOpen).length),
      late: hiddenTotal(late),
      granted: hiddenTotal(cases.filter(c => c.outcome === 'granted').length),
      daysToAccept: waits.length >= fewest ? (waits[waits.length >> 1] ?? null) : null,
    },
    townships,
    byDay: hideIn(
      days.map(on => ({
        on,
        screenings: counts.filter(c => c.judged_for === on).reduce((n, c) => n + c.screenings, 0),
        cases: cases.filter(c => dayOf(c.came_in_at) === on).length,
      })),
      ['screenings', 'cases'],
    ),
    wanted: [...wanted]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 12)
      .map(([id, n]) => ({ id, count: hiddenTotal(n) })),
  }
}

function sentenceOf(late: number, worst: { name: string; late: number }) {
  if (late === 0) return { zh: '没有逾期的事。', en: 'Nothing is late.' }
  if (late < fewest || worst.late < fewest)
    return { zh: '有事逾期了，打开列表看是哪几件。', en: 'Some things are late; open the list to see which.' }
  return {
    zh: `${late}件逾期，其中${worst.late}件在${worst.name}。`,
    en: `${late} are late, ${worst.late} of them in ${worst.name}.`,
  }
}
