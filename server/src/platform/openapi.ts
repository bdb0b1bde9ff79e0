import { z } from '@zhulian/kernel/contract'
import type { Route } from './http/routes-of.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1, written from the contracts: what is described is what is checked. */
export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {}
  const shared: Json = { Problem: problem }
  for (const route of routes) {
    const path = describedPath(route.path)
    const operation = operationOf(route)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: hoisted(operation, operation.operationId, shared) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '助联 Zhulian',
      version: '0.1.0',
      description:
        'Writes need the headers Idempotency-Key (16–64 characters) and, with a session, X-CSRF-Token (from GET /api/session). Edits of an answer with `version` send it back as If-Match: "<version>". Refusals are application/problem+json.',
    },
    paths: { ...paths, '/api/live': livePath, '/api/health': healthPath },
    components: {
      schemas: shared,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-zhulian' },
        partner: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

/** `/api/wishes/:wishId` as `/api/wishes/{wishId}`. */
export const describedPath = (path: string): string => path.replace(/:(\w+)/g, '{$1}')

function operationOf({ key, module, endpoint, entry, writes }: Route): Json & { operationId: string } {
  const multipart = endpoint.takes === 'multipart'
  const body = endpoint.body ? schemaOf(endpoint.body, 'input') : undefined
  const refusals = Map.groupBy(endpoint.refusals ?? [], refusal => refusal.status)
  return {
    operationId: key.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, ''),
    tags: [module],
    summary: endpoint.summary,
    'x-may': entry.may,
    'x-purpose': entry.purpose,
    'x-audit': entry.audit,
    ...(entry.freshProof ? { 'x-fresh-proof': true } : {}),
    ...(endpoint.takes === 'partner'
      ? { security: [{ partner: [] }] }
      : entry.may === 'anyone'
        ? {}
        : { security: [{ session: [] }] }),
    parameters: [
      ...parametersOf(endpoint.params, 'path'),
      ...parametersOf(endpoint.query, 'query'),
      ...(writes && entry.may !== 'anyone' ? [header('Idempotency-Key'), header('X-CSRF-Token')] : []),
      ...(endpoint.takes === 'signed'
        ? ['X-Zhulian-Key', 'X-Zhulian-At', 'X-Zhulian-Nonce', 'X-Zhulian-Signature'].map(signedHeader)
        : []),
    ],
    ...(multipart
      ? { requestBody: { required: true, content: { 'multipart/form-data': { schema: withFile(body) } } } }
      : body
        ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } }
        : {}),
    responses: {
      200: { description: 'Done.', ...answerOf(endpoint.answer) },
      ...Object.fromEntries(
        [...refusals].map(([status, kinds]) => [
          status,
          {
            description: kinds.map(kind => kind.code).join(', '),
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
      default: {
        description: 'Refused or failed.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

/**
 * A schema that names parts of itself does so from its own root. Inside the description the root is another: such parts
 * move to the components, under the name of the operation and a number, since several schemas of one operation may name alike.
 */
function hoisted(
  part: unknown,
  operation: string,
  shared: Json,
  names: ReadonlyMap<string, string> = new Map(),
): unknown {
  if (Array.isArray(part)) return part.map(item => hoisted(item, operation, shared, names))
  if (typeof part !== 'object' || part === null) return part
  const { $defs, ...rest } = part as Json & { $defs?: Json }
  const own = new Map(names)
  for (const name of Object.keys($defs ?? {})) own.set(`#/$defs/${name}`, freeName(operation, shared))
  for (const [name, schema] of Object.entries($defs ?? {}))
    shared[own.get(`#/$defs/${name}`) as string] = hoisted(schema, operation, shared, own)
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === '$ref' && own.has(String(value))
        ? `#/components/schemas/${own.get(String(value))}`
        : hoisted(value, operation, shared, own),
    ]),
  )
}

function freeName(operation: string, shared: Json): string {
  let number = 1
  while (`${operation}_${number}` in shared) number++
  shared[`${operation}_${number}`] = true
  return `${operation}_${number}`
}

export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json
  return rest
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, part]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: part,
  }))
}

const header = (name: string): Json => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string', minLength: 16, maxLength: 64 },
})

const signedHeader = (name: string): Json => ({ name, in: 'header', required: true, schema: { type: 'string' } })

const withFile = (body: Json | undefined): Json => ({
  type: 'object',
  properties: { ...(body?.['properties'] as Json | undefined), file: { type: 'string', format: 'binary' } },
  required: [...((body?.['required'] as string[] | undefined) ?? []), 'file'],
})

const answerOf = (answer: Route['endpoint']['answer']): Json =>
  typeof answer === 'string'
    ? { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
    : { content: { 'application/json': { schema: schemaOf(answer, 'output') } } }

const problem: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened, why, and what to do next, in the language of the session.' },
    code: { type: 'string' },
    facts: { type: 'object' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'words'],
        properties: { path: { type: 'string' }, words: { type: 'string' } },
      },
    },
    requestId: { type: 'string', description: 'The number to quote.' },
  },
}

const livePath: Json = {
  get: {
    operationId: 'GET_live',
    tags: ['platform'],
    summary: 'Server-sent events: hints that something changed, as {name, id}. Read again what is on the screen.',
    security: [{ session: [] }],
    responses: { 200: { description: 'A stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } } },
  },
}

const healthPath: Json = {
  get: {
    operationId: 'GET_health',
    tags: ['platform'],
    summary: 'Whether the server and its database answer.',
    responses: {
      200: {
        description: 'Alive.',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['alive', 'database', 'stopping'],
              properties: {
                alive: { type: 'boolean' },
                database: { type: 'boolean' },
                stopping: { type: 'boolean' },
              },
            },
          },
        },
      },
    },
  },
}
