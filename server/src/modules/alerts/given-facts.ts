import { addDays, addMonths, daysBetween, type Day, type Id } from '@zhulian/kernel'
import type { HouseholdFacts } from '@zhulian/rules'
import type { KnownHousehold } from '../registry/index.ts'
import type { AlertRow } from './tables.ts'

/** Facts the platform itself gives the rules of alerts, beside what is known of a household. */
export type Given = Readonly<Record<string, unknown>>

export interface Standing {
  readonly circle: 1 | 2 | 3 | null
  readonly personCircles: ReadonlyMap<Id, 1 | 2 | 3 | null>
}

const counted = 60

/** What is looked at of the alerts of a household. */
export type Counted = Pick<
  AlertRow,
  'id' | 'rule' | 'level' | 'state' | 'verdict' | 'judged_on' | 'careful' | 'audience' | 'twin_of'
>

/** Of R27, which counts the others, and of what was found not to be so, none is counted. */
const isCounted = (alert: Counted, today: Day) =>
  alert.rule !== 'R27' &&
  alert.verdict !== 'false' &&
  alert.verdict !== 'duplicate' &&
  daysBetween(alert.judged_on, today) <= counted

/** Those a rule that looks at several together counts at a level; of two about one happening one. */
export function countedAlerts<A extends Counted>(
  alerts: readonly A[],
  level: AlertRow['level'],
  today: Day,
): readonly A[] {
  const all = alerts.filter(a => isCounted(a, today))
  const ids = new Set(all.map(a => a.id))
  return all.filter(a => a.level === level && !(a.twin_of && ids.has(a.twin_of)))
}

/** Days between visits: weekly, monthly, quarterly; null where no rhythm is set. @source domain §7.8 */
export function visitInterval(known: KnownHousehold, stands: Standing, redIsOpen: boolean, today: Day): number | null {
  const alone = known.members.length === 1 || known.members.some(m => m.facts['livingAlone']?.value === true)
  if (redIsOpen) return 7
  if (stands.circle === null) return null
  if (stands.circle === 1) return alone ? 7 : 30
  const isPoorChild = (m: (typeof known.members)[number]) =>
    stands.personCircles.get(m.id) === 2 && m.birthDate !== null && m.birthDate > addMonths(today, -18 * 12)
  return known.members.some(isPoorChild) ? 30 : 91
}

const visits = new WeakMap<KnownHousehold, Day | 'never'>()

/** The last time somebody verified something at home; undefined where nobody ever did, and then no rhythm has begun. */
export function lastVisit(known: KnownHousehold): Day | undefined {
  const last = visits.get(known) ?? findLastVisit(known) ?? 'never'
  // All that is known is gone through for it, and it is asked three times in one judgement.
  visits.set(known, last)
  return last === 'never' ? undefined : last
}

function findLastVisit(known: KnownHousehold): Day | undefined {
  let last: Day | undefined
  for (const facts of [known.known, ...known.members.map(m => m.facts)])
    for (const fact of Object.values(facts))
      for (const said of [fact, ...fact.rivals])
        if (said.source === 'verified' && said.origin === '入户核查' && (last === undefined || said.asOf > last))
          last = said.asOf
  return last
}

/** What is told without looking into the household. */
export function countedFacts(circle: Standing['circle'], alerts: readonly Counted[], today: Day): Given {
  const [yellow, orange] = [countedAlerts(alerts, 'yellow', today), countedAlerts(alerts, 'orange', today)]
  return {
    inBase: circle !== null,
    yellowAlerts60: yellow.length,
    orangeAlerts60: orange.length,
    officeAlerts60: [...yellow, ...orange].filter(a => a.careful || a.audience !== 'village').length,
  }
}

export function givenFacts(known: KnownHousehold, stands: Standing, alerts: readonly Counted[], today: Day): Given {
  const open = alerts.filter(a => a.state !== 'closed')
  const interval = visitInterval(
    known,
    stands,
    open.some(a => a.level === 'red'),
    today,
  )
  const last = lastVisit(known)
  const late = interval === null || last === undefined ? null : Math.max(0, daysBetween(last, today) - interval)
  // What was used is known up to the day the meter's file speaks of, not up to today.
  const read = [known.known['utilityLastUsedOn'], known.known['kwh30']].flatMap(f => (f ? [f.asOf] : [])).toSorted()
  return {
    ...countedFacts(stands.circle, alerts, today),
    visitIntervalDays: interval,
    visitOverdueDays: late,
    utilityReadOn: read.at(-1) ?? null,
  }
}

/** What a file says itself of the day its meters were read goes before. */
export const withGiven = (facts: HouseholdFacts, given: Given): HouseholdFacts => ({
  ...facts,
  household: { ...given, ...facts.household },
})

/** The day on which R29 turns: a visit overdue by more than another interval. */
export function visitTurn(known: KnownHousehold, given: Given): Day | undefined {
  const [interval, last] = [given['visitIntervalDays'], lastVisit(known)]
  return typeof interval === 'number' && last !== undefined ? addDays(last, 2 * interval + 1) : undefined
}
