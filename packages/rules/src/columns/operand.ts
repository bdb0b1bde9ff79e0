import type { List, Slot, Type } from '../ir.ts'
import { isKnown, type Value } from '../value.ts'
import type { Column, Is } from './column.ts'
import type { Step } from './plan.ts'
import type { Base, Pick } from './space.ts'

/** An expression on the lanes of a space; `slots` says which variable each base of the space stands for. */
export interface Lanes {
  readonly step: Step
  readonly slots: readonly number[]
}

/** An expression without facts: the same for everybody on that day. */
export interface Fixed {
  readonly step?: undefined
  readonly key: string
  readonly type: Type
  readonly parameters: readonly number[]
  readonly value: () => Value
}

export type Operand = Lanes | Fixed

export interface Bound {
  readonly base: Base
  /** Whose list the item stands in, when that is a person. */
  readonly owner?: number
}
export type Bounds = ReadonlyMap<number, Bound>

export const fixed = (value: Value, type: Type): Fixed => ({
  key: JSON.stringify(value) ?? 'unknown',
  type,
  parameters: [],
  value: () => value,
})

export function compose(
  op: string,
  type: Type,
  parts: readonly Fixed[],
  scalar: (values: readonly Value[]) => Value,
): Fixed {
  if (parts.every(isStatic)) {
    const value = scalar(parts.map(p => p.value()))
    if (isKnown(value) || value === undefined) return fixed(value, type)
  }
  return {
    key: `${op}(${parts.map(p => p.key).join()})`,
    type,
    parameters: [...new Set(parts.flatMap(p => p.parameters))],
    value: () => scalar(parts.map(p => p.value())),
  }
}

export const isStatic = (operand: Operand): operand is Fixed => !operand.step && operand.parameters.length === 0
export const isUnknown = (operand: Operand): boolean => isStatic(operand) && operand.value() === undefined
export const isOne = (operand: Operand): boolean => isStatic(operand) && operand.value() === 1
export const isNarrow = (operand: Operand): boolean => operand.step?.column.kind === 'narrow'
export const isText = (column: Column): boolean =>
  (column.kind === 'numbers' || column.kind === 'narrow') && column.is === 'text'

export const slotsOf = (operand: Operand): readonly number[] => (operand.step ? operand.slots : [])

export function renamed(operand: Operand, from: number, to: Slot): Operand {
  if (!operand.step || to === 'household' || from === to) return operand
  return { step: operand.step, slots: operand.slots.map(slot => (slot === from ? to : slot)) }
}

/** In order, each once, without owners whom an item among them names. */
export function minimal(slots: readonly number[], bounds: Bounds): readonly number[] {
  const all = [...new Set(slots)].sort((a, b) => a - b)
  return all.filter(slot => !all.some(other => bounds.get(other)?.owner === slot))
}

export const bases = (bounds: Bounds, slots: readonly number[]): readonly Base[] =>
  slots.map(slot => (bounds.get(slot) as Bound).base)

/** Where each wanted slot stands among those that are there. */
export const picks = (wanted: readonly number[], there: readonly number[], bounds: Bounds): readonly Pick[] =>
  wanted.map(slot => {
    const part = there.indexOf(slot)
    return part >= 0
      ? { part, owner: false }
      : { part: there.findIndex(s => bounds.get(s)?.owner === slot), owner: true }
  })

export const placed = (all: readonly Pick[]): string => all.map(p => `${p.part}${p.owner ? '^' : ''}`).join()

/** A count binds no variable of its own. */
export function freshSlot(list: List, bounds: Bounds): number {
  let slot = Math.max(0, ...bounds.keys()) + 1
  for (let inner = list; inner.op === 'filter'; inner = inner.list) slot = Math.max(slot, inner.slot + 1)
  return slot
}

export const kindOf = (type: Type): 'truth' | 'numbers' => (type.is === 'boolean' ? 'truth' : 'numbers')
export const isOf = (type: Type, otherwise: Is = 'number'): Is =>
  type.is === 'date' || type.is === 'text' ? type.is : type.is === 'null' ? otherwise : 'number'
