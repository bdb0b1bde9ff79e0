import { useNavigate, useSearch } from '@tanstack/react-router'

/** What a screen may read of its address: one reader for each name; what does not fit counts as absent. */
export type Readers<T> = { readonly [K in keyof T]-?: (typed: string) => T[K] | undefined }

/** One of a fixed list. */
export const oneOf =
  <const V extends string>(all: readonly V[]) =>
  (typed: string): V | undefined =>
    all.find(value => value === typed)

/** Reads filters out of an address, typed, and forgets what is not one of them. */
export function readFilters<T extends object>(readers: Readers<T>, raw: Readonly<Record<string, unknown>>): Partial<T> {
  const found: Partial<T> = {}
  for (const name of Object.keys(readers) as (keyof T & string)[]) {
    const typed = raw[name]
    const value = typeof typed === 'string' ? readers[name](typed) : undefined
    if (value !== undefined) found[name] = value
  }
  return found
}

/** Filters of a list in the address, so that a list can be passed on and found again. Never anything personal. */
export function useFilters<T extends object>(
  readers: Readers<T>,
): readonly [Partial<T>, (next: { readonly [K in keyof T]?: T[K] | undefined }) => void] {
  const raw = useSearch({ strict: false }) as Readonly<Record<string, unknown>>
  const navigate = useNavigate()
  const filters = readFilters(readers, raw)
  const set = (next: { readonly [K in keyof T]?: T[K] | undefined }) => {
    const search = Object.fromEntries(
      Object.entries({ ...filters, ...next }).flatMap(([name, value]) =>
        value === undefined || value === '' ? [] : [[name, String(value)]],
      ),
    )
    void navigate({ to: '.', search, replace: true } as never)
  }
  return [filters, set]
}
