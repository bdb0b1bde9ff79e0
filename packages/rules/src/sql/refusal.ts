import type { Words } from '@zhulian/kernel'
import type { Range } from '../fault.ts'

/** What cannot be said in SQL with the same result for every household. */
export type SqlRefusalCode =
  /** `held`: who holds a benefit after the exclusion pass is decided beside the conditions. */
  | 'held'
  /** Numbers could leave what a double holds, where PostgreSQL raises an error and JavaScript goes on. */
  | 'arithmetic'
  /** Months that are not a whole number known when the rule is translated, or that lead out of the calendar. */
  | 'months'
  /** The beginning of a text whose length is calculated. */
  | 'prefix'
  /** A written text that PostgreSQL cannot hold, or whose length it counts otherwise. */
  | 'text'
  /** More columns than a PostgreSQL table may have. */
  | 'too_large'
  /** There is no such rule. */
  | 'unknown_rule'

export class SqlRefused extends Error {
  readonly code: SqlRefusalCode
  readonly at: Range
  readonly words: Words
  constructor(code: SqlRefusalCode, at: Range, zh: string, en: string) {
    super(`not in SQL: ${en}`)
    this.code = code
    this.at = at
    this.words = { zh, en }
  }
}
