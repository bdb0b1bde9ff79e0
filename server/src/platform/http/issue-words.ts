import type { Words } from '@zhulian/kernel'
import type { z } from '@zhulian/kernel/contract'

/** What is wrong with one field, in words; the value itself is never repeated. */
export interface FieldProblem {
  /** `members.2.birthDate`; empty for the whole body. */
  readonly path: string
  readonly words: Words
}

const limit = 20

export function fieldProblems(error: z.ZodError, at: 'params' | 'query' | 'body'): FieldProblem[] {
  return error.issues.slice(0, limit).map(issue => ({
    path: [...(at === 'body' ? [] : [at]), ...issue.path.map(part => pathPart(part))].join('.'),
    words: wordsOf(issue),
  }))
}

/** Keys are named by clients too: only what looks like an identifier is repeated. */
const pathPart = (part: PropertyKey): string =>
  typeof part === 'number' || /^[A-Za-z][A-Za-z0-9_]{0,40}$/.test(String(part)) ? String(part) : '…'

function wordsOf(issue: z.core.$ZodIssue): Words {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && missing(issue)
        ? { zh: '必填，请填写。', en: 'This is needed.' }
        : {
            zh: `格式不对，应为${typesZh[issue.expected] ?? '其他类型'}。`,
            en: `Not of the right kind: ${issue.expected} is expected.`,
          }
    case 'too_small':
      return smallWords(issue)
    case 'too_big':
      return bigWords(issue)
    case 'unrecognized_keys': {
      const keys = issue.keys.map(pathPart).slice(0, 5).join(', ')
      return { zh: `有不认识的字段：${keys}。`, en: `Unknown fields: ${keys}.` }
    }
    case 'invalid_value':
      return { zh: '不在可选范围内，请从列表中选择。', en: 'Not one of the choices; please pick from the list.' }
    case 'invalid_format':
      return formats[issue.format] ?? { zh: '格式不对，请检查。', en: 'Not in the right form; please check it.' }
    case 'not_multiple_of':
      return { zh: `应为 ${issue.divisor} 的倍数。`, en: `Must be a multiple of ${issue.divisor}.` }
    case 'custom': {
      const own = (issue.params as { words?: Words } | undefined)?.words
      return own ?? customs[issue.message] ?? { zh: '填写有误，请检查。', en: 'Not right; please check it.' }
    }
    default:
      return { zh: '填写有误，请检查。', en: 'Not right; please check it.' }
  }
}

/** zod tells a missing value from a wrong one only in its message. */
const missing = (issue: z.core.$ZodIssue): boolean => /received undefined/.test(issue.message)

const typesZh: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '列表',
  object: '一组字段',
  record: '一组字段',
  date: '日期',
}

function smallWords(issue: z.core.$ZodIssueTooSmall): Words {
  const n = String(issue.minimum)
  if (issue.origin === 'string')
    return n === '1'
      ? { zh: '必填，请填写。', en: 'This is needed.' }
      : { zh: `至少 ${n} 个字符。`, en: `At least ${n} characters.` }
  if (issue.origin === 'array' || issue.origin === 'set') return { zh: `至少 ${n} 项。`, en: `At least ${n} items.` }
  return { zh: `不能小于 ${n}。`, en: `Not less than ${n}.` }
}

function bigWords(issue: z.core.$ZodIssueTooBig): Words {
  const n = String(issue.maximum)
  if (issue.origin === 'string') return { zh: `最多 ${n} 个字符。`, en: `At most ${n} characters.` }
  if (issue.origin === 'array' || issue.origin === 'set') return { zh: `最多 ${n} 项。`, en: `At most ${n} items.` }
  return { zh: `不能大于 ${n}。`, en: `Not more than ${n}.` }
}

const formats: Record<string, Words> = {
  datetime: { zh: '时间格式不对，例如 2021-09-26T09:00:00Z。', en: 'Not an instant such as 2021-09-26T09:00:00Z.' },
  date: { zh: '日期格式不对，例如 2021-09-26。', en: 'Not a day such as 2021-09-26.' },
  email: { zh: '邮箱格式不对。', en: 'Not an e-mail address.' },
}

const customs: Record<string, Words> = {
  'not an id': { zh: '编号格式不对，请从页面重新打开。', en: 'Not an id; please open it again from the page.' },
  'not a day': { zh: '没有这一天，日期写作 2021-09-26。', en: 'There is no such day; days are written 2021-09-26.' },
  'not a division code': {
    zh: '不是行政区划代码（2、4、6、9 或 12 位数字）。',
    en: 'Not a division code (2, 4, 6, 9 or 12 digits).',
  },
  'unprintable characters': {
    zh: '含有无法显示的字符，请删除后重填。',
    en: 'Holds characters that cannot be shown; please remove them.',
  },
}
