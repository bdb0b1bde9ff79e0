import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { FieldCrypto } from '../../platform/crypto.ts'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { type BulkRow, insertMany, rowSet } from '../../platform/database/insert-many.ts'
import { readSealedJson } from '../../platform/open-sealed.ts'
import { type RawCell, textOf } from './read-cell.ts'
import type { NumberedRow } from './read-table.ts'
import type { BatchRow, Fault, FeedsTables } from './tables.ts'

const feeds = tablesOf<FeedsTables>()
const column = 'feeds.staged_row.cells'
const place = (batch: Id, row: number) => `${batch}/${row}`

export interface StagedCells {
  readonly row: number
  /** The household's number as it was staged. */
  readonly number: string
  /** Undefined of a row that cannot be opened. */
  readonly cells: RawCell[] | undefined
}

/** Keeps rows as they came, sealed, with the household's number in clear to read them household by household. */
export async function stageRows(
  ctx: Ctx,
  batch: Pick<BatchRow, 'id' | 'division'>,
  rows: readonly NumberedRow[],
  numberAt: number | undefined,
): Promise<void> {
  const staged = rows.map(
    ({ no, cells }): BulkRow => ({
      district: ctx.district,
      batch_id: batch.id,
      division: batch.division,
      row_no: no,
      household_no: householdNo(cells, numberAt),
      cells: ctx.crypto.seal(column, place(batch.id, no), JSON.stringify(cells)),
    }),
  )
  await insertMany(
    ctx.transaction,
    'feeds.staged_row',
    { district: 'text', batch_id: 'uuid', division: 'text', row_no: 'integer', household_no: 'text', cells: 'bytea' },
    staged,
  )
}

const householdNo = (cells: readonly RawCell[], at: number | undefined): string =>
  at === undefined ? '' : textOf(cells[at]).slice(0, 41)

const openCells = (crypto: FieldCrypto, batch: Id, row: number, sealed: Buffer): RawCell[] =>
  JSON.parse(crypto.open(column, place(batch, row), sealed)) as RawCell[]

/** For who reads the row among others. @returns undefined for one that cannot be opened */
export const readCells = (ctx: Ctx, batch: Id, row: number, sealed: Buffer): RawCell[] | undefined =>
  readSealedJson<RawCell[] | undefined>(ctx, column, place(batch, row), sealed, undefined)

/** The number of the household stands in another column than was guessed. */
export async function renumber(ctx: Ctx, batch: Id, numberAt: number): Promise<void> {
  for await (const rows of stagedRows(ctx, batch, 'row', false)) {
    const changed = rows.flatMap(({ row, cells }) =>
      cells ? [{ row_no: row, household_no: householdNo(cells, numberAt) }] : [],
    )
    await sql`update feeds.staged_row r set household_no = x.household_no from ${rowSet({ row_no: 'integer', household_no: 'text' }, changed)}
      where r.district = ${ctx.district} and r.batch_id = ${batch} and r.row_no = x.row_no`.execute(ctx.transaction)
  }
}

const atOnce = 500

/**
 * Rows of a file some at a time: in the order of the file, or household by household with none of them cut in two.
 * @param onlyGood leaves out rows that were found faulty, and goes no further than one that cannot be opened
 */
export async function* stagedRows(
  ctx: Ctx,
  batch: Id,
  by: 'row' | 'household',
  onlyGood: boolean,
): AsyncGenerator<StagedCells[]> {
  const opening = (row: number, sealed: Buffer) =>
    onlyGood ? openCells(ctx.crypto, batch, row, sealed) : readCells(ctx, batch, row, sealed)
  let after: { number: string; row: number } = { number: '', row: -1 }
  let held: StagedCells[] = []
  for (;;) {
    const rows = await feeds(ctx)
      .selectFrom('feeds.staged_row')
      .select(['row_no', 'cells', 'household_no as number'])
      .where('district', '=', ctx.district)
      .where('batch_id', '=', batch)
      .where(
        by === 'row'
          ? sql<boolean>`row_no > ${after.row}`
          : sql<boolean>`(household_no, row_no) > (${after.number}, ${after.row})`,
      )
      .$if(onlyGood, q => q.where('fault', 'is', null))
      .orderBy(by === 'row' ? 'row_no' : 'household_no')
      .orderBy('row_no')
      .limit(atOnce)
      .execute()
    const opened = rows.map(r => ({
      row: r.row_no,
      number: r.number,
      cells: r.cells ? opening(r.row_no, r.cells) : [],
    }))
    const last = opened.at(-1)
    const all = [...held, ...opened]
    if (!last || rows.length < atOnce) {
      if (all.length > 0) yield all
      return
    }
    after = last
    held = by === 'household' ? all.filter(r => r.number === last.number && r.number !== '') : []
    const whole = held.length > 0 ? all.slice(0, -held.length) : all
    if (whole.length > 0) yield whole
  }
}

export async function keepFaults(ctx: Ctx, batch: Id, faults: ReadonlyMap<number, readonly Fault[]>): Promise<void> {
  const rows = [...faults].map(([row_no, fault]) => ({ row_no, fault }))
  if (rows.length === 0) return
  await sql`update feeds.staged_row r set fault = x.fault from ${rowSet({ row_no: 'integer', fault: 'jsonb' }, rows)}
    where r.district = ${ctx.district} and r.batch_id = ${batch} and r.row_no = x.row_no`.execute(ctx.transaction)
}

export async function forgetFaults(ctx: Ctx, batch: Id): Promise<void> {
  await feeds(ctx)
    .updateTable('feeds.staged_row')
    .set({ fault: null })
    .where('district', '=', ctx.district)
    .where('batch_id', '=', batch)
    .where('fault', 'is not', null)
    .execute()
}

export async function forgetRows(ctx: Ctx, batch: Id): Promise<void> {
  await feeds(ctx)
    .deleteFrom('feeds.staged_row')
    .where('district', '=', ctx.district)
    .where('batch_id', '=', batch)
    .execute()
}
