import { useNavigate, useSearch } from '@tanstack/react-router'

export type Filters = Readonly<Record<string, string>>

/** The filters of a list live in the address, so that back, reload and a sent link show the same list. Never personal data. */
export function useFilters(): readonly [Filters, (changed: Record<string, string | undefined>) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const filters: Record<string, string> = {}
  for (const [name, value] of Object.entries(search))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') filters[name] = `${value}`
  const set = (changed: Record<string, string | undefined>) => {
    const next: Record<string, string> = {}
    for (const [name, value] of Object.entries({ ...filters, ...changed })) if (value) next[name] = value
    void navigate({ to: '.', search: next as never, replace: true })
  }
  return [filters, set]
}

/** Reads one filter as one of a fixed list; what is not in it counts as absent. */
export const oneOf = <const V extends string>(all: readonly V[], typed: string | undefined): V | undefined =>
  all.find(value => value === typed)
