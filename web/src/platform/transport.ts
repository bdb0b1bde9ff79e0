import { Problem } from './problem.ts'

/** A request on its way out. Containers that carry calls themselves replace the transport. */
export interface Sending {
  readonly method: string
  /** Below the API's base address, with its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | undefined
  readonly signal: AbortSignal
  /** Much text for a slow line: packed where the browser can. */
  readonly packs?: boolean | undefined
}

export interface Received {
  readonly status: number
  header(name: string): string | undefined
  text(): Promise<string>
  blob(): Promise<Blob>
}

/** @throws Problem of kind `offline` when no answer came */
export type Transport = (sending: Sending) => Promise<Received>

const configured = () => document.querySelector<HTMLMetaElement>('meta[name="zhulian-api"]')?.content || '/api'

/** Where the API is: same origin by default, an absolute address where a container needs one. */
export const apiBase = (): string => configured().replace(/\/$/, '')

const worthPacking = 2_000

/** A text and the header that says how it goes. */
async function packed(text: string): Promise<{ body: BodyInit; headers: Record<string, string> }> {
  if (text.length < worthPacking || !('CompressionStream' in globalThis)) return { body: text, headers: {} }
  const small = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return { body: await new Response(small).arrayBuffer(), headers: { 'content-encoding': 'gzip' } }
}

const overFetch: Transport = async ({ method, path, headers, body, signal, packs = false }) => {
  try {
    const sent = packs && typeof body === 'string' ? await packed(body) : { body, headers: {} }
    const answer = await fetch(apiBase() + path, {
      method,
      headers: { ...headers, ...sent.headers },
      signal,
      credentials: apiBase().startsWith('http') ? 'include' : 'same-origin',
      ...(sent.body === undefined ? {} : { body: sent.body }),
    })
    return {
      status: answer.status,
      header: name => answer.headers.get(name) ?? undefined,
      text: () => answer.text(),
      blob: () => answer.blob(),
    }
  } catch {
    throw new Problem('offline', 0)
  }
}

let transport: Transport = overFetch

export const setTransport = (other: Transport): void => {
  transport = other
}

export const send: Transport = sending => transport(sending)
