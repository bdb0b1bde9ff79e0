import { z } from 'zod'
import { isDivisionCode, type DivisionCode } from './division.ts'
import { parseDay, type Day } from './day.ts'
import { isId, type Id } from './id.ts'
import type { RefusalKind } from './refusal.ts'

/**
 * What can be asked of the platform: one entry for each route, keyed `METHOD /path`. The browser and the command line
 * import the *type* only; the server parses with the schemas, and the OpenAPI description is written from them.
 */
export interface Endpoint {
  /** One sentence for the API description. */
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  /** JSON in. Objects must be `z.strictObject`: unknown keys are refused. */
  readonly body?: z.ZodType
  /**
   * `multipart`: one file, streamed; the use case gets `input.file`. `signed`: JSON of a machine, signed with a key it shares with us;
   * the use case gets its bytes as `input.signed` and looks at the signature before at anything else. `partner`: a request in the words of
   * another standard, with a bearer token; the use case gets it unread as `input.partner`, and `body` only describes it.
   */
  readonly takes?: 'multipart' | 'signed' | 'partner'
  /** JSON out. Keys that are not named here never leave the server. */
  readonly answer: z.ZodType | 'file' | 'stream'
  readonly refusals?: readonly RefusalKind<never>[]
  /** How a no is told where another standard says how; problem+json elsewhere. */
  readonly failsAs?: (failure: Failure) => unknown
  /** Public data that pages of any house may read in a browser; never of an answer that depends on who asks. */
  readonly open?: boolean
}

/** A no, before it is put into words of a standard. */
export interface Failure {
  readonly code: string
  readonly status: number
  /** In English: machines of other houses read it. */
  readonly words: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly requestId: string
  /** ISO 8601. */
  readonly at: string
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Contract = Readonly<Record<`${Method} /${string}`, Endpoint>>

/** Checks a contract's shape and keeps its exact type. */
export const contract = <const C extends Contract>(endpoints: C): C => endpoints

type Out<S> = S extends z.ZodType ? z.output<S> : unknown
type In<S> = S extends z.ZodType ? z.input<S> : undefined

/** What a use case receives, parsed. */
export interface InputOf<E extends Endpoint> {
  readonly params: E['params'] extends z.ZodObject ? z.output<E['params']> : Record<string, never>
  readonly query: E['query'] extends z.ZodObject ? z.output<E['query']> : Record<string, never>
  readonly body: E['body'] extends z.ZodType ? z.output<E['body']> : undefined
}

/** What a use case returns, before the platform checks it against the contract. */
export type AnswerOf<E extends Endpoint> = E['answer'] extends z.ZodType ? z.input<E['answer']> : unknown

/** What a client sends, and what it gets. */
export interface CallOf<E extends Endpoint> {
  readonly params: In<E['params']>
  readonly query: In<E['query']>
  readonly body: In<E['body']>
}
export type ResultOf<E extends Endpoint> = Out<E['answer']>

// Shapes that every module shares.

/** Text without NUL, other control characters or lone surrogates, trimmed. */
export const text = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine(
      s => s.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(s),
      'unprintable characters',
    )

export const idSchema = z
  .custom<Id>(v => typeof v === 'string' && isId(v), 'not an id')
  .meta({ type: 'string', format: 'uuid' })
export const daySchema = z
  .custom<Day>(v => typeof v === 'string' && parseDay(v) !== undefined, 'not a day')
  .meta({ type: 'string', format: 'date' })
export const divisionSchema = z
  .custom<DivisionCode>(v => typeof v === 'string' && isDivisionCode(v), 'not a division code')
  .meta({ type: 'string', pattern: '^\\d{2,12}$' })
/** An instant as ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime()
export const wordsSchema = z.object({ zh: z.string(), en: z.string() })

/** A page by keyset: ask again with `after: next` until `next` is null. */
export const pageQuery = {
  after: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

export { z }
