/**
 * The judgement engine: facts of a household in; verdict, amount, reasons and next question out. Pure: no clock, no
 * files, no eval. A result that cannot be told yet is knowledge, not a failure.
 */
export type * from './documents.ts'
export { alertLevels } from './documents.ts'
export type * from './judgement.ts'
export { compile, type Compiled, type Reading } from './compile.ts'
export type { Pool } from './pool.ts'
export { factValue } from './fact-value.ts'
export { openCircles, type OpenCircle, type OpenLine } from './open-circles.ts'
export { judge, judgeAndAsk, judgeBare, judgeStanding, type Standing } from './judge.ts'
export {
  alertsRaised,
  judgeAlerts,
  nextTurn,
  pointsOf,
  unnamedTurn,
  type AlertFact,
  type AlertFound,
  type AlertRaised,
  type Points,
} from './alerts.ts'
export { interview, openQuestions, type Improbable, type Interview, type QuestionOptions } from './questions.ts'
export { Counting, priorsFrom, priorsOf, type Priors, type Shares } from './priors.ts'
export { nearestChange, type ChangedFact, type ChangeOptions, type NearestChange } from './nearest-change.ts'
export { checkFacts, clipped, type CheckedFacts, type FactFault } from './check-facts.ts'
export { householdLine, type HouseholdLine } from './household-line.ts'
export { thresholds, type Threshold } from './thresholds.ts'
export { readBuilder } from './read-builder.ts'
export { namesOf } from './names.ts'
export { evaluate, type Evaluated, type NameType } from './evaluate.ts'
export { judgeAll, type RegistryRun } from './columns/judge-all.ts'
export { registryOf, tableOf, type Registry } from './columns/registry.ts'
export {
  cliffOf,
  raisedWages,
  type Cliff,
  type CliffOptions,
  type CliffPoint,
  type Fall,
  type RaisedWages,
} from './cliff.ts'
export { withParameters } from './columns/with-parameters.ts'
export {
  amountAt,
  changes,
  countOf,
  lanesOf,
  verdictAt,
  yearlyCost,
  type Change,
  type Outcome,
  type PolicyOutcome,
  type RegistryJudgement,
} from './columns/outcome.ts'
export {
  sqlOf,
  sqlOfAll,
  type SqlOptions,
  type SqlPredicate,
  type SqlRefusal,
  type SqlResult,
  type SqlStatement,
} from './sql/sql-of.ts'
export { rowsOf, sqlTables, type SqlRows } from './sql/rows-of.ts'
