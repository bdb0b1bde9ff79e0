import { z } from '@zhulian/kernel/contract'
import type { Words } from '@zhulian/kernel'
import { roles } from './actor.ts'
import type { Route } from './http/routes-of.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1, written from the contracts: what is described is what is checked. */
export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '助联 Zhulian',
      version: '0.1.0',
      description:
        'Writes need the headers Idempotency-Key (16–64 characters) and, with a session, X-CSRF-Token (from GET /api/session). Edits of an answer with `version` send it back as If-Match: "<version>". Refusals are application/problem+json.',
    },
    paths: { ...paths, '/api/live': livePath },
    components: {
      schemas: { Problem: problem },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-zhulian' } },
    },
  }
}

function operationOf({ key, module, endpoint, entry, writes }: Route): Json {
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
    ...(entry.may === 'anyone' ? {} : { security: [{ session: [] }] }),
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

const roleWords: Readonly<Record<(typeof roles)[number], Words>> = {
  resident: { zh: '居民', en: 'resident' },
  guide: { zh: '导服员', en: 'guide' },
  villageGroup: { zh: '村工作组', en: 'village group' },
  townshipClerk: { zh: '乡镇经办', en: 'township clerk' },
  districtOfficer: { zh: '区级人员', en: 'district officer' },
  operator: { zh: '运营人员', en: 'operator' },
  provider: { zh: '服务机构', en: 'provider' },
  auditor: { zh: '审计员', en: 'auditor' },
  admin: { zh: '管理员', en: 'administrator' },
  healthWorker: { zh: '卫生人员', en: 'health worker' },
  bureauOfficer: { zh: '部门经办', en: 'bureau officer' },
  helper: { zh: '结对帮扶人', en: 'paired helper' },
}

/** For people: what can be asked, by whom, and what may be refused. No script. */
export function docsPage(routes: readonly Route[], nonce: string): string {
  const modules = Map.groupBy(routes, route => route.module)
  const codes = new Map(routes.flatMap(route => route.endpoint.refusals ?? []).map(kind => [kind.code, kind]))
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>助联接口 · Zhulian API</title>
<style nonce="${nonce}">
body{font:16px/1.6 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1f2328}
code{font-family:ui-monospace,monospace;background:#f0f2f5;padding:.1em .3em;border-radius:4px;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;border-bottom:1px solid #d0d7de}
h2{margin-top:2rem}.en{color:#595959}a{color:#0b5cad}
</style></head><body>
<h1>助联接口 <span class="en" lang="en">Zhulian API</span></h1>
<p>机器可读的说明见 <a href="/api/openapi.json">/api/openapi.json</a>（OpenAPI 3.1）。写入请求须带 <code>Idempotency-Key</code>（16–64 个字符）；已登录时还须带 <code>X-CSRF-Token</code>，取自 <code>GET /api/session</code>。修改带 <code>version</code> 的内容时，用 <code>If-Match</code> 带回所改的版本。</p>
<p class="en" lang="en">The description for machines is <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Writes carry <code>Idempotency-Key</code> (16–64 characters) and, with a session, <code>X-CSRF-Token</code> from <code>GET /api/session</code>. Edits of an answer with a <code>version</code> send it back in <code>If-Match</code>.</p>
${[...modules].map(([module, own]) => moduleHtml(module, own)).join('\n')}
<h2>不能办理时的代码 <span class="en" lang="en">Refusals</span></h2>
<table><thead><tr><th scope="col">代码 <span class="en" lang="en">Code</span></th><th scope="col">状态 <span class="en" lang="en">Status</span></th></tr></thead><tbody>
${[...codes.values()].map(kind => `<tr id="${escape(kind.code)}"><td><code>${escape(kind.code)}</code></td><td>${kind.status}</td></tr>`).join('\n')}
</tbody></table></body></html>`
}

const moduleHtml = (
  module: string,
  routes: readonly Route[],
): string => `<h2 id="${escape(module)}">${escape(module)}</h2>
<table><thead><tr><th scope="col">请求 <span class="en" lang="en">Request</span></th><th scope="col">谁可以 <span class="en" lang="en">Who may</span></th><th scope="col">目的与轨迹 <span class="en" lang="en">Purpose, trail</span></th><th scope="col">可能的答复 <span class="en" lang="en">Refusals</span></th></tr></thead><tbody>
${routes.map(rowHtml).join('\n')}
</tbody></table>`

function rowHtml({ method, path, endpoint, entry }: Route): string {
  const trail =
    entry.audit === 'notPersonal'
      ? '—'
      : `${escape(entry.audit.zh)} <span class="en" lang="en">${escape(entry.audit.en)}</span>`
  const refusals = (endpoint.refusals ?? [])
    .map(kind => `<a href="#${escape(kind.code)}"><code>${escape(kind.code)}</code></a>`)
    .join(' ')
  return `<tr><td><code>${method} ${escape(path)}</code><br><span class="en" lang="en">${escape(endpoint.summary)}</span></td><td>${whoHtml(entry.may)}</td><td><code>${entry.purpose}</code><br>${trail}</td><td>${refusals}</td></tr>`
}

function whoHtml(may: Route['entry']['may']): string {
  if (may === 'anyone') return '任何人 <span class="en" lang="en">anyone</span>'
  if (may === 'signedIn') return '已登录 <span class="en" lang="en">signed in</span>'
  return may.map(role => `${roleWords[role].zh} <span class="en" lang="en">${roleWords[role].en}</span>`).join('<br>')
}

const escape = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
