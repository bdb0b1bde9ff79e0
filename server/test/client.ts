import type { Id } from '@zhulian/kernel'
import type { Endpoint, ResultOf } from '@zhulian/kernel/contract'
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { csrfOf } from '../src/platform/http/cookie.ts'
import type { Contracts } from './contracts.ts'

/** A request in the words of a contract: `{ params, query, body }`, and what travels beside them. */
export interface Call {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly file?: { readonly name: string; readonly type?: string; readonly content: string | Uint8Array }
  readonly ifMatch?: number
  /** Idempotency-Key; a new one for each call unless given. */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Problem {
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly requestId: string
  readonly facts?: Readonly<Record<string, unknown>>
  readonly fields?: readonly { readonly path: string; readonly words: string }[]
}

/** What any JSON text may be. */
type Loose = ReturnType<typeof JSON.parse>

type BodyOf<K> = K extends keyof Contracts ? (Contracts[K] extends Endpoint ? ResultOf<Contracts[K]> : Loose) : Loose

export interface Answer<Body> {
  readonly status: number
  /** The answer of the contract; when refused, the problem as it came. */
  readonly body: Body
  /** What was refused; undefined when all went well. */
  readonly problem: Problem | undefined
  readonly headers: Headers
  readonly text: string
}

/** A browser: keeps its cookie, sends what a page of ours would send. */
export class Client {
  readonly #url: string
  readonly #come: () => Promise<{ token: string | undefined; account: Id | undefined }>
  #token: string | undefined
  #account: Id | undefined
  #arrived: Promise<void> | undefined

  constructor(url: string, come: () => Promise<{ token: string | undefined; account: Id | undefined }>) {
    this.#url = url
    this.#come = come
  }

  readonly get = <const K extends string>(key: K, call?: Call): Promise<Answer<BodyOf<K>>> => this.ask(key, call)
  readonly post = <const K extends string>(key: K, call?: Call): Promise<Answer<BodyOf<K>>> => this.ask(key, call)
  readonly put = <const K extends string>(key: K, call?: Call): Promise<Answer<BodyOf<K>>> => this.ask(key, call)
  readonly patch = <const K extends string>(key: K, call?: Call): Promise<Answer<BodyOf<K>>> => this.ask(key, call)
  readonly delete = <const K extends string>(key: K, call?: Call): Promise<Answer<BodyOf<K>>> => this.ask(key, call)

  async account(): Promise<Id> {
    await this.arrive()
    if (!this.#account) throw new Error('nobody has no account')
    return this.#account
  }

  async token(): Promise<string | undefined> {
    await this.arrive()
    return this.#token
  }

  async ask<const K extends string>(key: K, call: Call = {}): Promise<Answer<BodyOf<K>>> {
    await this.arrive()
    const [method = '', path = ''] = key.split(' ')
    const url = new URL(
      `${this.#url}/api${path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(call.params?.[name] ?? ''))}`,
    )
    for (const [name, value] of Object.entries(call.query ?? {}))
      for (const item of Array.isArray(value) ? value : [value])
        if (item !== undefined) url.searchParams.append(name, String(item))
    const { body: sent, type } = await bodyOf(call)
    const given = { ...like, ...(type ? { 'content-type': type } : {}), ...this.#headers(method, call) }
    const { status, headers, text } = await send(url, method, given, sent)
    this.#keep(headers)
    const isJson = /json/.test(headers.get('content-type') ?? '')
    const body = (isJson && text !== '' ? JSON.parse(text) : text) as BodyOf<K>
    return { status, body, problem: status >= 200 && status < 300 ? undefined : (body as Problem), headers, text }
  }

  /** Opens the live stream. `next` waits for an event of a name; only who expects none says for how long. */
  async live(): Promise<{
    next(name: string, waitMs?: number): Promise<{ name: string; id: Id }>
    ended: Promise<void>
    close(): void
  }> {
    await this.arrive()
    const stop = new AbortController()
    const response = await fetch(`${this.#url}/api/live`, { headers: this.#headers('GET', {}), signal: stop.signal })
    if (!response.body || response.status !== 200) throw new Error(`live: ${response.status}`)
    const seen: { name: string; id: Id }[] = []
    const waiting: (() => void)[] = []
    const read = async () => {
      let rest = ''
      const decoder = new TextDecoder()
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
        rest = parts.pop() ?? ''
        for (const part of parts.filter(p => p.includes('event: change')))
          seen.push(JSON.parse(part.replace(/[\s\S]*data: /, '')) as { name: string; id: Id })
        for (const wake of waiting.splice(0)) wake()
      }
    }
    const ended = read().catch(() => {})
    return {
      ended,
      close: () => stop.abort(),
      next: async (name, waitMs = 15_000) => {
        for (const until = performance.now() + waitMs; ; ) {
          const at = seen.findIndex(event => event.name === name)
          if (at >= 0) return seen.splice(at, 1)[0] as { name: string; id: Id }
          const left = until - performance.now()
          if (left <= 0) throw new Error(`no event ${name} in ${waitMs} ms`)
          await new Promise<void>(done => {
            waiting.push(done)
            setTimeout(done, left)
          })
        }
      },
    }
  }

  /** Creates the session on the first request, so that who asks can be named without waiting. */
  async arrive(): Promise<void> {
    this.#arrived ??= this.#come().then(({ token, account }) => {
      this.#token = token
      this.#account = account
    })
    await this.#arrived
  }

  #headers(method: string, call: Call): Record<string, string> {
    const writes = method !== 'GET' && method !== 'HEAD'
    return {
      ...(this.#token ? { cookie: `zhulian=${this.#token}` } : {}),
      ...(writes
        ? { 'idempotency-key': call.key ?? randomUUID(), origin: this.#url, 'sec-fetch-site': 'same-origin' }
        : {}),
      ...(writes && this.#token ? { 'x-csrf-token': csrfOf(this.#token) } : {}),
      ...(call.body !== undefined && !call.file ? { 'content-type': 'application/json' } : {}),
      ...(call.ifMatch !== undefined ? { 'if-match': `"${call.ifMatch}"` } : {}),
      ...call.headers,
    }
  }

  #keep(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const token = /^zhulian=([^;]*)/.exec(cookie)?.[1]
      if (token !== undefined) this.#token = token === '' ? undefined : token
    }
  }
}

const agent = new http.Agent({ keepAlive: true })
/** What `fetch` says of itself. */
const like = { accept: '*/*', 'accept-language': '*', 'sec-fetch-mode': 'cors', 'user-agent': 'node' }

/**
 * As `fetch`, which takes twice the processor time: the role table alone asks a hundred thousand times.
 * @param waitMs after so long it fails
 */
export function send(
  url: URL,
  method: string,
  headers: http.OutgoingHttpHeaders,
  body: string | Uint8Array | undefined,
  waitMs?: number,
): Promise<{ status: number; headers: Headers; text: string }> {
  return new Promise((resolve, reject) => {
    const signal = waitMs === undefined ? undefined : AbortSignal.timeout(waitMs)
    const request = http.request(url, { method, headers, agent, signal }, response => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        const found = new Headers()
        for (const [name, value] of Object.entries(response.headersDistinct))
          for (const one of value ?? []) found.append(name, one)
        resolve({
          status: response.statusCode ?? 0,
          headers: found,
          text: new TextDecoder().decode(Buffer.concat(parts)),
        })
      })
    })
    // The server may close a connection that has rested just when it is taken again; what is asked has a key.
    request.on('error', (error: NodeJS.ErrnoException) =>
      request.reusedSocket && error.code === 'ECONNRESET'
        ? resolve(send(url, method, headers, body, waitMs))
        : reject(error),
    )
    request.end(body)
  })
}

async function bodyOf({ body, file }: Call): Promise<{ body?: string | Uint8Array; type?: string | undefined }> {
  if (file) {
    const form = new FormData()
    for (const [name, value] of Object.entries((body as Record<string, unknown> | undefined) ?? {}))
      form.append(name, String(value))
    form.append(
      'file',
      new Blob([file.content as BlobPart], { type: file.type ?? 'application/octet-stream' }),
      file.name,
    )
    const packed = new Response(form)
    return { body: new Uint8Array(await packed.arrayBuffer()), type: packed.headers.get('content-type') ?? undefined }
  }
  return body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
}
