import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

const modules = new URL('../../../../server/src/modules/', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, modules), 'utf8')
/** Every refusal a module defines: `refusal('alerts.taken', …`. */
const refusalsOf = (module: string) =>
  globSync(`${module}/**/*.ts`, { cwd: modules })
    .filter(file => !file.endsWith('.test.ts'))
    .flatMap(file => [...read(file).matchAll(/refusal(?:<[^(]*?>)?\(\s*'([a-zA-Z]+\.[a-zA-Z]+)'/gs)])
    .map(([, code = '']) => code)

describe('what the trail says of a request that was refused', () => {
  const refusing = globSync('*/', { cwd: modules })
    .map(folder => folder.replace(/[\\/]$/, ''))
    .filter(module => refusalsOf(module).length > 0)

  it.each(refusing)('is words, whatever %s refuses', module => {
    const codes = refusalsOf(module)
    for (const words of [zh, en]) expect(codes.filter(code => !words.refusals[code])).toEqual([])
  })

  it('is looked at in every module that refuses, with its few or many', () => {
    expect(refusing).toEqual(expect.arrayContaining(['linking', 'track', 'outreach', 'entitlements']))
    expect(refusing.flatMap(refusalsOf).length).toBeGreaterThan(300)
  })
})

describe('what the trail can be looked through by', () => {
  it('is every module that writes in it', () => {
    const writing = globSync('*/**/routes.ts', { cwd: modules })
      .filter(file => /action: '/.test(read(file)))
      .map(file => file.split(/[\\/]/)[0])
    expect(Object.keys(zh.areas).toSorted()).toEqual([...new Set(writing)].toSorted())
  })
})
