import type { Day } from '@zhulian/kernel'

export type Source = 'declared' | 'feed' | 'verified'
export type Facts = Record<string, unknown>

/** What somebody says of a household or a person for a day, in the form the registry keeps. */
export interface MadeUpStatement {
  readonly source: Source
  /** Who said it, as a person reads it: 人社, 医保, 导服员登记. */
  readonly origin: string
  readonly asOf: Day
  readonly facts: Facts
}

export interface MadeUpPerson {
  readonly name: string
  readonly idNumber: string
  readonly birthDate: Day
  readonly sex: 'male' | 'female'
  /** GB/T 4761; 02 is the head. */
  readonly relation: string
  readonly phone?: string
  /** Where it is later than the household's. */
  readonly since?: Day
  readonly statements: readonly MadeUpStatement[]
}

/** One household of the made-up district, in the form the registry's door takes. */
export interface MadeUpHousehold {
  readonly registerNo: string
  readonly division: string
  readonly madeUp: true
  readonly since: Day
  readonly members: readonly MadeUpPerson[]
  readonly statements: readonly MadeUpStatement[]
}
