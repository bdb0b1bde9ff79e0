/** Where something lies. */
export interface Lying {
  readonly lon: number
  readonly lat: number
  readonly ground: 'plain' | 'hills' | null
}

/** Road for each kilometre as the crow flies; illustrative. @source research, table D: 1.3 to 1.4 plain, 1.5 and more in the hills */
const detour = { plain: 1.35, hills: 1.6 } as const

export function crowKm(a: Pick<Lying, 'lon' | 'lat'>, b: Pick<Lying, 'lon' | 'lat'>): number {
  const rad = Math.PI / 180
  const x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad)
  return 6371 * Math.hypot(x, (b.lat - a.lat) * rad)
}

/** By road, about, one decimal. */
export const roadKm = (a: Lying, b: Lying): number =>
  Math.round(crowKm(a, b) * detour[a.ground === 'hills' || b.ground === 'hills' ? 'hills' : 'plain'] * 10) / 10
