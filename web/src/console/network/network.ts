import type { Result } from '../../platform/api.ts'

export type Network = Result<'GET /network'>
export type Guide = Network['guides'][number]

const reaches = (place: string, village: string) => place === village || place === village.slice(0, 9)

/** Guides who work in every place of another, so that they may stand in. */
export const standInsOf = (network: Network, guide: Guide): Guide[] =>
  network.guides.filter(
    other =>
      other.account !== guide.account &&
      guide.places.every(mine => other.places.some(theirs => reaches(theirs.code, mine.code))),
  )

export const isIn = (place: string) => (one: { readonly places: readonly { readonly code: string }[] }) =>
  one.places.some(p => p.code.startsWith(place) || place.startsWith(p.code))

export interface InTownship {
  readonly code: string
  readonly name: string
  readonly guides: number
  readonly away: number
  readonly bare: number
  readonly openTasks: number
  readonly openCases: number
  readonly late: number
  readonly lateDays: number
}

/** What the guides of each township have open, by code. A guide of two townships counts in each. */
export function byTownship(network: Network, townships: readonly { code: string; name: string }[]): InTownship[] {
  return townships.map(({ code, name }) => {
    const guides = network.guides.filter(isIn(code))
    const sum = (of: (guide: Guide) => number) => guides.reduce((total, guide) => total + of(guide), 0)
    return {
      code,
      name,
      guides: guides.length,
      away: guides.filter(g => g.awayToday).length,
      bare: network.withoutGuide.filter(v => v.code.startsWith(code)).length,
      openTasks: sum(g => g.openTasks),
      openCases: sum(g => g.openCases),
      late: sum(g => g.late),
      lateDays: Math.max(0, ...guides.map(g => g.lateDays)),
    }
  })
}
