import { createHash, randomBytes, randomInt } from 'node:crypto'

/** 256 random bits, 43 letters. Only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 16 letters, 78 random bits, in fours for reading out: `7KQ2-9XMT-3FWB-V8HN`. */
export function newSetUpCode(): string {
  const code = Array.from({ length: 16 }, () => letters[randomInt(letters.length)]).join('')
  return code.match(/.{4}/g)?.join('-') ?? code
}

export const normaliseCode = (code: string): string => code.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** Names to sign in by are compared without regard to width and case. */
export const normaliseName = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
