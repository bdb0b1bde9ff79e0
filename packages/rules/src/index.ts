/**
 * The judgement engine: facts of a household in; verdict, amount, reasons and next question out. Pure: no clock, no
 * files, no eval. A result that cannot be told yet is knowledge, not a failure.
 */
export type * from './documents.ts'
export type * from './judgement.ts'
