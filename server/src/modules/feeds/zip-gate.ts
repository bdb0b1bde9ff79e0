import type { FileBytes } from './file-bytes.ts'

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
export function workbookFault(file: FileBytes): ZipFault | undefined {
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

export interface ZipEntry {
  readonly name: string
  readonly packed: number
  readonly plain: number
  /** 0: as it is; 8: deflated. */
  readonly method: number
  readonly crc: number
  /** Where its own header begins, before what it holds. */
  readonly at: number
}

/** What stands at the end of a ZIP file, with the longest remark there can be. */
const endBytes = 22 + 65_535
/** A directory of so many entries is shorter. */
const longestDirectory = 4_000_000

/** The parts of a ZIP file, in the order of its directory. */
export function directoryOf(file: FileBytes): ZipEntry[] | ZipFault {
  const tailAt = Math.max(0, file.size - endBytes)
  const tail = file.read(tailAt, endBytes)
  const end = tail.lastIndexOf('PK\u0005\u0006')
  if (end < 0 || end + 22 > tail.length) return 'truncated'
  const [count, size, start] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (start + size > tailAt + end) return 'truncated'
  if (count > zipLimits.entries || size > longestDirectory) return 'tooLarge'
  const directory = file.read(start, size)
  const entries: ZipEntry[] = []
  for (let at = 0, n = 0; n < count; n++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return 'truncated'
    const [name, extra, comment] = [
      directory.readUInt16LE(at + 28),
      directory.readUInt16LE(at + 30),
      directory.readUInt16LE(at + 32),
    ]
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + name),
      packed: directory.readUInt32LE(at + 20),
      plain: directory.readUInt32LE(at + 24),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      at: directory.readUInt32LE(at + 42),
    })
    at += 46 + name + extra + comment
  }
  return entries
}

/** Where what an entry holds begins; undefined where its header is not there. */
export function contentAt(file: FileBytes, entry: ZipEntry): number | undefined {
  const header = file.read(entry.at, 30)
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) return undefined
  return entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
}
