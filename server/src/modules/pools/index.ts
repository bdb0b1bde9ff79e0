/** The door of the pools: the pool in use, and any version that ever was. */
export { contentHash } from './canonical.ts'
export { currentPool, poolVersion } from './current-pool.ts'
export { draftedPool } from './drafted-pool.ts'
export {
  type DescribedService,
  type DictionaryFact,
  isExample,
  LoadedPool,
  namesIn,
  placeWords,
  rowOn,
  versionOn,
} from './loaded-pool.ts'
export { stated } from './stated.ts'
export { organisationOfUnit } from './unit-organisation.ts'
