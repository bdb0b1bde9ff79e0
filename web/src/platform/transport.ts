import { Problem } from './problem.ts'

/** A request on its way out. Containers that carry calls themselves replace the transport. */
export interface Sending {
  readonly method: string
  /** Below the API's base address, with its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | undefined
  readonly signal: AbortSignal
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

const overFetch: Transport = async ({ method, path, headers, body, signal }) => {
  try {
    const answer = await fetch(apiBase() + path, {
      method,
      headers,
      signal,
      credentials: apiBase().startsWith('http') ? 'include' : 'same-origin',
      ...(body === undefined ? {} : { body }),
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
