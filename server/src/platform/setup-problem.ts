import type { Words } from '@zhulian/kernel'

/** What keeps the platform from starting and whoever runs it can put right. The words say what happened and what to do. */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem'
  readonly words: Words

  constructor(words: Words, cause?: unknown) {
    super(`${words.zh}\n${words.en}`, cause === undefined ? undefined : { cause })
    this.words = words
  }
}
