import type { Day, Words } from '@zhulian/kernel'
import type {
  AlertDocument,
  AlertLevel,
  DerivedDocument,
  ExclusionDocument,
  FactDocument,
  ParameterDocument,
  PlanClass,
  PointsItem,
  PolicyDocument,
  PoolDocuments,
  ServiceDocument,
  ValueForm,
} from './documents.ts'
import type { Node } from './ir.ts'
import type { Value } from './value.ts'

/** The documents, checked and ready to judge with. Made by `compile`. */
export interface Pool {
  readonly documents: PoolDocuments
  readonly facts: readonly Fact[]
  /** By full name, such as `person.age`. */
  readonly factNumbers: ReadonlyMap<string, number>
  readonly parameters: readonly ParameterDocument[]
  readonly policies: readonly Policy[]
  readonly services: readonly Service[]
  readonly exclusions: readonly Exclusion[]
  readonly circle: {
    readonly lines: readonly { readonly circle: 1 | 2 | 3; readonly label: Words; readonly node: Node }[]
    readonly person: number
    readonly household: number
  }
  readonly classes: readonly { readonly class: PlanClass; readonly node: Node }[]
  readonly primary: readonly { readonly class: PlanClass; readonly node: Node }[]
  readonly alerts: readonly Alert[]
  readonly points: readonly PointsRule[]
  /** Numbers of the facts the engine itself reads. */
  readonly known: {
    readonly alive: number
    readonly tier: number
    readonly personTier: number
    readonly predicted: readonly number[]
  }
}

export interface Fact {
  readonly number: number
  readonly name: string
  readonly owner: 'household' | 'person'
  readonly label: Words
  readonly form: ValueForm
  readonly document?: FactDocument
  readonly derived?: DerivedDocument
  /** In order of their first day; one without a day holds always. */
  readonly formulas: readonly { readonly from: Day | ''; readonly node: Node }[]
  readonly when?: Node
  readonly otherwise?: Value
  readonly absent?: Value
  readonly impliedBy?: number
  readonly predicted?: Value
}

export interface PolicyRule {
  readonly from: Day
  readonly condition: Node
  readonly amount?: Node
  readonly atLeast?: Node
  readonly document: PolicyDocument['versions'][number]
  /** Does it rest, at whatever depth, on a tier that nobody has granted yet? */
  readonly onTier: boolean
  readonly amountOnTier: boolean
  readonly readsHeld: boolean
}

export interface Policy {
  readonly number: number
  readonly id: string
  readonly scope: 'household' | 'person'
  readonly everyone: boolean
  /** Is it one of those that make a predicted tier? Its own amount then needs no further tier. */
  readonly grantsTier: boolean
  readonly rules: readonly PolicyRule[]
  readonly document: PolicyDocument
}

export interface Service {
  readonly id: string
  readonly condition: Node
  readonly onTier: boolean
  readonly document: ServiceDocument
}

export interface Exclusion {
  readonly between: readonly [Policy, Policy]
  readonly winner: Policy | 'higher' | 'choose'
  readonly tie?: Policy
  readonly any: boolean
  readonly document: ExclusionDocument
}

export interface Alert {
  readonly id: string
  readonly about: 'person' | 'household'
  readonly everyone: boolean
  readonly levels: readonly { readonly level: AlertLevel; readonly node: Node }[]
  readonly occurrence?: Node
  readonly careful?: Node
  readonly document: AlertDocument
}

export interface PointsRule {
  readonly item: PointsItem
  readonly bands: readonly { readonly node: Node; readonly points: number; readonly label: Words }[]
}

/** The last of dated things that has begun; things are in the order of their days. */
export function inForce<T extends { readonly from: string }>(things: readonly T[], on: string): T | undefined {
  let found: T | undefined
  for (const thing of things) if (thing.from <= on) found = thing
  return found
}

/** What of a pool is in force on a day, by number: which rule, by which formula, with which figure. */
export interface InForce {
  readonly on: Day
  readonly rules: readonly (PolicyRule | undefined)[]
  readonly formulas: readonly (Node | undefined)[]
  readonly figures: readonly Value[]
}
const lastAsked = new WeakMap<Pool, InForce>()

/** Looked up once for all households of a day. */
export function inForceOn(pool: Pool, on: Day): InForce {
  let found = lastAsked.get(pool)
  if (found?.on !== on) {
    found = {
      on,
      rules: pool.policies.map(policy => inForce(policy.rules, on)),
      formulas: pool.facts.map(fact => inForce(fact.formulas, on)?.node),
      figures: pool.parameters.map(({ rows }) => {
        const row = inForce(rows, on)
        return row?.until !== undefined && row.until <= on ? undefined : row?.value
      }),
    }
    lastAsked.set(pool, found)
  }
  return found
}
