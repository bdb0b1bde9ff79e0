// Plain JavaScript that any Node from 20 up can run.

/**
 * For whoever starts a server on Linux: left alone each thread keeps what it freed to itself, some 40 MB in all, and pieces of a file
 * that were freed lie between others that were not; from 64 KB up they are given back at once, 10 MB while a large list is staged.
 */
export const fewArenas = process.env.MALLOC_ARENA_MAX ? {} : { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '65536' }
