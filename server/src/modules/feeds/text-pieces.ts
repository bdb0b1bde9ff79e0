import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

/** WPS and Excel of Chinese systems write CSV in GB18030; nobody says so in the file. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

async function encodingOf(path: string): Promise<Encoding> {
  const file = await open(path)
  try {
    const { buffer: head } = await file.read(Buffer.alloc(2), 0, 2, 0)
    if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
    if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  } finally {
    await file.close()
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Buffer, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

/** The text of a file a piece at a time, so that the file never stands in memory as a whole. */
export async function* textPieces(path: string): AsyncGenerator<string> {
  const encoding = await encodingOf(path)
  const stream = createReadStream(path, { highWaterMark: 131_072 }) as AsyncIterable<Buffer>
  if (encoding === 'gb18030') return yield* lineByLine(stream)
  const decoder = new TextDecoder(encoding)
  for await (const chunk of stream) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

const lineFeed = 0x0a

/**
 * Lists that were put together from two files are in two encodings. In neither a byte of a letter looks like the end of a line,
 * so each line is read by its own.
 */
async function* lineByLine(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const gb18030 = new TextDecoder('gb18030')
  const text = (line: Buffer) => {
    const utf8 = isUtf8(line) ? line.toString('utf8') : ''
    // Two letters of GB18030 can look like UTF-8 by chance, but not like Chinese.
    return /\p{Script=Han}/u.test(utf8) ? utf8 : gb18030.decode(line)
  }
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of stream) {
    const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
    let piece = ''
    let start = 0
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      piece += text(bytes.subarray(start, end + 1))
      start = end + 1
    }
    held = bytes.subarray(start)
    yield piece
  }
  yield text(held)
}
