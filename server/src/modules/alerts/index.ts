/** The door of alerts: what was written down of households is looked at by the rules. */
export { judgeLater } from './jobs.ts'
export { judgeHouseholds } from './judge-households.ts'
