import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { randomInt } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { nobody } from '../actor.ts'
import { docsPage } from '../docs-page.ts'
import type { Door } from '../door.ts'
import { first } from '../give-way.ts'
import type { Installation } from '../installation.ts'
import { LiveHub } from '../live.ts'
import type { Module } from '../module.ts'
import { openApi } from '../openapi.ts'
import { Outage } from '../outage.ts'
import { malformedAddress, noSuchRoute, signatureMissing, wrongMethod, wrongType } from '../refusals.ts'
import { signatureIn } from '../signed-body.ts'
import { inTransaction } from '../scope.ts'
import type { WriteTrail } from '../trail.ts'
import { answering, lineOf } from './answer.ts'
import { answerBroken, answerExpectations } from './broken-request.ts'
import { gate, stranger } from './gate.ts'
import { isPlain, parseStrictJson } from './json.ts'
import { type Limits, ordinaryLimits } from './limits.ts'
import { pathOf } from './path-of.ts'
import { atTheDoor, Places } from './places.ts'
import { problemBody, problemOf } from './problem.ts'
import { type Route, routesOf } from './routes-of.ts'
import { everyHeader, nothingPolicy, openToAll, pagePolicy } from './security-headers.ts'
import { serveStatic } from './static.ts'
import { receiveFile, takeMultipart } from './upload.ts'
import { unpacked } from './unpack.ts'
import { languageOf } from './visit.ts'

export interface HttpOptions {
  readonly installation: Installation
  readonly modules: readonly Module[]
  readonly door: Door
  readonly writeTrail: WriteTrail
  /** Folder of the built pages. */
  readonly dist: string
  /** `https://…` as people type it; undefined on a local machine. */
  readonly origin: string | undefined
  readonly trustedProxy: string | undefined
  readonly limits?: Partial<Limits>
  /** Only for the test of row-level security. */
  readonly mayIsOff?: boolean
}

export interface Http {
  readonly routes: readonly Route[]
  readonly hub: LiveHub
  /** @returns `http://127.0.0.1:8080` */
  listen(host: string, port: number): Promise<string>
  /** Lets requests in flight finish for eight seconds, refuses later ones, closes live streams. */
  stop(): Promise<void>
}

const patienceMs = 8_000
const farewellMs = 200

export async function openHttp(options: HttpOptions): Promise<Http> {
  const { installation, door, origin, writeTrail } = options
  const limits = { ...ordinaryLimits, ...options.limits }
  const https = origin?.startsWith('https:') ?? false
  const headers = everyHeader(https)
  const routes = routesOf(options.modules)
  const hub = new LiveHub(door)
  const fastify = bare(options, limits, https)
  const { recognise, check } = gate({
    district: installation.district,
    door,
    limits,
    origin,
    now: () => installation.clock.now(),
    mayIsOff: options.mayIsOff ?? false,
  })
  const answer = answering({ installation, hub, writeTrail, https })
  const places = new Places(limits)
  let stopping = false

  const open = (request: FastifyRequest): void => {
    request.visit = {
      requestId: request.id,
      startedAt: performance.now(),
      actor: nobody(installation.district),
      language: languageOf(request),
      token: undefined,
      route: undefined,
      turnedAway: undefined,
      trailed: false,
      ...atTheDoor(request.ip),
    }
  }

  fastify.addHook('onRequest', (request, reply, done) => {
    open(request)
    reply.headers(headers)
    reply.header('content-security-policy', nothingPolicy)
    if (asksApi(request)) reply.header('cache-control', 'no-store')
    // Whether it was answered or the browser went away: a request that was dropped never gets to `onResponse`.
    reply.raw.once('close', () => places.close(request.visit))
    if (stopping) throw new Outage('stopping', 5)
    places.work(request.visit)
    done(unreadable.has(request.query as object) || hostMissing(request) ? malformedAddress() : undefined)
  })
  fastify.addHook('preParsing', async request => {
    const { headers: sent } = request
    if (Number(sent['content-length'] ?? 0) > 0 || sent['transfer-encoding'] !== undefined)
      places.receive(request.visit)
  })
  // A file is received by the handler, which then asks for a place itself.
  fastify.addHook('preValidation', async request => {
    if (request.visit.route?.endpoint.takes !== 'multipart') places.work(request.visit)
  })
  // A connection that stays open after its answer would keep the server from ending.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) reply.header('connection', 'close')
    done(null, payload)
  })
  fastify.addHook('onResponse', (request, reply, done) => {
    const { visit } = request
    const seen = {
      method: request.method,
      route: visit?.route?.key ?? 'other',
      status: reply.statusCode,
      requestId: visit?.requestId,
    }
    if (asksApi(request))
      installation.log.info('request', { ...seen, account: visit?.actor.account, ms: Math.round(reply.elapsedTime) })
    done()
  })

  /** Refused and failed requests leave a line too, in a transaction of its own: theirs is rolled back. */
  async function trailRefusal(request: FastifyRequest, code: string, bug: boolean): Promise<void> {
    const { route, actor, trailed } = request.visit
    if (!route || trailed || route.entry.audit === 'notPersonal' || code === 'request.tooMany') return
    if (actor.role === 'nobody' && route.entry.may !== 'anyone') return
    const line = lineOf(
      request,
      route,
      { now: installation.clock.now() },
      { subjects: [], reasons: [] },
      code,
      bug ? 'failed' : 'refused',
    )
    await inTransaction(installation.database, actor, {}, transaction => writeTrail(transaction, line)).catch(
      (error: unknown) =>
        installation.log.error('trail.refusalNotWritten', { requestId: request.visit.requestId, code }, error),
    )
  }

  async function fail(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (!request.visit) open(request)
    const { requestId, language, gone } = request.visit
    const problem = problemOf(error, requestId)
    if (gone) installation.log.info('request.abandoned', { requestId, route: request.visit.route?.key })
    else if (problem.kind !== 'refusal') {
      const level = problem.kind === 'bug' ? 'error' : 'warn'
      installation.log[level](
        `request.${problem.kind}`,
        { requestId, route: request.visit.route?.key, code: problem.code },
        error,
      )
    }
    if (problem.kind !== 'outage') await trailRefusal(request, problem.code, problem.kind === 'bug')
    if (problem.retryAfterSeconds) reply.header('retry-after', String(problem.retryAfterSeconds))
    if (problem.code === wrongMethod.code) reply.header('allow', String(problem.facts?.['allowed']))
    // A body that was not read to its end would be taken for the next request.
    if (problem.status === 413 || problem.status === 415) reply.header('connection', 'close')
    const { failsAs } = request.visit.route?.endpoint ?? {}
    const told = failsAs?.({
      code: problem.code,
      status: problem.status,
      words: problem.words.en,
      facts: problem.facts ?? {},
      requestId,
      at: installation.clock.now().toISOString(),
    })
    return reply
      .code(problem.status)
      .headers(headers)
      .header('content-security-policy', nothingPolicy)
      .header('cache-control', 'no-store')
      .type(told ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8')
      .send(told ? JSON.stringify(told) : problemBody(problem, language, requestId))
  }

  fastify.setErrorHandler(async (error, request, reply) => fail(error, request, reply))

  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: limits.bodyBytes },
    async (request: FastifyRequest, body: Buffer) => {
      // Nobody reads it before its signature.
      if (['signed', 'partner'].includes(request.visit.route?.endpoint.takes ?? '')) return body
      return parseStrictJson(await unpacked(body, request.headers['content-encoding'], limits.bodyBytes))
    },
  )
  // OAuth clients ask for their token in a form.
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: limits.bodyBytes },
    async (request: FastifyRequest, body: Buffer) => {
      if (request.visit.route?.endpoint.takes !== 'partner') throw wrongType({ accepted: 'application/json' })
      return body
    },
  )
  await takeMultipart(fastify, limits.fileBytes)
  answerExpectations(fastify, https, requestNumber)

  let signedComing = 0
  /** A signed body fills memory before anybody knows who sent it. */
  const roomForSigned = (reply: FastifyReply) => {
    if (signedComing >= limits.signedAtOnce) throw new Outage('inFlight', 1)
    signedComing++
    reply.raw.once('close', () => void signedComing--)
  }

  for (const route of routes) {
    const multipart = route.endpoint.takes === 'multipart'
    const signed = route.endpoint.takes === 'signed'
    fastify.route({
      method: route.method,
      url: route.path,
      bodyLimit: multipart ? limits.fileBytes + 1_048_576 : signed ? limits.signedBytes : limits.bodyBytes,
      onRequest: async (request, reply) => {
        request.visit.route = route
        if (route.endpoint.open) reply.headers(openToAll)
        await recognise(request)
        check(request, route)
        if (signed) {
          if (!signatureIn(request.headers)) throw signatureMissing()
          roomForSigned(reply)
        }
        if (!multipart && request.headers['content-type']?.startsWith('multipart/'))
          throw wrongType({ accepted: 'application/json' })
      },
      handler: async (request, reply) => {
        const received = multipart ? await receiveFile(request, limits.fileBytes) : undefined
        try {
          places.work(request.visit)
          return await places.during(request.visit, () => first(() => answer(request, reply, route, received)))
        } finally {
          if (received) await rm(received.file.path, { force: true })
        }
      },
    })
  }

  fastify.get('/api/live', { onRequest: recognise }, (request, reply) => {
    const { actor, token } = request.visit
    if (actor.role === 'nobody' || !token) throw stranger(request.visit)
    if (hub.size >= limits.live) throw new Outage('live', 30)
    places.close(request.visit)
    reply.hijack()
    reply.raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    hub.listen(actor, token, reply.raw)
    if (stopping) reply.raw.end()
  })

  fastify.get('/api/health', async (_, reply) => {
    const { rows } = await installation.database.app.query<{ one: number }>('select 1 as one')
    return reply
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ alive: true, database: rows[0]?.one === 1, stopping }))
  })
  // Made when somebody asks for it first, and kept as bytes: as text it takes twice the room.
  let description: Buffer | undefined
  fastify.get('/api/openapi.json', (_, reply) => {
    description ??= Buffer.from(JSON.stringify(openApi(routes)))
    return reply.type('application/json; charset=utf-8').send(description)
  })
  fastify.get('/api/docs', (_, reply) => {
    const nonce = crypto.randomUUID()
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy(nonce))
      .send(docsPage(routes, nonce))
  })

  const known = [
    ...routes.map(r => ({ method: r.method as string, path: r.path })),
    ...['live', 'health', 'openapi.json', 'docs'].map(p => ({ method: 'GET', path: `/api/${p}` })),
  ]
  const patterns = known.map(({ method, path }) => ({
    method,
    match: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:[^/]+/g, '[^/]+')}$`),
  }))
  const nothingHere = (request: FastifyRequest): never => {
    const path = pathOf(request.url) ?? ''
    const allowed = patterns.filter(p => p.match.test(path)).map(p => p.method)
    if (allowed.length > 0 && !allowed.includes(request.method))
      throw wrongMethod({ allowed: [...new Set(allowed)].join(', ') })
    throw noSuchRoute()
  }
  fastify.setNotFoundHandler((request, reply) => {
    reply.header('connection', request.headers['content-length'] ? 'close' : 'keep-alive')
    return nothingHere(request)
  })
  fastify.all('/api/*', { onRequest: (request, _, done) => done(caught(() => nothingHere(request))) }, (_, reply) =>
    reply.send(),
  )
  serveStatic(fastify, options.dist)

  return {
    routes,
    hub,
    listen: async (host, port) => fastify.listen({ host, port, listenTextResolver: () => '' }),
    stop: async () => {
      stopping = true
      hub.close()
      // Who is just asking on an open connection is told to come back, not cut off.
      await new Promise(done => setTimeout(done, farewellMs))
      const giveUp = setTimeout(() => fastify.server.closeAllConnections(), patienceMs)
      await fastify.close()
      clearTimeout(giveUp)
    },
  }
}

const asksApi = ({ url }: FastifyRequest): boolean => /^\/api(\/|$)/.test(pathOf(url) ?? '')

/** Asked of every request but the oldest kind, which only probes still send. */
const hostMissing = ({ headers, raw }: FastifyRequest): boolean =>
  headers.host === undefined && raw.httpVersion !== '1.0'

function caught(work: () => never): Error {
  try {
    return work()
  } catch (error) {
    return error as Error
  }
}

function bare({ installation, trustedProxy }: HttpOptions, limits: Limits, https: boolean): FastifyInstance {
  return Fastify({
    loggerInstance: silent(installation),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => requestNumber(),
    requestIdHeader: false,
    trustProxy: trustedProxy ?? false,
    bodyLimit: limits.bodyBytes,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    requestTimeout: 120_000,
    // Said in our own words by the first hook.
    return503OnClosing: false,
    clientErrorHandler: answerBroken(https, requestNumber),
    keepAliveTimeout: 30_000,
    maxRequestsPerSocket: 0,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    http: { headersTimeout: 15_000, maxHeaderSize: 16_384, requireHostHeader: false },
    routerOptions: {
      maxParamLength: 200,
      querystringParser: queryOf,
      ignoreTrailingSlash: false,
    },
    frameworkErrors: (_error, request, answer) => {
      const reply = answer as unknown as FastifyReply
      // A broken percent-escape or an over-long path; no hook has run.
      const language = languageOf(request as FastifyRequest)
      const problem = problemOf(malformedAddress(), request.id)
      void reply
        .code(problem.status)
        .headers(everyHeader(https))
        .header('content-security-policy', nothingPolicy)
        .header('cache-control', 'no-store')
        .type('application/problem+json; charset=utf-8')
        .send(problemBody(problem, language, request.id))
    },
  }) as unknown as FastifyInstance
}

/** Queries with NUL or lone surrogates. Nothing may be thrown while the address is parsed: nobody would catch it. */
const unreadable = new WeakSet<object>()

/** A key given twice becomes a list; the contract says whether it takes one. Keys into prototypes are left out by the null prototype. */
function queryOf(text: string): Record<string, unknown> {
  const found = Object.create(null) as Record<string, unknown>
  for (const [key, value] of new URLSearchParams(text)) {
    if (!isPlain(key) || !isPlain(value)) unreadable.add(found)
    const before = found[key]
    found[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  return found
}

const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ten letters and digits that can be read out over the telephone. */
const requestNumber = (): string => Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')

/** Fastify's own lines may quote a request; only that something happened is kept. */
function silent({ log }: Installation): FastifyBaseLogger {
  const nothing = () => {}
  const logger = {
    level: 'error',
    info: nothing,
    debug: nothing,
    trace: nothing,
    warn: nothing,
    silent: nothing,
    error: (facts: { err?: unknown }) => log.error('http', {}, facts?.err),
    fatal: (facts: { err?: unknown }) => log.error('http.fatal', {}, facts?.err),
    child: () => logger,
  }
  return logger as unknown as FastifyBaseLogger
}
