import { readFileSync } from 'node:fs'
import { day } from '@zhulian/kernel'
import { type RawCell, textOf } from '../../read-cell.ts'
import type { Places } from '../../read-row.ts'
import { readTable } from '../../read-table.ts'
import { wordsOfRow } from '../fault.ts'
import { findTable } from '../find-table.ts'
import { sources } from '../index.ts'
import { type Reading, recordReader } from '../read-record.ts'
import type { Source } from '../source.ts'

/** The day on which the samples are read. */
export const sampleDay = day('2021-09-26')

/** What a folder expects of each row of its sample. */
export interface Expected {
  /** Titles of the sample nobody asked for. */
  readonly unread: readonly string[]
  readonly rows: readonly (ExpectedRow | { row: number; quarantined: string[]; words: string[] } | Left)[]
}
interface ExpectedRow {
  readonly row: number
  readonly who: Readonly<Record<string, unknown>>
  readonly on: string
  readonly person?: unknown
  readonly household?: unknown
}
interface Left {
  readonly row: number
  readonly left: string
}

const villages = readFileSync(new URL('../../../../../../data/divisions/villages.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(line => line.split(','))
const townships = new Map(
  readFileSync(new URL('../../../../../../data/divisions/townships.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(',').slice(0, 2) as [string, string]),
)
/** The villages of the district, by their full names. */
export const places: Places = {
  has: code => villages.some(v => v[0] === code),
  find: (village, township) =>
    villages
      .filter(v => v[1] === village && (township === undefined || townships.get(v[3] ?? '') === township))
      .map(v => v[0] ?? ''),
}

export interface Numbered {
  readonly no: number
  readonly cells: RawCell[]
}

export async function rowsOfFile(path: string, kind: 'csv' | 'xlsx'): Promise<Numbered[]> {
  const rows: Numbered[] = []
  for await (const some of readTable(path, kind)) rows.push(...some)
  return rows
}

/** The records of an envelope as rows: the keys of the columns first. */
export function rowsOfRecords(source: Source, records: readonly Readonly<Record<string, RawCell>>[]): Numbered[] {
  const keys = source.columns.map(c => c.key)
  return [
    { no: 0, cells: keys },
    ...records.map((record, i) => ({ no: i + 1, cells: keys.map(key => record[key] ?? null) })),
  ]
}

/** Reads rows as a delivery does. @throws Error where no table is found */
export function readRows(source: Source, rows: readonly Numbered[]): Expected {
  const found = findTable(
    source,
    rows.slice(0, 60).map(row => row.cells.map(textOf)),
    sources,
  )
  if ('fault' in found) throw new Error(found.fault.words.zh)
  const read = recordReader(source, found, places, sampleDay)
  return {
    unread: found.unread,
    rows: rows.slice(found.firstRow).map(({ no, cells }) => shown(no, read(no, cells))),
  }
}

function shown(no: number, reading: Reading): Expected['rows'][number] {
  if ('left' in reading) return { row: no, left: reading.left }
  if ('faults' in reading)
    return {
      row: no,
      quarantined: reading.faults.map(f => f.code),
      words: reading.faults.map(f => wordsOfRow(no, f).zh),
    }
  const { idNumber, name, birthDate, sex, phone, division, address } = reading.row
  const who = Object.fromEntries(
    Object.entries({ idNumber, name, birthDate, sex, phone, division, address }).filter(([, value]) => value !== null),
  )
  return { row: no, who, ...reading.mapped }
}
