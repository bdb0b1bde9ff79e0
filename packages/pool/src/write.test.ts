import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { textOf } from '@zhulian/kernel'
import { readBuilder } from '@zhulian/rules'
import { readPool, shippedData } from './files.ts'
import {
  casesFile,
  readAlertFile,
  readCasesFile,
  readCircleFile,
  readClassFile,
  readPointsFile,
  readPolicyFile,
  readServiceFile,
  ruleFile,
} from './write.ts'

const read = await readPool()
if (!read.ok) throw new Error('the data files cannot be read')
const { documents } = read.pool
const found = await readdir(shippedData, { recursive: true })
const casesFiles = found.filter(path => path.endsWith('cases.yaml')).toSorted()

describe('a policy as a file', () => {
  it.each(documents.policies.map(p => [p.slug, p] as const))('%s comes back as it went out', (slug, policy) => {
    const text = ruleFile(policy)
    const again = readPolicyFile(text)
    expect(again.ok && again.value).toEqual(policy)
    // The same keys at the margin, in the same order, as the file that is shipped.
    const margin = (yaml: string) => yaml.match(/^[a-z]\w*:/gm)
    expect(margin(text)).toEqual(margin(readFileSync(join(shippedData, 'policies', slug, 'policy.yaml'), 'utf8')))
  })

  it('has texts that fit in a line in one line, and rules as they were laid out', () => {
    const text = ruleFile(documents.policies[0] as (typeof documents.policies)[number])
    expect(text).toContain('name: { zh: 最低生活保障, en: Minimum living allowance (dibao) }')
    expect(text).toContain('condition: |\n      household.hasLocalHukouOrPermit\n      && household.meansTestConsent')
    expect(text).toContain('provenance: [ S02 ]')
  })

  it('says in which line it is not YAML, and which part has the wrong form', () => {
    const broken = readPolicyFile('id: P01\nname: { zh: 低保')
    expect(broken.ok ? [] : broken.problems.map(p => p.where)).toContain('2')
    const wrong = readPolicyFile('id: P01\nsurprise: 1')
    expect(wrong.ok ? [] : wrong.problems.map(p => p.where)).toContain('versions')
  })
})

describe('a service as a file', () => {
  it.each(documents.services.map(s => [s.slug, s] as const))('%s comes back as it went out', (_, service) => {
    const again = readServiceFile(ruleFile(service))
    expect(again.ok && again.value).toEqual(service)
  })
})

describe('the lines that sort households as a file', () => {
  it('come back as they went out', () => {
    expect(readCircleFile(ruleFile(documents.circle))).toEqual({ ok: true, value: documents.circle })
    expect(readClassFile(ruleFile(documents.class))).toEqual({ ok: true, value: documents.class })
    expect(readCircleFile('lines: []').ok).toBe(false)
  })
})

describe('rules of alerts and the card of points as files', () => {
  it('come back as they went out', () => {
    for (const alert of documents.alerts ?? [])
      expect(readAlertFile(ruleFile(alert))).toEqual({ ok: true, value: alert })
    const card = documents.points
    expect(card && readPointsFile(ruleFile(card))).toEqual({ ok: true, value: card })
    expect(readAlertFile('levels: []').ok).toBe(false)
  })
})

describe('worked households as a file', () => {
  it.each(casesFiles)('%s come back as they went out', path => {
    const cases = readCasesFile(readFileSync(join(shippedData, path), 'utf8'))
    if (!cases.ok) return expect.fail('cannot be read')
    const text = casesFile(cases.value)
    expect(readCasesFile(text)).toEqual(cases)
    expect(text.match(/^- name:/gm)).toHaveLength(cases.value.length)
  })

  it('refuse a file that points in circles or grows without end', () => {
    const bomb = [
      '- &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((c, i) => `- &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`),
    ]
    expect(readCasesFile(bomb.join('\n')).ok).toBe(false)
  })
})

describe('the builder', () => {
  const conditions = [
    ...documents.policies.flatMap(p => p.versions.map((v, i) => [`${p.id} ${i}`, v.condition] as const)),
    ...documents.services.map(s => [s.id, s.condition] as const),
    ...documents.circle.lines.map((line, i) => [`circle ${i}`, line.condition] as const),
    ...documents.class.classes.map(line => [line.class, line.condition] as const),
    ...documents.class.primary.map((line, i) => [`primary ${i}`, line.condition] as const),
    ...(documents.alerts ?? []).flatMap(a => a.levels.map(l => [`${a.id} ${l.level}`, l.condition] as const)),
    ...(documents.points?.items ?? []).flatMap(i => i.bands.map(b => [`${i.id} ${b.points}`, b.condition] as const)),
  ]
  it.each(conditions)('holds the rule %s whole', (_, condition) => {
    const once = readBuilder(condition)
    if (!once.ok) return expect.fail(once.problem.words.en)
    const again = readBuilder(textOf(once.group))
    expect(again).toEqual(once)
  })
})
