import type { Day } from '@zhulian/kernel'
import {
  checkFacts,
  judge,
  judgeAlerts,
  pointsOf,
  type AlertFound,
  type FactOf,
  type HouseholdFacts,
  type Judgement,
  type Points,
  type Pool,
} from '@zhulian/rules'
import type { Case } from './schemas.ts'

/** A worked household that does not come out as its file says. */
export interface Difference {
  readonly case: string
  readonly what: string
  readonly expected: unknown
  readonly found: unknown
}

/**
 * Runs one worked household. `expect` names only what the case is about: `P01: { verdict, amount, … }`, for a person policy
 * or service by person key, `circle`, `householdCircle`, `class`, `tier`, `missing` (facts that must be among the missing of the
 * policies named, or of `about`), `alerts` (by rule the level, or the levels by person; null where none is raised), `points` (`sum`, and by item of the card its points;
 * null where it cannot be told). null expects that a field is left out.
 */
export function checkCase(pool: Pool, example: Case, about?: string): readonly Difference[] {
  const differ = (what: string, expected: unknown, found: unknown): Difference => ({
    case: example.name,
    what,
    expected,
    found,
  })
  const on = example.on as Day
  const checked = checkFacts(pool, { household: example.household, persons: example.persons }, on)
  if (!checked.ok)
    return checked.faults.map(fault => differ('facts', 'facts as the dictionary has them', fault.words.en))
  const judgement = judge(pool, checked.facts, on)
  const named = Object.keys(example.expect).filter(key => key in judgement.policies || key in judgement.services)
  return Object.entries(example.expect).flatMap(([key, expected]) => {
    const found = key in judgement.policies ? judgement.policies[key] : judgement.services[key]
    if (found !== undefined) return results(key, expected, found).map(([what, e, f]) => differ(what, e, f))
    if (key === 'alerts') {
      const alerts = alertsOf(judgeAlerts(pool, checked.facts, on))
      return alertDifferences(expected, alerts).map(([what, e, f]) => differ(what, e, f))
    }
    if (key === 'points') {
      const card = pointsOf(pool, checked.facts, on)
      return card ? pointDifferences(expected, card).map(([what, e, f]) => differ(what, e, f)) : []
    }
    if (key === 'missing') {
      const missing = missingOf(judgement, named.length > 0 ? named : about === undefined ? [] : [about])
      return lacking(expected, missing).map(fact => differ('missing', fact, missing))
    }
    const actual = other(judgement, key)
    if (actual === undefined) return [differ(key, 'something the judgement has', undefined)]
    return covers(expected, actual.value) ? [] : [differ(key, expected, actual.value)]
  })
}

/** The facts of a case, for whoever wants to judge it again. */
export const factsOfCase = (example: Case): HouseholdFacts => ({
  household: example.household,
  persons: example.persons as HouseholdFacts['persons'],
})

type Found = readonly [what: string, expected: unknown, found: unknown]

function results(id: string, expected: unknown, found: unknown): readonly Found[] {
  if (!isObject(expected)) return [[id, expected, 'expect an object']]
  if (!Array.isArray(found)) return fields(id, expected, found as Record<string, unknown>)
  return Object.entries(expected).flatMap(([person, fieldsOf]): readonly Found[] => {
    const own = found.find((r: { person?: unknown }) => r.person === person) as Record<string, unknown> | undefined
    if (fieldsOf === null) return own === undefined ? [] : [[`${id} ${person}`, null, own]]
    if (!own || !isObject(fieldsOf)) return [[`${id} ${person}`, fieldsOf, own ?? 'no such person']]
    return fields(`${id} ${person}`, fieldsOf, own)
  })
}

function fields(what: string, expected: Record<string, unknown>, found: Record<string, unknown>): readonly Found[] {
  return Object.entries(expected).flatMap(([field, value]): readonly Found[] => {
    if (field === 'missing')
      return lacking(value, found['missing'] as readonly FactOf[]).map(fact => [
        `${what} missing`,
        fact,
        found['missing'],
      ])
    const actual = found[field]
    return (value === null && actual === undefined) || covers(value, actual)
      ? []
      : [[`${what} ${field}`, value, actual]]
  })
}

/** `household.financialAssets`, `person.age`, or `person.age#a` for one person. */
function lacking(expected: unknown, missing: readonly FactOf[]): readonly unknown[] {
  if (!Array.isArray(expected)) return [expected]
  if (expected.length === 0 && missing.length > 0) return ['nothing']
  return (expected as readonly unknown[]).filter(
    fact => !missing.some(m => m.fact === fact || `${m.fact}#${m.person}` === fact),
  )
}

/** By rule: the level, or the levels by person. */
function alertsOf(found: readonly AlertFound[]): Record<string, unknown> {
  const alerts: Record<string, unknown> = {}
  for (const { rule, person, level } of found)
    alerts[rule] = person === undefined ? level : { ...(alerts[rule] as object | undefined), [person]: level }
  return alerts
}

/** Rules named with null are not raised; what is not named is not looked at. */
function alertDifferences(expected: unknown, found: Record<string, unknown>): readonly Found[] {
  if (!isObject(expected)) return [['alerts', expected, 'expect an object']]
  return Object.entries(expected).flatMap(([rule, value]): readonly Found[] => {
    const actual = found[rule]
    const same = value === null ? actual === undefined : covers(value, actual) && covers(actual, value)
    return same ? [] : [[`alerts ${rule}`, value, actual]]
  })
}

function pointDifferences(expected: unknown, { points, parts }: Points): readonly Found[] {
  if (!isObject(expected)) return [['points', expected, 'expect an object']]
  const found = new Map<string, unknown>([
    ['sum', points],
    ...parts.map(part => [part.item, part.because === null ? null : part.points] as const),
  ])
  return Object.entries(expected).flatMap(([item, value]): readonly Found[] =>
    found.has(item) && found.get(item) === value ? [] : [[`points ${item}`, value, found.get(item)]],
  )
}

function missingOf(judgement: Judgement, ids: readonly string[]): readonly FactOf[] {
  return ids.flatMap(id => {
    const found = judgement.policies[id] ?? judgement.services[id] ?? []
    return (Array.isArray(found) ? found : [found]).flatMap((r: { missing: readonly FactOf[] }) => r.missing)
  })
}

function other(judgement: Judgement, key: string): { readonly value: unknown } | undefined {
  switch (key) {
    case 'circle':
      return {
        value: Object.fromEntries(
          Object.entries(judgement.circles).map(([person, c]) => [
            person,
            c.circle === undefined ? 'undetermined' : c.circle,
          ]),
        ),
      }
    case 'householdCircle':
      return {
        value: judgement.householdCircle.circle === undefined ? 'undetermined' : judgement.householdCircle.circle,
      }
    case 'class':
      return { value: judgement.classes }
    case 'tier':
      return { value: judgement.tier }
    default:
      return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects may have more than is expected; lists and values must be equal. */
function covers(expected: unknown, found: unknown): boolean {
  if (isObject(expected))
    return isObject(found) && Object.entries(expected).every(([key, value]) => covers(value, found[key]))
  if (Array.isArray(expected))
    return Array.isArray(found) && expected.length === found.length && expected.every((v, i) => covers(v, found[i]))
  return expected === found
}
