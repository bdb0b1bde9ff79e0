import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SessionCookie } from '../route.ts'

/** `__Host-` ties the cookie to this very host; browsers allow it over https only. */
export const cookieName = (https: boolean): string => (https ? '__Host-zhulian' : 'zhulian')

export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) {
      const token = part.slice(at + 1).trim()
      return /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined
    }
  }
  return undefined
}

/** The double-submit value of a session: whoever can read it can read the pages of this site. */
export const csrfOf = (token: string): string => createHmac('sha256', token).update('zhulian csrf').digest('base64url')

export function csrfFits(token: string, given: unknown): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(csrfOf(token)), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Collects what a use case does to the cookie; headers are sent only after the commit. */
export class CookieChange implements SessionCookie {
  readonly token: string | undefined
  #given: { token: string; until: Date } | undefined
  #taken = false

  constructor(token: string | undefined) {
    this.token = token
  }

  give(token: string, until: Date): void {
    this.#given = { token, until }
  }

  take(): void {
    this.#taken = true
  }

  get touched(): boolean {
    return this.#taken || this.#given !== undefined
  }

  headers(https: boolean): Record<string, string> {
    const rest = `Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`
    if (this.#given) {
      const { token, until } = this.#given
      return { 'set-cookie': `${cookieName(https)}=${token}; Expires=${until.toUTCString()}; ${rest}` }
    }
    if (!this.#taken) return {}
    return {
      'set-cookie': `${cookieName(https)}=; Max-Age=0; ${rest}`,
      'clear-site-data': '"cache", "storage"',
    }
  }
}
