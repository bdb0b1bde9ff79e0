// What the command line takes from the platform.
export { readConfig } from './config.ts'
export { examine, type Finding } from './doctor.ts'
export { SetupProblem } from './setup-problem.ts'
