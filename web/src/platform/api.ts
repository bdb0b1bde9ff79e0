import type { Day, DivisionCode, Id } from '@zhulian/kernel'
import { newId } from '@zhulian/kernel'
import type { CallOf, Endpoint, ResultOf } from '@zhulian/kernel/contract'
import type { Contracts } from './contracts.ts'
import { kindOfStatus, Problem, type ProblemDocument } from './problem.ts'
import { send, type Received } from './transport.ts'
import { languageNow } from './words.ts'

/** Ids and days come out of addresses and fields as plain text; the server checks them. */
type Plain<T> = T extends Id | Day | DivisionCode
  ? string
  : T extends readonly (infer I)[]
    ? readonly Plain<I>[]
    : T extends object
      ? { readonly [K in keyof T]: Plain<T[K]> }
      : T

type At<K extends keyof Contracts> = Contracts[K] & Endpoint
type Given<T, Name extends string> = [T] extends [undefined]
  ? unknown
  : Record<never, never> extends T
    ? { readonly [N in Name]?: Plain<T> }
    : { readonly [N in Name]: Plain<T> }

export type Key = Extract<keyof Contracts, string>

export type Call<K extends Key> = Given<CallOf<At<K>>['params'], 'params'> &
  Given<CallOf<At<K>>['query'], 'query'> &
  Given<CallOf<At<K>>['body'], 'body'> &
  CallOptions

export interface CallOptions {
  readonly signal?: AbortSignal
  /** The version that was edited, for If-Match. */
  readonly ifMatch?: number
  /** Kept by the caller when one wish is sent several times, such as from an outbox. */
  readonly idempotencyKey?: string
  /** How long the answer may take before the call counts as lost. */
  readonly waitMs?: number
  /** Goes packed: for what is long and may go over a slow line. */
  readonly packs?: boolean
}

export type Result<K extends Key> = ResultOf<At<K>>

interface AnyCall extends CallOptions {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

const usualWaitMs = 20_000
const fileWaitMs = 300_000
const pauses = [400, 1_200]

const plain = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : ''

/** `POST /cases/:caseId/notes` with its parameters written in. */
export function addressOf(
  key: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): { method: string; path: string } {
  const space = key.indexOf(' ')
  const path = key.slice(space + 1).replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(plain(params[name])))
  const asked = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null
      ? []
      : (Array.isArray(value) ? value : [value]).map(one => [name, plain(one)]),
  )
  const search = asked.length ? `?${new URLSearchParams(asked as string[][]).toString()}` : ''
  return { method: key.slice(0, space), path: path + search }
}

let csrf = ''

/** The session's double-submit value; comes with the answer that describes the session. */
export const setCsrf = (value: string): void => {
  csrf = value
}

function headersFor(method: string, call: AnyCall): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': languageNow() }
  if (method === 'GET') return headers
  // A header that no form of another site can send, and a key by which a repeated sending changes nothing twice.
  if (csrf) headers['x-csrf-token'] = csrf
  headers['idempotency-key'] = call.idempotencyKey ?? newId()
  if (call.ifMatch !== undefined) headers['if-match'] = `"${call.ifMatch}"`
  if (call.body !== undefined && !(call.body instanceof FormData)) headers['content-type'] = 'application/json'
  return headers
}

async function problemIn(answer: Received): Promise<Problem> {
  const text = await answer.text().catch(() => '')
  try {
    return new Problem(kindOfStatus(answer.status), answer.status, JSON.parse(text) as ProblemDocument)
  } catch {
    return new Problem(kindOfStatus(answer.status), answer.status)
  }
}

let tellSignedOut: () => void = () => undefined

/** Hears when the server no longer knows the session, whatever was asked. */
export const whenSignedOut = (tell: () => void): void => {
  tellSignedOut = tell
}

const rest = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

async function once(
  sending: Omit<Parameters<typeof send>[0], 'signal'>,
  { signal, waitMs = usualWaitMs }: CallOptions,
): Promise<Received> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), waitMs)
  const stop = () => limit.abort()
  signal?.addEventListener('abort', stop)
  try {
    return await send({ ...sending, signal: limit.signal })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** Sends, and sends again when the net or the house failed for a moment: every write carries the key of its first sending. */
async function reach(key: string, call: AnyCall): Promise<Received> {
  const { method, path } = addressOf(key, call.params, call.query)
  const body =
    call.body === undefined ? undefined : call.body instanceof FormData ? call.body : JSON.stringify(call.body)
  const sending = { method, path, headers: headersFor(method, call), body, packs: call.packs }
  for (let turn = 0; ; turn++) {
    const pause = pauses[turn]
    try {
      const answer = await once(sending, call)
      if (answer.status < 400) return answer
      const problem = await problemIn(answer)
      if (problem.code === 'request.notSignedIn') tellSignedOut()
      if (problem.kind !== 'outage' || pause === undefined) throw problem
    } catch (thrown) {
      if (call.signal?.aborted || pause === undefined) throw thrown
      if (!(thrown instanceof Problem) || (thrown.kind !== 'offline' && thrown.kind !== 'outage')) throw thrown
    }
    await rest(pause)
  }
}

/**
 * Asks the platform. The key is checked against the modules' contracts, the call and the answer are typed by it.
 * @throws Problem always, never anything else
 * @example const { items } = await api('GET /policies', { query: { limit: 20 } })
 */
export async function api<K extends Key>(
  key: K,
  ...[call]: Record<never, never> extends Call<K> ? [Call<K>?] : [Call<K>]
): Promise<Result<K>> {
  const answer = await reach(key, (call ?? {}) as AnyCall)
  if (answer.status === 204) return undefined as Result<K>
  const text = await answer.text()
  return (text === '' ? undefined : JSON.parse(text)) as Result<K>
}

/** As {@link api} for answers that are files. */
export async function apiFile<K extends Key>(key: K, call?: AnyCall): Promise<Blob> {
  const answer = await reach(key, call ?? {})
  return answer.blob()
}

/** As {@link api} for routes that take a file. */
export async function apiUpload<K extends Key>(key: K, file: File, call: AnyCall): Promise<Result<K>> {
  const body = new FormData()
  body.append('file', file, file.name)
  const answer = await reach(key, { waitMs: fileWaitMs, ...call, body })
  return JSON.parse(await answer.text()) as Result<K>
}
