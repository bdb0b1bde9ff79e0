/** The door of the pools: the pool in use, and any version that ever was. */
export { contentHash } from './canonical.ts'
export { currentPool, poolInUseSince, poolVersion } from './current-pool.ts'
export { describeService } from './describe.ts'
export { draftedPool } from './drafted-pool.ts'
export { readDraft } from './kept-draft.ts'
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
export { sentencesOf } from './sentence.ts'
export { stated } from './stated.ts'
export { namedId, organisationOfUnit } from './unit-organisation.ts'
