import type { Id } from '@zhulian/kernel'
import { createHash } from 'node:crypto'

/**
 * A unit of the pool as the organisation that accounts of its officers name: always the same id for the same unit, in every
 * installation.
 */
export function organisationOfUnit(unit: string): Id {
  const hex = createHash('sha256').update(`zhulian unit ${unit}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  ) as Id
}
