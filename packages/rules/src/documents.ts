import type { Words } from '@zhulian/kernel'

/**
 * The pool as documents: what a district's data files say, already checked for form. `compile` turns them into a
 * {@link Pool}. The language of the expressions is described in `data/README.md`.
 */
export interface PoolDocuments {
  readonly facts: readonly FactDocument[]
  readonly derived: readonly DerivedDocument[]
  readonly parameters: readonly ParameterDocument[]
  readonly policies: readonly PolicyDocument[]
  readonly exclusions: readonly ExclusionDocument[]
  readonly services: readonly ServiceDocument[]
  readonly circle: CircleDocument
  readonly class: ClassDocument
  readonly units: readonly UnitDocument[]
  /** Left out where a district has none. */
  readonly alerts?: readonly AlertDocument[] | undefined
  readonly points?: PointsDocument | undefined
}

export type FactType = 'boolean' | 'integer' | 'number' | 'money' | 'enum' | 'string' | 'code' | 'date' | 'set' | 'list'

/** A value a person may choose. */
export interface Choice {
  readonly value: string
  readonly label: Words
}

interface Traced {
  readonly provenance?: readonly string[] | undefined
  readonly rulings?: readonly string[] | undefined
}

/** The form of a value: of a fact, or of a field of a list's items. */
export interface ValueForm {
  readonly type: FactType
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** null is a value: a known "none". */
  readonly none?: boolean | undefined
  readonly values?: readonly Choice[] | undefined
  /** Of a code or a string: a regular expression. */
  readonly pattern?: string | undefined
}

/** A field of a list's items. */
export interface FieldForm extends ValueForm {
  readonly unit?: Words | undefined
  readonly measure?: string | undefined
}

export interface FactDocument extends ValueForm, Traced {
  /** `household.…` or `person.…`; dots may continue. */
  readonly name: string
  readonly label: Words
  readonly unit?: Words | undefined
  /** The unit for calculating, where the words are not one: `yuan/year`, `month/year`, `1`. */
  readonly measure?: string | undefined
  readonly fields?: Readonly<Record<string, FieldForm>> | undefined
  readonly question?: Words | undefined
  readonly why?: Words | undefined
  readonly ask: 'person' | 'guide' | 'never'
  readonly cost?: number | undefined
  /** Asked only when this is not false; when it is false and nothing was answered, the fact is `otherwise`. */
  readonly when?: string | undefined
  readonly otherwise?: unknown
  /** `otherwise` follows from `when`; without this it is a presumption, which a literal reading does not make. */
  readonly always?: boolean | undefined
  /** What it means when nothing is known (no open alert, at home): the fact is then never unknown. */
  readonly absent?: unknown
  /** A set fact of the same owner: when it names anything, this boolean is true. */
  readonly impliedBy?: string | undefined
  readonly sensitivity?: 'N' | 'S' | undefined
  /** Shown on no page but to health workers, or to the offices alone, whoever else may open the household; read by alerts that go to them alone. */
  readonly restricted?: 'health' | 'office' | undefined
  readonly feed?: string | undefined
  readonly fixed?: boolean | undefined
}

export interface DatedFormula extends Traced {
  readonly from: string
  readonly formula: string
}

/** Calculated from other facts. A dictionary fact of the same name, when it is answered, goes before the formula. */
export interface DerivedDocument extends ValueForm, Traced {
  readonly name: string
  readonly label: Words
  readonly unit?: Words | undefined
  /** The unit for calculating, where the words are not one: `yuan/year`, `month/year`, `1`. */
  readonly measure?: string | undefined
  readonly formula?: string | undefined
  readonly versions?: readonly DatedFormula[] | undefined
  /** A tier that nobody has granted yet; the value here is what stands when it is not granted. */
  readonly predicted?: string | undefined
}

export interface ParameterDocument extends Traced {
  /** Without `params.`; dots may continue. */
  readonly name: string
  readonly label: Words
  readonly unit?: Words | undefined
  /** The unit for calculating, where the words are not one: `yuan/year`, `month/year`, `1`. */
  readonly measure?: string | undefined
  /** In order; a row holds until the next begins, or until its own `until`. */
  readonly rows: readonly ({
    readonly from: string
    readonly until?: string | undefined
    readonly value: number
  } & Traced)[]
}

export type Period = 'month' | 'year' | 'once'

export interface BenefitDocument extends Traced {
  readonly kind: 'cash' | 'reduction' | 'inKind' | 'service' | 'status' | 'loan'
  readonly period?: Period | undefined
  readonly amount?: string | undefined
  readonly atLeast?: string | undefined
  readonly words: Words
}

export interface PolicyVersion extends Traced {
  readonly from: string
  readonly condition: string
  readonly benefit: BenefitDocument
}

type TracedWords = Words & Traced

export interface PolicyDocument {
  readonly id: string
  readonly slug: string
  readonly name: Words
  readonly summary: Words
  readonly unit: string
  readonly kind: 'basic' | 'joint'
  readonly scope: 'household' | 'person'
  /** Of a person policy: who is looked at, the living members (as a rule) or the dead too. */
  readonly persons?: 'living' | 'everyone' | undefined
  readonly opens?: readonly string[] | undefined
  readonly versions: readonly PolicyVersion[]
  readonly materials: readonly TracedWords[]
  readonly procedure: {
    readonly apply: Words
    readonly level: 'village' | 'township' | 'district' | 'unit'
    readonly steps: readonly (TracedWords & { readonly who: string; readonly workingDays?: number | undefined })[]
  }
  readonly legalBasis: readonly TracedWords[]
  readonly notes?: readonly TracedWords[] | undefined
}

export interface ExclusionDocument extends Traced {
  readonly between: readonly [string, string]
  /** A policy of the pair; `higher`: the higher amount a year; `choose`: both stay, shown as a choice. */
  readonly winner: string
  readonly tie?: string | undefined
  readonly of: 'person' | 'household'
  /** Where a person's benefit shuts out a household's: held by all living members (as a rule), or by any. */
  readonly members?: 'all' | 'any' | undefined
  readonly note: Words
}

export interface ServiceDocument extends Traced {
  readonly id: string
  readonly slug: string
  readonly category: 'A' | 'B' | 'C' | 'D'
  readonly name: Words
  readonly summary: Words
  readonly scope: 'person'
  readonly condition: string
}

export interface CircleDocument {
  /** For each person; the first line that holds gives the circle. */
  readonly lines: readonly ({
    readonly circle: 1 | 2 | 3
    readonly label: Words
    readonly condition: string
  } & Traced)[]
}

export type PlanClass = 'prevention' | 'support' | 'development'

export interface ClassDocument {
  readonly classes: readonly ({
    readonly class: PlanClass
    readonly label: Words
    readonly condition: string
  } & Traced)[]
  /** The first line that holds, of a class that holds, is the primary one. */
  readonly primary: readonly ({ readonly class: PlanClass; readonly condition: string } & Traced)[]
}

export interface UnitDocument extends Traced {
  readonly id: string
  readonly name: Words
}

/** From the one that calls everybody at once to the one that waits for the next visit. */
export const alertLevels = ['red', 'orange', 'yellow', 'blue'] as const
export type AlertLevel = (typeof alertLevels)[number]

export interface AlertDocument extends Traced {
  /** R01 … R30 */
  readonly id: string
  readonly name: Words
  /** Whose file it mostly comes from, or who knows most of it. */
  readonly unit: string
  readonly about: 'person' | 'household'
  /** Of a rule about persons: who is looked at, the living members (as a rule) or the dead too. */
  readonly persons?: 'living' | 'everyone' | undefined
  /** From the most severe down; the first that holds is the level. */
  readonly levels: readonly ({ readonly level: AlertLevel; readonly condition: string } & Traced)[]
  /** The day that makes it a new happening; without one, or where it gives none, the day on which it began to hold. */
  readonly occurrence?: string | undefined
  /** The level where something has happened but what is not known decides how bad it is: a person then looks. */
  readonly ifUnknown?: AlertLevel | undefined
  readonly goesTo?: 'village' | 'township' | 'health' | undefined
  /** A matter the village must not hear of. Where it cannot be told, it counts as one. */
  readonly careful?: string | undefined
  /** Days in which a new happening belongs to the alert that stands. */
  readonly windowDays: number
  /** Months for which the risk has to be gone before it may be closed as removed. */
  readonly proofMonths?: number | undefined
  readonly firstAction: Words
  /** Policies and services. */
  readonly leadsTo?: readonly string[] | undefined
  /** On which days it can come out otherwise though nobody wrote anything down. */
  readonly turns?: readonly AlertTurn[] | undefined
}

/** So many days, or months, from a day that is known; or, where a fact is known, a day of each year (`07-01`). */
export interface AlertTurn {
  readonly fact: string
  readonly days?: readonly number[] | undefined
  readonly months?: readonly number[] | undefined
  /** So many days before those months. */
  readonly before?: number | undefined
  readonly yearly?: readonly string[] | undefined
}

/** A card of points an expert gave: what speaks for looking sooner. It predicts nothing. */
export interface PointsDocument extends Traced {
  readonly label: Words
  readonly items: readonly PointsItem[]
}
export interface PointsItem extends Traced {
  readonly id: string
  /** One of the eight dimensions of the index. */
  readonly dimension: string
  readonly label: Words
  /** The first that holds gives its points. */
  readonly bands: readonly { readonly condition: string; readonly points: number; readonly label: Words }[]
}
