import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Transform } from 'node:stream'
import { fileMissing, tooLarge, wrongType } from '../refusals.ts'
import type { IncomingFile } from '../route.ts'
import { isPlain } from './json.ts'

interface Received {
  readonly file: IncomingFile
  /** The texts that came before the file. */
  readonly fields: Readonly<Record<string, string>>
}

export async function takeMultipart(fastify: FastifyInstance, fileBytes: number): Promise<void> {
  await fastify.register(multipart, {
    throwFileSizeLimit: false,
    // Counted by our own stream below, which says so in words.
    limits: {
      fileSize: fileBytes + 1,
      files: 1,
      fields: 20,
      fieldSize: 65_536,
      fieldNameSize: 60,
      parts: 21,
      headerPairs: 30,
    },
  })
}

/** The first file as a stream: nothing of it is kept in memory. */
export async function receiveFile(request: FastifyRequest, limitBytes: number): Promise<Received> {
  if (!request.isMultipart()) throw wrongType({ accepted: 'multipart/form-data' })
  const part = await request.file()
  if (!part) throw fileMissing()
  const fields: Record<string, string> = {}
  for (const [name, field] of Object.entries(part.fields)) {
    if (field && !Array.isArray(field) && field.type === 'field' && typeof field.value === 'string')
      fields[name] = field.value
  }
  if (![part.filename, ...Object.values(fields)].every(isPlain)) throw fileMissing()
  let count = 0
  const stream = part.file.pipe(
    new Transform({
      transform(chunk: Buffer, _, done) {
        count += chunk.length
        done(count > limitBytes ? tooLarge({ limitBytes }) : null, chunk)
      },
    }),
  )
  part.file.on('error', error => stream.destroy(error))
  return { file: { name: part.filename, type: part.mimetype, stream }, fields }
}
