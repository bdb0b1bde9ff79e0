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
  const end = file.lastIndexOf('PK\u0005\u0006')
  if (end < 0 || end + 22 > file.length) return 'truncated'
  const [count, size, start] = [file.readUInt16LE(end + 10), file.readUInt32LE(end + 12), file.readUInt32LE(end + 16)]
  if (start + size > end) return 'truncated'
  if (count > zipLimits.entries) return 'tooLarge'
  const names = new Set<string>()
  let total = 0
  for (let at = start, n = 0; n < count; n++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) return 'truncated'
    const [packed, plain] = [file.readUInt32LE(at + 20), file.readUInt32LE(at + 24)]
    const [name, extra, comment] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)]
    names.add(file.toString('utf8', at + 46, at + 46 + name))
    total += plain
    if (total > zipLimits.inflatedBytes) return 'tooLarge'
    if (plain > zipLimits.ratioFromBytes && plain > packed * zipLimits.ratio) return 'bomb'
    at += 46 + name + extra + comment
  }
  if (names.has('xl/workbook.bin')) return 'binaryWorkbook'
  return names.has('xl/workbook.xml') ? undefined : 'notWorkbook'
}
