import type { Id } from '@zhulian/kernel'
import type { FieldCrypto } from '../../../platform/crypto.ts'
import { type Ctx } from '../../../platform/ctx.ts'
import { type BulkRow, insertMany } from '../../../platform/database/insert-many.ts'
import { cannotBeOpened, readSealedJson } from '../../../platform/open-sealed.ts'
import { reviewRows, type RowToReview } from '../../registry/index.ts'
import type { RawCell } from '../read-cell.ts'
import type { Outcome } from './delivery.ts'
import { type Delivery, sourceOf } from './kept-delivery.ts'
import type { RowFault } from './row-fault.ts'
import { deliveries, type DeliveryRow, type KeptCandidate } from './tables.ts'

/** A row as it came: its number in the file and its cells. */
export interface NumberedCells {
  readonly no: number
  readonly cells: readonly RawCell[]
}

/** A row that is kept, and why. */
export interface KeptRow extends NumberedCells {
  readonly outcome: Outcome
  readonly faults?: readonly RowFault[]
  readonly person?: Id
  readonly household?: Id
  readonly candidates?: readonly KeptCandidate[]
  /** Of a row that may mean somebody: what a person needs to say who. */
  readonly review?: Pick<RowToReview, 'clues' | 'candidates'>
}

export interface RowContent {
  readonly cells: readonly RawCell[]
  readonly faults: readonly RowFault[]
}

const [partColumn, rowColumn] = ['feeds.delivery_part.cells', 'feeds.delivery_row.cells']
const place = (delivery: Id, no: number) => `${delivery}/${no}`

export const sealContent = (crypto: FieldCrypto, delivery: Id, no: number, content: RowContent): Buffer =>
  crypto.seal(rowColumn, place(delivery, no), JSON.stringify(content))

export const openContent = (crypto: FieldCrypto, delivery: Id, no: number, sealed: Uint8Array): RowContent =>
  JSON.parse(crypto.open(rowColumn, place(delivery, no), sealed)) as RowContent

const unreadable: RowFault = { code: 'unreadable', words: { zh: cannotBeOpened, en: cannotBeOpened } }

/** As {@link openContent}, for who reads the row among others: one that cannot be opened says so. */
export const readContent = (ctx: Ctx, delivery: Id, no: number, sealed: Uint8Array): RowContent =>
  readSealedJson<RowContent>(ctx, rowColumn, place(delivery, no), sealed, { cells: [], faults: [unreadable] })

/** Rows of one sealed piece. */
export const partRows = 1000

type Place = Pick<DeliveryRow, 'id' | 'division'>

/**
 * Keeps rows that wait, 1,000 of them in one sealed piece: nobody reads one of them before all are compared, and row security
 * forbids COPY.
 * @param text the rows as JSON, or its UTF-8: `[[no, cells], …]`
 */
export async function keepPart(
  ctx: Ctx,
  delivery: Place,
  no: number,
  rows: number,
  text: string | Uint8Array,
): Promise<void> {
  await deliveries(ctx)
    .insertInto('feeds.delivery_part')
    .values({
      district: ctx.district,
      delivery_id: delivery.id,
      part_no: no,
      division: delivery.division,
      rows,
      cells: ctx.crypto.seal(partColumn, place(delivery.id, no), text),
    })
    .execute()
}

/** The next rows that wait, in the order of the file, the last part they lie in, and whether others wait. */
export async function nextParts(ctx: Ctx, delivery: Id, most: number) {
  const parts = await deliveries(ctx)
    .selectFrom('feeds.delivery_part')
    .select(['part_no', 'cells'])
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .orderBy('part_no')
    .limit(most)
    .execute()
  const rows = parts.flatMap(part => {
    const text = ctx.crypto.open(partColumn, place(delivery, part.part_no), part.cells)
    return (JSON.parse(text) as [number, RawCell[]][]).map(([no, cells]): NumberedCells => ({ no, cells }))
  })
  return { rows, last: parts.at(-1)?.part_no, isAll: parts.length < most }
}

/** The parts up to one have been compared. */
export async function dropParts(ctx: Ctx, delivery: Id, last: number): Promise<void> {
  await deliveries(ctx)
    .deleteFrom('feeds.delivery_part')
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('part_no', '<=', last)
    .execute()
}

/** What of a row may lie on: nothing of one that is known already, or of somebody who is not in the registry. */
const forgets: ReadonlySet<Outcome> = new Set(['duplicate', 'unchanged', 'notInRegistry'])

export async function keepRows(ctx: Ctx, delivery: Place, rows: readonly KeptRow[]): Promise<void> {
  await insertMany(
    ctx.transaction,
    'feeds.delivery_row',
    {
      district: 'text',
      delivery_id: 'uuid',
      row_no: 'integer',
      division: 'text',
      outcome: 'text',
      why: 'text',
      cells: 'bytea',
      person_id: 'uuid',
      household_id: 'uuid',
      candidates: 'jsonb',
    },
    rows.map(
      (row): BulkRow => ({
        district: ctx.district,
        delivery_id: delivery.id,
        row_no: row.no,
        division: delivery.division,
        ...valuesOf(ctx, delivery.id, row),
      }),
    ),
  )
}

/** Lays what may mean somebody before a person. Of restricted sources nobody outside may see even the name. */
export async function layBefore(ctx: Ctx, delivery: Delivery, rows: readonly KeptRow[]): Promise<void> {
  if (sourceOf(delivery).restricted) return
  await reviewRows(
    ctx,
    rows.flatMap(({ no, review }) => (review ? [{ delivery: delivery.id, row: no, ...review }] : [])),
  )
}

/** The columns of a row that follow from what became of it. */
export const valuesOf = (ctx: Ctx, delivery: Id, row: KeptRow) => ({
  outcome: row.outcome,
  why: row.faults?.[0]?.code ?? null,
  cells: forgets.has(row.outcome)
    ? null
    : sealContent(ctx.crypto, delivery, row.no, { cells: row.cells, faults: row.faults ?? [] }),
  person_id: row.person ?? null,
  household_id: row.household ?? null,
  candidates: row.candidates ?? null,
})
