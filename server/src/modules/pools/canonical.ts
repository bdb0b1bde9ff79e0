import { createHash } from 'node:crypto'

/** JSON with the keys of every object in the order of their letters: one text for one meaning. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]))
}

/** 64 hexadecimal digits, equal for equal meaning. */
export const contentHash = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex')
