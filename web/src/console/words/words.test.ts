import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { en as entitlements } from '../entitlements/words/en.ts'
import { zh as entitlementsZh } from '../entitlements/words/zh.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

/** Term to English, as the glossary has them. */
const glossary = new Map(
  [
    ...readFileSync(new URL('../../../../GLOSSARY.md', import.meta.url), 'utf8').matchAll(
      /^\| ([^|]+) \| ([^|]+) \|/gm,
    ),
  ].map(([, term = '', english = '']) => [term.trim(), english.trim()] as const),
)

describe('what the menu calls a list', () => {
  it.each(['entitlements', 'simulation'] as const)('is the word of the glossary: %s', screen => {
    expect(en.screens[screen].toLowerCase()).toBe(glossary.get(zh.screens[screen]))
  })

  it('is what the list itself is called', () => {
    const said = entitlements.lists.unclaimed.toLowerCase()
    expect(said).toBe(glossary.get(entitlementsZh.lists.unclaimed))
    expect(said).toBe(en.screens.entitlements.toLowerCase())
  })
})
