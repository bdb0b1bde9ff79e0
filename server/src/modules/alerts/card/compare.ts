import type { Day } from '@zhulian/kernel'
import { hideSmall } from '../../../platform/hide-small.ts'
import { type Bands, type Card, fitCard, pointsBy } from './fit.ts'
import { amongFirst, auc, aucGain, type Calibration, calibration, curveOf, type Interval, shareAt } from './measure.ts'

/** What came of one alert, and how the household stood by each item of the card. */
export interface Outcome {
  readonly household: string
  readonly on: Day
  readonly bands: Bands
  /** A person found it so. */
  readonly so: boolean
  readonly groups: Readonly<Record<GroupKind, string>>
}
export const groupKinds = ['sex', 'age', 'township'] as const
export type GroupKind = (typeof groupKinds)[number]

/** The share of outcomes, oldest first, from which a card is fitted; the later ones say how good it is. Never at random. */
const earlier = 0.7
/** A card of 12 items wants at least ten of each kind an item to be fitted from, and fifty of each to be judged by. @source E.2.2 */
const perItem = 10
const toJudge = 50
/** What a district can visit: a fifth of those who were looked at. */
const capacity = 0.2

export interface Lacking {
  readonly kind: 'lacking'
  readonly confirmed: { readonly have: number; readonly want: number }
  readonly unfounded: { readonly have: number; readonly want: number }
  /** In sum there are enough, but not in the later part. */
  readonly laterPart: boolean
}

export interface Measured {
  readonly auc: Interval
  readonly calibration: Calibration
  /** Of all that were so, the share among the fifth with the most points. */
  readonly found: number
}

export interface GroupCount {
  readonly by: GroupKind
  readonly key: string
  /** null where few. */
  readonly outcomes: number | null
  readonly confirmed: number | null
  /** As {@link Measured.found}, within the group; null where it would tell of few. */
  readonly inForce: number | null
  readonly refitted: number | null
}

export interface Compared {
  readonly kind: 'compared'
  readonly from: number
  readonly judgedBy: number
  /** Since this day: those it is judged by. */
  readonly since: Day
  readonly card: Card
  readonly inForce: Measured
  readonly refitted: Measured
  readonly gain: Interval
  readonly groups: readonly GroupCount[]
}

/**
 * Fits a card to the earlier outcomes and sets it beside the one in force, on the later ones, of households that were not among the
 * earlier. Of one household the first outcome of each part counts. It changes nothing.
 * @param inForce the points of the card in force
 */
export function compareCards(inForce: Card, outcomes: readonly Outcome[]): Compared | Lacking {
  const ordered = outcomes.toSorted((a, b) => a.on.localeCompare(b.on) || a.household.localeCompare(b.household))
  const cut = ordered[Math.floor(earlier * ordered.length)]?.on
  const learnt = firstOfEach(ordered.filter(o => cut !== undefined && o.on < cut))
  const seen = new Set(learnt.map(o => o.household))
  const later = firstOfEach(ordered.filter(o => cut !== undefined && o.on >= cut && !seen.has(o.household)))
  const lacking = whatLacks(inForce.length, firstOfEach(ordered), learnt, later)
  if (lacking || cut === undefined) return lacking ?? whatLacksOfNothing(inForce.length)
  const so = (all: readonly Outcome[]) => all.map(o => o.so)
  const card = fitCard(
    inForce.map(bands => bands.length),
    learnt.map(o => o.bands),
    so(learnt),
  )
  const pointsOf = (by: Card, all: readonly Outcome[]) => all.map(o => pointsBy(by, o.bands))
  const [now, refitted] = [pointsOf(inForce, later), pointsOf(card, later)]
  const measured = (by: Card, points: readonly number[]): Measured => {
    const curve = curveOf(pointsOf(by, learnt), so(learnt))
    return {
      auc: auc(points, so(later)),
      calibration: calibration(
        points.map(p => shareAt(curve, p)),
        so(later),
      ),
      found: shareFound(amongFirst(points, capacity), so(later)),
    }
  }
  return {
    kind: 'compared',
    from: learnt.length,
    judgedBy: later.length,
    since: cut,
    card,
    inForce: measured(inForce, now),
    refitted: measured(card, refitted),
    gain: aucGain(now, refitted, so(later)),
    groups: groupKinds.flatMap(by => groupsOf(by, later, amongFirst(now, capacity), amongFirst(refitted, capacity))),
  }
}

const firstOfEach = (ordered: readonly Outcome[]): Outcome[] =>
  [...new Map(ordered.toReversed().map(o => [o.household, o])).values()].toReversed()

const counts = (all: readonly Outcome[]) => {
  const confirmed = all.filter(o => o.so).length
  return { confirmed, unfounded: all.length - confirmed }
}

function whatLacks(
  items: number,
  all: readonly Outcome[],
  learnt: readonly Outcome[],
  later: readonly Outcome[],
): Lacking | undefined {
  const want = Math.ceil(Math.max((perItem * items) / earlier, toJudge / (1 - earlier)))
  const [have, from, by] = [counts(all), counts(learnt), counts(later)]
  const isEnough = (n: number, m: number) => n >= perItem * items && m >= toJudge
  if (isEnough(from.confirmed, by.confirmed) && isEnough(from.unfounded, by.unfounded)) return undefined
  return {
    kind: 'lacking',
    confirmed: { have: have.confirmed, want },
    unfounded: { have: have.unfounded, want },
    laterPart: have.confirmed >= want && have.unfounded >= want,
  }
}

const whatLacksOfNothing = (items: number): Lacking => whatLacks(items, [], [], []) as Lacking

const shareFound = (first: Float64Array, so: readonly boolean[]) => {
  let [found, all] = [0, 0]
  so.forEach((was, i) => {
    if (!was) return
    found += first[i] as number
    all++
  })
  return all === 0 ? 0 : found / all
}

function groupsOf(
  by: GroupKind,
  outcomes: readonly Outcome[],
  now: Float64Array,
  refitted: Float64Array,
): GroupCount[] {
  const members = Map.groupBy(
    outcomes.map((_, i) => i),
    i => outcomes[i]?.groups[by] ?? '',
  )
  const keys = [...members.keys()].toSorted()
  const of = (key: string) => members.get(key) as number[]
  const all = hideSmall(keys.map(key => of(key).length))
  const [confirmed, unfounded] = [true, false].map(wanted =>
    hideSmall(keys.map(key => of(key).filter(i => outcomes[i]?.so === wanted).length)),
  ) as [(number | null)[], (number | null)[]]
  // All less the confirmed are the unfounded: of the one nothing is said where the other are few.
  const isHidden = (k: number) => (confirmed[k] ?? null) === null || (unfounded[k] ?? null) === null
  return keys.map((key, k) => {
    const cases = of(key).filter(i => outcomes[i]?.so)
    const found = (first: Float64Array) => {
      const sum = cases.reduce((total, i) => total + (first[i] as number), 0)
      const isFew = [sum, cases.length - sum].some(n => n > 0 && n < 5)
      return isFew || cases.length === 0 || isHidden(k) ? null : sum / cases.length
    }
    return {
      by,
      key,
      outcomes: all[k] ?? null,
      confirmed: isHidden(k) ? null : (confirmed[k] ?? null),
      inForce: found(now),
      refitted: found(refitted),
    }
  })
}
