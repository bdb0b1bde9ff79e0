/** The door of wishes: made-up needs for a made-up district. */
export { type FamilyWithNeeds, seedNeeds } from './seed-needs.ts'
