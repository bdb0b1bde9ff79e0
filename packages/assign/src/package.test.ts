import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { apiReport } from '../../rules/test/api-report.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'assign-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the package', () => {
  it('exports what its report says; vitest run package.test.ts -u writes it anew', async () => {
    await expect(apiReport('assign')).toMatchFileSnapshot('../api.md')
  })

  it('has examples that run and print what they say they print', () => {
    const readme = readFileSync(join(here, '../README.md'), 'utf8')
    const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example = '']) => example)
    expect(examples).toHaveLength(2)
    for (const example of examples) {
      const promised = [...example.matchAll(/^\/\/ → (.*)$/gm)].map(([, line]) => line)
      const file = join(folder, 'example.ts')
      const own = JSON.stringify(new URL('./index.ts', import.meta.url).href)
      writeFileSync(file, example.replaceAll("'@zhulian/assign'", own))
      const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trimEnd().split('\n')
      expect(printed).toEqual(promised)
      expect(promised.length).toBeGreaterThan(2)
    }
  })

  it('leans on nothing', () => {
    const sources = globSync(join(here, '**/*.ts')).filter(path => !path.endsWith('.test.ts'))
    expect(sources.length).toBeGreaterThan(2)
    for (const path of sources) expect(readFileSync(path, 'utf8')).not.toMatch(/from '[^.]/)
  })
})
