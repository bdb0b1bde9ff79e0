/** The door of outreach: made-up cases for a made-up district. */
export { type SeededCases, seedCases, seedProtected } from './seed-cases.ts'
