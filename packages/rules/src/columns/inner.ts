import type { Arena } from './arena.ts'
import type { Column } from './column.ts'
import type { Step } from './plan.ts'

/** Lanes a block: what one step leaves for the next is still in the cache, and a call is made seldom enough. */
export const block = 16_384

const widths = [1, 32, 64] as const
type Width = (typeof widths)[number]

/** How many columns of a block there is room for; who finds none is kept whole. */
const places: Readonly<Record<Width, number>> = { 1: 1024, 32: 24, 64: 24 }

/**
 * Columns that only kernels of the same group read need not be kept: they lie in a few places of one block, used again and
 * again, and never reach the memory. A million rows under 45 rules on a quiet machine: 27 ms with every column written
 * out, 18 ms so.
 */
export class Inner {
  readonly #at: Readonly<Record<Width, number>> | undefined
  readonly #readers = new Map<Step, Step[]>()
  readonly #kept: ReadonlySet<Step>

  /** @param kept steps whose columns are asked for; before the arena is opened */
  constructor(arena: Arena, steps: readonly Step[], kept: Iterable<Step>) {
    this.#kept = new Set([...kept].map(originOf))
    for (const step of steps)
      for (const input of step.run ? step.inputs : []) {
        const origin = originOf(input)
        const readers = this.#readers.get(origin)
        if (readers) readers.push(step)
        else this.#readers.set(origin, [step])
      }
    if (steps.some(step => step.space.lanes > block))
      this.#at = {
        1: arena.reserve((places[1] * block) / 8),
        32: arena.reserve(places[32] * block * 4),
        64: arena.reserve(places[64] * block * 8),
      }
  }

  /**
   * By address of a column or plane, where it lies instead; and whose columns these are.
   * @param kernels those of the group that are kernels and nothing else
   */
  placesIn(group: readonly Step[], kernels: ReadonlySet<Step>): { at: ReadonlyMap<number, number>; steps: Step[] } {
    const at = new Map<number, number>()
    const steps: Step[] = []
    const starts = this.#at
    if (!starts || (group[0]?.space.lanes ?? 0) <= block) return { at, steps }
    const [free, used] = [new Map<Width, number[]>(widths.map(w => [w, []])), { 1: 0, 32: 0, 64: 0 }]
    const take = (width: Width): number | undefined => {
      const before = free.get(width)?.pop()
      if (before !== undefined || used[width] === places[width]) return before
      return starts[width] + (used[width]++ * block * width) / 8
    }
    const order = new Map(group.map((step, i) => [step, i]))
    const ends: [Width, number][][] = []
    group.forEach((step, i) => {
      const readers = this.#readers.get(step) ?? []
      const planes = planesOf(step.column)
      const isInner =
        planes && kernels.has(step) && !this.#kept.has(step) && readers.length > 0 && readers.every(r => kernels.has(r))
      if (isInner) {
        const found: [Width, number][] = []
        for (const [width] of planes) {
          const place = take(width)
          if (place !== undefined) found.push([width, place])
        }
        if (found.length === planes.length) {
          planes.forEach(([, address], p) => at.set(address, (found[p] as [Width, number])[1]))
          steps.push(step)
          const last = Math.max(...readers.map(r => order.get(r) as number))
          ;(ends[last] ??= []).push(...found)
        } else for (const [width, place] of found) free.get(width)?.push(place)
      }
      for (const [width, place] of ends[i] ?? []) free.get(width)?.push(place)
    })
    return { at, steps }
  }
}

/** A view of another step's planes is that step. */
export function originOf(step: Step): Step {
  let origin = step
  while (!origin.run && origin.inputs[0]) origin = origin.inputs[0]
  return origin
}

/** The planes that kernels write, with the bits a lane takes; undefined where there may be more. */
function planesOf(column: Column): readonly (readonly [Width, number])[] | undefined {
  switch (column.kind) {
    case 'truth':
      return column.none
        ? undefined
        : [
            [1, column.yes.at],
            [1, column.no.at],
          ]
    case 'numbers':
      return column.plain
        ? [
            [64, column.at],
            [1, column.known.at],
          ]
        : undefined
    case 'choices':
      return [[32, column.at]]
    case 'narrow':
      return undefined
  }
}
