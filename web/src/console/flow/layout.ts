/** Groups at one stop of the way, from top to bottom. */
export interface Stop {
  readonly id: string
  readonly count: number
}
export interface Way {
  readonly from: string
  readonly to: string
  /** Null: it is there, and how many is hidden. */
  readonly count: number | null
}
export interface Box extends Stop {
  readonly x: number
  readonly y: number
  readonly height: number
}
export interface Band extends Way {
  readonly path: string
  /** Not known: drawn as a line. */
  readonly isHidden: boolean
}
export interface Picture {
  readonly width: number
  readonly height: number
  readonly stops: readonly (readonly Box[])[]
  readonly bands: readonly (readonly Band[])[]
}

export const boxWidth = 14
/** Room for the words of a group, however few are in it. */
const leastSlot = 26
const between = 10

/**
 * Stops beside each other, bands from one to the next. Boxes are as high as they count; a small one takes the room its words need all the
 * same. Bands leave and arrive in the order of the boxes, so that those of one box never cross each other.
 */
export function layOut(
  stops: readonly (readonly Stop[])[],
  ways: readonly (readonly Way[])[],
  at: { readonly width: number; readonly height: number; readonly xs: readonly number[] },
): Picture {
  const total = Math.max(1, ...stops.map(groups => groups.reduce((sum, group) => sum + group.count, 0)))
  const scale = at.height / total
  const placed = stops.map((groups, i) => {
    let y = 0
    return groups.map((group): Box => {
      const height = Math.max(2, group.count * scale)
      const box = { ...group, x: at.xs[i] ?? 0, y, height }
      y += Math.max(height, leastSlot) + between
      return box
    })
  })
  const bands = ways.map((own, i) => bandsBetween(placed[i] ?? [], placed[i + 1] ?? [], own, scale))
  const foot = (box: Box) => box.y + Math.max(box.height, leastSlot)
  return {
    width: at.width,
    height: Math.max(0, ...placed.flat().map(foot)),
    stops: placed,
    bands,
  }
}

function bandsBetween(from: readonly Box[], to: readonly Box[], ways: readonly Way[], scale: number): Band[] {
  const left = shares(from, ways, way => way.from, scale)
  const right = shares(to, ways, way => way.to, scale)
  const ordered = from.flatMap(a => to.flatMap(b => ways.filter(way => way.from === a.id && way.to === b.id)))
  return ordered.flatMap(way => {
    const [a, b] = [from.find(box => box.id === way.from), to.find(box => box.id === way.to)]
    if (!a || !b) return []
    const [l, r] = [left.take(way), right.take(way)]
    const [x0, x1] = [a.x + boxWidth, b.x]
    const middle = (x0 + x1) / 2
    const isHidden = way.count === null
    const path = isHidden
      ? `M${x0} ${mid(l)}C${middle} ${mid(l)} ${middle} ${mid(r)} ${x1} ${mid(r)}`
      : `M${x0} ${n(l.from)}C${middle} ${n(l.from)} ${middle} ${n(r.from)} ${x1} ${n(r.from)}V${n(r.to)}C${middle} ${n(r.to)} ${middle} ${n(l.to)} ${x0} ${n(l.to)}Z`
    return [{ ...way, isHidden, path }]
  })
}

const n = (value: number) => Math.round(value * 10) / 10
const mid = (share: { readonly from: number; readonly to: number }) => n((share.from + share.to) / 2)

/** How much of the edge of a box each band takes; what is hidden shares what is left. */
function shares(boxes: readonly Box[], ways: readonly Way[], end: (way: Way) => string, scale: number) {
  const next = new Map(boxes.map(box => [box.id, box.y]))
  const rest = new Map(
    boxes.map(box => {
      const own = ways.filter(way => end(way) === box.id)
      const known = own.reduce((sum, way) => sum + (way.count ?? 0) * scale, 0)
      return [box.id, Math.max(0, box.height - known) / Math.max(1, own.filter(way => way.count === null).length)]
    }),
  )
  return {
    take(way: Way) {
      const from = next.get(end(way)) ?? 0
      const to = from + (way.count === null ? (rest.get(end(way)) ?? 0) : way.count * scale)
      next.set(end(way), to)
      return { from, to }
    },
  }
}
