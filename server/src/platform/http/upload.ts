import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isAlive } from '../database/process.ts'
import type { IncomingFile } from '../incoming-file.ts'
import { fileMissing, tooLarge, wrongType } from '../refusals.ts'
import { isPlain } from './json.ts'

export interface Received {
  readonly file: IncomingFile
  /** The texts that came before the file. */
  readonly fields: Readonly<Record<string, string>>
}

const prefix = 'zhulian-incoming-'

export async function takeMultipart(fastify: FastifyInstance, fileBytes: number): Promise<void> {
  await sweep()
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

/** Files hold rows about people; a process that was killed could not take its own away. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : 0
    if (pid > 0 && !isAlive(pid)) await rm(join(tmpdir(), name), { force: true }).catch(() => {})
  }
}

/**
 * Receives the first file to its end before anything else is begun for the request: a village's slow line must not hold
 * a connection of the database. Whoever calls removes the file.
 */
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
  const path = join(tmpdir(), `${prefix}${process.pid}-${randomUUID()}`)
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(bytes > limitBytes ? tooLarge({ limitBytes }) : null, chunk)
    },
  })
  try {
    await pipeline(part.file, measure, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { file: { name: part.filename, type: part.mimetype, path, bytes, digest: hash.digest('hex') }, fields }
}
