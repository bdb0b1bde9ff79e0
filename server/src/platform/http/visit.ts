import type { Language } from '@zhulian/kernel'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import type { Visitor } from '../door.ts'
import type { Stand } from './places.ts'
import type { Route } from './routes-of.ts'

/** What is known of a request while it is being answered. */
export interface Visit extends Stand {
  readonly requestId: string
  readonly startedAt: number
  actor: Actor
  language: Language
  token: string | undefined
  /** Who was recognised and is not let in. */
  turnedAway: Visitor | undefined
  route: Route | undefined
  /** The trail has it already. */
  trailed: boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit
  }
}

/** Chinese unless the browser asks for English first. */
export function languageOf(request: FastifyRequest): Language {
  const asked = request.headers['accept-language']
  return typeof asked === 'string' && /^\s*en\b/i.test(asked) ? 'en' : 'zh'
}
