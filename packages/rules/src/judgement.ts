import type { Day, Words } from '@zhulian/kernel'
import type { Period, PlanClass } from './documents.ts'
import type { FaultCode } from './fault.ts'

/** Facts without their prefix: `{ household: { financialAssets: 8000 }, persons: [{ key: 'a', birthDate: '1980-01-02' }] }`. Absent is unknown; null is a known "none". */
export interface HouseholdFacts {
  readonly household: Readonly<Record<string, unknown>>
  readonly persons: readonly PersonFacts[]
}
export type PersonFacts = { readonly key: string } & Readonly<Record<string, unknown>>

export type Verdict = 'eligible' | 'ineligible' | 'undetermined'
export type Tier = 'none' | 'tekun' | 'dibao' | 'dibian' | 'zhichu'

/** A fact by its full name, with the person's key where it is a member's. */
export interface FactOf {
  readonly fact: string
  readonly person?: string
}

/** How a fact was tested: 500 against `< 1102`, and whether that held. */
export interface Test {
  readonly is: '<' | '<=' | '>' | '>=' | '==' | '!=' | 'in'
  readonly than: number | string | boolean | null | readonly (number | string | boolean | null)[]
  readonly holds: boolean
}

/**
 * What decided. `fact`: a given or derived fact with its value, how it was tested, and the given facts it rests on.
 * `policy`: the own conditions of another policy hold or not. `notInForce`: there was no such rule on that day.
 */
export type Reason =
  | ({
      readonly kind: 'fact'
      readonly value: unknown
      readonly tests: readonly Test[]
      readonly from: readonly FactOf[]
    } & FactOf)
  | {
      readonly kind: 'policy'
      readonly policy: string
      readonly person?: string
      readonly holds: boolean
      readonly from: readonly FactOf[]
    }
  | { readonly kind: 'notInForce'; readonly from: Day }

/** One policy for one household or person, after the exclusion pass. */
export interface PolicyResult {
  readonly verdict: Verdict
  /** Yuan, rounded half up once; left out where one figure cannot be given. */
  readonly amount?: number
  /** Yuan: a lower bound while the amount is open. */
  readonly atLeast?: number
  readonly period?: Period
  /** The predicted tier without which the verdict would not hold. */
  readonly conditionalOn?: Tier
  /** The verdict stands without it, the amount does not. */
  readonly amountConditionalOn?: Tier
  /** The policy that goes before this one. */
  readonly excludedBy?: string
  /** Held beside this one; one of them is to be chosen. */
  readonly choiceWith?: readonly string[]
  /** Subset-minimal: without any one of them the verdict would be open. Empty while undetermined. */
  readonly reasons: readonly Reason[]
  /** Facts that can still change the verdict; empty exactly when it is decided. `params.…`: the district has no figure for that day. */
  readonly missing: readonly FactOf[]
  /** Facts that would settle the amount of an eligible result. */
  readonly amountMissing?: readonly FactOf[]
}
export type PersonPolicyResult = PolicyResult & { readonly person: string }

export interface CircleResult {
  /** null: not in the base; left out: undetermined. */
  readonly circle?: 1 | 2 | 3 | null
  /** The line of the circle file that holds, in words. */
  readonly because?: Words
  readonly reasons: readonly Reason[]
  readonly missing: readonly FactOf[]
}

export interface Judgement {
  readonly on: Day
  /** By policy id: an object for a household policy, a list with one entry for each living member for a person policy. */
  readonly policies: Readonly<Record<string, PolicyResult | readonly PersonPolicyResult[]>>
  readonly services: Readonly<Record<string, readonly PersonPolicyResult[]>>
  /** By person key, the living. */
  readonly circles: Readonly<Record<string, CircleResult>>
  readonly householdCircle: CircleResult
  /** The classes that hold, the primary first. */
  readonly classes: readonly PlanClass[]
  readonly classesMissing: readonly FactOf[]
  /** Known tiers: of the household, and by person key. `predicted` is what the rules say where nobody has granted one. */
  readonly tier: {
    readonly household?: Tier
    readonly predicted?: Tier
    readonly persons: Readonly<Record<string, Tier>>
  }
}

export interface OpenQuestion extends FactOf {
  /** How many open policies and services rest on it. */
  readonly settles: number
}

/** Something wrong in a rule or in a document, with the place in the expression. */
export interface Problem {
  /** Where: `policies/dibao versions[0].condition`, as the caller named it. */
  readonly where: string
  readonly words: Words
  /** Of an expression: what kind of mistake. */
  readonly code?: FaultCode
  /** Characters from the start of the expression, half-open. */
  readonly at?: { readonly start: number; readonly end: number; readonly line: number; readonly column: number }
}
