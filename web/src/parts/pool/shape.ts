/**
 * Where the tiles of the pool stand: policies make a hill, services a river at its foot. A tile's place depends on its
 * number in the pool alone, so that places never change while the answers do.
 */
export interface Spot {
  readonly x: number
  readonly y: number
}

const step = 20.4
const firstX = 8
const lowestY = 112
const heights = [1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6, 5, 4, 3, 3, 2]
const peak = heights.indexOf(Math.max(...heights))

/** Column and row of each place of the hill, the peak first, the far plain last. */
const places = heights
  .flatMap((height, column) => Array.from({ length: height }, (_, row) => ({ column, row })))
  .sort((a, b) => distance(a) - distance(b) || b.row - a.row || a.column - b.column)

function distance({ column, row }: { column: number; row: number }): number {
  return Math.abs(column - peak) * 1.1 + (heights[peak] ?? 0) - row
}

export const hillPlaces = places.length
export const riverPlaces = heights.length

/** @param index from 0; a pool that has outgrown the hill goes on above the plain, from the left */
export function hillSpot(index: number): Spot {
  const over = index - places.length
  const column = over % peak
  const place = places[index] ?? { column, row: (heights[column] ?? 1) + Math.floor(over / peak) }
  return { x: firstX + step * place.column, y: lowestY - step * place.row }
}

const wave = (x: number) => 144.4 + 3.5 * Math.sin(x * 0.0385 + 0.44)

export function riverSpot(index: number): Spot {
  const x = firstX + step * Math.min(index, heights.length - 1)
  return { x, y: wave(x) }
}

const short = (n: number) => String(Math.round(n * 10) / 10)

/** The hill's outline, following the columns in soft steps. */
export function hillOutline(): string {
  const tops = heights.map((height, column) => ({ x: firstX + step * column, y: lowestY - step * (height - 1) - 13 }))
  const slopes = tops.slice(1).map(({ x, y }) => `S${short(x - 9)} ${short(y)} ${short(x)} ${short(y)}`)
  return `M-8 124V${short(tops[0]?.y ?? 99)}H8${slopes.join('')}L356 108V126H-8z`
}

export function riverLine(): string {
  const points = Array.from({ length: 19 }, (_, i) => i * step - 6)
  return points.map((x, i) => `${i === 0 ? 'M' : 'L'}${short(x)} ${short(wave(x))}`).join('')
}
