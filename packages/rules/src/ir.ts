import type { Range } from './fault.ts'
import type { Order, Scalar, Value } from './value.ts'

/**
 * A checked expression: a small typed tree, the one form that evaluation, reasons and questions all walk. Variables are
 * slots of a frame: slot 0 is the person a rule is about, further slots belong to the lists around.
 */
export type Node = {
  readonly at: Range
  readonly type: Type
  run: (frame: Frame) => Value
  /** Its value is never known without a fact. */
  needsFact: boolean
} & (
  | { readonly op: 'constant'; readonly value: Scalar }
  | { readonly op: 'today' }
  | { readonly op: 'parameter'; readonly parameter: number }
  | { readonly op: 'fact'; readonly fact: number; readonly of: Slot }
  | { readonly op: 'key'; readonly of: Slot }
  /** A field of an item of a list fact; `source` is that fact. */
  | { readonly op: 'field'; readonly of: Slot; readonly field: string; readonly source: FactRef }
  /** An element of a set fact. */
  | { readonly op: 'element'; readonly of: Slot }
  | { readonly op: 'met' | 'held'; readonly policy: number; readonly of: Slot }
  | { readonly op: 'and' | 'or'; readonly args: readonly Node[] }
  | { readonly op: 'not'; readonly arg: Node }
  | { readonly op: 'order'; readonly order: Order; readonly left: Node; readonly right: Node }
  | { readonly op: 'equal'; readonly negated: boolean; readonly left: Node; readonly right: Node }
  | { readonly op: 'in'; readonly arg: Node; readonly values: readonly Scalar[] }
  | { readonly op: 'choice'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly op: 'known'; readonly arg: Node }
  | {
      readonly op: 'calculate'
      readonly name: string
      readonly args: readonly Node[]
      readonly by: (...args: readonly Scalar[]) => Scalar
    }
  | { readonly op: 'some' | 'every'; readonly list: List; readonly slot: number; readonly body: Node }
  | { readonly op: 'count'; readonly list: List }
  | { readonly op: 'sum' | 'most' | 'least'; readonly list: List; readonly slot: number; readonly body: Node }
)

export type List =
  | { readonly op: 'members' | 'everyone' }
  | { readonly op: 'items'; readonly source: FactRef }
  | { readonly op: 'filter'; readonly list: List; readonly slot: number; readonly body: Node }

/** `household`, or the slot a person stands in. */
export type Slot = number | 'household'
export interface FactRef {
  readonly fact: number
  readonly of: Slot
}

export type Type =
  | { readonly is: 'boolean' | 'date' | 'null' }
  /** `as`: of declared names only, where whole numbers and doubles are kept apart. */
  | { readonly is: 'number'; readonly as?: 'int' | 'double' }
  /** `values`: a closed list of words; a literal has its own. */
  | { readonly is: 'text'; readonly values?: readonly string[]; readonly literal?: true }

/** Where an expression is evaluated: the world of one household, and the bound variables. */
export interface Frame {
  readonly world: World
  /** Person numbers and list items. */
  readonly slots: unknown[]
}

/** What an expression can ask about one household on one day. A person is a number from 0; the household is -1. */
export interface World {
  readonly today: string
  readonly size: number
  fact(fact: number, who: number): Value
  parameter(parameter: number): Value
  met(policy: number, who: number): boolean | undefined
  held(policy: number, who: number): boolean | undefined
  /** True, false, or unknown: is this person one of the living members? */
  living(who: number): boolean | undefined
  /** Is it known who the living members are at all? */
  readonly rosterKnown: boolean
  key(who: number): string
}

export const whoIn = (frame: Frame, of: Slot): number => (of === 'household' ? -1 : (frame.slots[of] as number))
