import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { malformedJson, tooLarge } from '../refusals.ts'

const unzip = promisify(gunzip)

/**
 * A body as it was before it was packed for a slow line. What grows past the limit is given up while it grows, however small it came.
 * @throws tooLarge, malformedJson
 */
export async function unpacked(bytes: Buffer, encoding: string | undefined, mostBytes: number): Promise<Buffer> {
  if (encoding !== 'gzip') return bytes
  try {
    return await unzip(bytes, { maxOutputLength: mostBytes })
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge({ limitBytes: mostBytes })
      : malformedJson({ problem: 'encoding' })
  }
}
