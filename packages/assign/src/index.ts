export { type Arc, type Flow, type FlowProblem, minCostFlow } from './min-cost-flow.ts'
export { type Assigned, type Assignment, assign, type Given, type Pair, type Step } from './assign.ts'
