import { api } from '../../platform/api.ts'
import { useLoad, type Loaded } from '../../platform/load.ts'
import type { Screening } from '../kinds.ts'

/** A result stays as it was judged: one look a page is enough. */
const kept = new Map<string, Screening>()

export const forgetScreenings = (): void => kept.clear()

export function useScreening(screeningId: string): Loaded<Screening> {
  const loaded = useLoad(screeningId, async signal => {
    const found = await api('GET /screenings/:screeningId', { params: { screeningId }, signal })
    kept.set(screeningId, found)
    return found
  })
  return { ...loaded, value: loaded.value ?? (loaded.problem ? undefined : kept.get(screeningId)) }
}
