import type { Words } from '@zhulian/kernel'
import type { NotCompared } from './candidates.ts'
import { groupsOf } from './clusters.ts'
import { mostOfOneKey } from './compared.ts'
import type { Deduped, DedupedPair } from './dedupe.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Pair } from './link.ts'

/** What came out, in figures; those that need the truth are null without it. */
export interface LinkReport {
  /** Links said: the likeliest of each row, where it is likelier than not. */
  readonly pairs: number
  readonly f1: number | null
  readonly precision: number | null
  readonly recall: number | null
  /** Linked without a person. */
  readonly auto: { readonly n: number; readonly wrong: number | null }
  /** Rows of the left list a person must look at. */
  readonly review: number
}

export interface Known {
  readonly size: number
  readonly has: (left: number, right: number) => boolean
}

/** The likeliest pair of each row where it is likelier than not; one that a rule holds back is not said. */
const saidLinks = (pairs: readonly Pair[]): readonly Pair[] => {
  const [left, right] = [new Set<number>(), new Set<number>()]
  return pairs
    .filter(p => p.band === 'same' || (p.probability >= 0.5 && p.reason !== 'sameNumberOtherName'))
    .toSorted((a, b) => Number(b.band === 'same') - Number(a.band === 'same') || b.probability - a.probability)
    .filter(p => {
      if (left.has(p.left) || right.has(p.right)) return false
      left.add(p.left)
      right.add(p.right)
      return true
    })
}

export function reportOf(pairs: readonly Pair[], truth?: Known): LinkReport {
  return figuresOfPairs(pairs, saidLinks(pairs), truth)
}

function figuresOfPairs(pairs: readonly DedupedPair[], said: readonly Pair[], truth: Known | undefined): LinkReport {
  const auto = pairs.filter(p => p.band === 'same')
  const isTrue = (p: Pair) => truth?.has(p.left, p.right) === true
  const figures: Figures | undefined = truth && figuresOf(said.filter(isTrue).length, said.length, truth.size)
  return {
    pairs: said.length,
    f1: figures?.f1 ?? null,
    precision: figures?.precision ?? null,
    recall: figures?.recall ?? null,
    auto: { n: auto.length, wrong: truth ? auto.filter(p => !isTrue(p)).length : null },
    review: new Set(pairs.filter(p => p.band === 'look' && p.throughOthers === undefined).map(p => p.left)).size,
  }
}

export interface DedupeReport extends LinkReport {
  /** People who stand in the list more than once, and how the pairs within clusters compare with what is true. */
  readonly clusters: {
    readonly n: number
    readonly f1: number | null
    readonly precision: number | null
    readonly recall: number | null
  }
}

/** Pairs likelier than not, what their clusters say counted in; and the clusters themselves. A pair that only others show is no look more. */
export function dedupeReport({ pairs, clusters }: Deduped, truth?: Known): DedupeReport {
  const said = pairs.filter(p => p.probability >= 0.5 && p.reason !== 'sameNumberOtherName')
  const groups = groupsOf(clusters)
  let [within, right] = [0, 0]
  for (const rows of groups) {
    within += (rows.length * (rows.length - 1)) / 2
    if (truth)
      for (let x = 1; x < rows.length; x++)
        for (let y = 0; y < x; y++) if (truth.has(rows[x] as number, rows[y] as number)) right++
  }
  const ofClusters = truth && figuresOf(right, within, truth.size)
  return {
    ...figuresOfPairs(pairs, said, truth),
    clusters: {
      n: groups.length,
      f1: ofClusters?.f1 ?? null,
      precision: ofClusters?.precision ?? null,
      recall: ofClusters?.recall ?? null,
    },
  }
}

/** How many rows stand in {@link NotCompared}, and why, for whoever reads the result; undefined where none does. */
export function notComparedWords({ rows, shared }: NotCompared): Words | undefined {
  if (rows.length === 0) return undefined
  const by = (language: keyof Words) => shared.map(key => key.words[language])
  const most = shared[0]?.rows ?? 0
  return {
    zh: `${rows.length} 行没有同任何一行比对：和它们相同的（${by('zh').join('、')}）都多于 ${mostOfOneKey} 行，最多 ${most} 行，看不出谁是谁。整批重复的行请先去掉，或者加上能分清人的列`,
    en: `${rows.length} rows were compared with no other: what they share (${by('en').join('; ')}) is shared by more than ${mostOfOneKey} rows, at most ${most}, and tells nobody apart. Take out rows that are there many times over, or add a column that tells people apart`,
  }
}
