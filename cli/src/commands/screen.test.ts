import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/zhulian.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'screen-'))
afterAll(() => rmSync(folder, { recursive: true }))

const zhulian = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { input, encoding: 'utf8' })
  return { status, lines: stdout.split('\n').filter(Boolean), stderr }
}
interface Answer {
  readonly line?: number
  readonly error?: string
  readonly policies: {
    readonly P01: { readonly amount?: number }
    readonly P09: readonly { readonly person: string; readonly conditionalOn?: string }[]
  }
  readonly services: object
  readonly circle: Readonly<Record<string, number | null>>
  readonly class: readonly string[]
}
const json = (line: string | undefined) => JSON.parse(line ?? '') as Answer

const household = {
  certifiedTier: 'none',
  hasLocalHukouOrPermit: true,
  meansTestConsent: true,
  financialAssets: 24000,
  motorVehicleCount: 0,
  nonResidentialPropertyCount: 0,
  housingCount: 1,
  enterpriseCapital: 0,
}
const person = {
  alive: true,
  businessIncomeMonthly: 0,
  propertyIncomeMonthly: 0,
  pensionMonthly: 0,
  otherTransferMonthly: 0,
  obligorCount: 1,
  allObligorsUnable: false,
  hasDisabilityCertificate: false,
  seriousIllness: false,
}
const family = {
  household,
  persons: [
    { ...person, key: 'a', birthDate: '1976-01-01', wageMonthly: 1500, employmentStatus: 'employed' },
    { ...person, key: 'b', birthDate: '1978-01-01', wageMonthly: 0, employmentStatus: 'unemployed' },
    { ...person, key: 'c', birthDate: '2007-05-01', wageMonthly: 0, employmentStatus: 'student', parents: [] },
  ],
  remark: 'other keys are ignored',
}
const lines = (...objects: readonly unknown[]) =>
  objects.map(o => (typeof o === 'string' ? o : JSON.stringify(o))).join('\n')

describe('zhulian screen', () => {
  it('answers one object a line, by the day it is asked for, or the day of the household itself', () => {
    const later = { ...family, on: '2022-10-01' }
    const { status, lines: out } = zhulian(['screen', '-', '--on', '2021-09-26', '--json'], lines(family, '', later))
    expect(status).toBe(0)
    expect(out.map(line => json(line).policies.P01)).toMatchObject([
      { verdict: 'eligible', amount: 1806, period: 'month', missing: [] },
      { verdict: 'eligible', amount: 2148, period: 'month' },
    ])
    const first = json(out[0])
    expect(first.policies.P09.map(r => [r.person, r.conditionalOn])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['c', 'dibao'],
    ])
    expect(Object.keys(first.policies)).toHaveLength(46)
    expect(Object.keys(first.services)).toHaveLength(17)
    expect(first.circle['c']).toBe(2)
    expect(first.class).toContain('support')
  })

  it('says in words what is wrong with a line, judges the others, and exits with 1', () => {
    const wrong = {
      household: { certifiedTeir: 'none' },
      persons: [{ key: 'a', birthDate: '2021-02-30', wageMonthly: -1 }],
    }
    const file = join(folder, 'households.jsonl')
    writeFileSync(
      file,
      lines(wrong, family, '{', { household: {}, persons: [] }, { ...family, on: '2021-02-29' }, [], {
        ...family,
        household: { ...household, tier: 'dibao' },
      }),
    )
    const { status, lines: out } = zhulian(['screen', file, '--on', '2021-09-26', '--json'])
    expect(status).toBe(1)
    const answers = out.map(json)
    expect(answers.map(a => a.line)).toEqual([1, undefined, 3, 4, 5, 6, 7])
    expect(answers[0]?.error).toMatch(/certifiedTeir.*是不是.*certifiedTier[\s\S]*2021-02-30[\s\S]*-1/)
    expect(answers[1]?.policies.P01.amount).toBe(1806)
    expect(answers[6]?.error).toMatch(/算出来/)
  })

  it('names the line of what is no household at all, in one line each, and judges the others', () => {
    const long = 'x'.repeat(1_000_000)
    const keyed = (key: unknown) => ({ household: {}, persons: [{ key }] })
    const { status, lines: out } = zhulian(
      ['screen', '-', '--on', '2021-09-26', '--json'],
      lines(
        '\u0000',
        '{"household":{"certifiedTier":"none","certifiedTier":"dibao"},"persons":[{"key":"a"}]}',
        { household: { certifiedTier: long }, persons: [{ key: 'a' }] },
        `{"household":{},"persons":[{"key":"a","birthDate":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`,
        { household: {}, persons: Array.from({ length: 50 }, (_, i) => ({ key: `${i}`, wageMonthly: -1 })) },
        keyed(long),
        keyed('\ud800'),
        { ...family, remark: '\u2028' },
        '{"on":' + '['.repeat(100_000) + ']'.repeat(100_000) + '}',
      ),
    )
    expect(status).toBe(1)
    const answers = out.map(json)
    expect(answers.map(a => a.line)).toEqual([1, 2, 3, 4, 5, 6, 7, undefined, 9])
    expect(answers[1]?.error).toMatch(/certifiedTier.*两次/)
    expect(answers[4]?.error).toMatch(/还有 30 处$/)
    expect(answers[7]?.policies.P01.amount).toBe(1806)
    expect(Math.max(...out.map((text, i) => (i === 7 ? 0 : text.length)))).toBeLessThan(5000)
  })

  it('says that an empty file holds no household', () => {
    expect(zhulian(['screen', '-'], '\n\n')).toEqual({
      status: 0,
      lines: [],
      stderr: 'zhulian: 文件里一户也没有 / no household in the file\n',
    })
  })

  it('leaves aside what is nobody’s fact, and says so', () => {
    const noted = { ...family, household: { ...household, remark: 'x' }, on: null }
    const { status, lines: out } = zhulian(['screen', '-', '--on', '2021-09-26', '--json'], lines(noted, family))
    expect(status).toBe(0)
    expect(out.map(json)).toMatchObject([
      { ignored: [{ fact: 'household.remark' }] },
      { policies: { P01: { amount: 1806 } } },
    ])
    expect(out[1]).not.toContain('ignored')
    expect(zhulian(['screen', '-', '--on', '2021-09-26'], lines(noted)).lines.join('')).toContain('没有用到')
  })

  it('without --json tells a guide what to say', () => {
    const { status, lines: out } = zhulian(['screen', '-', '--on', '2021-09-26'], lines(family))
    expect(status).toBe(0)
    expect(out.join('\n')).toContain('P01 最低生活保障：可以申请，每月 1,806 元')
    expect(out.join('\n')).toContain('家里人均月收入 500 元（低于 1,102 元）')
  })

  it('exits with 2 and one line when it is called wrongly', () => {
    for (const args of [
      ['screen'],
      ['screen', 'a', 'b'],
      ['screen', '-', '--on', '2021-02-30'],
      ['screen', '-', '--bad'],
      ['screen', join(folder, 'none')],
      ['screen', folder],
      ['scren'],
    ]) {
      const { status, lines: out, stderr } = zhulian(args)
      expect([args, status, out, stderr.trimEnd().split('\n').length]).toEqual([args, 2, [], 1])
    }
  })

  it('explains itself', () => {
    expect(zhulian(['--help']).lines.join('\n')).toContain('screen')
    expect(zhulian(['screen', '--help'])).toMatchObject({ status: 0 })
    expect(zhulian(['--version']).lines[0]).toMatch(/^\d+\.\d+\.\d+$/)
  })
})
