import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a machine sent and how it signed it. Nothing of it is believed before {@link isSignedWith} says so. */
export interface SignedBody {
  /** Which key, as the machine says. */
  readonly key: string
  /** Seconds since 1970 on the machine's clock. */
  readonly at: string
  /** Different for each request. */
  readonly nonce: string
  /** HMAC-SHA-256 over time, nonce and body, in hexadecimal. */
  readonly signature: string
  readonly bytes: Buffer
}

export const signedHeaders = {
  key: 'x-zhulian-key',
  at: 'x-zhulian-at',
  nonce: 'x-zhulian-nonce',
  signature: 'x-zhulian-signature',
} as const

const shapes: Readonly<Record<keyof typeof signedHeaders, RegExp>> = {
  key: /^[0-9a-f-]{36}$/,
  at: /^\d{9,11}$/,
  nonce: /^[A-Za-z0-9_-]{16,64}$/,
  signature: /^[0-9a-f]{64}$/,
}

/** The four headers of a signed request; undefined when one is missing or has another form. */
export function signatureIn(headers: Readonly<Record<string, unknown>>): Omit<SignedBody, 'bytes'> | undefined {
  const found: Record<string, string> = {}
  for (const [name, header] of Object.entries(signedHeaders)) {
    const value = headers[header]
    if (typeof value !== 'string' || !shapes[name as keyof typeof shapes].test(value)) return undefined
    found[name] = value
  }
  return found as unknown as Omit<SignedBody, 'bytes'>
}

/** HMAC-SHA-256 over `at`, a line feed, `nonce`, a line feed, and the bytes of the body. */
export const signatureOf = (secret: string, at: string, nonce: string, bytes: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${at}\n${nonce}\n`).update(bytes).digest()

/** In the same time whatever is wrong with it. */
export const isSignedWith = (secret: string, { at, nonce, signature, bytes }: SignedBody): boolean =>
  timingSafeEqual(signatureOf(secret, at, nonce, bytes), Buffer.from(signature, 'hex'))
