import type { Id } from '@zhulian/kernel'

/** A guide in a part of the district: a village, or all villages of a township. */
interface Placed {
  readonly account: Id
  readonly scope: string
}
export interface Away {
  readonly guide: Id
  /** Null: the township stands in. */
  readonly standIn: Id | null
}

/**
 * Who serves a village today: its own guides, else those of its township, each who is away replaced by who stands in, through
 * as many as are away in turn. Only who reaches the village stands in for it. Nobody means the township itself.
 */
export function whoServes<Guide extends Placed>(
  guides: readonly Guide[],
  away: readonly Away[],
  village: string,
): Guide[] {
  const absent = new Map(away.map(a => [a.guide, a.standIn]))
  const reaching = new Map(guides.toReversed().map(g => [g.account, g]))
  const present = (account: Id | null, asked: ReadonlySet<Id>): Guide | undefined => {
    if (account === null || asked.has(account)) return undefined
    const standIn = absent.get(account)
    return standIn === undefined ? reaching.get(account) : present(standIn, new Set([...asked, account]))
  }
  const own = guides.filter(g => g.scope === village)
  const serving = (own.length > 0 ? own : guides).map(g => present(g.account, new Set()))
  return [...new Set(serving.filter(g => g !== undefined))]
}
