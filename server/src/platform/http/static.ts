import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createHash, randomBytes } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { malformedAddress } from '../refusals.ts'
import { pathOf } from './path-of.ts'
import { pagePolicy, workerPolicy } from './security-headers.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}
const packable = new Set(['.js', '.css', '.json', '.webmanifest', '.svg', '.wasm', '.txt'])

interface Held {
  readonly type: string
  readonly bytes: Buffer
  readonly etag: string
  readonly packs: boolean
  readonly forever: boolean
  readonly page: boolean
  readonly worker: boolean
  br?: Promise<Buffer>
  gz?: Promise<Buffer>
}

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

/** The built pages, a few megabytes, held in memory: the phone at `/`, the desk at `/console`. */
export function serveStatic(fastify: FastifyInstance, dist: string): void {
  const files = readAll(dist)

  const serve = (request: FastifyRequest, reply: FastifyReply) => {
    const path = pathOf(request.url)
    if (path === undefined) throw malformedAddress()
    const held = files.get(path) ?? pageFor(files, path)
    if (!held) return notThere(reply, files.size === 0)
    return held.page ? sendPage(reply, held) : sendFile(request, reply, held)
  }
  fastify.get('/*', serve)
  fastify.head('/*', serve)
}

function readAll(dist: string): Map<string, Held> {
  const files = new Map<string, Held>()
  for (const name of globSync('**/*', { cwd: dist })) {
    const file = join(dist, name)
    if (!statSync(file).isFile() || name.endsWith('.map')) continue
    const bytes = readFileSync(file)
    const path = `/${name.replaceAll('\\', '/')}`
    files.set(path, {
      type: types[extname(name)] ?? 'application/octet-stream',
      bytes,
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      packs: packable.has(extname(name)) && bytes.length > 1024,
      forever: path.startsWith('/assets/'),
      page: extname(name) === '.html',
      worker: path === '/sw.js',
    })
  }
  return files
}

/**
 * Screens live behind two pages; an address of a screen opens its page. At the desk it may end in a name with points
 * (`/console/workbench/parameter/educationGrant.senior`), as long as that is no kind of file.
 */
function pageFor(files: Map<string, Held>, path: string): Held | undefined {
  const isDesk = /^\/console(\/|$)/.test(path)
  const ending = extname(path)
  if (ending !== '' && (!isDesk || ending in types)) return undefined
  return files.get(isDesk ? '/console.html' : '/index.html')
}

function sendPage(reply: FastifyReply, held: Held) {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .type(held.type)
    .header('content-security-policy', pagePolicy(nonce))
    .header('cache-control', 'no-cache')
    .send(held.bytes.toString('utf8').replaceAll('__NONCE__', nonce))
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, held: Held) {
  reply
    .type(held.type)
    .header('cache-control', held.forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', held.etag)
    .header('vary', 'accept-encoding')
  if (held.worker) reply.header('content-security-policy', workerPolicy)
  if (request.headers['if-none-match'] === held.etag) return reply.code(304).send()
  const accepted = String(request.headers['accept-encoding'] ?? '')
  if (held.packs && /\bbr\b/.test(accepted)) {
    held.br ??= toBrotli(held.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
    return reply.header('content-encoding', 'br').send(await held.br)
  }
  if (held.packs && /\bgzip\b/.test(accepted)) {
    held.gz ??= toGzip(held.bytes)
    return reply.header('content-encoding', 'gzip').send(await held.gz)
  }
  return reply.send(held.bytes)
}

const notThere = (reply: FastifyReply, unbuilt: boolean) =>
  reply
    .code(404)
    .type('text/plain; charset=utf-8')
    .send(unbuilt ? '页面尚未构建。 The pages have not been built.\n' : '没有这个页面。 There is no such page.\n')
