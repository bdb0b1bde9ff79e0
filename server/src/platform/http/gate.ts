import type { Refusal } from '@zhulian/kernel'
import type { FastifyRequest } from 'fastify'
import { nobody } from '../actor.ts'
import type { Door } from '../door.ts'
import { isKey } from '../idempotency.ts'
import { csrfMissing, foreignOrigin, keyMissing, notAllowed, notSignedIn, proofNeeded, tooMany } from '../refusals.ts'
import { cookieName, csrfFits, readCookie } from './cookie.ts'
import { type Limits, rateLimiter } from './limits.ts'
import type { Route } from './routes-of.ts'
import type { Visit } from './visit.ts'

const proofLastsMs = 5 * 60_000

export interface GateOptions {
  readonly district: string
  readonly door: Door
  readonly limits: Limits
  /** The address people use, such as `https://zhulian.example.gov.cn`; undefined on a local machine. */
  readonly origin: string | undefined
  readonly now: () => Date
  /** For the test that row-level security alone holds: let every role ask for everything. */
  readonly mayIsOff?: boolean
}

/**
 * Everything that is asked before a byte of the body is read: who asks, may they, does the request come from our own page,
 * are they too quick.
 */
export function gate({ district, door, limits, origin, now, mayIsOff = false }: GateOptions) {
  const https = origin?.startsWith('https:') ?? false
  const reads = rateLimiter(limits.readsPerMinute)
  const writes = rateLimiter(limits.writesPerMinute)
  const doors = rateLimiter(limits.doorsPerMinute)

  /** Who asks; nobody when there is no session or it has ended. */
  async function recognise(request: FastifyRequest): Promise<void> {
    const { visit } = request
    visit.token = readCookie(request.headers.cookie, cookieName(https))
    const visitor = visit.token ? await door.whoHolds(visit.token, true) : undefined
    if (!visitor || visitor.refused) {
      visit.actor = nobody(district)
      visit.turnedAway = visitor
      return
    }
    visit.actor = visitor.actor
    visit.language = visitor.language ?? visit.language
  }

  function check(request: FastifyRequest, { entry, writes: isWrite }: Route): void {
    const { visit } = request
    const { actor } = visit
    const known = actor.role !== 'nobody'
    if (entry.may !== 'anyone' && !known) throw stranger(visit)
    if (!mayIsOff && Array.isArray(entry.may) && !entry.may.some(role => role === actor.role)) throw notAllowed()
    if (isWrite) fromOwnPage(request, known)
    slowDown(request, isWrite, known)
    if (isWrite && entry.may !== 'anyone' && !isKey(headerOf(request, 'idempotency-key'))) throw keyMissing()
    if (entry.freshProof && !isFresh(actor.provedAt)) throw proofNeeded()
  }

  const isFresh = (provedAt: Date | undefined) =>
    provedAt !== undefined && now().getTime() - provedAt.getTime() <= proofLastsMs

  /** Browsers say where a request comes from; a page of another site cannot know the double-submit value. */
  function fromOwnPage(request: FastifyRequest, known: boolean): void {
    const { visit } = request
    const site = headerOf(request, 'sec-fetch-site')
    if (site && site !== 'same-origin' && site !== 'none') throw foreignOrigin()
    const from = headerOf(request, 'origin')
    if (from && !isOwn(from, request)) throw foreignOrigin()
    if (known && !(visit.token && csrfFits(visit.token, request.headers['x-csrf-token']))) throw csrfMissing()
  }

  function isOwn(from: string, request: FastifyRequest): boolean {
    if (origin) return from === origin
    return URL.canParse(from) && new URL(from).host === request.headers.host
  }

  function slowDown(request: FastifyRequest, isWrite: boolean, known: boolean): void {
    const who = known ? request.visit.actor.account : request.ip
    const wait = isWrite ? (known ? writes(who) : doors(who)) : reads(who)
    if (wait > 0) throw tooMany({ retryAfterSeconds: wait })
  }

  return { recognise, check }
}

/** What is answered to whoever is nobody here. Who was recognised and not let in is told why, and the trail whom it was. */
export function stranger(visit: Visit): Refusal {
  const { turnedAway } = visit
  if (!turnedAway?.refused) return notSignedIn()
  visit.actor = turnedAway.actor
  return turnedAway.refused
}

export function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}
