import type { Id } from '@zhulian/kernel'
import { createHash } from 'node:crypto'

/** An id made of a name: always the same for the same, in every installation. */
export function namedId(kind: string, key: string): Id {
  const hex = createHash('sha256').update(`zhulian ${kind} ${key}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  ) as Id
}

/** A unit of the pool as the organisation that accounts of its officers name. */
export const organisationOfUnit = (unit: string): Id => namedId('unit', unit)
