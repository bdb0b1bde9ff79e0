import type { Words } from '@zhulian/kernel'
import type { AnswerOf, Contract, Endpoint, InputOf } from '@zhulian/kernel/contract'
import type { Readable } from 'node:stream'
import type { Role } from './actor.ts'
import type { Ctx } from './ctx.ts'
import type { IncomingFile } from './incoming-file.ts'
import type { PartnerRequest } from './partner-request.ts'
import type { SignedBody } from './signed-body.ts'

/** Why personal data are handled in a route; each stands in the register of purposes with its legal basis. */
export const purposes = [
  'identity',
  'screening',
  'casework',
  'registry',
  'policy',
  'import',
  'oversight',
  'operation',
] as const
export type Purpose = (typeof purposes)[number]

/** What the trail says: `wishes.claim` and the words a person reads. */
export interface AuditWords extends Words {
  readonly action: `${string}.${string}`
  /** Stands in the trail for each refusal of the route's own, where a code would tell what the words do not. */
  readonly refusedAs?: string
}

/** A file that goes out. */
export interface OutgoingFile {
  readonly name: string
  readonly type: string
  readonly content: Readable | Uint8Array | string
}

type Reads = `GET ${string}`

/**
 * One route: without `may`, `purpose` and `audit` it does not compile. Only a read that touches no person may say
 * `notPersonal` instead of audit words.
 */
export interface RouteEntry<Key, E extends Endpoint> {
  /** `anyone` needs no session; `signedIn` takes every role. */
  readonly may: readonly Role[] | 'anyone' | 'signedIn'
  readonly purpose: Purpose
  readonly audit: Key extends Reads ? AuditWords | 'notPersonal' : AuditWords
  /** Ask for a fresh proof of identity (password or second factor within five minutes). */
  readonly freshProof?: boolean
  readonly do: (
    ctx: Ctx,
    input: InputOf<E> &
      (E['takes'] extends 'multipart' ? { readonly file: IncomingFile } : unknown) &
      (E['takes'] extends 'signed' ? { readonly signed: SignedBody } : unknown) &
      (E['takes'] extends 'partner' ? { readonly partner: PartnerRequest } : unknown) &
      RequestEdges,
  ) => Promise<E['answer'] extends 'file' ? OutgoingFile : Versioned<AnswerOf<E>>>
}

/** An entry whose endpoint is not known: of a read or a write. */
export type AnyRouteEntry = RouteEntry<Reads, Endpoint>

/** What a use case may need of the request besides its input. */
export interface RequestEdges {
  /** The version the client edited, from If-Match; undefined when it sent none. */
  readonly ifMatch: number | undefined
  /** Where the request came from; the door counts failures by it. */
  readonly address: string
  /** The browser's session cookie. Only identity gives and takes it. */
  readonly cookie: SessionCookie
}

/** The one cookie there is. Changes reach the browser only when the transaction commits. */
export interface SessionCookie {
  readonly token: string | undefined
  give(token: string, until: Date): void
  /** Takes it away and asks the browser to forget what it keeps of the site. */
  take(): void
}

/** An answer with `version` becomes an ETag; edits send it back in If-Match. */
export type Versioned<T> = T

export type RouteTable<C extends Contract> = { readonly [K in keyof C]: RouteEntry<K, C[K] & Endpoint> }

/** The routes of a module: one entry for each endpoint of its contract. */
export const routes = <const C extends Contract>(contract: C, entries: RouteTable<C>): Routes => ({
  contract,
  entries: entries as never,
})

export interface Routes {
  readonly contract: Contract
  readonly entries: Readonly<Record<string, AnyRouteEntry>>
}
