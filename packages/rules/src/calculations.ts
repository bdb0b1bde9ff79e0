import { addMonths, completedYears, daysBetween, parseDay, type Day } from '@zhulian/kernel'
import type { Type } from './ir.ts'
import { roundHalfUp, sameNumber, type Scalar } from './value.ts'

/** A function of known values. Whatever is calculated from "none" is "none". */
export interface Calculation {
  readonly takes: readonly Type['is'][]
  /** The last kind may repeat. */
  readonly more?: boolean
  readonly gives: Type['is']
  readonly by: (...args: readonly Scalar[]) => Scalar
}

const numbers =
  (by: (...args: number[]) => number | null) =>
  (...args: readonly Scalar[]): Scalar =>
    args.includes(null) ? null : by(...(args as number[]))
const two =
  (by: (a: number, b: number) => number | null) =>
  (a: Scalar, b: Scalar): Scalar =>
    a === null || b === null ? null : by(a as number, b as number)
const days =
  (by: (a: Day, b: Day) => number) =>
  (a: Scalar, b: Scalar): Scalar =>
    a === null || b === null ? null : by(a as Day, b as Day)

/** Completed months from a to b; negative when b is earlier. */
function monthsBetween(a: Day, b: Day): number {
  const months = (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7))
  return addMonths(a, months) > b ? months - 1 : months
}

const number = 'number' as const
export const calculations: Readonly<Record<string, Calculation>> = {
  '+': { takes: [number, number], gives: number, by: two((a, b) => a + b) },
  '-': { takes: [number, number], gives: number, by: two((a, b) => a - b) },
  '*': { takes: [number, number], gives: number, by: two((a, b) => a * b) },
  '/': {
    takes: [number, number],
    gives: number,
    by: two((a, b) => (sameNumber(b, 0) ? null : a / b)),
  },
  min: { takes: [number, number], more: true, gives: number, by: numbers((...all) => Math.min(...all)) },
  max: { takes: [number, number], more: true, gives: number, by: numbers((...all) => Math.max(...all)) },
  clamp: {
    takes: [number, number, number],
    gives: number,
    by: numbers((x, low, high) => Math.min(Math.max(x as number, low as number), high as number)),
  },
  round: { takes: [number], gives: number, by: numbers(x => roundHalfUp(x as number)) },
  completedYears: { takes: ['date', 'date'], gives: number, by: days(completedYears) },
  monthsBetween: { takes: ['date', 'date'], gives: number, by: days(monthsBetween) },
  daysBetween: { takes: ['date', 'date'], gives: number, by: days(daysBetween) },
  addMonths: {
    takes: ['date', number],
    gives: 'date',
    by: (d, n) => (d === null || n === null ? null : addMonths(d as Day, n as number)),
  },
  prefix: {
    takes: ['text', number],
    gives: 'text',
    by: (s, n) => (s === null || n === null ? null : (s as string).slice(0, n as number)),
  },
}

export const isDayText = (text: string): boolean => parseDay(text) !== undefined
