import path from 'node:path'
import { type Day, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { IncomingFile } from '../../platform/incoming-file.ts'
import type { ImportColumn } from './columns.ts'
import { columnsOf } from './columns-of.ts'
import { dayNotYet, type feedsContract, fileUnreadable, headerWrong, severalSheets } from './contract.ts'
import { headOf } from './file-head.ts'
import { fileKind } from './file-kind.ts'
import { findBatch, shown } from './find-batch.ts'
import { findHeader, headerFault, matchColumns } from './match-columns.ts'
import { textOf } from './read-cell.ts'
import { type NumberedRow, readTable, sheetHeads, TableUnreadable } from './read-table.ts'
import { stageRows } from './staged.ts'
import type { FeedsTables } from './tables.ts'

const feeds = tablesOf<FeedsTables>()

export async function takeUpload(
  ctx: Ctx,
  { file, query }: InputOf<(typeof feedsContract)['POST /imports']> & { readonly file: IncomingFile },
) {
  return await takeFile(ctx, file, query)
}

/** Takes a file in, row by row into the database, sealed. */
export async function takeFile(
  ctx: Ctx,
  file: IncomingFile,
  options: { readonly origin: string; readonly asOf?: Day | undefined },
) {
  if (options.asOf && options.asOf > ctx.today) throw dayNotYet()
  const kind = fileKind(await headOf(file.path))
  if (kind !== 'csv' && kind !== 'xlsx') throw fileUnreadable({ why: kind })
  try {
    return await stage(ctx, file.path, kind, {
      ...options,
      name: path.basename(file.name).slice(0, 120),
      digest: file.digest,
      bytes: file.bytes,
    })
  } catch (error) {
    if (error instanceof TableUnreadable) throw fileUnreadable({ why: error.fault })
    throw error
  }
}

interface Kept {
  readonly name: string
  readonly digest: string
  readonly bytes: number
  readonly origin: string
  readonly asOf?: Day | undefined
}

async function stage(ctx: Ctx, file: string, kind: 'csv' | 'xlsx', kept: Kept) {
  const columns = await columnsOf(ctx)
  const batch = { id: newId(ctx.now.getTime()), division: ctx.actor.scope ?? ctx.district }
  let header: string[] | undefined
  let mapping = {}
  let rowCount = 0
  const sheet = kind === 'xlsx' ? await sheetWithList(file, columns) : 0
  for await (const rows of readTable(file, kind, sheet)) {
    let data: readonly NumberedRow[] = rows
    if (!header) {
      const texts = rows.map(r => r.cells.map(textOf))
      const at = findHeader(texts, columns)
      if (at === undefined) throw fileUnreadable({ why: 'noHeader' })
      header = texts[at] as string[]
      const fault = headerFault(header, texts.slice(at + 1, at + 50))
      if (fault) throw headerWrong(fault)
      mapping = matchColumns(header, columns)
      data = rows.slice(at + 1)
      await insertBatch(ctx, batch, kind, header, mapping, kept)
    }
    await stageRows(ctx, batch, data, (mapping as { householdNo?: number }).householdNo)
    rowCount += data.length
  }
  if (!header) throw fileUnreadable({ why: 'empty' })
  if (rowCount === 0) throw fileUnreadable({ why: 'noRows' })
  await feeds(ctx)
    .updateTable('feeds.batch')
    .set({ row_count: rowCount })
    .where('district', '=', ctx.district)
    .where('id', '=', batch.id)
    .execute()
  return {
    ...shown(await findBatch(ctx, batch.id)),
    header,
    mapping,
    columns: columns.map(({ key, header: words, required }) => ({ key, header: words, required })),
    report: null,
  }
}

/**
 * The sheet that holds the list: notes on how to fill it in often stand before it.
 * @throws severalSheets where more than one does; what to leave out is for a person to say
 */
async function sheetWithList(file: string, columns: readonly ImportColumn[]): Promise<number> {
  const lists = (await sheetHeads(file)).filter(({ rows }) => {
    const at = findHeader(
      rows.map(r => r.cells.map(textOf)),
      columns,
    )
    return at !== undefined && rows.length > at + 1
  })
  if (lists.length > 1) throw severalSheets({ sheets: lists.map(l => l.name).join('、') })
  return lists[0]?.sheet ?? 0
}

async function insertBatch(
  ctx: Ctx,
  batch: { id: ReturnType<typeof newId>; division: string },
  format: 'csv' | 'xlsx',
  header: string[],
  mapping: object,
  kept: Kept,
): Promise<void> {
  await feeds(ctx)
    .insertInto('feeds.batch')
    .values({
      district: ctx.district,
      ...batch,
      file_name: kept.name,
      format,
      digest: kept.digest,
      bytes: kept.bytes,
      row_count: 0,
      header: JSON.stringify(header),
      mapping: JSON.stringify(mapping),
      as_of: kept.asOf ?? ctx.today,
      origin: kept.origin,
      state: 'staged',
      report: null,
      problem: null,
      created_at: ctx.now,
      created_by: ctx.actor.account,
      started_at: null,
      checked_at: null,
      applied_at: null,
      applied_by: null,
      undone_at: null,
      undone_by: null,
    })
    .execute()
}
