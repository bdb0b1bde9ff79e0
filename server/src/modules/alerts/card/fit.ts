import { curveOf, shareAt } from './measure.ts'

/** Of each item the band somebody stood in, by place in the card; -1 where in none, or where it was not known. */
export type Bands = readonly number[]

/** Points by item and band. */
export type Card = readonly (readonly number[])[]

export const pointsBy = (card: Card, bands: Bands): number =>
  bands.reduce((sum, band, item) => sum + (band < 0 ? 0 : (card[item]?.[band] ?? 0)), 0)

/** How strongly what is seen seldom is held back; in the units of one outcome. */
const caution = 1
const sweeps = 300
/** The most points of one band that are tried; more say nothing a person could weigh. */
const sizes = [3, 4, 5, 6, 7, 8]

/**
 * Fits the points of a card to what was found. The signs stay as people set them: no band takes points away, and of one item an
 * earlier band counts at least as much as a later one. Whole points: of several sizes of card the one by which what was found is the
 * likeliest.
 * @param bandsOf how many bands each item has
 * @returns points by item and band; 0 for a band that tells nothing
 * @source research/algorithms.md E.2 (signs fixed by hand, whole points)
 */
export function fitCard(bandsOf: readonly number[], cases: readonly Bands[], so: readonly boolean[]): Card {
  const weights = weigh(bandsOf, cases, so)
  const most = Math.max(...weights.flat())
  if (!(most > 1e-6)) return weights.map(item => item.map(() => 0))
  const cards = sizes.map(size => weights.map(item => item.map(w => Math.round((w / most) * size))))
  const likely = cards.map(card =>
    likelihood(
      cases.map(c => pointsBy(card, c)),
      so,
    ),
  )
  return cards[likely.indexOf(Math.max(...likely))] as Card
}

function likelihood(points: readonly number[], so: readonly boolean[]): number {
  const curve = curveOf(points, so)
  return points.reduce((sum, x, i) => {
    const p = shareAt(curve, x)
    return sum + Math.log(so[i] ? p : 1 - p)
  }, 0)
}

/**
 * A logistic regression whose weights cannot be less than nothing. An item's band is what it has above the next one, and all below it:
 * so the order of an item's bands holds by itself. One weight after another, by its own Newton step.
 */
function weigh(bandsOf: readonly number[], cases: readonly Bands[], so: readonly boolean[]): number[][] {
  const steps = bandsOf.flatMap((count, item) => Array.from({ length: count }, (_, band) => ({ item, band })))
  const who = steps.map(({ item, band }) =>
    cases.flatMap((bands, i) => ((bands[item] ?? -1) >= 0 && (bands[item] as number) <= band ? [i] : [])),
  )
  const everybody = cases.map((_, i) => i)
  const sum = new Float64Array(cases.length)
  const weights = new Float64Array(steps.length)
  const move = (members: readonly number[], weight: number, held: number, least: number): number => {
    let [slope, bend] = [-held * weight, held + 1e-9]
    for (const i of members) {
      const p = 1 / (1 + Math.exp(-(sum[i] as number)))
      slope += (so[i] ? 1 : 0) - p
      bend += p * (1 - p)
    }
    const next = Math.max(least, weight + Math.max(-2, Math.min(2, slope / bend)))
    for (const i of members) sum[i] = (sum[i] as number) + next - weight
    return next
  }
  let base = 0
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const before = base
    base = move(everybody, base, 0, -Infinity)
    let moved = Math.abs(base - before)
    for (let k = 0; k < steps.length; k++) {
      const was = weights[k] as number
      weights[k] = move(who[k] as number[], was, caution, 0)
      moved = Math.max(moved, Math.abs((weights[k] as number) - was))
    }
    if (moved < 1e-7) break
  }
  return bandsOf.map((count, item) =>
    Array.from({ length: count }, (_, band) =>
      steps.reduce((total, s, k) => (s.item === item && s.band >= band ? total + (weights[k] as number) : total), 0),
    ),
  )
}
