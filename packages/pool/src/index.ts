/** The pool as files: their form, their check, and words for what the engine finds. */
export * from './schemas.ts'
export * from './pool.ts'
export * from './words.ts'
export * from './cases.ts'
export * from './write.ts'
