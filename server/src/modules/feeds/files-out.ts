import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { cannotBeOpened } from '../../platform/open-sealed.ts'
import { type Cell, type TableFormat, writeTable } from '../../platform/table-file.ts'
import { sampleRow } from './columns.ts'
import { columnsOf } from './columns-of.ts'
import type { feedsContract } from './contract.ts'
import { findBatch } from './find-batch.ts'
import { readCells } from './staged.ts'
import type { FeedsTables } from './tables.ts'

const feeds = tablesOf<FeedsTables>()
const types: Record<TableFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export async function templateFile(ctx: Ctx, { query }: InputOf<(typeof feedsContract)['GET /imports/template']>) {
  const columns = await columnsOf(ctx)
  const rows = [columns.map(c => c.header.zh), columns.map(c => sampleRow[c.key] ?? '')]
  return {
    name: `导入模板.${query.format}`,
    type: types[query.format],
    content: await writeTable(query.format, '家庭成员', rows),
  }
}

/** The rows that cannot be used, as they came, with a last column that says why. It can be mended and sent as it is. */
export async function faultsFile(
  ctx: Ctx,
  { params, query }: InputOf<(typeof feedsContract)['GET /imports/:id/faults']>,
) {
  const batch = await findBatch(ctx, params.id)
  const rows = await feeds(ctx)
    .selectFrom('feeds.staged_row')
    .select(['row_no', 'fault', 'cells'])
    .where('district', '=', ctx.district)
    .where('batch_id', '=', batch.id)
    .where('fault', 'is not', null)
    .orderBy('row_no')
    .execute()
  const width = batch.header.length
  const lines = rows.map((row): Cell[] => {
    const cells = row.cells ? (readCells(ctx, batch.id, row.row_no, row.cells) ?? [cannotBeOpened]) : []
    const why = (row.fault ?? []).map(f => (f.column ? `${f.column}：${f.words.zh}` : f.words.zh)).join('；')
    return [...Array.from({ length: width }, (_, i) => plain(cells[i])), row.row_no, why]
  })
  const name = `${batch.file_name.replace(/\.[^.]*$/, '')}-待改.${query.format}`
  return {
    name,
    type: types[query.format],
    content: await writeTable(query.format, '待改', [[...batch.header, '原来的行号', '哪里不对'], ...lines]),
  }
}

// A long number stays text, or the spreadsheet would spoil it a second time.
const plain = (cell: Cell): Cell => (typeof cell === 'number' && Math.abs(cell) > 1e14 ? String(cell) : cell)
