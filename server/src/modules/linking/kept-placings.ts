import { place, type Placed, type PlacingInput } from './placing.ts'

/**
 * The placings of the largest levels, so that what follows on one change is found from where the last one stood: 5,000 needs before 300
 * takers in a few milliseconds and not in fifty. Nothing rests on it: what another server suggested meanwhile, or a start anew, and it is
 * made from what the database keeps. Taken out while it is used: of two who ask at once the second has its own.
 */
const kept = new Map<string, Placed>()
/** Fewer are placed anew as fast. */
const fewest = 500
const most = 4

export function placeAgain(key: string, input: PlacingInput): Placed {
  const last = kept.get(key)
  kept.delete(key)
  return last?.again(input) ? last : place(input)
}

export function keepPlacing(key: string, placed: Placed, needs: number): void {
  if (needs < fewest) return
  kept.set(key, placed)
  const [oldest] = kept.keys()
  if (kept.size > most && oldest !== undefined) kept.delete(oldest)
}

export function forgetPlacings(): Promise<void> {
  kept.clear()
  return Promise.resolve()
}
