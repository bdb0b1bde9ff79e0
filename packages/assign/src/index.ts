export { type Arc, type Flow, type FlowProblem, minCostFlow } from './min-cost-flow.ts'
export { type Assigned, type Assignment, assign, type Given, type Pair, type Step } from './assign.ts'
export type { Explanation, Other, Prior } from './explain.ts'
export type { Need } from './pairs.ts'
export {
  type Change,
  type Move,
  openPlacement,
  type Placement,
  type PlacePrice,
  type Places,
  type Wanted,
} from './placement.ts'
