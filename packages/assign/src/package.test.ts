import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'assign-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the package', () => {
  it('has a first example that runs and prints what it says it prints', () => {
    const readme = readFileSync(join(here, '../README.md'), 'utf8')
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
    const promised = [...example.matchAll(/^\/\/ → (.*)$/gm)].map(([, line]) => line)
    const file = join(folder, 'example.ts')
    writeFileSync(
      file,
      example.replaceAll("'@zhulian/assign'", JSON.stringify(new URL('./index.ts', import.meta.url).href)),
    )
    const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trimEnd().split('\n')
    expect(printed).toEqual(promised)
    expect(promised).toHaveLength(3)
  })

  it('leans on nothing', () => {
    const sources = globSync(join(here, '**/*.ts')).filter(path => !path.endsWith('.test.ts'))
    expect(sources.length).toBeGreaterThan(2)
    for (const path of sources) expect(readFileSync(path, 'utf8')).not.toMatch(/from '[^.]/)
  })
})
