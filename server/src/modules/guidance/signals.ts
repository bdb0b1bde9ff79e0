import { completedYears, type Day, type Words } from '@zhulian/kernel'
import { singleAnswers, type Interview } from './interview.ts'
import type { SignalKind } from './tables.ts'

/**
 * What must reach a trained person before anything else does: nothing is sent to the village or to the household, and
 * whoever answers sees one calm page with numbers. A signal is a reason to ask, never a finding.
 */
export interface Signal {
  readonly kind: SignalKind
  /** What was said, for the trained person alone. */
  readonly said: Words
}

export const signalWords: Readonly<Record<SignalKind, Words>> = {
  violence: { zh: '可能有人受到伤害', en: 'Somebody may be being hurt' },
  suicide: { zh: '可能有轻生的念头', en: 'Somebody may be thinking of ending their life' },
  childAbuse: { zh: '孩子可能受到伤害', en: 'A child may be being hurt' },
  homelessness: { zh: '没有地方住', en: 'Nowhere to live' },
}

/** In how many hours somebody has to have taken it up. */
export const signalHours = 24

/** The law's duty beside it. @source 未成年人保护法 第十一条 */
export const dutyOf = (kind: SignalKind): Words | null =>
  kind === 'childAbuse'
    ? {
        zh: '发现未成年人疑似受到侵害，应当立即报告公安机关（强制报告）。',
        en: 'Suspected harm to a minor must be reported to the police at once (mandatory report).',
      }
    : null

/** Facts that may hint at one; their answers are left out of what a guide reads. */
export const signalFacts: ReadonlySet<string> = new Set([
  'household.events12m',
  'household.conflict',
  'household.housingTenure',
  'household.needText',
  'person.parents',
  'person.lonelyFeeling',
])

/** Words in free text. Kept short: they send a person to ask, they decide nothing. */
const phrases: readonly [SignalKind, RegExp][] = [
  ['suicide', /自杀|轻生|不想活|活不下去|寻短见|了断|suicid|kill myself|end my life/i],
  [
    'childAbuse',
    /(打|虐待|侵犯|猥亵).{0,6}(孩子|小孩|儿子|女儿|娃)|(孩子|小孩|儿子|女儿|娃).{0,6}(被打|被虐|被侵|挨打)|child abuse/i,
  ],
  ['violence', /家暴|(被|挨)(他|老公|丈夫|婆婆|公公|儿子|媳妇)?.{0,2}打|打我|动手打|domestic violence|beats? me/i],
  ['homelessness', /没(有)?地方住|无家可归|流落|睡(桥洞|街|车站)|homeless/i],
]

const kindsIn = (text: string): SignalKind[] => phrases.flatMap(([kind, phrase]) => (phrase.test(text) ? [kind] : []))

/** In words written outside the questions: beside a result, or asking about a case. */
export const signalsInWords = (text: string): Signal[] =>
  kindsIn(text).map(kind => ({ kind, said: { zh: `留言：${text}`, en: `In a message: ${text}` } }))

export function signalsIn(interview: Interview, on: Day): Signal[] {
  const found = new Map<SignalKind, string[]>()
  const add = (kind: SignalKind, said: string) => found.set(kind, [...(found.get(kind) ?? []), said])
  const children = (interview.members ?? []).filter(m => m.birthDate && completedYears(m.birthDate, on) < 18)
  for (const { fact, value } of singleAnswers(interview)) {
    if (fact === 'household.events12m' && Array.isArray(value)) {
      for (const event of value as readonly Record<string, unknown>[]) {
        if (event['kind'] !== 'violence') continue
        const child = children.find(m => m.key === event['memberId'])
        add(child ? 'childAbuse' : 'violence', '最近一年发生过暴力伤害')
      }
    }
    if (fact === 'household.conflict' && value === 'serious') add('violence', '家里或和邻居的冲突严重')
    if (fact === 'household.housingTenure' && value === 'homeless') add('homelessness', '现在没有住处')
    if (fact === 'household.needText' && typeof value === 'string')
      for (const kind of kindsIn(value)) add(kind, `留言：${value}`)
  }
  return [...found].map(([kind, said]) => ({
    kind,
    said: { zh: said.join('；'), en: `In the answers: ${said.join('; ')}` },
  }))
}

/** The calm page. The same for every kind, so that a glance over the shoulder tells nothing. */
export const calmPage = {
  words: {
    zh: '有些事可以先和人说一说。下面的电话都能打，说什么由您决定。导服照常往下答。',
    en: 'Some things are good to talk over first. You can call any of these numbers; what you say is up to you. The interview goes on as before.',
  },
  numbers: [
    {
      number: '12345',
      words: { zh: '什么事都能问，转给管的部门', en: 'Any matter; they pass it to the right office' },
    },
    { number: '110', words: { zh: '现在有危险', en: 'Danger right now' } },
    { number: '12338', words: { zh: '妇女维权', en: 'Women’s rights line' } },
    { number: '12355', words: { zh: '青少年和孩子', en: 'Young people and children' } },
  ],
} as const
