import type { Range } from '../fault.ts'
import { SqlRefused } from './refusal.ts'

/**
 * Between what the magnitudes of numbers lie, in powers of ten: none is larger than `most`, and all are multiples of some
 * number not smaller than `unit`. PostgreSQL raises an error where a sum or product leaves the doubles at either end and
 * JavaScript goes on with Infinity or 0; within these bounds neither happens and both calculate bit for bit alike.
 */
export interface Reach {
  readonly most: number
  readonly unit: number
}

/** Numbers of the tables: zero, or of a magnitude within these. */
export const numberBounds = { least: 1e-6, most: 1e30 }
const digits = 16

export const ofFacts: Reach = { most: 30, unit: -6 - digits }
export const ofCounts: Reach = { most: 9, unit: 0 }

export function ofConstant(value: number): Reach {
  if (value === 0) return { most: 0, unit: 0 }
  const most = Math.log10(Math.abs(value))
  return { most, unit: Number.isInteger(value) ? 0 : most - digits }
}

export const widest = (...all: readonly Reach[]): Reach => ({
  most: Math.max(...all.map(r => r.most)),
  unit: Math.min(...all.map(r => r.unit)),
})

/** Of days: how many months they may have been moved. */
export const moved = (months: number): Reach => ({ most: months, unit: 0 })

export function widestOf(...all: readonly (Reach | undefined)[]): Reach | undefined {
  const known = all.filter(reach => reach !== undefined)
  return known.length === 0 ? undefined : widest(...known)
}

const checked = (reach: Reach, least: number, at: Range): Reach => {
  if (reach.most > 305 || least < -305)
    throw new SqlRefused(
      'arithmetic',
      at,
      '数乘得太多次，可能超出双精度数的范围',
      'Numbers are multiplied so often that they could leave what a double holds',
    )
  return reach
}

/** @param times how many are added, as a power of ten */
export const added = (all: readonly Reach[], times: number, at: Range): Reach => {
  const { most, unit } = widest(...all)
  return checked({ most: most + times, unit }, unit, at)
}

export function multiplied(a: Reach, b: Reach, at: Range): Reach {
  const least = a.unit + b.unit
  return checked({ most: a.most + b.most, unit: a.unit >= 0 && b.unit >= 0 ? 0 : least - digits }, least, at)
}

/** A divisor within the tolerance of zero gives none. */
export function divided(a: Reach, b: Reach, at: Range): Reach {
  const least = a.unit - b.most
  return checked({ most: a.most + 6, unit: least - digits }, least, at)
}
