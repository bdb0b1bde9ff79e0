import type { Judgement, Period, PersonPolicyResult, PolicyResult, Tier } from '@zhulian/rules'

/** One policy for one household or person, as kept. What is plainly ineligible is left out. */
export interface Kept {
  readonly verdict: 'eligible' | 'undetermined' | 'excluded'
  readonly amount?: number
  readonly atLeast?: number
  readonly period?: Period
  readonly conditionalOn?: Tier
  readonly excludedBy?: string
  readonly choiceWith?: readonly string[]
}

/** A judgement without its reasons: they are made again from the facts of its moment when somebody asks why. */
export interface Results {
  readonly household: Readonly<Record<string, Kept>>
  readonly persons: Readonly<Record<string, Readonly<Record<string, Kept>>>>
  readonly services: Readonly<Record<string, readonly string[]>>
  readonly circles: Readonly<Record<string, 1 | 2 | 3 | null>>
  readonly classes: readonly string[]
}

export function resultsOf(judgement: Judgement): Results {
  const household: Record<string, Kept> = {}
  const persons: Record<string, Record<string, Kept>> = {}
  for (const [policy, result] of Object.entries(judgement.policies)) {
    if (!isOfPersons(result)) keep(household, policy, result)
    else for (const one of result) keep((persons[one.person] ??= {}), policy, one)
  }
  const services = Object.entries(judgement.services).flatMap(([id, all]) => {
    const fitting = all.filter(one => one.verdict === 'eligible').map(one => one.person)
    return fitting.length > 0 ? [[id, fitting] as const] : []
  })
  const circles = Object.entries(judgement.circles).flatMap(([person, { circle }]) =>
    circle === undefined ? [] : [[person, circle] as const],
  )
  return {
    household,
    persons: Object.fromEntries(Object.entries(persons).filter(([, own]) => Object.keys(own).length > 0)),
    services: Object.fromEntries(services),
    circles: Object.fromEntries(circles),
    classes: judgement.classes,
  }
}

const isOfPersons = (result: PolicyResult | readonly PersonPolicyResult[]): result is readonly PersonPolicyResult[] =>
  Array.isArray(result)

function keep(into: Record<string, Kept>, policy: string, result: PolicyResult): void {
  const { verdict, amount, atLeast, period, conditionalOn, excludedBy, choiceWith } = result
  if (verdict === 'ineligible' && excludedBy === undefined) return
  into[policy] = {
    verdict: verdict === 'ineligible' ? 'excluded' : verdict,
    ...(amount !== undefined && { amount }),
    ...(atLeast !== undefined && { atLeast }),
    ...(verdict === 'eligible' && period !== undefined && { period }),
    ...(conditionalOn !== undefined && { conditionalOn }),
    ...(excludedBy !== undefined && { excludedBy }),
    ...(choiceWith !== undefined && { choiceWith }),
  }
}

const times: Record<Period, number> = { month: 12, year: 1, once: 1 }

/** Whole yuan a year; a single payment counts once. Null where the rule gives no figure. */
export const yearly = ({ amount, period }: Pick<Kept, 'amount' | 'period'>): number | null =>
  amount === undefined || period === undefined ? null : amount * times[period]
