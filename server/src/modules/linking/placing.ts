import { type Change, type Explanation, type Need, openPlacement } from '@zhulian/assign'
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
  /** All of it that a placing goes by, but for the places. */
  readonly about: string
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

/** Needs and takers are known by their place in what was given last. */
export interface Placed {
  readonly takerOf: (need: number) => Taker | undefined
  readonly explain: (need: number) => Explanation<Barred>
  /** Takers of which one more place would save something, the most first. */
  readonly wanted: () => readonly { readonly taker: Taker; readonly saves: number; readonly upTo: number | null }[]
  /** Services needed by somebody who is left open that no taker within reach gives, whether it has room or not. */
  readonly lacking: () => ReadonlyMap<string, number>
  /** Of the whole; nothing else would cost less. */
  readonly cost: () => number
  /** Some needs have other takers that are none for them than before. */
  readonly bar: (needs: readonly number[], no: No) => void
  /**
   * Becomes the placing of what is now, from where it stands.
   * @returns false where it is made anew faster, or somebody else suggested otherwise meanwhile: then it is as it was
   */
  readonly again: (now: PlacingInput) => boolean
}

export function place(input: PlacingInput): Placed {
  const { villages, before } = input
  let { needs, takers, no } = input
  const at = new Map(takers.map((taker, t) => [taker.key, t]))
  const inReach = reachOf(takers, villages)
  const asked = (need: Wanting): Need => {
    const { takers: near, costs } = inReach(need)
    const open = openCost(need)
    const none = no.get(need.id)
    if (none === undefined) return { open, takers: near, costs }
    const left = near.flatMap((t, i) => (none.has((takers[t] as Taker).key) ? [] : [i]))
    return { open, takers: left.map(i => near[i] as number), costs: left.map(i => costs[i] as number) }
  }
  const placement = openPlacement({
    needs: needs.map(asked),
    takers: takers.map(placesOf),
    // One that is new was open: it comes before nobody who would be as well served and was suggested already.
    before: needs.map(need => at.get(before.get(need.id) ?? '') ?? null),
  })
  // In the placement needs keep their numbers; those that are gone leave theirs empty.
  const numbers = new Map(needs.map((need, n) => [need.id, n]))
  const stood = new Map(needs.map(need => [need.id, standing(need, no)]))
  let positions: ReadonlyMap<number, number> | undefined
  const numberOf = (n: number) => numbers.get((needs[n] as Wanting).id) as number
  const takerAt = (number: number) => {
    const t = placement.takerOf(number)
    return t === null ? undefined : takers[t]
  }
  return {
    takerOf: n => takerAt(numberOf(n)),
    explain: n => {
      const found = placement.explain(
        numberOf(n),
        t => barredOf(needs[n] as Wanting, takers[t] as Taker, no) ?? 'elsewhere',
      )
      positions ??= new Map(needs.map((need, i) => [numbers.get(need.id) as number, i]))
      const there = positions
      const placed = <P extends { readonly need: number }>(list: readonly P[]) =>
        list.map(one => ({ ...one, need: there.get(one.need) as number }))
      return {
        ...found,
        need: n,
        others: found.others.map(other => (other.why === 'full' ? { ...other, before: placed(other.before) } : other)),
      }
    },
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
        if (need.item === null || placement.takerOf(numberOf(n)) !== null) continue
        if (inReach(need).takers.length > 0) continue
        lacking.set(need.item, (lacking.get(need.item) ?? 0) + 1)
      }
      return lacking
    },
    cost: () => placement.cost,
    bar: (which, now) => {
      no = now
      for (const n of which) stood.set((needs[n] as Wanting).id, standing(needs[n] as Wanting, no))
      placement.change(which.map(n => ({ need: numberOf(n), is: asked(needs[n] as Wanting) })))
    },
    again: now => {
      if (!areSame(takers, now.takers) || !liesAsBefore(villages, now.villages)) return false
      if (placement.needs > 2 * now.needs.length + mostChanged) return false
      const changed = now.needs.filter(need => stood.get(need.id) !== standing(need, now.no))
      const there = new Set(now.needs.map(need => need.id))
      const gone = [...numbers.keys()].filter(id => !there.has(id))
      if (changed.length + gone.length > mostChanged) return false
      for (const need of now.needs) {
        const number = numbers.get(need.id)
        const was = number === undefined ? undefined : (takerAt(number)?.key ?? null)
        if (was !== now.before.get(need.id)) return false
      }
      const full = takers.map(({ places, free }) => `${places} ${free}`)
      ;({ needs, takers, no } = now)
      positions = undefined
      const changes: Change[] = takers.flatMap((taker, t) =>
        full[t] === `${taker.places} ${taker.free}` ? [] : [{ taker: t, places: placesOf(taker) }],
      )
      for (const id of gone) {
        changes.push({ need: numbers.get(id) as number, isGone: true })
        numbers.delete(id)
        stood.delete(id)
      }
      let next = placement.needs
      for (const need of changed) {
        const number = numbers.get(need.id) ?? next++
        numbers.set(need.id, number)
        stood.set(need.id, standing(need, no))
        changes.push({ need: number, is: asked(need) })
      }
      if (changes.length > 0) placement.change(changes)
      return true
    },
  }
}

/** More at once are placed anew sooner. */
const mostChanged = 200

/** What a placing knows of a need. */
const standing = (need: Wanting, no: No): string =>
  `${need.division} ${need.shelf} ${need.item} ${need.guess} ${openCost(need)} ${[...(no.get(need.id) ?? [])].join()}`

/** But for how many places they have. */
const areSame = (before: readonly Taker[], now: readonly Taker[]): boolean =>
  before.length === now.length &&
  before.every((taker, t) => {
    const other = now[t] as Taker
    return taker.key === other.key && taker.about === other.about
  })

const liesAsBefore = (before: ReadonlyMap<string, Lying>, now: ReadonlyMap<string, Lying>): boolean =>
  before.size === now.size &&
  [...before].every(([code, { lon, lat, ground }]) => {
    const there = now.get(code)
    return there?.lon === lon && there.lat === lat && there.ground === ground
  })

interface Near {
  readonly t: number
  readonly taker: Taker
  readonly km: number | null
}

interface Reach {
  readonly takers: readonly number[]
  readonly costs: readonly number[]
}

const nobody: Reach = { takers: [], costs: [] }

/**
 * Those that are there for a need and give what it is about, and what each costs, the cheapest first: once for all needs of one village
 * and list about one service. Of 5,000 needs before 300 takers this is what takes longest.
 */
function reachOf(takers: readonly Taker[], villages: ReadonlyMap<string, Lying>) {
  const places = new Map<string, Map<string, Near[]>>()
  const known = new Map<string, Reach>()
  return (need: Wanting): Reach => {
    const about = need.item ?? need.guess
    if (about === null) return nobody
    const place = `${need.division} ${need.shelf}`
    const key = `${place} ${about} ${need.item === null}`
    let reach = known.get(key)
    if (reach === undefined) {
      let there = places.get(place)
      if (there === undefined) places.set(place, (there = nearOf(need, takers, villages)))
      const near = [...(there.get(about) ?? []), ...(there.get(anything) ?? [])]
        .filter(({ taker }) => otherwise(need, taker) === undefined)
        .map(({ t, taker, km }) => ({ t, cost: costOf(need, taker, km) }))
        .toSorted((a, b) => a.cost - b.cost || a.t - b.t)
      reach = { takers: near.map(one => one.t), costs: near.map(one => one.cost) }
      known.set(key, reach)
    }
    return reach
  }
}

/** Of those that do not say what they do. */
const anything = ''

/** By service, those that are there for one village and one list. */
function nearOf(need: Wanting, takers: readonly Taker[], villages: ReadonlyMap<string, Lying>): Map<string, Near[]> {
  const there = new Map<string, Near[]>()
  for (const [t, taker] of takers.entries()) {
    if (!taker.serves(need)) continue
    const near = { t, taker, km: kmBetween(need, taker, villages) }
    for (const item of taker.items.length === 0 ? [anything] : new Set(taker.items)) {
      const list = there.get(item)
      if (list) list.push(near)
      else there.set(item, [near])
    }
  }
  return there
}

const mostWanted = 10
