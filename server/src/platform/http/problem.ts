import { type Language, Refusal, type Words } from '@zhulian/kernel'
import { Outage } from '../outage.ts'
import * as refusals from '../refusals.ts'
import type { FieldProblem } from './issue-words.ts'

/** The input did not fit the contract. */
export class BadInput extends Error {
  override readonly name = 'BadInput'
  readonly fields: readonly FieldProblem[]

  constructor(fields: readonly FieldProblem[]) {
    super('request.notUnderstood')
    this.fields = fields
  }
}

/** An error as a person gets it. `kind` says who must act: nobody, whoever runs what we lean on, or we. */
export interface Problem {
  readonly kind: 'refusal' | 'outage' | 'bug'
  readonly status: number
  readonly code: string
  readonly words: Words
  readonly facts?: Readonly<Record<string, unknown>>
  readonly fields?: readonly FieldProblem[]
  readonly retryAfterSeconds?: number
}

const busy: Words = {
  zh: '系统正忙，您的内容没有保存。请稍后再试。',
  en: 'The system is busy; nothing was saved. Please try again shortly.',
}

export const bugWords = (requestId: string): Words => ({
  zh: `系统出了问题，没有保存任何内容，不是您操作有误。请稍后再试；如仍不行，请把编号 ${requestId} 告诉管理员。`,
  en: `Something went wrong on our side and nothing was saved; it is not your doing. Please try again; if it stays so, give the number ${requestId} to the administrator.`,
})

/** No branch repeats a value of the request or a text of the database. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Refusal) return ofRefusal(error)
  if (error instanceof BadInput) return { ...ofRefusal(refusals.notUnderstood()), fields: error.fields }
  if (error instanceof Outage) return outage('outage', error.retryAfterSeconds)
  if (error instanceof Error && waitedInVain.test(error.message)) return outage('outage.database', 5)
  const { code: given } = (error ?? {}) as { code?: unknown }
  const code = typeof given === 'string' ? given : ''
  return ofDatabase(code) ?? ofServer(code) ?? { kind: 'bug', status: 500, code: 'bug', words: bugWords(requestId) }
}

/** The pool of connections has no codes of its own. */
const waitedInVain =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/

function ofRefusal(refused: Refusal): Problem {
  const { kind, facts } = refused
  const retry = facts['retryAfterSeconds']
  return {
    kind: 'refusal',
    status: kind.status,
    code: kind.code,
    words: kind.words(facts),
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    ...(typeof retry === 'number' ? { retryAfterSeconds: retry } : {}),
  }
}

const outage = (code: string, retryAfterSeconds: number): Problem => ({
  kind: 'outage',
  status: 503,
  code,
  words: busy,
  retryAfterSeconds,
})

/** SQLSTATE of PostgreSQL, and what the network says when it is gone. */
function ofDatabase(code: string): Problem | undefined {
  switch (code) {
    case '23505': // a unique index: somebody was quicker
    case '40001':
    case '40P01':
    case '55P03':
      return ofRefusal(refusals.conflict())
    case '22021': // NUL and broken encodings
    case '22P05':
      return ofRefusal(refusals.notUnderstood())
    case '57014': // statement timeout
      return outage('outage.slow', 10)
    case '53300':
    case '57P01':
    case '57P03':
    case '08006':
    case '08001':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ETIMEDOUT':
    case 'ENOENT':
    case 'EPIPE':
      return outage('outage.database', 5)
    default:
      return undefined
  }
}

/** Codes of Fastify and of Node's HTTP parser. */
function ofServer(code: string): Problem | undefined {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return ofRefusal(refusals.tooLarge({ limitBytes: 1_048_576 }))
    case 'FST_REQ_FILE_TOO_LARGE':
      return ofRefusal(refusals.tooLarge({ limitBytes: 67_108_864 }))
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return ofRefusal(refusals.wrongType({ accepted: 'application/json' }))
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return ofRefusal(refusals.malformedJson({ problem: 'syntax' }))
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_ASYNC_CONSTRAINT':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return ofRefusal(refusals.malformedAddress())
    default:
      return code.startsWith('FST_') && /PART|FIELD|FILES|MULTIPART|PROTO/.test(code)
        ? ofRefusal(refusals.fileMissing())
        : undefined
  }
}

/** RFC 9457. */
export function problemBody(problem: Problem, language: Language, requestId: string): string {
  return JSON.stringify({
    type: `/api/docs#${problem.code}`,
    title: titles[problem.status]?.[language] ?? titles[500]?.[language],
    status: problem.status,
    detail: problem.words[language],
    code: problem.code,
    ...(problem.facts ? { facts: problem.facts } : {}),
    ...(problem.fields ? { fields: problem.fields.map(f => ({ path: f.path, words: f.words[language] })) } : {}),
    requestId,
  })
}

const titles: Record<number, Words> = {
  400: { zh: '请求有误', en: 'Request not understood' },
  401: { zh: '需要登录', en: 'Sign-in needed' },
  403: { zh: '没有权限', en: 'Not allowed' },
  404: { zh: '没有找到', en: 'Not found' },
  405: { zh: '不支持的请求', en: 'Method not taken' },
  408: { zh: '超时', en: 'Too slow' },
  409: { zh: '有冲突', en: 'Conflict' },
  410: { zh: '已经失效', en: 'Gone' },
  412: { zh: '版本已变', en: 'Version has changed' },
  413: { zh: '内容过大', en: 'Too large' },
  415: { zh: '格式不支持', en: 'Type not taken' },
  417: { zh: '不支持的要求', en: 'Expectation not met' },
  422: { zh: '不能这样办理', en: 'Cannot be done so' },
  428: { zh: '缺少版本', en: 'Version needed' },
  429: { zh: '操作过于频繁', en: 'Too many requests' },
  431: { zh: '请求头过长', en: 'Headers too long' },
  500: { zh: '系统出错', en: 'Something went wrong' },
  503: { zh: '系统正忙', en: 'Busy' },
}
