import type { Source } from './source.ts'
import { unemployment } from './unemployment/source.ts'

/** Every feed, by its code. */
export const sources: readonly Source[] = [unemployment]
