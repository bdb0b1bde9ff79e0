import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'vite'
import { afterAll, describe, expect, it } from 'vitest'
import { apiReport } from '../test/api-report.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'rules-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the package', () => {
  it('exports what its report says; vitest run package.test.ts -u writes it anew', async () => {
    await expect(apiReport('rules')).toMatchFileSnapshot('../api.md')
  })

  it('has a first example that runs and prints what it says it prints', () => {
    const readme = readFileSync(join(here, '../README.md'), 'utf8')
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
    const promised = [...example.matchAll(/^\/\/ → (.*)$/gm)].map(([, line]) => line)
    const file = join(folder, 'example.ts')
    const own = { rules: './index.ts', kernel: '../../kernel/src/index.ts' }
    const runs = Object.entries(own).reduce(
      (text, [name, path]) =>
        text.replaceAll(`'@zhulian/${name}'`, JSON.stringify(new URL(path, import.meta.url).href)),
      example,
    )
    writeFileSync(file, runs)
    const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trimEnd().split('\n')
    expect(printed).toEqual(promised)
    expect(promised.length).toBeGreaterThan(2)
  })

  it('imports nothing of Node, and only what it declares', () => {
    const sources = globSync(join(here, '**/*.ts')).filter(path => !path.endsWith('.test.ts'))
    const imported = sources.flatMap(path =>
      [...readFileSync(path, 'utf8').matchAll(/(?:from|import\() ?'(@?[a-z][\w@/:.-]*)'/g)].map(([, name]) => name),
    )
    expect(sources.length).toBeGreaterThan(20)
    expect([...new Set(imported)].toSorted()).toEqual(['@marcbachmann/cel-js', '@zhulian/kernel'])
  })

  it('runs in a browser: one bundle, with nothing of Node around it', async () => {
    const lib = { entry: join(here, 'index.ts'), formats: ['iife' as const], name: 'rules' }
    const built = await build({
      configFile: false,
      root: here,
      logLevel: 'silent',
      build: { lib, write: false, minify: false },
    })
    const chunks = [built].flat().flatMap(bundle => ('output' in bundle ? bundle.output : []))
    expect(chunks).toHaveLength(1)
    const code = chunks[0] && 'code' in chunks[0] ? chunks[0].code : ''
    expect(/\brequire\(|["']node:|\beval\(|new Function\(/.exec(code)?.[0]).toBeUndefined()
    const page = createContext({ TextEncoder, TextDecoder })
    runInContext(code, page)
    expect(runInContext(`rules.evaluate('x > 2 || y', { x: 'int', y: 'bool' }, { x: 3 }).value`, page)).toBe(true)
  })
})
