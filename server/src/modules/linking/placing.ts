import { type Explanation, openPlacement, type Placement } from '@zhulian/assign'
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
  readonly serves: (need: Wanting) => boolean
  readonly at: Lying | null
}

/** Why a pair is none. */
export type Barred = 'elsewhere' | 'otherService' | 'unsorted' | 'notMeant' | 'saidNo'

export interface PlacingInput {
  readonly needs: readonly Wanting[]
  readonly takers: readonly Taker[]
  readonly villages: ReadonlyMap<string, Lying>
  /** `need taker`: somebody said no, or the rule of a project does not mean the family. */
  readonly no: ReadonlyMap<string, 'saidNo' | 'notMeant'>
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

export const keyOf = (need: string, taker: string): string => `${need} ${taker}`

export const kmBetween = (need: Wanting, taker: Taker, villages: ReadonlyMap<string, Lying>): number | null => {
  const home = villages.get(need.division)
  return home && taker.at ? roadKm(home, taker.at) : null
}

export function barredOf(need: Wanting, taker: Taker, no: PlacingInput['no']): Barred | undefined {
  if (!taker.serves(need)) return 'elsewhere'
  const about = need.item ?? need.guess
  if (about === null) return 'unsorted'
  if (taker.items.length > 0 && !taker.items.includes(about)) return 'otherService'
  // A project is for what it says, and asks for a need that somebody has sorted.
  if (taker.kind === 'project' && need.item === null) return 'unsorted'
  return no.get(keyOf(need.id, taker.key))
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
  readonly placement: Placement
  readonly takerOf: (need: number) => Taker | undefined
  readonly explain: (need: number) => Explanation<Barred>
  /** Takers of which one more place would save something, the most first. */
  readonly wanted: readonly { readonly taker: Taker; readonly saves: number; readonly upTo: number | null }[]
}

export function place({ needs, takers, villages, no, before }: PlacingInput): Placed {
  const at = new Map(takers.map((taker, t) => [taker.key, t]))
  const placement = openPlacement({
    needs: needs.map(need => {
      const fitting = takers.flatMap((taker, t) => (barredOf(need, taker, no) === undefined ? [t] : []))
      return {
        open: openCost(need),
        takers: fitting,
        costs: fitting.map(t => {
          const taker = takers[t] as Taker
          return costOf(need, taker, kmBetween(need, taker, villages))
        }),
      }
    }),
    takers: takers.map(placesOf),
    before: needs.map(need => {
      const was = before.get(need.id)
      return typeof was === 'string' ? at.get(was) : was
    }),
  })
  const wanted = placement
    .prices()
    .map((saves, t) => ({ taker: takers[t] as Taker, saves, t }))
    .filter(one => one.saves > 0)
    .toSorted((a, b) => b.saves - a.saves || a.t - b.t)
    .slice(0, mostWanted)
    .map(({ taker, saves, t }) => {
      const { places, to } = placement.priceOf(t, 20)
      return { taker, saves, upTo: to === null ? null : Math.max(1, to - places) }
    })
  return {
    placement,
    takerOf: need => {
      const t = placement.takerOf(need)
      return t === null ? undefined : takers[t]
    },
    explain: need =>
      placement.explain(need, t => barredOf(needs[need] as Wanting, takers[t] as Taker, no) ?? 'elsewhere'),
    wanted,
  }
}

const mostWanted = 10
