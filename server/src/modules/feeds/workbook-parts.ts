import { pipeline, Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import type { FileBytes } from './file-bytes.ts'
import { contentAt, directoryOf, type ZipEntry } from './zip-gate.ts'

/** What must be known before the first cell of a sheet can be read. */
const beforehand = /^(?:\[Content_Types\]\.xml|.*\.rels|xl\/(?:workbook|sharedStrings|styles)\.xml)$/
const sheet = /^xl\/worksheets\/sheet(\d+)\.xml$/
const pieceBytes = 131_072

/**
 * A workbook as a stream of what is needed of it, the sheets last: most programs write the texts that cells share behind the
 * sheets, so that a reader that goes from the front would have to hold all. Each part says its size beforehand, as the directory
 * of the file gives it. Sheets are inflated here, some at a time: the reader would take two megabytes of them packed.
 * @returns undefined where a sheet is not called what sheets are called; such a file is read as a whole
 */
export function workbookParts(file: FileBytes): AsyncGenerator<Uint8Array> | undefined {
  const listed = directoryOf(file)
  if (typeof listed === 'string') return undefined
  const sheets = listed.filter(({ name }) => name.startsWith('xl/worksheets/') && !name.endsWith('.rels'))
  if (sheets.some(({ name }) => name.endsWith('.xml') && !sheet.test(name))) return undefined
  const inOrder = sheets.filter(({ name }) => sheet.test(name)).toSorted((a, b) => numberOf(a) - numberOf(b))
  return pieces(file, [...listed.filter(({ name }) => beforehand.test(name)), ...inOrder])
}

const numberOf = ({ name }: ZipEntry) => Number(sheet.exec(name)?.[1])

async function* pieces(file: FileBytes, entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  for (const entry of entries) {
    const from = contentAt(file, entry)
    if (from === undefined) throw new Error('a part of the workbook is not where its directory says')
    if (entry.method === deflated && sheet.test(entry.name)) {
      yield headerOf({ ...entry, method: 0, packed: entry.plain })
      yield* inflated(file, from, entry)
    } else {
      yield headerOf(entry)
      yield* packed(file, from, entry)
    }
  }
}

const deflated = 8

function* packed(file: FileBytes, from: number, entry: ZipEntry): Generator<Uint8Array> {
  for (let at = 0; at < entry.packed; at += pieceBytes)
    yield file.read(from + at, Math.min(pieceBytes, entry.packed - at))
}

/** As much as the directory says, and no more: one that lies gains nothing. */
async function* inflated(file: FileBytes, from: number, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  let left = entry.plain
  const flow = createInflateRaw({ chunkSize: pieceBytes })
  pipeline(Readable.from(packed(file, from, entry)), flow, () => undefined)
  for await (const chunk of flow as AsyncIterable<Uint8Array>) {
    left -= chunk.length
    if (left < 0) break
    yield chunk
  }
  if (left !== 0) throw new Error('a sheet is not as long as the directory of its workbook says')
}

function headerOf({ name, packed, plain, method, crc }: ZipEntry): Buffer {
  const title = Buffer.from(name)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(method, 8)
  header.writeUInt32LE(crc, 14)
  header.writeUInt32LE(packed, 18)
  header.writeUInt32LE(plain, 22)
  header.writeUInt16LE(title.length, 26)
  return Buffer.concat([header, title])
}
