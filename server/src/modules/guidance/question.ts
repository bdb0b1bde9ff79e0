import type { AnswerOf } from '@zhulian/kernel/contract'
import type { Words } from '@zhulian/kernel'
import type { ValueForm } from '@zhulian/rules'
import type { DictionaryFact as AskableFact } from '../pools/index.ts'
import type { guidanceContract } from './contract.ts'
import { keyOf, type Draft, type Member, type Value } from './interview.ts'

type State = AnswerOf<(typeof guidanceContract)['GET /interviews/:interviewId']>
export type Question = NonNullable<State['next']>
type Kind = Question['kind']

export interface Settles {
  readonly count: number
  readonly names: readonly Words[]
}

const notSure: Words = { zh: '不清楚', en: 'Not sure' }
const none: Words = { zh: '没有', en: 'None' }
const tapWho: Words = { zh: '有的话，点一下是谁', en: 'If so, tap who' }
const familyWords: Words = { zh: '家里人', en: 'the family' }

const kinds: Readonly<Record<ValueForm['type'], Kind>> = {
  boolean: 'yesNo',
  integer: 'number',
  number: 'number',
  money: 'money',
  enum: 'choice',
  string: 'text',
  code: 'place',
  date: 'date',
  set: 'several',
  list: 'list',
}
export const kindOf = (form: ValueForm): Kind =>
  form.type === 'code' && form.values?.length ? 'choice' : kinds[form.type]

/** The answers people give to this very question: 有／没有, 是／不是, 想／不想. */
export function yesNo(question: string): [Words, Words] {
  const say = (yes: string, no: string): [Words, Words] => [
    { zh: yes, en: 'Yes' },
    { zh: no, en: 'No' },
  ]
  if (question.includes('有没有')) return say('有', '没有')
  const asked = /[需愿可会想是能要]不(需要|愿意|可以|会|想|是|能|要)/.exec(question)
  const verb = asked?.[1]
  if (verb) return say(verb, `不${verb}`)
  if (question.includes('同意')) return say('同意', '不同意')
  if (question.includes('困难')) return say('有', '没有')
  if (/[过]吗？?$/.test(question)) return say('有过', '没有')
  return say('是', '不是')
}

/** Fills {name} in. Somebody who answers for themself reads 您. */
export function fill(words: Words, member: Pick<Member, 'callName' | 'self'> | undefined): Words {
  const zh = member ? (member.self ? '您' : member.callName) : familyWords.zh
  const en = member ? (member.self ? 'you' : member.callName) : familyWords.en
  const said = member?.self ? words.zh.replaceAll('他（她）', '您') : words.zh
  return { zh: said.replaceAll('{name}', zh), en: english(words.en, en, member?.self === true) }
}

function english(text: string, name: string, self: boolean): string {
  if (!self) return text.replaceAll('{name}', name)
  const filled = text
    .replaceAll('was {name}', 'were you')
    .replaceAll(/\btheir own\b/g, 'your own')
    .replaceAll('Does {name}', 'Do you')
    .replaceAll('does {name}', 'do you')
    .replaceAll('Is {name}', 'Are you')
    .replaceAll('is {name}', 'are you')
    .replaceAll('Has {name}', 'Have you')
    .replaceAll('has {name}', 'have you')
    .replaceAll('Was {name}', 'Were you')
    .replaceAll('{name}’s', 'your')
    .replaceAll('{name}', name)
  return filled.charAt(0).toUpperCase() + filled.slice(1)
}

export function optionsOf(form: ValueForm, title: string): Question['options'] {
  if (form.type === 'boolean') {
    const [yes, no] = yesNo(title)
    return [
      { value: true, label: yes },
      { value: false, label: no },
    ]
  }
  return (form.values ?? []).map(v => ({ value: v.value, label: v.label }))
}

const draftOf = (draft: Draft | undefined): Question['draft'] =>
  draft === undefined ? null : 'unknown' in draft ? { unknown: true } : { unknown: false, value: draft.value as never }

/** One question for one page. `about`: whom it asks about, or everybody it is still open for. */
export function questionOf(
  fact: AskableFact,
  about: { readonly member?: Member | undefined; readonly everybody?: readonly Member[] | undefined },
  with_: { readonly draft?: Draft | undefined; readonly known?: Value | undefined; readonly settles: Settles },
): Question {
  const { member, everybody } = about
  const title = everybody && fact.questionForAll ? fact.questionForAll : fill(fact.question ?? fact.label, member)
  const kind: Kind = everybody ? 'who' : with_.known === undefined ? kindOf(fact) : 'confirm'
  const own = kindOf(fact)
  return {
    key: everybody ? keyOf(fact.name, '*') : keyOf(fact.name, member?.key),
    fact: fact.name,
    person: member ? { key: member.key, callName: member.callName } : null,
    kind,
    title: kind === 'confirm' ? confirmTitle(fact, member, with_.known as Value) : title,
    hint: fact.hint ?? (everybody ? tapWho : null),
    why: fact.why ?? null,
    settles: { count: with_.settles.count, names: [...with_.settles.names] },
    options: everybody
      ? everybody.map(m => ({
          value: m.key,
          label: { zh: m.self ? '我自己' : m.callName, en: m.self ? 'Myself' : m.callName },
        }))
      : optionsOf(fact, title.zh),
    fields: Object.entries(fact.fields ?? {}).map(([name, form]) => ({
      name,
      label: form.label ?? { zh: name, en: name },
      kind: name === 'memberId' ? 'who' : kindOf(form),
      options: optionsOf(form, form.label?.zh ?? ''),
      min: form.min ?? null,
      max: form.max ?? null,
      unit: form.unit ?? null,
    })),
    min: fact.type === 'set' || fact.type === 'list' ? null : (fact.min ?? (fact.type === 'money' ? 0 : null)),
    max: fact.type === 'set' || fact.type === 'list' ? null : (fact.max ?? null),
    unit: fact.unit ?? (fact.type === 'money' ? { zh: '元', en: 'yuan' } : null),
    bands: (fact.bands ?? []).map(b => ({
      label: b.label,
      value: b.value ?? null,
      min: b.min ?? null,
      max: b.max ?? null,
    })),
    none: fact.none ? (fact.noneLabel ?? none) : null,
    unknown: notSure,
    sensitive: fact.sensitivity === 'S',
    known:
      with_.known === undefined
        ? null
        : {
            value: with_.known as never,
            words: valueWords(fact, with_.known, [], title.zh),
            source: {
              zh: fact.feed ? `${fact.feed}的数据` : '登记簿',
              en: fact.feed ? `Data of ${fact.feed}` : 'The registry',
            },
            kindOf: own,
          },
    draft: draftOf(with_.draft),
  }
}

function confirmTitle(fact: AskableFact, member: Member | undefined, known: Value): Words {
  const who = member ? (member.self ? '您' : member.callName) : '您家'
  const whoEn = member ? (member.self ? 'you' : member.callName) : 'your family'
  const value = valueWords(fact, known, [], fact.question?.zh ?? '')
  return {
    zh: `系统显示，${who}的${fact.label.zh}：${value.zh}，对吗？`,
    en: `Our records say of ${whoEn}: ${fact.label.en} – ${value.en}. Is that right?`,
  }
}

/** A value as a person would say it. */
export function valueWords(
  fact: AskableFact | ValueForm,
  value: unknown,
  members: readonly Member[],
  question: string,
): Words {
  if (value === null) return 'noneLabel' in fact && fact.noneLabel ? fact.noneLabel : none
  if (value === undefined) return notSure
  const unit = 'unit' in fact ? (fact as AskableFact).unit : undefined
  switch (fact.type) {
    case 'boolean': {
      const [yes, no] = yesNo(question)
      return value ? yes : no
    }
    case 'money':
      return amount(value as number, unit ?? { zh: '元', en: 'yuan' })
    case 'integer':
    case 'number':
      return amount(value as number, unit)
    case 'enum':
    case 'code':
      return fact.values?.find(v => v.value === value)?.label ?? plainWords(value)
    case 'set':
      return joined(
        (value as readonly string[]).map(one => fact.values?.find(v => v.value === one)?.label ?? { zh: one, en: one }),
      )
    case 'list':
      return joined(
        (value as readonly Record<string, unknown>[]).map(item => {
          const fields = ('fields' in fact ? (fact as AskableFact).fields : undefined) ?? {}
          const parts = Object.entries(item).map(([name, inner]) =>
            name === 'memberId'
              ? nameOf(members, inner)
              : fields[name]
                ? valueWords(fields[name], inner, members, '')
                : { zh: String(inner), en: String(inner) },
          )
          return { zh: parts.map(p => p.zh).join(' '), en: parts.map(p => p.en).join(' ') }
        }),
      )
    default:
      return plainWords(value)
  }
}

/** A text or a day as it is; nothing else comes here. */
const plainWords = (value: unknown): Words => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return { zh: text, en: text }
}

const nameOf = (members: readonly Member[], key: unknown): Words => {
  const name = members.find(m => m.key === key)?.callName ?? '家里人'
  return { zh: name, en: name }
}

/** Made once: making one costs as much as a hundred uses. */
export const figures = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })

const amount = (n: number, unit: Words | undefined): Words => {
  const text = figures.format(n)
  return unit ? { zh: `${text}${unit.zh}`, en: `${text} ${unit.en}` } : { zh: text, en: text }
}

const joined = (all: readonly Words[]): Words =>
  all.length === 0 ? none : { zh: all.map(w => w.zh).join('、'), en: all.map(w => w.en).join(', ') }
