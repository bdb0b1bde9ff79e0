import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { claimKey, hashOf, InFlight, keepAnswer } from '../idempotency.ts'
import { type Installation, openCtx, type Said } from '../installation.ts'
import { KeptRefusal } from '../kept-refusal.ts'
import type { LiveHub } from '../live.ts'
import type { PartnerRequest } from '../partner-request.ts'
import { malformedJson, notUnderstood, signatureMissing } from '../refusals.ts'
import { type SignedBody, signatureIn } from '../signed-body.ts'
import type { AuditWords, OutgoingFile } from '../route.ts'
import { inTransaction } from '../scope.ts'
import type { TrailLine, WriteTrail } from '../trail.ts'
import { CookieChange } from './cookie.ts'
import { headerOf } from './gate.ts'
import { fieldProblems } from './issue-words.ts'
import { BadInput } from './problem.ts'
import type { Route } from './routes-of.ts'
import type { Received } from './upload.ts'

/** Stands in the trail where a refusal's code would: done, but not for the first time. */
const repeated = 'request.repeated'

interface Answer {
  readonly status: number
  readonly body: string | OutgoingFile
  readonly version: number | undefined
}

export interface AnswerOptions {
  readonly installation: Installation
  readonly hub: LiveHub
  readonly writeTrail: WriteTrail
  readonly https: boolean
}

/** From the parsed request to the committed answer. The gate has let it in. */
export function answering({ installation, hub, writeTrail, https }: AnswerOptions) {
  const inFlight = new InFlight()

  return async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    route: Route,
    received: Received | undefined,
  ): Promise<FastifyReply> {
    const { visit } = request
    const { entry } = route
    const input = parsed(request, route, received?.fields)
    const cookie = new CookieChange(visit.token)
    const edges = { ifMatch: ifMatchOf(request), address: request.ip, cookie }
    const key = route.writes && entry.may !== 'anyone' ? headerOf(request, 'idempotency-key') : undefined
    const leave = key ? inFlight.enter(visit.actor.account, key) : () => {}
    try {
      const audited = entry.audit !== 'notPersonal'
      // Who only reads can write nothing but the line in the trail, and that at the end.
      const reading = !route.writes && audited
      const { answer, said, refused } = await inTransaction(
        installation.database,
        visit.actor,
        { readOnly: !route.writes && !audited, reading },
        async (transaction, client) => {
          const { ctx, said } = openCtx(installation, visit.actor, transaction, client, visit)
          const before = key
            ? await claimKey(ctx, key, hashOf(visit.actor, [route.key, input, received?.file.digest]))
            : undefined
          if (before) {
            if (audited) await writeTrail(transaction, lineOf(request, route, ctx, before.said, repeated, 'done'))
            return { answer: before, said: undefined, refused: undefined }
          }
          const result = await orKept(() =>
            entry.do(ctx, {
              ...input,
              ...edges,
              ...(received ? { file: received.file } : {}),
              ...(route.endpoint.takes === 'signed' ? { signed: signedOf(request) } : {}),
              ...(route.endpoint.takes === 'partner' ? { partner: partnerOf(request) } : {}),
            } as never),
          )
          if (reading) await sql`release savepoint reading`.execute(transaction)
          const answer = result instanceof KeptRefusal ? undefined : answerOf(route, result)
          const refused = result instanceof KeptRefusal ? result.refusal : undefined
          if (audited) await writeTrail(transaction, lineOf(request, route, ctx, said, refused?.kind.code))
          if (key && answer && typeof answer.body === 'string' && !cookie.touched)
            await keepAnswer(ctx, key, { ...answer, body: answer.body, said })
          return { answer, said, refused }
        },
      )
      if (said) hub.tell(said.events)
      reply.headers(cookie.headers(https))
      if (refused) {
        visit.trailed = true
        throw refused
      }
      return await send(reply, answer as Answer)
    } finally {
      leave()
    }
  }
}

async function orKept(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof KeptRefusal) return error
    throw error
  }
}

function parsed(
  request: FastifyRequest,
  { endpoint }: Route,
  fields: unknown,
): { params: unknown; query: unknown; body: unknown } {
  const problems = []
  const found = { params: {} as unknown, query: {} as unknown, body: undefined as unknown }
  for (const at of ['params', 'query', 'body'] as const) {
    if (at === 'body' && (endpoint.takes === 'signed' || endpoint.takes === 'partner')) continue
    const given = at === 'body' && endpoint.takes === 'multipart' ? fields : request[at]
    const schema = endpoint[at]
    if (!schema) {
      if (given !== undefined && given !== null && Object.keys(given).length > 0) throw unexpected(at)
      continue
    }
    const result = schema.safeParse(given ?? (at === 'body' ? undefined : {}))
    if (result.success) found[at] = result.data
    else problems.push(...fieldProblems(result.error, at))
  }
  if (problems.length > 0) throw new BadInput(problems)
  return found
}

function signedOf(request: FastifyRequest): SignedBody {
  const signature = signatureIn(request.headers)
  if (!signature || !Buffer.isBuffer(request.body)) throw signatureMissing()
  return { ...signature, bytes: request.body }
}

function partnerOf(request: FastifyRequest): PartnerRequest {
  if (!Buffer.isBuffer(request.body)) throw malformedJson({ problem: 'empty' })
  return {
    token: /^Bearer +(\S+)$/i.exec(headerOf(request, 'authorization'))?.[1],
    type: headerOf(request, 'content-type').split(';')[0]?.trim().toLowerCase() ?? '',
    bytes: request.body,
  }
}

const unexpected = (at: string) =>
  new BadInput([{ path: at, words: { zh: '这个接口不接收这部分内容。', en: 'This address takes nothing here.' } }])

function ifMatchOf(request: FastifyRequest): number | undefined {
  const given = headerOf(request, 'if-match')
  if (!given) return undefined
  const version = /^"(\d{1,9})"$/.exec(given)?.[1]
  if (version === undefined) throw notUnderstood()
  return Number(version)
}

/** The last wall: what the contract does not name stays here, and an answer that does not fit is our fault. */
function answerOf({ endpoint }: Route, result: unknown): Answer {
  if (endpoint.answer === 'file' || endpoint.answer === 'stream')
    return { status: 200, body: result as OutgoingFile, version: undefined }
  const value = endpoint.answer.parse(result)
  const version = (value as { version?: unknown } | null)?.version
  return {
    status: value === undefined ? 204 : 200,
    body: value === undefined ? '' : JSON.stringify(value),
    version: typeof version === 'number' ? version : undefined,
  }
}

async function send(reply: FastifyReply, { status, body, version }: Answer): Promise<FastifyReply> {
  reply.code(status)
  if (version !== undefined) reply.header('etag', `"${version}"`)
  if (typeof body === 'string')
    return body === '' ? reply.send() : reply.type('application/json; charset=utf-8').send(body)
  return reply
    .type(body.type)
    .header(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(body.name).replaceAll("'", '%27')}`,
    )
    .send(body.content)
}

/** What the trail says of a request, done or refused. */
export function lineOf(
  request: FastifyRequest,
  route: Route,
  { now }: Pick<Ctx, 'now'>,
  said: Pick<Said, 'subjects' | 'reasons'>,
  code?: string,
  outcome: TrailLine['outcome'] = code === undefined ? 'done' : 'refused',
): TrailLine {
  const { visit } = request
  const words: AuditWords =
    route.entry.audit === 'notPersonal' ? { action: `${route.module}.read`, zh: '查看', en: 'read' } : route.entry.audit
  return {
    at: now,
    actor: visit.actor,
    action: words.action,
    words: { zh: words.zh, en: words.en },
    purpose: route.entry.purpose,
    outcome,
    code: code?.startsWith(`${route.module}.`) ? (words.refusedAs ?? code) : code,
    reason: said.reasons.length > 0 ? said.reasons.join('；') : undefined,
    subjects: said.subjects,
    requestId: visit.requestId,
    address: request.ip,
  }
}
