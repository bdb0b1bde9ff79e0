import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const han = /\p{Script=Han}/u

const withHan = (text: string) => text.split('\n').flatMap((line, i) => (han.test(line) ? [i + 1] : []))

describe('words live in dictionaries', () => {
  it('no screen or part has a Chinese character in its code', () => {
    const files = globSync('**/*.tsx', { cwd: root })
    expect(files.length).toBeGreaterThan(20)
    const found = files.flatMap(file => withHan(readFileSync(root + file, 'utf8')).map(line => `${file}:${line}`))
    expect(found).toEqual([])
  })

  it('would notice one', () => {
    expect(withHan('const a = 1\nconst b = <p>\u4f60\u597d</p>')).toEqual([2])
  })
})
