import type { Words } from '@zhulian/kernel'
import type { z } from 'zod'

/** What is wrong with the form of a file or document, in words; the checks that are our own have words of their own. */
export function formWords(issue: z.core.$ZodIssue): Words {
  const en = `Wrong form: ${issue.message}`
  return { zh: `格式不对：${zhOf(issue)}`, en }
}

function zhOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.endsWith('received undefined')
        ? `没有写，这里要${kinds[issue.expected] ?? '别的值'}`
        : `这里要${kinds[issue.expected] ?? '别的值'}`
    case 'unrecognized_keys':
      return `没有「${issue.keys.join('」「')}」这一项`
    case 'invalid_value':
      return `要是这几个之一：${issue.values.map(String).join('、')}`
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? '不能空着' : `不能小于 ${String(issue.minimum)}`
    case 'too_big':
      return issue.origin === 'string' ? '太长了' : `不能大于 ${String(issue.maximum)}`
    default:
      return own[issue.message] ?? issue.message
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: '是（true）或否（false）',
  array: '一列（用方括号）',
  object: '几项（用花括号）',
  record: '几项（用花括号）',
}

const own: Readonly<Record<string, string>> = {
  'not a day, such as 2021-09-26': '不是日期，例如 2021-09-26',
  'not a provenance tag': '不是出处的写法，例如 S02、R:m、I、C',
  'not a ruling': '不是裁定的编号',
  'not a slug': '只能用小写字母、数字和短横',
  'not household.… or person.…': '要写成 household.… 或 person.…',
  'either a formula or versions': '公式和各时期的公式只能写一样',
  'not P01 … P40 or J1 … J5': '编号要像 P01 或 J1',
  'not S-A1 … S-D4': '编号要像 S-A1',
  'an amount without a period is never shown': '写了金额就要写多久一次',
  'a lower bound stands beside an amount': '写了至少多少，也要写金额',
}
