export { writeTrail } from './trail.ts'
export { listOpenings } from './list-openings.ts'
