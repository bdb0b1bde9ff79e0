/** The door of alerts: what was written down of households is looked at by the rules. */
export { judgeHouseholds } from './judge-households.ts'
