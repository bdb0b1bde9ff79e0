import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { type Ctx } from '../../../platform/ctx.ts'
import { rowSet } from '../../../platform/database/insert-many.ts'
import { bumpAll, judgeAlertsLater, writeStatements } from '../../registry/index.ts'
import { progressFor } from '../progress.ts'
import { placeFinder } from '../places.ts'
import { recordReader } from '../sources/read-record.ts'
import type { Facts } from '../sources/source.ts'
import { addToAccount, countPeople, type Tally } from './account.ts'
import { eventsOfYear, factsAskedOf, knownOf, type News, newsOf } from './compare.ts'
import { type deliveriesContract, nothingToRelease, sameNotTwo } from './contract.ts'
import { twoBecause } from './delivery.ts'
import { type Delivery, findDelivery, move, sourceOf } from './kept-delivery.ts'
import { openContent, valuesOf, type KeptRow } from './sealed-rows.ts'
import { countToRelease, shownWhole } from './shown.ts'
import { deliveries } from './tables.ts'

type Move = InputOf<(typeof deliveriesContract)['POST /deliveries/:deliveryId/release']>

/** Releases what was accepted. What is dangerous, or would change many, waits for a second person. */
export async function releaseDelivery(ctx: Ctx, { params }: Move) {
  const delivery = await findDelivery(ctx, params.deliveryId, true)
  if (delivery.state === 'read' || delivery.state === 'released') {
    if ((await countToRelease(ctx, delivery.id)) === 0) throw nothingToRelease()
  }
  const { people, known } = await countPeople(ctx, delivery.id)
  const because = twoBecause(sourceOf(delivery), people, known)
  await move(ctx, delivery, because.length > 0 ? 'askSecond' : 'release', {
    people,
    people_known: known,
    two_because: because,
    released_at: ctx.now,
    released_by: ctx.actor.account,
    confirmed_at: null,
    confirmed_by: null,
    released_before: delivery.applied_at && JSON.stringify(released(delivery)),
    problem: null,
  })
  if (because.length === 0) await ctx.later('feeds.release', { delivery: delivery.id })
  return await shownWhole(ctx, await findDelivery(ctx, delivery.id))
}

const released = ({ released_at, released_by, confirmed_at, confirmed_by, two_because }: Delivery) => ({
  released_at,
  released_by,
  confirmed_at,
  confirmed_by,
  two_because,
})

/** @throws sameNotTwo */
export async function confirmDelivery(ctx: Ctx, { params }: Move) {
  const delivery = await findDelivery(ctx, params.deliveryId, true)
  if (delivery.state === 'needsTwo') another(ctx, delivery)
  await move(ctx, delivery, 'confirm', { confirmed_at: ctx.now, confirmed_by: ctx.actor.account })
  await ctx.later('feeds.release', { delivery: delivery.id })
  return await shownWhole(ctx, await findDelivery(ctx, delivery.id))
}

export async function refuseDelivery(
  ctx: Ctx,
  { params, body }: InputOf<(typeof deliveriesContract)['POST /deliveries/:deliveryId/refuse']>,
) {
  const delivery = await findDelivery(ctx, params.deliveryId, true)
  ctx.because(body.reason)
  if (delivery.state === 'needsTwo') another(ctx, delivery)
  const problem = { zh: `没有同意放行：${body.reason}`, en: `Not agreed to: ${body.reason}` }
  await move(ctx, delivery, 'refuse', {
    problem: JSON.stringify(problem),
    ...(!delivery.applied_at && { ended_at: ctx.now, ended_by: ctx.actor.account }),
  })
  if (!delivery.applied_at) await ctx.later('feeds.forgetDelivery', { delivery: delivery.id })
  return await shownWhole(ctx, await findDelivery(ctx, delivery.id))
}

export async function takeBackRelease(ctx: Ctx, { params }: Move) {
  const delivery = await findDelivery(ctx, params.deliveryId, true)
  await move(ctx, delivery, 'takeBack')
  return await shownWhole(ctx, await findDelivery(ctx, delivery.id))
}

function another(ctx: Ctx, delivery: Delivery): void {
  if (delivery.released_by === ctx.actor.account) throw sameNotTwo()
}

const atOnce = 1000
/** Of so many households the alerts go first: a guide waits for them, and whoever gets one is counted anew with it. */
const many = 1000
const inAMinute = (ctx: Ctx) => new Date(ctx.now.getTime() + 60_000)

/**
 * Writes what was accepted into the registry in one transaction, in the name of who released it: others see all of it or nothing.
 * Whoever cancels meanwhile is heard between two thousand rows, and then nothing of it stays.
 */
export async function runRelease(machine: Ctx, id: Id): Promise<void> {
  // Two that took up the same job take turns, and the second finds it done.
  await sql`select pg_advisory_xact_lock(hashtext(${`release ${id}`}))`.execute(machine.transaction)
  const delivery = await findDelivery(machine, id)
  if (delivery.state !== 'releasing') return
  const ctx: Ctx = { ...machine, actor: { ...machine.actor, account: delivery.released_by ?? machine.actor.account } }
  await sql`savepoint releasing`.execute(ctx.transaction)
  const households = await write(ctx, delivery)
  const now = await findDelivery(machine, id, true)
  if (!households || now.state !== 'releasing') {
    await sql`rollback to savepoint releasing`.execute(ctx.transaction)
    return
  }
  await move(machine, now, 'releaseDone', {
    applied_at: now.applied_at ?? ctx.now,
    released_before: null,
    problem: null,
  })
  await judgeAlertsLater(machine, [...households])
  await machine.later('wishes.hear', { batch: id }, { ifThere: true })
  await machine.later('registry.recount', { batch: id }, households.size > many ? { after: inAMinute(machine) } : {})
}

/** @returns the households it said something of; undefined when it was cancelled on the way */
async function write(ctx: Ctx, delivery: Delivery): Promise<ReadonlySet<Id> | undefined> {
  const written = new Set<Id>()
  const source = sourceOf(delivery)
  const reader = recordReader(source, delivery, await placeFinder(ctx), delivery.read_on)
  const progress = progressFor(delivery.id, await countToRelease(ctx, delivery.id))
  // Each row adds to what befell the family: said at the end, once, so that no row stands in the way of another.
  const events = new Map<Id, News>()
  try {
    for (;;) {
      if ((await findDelivery(ctx, delivery.id)).state !== 'releasing') return undefined
      const rows = await rowsToRelease(ctx, delivery.id)
      if (rows.length === 0) {
        await say(ctx, delivery.id, [...events.values()])
        return written
      }
      const read = rows.map(row => {
        const { cells } = openContent(ctx.crypto, delivery.id, row.row_no, row.cells as Buffer)
        return { row, cells, reading: reader(row.row_no, cells) }
      })
      const known = await knownOf(
        ctx,
        rows.flatMap(row => row.household_id ?? []),
        factsAskedOf(
          source,
          read.flatMap(({ reading }) => ('row' in reading ? [reading] : [])),
        ),
      )
      const news: News[] = []
      const before = new Map<Id, Facts>([...events].map(([id, { facts }]) => [id, facts]))
      const others: KeptRow[] = []
      for (const { row, cells, reading } of read) {
        const household = known.get(row.household_id as Id)
        const said =
          'row' in reading && household && newsOf(source, reading.mapped, row.person_id as Id, household, before)
        if (!said) others.push({ no: row.row_no, cells, outcome: 'quarantined', faults: [movedMeanwhile] })
        else if (said.length === 0) others.push({ no: row.row_no, cells, outcome: 'unchanged' })
        else {
          for (const one of said) {
            const { personId, householdId, facts, asOf } = one
            written.add(householdId)
            const told = events.get(householdId)
            if (!(eventsOfYear in facts)) news.push(one)
            else events.set(householdId, told && told.asOf > asOf ? { ...one, asOf: told.asOf } : one)
            before.set(personId ?? householdId, { ...before.get(personId ?? householdId), ...facts })
          }
        }
      }
      await say(ctx, delivery.id, news)
      await markApplied(
        ctx,
        delivery.id,
        rows.map(row => row.row_no),
      )
      await putAside(ctx, delivery.id, others)
      progress.add(rows.length)
    }
  } finally {
    progress.end()
  }
}

async function say(ctx: Ctx, delivery: Id, news: readonly News[]): Promise<void> {
  if (news.length === 0) return
  await writeStatements(ctx, news, { batch: delivery })
  await bumpAll(ctx, [...new Set(news.map(n => n.householdId))])
}

const movedMeanwhile = {
  code: 'movedMeanwhile',
  words: {
    zh: '读入以后，这个人已经不在原来那一户。请重新读这一行，再看是谁。',
    en: 'Since this row was read the person has left that household. Read the row again and see who is meant.',
  },
}

const rowsToRelease = async (ctx: Ctx, delivery: Id) =>
  await deliveries(ctx)
    .selectFrom('feeds.delivery_row')
    .select(['row_no', 'cells', 'person_id', 'household_id'])
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('outcome', '=', 'accepted')
    .where('applied_at', 'is', null)
    .where('cells', 'is not', null)
    .orderBy('row_no')
    .limit(atOnce)
    .execute()

async function markApplied(ctx: Ctx, delivery: Id, rows: readonly number[]): Promise<void> {
  await sql`update feeds.delivery_row set applied_at = ${ctx.now}
    where district = ${ctx.district} and delivery_id = ${delivery} and row_no = any(${rows}::integer[])`.execute(
    ctx.transaction,
  )
}

/** Rows that somebody else's file or a move has overtaken since they were accepted. */
async function putAside(ctx: Ctx, delivery: Id, rows: readonly KeptRow[]): Promise<void> {
  if (rows.length === 0) return
  const tally: Tally = {}
  const values = rows.map(row => ({ row_no: row.no, ...valuesOf(ctx, delivery, row) }))
  for (const { outcome } of rows) tally[outcome] = (tally[outcome] ?? 0) + 1
  await sql`update feeds.delivery_row r set outcome = x.outcome, why = x.why, cells = decode(x.cells, 'hex'), person_id = null,
      household_id = null, applied_at = null, version = r.version + 1
    from ${rowSet({ row_no: 'integer', outcome: 'text', why: 'text', cells: 'bytea' }, values)}
    where r.district = ${ctx.district} and r.delivery_id = ${delivery} and r.row_no = x.row_no`.execute(ctx.transaction)
  await addToAccount(ctx, delivery, { ...tally, accepted: -rows.length })
}
