import { inflateRawSync } from 'node:zlib'

/** Limits of a workbook, judged by its directory before anything is inflated. */
export const zipLimits = {
  /** All parts together; 200,000 rows of 50 columns come to about 400 MB. */
  inflatedBytes: 600_000_000,
  entries: 2000,
  /** A part above {@link zipLimits.ratioFromBytes} that shrank more than this is no table people filled in. */
  ratio: 150,
  ratioFromBytes: 20_000_000,
} as const

export type ZipFault = 'truncated' | 'notWorkbook' | 'binaryWorkbook' | 'tooLarge' | 'bomb'

/**
 * Reads the directory at the end of a ZIP file. Nothing is inflated. The reader behind it stops at the declared sizes, so
 * a directory that lies gains nothing.
 */
export function workbookFault(file: Buffer): ZipFault | undefined {
  const listed = directoryOf(file)
  if (typeof listed === 'string') return listed
  const names = new Set<string>()
  let total = 0
  for (const { name, packed, plain } of listed) {
    names.add(name)
    total += plain
    if (total > zipLimits.inflatedBytes) return 'tooLarge'
    if (plain > zipLimits.ratioFromBytes && plain > packed * zipLimits.ratio) return 'bomb'
  }
  if (names.has('xl/workbook.bin')) return 'binaryWorkbook'
  return names.has('xl/workbook.xml') ? undefined : 'notWorkbook'
}

interface Entry {
  readonly name: string
  readonly packed: number
  readonly plain: number
  readonly method: number
  readonly at: number
}

function directoryOf(file: Buffer): Entry[] | ZipFault {
  const end = file.lastIndexOf('PK\u0005\u0006')
  if (end < 0 || end + 22 > file.length) return 'truncated'
  const [count, size, start] = [file.readUInt16LE(end + 10), file.readUInt32LE(end + 12), file.readUInt32LE(end + 16)]
  if (start + size > end) return 'truncated'
  if (count > zipLimits.entries) return 'tooLarge'
  const entries: Entry[] = []
  for (let at = start, n = 0; n < count; n++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) return 'truncated'
    const [name, extra, comment] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)]
    entries.push({
      name: file.toString('utf8', at + 46, at + 46 + name),
      packed: file.readUInt32LE(at + 20),
      plain: file.readUInt32LE(at + 24),
      method: file.readUInt16LE(at + 10),
      at: file.readUInt32LE(at + 42),
    })
    at += 46 + name + extra + comment
  }
  return entries
}

/** The list of sheets in a workbook is short; what is longer is none. */
const longestList = 1_000_000

/** Sheets that are not hidden, in the order of the workbook. Empty where the list cannot be read. */
export function visibleSheets(file: Buffer): { readonly name: string; readonly at: number }[] {
  const listed = directoryOf(file)
  const entry = typeof listed === 'string' ? undefined : listed.find(e => e.name === 'xl/workbook.xml')
  if (!entry || entry.at + 30 > file.length) return []
  const from = entry.at + 30 + file.readUInt16LE(entry.at + 26) + file.readUInt16LE(entry.at + 28)
  const body = file.subarray(from, from + entry.packed)
  let xml: string
  try {
    xml = (entry.method === 0 ? body : inflateRawSync(body, { maxOutputLength: longestList })).toString('utf8')
  } catch {
    return []
  }
  return [...xml.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)]
    .map(([tag], at) => ({ tag, at, name: /\bname="([^"]*)"/.exec(tag)?.[1] ?? `${at + 1}` }))
    .filter(({ tag }) => !/\bstate="(hidden|veryHidden)"/.test(tag))
    .map(({ name, at }) => ({ name, at }))
}
