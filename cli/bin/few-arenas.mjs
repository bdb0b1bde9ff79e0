// Plain JavaScript that any Node from 20 up can run.

/** For whoever starts a server on Linux: left alone each thread keeps what it freed to itself, some 40 MB in all. */
export const fewArenas = process.env.MALLOC_ARENA_MAX ? {} : { MALLOC_ARENA_MAX: '2' }
