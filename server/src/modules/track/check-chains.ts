import type { Day, Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { anchorColumn, markOf, sealedFields } from './chain.ts'
import type { trackContract } from './contract.ts'
import type { BrokenChain, Fault } from './record.ts'
import { type ChainRow, type RecordRow, track } from './tables.ts'

export const chainsAtOnce = 500

interface Part {
  readonly household?: Id | undefined
  readonly after?: Id | undefined
}

/** Proves the chains of the district, some at a time, or that of one household. @returns ids and places, nothing of what is written */
export async function checkTrack(ctx: Ctx, { query }: InputOf<(typeof trackContract)['GET /track/check']>) {
  if (query.household !== undefined) ctx.about({ kind: 'household', id: query.household })
  return await asMachine(ctx, machine => provePart(machine, query))
}

export async function provePart(machine: Ctx, part: Part) {
  const found = part.household === undefined ? await householdsFrom(machine, part.after) : [part.household]
  const ids = found.slice(0, chainsAtOnce)
  const chains = await chainsOf(machine, ids)
  const broken = [...chains].flatMap(([id, { end, rows, nights }]) => proved(machine, id, end, rows, nights) ?? [])
  const isFirst = part.household === undefined && part.after === undefined
  return {
    chains: ids.length,
    records: [...chains.values()].reduce((n, { rows }) => n + rows.length, 0),
    broken,
    anchors: isFirst ? await checkAnchors(machine) : null,
    next: found.length > ids.length ? (ids.at(-1) ?? null) : null,
  }
}

/**
 * Whoever has records, whoever has an end of a chain, and whoever had one on a night: of a family of whom everything is gone the nights
 * still tell.
 */
async function householdsFrom(machine: Ctx, after: Id | undefined): Promise<readonly Id[]> {
  const some = (table: string) => sql`(select distinct household_id from ${sql.table(table)}
    where district = ${machine.district} and household_id > ${after ?? firstId}::uuid order by household_id limit ${chainsAtOnce + 1})`
  const { rows } = await sql<{ household_id: Id }>`
    ${some('track.chain')} union ${some('track.record')} union ${some('track.anchored')}
    order by household_id limit ${chainsAtOnce + 1}`.execute(machine.transaction)
  return rows.map(row => row.household_id)
}
const firstId = '00000000-0000-0000-0000-000000000000'

type End = Pick<ChainRow, 'turn' | 'seal'>
interface Chain {
  readonly end: End | undefined
  readonly rows: readonly RecordRow[]
  readonly nights: readonly End[]
}

/** So often a chain is read again that grows while it is read. */
const mostRounds = 5

/** Each as of one moment: what is written while it is read would look like a cut, so one whose end has moved since is read again. */
async function chainsOf(machine: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, Chain>> {
  const chains = new Map<Id, Chain>()
  let left = ids
  for (let round = 0; round < mostRounds && left.length > 0; round++) {
    const ends = await endsOf(machine, left)
    const records = await recordsOf(machine, left)
    const nights = await anchoredOf(machine, left)
    for (const id of left)
      chains.set(id, { end: ends.get(id), rows: records.get(id) ?? [], nights: nights.get(id) ?? [] })
    const now = await endsOf(machine, left)
    left = left.filter(id => now.get(id)?.turn !== ends.get(id)?.turn)
  }
  return chains
}

async function endsOf(machine: Ctx, ids: readonly Id[]) {
  const rows = await track(machine)
    .selectFrom('track.chain')
    .select(['household_id', 'turn', 'seal'])
    .where('district', '=', machine.district)
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(row => [row.household_id, row]))
}

async function recordsOf(machine: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, RecordRow[]>> {
  const rows = await track(machine)
    .selectFrom('track.record')
    .selectAll()
    .where('district', '=', machine.district)
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .orderBy('household_id')
    .orderBy('turn')
    .execute()
  return Map.groupBy(rows, row => row.household_id)
}

async function anchoredOf(machine: Ctx, ids: readonly Id[]) {
  const rows = await track(machine)
    .selectFrom('track.anchored')
    .select(['household_id', 'turn', 'seal'])
    .where('district', '=', machine.district)
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  return Map.groupBy(rows, row => row.household_id)
}

function proved(
  machine: Ctx,
  household: Id,
  end: End | undefined,
  rows: readonly RecordRow[],
  nights: readonly End[],
): BrokenChain | undefined {
  const broken = (fault: Fault, turn: number, record: Id | null = null) => ({ household, fault, turn, record })
  let before: Buffer = Buffer.alloc(0)
  for (const [i, row] of rows.entries()) {
    if (row.turn !== i + 1) return broken('missing', i + 1)
    if (!row.before.equals(before) || !isAsWritten(machine, row)) return broken('altered', row.turn, row.id)
    before = row.seal
  }
  const hasNone = !end && rows.length === 0 && nights.length === 0
  if (hasNone) return undefined
  if (!end || end.turn !== rows.length || !end.seal.equals(before)) return broken('cut', rows.length + 1)
  const night = nights.find(n => !rows[n.turn - 1]?.seal.equals(n.seal))
  return night && broken('anchor', night.turn)
}

function isAsWritten(machine: Ctx, row: RecordRow): boolean {
  try {
    const fields = machine.crypto.open(sealedFields, row.id, row.sealed_fields)
    return markOf(machine, row, fields).equals(row.seal)
  } catch {
    return false
  }
}

/** The marks of the nights, the newest of them to be written down elsewhere. */
async function checkAnchors(machine: Ctx) {
  const rows = await track(machine)
    .selectFrom('track.anchor')
    .selectAll()
    .where('district', '=', machine.district)
    .orderBy('night')
    .execute()
  let before: Buffer = Buffer.alloc(0)
  let firstWrong: Day | null = null
  for (const [i, row] of rows.entries()) {
    const mark = await anchorMark(machine, row.on_day, row.before)
    const holds = row.night === i + 1 && row.before.equals(before) && mark.equals(row.mark)
    if (firstWrong === null && !holds) firstWrong = row.on_day
    before = row.mark
  }
  const newest = rows.at(-1)
  return {
    nights: rows.length,
    firstWrong,
    newest: newest ? { on: newest.on_day, mark: newest.mark.toString('hex') } : null,
  }
}

async function anchorMark(machine: Ctx, on: Day, before: Buffer): Promise<Buffer> {
  const lines = await track(machine)
    .selectFrom('track.anchored')
    .select(['household_id', 'turn', 'seal'])
    .where('district', '=', machine.district)
    .where('on_day', '=', on)
    .orderBy('household_id')
    .execute()
  const text = lines.map(line => `${line.household_id}:${line.turn}:${line.seal.toString('hex')}`).join('\n')
  return machine.crypto.mark(anchorColumn, `${on}\n${before.toString('hex')}\n${text}`)
}

/** Once a night: where each chain that grew since the last time ends now. */
export async function anchorTrack(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    with grown as (
      select c.household_id, c.turn, c.seal from track.chain c
      where c.district = ${ctx.district} and c.turn > coalesce((select max(a.turn) from track.anchored a
        where a.district = c.district and a.household_id = c.household_id), 0)),
    kept as (
      insert into track.anchored (district, on_day, household_id, turn, seal)
      select ${ctx.district}, ${ctx.today}::date, household_id, turn, seal from grown
      where not exists (select from track.anchor a where a.district = ${ctx.district} and a.on_day = ${ctx.today}::date)
      returning household_id)
    select count(*)::int as n from kept`.execute(ctx.transaction)
  const chains = rows[0]?.n ?? 0
  if (chains === 0) return
  const last = await track(ctx)
    .selectFrom('track.anchor')
    .select(['night', 'mark'])
    .where('district', '=', ctx.district)
    .orderBy('night', 'desc')
    .limit(1)
    .executeTakeFirst()
  const before = last?.mark ?? Buffer.alloc(0)
  await track(ctx)
    .insertInto('track.anchor')
    .values({
      district: ctx.district,
      night: (last?.night ?? 0) + 1,
      on_day: ctx.today,
      at: ctx.now,
      chains,
      before,
      mark: await anchorMark(ctx, ctx.today, before),
    })
    .execute()
}
