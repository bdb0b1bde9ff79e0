/**
 * Called again and again while a long list is worked at, every few milliseconds: the thread that works may answer somebody else in
 * between. It may ask a registry ({@link Registry.find}) and must not change one.
 */
export type Between = () => void

export const nothingBetween: Between = () => undefined

/** So many small steps come between two calls. */
export const steps = { pairs: 4096, rows: 64 } as const
