import { type Explanation, type Need, openPlacement } from '@zhulian/assign'
import { type Lying, roadKm } from '../../platform/way.ts'

/**
 * Which need goes to which taker, so that the whole costs least: exactly, and no other than before where that costs the same. It
 * proposes; a person accepts. Costs count in tenths of a kilometre by road; what they are made of is illustrative.
 */

/** What looks for a way. */
export interface Wanting {
  readonly id: string
  readonly division: string
  /** Of whose resources it may have one: a village, a township, the district. */
  readonly shelf: string
  /** A service of the pool; null: nobody has sorted it. */
  readonly item: string | null
  /** What its words may be about. */
  readonly guess: string | null
  readonly urgent: boolean
  readonly waitedDays: number
}

/** What may take on needs: something a level has, or a project. */
export interface Taker {
  readonly key: string
  readonly kind: 'resource' | 'project'
  /** Services of the pool; none: it does not say. */
  readonly items: readonly string[]
  /** At the same time, and how many of them are free. */
  readonly places: number
  readonly free: number
  /** Whether it is there for a need: of the need's own level, or working where the family lives. */
  readonly serves: (need: Pick<Wanting, 'division' | 'shelf'>) => boolean
  readonly at: Lying | null
}

/** Why a pair is none. */
export type Barred = 'elsewhere' | 'otherService' | 'unsorted' | 'notMeant' | 'saidNo'

/** By need and taker: somebody said no, or the rule of a project does not mean the family. */
export type No = ReadonlyMap<string, ReadonlyMap<string, 'saidNo' | 'notMeant'>>

export interface PlacingInput {
  readonly needs: readonly Wanting[]
  readonly takers: readonly Taker[]
  readonly villages: ReadonlyMap<string, Lying>
  readonly no: No
  /** By need: the taker suggested last, or null for none. */
  readonly before: ReadonlyMap<string, string | null>
}

const cost = {
  eachKm: 10,
  /** Where it is not known how far. */
  unknownKm: 8,
  farthest: 1_000,
  /** It does not say what it does. */
  unsaid: 300,
  /** What the need is about is only guessed. */
  guessed: 600,
  /** What the level has by itself comes before a project. */
  project: 40,
  /** Whoever is more than half taken comes after who is not. */
  busy: 40,
  open: 5_000,
  eachWeek: 100,
  weeks: 52,
  urgent: 1_000_000,
} as const

export const kmBetween = (need: Wanting, taker: Taker, villages: ReadonlyMap<string, Lying>): number | null => {
  const home = villages.get(need.division)
  return home && taker.at ? roadKm(home, taker.at) : null
}

export function barredOf(need: Wanting, taker: Taker, no: No): Barred | undefined {
  return taker.serves(need) ? (otherwise(need, taker) ?? no.get(need.id)?.get(taker.key)) : 'elsewhere'
}

function otherwise(need: Wanting, taker: Taker): Barred | undefined {
  const about = need.item ?? need.guess
  if (about === null) return 'unsorted'
  if (taker.items.length > 0 && !taker.items.includes(about)) return 'otherService'
  // A project is for what it says, and asks for a need that somebody has sorted.
  if (taker.kind === 'project' && need.item === null) return 'unsorted'
  return undefined
}

export function costOf(need: Wanting, taker: Taker, km: number | null): number {
  return Math.round(
    Math.min(cost.farthest, (km ?? cost.unknownKm) * cost.eachKm) +
      (taker.items.length === 0 ? cost.unsaid : 0) +
      (need.item === null ? cost.guessed : 0) +
      (taker.kind === 'project' ? cost.project : 0),
  )
}

/** The longer it waits the dearer; what is urgent before any way. */
export const openCost = ({ waitedDays, urgent }: Wanting): number =>
  cost.open + cost.eachWeek * Math.min(cost.weeks, Math.max(0, Math.floor(waitedDays / 7))) + (urgent ? cost.urgent : 0)

/** More than any way: one more place would meet one more need. */
export const meetsOneMore = cost.open / 2

function placesOf({ places, free }: Taker) {
  const easy = Math.max(0, Math.min(free, Math.ceil(places / 2) - (places - free)))
  return [
    { units: easy, cost: 0 },
    { units: free - easy, cost: cost.busy },
  ].filter(step => step.units > 0)
}

export interface Placed {
  readonly takerOf: (need: number) => Taker | undefined
  readonly explain: (need: number) => Explanation<Barred>
  /** Takers of which one more place would save something, the most first. */
  readonly wanted: () => readonly { readonly taker: Taker; readonly saves: number; readonly upTo: number | null }[]
  /** Services needed by somebody who is left open that no taker within reach gives, whether it has room or not. */
  readonly lacking: () => ReadonlyMap<string, number>
  /** Some needs have other takers that are none for them than before. */
  readonly bar: (needs: readonly number[], no: No) => void
}

export function place({ needs, takers, villages, no: noAtFirst, before }: PlacingInput): Placed {
  let no = noAtFirst
  const at = new Map(takers.map((taker, t) => [taker.key, t]))
  const near = nearOf(takers, villages)
  const asked = (need: Wanting): Need => {
    const none = no.get(need.id)
    const pairs = near(need).filter(
      ({ taker }) => otherwise(need, taker) === undefined && !(none !== undefined && none.has(taker.key)),
    )
    return {
      open: openCost(need),
      takers: pairs.map(pair => pair.t),
      costs: pairs.map(({ taker, km }) => costOf(need, taker, km)),
    }
  }
  const placement = openPlacement({
    needs: needs.map(asked),
    takers: takers.map(placesOf),
    before: needs.map(need => {
      const was = before.get(need.id)
      return typeof was === 'string' ? at.get(was) : was
    }),
  })
  const takerOf = (need: number) => {
    const t = placement.takerOf(need)
    return t === null ? undefined : takers[t]
  }
  return {
    takerOf,
    explain: need =>
      placement.explain(need, t => barredOf(needs[need] as Wanting, takers[t] as Taker, no) ?? 'elsewhere'),
    wanted: () =>
      placement
        .prices()
        .map((saves, t) => ({ taker: takers[t] as Taker, saves, t }))
        .filter(one => one.saves > 0)
        .toSorted((a, b) => b.saves - a.saves || a.t - b.t)
        .slice(0, mostWanted)
        .map(({ taker, saves, t }) => {
          const { places, to } = placement.priceOf(t, 20)
          return { taker, saves, upTo: to === null ? null : Math.max(1, to - places) }
        }),
    lacking: () => {
      const lacking = new Map<string, number>()
      for (const [n, need] of needs.entries()) {
        if (need.item === null || placement.takerOf(n) !== null) continue
        if (near(need).some(({ taker }) => otherwise(need, taker) === undefined)) continue
        lacking.set(need.item, (lacking.get(need.item) ?? 0) + 1)
      }
      return lacking
    },
    bar: (which, now) => {
      no = now
      placement.change(which.map(n => ({ need: n, is: asked(needs[n] as Wanting) })))
    },
  }
}

/** Those that are there for a need, and how far: the same for all of one village and one list. */
function nearOf(takers: readonly Taker[], villages: ReadonlyMap<string, Lying>) {
  const known = new Map<string, readonly { readonly t: number; readonly taker: Taker; readonly km: number | null }[]>()
  return (need: Wanting) => {
    const key = `${need.division} ${need.shelf}`
    let near = known.get(key)
    if (near === undefined) {
      near = takers.flatMap((taker, t) =>
        taker.serves(need) ? [{ t, taker, km: kmBetween(need, taker, villages) }] : [],
      )
      known.set(key, near)
    }
    return near
  }
}

const mostWanted = 10
