import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'
import { CsvUnreadable } from './csv-records.ts'

/** WPS and Excel of Chinese systems write CSV in GB18030; nobody says so in the file. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

const pieceBytes = 131_072

/** The same bytes are used again for what comes next: left to a stream, a megabyte of them waits to be freed at any time. */
function* chunksOf(path: string): Generator<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(pieceBytes)
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const got = readSync(file, bytes, 0, pieceBytes, null)
      if (got === 0) return
      yield bytes.subarray(0, got)
    }
  } finally {
    closeSync(file)
  }
}

function encodingOf(path: string): Encoding {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isFirst = true
  try {
    for (const chunk of chunksOf(path)) {
      if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
      if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
      isFirst = false
      decoder.decode(chunk, { stream: true })
    }
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    if (error instanceof TypeError) return 'gb18030'
    throw error
  }
}

/** The text of a file a piece at a time, so that the file never stands in memory as a whole. For threads of their own: it waits for the disk. */
export function* textPieces(path: string): Generator<string> {
  const encoding = encodingOf(path)
  if (encoding === 'gb18030') return yield* lineByLine(chunksOf(path))
  const decoder = new TextDecoder(encoding)
  for (const chunk of chunksOf(path)) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

const [lineFeed, carriageReturn] = [0x0a, 0x0d]
/** A line that goes on for so long is none, and would be gathered. */
const longestLine = 4_000_000

/**
 * Lists that were put together from two files are in two encodings. In neither a byte of a letter looks like the end of a line,
 * so each line is read by its own.
 */
function* lineByLine(chunks: Iterable<Buffer>): Generator<string> {
  const gb18030 = new TextDecoder('gb18030')
  const text = (line: Buffer) => {
    const utf8 = isUtf8(line) ? line.toString('utf8') : ''
    // Two letters of GB18030 can look like UTF-8 by chance, but not like Chinese.
    return /\p{Script=Han}/u.test(utf8) ? utf8 : gb18030.decode(line)
  }
  let held: Buffer = Buffer.alloc(0)
  let ending: number | undefined
  for (const chunk of chunks) {
    // Of old, a line could end with a carriage return alone.
    ending ??= chunk.includes(lineFeed) ? lineFeed : carriageReturn
    const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
    let piece = ''
    let start = 0
    for (let end = bytes.indexOf(ending); end >= 0; end = bytes.indexOf(ending, start)) {
      piece += text(bytes.subarray(start, end + 1))
      start = end + 1
    }
    held = Buffer.from(bytes.subarray(start))
    if (held.length > longestLine) throw new CsvUnreadable()
    yield piece
  }
  yield text(held)
}
