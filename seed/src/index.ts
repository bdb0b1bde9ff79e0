/** One made-up district, always the same: real places, people who do not exist. */
export * from './district.ts'
export * from './household.ts'
export * from './known-families.ts'
export { isMadeUpIdNumber, madeUpIdNumbers } from './id-numbers.ts'
export { townships, villages } from './divisions.ts'
export { randomOf, type Random } from './random.ts'
export { madeUpFiles } from './files.ts'
export { waitingDeliveries } from './waiting-deliveries.ts'
export {
  listedPeople,
  type ListedPerson,
  madeUpDelivery,
  type MadeUpRow,
  plantable,
  type Planted,
} from './deliveries.ts'
export { demoPassword, loadDistrict, type Loaded, type LoadOptions } from './load.ts'
export { knownColleagues, type MadeUpColleague, madeUpStaff } from './staff.ts'
