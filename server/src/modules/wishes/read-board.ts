import { addDays, type DivisionCode } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import { openMinors, placesOf } from '../registry/index.ts'
import type { wishesContract } from './contract.ts'
import { foundItem } from './item.ts'
import { type Lane, lanes, type NeedState, needStates, needStateWords } from './need.ts'
import { cardsOf, nextOf, within } from './read-needs.ts'
import type { NeedRow } from './tables.ts'

/** Cards of a column at first, emergencies before whatever is late; the list shows them all. */
const shownCards = 25

export async function readBoard(ctx: Ctx, { query }: InputOf<(typeof wishesContract)['GET /needs/board']>) {
  await openMinors(ctx)
  const place = query.division === undefined ? sql`true` : within(query.division)
  return {
    lanes: await columnsOf(ctx, place),
    stuck: await stuckIn(ctx, place),
    together: await togetherIn(ctx, place),
    alike: await alikeIn(ctx, place),
    week: await weekOf(ctx, place),
  }
}

type Where = ReturnType<typeof within>

async function columnsOf(ctx: Ctx, place: Where) {
  const { rows: counted } = await sql<{ lane: Lane; state: NeedState; n: number; late: number }>`
    select lane, state, count(*)::int as n, count(*) filter (where due_on < ${ctx.today})::int as late
      from wishes.need where district = ${ctx.district} and lane is not null and ${place} group by lane, state`.execute(
    ctx.transaction,
  )
  const { rows } = await sql<NeedRow>`
    select c.* from unnest(${[...lanes]}::text[]) as l(lane)
     cross join lateral (
       (select * from wishes.need where district = ${ctx.district} and lane = l.lane and urgent and ${place}
         order by due_on, id limit ${shownCards})
       union all
       (select * from wishes.need where district = ${ctx.district} and lane = l.lane and not urgent and ${place}
         order by due_on, id limit ${shownCards})) c
     order by c.lane, c.urgent desc, c.due_on, c.id`.execute(ctx.transaction)
  const cards = await cardsOf(ctx, rows)
  return lanes.map(lane => {
    const of = counted.filter(c => c.lane === lane)
    return {
      lane,
      count: of.reduce((n, c) => n + c.n, 0),
      late: of.reduce((n, c) => n + c.late, 0),
      states: needStates.flatMap(state => {
        const count = of.find(c => c.state === state)?.n
        return count ? [{ state, words: needStateWords[state].words, count }] : []
      }),
      cards: rows
        .flatMap((row, i) => {
          const card = cards[i]
          return row.lane === lane && card ? [{ ...card, next: nextOf(ctx, row) }] : []
        })
        .slice(0, shownCards),
    }
  })
}

async function stuckIn(ctx: Ctx, place: Where) {
  const { rows } = await sql<{ township: DivisionCode; lane: Lane; late: number; days: number }>`
    select left(division, 9) as township, lane, count(*)::int as late,
           round(percentile_cont(0.5) within group (order by ${ctx.today}::date - since_on))::int as days
      from wishes.need where district = ${ctx.district} and lane is not null and due_on < ${ctx.today} and ${place}
     group by 1, 2 order by 3 desc, 4 desc, 1, 2 limit 10`.execute(ctx.transaction)
  const places = await placesOf(ctx)
  return rows.map(({ township, ...counts }) => ({
    place: { code: township, name: places.get(township)?.name ?? '' },
    ...counts,
  }))
}

/** Households with the same need from which a project is worth designing. Illustrative. @source domain §7.2 */
const enoughForProject = 5

async function togetherIn(ctx: Ctx, place: Where) {
  const { rows } = await sql<{ item: string; households: number; townships: number; days: number }>`
    select item, count(distinct household_id)::int as households, count(distinct left(division, 9))::int as townships,
           round(percentile_cont(0.5) within group (order by ${ctx.today}::date - told_on))::int as days
      from wishes.need
     where district = ${ctx.district} and state in ('screened', 'inWishPool') and item is not null and not careful and ${place}
     group by item having count(distinct household_id) >= ${enoughForProject} order by 2 desc, 1 limit 5`.execute(
    ctx.transaction,
  )
  const pool = await currentPool(ctx)
  return rows.flatMap(({ item, ...counts }) => {
    const found = foundItem(pool, item)
    return found ? [{ item: found, ...counts }] : []
  })
}

async function alikeIn(ctx: Ctx, place: Where): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(n), 0)::int as n from (
      select count(*) as n from wishes.need
       where district = ${ctx.district} and closed_at is null and coalesce(item, guess) is not null and ${place}
       group by household_id, careful, minor_until is null, coalesce(item, guess) having count(*) > 1) twins`.execute(
    ctx.transaction,
  )
  return rows[0]?.n ?? 0
}

/** What moved in the last seven days, today among them. */
async function weekOf(ctx: Ctx, place: Where) {
  const from = addDays(ctx.today, -6)
  const { rows } = await sql<{ step: string; n: number }>`
    select step, count(*)::int as n from wishes.need_step
     where district = ${ctx.district} and on_day between ${from} and ${ctx.today} and ${place} group by step`.execute(
    ctx.transaction,
  )
  const n = (...steps: string[]) => rows.reduce((sum, row) => sum + (steps.includes(row.step) ? row.n : 0), 0)
  return {
    from,
    told: n('tell'),
    rose: n('rise'),
    handedDown: n('handDown'),
    linked: n('match', 'claim'),
    confirmed: n('confirm'),
    closed: n('close', 'reExplore'),
  }
}
