/** The door of alerts: what was written down of households is looked at by the rules. */
export { judgeHouseholds } from './judge-households.ts'
export { type AlertNeed, needOfAlert } from './need-of-alert.ts'
export { type CardComparison, compareCard, type Compared, type GroupCount, type Lacking } from './compare-card.ts'
