import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { PublicJwk } from './tables.ts'

/**
 * How header and message of the DCI interface are signed. The specification gives the form of the field and an example, not what
 * exactly is signed; ours is: the canonical JSON of `{"header":…,"message":…}` (keys in the order of their letters, no spaces), its
 * SHA-256 in the line `digest`, and the three lines that `headers` names signed with Ed25519. A detached JWS over the same JSON
 * is taken too.
 */
export const namespace = 'spdci'
const headersSigned = '(created) (expires) digest'
const longestLifeSeconds = 3600
const skewSeconds = 300

export interface Signed {
  readonly header: unknown
  readonly message: unknown
}

/** What a field `signature` says: nothing, something that is no signature, or a signature that holds or does not. */
export type Verdict = 'missing' | 'invalid' | 'good'

/** @param jwk of who sent it; undefined for a partner without a key, of which nothing that claims to be a signature can hold */
export function verdictOf(
  signature: unknown,
  signed: Signed,
  jwk: PublicJwk | null,
  senderId: string,
  now: Date,
): Verdict {
  // A partner without a key says so in as many words, or says nothing.
  const isSaid = typeof signature === 'string' && signature.trim() !== '' && !/^unsigned\b/i.test(signature.trim())
  if (!isSaid) return signature === undefined || typeof signature === 'string' ? 'missing' : 'invalid'
  if (!jwk) return 'invalid'
  const text = signature.trim()
  try {
    const key = createPublicKey({ key: jwk as never, format: 'jwk' })
    const holds = /^[\w-]+\.\.[\w-]+$/.test(text)
      ? jwsHolds(text, signed, jwk, key)
      : fieldHolds(text, signed, jwk, key, senderId, now)
    return holds ? 'good' : 'invalid'
  } catch {
    return 'invalid'
  }
}

export interface OwnKey {
  readonly kid: string
  /** PKCS #8, PEM. */
  readonly privatePem: string
}

export function signatureFor(signed: Signed, key: OwnKey, senderId: string, now: Date): string {
  const created = Math.floor(now.getTime() / 1000)
  const expires = created + longestLifeSeconds
  const signature = sign(null, linesOf(signed, String(created), String(expires)), createPrivateKey(key.privatePem))
  return `Signature: namespace="${namespace}", kidId="${senderId}|${key.kid}|ed25519", algorithm="ed25519", created="${created}", expires="${expires}", headers="${headersSigned}", signature="${signature.toString('base64')}"`
}

/** RFC 7638: of the public key, so that a key has one name everywhere. */
export function thumbprintOf(jwk: Readonly<Record<string, unknown>>): string {
  const members =
    { OKP: ['crv', 'kty', 'x'], EC: ['crv', 'kty', 'x', 'y'], RSA: ['e', 'kty', 'n'] }[String(jwk['kty'])] ?? []
  const text = JSON.stringify(Object.fromEntries(members.map(name => [name, jwk[name]])))
  return createHash('sha256').update(text).digest('base64url')
}

function fieldHolds(
  text: string,
  signed: Signed,
  jwk: PublicJwk,
  key: KeyObject,
  senderId: string,
  now: Date,
): boolean {
  const said = new Map([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]))
  const [created, expires] = [said.get('created') ?? '', said.get('expires') ?? '']
  const seconds = now.getTime() / 1000
  const [from, until] = [Number(created), Number(expires)]
  const isTimely =
    /^\d{9,11}$/.test(created) &&
    /^\d{9,11}$/.test(expires) &&
    from <= seconds + skewSeconds &&
    until >= seconds &&
    until - from <= longestLifeSeconds
  return (
    isTimely &&
    key.asymmetricKeyType === 'ed25519' &&
    said.get('algorithm') === 'ed25519' &&
    said.get('headers') === headersSigned &&
    isDeepStrictEqual(said.get('kidId')?.split('|'), [senderId, jwk.kid, 'ed25519']) &&
    verify(null, linesOf(signed, created, expires), key, Buffer.from(said.get('signature') ?? '', 'base64'))
  )
}

function jwsHolds(text: string, signed: Signed, jwk: PublicJwk, key: KeyObject): boolean {
  const [protectedHeader = '', , signature = ''] = text.split('.')
  const header = JSON.parse(Buffer.from(protectedHeader, 'base64url').toString('utf8')) as {
    alg?: string
    kid?: string
    crit?: unknown
  }
  if (header.kid !== jwk.kid || header.crit !== undefined) return false
  const kind = key.asymmetricKeyType
  const bytes = Buffer.from(`${protectedHeader}.${Buffer.from(canonical(signed)).toString('base64url')}`)
  const given = Buffer.from(signature, 'base64url')
  if (header.alg === 'EdDSA' && kind === 'ed25519') return verify(null, bytes, key, given)
  if (header.alg === 'RS256' && kind === 'rsa') return verify('sha256', bytes, key, given)
  if (header.alg === 'ES256' && kind === 'ec') return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, given)
  return false
}

function linesOf(signed: Signed, created: string, expires: string): Buffer {
  const digest = createHash('sha256').update(canonical(signed)).digest('base64')
  return Buffer.from(`(created): ${created}\n(expires): ${expires}\ndigest: SHA-256=${digest}`)
}

const canonical = ({ header, message }: Signed): string => JSON.stringify(sorted({ header, message }))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
