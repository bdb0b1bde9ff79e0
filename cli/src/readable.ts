import { open } from 'node:fs/promises'
import { Usage } from './command.ts'

/** @throws Usage when there is no such file, or none that can be read; `-` is standard input */
export async function mustBeReadable(file: string): Promise<void> {
  if (file === '-') return
  try {
    await using handle = await open(file, 'r')
    if ((await handle.stat()).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Usage({ zh: `没有这个文件：${file}`, en: `no such file: ${file}` })
    throw new Usage({ zh: `读不了 ${file}（${code}）`, en: `cannot read ${file} (${code})` })
  }
}
