import type { Words } from '@zhulian/kernel'
import type { Reason, Test } from '@zhulian/rules'
import type { LoadedPool } from '../pools/index.ts'
import type { Member } from './interview.ts'
import { figures, valueWords } from './question.ts'
import { signalFacts } from './signals.ts'

/** What decided, as a person would say it: 人均月收入500元，低于1,102元. */
export function reasonWords(
  loaded: LoadedPool,
  reason: Reason,
  members: readonly Member[],
): { words: Words; holds: boolean } {
  if (reason.kind === 'notInForce')
    return { words: { zh: `这项政策从${reason.from}起才有`, en: `This begins on ${reason.from}` }, holds: false }
  const who = whoOf(members, reason.person)
  if (reason.kind === 'policy') {
    const name = loaded.policy(reason.policy)?.name ?? { zh: reason.policy, en: reason.policy }
    return {
      words: reason.holds
        ? { zh: `${who.zh}符合${name.zh}`, en: `${who.en}fits ${name.en}` }
        : { zh: `${who.zh}不符合${name.zh}`, en: `${who.en}does not fit ${name.en}` },
      holds: reason.holds,
    }
  }
  const form = loaded.formOf(reason.fact)
  const label = loaded.labelOf(reason.fact) ?? { zh: reason.fact, en: reason.fact }
  const test = reason.tests[0]
  // Whether there is one is all that was asked of an account number; the number itself stays where it is.
  if (test && test.than === null) {
    const there = reason.value !== null
    return {
      words: there
        ? { zh: `${who.zh}${label.zh}：有`, en: `${who.en}${label.en}: yes` }
        : { zh: `${who.zh}${label.zh}：没有`, en: `${who.en}${label.en}: none` },
      holds: test.holds,
    }
  }
  // A code says nothing to a person; where it was compared, what matters is whether it is the place asked for.
  if (form?.type === 'code' && test) {
    const here = test.holds === (test.is !== '!=')
    return {
      words: here
        ? { zh: `${who.zh}${label.zh}：在本地`, en: `${who.en}${label.en}: here` }
        : { zh: `${who.zh}${label.zh}：不在本地`, en: `${who.en}${label.en}: elsewhere` },
      holds: test.holds,
    }
  }
  const value = form
    ? valueOrOneOf(form, reason.value, members, loaded.fact(reason.fact)?.question?.zh ?? '')
    : plain(reason.value)
  const said =
    test && shown(test, reason.value)
      ? { zh: `，${compared(test, form, members).zh}`, en: `, ${compared(test, form, members).en}` }
      : { zh: '', en: '' }
  return {
    words: { zh: `${who.zh}${label.zh}：${value.zh}${said.zh}`, en: `${who.en}${label.en}: ${value.en}${said.en}` },
    holds: test?.holds ?? reason.value !== false,
  }
}

/** What must not be read by a guide of the village. */
export const isDelicate = (reason: Reason): boolean =>
  reason.kind !== 'notInForce' &&
  ((reason.kind === 'fact' && signalFacts.has(reason.fact)) || reason.from.some(f => signalFacts.has(f.fact)))

function whoOf(members: readonly Member[], key: string | undefined): Words {
  const member = members.find(m => m.key === key)
  if (!member) return { zh: '', en: '' }
  return member.self ? { zh: '您的', en: 'Your ' } : { zh: `${member.callName}的`, en: `${member.callName}: ` }
}

const opposite: Readonly<Record<string, string>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
  in: 'notIn',
}
const signs: Readonly<Record<string, Words>> = {
  '<': { zh: '低于', en: 'below ' },
  '<=': { zh: '不超过', en: 'at most ' },
  '>': { zh: '高于', en: 'above ' },
  '>=': { zh: '达到', en: 'at least ' },
  '==': { zh: '正是', en: 'as ' },
  '!=': { zh: '不是', en: 'not ' },
  in: { zh: '属于', en: 'one of ' },
  notIn: { zh: '不属于', en: 'none of ' },
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

function compared(test: Test, form: Parameters<typeof valueWords>[0] | undefined, members: readonly Member[]): Words {
  const sign = signs[test.holds ? test.is : (opposite[test.is] ?? test.is)] as Words
  const all: readonly unknown[] = Array.isArray(test.than) ? test.than : [test.than]
  const than = all.map(one => (form ? valueWords(form, one, members, '') : plain(one)))
  return { zh: sign.zh + than.map(w => w.zh).join('、'), en: sign.en + than.map(w => w.en).join(', ') }
}

const plain = (value: unknown): Words => {
  const text = typeof value === 'number' ? figures.format(value) : String(value)
  return { zh: text, en: text }
}
