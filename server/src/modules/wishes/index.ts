/** The door of wishes: what a family needs is written down, and moves as the order for it moves; made-up needs for a made-up district. */
export { type FamilyWithNeeds, seedNeed, seedNeeds } from './seed-needs.ts'
export { type Need, writeNeed } from './tell-need.ts'
export {
  holdsNeed,
  movedToProject,
  type NeedForProject,
  needForProject,
  needsLeftOver,
  needsTogether,
  standsOf,
} from './for-projects.ts'
export { assignNeed, moveNeedWithOrder, type OrderedNeed, orderedNeed } from './move-with-order.ts'
export {
  cardsToLink,
  holdNeeds,
  linkToResource,
  needsToLink,
  type NeedToLink,
  needToLink,
  type ResourceToLink,
  resourcesToLink,
} from './for-linking.ts'
export { scrubbed } from './scrub.ts'
