import type { Words } from '@zhulian/kernel'

/** One command: a file in `commands/`, a line in the list. */
export interface Command {
  readonly name: string
  readonly summary: Words
  /** Shown by `zhulian <name> --help`. */
  readonly help: string
  /** @returns the exit code: 0 done, 1 done with faults in the input, 2 not done @throws Usage when it was called wrongly */
  readonly run: (args: readonly string[]) => Promise<number>
}

/** Called wrongly, or something it needs is not there: one line, exit 2. */
export class Usage extends Error {
  readonly words: Words
  constructor(words: Words) {
    super(words.en)
    this.words = words
  }
}
