/** The door of wishes: what a family needs is written down; made-up needs for a made-up district. */
export { type FamilyWithNeeds, seedNeeds } from './seed-needs.ts'
export { type Need, writeNeed } from './tell-need.ts'
export {
  movedToProject,
  type NeedForProject,
  needForProject,
  needsLeftOver,
  needsTogether,
  standsOf,
} from './for-projects.ts'
