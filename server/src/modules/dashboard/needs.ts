import { addDays, type Day, type DivisionCode } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { fewest, hiddenTotal, hideSmall } from '../../platform/hide-small.ts'
import type { dashboardContract } from './contract.ts'
import { flowOf, type Level, levels, type Origin, outcomeOf, type Way } from './need-course.ts'
import { townshipsIn } from './townships.ts'

/** The flow of the needs told in some days, and how long needs waited that were claimed, or whose help began, in them. */
export async function readNeedFlow(ctx: Ctx, { query }: InputOf<(typeof dashboardContract)['GET /overview/needs']>) {
  const from = addDays(ctx.today, 1 - query.days)
  const { courses, waits } = await countedSince(ctx, from)
  return {
    from,
    to: ctx.today,
    flow: flowOf(courses.map(({ state, way, ...course }) => ({ ...course, outcome: outcomeOf(state, way) }))) ?? null,
    ...(await shownWaits(ctx, waits)),
  }
}

type What = 'claim' | 'service'
interface Counted {
  readonly courses: readonly { origin: Origin; level: Level; state: string; way: Way | null; count: number }[]
  readonly waits: readonly Waited[]
}
interface Waited {
  readonly what: What
  readonly level: Level | null
  readonly township: string | null
  readonly n: number
  readonly median: number
  readonly p90: number
}

/**
 * The courses in reach are put together once for all that is counted. In the first minute after many needs came in nothing is known of
 * how many there are: the database takes them for one, and would go through all steps again for each need, 14 s with 5,000.
 */
async function countedSince(ctx: Ctx, from: Day): Promise<Counted> {
  const scope = ctx.actor.scope ?? ':'
  const since = new Date(`${from}T00:00:00+08:00`)
  await sql`set local enable_nestloop = off`.execute(ctx.transaction)
  const { rows } = await sql<Counted>`
    with course as materialized (
      select * from wishes.v_need_course
       where district = ${ctx.district} and division >= ${scope} and division < ${`${scope}:`}),
    counted as (
      select origin, level, state, way, count(*)::int as count from course where told_on >= ${from} group by 1, 2, 3, 4),
    waited as (
      select 'claim' as what, level, left(division, 9) as township, claimed_at - published_at as took from course
       where claimed_at >= ${since} and published_at is not null
      union all
      select 'service', level, left(division, 9), started_at - told_at from course where started_at >= ${since}),
    waits as (
      select what, level, township, count(*)::int as n,
             (percentile_cont(0.5) within group (order by extract(epoch from took)) / 86400)::float8 as median,
             (percentile_cont(0.9) within group (order by extract(epoch from took)) / 86400)::float8 as p90
        from waited group by grouping sets ((what), (what, level), (what, township)))
    select coalesce((select jsonb_agg(c) from counted c), '[]') as courses,
           coalesce((select jsonb_agg(w) from waits w), '[]') as waits`.execute(ctx.transaction)
  await sql`set local enable_nestloop to default`.execute(ctx.transaction)
  return rows[0] ?? { courses: [], waits: [] }
}

async function shownWaits(ctx: Ctx, rows: readonly Waited[]) {
  const townships = await townshipsIn(ctx)
  const read = (what: What) => {
    const own = rows.filter(row => row.what === what)
    const all = own.find(row => row.level === null && row.township === null)
    return {
      all: shown(all, all?.n ?? 0),
      levels: lines(
        levels.map(level => ({ level, row: own.find(row => row.level === level) })),
        ({ level }) => ({ level }),
      ),
      townships: lines(
        townships.map(place => ({ place, row: own.find(row => row.township === place.code) })),
        ({ place }) => ({ code: place.code as DivisionCode, name: place.name }),
      ),
    }
  }
  return { toClaim: read('claim'), toService: read('service') }
}

const days = (n: number) => Math.round(n * 10) / 10

/** Half of them waited no longer, and nine of ten; of few the nine of ten would be somebody's own. */
const shown = (row: Waited | undefined, count: number | null) => ({
  count: count === null ? null : (hiddenTotal(count) ?? null),
  median: row && count !== null && count >= fewest ? days(row.median) : null,
  p90: row && count !== null && count >= 2 * fewest ? days(row.p90) : null,
})

function lines<One extends { readonly row: Waited | undefined }, Named>(
  found: readonly One[],
  named: (one: One) => Named,
) {
  const counts = hideSmall(found.map(one => one.row?.n ?? 0))
  return found.flatMap((one, i) => (one.row ? [{ ...named(one), ...shown(one.row, counts[i] ?? null) }] : []))
}
