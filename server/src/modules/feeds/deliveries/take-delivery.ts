import path from 'node:path'
import { type Day, type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx } from '../../../platform/ctx.ts'
import type { IncomingFile } from '../../../platform/incoming-file.ts'
import { fileKind } from '../file-kind.ts'
import { headOf } from '../file-head.ts'
import { villagesOf } from '../places.ts'
import { textOf } from '../read-cell.ts'
import { fromThread, sheetHeads, TableUnreadable } from '../read-table.ts'
import { dayNotYet, fileUnreadable, severalSheets } from '../refusals.ts'
import { findTable } from '../sources/find-table.ts'
import { sources } from '../sources/index.ts'
import type { Source } from '../sources/source.ts'
import { type deliveriesContract, sentAsOther, sourceNotFound, tableUnclear } from './contract.ts'
import { findDelivery } from './kept-delivery.ts'
import { keepPart, keepRows, partRows } from './sealed-rows.ts'
import { shownWhole } from './shown.ts'
import type { FromStage, ToStage } from './stage-worker.ts'
import { deliveries } from './tables.ts'

const maxRows = 500_000

export async function takeUpload(
  ctx: Ctx,
  { file, query }: InputOf<(typeof deliveriesContract)['POST /deliveries']> & { readonly file: IncomingFile },
) {
  const kind = fileKind(await headOf(file.path))
  if (kind !== 'csv' && kind !== 'xlsx') throw fileUnreadable({ why: kind })
  const { id, isAgain } = await takeDelivery(ctx, { ...file, kind }, query)
  return { delivery: await shownWhole(ctx, await findDelivery(ctx, id)), isAgain }
}

export interface DeliveredFile extends IncomingFile {
  readonly kind: ToStage['kind']
}
export interface DeliveryOptions {
  readonly source: string
  readonly asOf?: Day | undefined
  /** Signed by a machine of the bureau. */
  readonly sent?: { readonly key: Id; readonly sender: string; readonly as: string }
}

/**
 * Takes a file of a bureau in: reads it row by row in a thread, quarantines what cannot be read, keeps the rest sealed until it is
 * compared. All of it or nothing is kept.
 * @returns the delivery that is there already when the same file comes again
 */
export async function takeDelivery(
  ctx: Ctx,
  file: DeliveredFile,
  { source: sourceId, asOf = ctx.today, sent }: DeliveryOptions,
): Promise<{ id: Id; isAgain: boolean }> {
  const source = sources.find(s => s.id === sourceId)
  if (!source) throw sourceNotFound()
  if (asOf > ctx.today) throw dayNotYet()
  const before = await findSame(ctx, source, file, sent?.as)
  if (before) return { id: before, isAgain: true }
  const delivery = { id: newId(ctx.now.getTime()), division: ctx.actor.scope ?? ctx.district }
  try {
    const sheet = file.kind === 'xlsx' ? await sheetOf(file.path, source) : 0
    const there = await stage(ctx, delivery, source, file, { asOf, sheet, sent })
    if (there) return { id: there, isAgain: true }
  } catch (error) {
    if (error instanceof TableUnreadable) throw fileUnreadable({ why: error.fault })
    throw error
  }
  await ctx.later('feeds.readDelivery', { delivery: delivery.id })
  return { id: delivery.id, isAgain: false }
}

/** A delivery that counts, with the same content or under the same number. */
async function findSame(ctx: Ctx, source: Source, file: IncomingFile, sentAs: string | undefined) {
  const rows = await deliveries(ctx)
    .selectFrom('feeds.delivery')
    .select(['id', 'digest', 'sent_as'])
    .where('district', '=', ctx.district)
    .where('source', '=', source.id)
    .where('state', 'not in', ['cancelled', 'refused', 'undone'])
    .where(eb => eb.or([eb('digest', '=', file.digest), ...(sentAs ? [eb('sent_as', '=', sentAs)] : [])]))
    .execute()
  const same = rows.find(row => row.digest === file.digest)
  if (!same && rows[0] && sentAs) throw sentAsOther({ sentAs })
  return same?.id
}

interface Taken {
  readonly asOf: Day
  readonly sheet: number
  readonly sent: DeliveryOptions['sent']
}

/** @returns a delivery of the same content that somebody handed in at the same moment */
async function stage(
  ctx: Ctx,
  delivery: { readonly id: Id; readonly division: string },
  source: Source,
  file: DeliveredFile,
  taken: Taken,
): Promise<Id | undefined> {
  const toStage: ToStage = {
    path: file.path,
    kind: file.kind,
    sheet: taken.sheet,
    source: source.id,
    villages: await villagesOf(ctx),
    today: ctx.today,
    maxRows,
    partRows,
  }
  const counts = { waiting: 0, quarantined: 0, duplicate: 0 }
  let parts = 0
  let end = { rows: 0, leftOut: 0 }
  for await (const said of fromThread<FromStage>(new URL('./stage-worker.ts', import.meta.url), toStage)) {
    if ('unclear' in said) throw tableUnclear({ fault: said.unclear.code, words: said.unclear.words })
    else if ('header' in said) {
      if (!(await insertDelivery(ctx, delivery, source, file, taken, said)))
        return await findSame(ctx, source, file, taken.sent?.as)
    } else if ('odd' in said) {
      if (said.part) {
        await keepPart(ctx, delivery, ++parts, said.part.rows, said.part.text)
        counts.waiting += said.part.rows
      }
      await keepRows(ctx, delivery, said.odd)
      for (const { outcome } of said.odd) counts[outcome]++
    } else end = said
  }
  if (end.rows === 0) throw fileUnreadable({ why: 'noRows' })
  await deliveries(ctx)
    .updateTable('feeds.delivery')
    .set({ rows: end.rows, left_out: end.leftOut, ...counts })
    .where('district', '=', ctx.district)
    .where('id', '=', delivery.id)
    .execute()
  return undefined
}

/** The sheet that holds the list: notes on how to fill it in often stand before it. @throws severalSheets */
async function sheetOf(file: string, source: Source): Promise<number> {
  const heads = await sheetHeads(file)
  const lists = heads.filter(({ rows }) => {
    const found = findTable(
      source,
      rows.map(r => r.cells.map(textOf)),
      [],
    )
    return !('fault' in found) && rows.length > found.firstRow
  })
  if (lists.length > 1) throw severalSheets({ sheets: lists.map(l => l.name).join('、') })
  return (lists[0] ?? heads[0])?.sheet ?? 0
}

async function insertDelivery(
  ctx: Ctx,
  delivery: { readonly id: Id; readonly division: string },
  source: Source,
  file: DeliveredFile,
  { asOf, sent }: Taken,
  { header, mapping }: Extract<FromStage, { header: unknown }>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await deliveries(ctx)
    .insertInto('feeds.delivery')
    .values({
      district: ctx.district,
      ...delivery,
      source: source.id,
      sender_key_id: sent?.key ?? null,
      sender: sent?.sender ?? null,
      sent_as: sent?.as ?? null,
      file_name: path.basename(file.name).slice(0, 120),
      format: file.kind,
      digest: file.digest,
      bytes: file.bytes,
      header: JSON.stringify(header),
      mapping: JSON.stringify(mapping),
      as_of: asOf,
      read_on: ctx.today,
      state: 'received',
      rows: 0,
      left_out: 0,
      waiting: 0,
      problem: null,
      created_at: ctx.now,
      created_by: ctx.actor.account,
      moved_at: ctx.now,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
