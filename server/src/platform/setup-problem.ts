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

/** A folder of ours that cannot be made or written: no right, no room, no such disk. */
export const cannotUse = (folder: string, error: unknown): SetupProblem => {
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name
  return new SetupProblem(
    {
      zh: `目录 ${folder} 不能用（${code}）。请检查路径、权限和磁盘空间，或用 ZHULIAN_DATA 换一个目录。`,
      en: `The folder ${folder} cannot be used (${code}). Check its path, its rights and the room on the disk, or name another with ZHULIAN_DATA.`,
    },
    error,
  )
}
