// Plain JavaScript that any Node from 20 up can run, before anything else is loaded.
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Lies with what npm installed: whoever may write there may change the program anyway. */
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'node_modules', '.cache', 'zhulian')

/**
 * Keeps what was compiled for the next start, here, in threads, and in programs this one starts: a start costs half the processor time,
 * and the compiler of TypeScript, 17 MB in each thread, is not loaded where nothing is new. Where the folder cannot be written nothing
 * is kept. `NODE_DISABLE_COMPILE_CACHE=1` does without.
 */
export function keepCompiled() {
  process.env.NODE_COMPILE_CACHE ??= folder
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
}
