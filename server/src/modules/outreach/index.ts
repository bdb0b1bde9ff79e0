/** The door of outreach: tasks for a knock on a door, and made-up cases for a made-up district. */
export { type SeededCases, seedCases, seedProtected } from './seed-cases.ts'
export { seedNetwork } from './seed-network.ts'
export { type FamilyInNeed, seedSlips } from './slips/seed-slips.ts'
export { seedLeads } from './leads/seed-leads.ts'
export { seedPairing } from './pairing/seed-pairing.ts'
export { type Care, seedCare } from './seed-care.ts'
export { openTask, type TaskToOpen } from './open-task.ts'
export { type OpenedTask, tasksOf } from './tasks-of.ts'
export {
  type HeardNeeds,
  isFamilyOfCase,
  needsOfFinding,
  needsOfHelperVisit,
  takeNeedsOfHandIn,
} from './heard-needs.ts'
export { type SlipStands, slipStands } from './slips/slip-stands.ts'
export { findingOf, type VisitFinding } from './finding-of.ts'
export { strippedPhoto } from './strip-photo.ts'
