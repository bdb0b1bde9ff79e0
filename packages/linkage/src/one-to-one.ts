import type { Thresholds } from './bands.ts'
import type { Pair } from './link.ts'
import type { Rules } from './rules.ts'
import type { Scored } from './score.ts'

/**
 * Pairs in bands, nobody linked twice. A row's chance is shared with every other it might be: of two equal candidates neither is
 * likelier than half, so both are shown and none is "the first".
 */
export function oneToOne(
  scored: readonly Scored[],
  lefts: number,
  rights: number,
  thresholds: Thresholds,
  { ruling, shown }: Rules,
): Pair[] {
  const open = scored.filter(s => ruling(s.pattern, s.left) !== 'twoPeople')
  const [ofLeft, ofRight] = [new Float64Array(lefts), new Float64Array(rights)]
  const odds = (s: Scored) => Math.min(2 ** s.weight, 2 ** 60)
  for (const s of open) {
    ofLeft[s.left] = (ofLeft[s.left] as number) + odds(s)
    ofRight[s.right] = (ofRight[s.right] as number) + odds(s)
  }
  const [takenLeft, takenRight] = [new Uint8Array(lefts), new Uint8Array(rights)]
  const pairs: Pair[] = []
  const seen = new Set<number>()
  for (const s of open.toSorted((a, b) => b.weight - a.weight || a.left - b.left || a.right - b.right)) {
    const all = 1 + (ofLeft[s.left] as number) + (ofRight[s.right] as number) - odds(s)
    const probability = odds(s) / all
    const rule = ruling(s.pattern, s.left)
    const isFree = takenLeft[s.left] === 0 && takenRight[s.right] === 0
    const base = { left: s.left, right: s.right, probability, weight: s.weight }
    if (probability >= thresholds.same && rule === undefined && isFree) {
      takenLeft[s.left] = 1
      takenRight[s.right] = 1
      pairs.push({ ...base, band: 'same' })
    } else if (
      rule !== undefined ? s.alone >= thresholds.look : probability >= thresholds.look || s.alone >= thresholds.same
    ) {
      const reason = rule === 'twoPeople' ? undefined : rule
      const why = reason ?? (s.alone - probability > 0.02 ? (isFree ? 'ambiguous' : 'taken') : undefined)
      pairs.push({ ...base, band: 'look', ...(why ? { reason: why } : {}) })
    } else continue
    seen.add(s.left * rights + s.right)
  }
  for (const s of shown)
    if (!seen.has(s.left * rights + s.right))
      pairs.push({
        left: s.left,
        right: s.right,
        probability: 0,
        weight: 0,
        band: 'look',
        reason: 'sameNumberOtherName',
      })
  return pairs
    .filter(p => p.band === 'same' || takenLeft[p.left] === 0)
    .toSorted((a, b) => a.left - b.left || b.probability - a.probability || b.weight - a.weight)
}
