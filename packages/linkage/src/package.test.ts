import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { apiReport } from '../../rules/test/api-report.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'linkage-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the package', () => {
  it('exports what its report says; vitest run package.test.ts -u writes it anew', async () => {
    await expect(apiReport('linkage')).toMatchFileSnapshot('../api.md')
  })

  it('has a first example that runs and prints what it says it prints', () => {
    const readme = readFileSync(join(here, '../README.md'), 'utf8')
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
    const promised = [...example.matchAll(/^\/\/ → (.*)$/gm)].map(([, line]) => line)
    const file = join(folder, 'example.ts')
    const own = JSON.stringify(new URL('./index.ts', import.meta.url).href)
    writeFileSync(file, example.replaceAll("'@zhulian/linkage'", own))
    const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trimEnd().split('\n')
    expect(printed).toEqual(promised)
    expect(promised.length).toBeGreaterThan(1)
  })

  it('imports nothing of Node, and only what it declares', () => {
    const sources = globSync(join(here, '**/*.ts')).filter(path => !path.endsWith('.test.ts'))
    const imported = sources.flatMap(path =>
      [...readFileSync(path, 'utf8').matchAll(/from '(@?[a-z][\w@/:.-]*)'/g)].map(([, name]) => name),
    )
    expect(sources.length).toBeGreaterThan(20)
    expect([...new Set(imported)].toSorted()).toEqual(['@zhulian/kernel', 'pinyin-pro'])
  })
})
