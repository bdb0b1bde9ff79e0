import { assign, type Pair } from '@zhulian/assign'
import type { Id, Words } from '@zhulian/kernel'
import { crowKm, roadKm } from '../../platform/way.ts'

/**
 * Which villages might change hands so that the guides of a township have about the same to do, and no more of them than it
 * takes. It only suggests: a person hands a village over or declines. Work is counted in visits a year and cut into portions of
 * a quarter of what a guide has on average; portions go to guides at the least cost, exactly. A quarter more than the average is
 * no burden, each portion beyond weighs more than any move, and a move weighs its distance. So what was accepted is not
 * suggested otherwise afterwards, and where nobody has too much nothing is suggested.
 */

export interface VillageWork {
  readonly code: string
  readonly name: string
  /** Households of the base, by circle. */
  readonly circles: readonly [number, number, number]
  /** Visits and cases nobody has finished. */
  readonly open: number
  readonly at: Point | null
  readonly ground: 'plain' | 'hills' | null
}
interface Point {
  readonly lon: number
  readonly lat: number
}
export interface Patch {
  readonly account: Id
  readonly name: string
  /** Villages of their own; none where they work for the whole township. */
  readonly villages: readonly string[]
}
/** A village is not to go to a guide: somebody said no. */
export interface NotThere {
  readonly village: string
  readonly to: Id
}
export interface Move {
  readonly village: string
  /** Null: beside who serves it, or where nobody does. */
  readonly from: Id | null
  readonly to: Id
  /** Visits a year, about. */
  readonly visits: number
  /** By road, about; null where it is not known where the villages lie. */
  readonly km: number | null
  readonly reasons: readonly Words[]
}
export interface FairLoad {
  readonly mean: number
  /** Who has most now. */
  readonly most: { readonly name: string; readonly visits: number } | null
  readonly moves: readonly Move[]
}

/** Visits a year to a household of each circle, at the least: who is at risk is visited more often. @source domain 7.8, as the rhythm of visits has it */
const visitsAYear = [12, 4, 4] as const
/** Ways take longer in the hills; illustrative. */
const hillsFactor = 1.25
const slack = 1.25
const move = { least: 100, eachKm: 10, unknownKm: 8, most: 1000 } as const
/** More than any move. */
const burden = 2 * move.most
const never = 1_000_000

export const workOf = ({ circles, open, ground }: VillageWork): number =>
  (circles.reduce((sum, n, i) => sum + n * (visitsAYear[i] ?? 0), 0) + open) * (ground === 'hills' ? hillsFactor : 1)

export function fairLoad(
  villages: readonly VillageWork[],
  patches: readonly Patch[],
  notThere: readonly NotThere[] = [],
): FairLoad {
  const serving = villages.map(v => servesNow(v.code, patches))
  const works = villages.map(workOf)
  const mean = works.reduce((a, b) => a + b, 0) / Math.max(1, patches.length)
  if (patches.length === 0) return { mean: 0, most: null, moves: [] }

  const portion = Math.max(1, Math.round(mean / 4))
  // A village in which nobody is in the base yet wants somebody as well, whoever serves it.
  const jobs = works.map(w => Math.max(1, Math.round(w / portion)))
  const all = jobs.reduce((a, b) => a + b, 0)
  const free = Math.ceil((all / patches.length) * slack)
  const steps = Array.from({ length: Math.max(1, all - free + 1) }, (_, i) => ({
    units: i === 0 ? free : 1,
    cost: i * burden,
  }))
  const rest = { jobs, open: jobs.map(() => never), takers: patches.map(() => steps) }
  const served = villages.flatMap((_, job) =>
    patches.flatMap((p, taker) => (serving[job]?.includes(p) ? [{ job, taker, cost: 0 }] : [])),
  )
  // As evenly as colleagues of one village can share it among themselves today.
  const today = assign({ ...rest, pairs: served }).given
  const share = (of: (village: number) => number) =>
    patches.map((_, taker) =>
      today.reduce((sum, g) => sum + (g.taker === taker ? (of(g.job) * g.units) / (jobs[g.job] ?? 1) : 0), 0),
    )
  const loads = share(i => works[i] ?? 0)
  const firsts = share(i => villages[i]?.circles[0] ?? 0)
  const top = Math.max(...loads)
  const most = { name: patches[loads.indexOf(top)]?.name ?? '', visits: Math.round(top) }
  const kms = villages.map(v => patches.map(p => kmTo(v, p, villages)))
  const no = new Set(notThere.map(n => `${n.village} ${n.to}`))
  const pairs: Pair[] = villages.flatMap((v, job) =>
    patches.flatMap((p, taker) => {
      if (serving[job]?.includes(p)) return [{ job, taker, cost: 0 }]
      if (no.has(`${v.code} ${p.account}`)) return []
      const km = kms[job]?.[taker] ?? move.unknownKm
      // Of two who are as near the one with less to do.
      const busy = Math.min(move.eachKm - 1, Math.floor(((loads[taker] ?? 0) / Math.max(1, mean)) * 4))
      return [{ job, taker, cost: Math.min(move.most - 1, move.least + Math.round(km) * move.eachKm + busy) }]
    }),
  )
  const { given } = assign({ ...rest, pairs })
  const freed = villages.map((_, job) =>
    (serving[job] ?? []).filter(p => !given.some(g => g.job === job && patches[g.taker] === p)),
  )
  const moves = given
    .filter(g => !serving[g.job]?.includes(patches[g.taker] as Patch))
    .map(g => {
      const [village, to] = [villages[g.job] as VillageWork, patches[g.taker] as Patch]
      // Who gives it up has something else to do; who has not serves it beside the other.
      const from = freed[g.job]?.shift()
      const km = kms[g.job]?.[g.taker] ?? null
      const at = (p: Patch) => patches.indexOf(p)
      return {
        village: village.code,
        from: from?.account ?? null,
        to: to.account,
        visits: Math.min(g.units * portion, Math.max(1, Math.round(works[g.job] ?? 0))),
        km,
        reasons: reasonsOf({
          village,
          serving: serving[g.job] ?? [],
          to,
          km,
          near: nearestOf(village, to, villages)?.name,
          load: p => Math.round(loads[at(p)] ?? 0),
          first: p => Math.round(firsts[at(p)] ?? 0),
          mean: Math.round(mean),
          meanFirst: Math.round(villages.reduce((sum, v) => sum + v.circles[0], 0) / patches.length),
        }),
      }
    })
  return { mean: Math.round(mean), most, moves }
}

/** Those of the village itself, else those of the whole township. */
function servesNow(village: string, patches: readonly Patch[]): Patch[] {
  const own = patches.filter(p => p.villages.includes(village))
  return own.length > 0 ? own : patches.filter(p => p.villages.length === 0)
}

function nearestOf(village: VillageWork, to: Patch, villages: readonly VillageWork[]): VillageWork | undefined {
  const known = villages.filter(v => to.villages.includes(v.code) && crow(v, village) !== null)
  return known.toSorted((a, b) => (crow(a, village) ?? 0) - (crow(b, village) ?? 0))[0]
}

/** To the nearest village of a patch, by road, one decimal. */
function kmTo(village: VillageWork, to: Patch, villages: readonly VillageWork[]): number | null {
  const near = nearestOf(village, to, villages)
  if (!near?.at || !village.at) return null
  return roadKm({ ...village.at, ground: village.ground }, { ...near.at, ground: near.ground })
}

const crow = ({ at: a }: VillageWork, { at: b }: VillageWork): number | null => (a && b ? crowKm(a, b) : null)

interface Because {
  readonly village: VillageWork
  readonly serving: readonly Patch[]
  readonly to: Patch
  readonly km: number | null
  readonly near: string | undefined
  readonly load: (patch: Patch) => number
  readonly first: (patch: Patch) => number
  readonly mean: number
  readonly meanFirst: number
}

/** Why, in the numbers that decided. */
function reasonsOf({ village, serving, to, km, near, load, first, mean, meanFirst }: Because): Words[] {
  const { name } = village
  const reasons: Words[] = serving.map(p => ({
    zh: `${p.name}摊到第一圈 ${first(p)} 户，平均 ${meanFirst} 户；一年约要走访 ${load(p)} 次，平均 ${mean} 次。`,
    en: `${p.name} has a share of ${first(p)} ${first(p) === 1 ? 'household' : 'households'} of circle 1, the mean is ${meanFirst}; about ${load(p)} visits a year, the mean is ${mean}.`,
  }))
  if (serving.length === 0) reasons.push({ zh: `${name}现在没有导服员。`, en: `${name} has no guide now.` })
  reasons.push(
    load(to) < mean
      ? {
          zh: `${to.name}一年约走访 ${load(to)} 次，还有余力。`,
          en: `${to.name} has about ${load(to)} visits a year to make, and room for more.`,
        }
      : {
          zh: `${to.name}一年约走访 ${load(to)} 次，分一些还担得起。`,
          en: `${to.name} has about ${load(to)} visits a year to make, and can take some more.`,
        },
  )
  reasons.push(distanceOf({ village, to, km, near }))
  if (village.ground === 'hills')
    reasons.push({
      zh: '山区，路上费时，走访按一又四分之一次算。',
      en: 'In the hills a visit counts for one and a quarter.',
    })
  if (village.open > 0)
    reasons.push({
      zh: `村里还有 ${village.open} 件没做完的走访和代办。`,
      en: `${village.open === 1 ? 'One visit or case is' : `${village.open} visits and cases are`} open there.`,
    })
  return reasons
}

function distanceOf({ village, to, km, near }: Pick<Because, 'village' | 'to' | 'km' | 'near'>): Words {
  if (km !== null)
    return {
      zh: `${village.name}离${to.name}管的${near ?? ''}约 ${km} 公里。`,
      en: `${village.name} lies about ${km} km from ${near ?? ''}, which ${to.name} serves.`,
    }
  return to.villages.length === 0
    ? {
        zh: `${to.name}管全镇，没有算远近。`,
        en: `${to.name} serves the whole township; distance was not counted.`,
      }
    : { zh: '没有位置资料，没有算远近。', en: 'Where the villages lie is not known; distance was not counted.' }
}
