import type { RawCell } from '../read-cell.ts'
import type { Source } from '../sources/source.ts'
import type { Row } from '../table-rows.ts'

/** The records of an envelope as the rows of a table: first the keys of the columns, then a row for each record. */
export function* jsonRows(file: Buffer, source: Source): Generator<Row[]> {
  const keys = source.columns.map(column => column.key)
  yield [{ no: 0, cells: keys }]
  const { records } = JSON.parse(file.toString('utf8')) as { records: Readonly<Record<string, unknown>>[] }
  for (const [i, record] of records.entries()) yield [{ no: i + 1, cells: keys.map(key => rawOf(record[key])) }]
}

const rawOf = (value: unknown): RawCell =>
  value === undefined || value === null
    ? null
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : JSON.stringify(value)
