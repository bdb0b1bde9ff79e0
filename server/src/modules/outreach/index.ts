/** The door of outreach: made-up cases for a made-up district. */
export { type SeededCases, seedCases } from './seed-cases.ts'
