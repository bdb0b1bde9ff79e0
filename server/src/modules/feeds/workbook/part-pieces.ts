import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import type { FileBytes } from '../file-bytes.ts'
import { contentAt, type ZipEntry } from '../zip-gate.ts'

const pieceBytes = 131_072
const [stored, deflated] = [0, 8]

/**
 * The text of a part of a workbook, some at a time. As much as the directory of the file says, and no more: one that lies gains
 * nothing.
 * @throws Error at the end, where it is not what was written: a letter that changed on the way would be another name
 */
export async function* partPieces(file: FileBytes, entry: ZipEntry): AsyncGenerator<string> {
  let [left, sum] = [entry.plain, 0]
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of plain(file, entry)) {
    left -= chunk.length
    if (left < 0) break
    sum = crc32(chunk, sum)
    const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
    const end = wholeLetters(bytes)
    held = bytes.subarray(end)
    yield bytes.toString('utf8', left + chunk.length === entry.plain ? markBytes(bytes) : 0, end)
  }
  if (left !== 0 || held.length > 0) throw new Error('a part of the workbook is not as long as its directory says')
  if (entry.crc !== 0 && sum !== entry.crc) throw new Error('a part of the workbook is not as it was written')
}

async function* plain(file: FileBytes, entry: ZipEntry): AsyncGenerator<Buffer> {
  const from = contentAt(file, entry)
  if (from === undefined) throw new Error('a part of the workbook is not where its directory says')
  if (entry.method === stored) return yield* packed(file, from, entry)
  if (entry.method !== deflated) throw new Error('a part of the workbook is packed in an unusual way')
  const flow = createInflateRaw({ chunkSize: pieceBytes })
  pipeline(Readable.from(packed(file, from, entry)), flow, () => undefined)
  yield* flow as AsyncIterable<Buffer>
}

function* packed(file: FileBytes, from: number, entry: ZipEntry): Generator<Buffer> {
  for (let at = 0; at < entry.packed; at += pieceBytes)
    yield file.read(from + at, Math.min(pieceBytes, entry.packed - at))
}

/** A letter has up to four bytes; where the last is not whole, it waits for what comes. */
function wholeLetters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return bytes.length
    if (byte < 0xc0) continue
    const letter = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return letter > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

const markBytes = (bytes: Buffer) => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0)
