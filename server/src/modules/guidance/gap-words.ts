import type { Words } from '@zhulian/kernel'
import { type ChangedFact, nearestChange, type PolicyResult, type Reason } from '@zhulian/rules'
import { isDelicate } from './reason-words.ts'
import { figures, valueWords } from './question.ts'
import type { Reading } from './result.ts'

/**
 * What may be named as lacking: papers, recognitions and consents one can apply for or give. All else is left alone:
 * nobody is to be told to divorce, to leave work, to move, or to own or earn less.
 */
const canBeApplied: ReadonlySet<string> = new Set([
  'household.meansTestConsent',
  'household.hasProductionPlan',
  'person.medicalInsurance',
  'person.pensionScheme',
  'person.paysEmployeePensionAsIndividual',
  'person.registeredUnemployed',
  'person.jobDifficultyRecognised',
  'person.willingToWork',
  'person.choseOrphanAllowance',
])

/**
 * 差在哪里: the nearest change that would turn a no, judged anew before it is said; a figure as its distance from the line.
 * Nothing where another benefit goes before, or where only what nobody can or should change would do.
 */
export function gapWords(reading: Reading, id: string, result: PolicyResult & { readonly person?: string }): Words[] {
  if (result.verdict !== 'ineligible' || result.excludedBy !== undefined) return []
  if (reading.guarded && result.reasons.some(isDelicate)) return []
  const { loaded, facts, on } = reading
  const change = nearestChange(loaded.pool, facts, on, id, result.person, { may: fact => canBeApplied.has(fact) })
  return change ? change.changes.map(c => changeWords(reading, c)) : result.reasons.flatMap(r => distance(reading, r))
}

function changeWords({ loaded, members }: Reading, { fact, person, from, to }: ChangedFact): Words {
  const label = loaded.labelOf(fact) ?? { zh: fact, en: fact }
  const member = members.find(m => m.key === person)
  const form = loaded.formOf(fact)
  const said = (value: unknown): Words => {
    if (value === undefined) return { zh: '不清楚', en: 'not known' }
    if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
    return form ? valueWords(form, value, members, '') : { zh: '', en: '' }
  }
  const [now, needed] = [said(from), said(to)]
  const who = member ? (member.self ? '您' : member.callName) : ''
  return {
    zh: `${who}${label.zh}：现在是“${now.zh}”，这一项要求“${needed.zh}”`,
    en: `${label.en}${member ? ` (${member.self ? 'you' : member.callName})` : ''}: now “${now.en}”, this one asks for “${needed.en}”`,
  }
}

/** How far a sum of money is from the line it failed. */
function distance({ loaded }: Reading, reason: Reason): Words[] {
  if (reason.kind !== 'fact' || typeof reason.value !== 'number' || loaded.formOf(reason.fact)?.type !== 'money')
    return []
  const { value } = reason
  const test = reason.tests.find(t => typeof t.than === 'number')
  const label = loaded.labelOf(reason.fact)
  if (!test || !label) return []
  const apart = figures.format(Math.round(Math.abs(value - Number(test.than)) * 100) / 100)
  const above = value >= Number(test.than)
  return [
    {
      zh: `${label.zh}比这一项的线${above ? '高' : '低'}${apart}元`,
      en: `${label.en}: ${apart} yuan ${above ? 'above' : 'below'} the line of this one`,
    },
  ]
}
