/** The door of the feeds: for the command line and the seed. */
export { checkFile, getFile } from './check-file.ts'
export { applyFile } from './apply-file.ts'
export { undoFile } from './undo-file.ts'
export { takeFile } from './take-file.ts'
export { type MadeUpFile, seedFile } from './seed-file.ts'
export { importRowsOf } from './import-rows.ts'
export { type Progress, progressOf } from './progress.ts'
