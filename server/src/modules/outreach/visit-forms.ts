import type { Words } from '@zhulian/kernel'
import type { VisitKind } from './task.ts'

/**
 * What is asked at a door, for each purpose, as data: which facts of the dictionary are confirmed, which questions the
 * visit keeps for itself, what may be found. A fact that was confirmed is written down as verified; an answer to a question
 * is not a fact of the registry.
 */
export interface VisitForm {
  readonly kind: VisitKind
  readonly opening: Words
  readonly householdFacts: readonly string[]
  /** Of each member of an age, in whole years. */
  readonly personFacts: readonly { readonly fact: string; readonly from: number; readonly to: number }[]
  readonly asks: readonly Ask[]
  readonly results: readonly Result[]
}

export interface Ask {
  readonly id: string
  readonly words: Words
  readonly choices: readonly { readonly value: string; readonly words: Words }[]
}

export const resultWords = {
  confirmed: { zh: '属实', en: 'True' },
  falseAlarm: { zh: '不属实', en: 'Not so' },
  duplicate: { zh: '和另一件是同一件', en: 'Same as another' },
  handled: { zh: '已经有人在管', en: 'Being looked after already' },
  stable: { zh: '稳定', en: 'Stable' },
  changed: { zh: '有变化', en: 'Something changed' },
  nobodyHome: { zh: '没遇到人', en: 'Nobody met' },
} as const satisfies Record<string, Words>
export type Result = keyof typeof resultWords

export const riskWords = {
  none: { zh: '没有新的风险', en: 'No new risk' },
  some: { zh: '有风险，要跟进', en: 'Some risk, to follow up' },
  urgent: { zh: '急，今天就要管', en: 'Urgent, today' },
} as const satisfies Record<string, Words>
export type Risk = keyof typeof riskWords

const yesNo = [
  { value: 'yes', words: { zh: '有', en: 'Yes' } },
  { value: 'no', words: { zh: '没有', en: 'No' } },
  { value: 'unsure', words: { zh: '不清楚', en: 'Not sure' } },
]
const fell: Ask = {
  id: 'fell',
  words: { zh: '这个月跌倒过吗？', en: 'Any fall this month?' },
  choices: yesNo,
}
const alone: Ask = {
  id: 'alone',
  words: { zh: '觉得孤单吗？', en: 'Feeling alone?' },
  choices: [
    { value: 'never', words: { zh: '不太会', en: 'Hardly' } },
    { value: 'sometimes', words: { zh: '有时', en: 'Sometimes' } },
    { value: 'often', words: { zh: '常常', en: 'Often' } },
  ],
}
const meals: Ask = {
  id: 'meals',
  words: { zh: '吃饭有着落吗？', en: 'Are meals seen to?' },
  choices: [
    { value: 'fine', words: { zh: '有', en: 'Yes' } },
    { value: 'poor', words: { zh: '凑合', en: 'Barely' } },
    { value: 'none', words: { zh: '没有', en: 'No' } },
  ],
}
const helped: Ask = {
  id: 'helped',
  words: { zh: '说好的帮助到了吗？', en: 'Did the help arrive?' },
  choices: [
    { value: 'yes', words: { zh: '到了', en: 'Yes' } },
    { value: 'part', words: { zh: '到了一部分', en: 'In part' } },
    { value: 'no', words: { zh: '没到', en: 'No' } },
  ],
}

const work = { fact: 'employmentStatus', from: 16, to: 64 }
const wage = { fact: 'wageMonthly', from: 16, to: 64 }
const school = { fact: 'dropoutRisk', from: 6, to: 17 }
const bath = { fact: 'adl.bathing', from: 60, to: 130 }
const walk = { fact: 'adl.walking', from: 60, to: 130 }

export const visitForms: Readonly<Record<VisitKind, VisitForm>> = {
  verification: {
    kind: 'verification',
    opening: { zh: '有一条消息要当面核实', en: 'Something was reported and has to be checked in person' },
    householdFacts: ['basicLivingInterrupted', 'housingTenure'],
    personFacts: [work, wage, school],
    asks: [meals],
    results: ['confirmed', 'falseAlarm', 'duplicate', 'handled', 'nobodyHome'],
  },
  routine: {
    kind: 'routine',
    opening: { zh: '按节奏看一看', en: 'A visit in its rhythm' },
    householdFacts: ['basicLivingInterrupted'],
    personFacts: [bath, walk],
    asks: [fell, alone, meals],
    results: ['stable', 'changed', 'nobodyHome'],
  },
  key: {
    kind: 'key',
    opening: { zh: '重点户，多看一眼', en: 'A family that needs a closer look' },
    householdFacts: ['basicLivingInterrupted', 'housingTenure'],
    personFacts: [bath, walk, work, school],
    asks: [fell, alone, meals],
    results: ['stable', 'changed', 'nobodyHome'],
  },
  followUp: {
    kind: 'followUp',
    opening: { zh: '看看帮扶之后怎么样', en: 'How things are since help came' },
    householdFacts: ['basicLivingInterrupted'],
    personFacts: [work, wage, school],
    asks: [helped, meals],
    results: ['stable', 'changed', 'nobodyHome'],
  },
}

/** Fields of a sheet besides facts and questions. */
export const ownFields = ['result', 'risk', 'needs', 'duties', 'nextOn', 'note', 'place', 'metWho'] as const

/** `household.<fact>`, `person.<id>.<fact>`, `ask.<id>`, or one of {@link ownFields}. */
export type FieldKey =
  | { readonly kind: 'household'; readonly fact: string }
  | { readonly kind: 'person'; readonly person: string; readonly fact: string }
  | { readonly kind: 'ask'; readonly ask: Ask }
  | { readonly kind: 'own'; readonly name: (typeof ownFields)[number] }

/** What a field of a form means; undefined for one the form does not have. */
export function fieldKey(form: VisitForm, field: string): FieldKey | undefined {
  const own = ownFields.find(name => name === field)
  if (own) return { kind: 'own', name: own }
  if (field.startsWith('household.')) {
    const fact = field.slice('household.'.length)
    return form.householdFacts.includes(fact) ? { kind: 'household', fact } : undefined
  }
  const [, person, fact] = /^person\.([0-9a-f-]{36})\.([\w.]+)$/.exec(field) ?? []
  if (person && fact) return form.personFacts.some(f => f.fact === fact) ? { kind: 'person', person, fact } : undefined
  const ask = field.startsWith('ask.') ? form.asks.find(a => a.id === field.slice(4)) : undefined
  return ask && { kind: 'ask', ask }
}
