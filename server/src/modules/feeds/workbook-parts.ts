import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import type { FileBytes } from './file-bytes.ts'
import { contentAt, directoryOf, relationTags, sheetTags, type ZipEntry } from './zip-gate.ts'

/** What must be known before the first cell of a sheet can be read. */
const beforehand = /^(?:\[Content_Types\]\.xml|.*\.rels|xl\/(?:workbook|sharedStrings|styles)\.xml)$/
const sheet = /^xl\/worksheets\/sheet\d+\.xml$/
const pieceBytes = 131_072

export interface WorkbookParts {
  readonly pieces: AsyncGenerator<Uint8Array>
  /** How much of them comes before the sheet, in bytes. */
  readonly beforehand: number
}

/**
 * A workbook as a stream of what is needed to read one sheet, which comes last: most programs write the texts that cells share
 * behind the sheets, so that a reader that goes from the front would have to hold all; and it keeps whatever it passes over. Each
 * part says its size beforehand, as the directory of the file gives it. The sheet is inflated here, some at a time: the reader would
 * take two megabytes of it packed.
 * @param at which sheet, from 0
 * @returns undefined where the sheet is not called what sheets are called; such a file is read as a whole
 */
export function workbookParts(file: FileBytes, at: number): WorkbookParts | undefined {
  const listed = directoryOf(file)
  if (typeof listed === 'string') return undefined
  const wanted = sheetOf(file, listed, at)
  const before = listed.filter(({ name }) => beforehand.test(name))
  // Some programs tell the sizes only behind each part.
  if (!wanted || [wanted, ...before].some(({ packed }) => packed === 0)) return undefined
  return {
    pieces: piecesOf(file, before, wanted),
    beforehand: before.reduce((sum, { packed }) => sum + packed, 0),
  }
}

function sheetOf(file: FileBytes, listed: readonly ZipEntry[], at: number): ZipEntry | undefined {
  const id = /\s(?:\w+:)?id="([^"]*)"/.exec(sheetTags(file, listed)[at] ?? '')?.[1]
  const relation = relationTags(file, listed).find(tag => /\sId="([^"]*)"/.exec(tag)?.[1] === id)
  const target = /\sTarget="([^"]*)"/.exec(relation ?? '')?.[1]
  const path = target?.startsWith('/') ? target.slice(1) : `xl/${target}`
  return sheet.test(path) ? listed.find(({ name }) => name === path) : undefined
}

async function* piecesOf(file: FileBytes, before: readonly ZipEntry[], wanted: ZipEntry): AsyncGenerator<Uint8Array> {
  for (const entry of before) {
    const from = beginOf(file, entry)
    await assertSound(file, from, entry)
    yield headerOf(entry)
    yield* packed(file, from, entry)
  }
  yield headerOf({ ...wanted, method: 0, packed: wanted.plain })
  yield* plain(file, beginOf(file, wanted), wanted)
}

function beginOf(file: FileBytes, entry: ZipEntry): number {
  const from = contentAt(file, entry)
  if (from === undefined) throw new Error('a part of the workbook is not where its directory says')
  return from
}

/** In a stream the reader does not look: a letter that changed on the way would be another name. */
async function assertSound(file: FileBytes, from: number, entry: ZipEntry): Promise<void> {
  let sum = 0
  for await (const chunk of plain(file, from, entry)) sum = crc32(chunk, sum)
  if (entry.crc !== 0 && sum !== entry.crc) throw new Error('a part of the workbook is not as it was written')
}

function* packed(file: FileBytes, from: number, entry: ZipEntry): Generator<Uint8Array> {
  for (let at = 0; at < entry.packed; at += pieceBytes)
    yield file.read(from + at, Math.min(pieceBytes, entry.packed - at))
}

const [stored, deflated] = [0, 8]

/** As much as the directory says, and no more: one that lies gains nothing. */
async function* plain(file: FileBytes, from: number, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.method === stored) return yield* packed(file, from, entry)
  if (entry.method !== deflated) throw new Error('a part of the workbook is packed in an unusual way')
  let left = entry.plain
  const flow = createInflateRaw({ chunkSize: pieceBytes })
  pipeline(Readable.from(packed(file, from, entry)), flow, () => undefined)
  for await (const chunk of flow as AsyncIterable<Uint8Array>) {
    left -= chunk.length
    if (left < 0) break
    yield chunk
  }
  if (left !== 0) throw new Error('a part of the workbook is not as long as its directory says')
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
