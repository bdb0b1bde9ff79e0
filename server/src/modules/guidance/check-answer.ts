import { isDivisionCode, parseDay, type Day, type Words } from '@zhulian/kernel'
import type { ValueForm } from '@zhulian/rules'
import type { Value } from './interview.ts'

export interface AnswerForm extends ValueForm {
  readonly label: Words
  readonly unit?: Words | undefined
  readonly fields?: Readonly<Record<string, ValueForm>> | undefined
}

const words = (zh: string, en: string): Words => ({ zh, en })
const format = (n: number) => n.toLocaleString('en-US')
const earliest = '1900-01-01'
/** No household of the country has more; a slip of the finger has. */
const mostMoney = 1_000_000_000

/**
 * What is wrong with an answer, in words for the person who gave it; undefined when it fits.
 * @param on days after it have not come yet
 * @param members keys of those who live in the home, for lists that name one
 */
export function faultOf(form: AnswerForm, value: Value, on: Day, members: readonly string[]): Words | undefined {
  if (value === null)
    return form.none
      ? undefined
      : words(
          '这道题不能填“没有”，不知道可以选“不清楚”。',
          '“None” does not fit here; choose “not sure” if you do not know.',
        )
  switch (form.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : choose
    case 'integer':
    case 'number':
    case 'money':
      return numberFault(form, value)
    case 'enum':
      return form.values?.some(v => v.value === value) ? undefined : choose
    case 'code':
      return codeFault(form, value)
    case 'string':
      return typeof value === 'string' &&
        value.length <= 300 &&
        value.isWellFormed() &&
        !/[\p{Cc}]/u.test(value.replace(/\n/g, ''))
        ? undefined
        : words('最多写300个字。', 'Please write 300 characters at most.')
    case 'date':
      return dateFault(value, on)
    case 'set':
      return setFault(form, value)
    case 'list':
      return listFault(form, value, on, members)
  }
}

const choose = words('请从给出的选项里选一个。', 'Please choose one of the options.')

function numberFault(form: AnswerForm, value: Value): Words | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return words('请填一个数字。', 'Please give a number.')
  const unit = form.unit ?? (form.type === 'money' ? words('元', 'yuan') : words('', ''))
  const least = form.min ?? (form.type === 'money' || value < 0 ? 0 : -Infinity)
  const most = form.max ?? (form.type === 'money' ? mostMoney : Infinity)
  if (value < 0 && least >= 0)
    return words(`${form.label.zh}不能是负数。没有就填0。`, 'This cannot be below zero. If there is none, give 0.')
  if (value < least)
    return words(
      `${form.label.zh}最少是${format(least)}${unit.zh}，请再看一眼。`,
      `The least is ${format(least)} ${unit.en}. Please look again.`,
    )
  if (value > most)
    return words(
      `${form.label.zh}最多是${format(most)}${unit.zh}，请再看一眼。`,
      `The most is ${format(most)} ${unit.en}. Please look again.`,
    )
  if (form.type === 'integer' && !Number.isInteger(value)) return words('请填整数。', 'Please give a whole number.')
  if (form.type === 'money' && Math.abs(value * 100 - Math.round(value * 100)) > 1e-6)
    return words('金额最多写到分，也就是两位小数。', 'Please give two decimals at most.')
  return undefined
}

function codeFault(form: AnswerForm, value: Value): Words | undefined {
  if (typeof value !== 'string') return choose
  if (form.values?.length) return form.values.some(v => v.value === value) ? undefined : choose
  return isDivisionCode(value) && value.length >= 6
    ? undefined
    : words('请从名单里选一个地方。', 'Please choose a place from the list.')
}

function dateFault(value: Value, on: Day): Words | undefined {
  const day = typeof value === 'string' ? parseDay(value) : undefined
  if (!day)
    return words(
      '没有这一天。请按“年-月-日”填，比如2021-09-26。',
      'There is no such day. Please write it like 2021-09-26.',
    )
  if (day > on) return words('这一天还没到，请再看一眼。', 'That day has not come yet. Please look again.')
  if (day < earliest) return words('这一天太早了，请再看一眼。', 'That day is too long ago. Please look again.')
  return undefined
}

function setFault(form: AnswerForm, value: Value): Words | undefined {
  if (!Array.isArray(value)) return choose
  const chosen = value as readonly unknown[]
  const allowed = new Set(form.values?.map(v => v.value))
  return new Set(chosen).size === chosen.length && chosen.every(v => typeof v === 'string' && allowed.has(v))
    ? undefined
    : choose
}

function listFault(form: AnswerForm, value: Value, on: Day, members: readonly string[]): Words | undefined {
  if (!Array.isArray(value)) return choose
  const fields = form.fields ?? {}
  for (const item of value as readonly unknown[]) {
    if (typeof item !== 'object' || item === null) return choose
    for (const [name, inner] of Object.entries(item)) {
      const field = fields[name]
      if (!field) return choose
      if (name === 'memberId') {
        if (inner !== null && !members.includes(String(inner)))
          return words('请选一位家里人。', 'Please choose somebody of the family.')
        continue
      }
      const fault = faultOf({ ...field, label: form.label }, inner as Value, on, members)
      if (fault) return fault
    }
  }
  return undefined
}
