import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'

/** A file that came in, whole and on disk. */
export interface IncomingFile {
  readonly name: string
  /** As the sender calls it; nobody believes it. */
  readonly type: string
  readonly path: string
  readonly bytes: number
  /** SHA-256, hexadecimal. */
  readonly digest: string
}

/** A file that somebody names on the command line. */
export async function fileAt(path: string): Promise<IncomingFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { name: basename(path), type: 'application/octet-stream', path, bytes, digest: hash.digest('hex') }
}
