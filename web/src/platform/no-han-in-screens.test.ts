import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const han = /\p{Script=Han}/u

/** Comments may name a thing by its Chinese word; lines stay where they are. */
const withoutComments = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, comment => comment.replaceAll(/[^\n]/g, '')).replaceAll(/(^|\s)\/\/.*$/gm, '')
const withHan = (text: string) =>
  withoutComments(text)
    .split('\n')
    .flatMap((line, i) => (han.test(line) ? [i + 1] : []))

describe('words live in dictionaries', () => {
  it('no screen or part has a Chinese character in its code', () => {
    const files = globSync('**/*.tsx', { cwd: root })
    expect(files.length).toBeGreaterThan(20)
    const found = files.flatMap(file => withHan(readFileSync(root + file, 'utf8')).map(line => `${file}:${line}`))
    expect(found).toEqual([])
  })

  it('would notice one, and reads past comments', () => {
    expect(withHan('/** 我的事 */\nconst a = 1 // 不清楚\nconst b = <p>你好</p>')).toEqual([3])
  })
})
