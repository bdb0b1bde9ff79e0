import { day, type Day } from '@zhulian/kernel'
import { madeUpDistrict, type MadeUpHousehold } from '@zhulian/seed'
import type { HouseholdFacts, PersonFacts } from '@zhulian/rules'
import {
  emptyInterview,
  type Interview,
  keyOf,
  splitKey,
  type Value,
  withAnswer,
  withMembers,
} from '../../server/src/modules/guidance/interview.ts'
import { kindOf, type Question } from '../../server/src/modules/guidance/question.ts'
import type { LoadedPool } from '../../server/src/modules/pools/index.ts'

/** A family of the made-up district that answers an interview by what is written of it. */
export interface Home {
  readonly start: Interview
  readonly facts: HouseholdFacts
  says(key: string): Value
}

const weight = { declared: 0, feed: 1, verified: 2 } as const

/** What the weightiest, newest statement says of each fact. */
function together(statements: MadeUpHousehold['statements']): Record<string, unknown> {
  const ordered = [...statements].sort((a, b) => weight[a.source] - weight[b.source] || (a.asOf < b.asOf ? -1 : 1))
  return Object.assign({}, ...ordered.map(s => s.facts)) as Record<string, unknown>
}

/** So many homes of the district, after the first ones. */
export function* homes(loaded: LoadedPool, on: Day, after: number, count: number): Generator<Home> {
  let n = 0
  for (const made of madeUpDistrict({ people: 42_000, today: on })) {
    if (n >= after + count) return
    if (n++ >= after) yield homeOf(loaded, made)
  }
}

function homeOf(loaded: LoadedPool, made: MadeUpHousehold): Home {
  const household = together(made.statements)
  const persons = made.members.map(
    (m, i): PersonFacts => ({
      ...together(m.statements),
      birthDate: m.birthDate,
      sex: m.sex,
      relationToHead: m.relation,
      key: keyAt(i),
    }),
  )
  const start = withMembers(
    emptyInterview,
    made.members.map((m, i) => ({
      key: keyAt(i),
      callName: m.name,
      relation: m.relation,
      birthDate: m.birthDate,
      sex: m.sex,
      self: i === 0,
    })),
  )
  const says = (key: string): Value => {
    const { fact, person } = splitKey(key)
    const owner = person === undefined ? household : persons.find(p => p.key === person)
    const name = fact.slice(fact.indexOf('.') + 1)
    const known = owner?.[name] ?? follows(name, owner, persons)
    return (known === undefined ? least(loaded, fact) : known) as Value
  }
  return { start, facts: { household, persons }, says }
}

/** What is not written of a family because it follows from what is. */
function follows(name: string, owner: object = {}, persons: readonly PersonFacts[]): Value | undefined {
  const amount = (of: object, fact: string) => Number((of as Record<string, unknown>)[fact]) || 0
  switch (name) {
    case 'income12m':
      return (
        12 * persons.reduce((sum, p) => sum + Object.values(kinds).reduce((of, fact) => of + amount(p, fact), 0), 0)
      )
    case 'incomeKinds':
      return Object.keys(kinds).filter(kind => amount(owner, kinds[kind as keyof typeof kinds]) > 0)
    case 'hadMedicalBills':
      return bills.some(fact => amount(owner, fact) > 0)
    default:
      return undefined
  }
}
const kinds = {
  wage: 'wageMonthly',
  business: 'businessIncomeMonthly',
  property: 'propertyIncomeMonthly',
  pension: 'pensionMonthly',
  transfer: 'otherTransferMonthly',
} as const
const bills = ['inScopeInpatientYear', 'inScopeOutpatientYear', 'inScopeSelfPaidYear'] as const

const keyAt = (i: number) => String.fromCharCode(97 + i)

/** What is not written of a family is not so. */
function least(loaded: LoadedPool, name: string): Value {
  const fact = loaded.fact(name)
  if (!fact || fact.none) return null
  switch (kindOf(fact)) {
    case 'yesNo':
      return false
    case 'several':
    case 'list':
      return []
    case 'choice':
      return fact.values?.find(v => v.value === 'none')?.value ?? fact.values?.[0]?.value ?? null
    case 'number':
    case 'money':
      return fact.min ?? 0
    default:
      return null
  }
}

export function answered(interview: Interview, home: Home, next: Question): Interview {
  if (next.kind !== 'who') return withAnswer(interview, { key: next.key, value: home.says(next.key), from: 'answer' })
  const about = next.options.map(o => String(o.value))
  const value = about.filter(key => home.says(keyOf(next.fact, key)) === true)
  return withAnswer(interview, { key: next.key, value, from: 'answer', about })
}

export const today = day('2026-11-20')
