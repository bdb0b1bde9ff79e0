import type { Id } from '@zhulian/kernel'
import { type Ctx } from '../../../platform/ctx.ts'
import { namesOf } from '../../identity/index.ts'
import { factsOfMany, placesOf } from '../../registry/index.ts'
import { progressOf } from '../progress.ts'
import { textOf } from '../read-cell.ts'
import { deliveryWords, openSteps } from './delivery.ts'
import { type Delivery, sourceOf } from './kept-delivery.ts'
import { readContent } from './sealed-rows.ts'
import { deliveries } from './tables.ts'
import type { findRow } from './mend.ts'
import { wordsOfWhy } from './why.ts'

/** Lines of a list, in the order given. */
export async function shownMany(ctx: Ctx, rows: readonly Delivery[]) {
  const names = await namesOf(
    ctx,
    rows.map(row => row.created_by),
  )
  return rows.map(row => shown(ctx, row, names))
}

function shown(ctx: Ctx, row: Delivery, names: ReadonlyMap<Id, string>) {
  return {
    id: row.id,
    source: row.source,
    sourceName: sourceOf(row).name,
    fileName: row.file_name,
    format: row.format,
    sender: row.sender,
    asOf: row.as_of,
    state: row.state,
    stateWords: deliveryWords[row.state],
    account: {
      rows: row.rows,
      leftOut: row.left_out,
      waiting: row.waiting,
      accepted: row.accepted,
      duplicate: row.duplicate,
      unchanged: row.unchanged,
      look: row.look,
      notInRegistry: row.not_in_registry,
      quarantined: row.quarantined,
    },
    createdAt: row.created_at.toISOString(),
    createdBy: personOf(ctx, row.created_by, names),
    appliedAt: row.applied_at?.toISOString() ?? null,
    progress: progressIn(row),
    problem: row.problem,
  }
}

/** What is read is counted in the database as it goes; what is released is one transaction and counted in its process. */
const progressIn = (row: Delivery) =>
  row.state === 'received' || row.state === 'reading'
    ? { done: row.rows - row.waiting, of: row.rows }
    : row.state === 'releasing'
      ? progressOf(row.id)
      : null

const personOf = (ctx: Ctx, id: Id, names: ReadonlyMap<Id, string>) => ({
  name: names.get(id) ?? '',
  isMe: id === ctx.actor.account,
})

export async function shownWhole(ctx: Ctx, row: Delivery) {
  const people = [row.created_by, row.released_by, row.confirmed_by, row.ended_by].filter(id => id !== null)
  const names = await namesOf(ctx, people)
  const person = (id: Id | null) => (id ? personOf(ctx, id, names) : null)
  const source = sourceOf(row)
  const sees = ctx.actor.role !== 'auditor'
  return {
    ...shown(ctx, row, names),
    header: row.header,
    restricted: source.restricted ?? false,
    people: row.people,
    peopleKnown: row.people_known,
    twoBecause: row.two_because,
    toRelease: sees ? await countToRelease(ctx, row.id) : 0,
    releasedAt: row.released_at?.toISOString() ?? null,
    releasedBy: person(row.released_by),
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    confirmedBy: person(row.confirmed_by),
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBy: person(row.ended_by),
    reasons: sees ? await reasonsOf(ctx, row.id) : [],
    steps: sees ? openSteps(row) : [],
  }
}

/** Accepted rows that are not in the registry yet; those whose content was forgotten never will be. */
export async function countToRelease(ctx: Ctx, delivery: Id): Promise<number> {
  const { count } = await deliveries(ctx)
    .selectFrom('feeds.delivery_row')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('outcome', '=', 'accepted')
    .where('applied_at', 'is', null)
    .where('cells', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function reasonsOf(ctx: Ctx, delivery: Id) {
  const rows = await deliveries(ctx)
    .selectFrom('feeds.delivery_row')
    .select(['why', eb => eb.fn.countAll<string>().as('count')])
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('outcome', '=', 'quarantined')
    .groupBy('why')
    .orderBy('count', 'desc')
    .orderBy('why')
    .execute()
  return rows.map(({ why, count }) => ({ why: why ?? '', words: wordsOfWhy(why ?? ''), count: Number(count) }))
}

type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>

/** Rows with what they say, and whom they may mean. */
export async function shownRows(ctx: Ctx, delivery: Delivery, rows: readonly Row[]) {
  const candidates = rows.flatMap(row => row.candidates ?? [])
  const households = new Map(
    (await factsOfMany(ctx, [...new Set(candidates.flatMap(c => c.household ?? []))])).map(h => [h.id, h]),
  )
  for (const id of households.keys()) ctx.about({ kind: 'household', id })
  const places = households.size > 0 ? await placesOf(ctx) : new Map<string, { name: string; township: string }>()
  return rows.map(row => {
    const { cells, faults } = row.cells
      ? readContent(ctx, delivery.id, row.row_no, row.cells)
      : { cells: [], faults: [] }
    return {
      no: row.row_no,
      version: row.version,
      outcome: row.outcome,
      cells: delivery.header.map((_, i) => textOf(cells[i])),
      faults: faults.map(({ column, words }) => ({ column, words })),
      candidates: (row.candidates ?? []).flatMap(c => {
        const household = c.household ? households.get(c.household) : undefined
        const member = household?.members.find(m => m.id === c.person)
        if (!household || !member) return []
        const place = places.get(household.division)
        return [{ ...c, name: member.name, place: place ? `${place.township}${place.name}` : household.division }]
      }),
      household: row.household_id,
      isApplied: row.applied_at !== null,
    }
  })
}
