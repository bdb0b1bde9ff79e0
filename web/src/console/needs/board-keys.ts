import type { Result } from '../../platform/api.ts'

type Lane = Result<'GET /needs/board'>['lanes'][number]
type LaneName = Lane['lane']
type NeedCard = Lane['cards'][number]

/** What is joined is chosen beside the other, where both can be read. */
export const stepsOf = <S extends { readonly asks: readonly string[] }>(card: { readonly next: readonly S[] }) =>
  card.next.filter(step => !step.asks.includes('other'))

/** The next column that way which the card can go to, as it could be let go over it; otherwise the one beside, to be refused there. */
export function laneBeside(
  lanes: readonly LaneName[],
  card: Pick<NeedCard, 'lane' | 'next'>,
  way: -1 | 1,
): LaneName | undefined {
  const at = lanes.findIndex(lane => lane === card.lane)
  const that = way === 1 ? lanes.slice(at + 1) : lanes.slice(0, at).toReversed()
  const takes = new Set(stepsOf(card).map(step => step.lands))
  return that.find(lane => takes.has(lane)) ?? that[0]
}

/** The cards of each column, as they stand. */
export const columnsOf = (board: HTMLElement): readonly (readonly HTMLElement[])[] =>
  [...board.querySelectorAll('.needs-lane')].map(lane => [...lane.querySelectorAll<HTMLElement>('[data-card]')])

interface PlaceOnBoard {
  readonly columns: readonly (readonly HTMLElement[])[]
  readonly column: number
  readonly row: number
}

export function placeOf(board: HTMLElement, target: EventTarget): PlaceOnBoard | undefined {
  const columns = columnsOf(board)
  const column = columns.findIndex(cards => cards.includes(target as HTMLElement))
  const row = columns[column]?.indexOf(target as HTMLElement) ?? -1
  return row < 0 ? undefined : { columns, column, row }
}

/** The card an arrow leads to; empty columns are stepped over. */
export function beside({ columns, column, row }: PlaceOnBoard, key: string): HTMLElement | undefined {
  if (key === 'ArrowDown') return columns[column]?.[row + 1]
  if (key === 'ArrowUp') return columns[column]?.[row - 1]
  const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
  if (by === 0) return undefined
  for (let at = column + by; at >= 0 && at < columns.length; at += by) {
    const cards = columns[at] ?? []
    if (cards.length > 0) return cards[Math.min(row, cards.length - 1)]
  }
  return undefined
}
