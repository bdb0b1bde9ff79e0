import type { Words } from '@zhulian/kernel'
import type { Reason, Test } from '@zhulian/rules'
import { type LoadedPool, placeWords, stated } from '../pools/index.ts'
import type { Member } from './interview.ts'
import { figures, valueWords } from './question.ts'
import { signalFacts } from './signals.ts'

/**
 * What decided, as a person would say it: 人均月收入500元，低于1,102元; 小宝没有残疾人证.
 * @param favours the result is eligible: then every reason speaks for it, and otherwise against it
 */
export function reasonWords(
  loaded: LoadedPool,
  reason: Reason,
  members: readonly Member[],
  favours: boolean,
): { words: Words; holds: boolean } {
  return { words: wordsOf(loaded, reason, members, favours), holds: favours }
}

function wordsOf(loaded: LoadedPool, reason: Reason, members: readonly Member[], favours: boolean): Words {
  if (reason.kind === 'notInForce') return { zh: `这项政策从${reason.from}起才有`, en: `This begins on ${reason.from}` }
  const member = members.find(m => m.key === reason.person)
  if (reason.kind === 'policy') {
    const name = loaded.policy(reason.policy)?.name ?? { zh: reason.policy, en: reason.policy }
    const zh = reason.holds ? `符合${name.zh}` : `不符合${name.zh}`
    const en = reason.holds ? `Fits ${name.en}` : `Does not fit ${name.en}`
    return { zh: callOf(member) + zh, en: en + about(member) }
  }
  if (reason.fact === 'household.circle')
    return favours
      ? { zh: '在经常探访的范围里', en: 'Among the families that are visited' }
      : { zh: '不在经常探访的范围里', en: 'Not among the families that are visited' }
  const form = loaded.formOf(reason.fact)
  const label = loaded.labelOf(reason.fact) ?? { zh: reason.fact, en: reason.fact }
  if (typeof reason.value === 'boolean')
    return {
      zh: callOf(member) + stated(label.zh, reason.value),
      en: `${label.en}${about(member)}: ${reason.value ? 'yes' : 'no'}`,
    }
  const who = ownerOf(member, label.zh)
  const test = reason.tests[0]
  // Whether there is one is all that was asked of an account number; the number itself stays where it is.
  if (test && test.than === null) {
    const there = reason.value !== null
    return {
      zh: `${who.zh}${label.zh}：${there ? '有' : '没有'}`,
      en: `${who.en}${label.en}: ${there ? 'yes' : 'none'}`,
    }
  }
  // A code says nothing to a person; where it was compared, what matters is whether it is the place asked for.
  if (form?.type === 'code' && !form.values && test) {
    const here = test.holds === (test.is !== '!=')
    const where = placeWords(test.than)
    if (where)
      return {
        zh: `${callOf(member) || '您家'}户口${here ? '' : '不'}在${where.zh}`,
        en: `${here ? 'Registered' : 'Not registered'} in ${where.en}${about(member)}`,
      }
    return {
      zh: `${who.zh}${label.zh}：${here ? '在本地' : '不在本地'}`,
      en: `${who.en}${label.en}: ${here ? 'here' : 'elsewhere'}`,
    }
  }
  const value = form
    ? valueOrOneOf(form, reason.value, members, loaded.fact(reason.fact)?.question?.zh ?? '')
    : plain(reason.value)
  const speaksForItself = favours && form?.type === 'enum' && test?.is === '!='
  const said =
    test && !speaksForItself && shown(test, reason.value) ? compared(test, form, members, favours) : undefined
  return {
    zh: `${who.zh}${label.zh}：${value.zh}${said ? `，${said.zh}` : ''}`,
    en: `${who.en}${label.en}: ${value.en}${said ? `, ${said.en}` : ''}`,
  }
}

/** What must not be read by a guide of the village. */
export const isDelicate = (reason: Reason): boolean =>
  reason.kind !== 'notInForce' &&
  ((reason.kind === 'fact' && signalFacts.has(reason.fact)) || reason.from.some(f => signalFacts.has(f.fact)))

const callOf = (member: Member | undefined): string => (member ? (member.self ? '您' : member.callName) : '')
const about = (member: Member | undefined): string => (member ? ` (${member.self ? 'you' : member.callName})` : '')

function ownerOf(member: Member | undefined, label: string): Words {
  if (!member) return { zh: '', en: '' }
  const of = /^(现在|今年|是)/.test(label) ? '' : '的'
  return member.self ? { zh: `您${of}`, en: 'Your ' } : { zh: member.callName + of, en: `${member.callName}: ` }
}

/** What holds, and what would be needed where it does not. */
const met: Readonly<Record<string, Words>> = {
  '<': { zh: '低于', en: 'below ' },
  '<=': { zh: '不超过', en: 'at most ' },
  '>': { zh: '高于', en: 'above ' },
  '>=': { zh: '达到', en: 'at least ' },
  '==': { zh: '正是', en: 'as ' },
  '!=': { zh: '不是', en: 'not ' },
  in: { zh: '属于', en: 'one of ' },
  notIn: { zh: '不属于', en: 'none of ' },
}
const needed: Readonly<Record<string, Words>> = {
  '<': { zh: '要低于', en: 'has to be below ' },
  '<=': { zh: '不能超过', en: 'has to be at most ' },
  '>': { zh: '要高于', en: 'has to be above ' },
  '>=': { zh: '要达到', en: 'has to be at least ' },
  '==': { zh: '要求', en: 'has to be ' },
  '!=': { zh: '不能是', en: 'must not be ' },
  in: { zh: '要求', en: 'has to be ' },
  notIn: { zh: '不能是', en: 'must not be ' },
}
/** What a failed test says of the value, and what a test inside a "not" asks for. */
const opposite: Readonly<Record<string, string>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
  in: 'notIn',
}

/** A derived fact may be known to be one of a few; then each is named: 特困或低保. */
function valueOrOneOf(
  form: Parameters<typeof valueWords>[0],
  value: unknown,
  members: readonly Member[],
  question: string,
): Words {
  if (!Array.isArray(value) || form.type === 'set' || form.type === 'list')
    return valueWords(form, value, members, question)
  const each = value.map(one => valueWords(form, one, members, question))
  return { zh: each.map(w => w.zh).join('或'), en: each.map(w => w.en).join(' or ') }
}

/** "正是" beside the same value says nothing. */
const shown = (test: Test, value: unknown): boolean =>
  value !== null &&
  !((test.is === '==' && test.holds) || (test.is === '!=' && !test.holds) || (test.is === 'in' && test.holds))

function compared(
  test: Test,
  form: Parameters<typeof valueWords>[0] | undefined,
  members: readonly Member[],
  favours: boolean,
): Words {
  const is = test.holds === favours ? test.is : (opposite[test.is] ?? test.is)
  const sign = (favours ? met : needed)[is] ?? { zh: '', en: '' }
  const all: readonly unknown[] = Array.isArray(test.than) ? test.than : [test.than]
  const than = all.map(one => (form ? valueWords(form, one, members, '') : plain(one)))
  const quoted = form?.type === 'enum' && !favours
  const zh = quoted ? than.map(w => `“${w.zh}”`).join('或') : than.map(w => w.zh).join('、')
  return { zh: sign.zh + zh, en: sign.en + than.map(w => w.en).join(favours ? ', ' : ' or ') }
}

const plain = (value: unknown): Words => {
  const text = typeof value === 'number' ? figures.format(value) : String(value)
  return { zh: text, en: text }
}
