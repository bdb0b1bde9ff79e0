import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dayOf } from '@zhulian/kernel'
import { afterAll, describe, expect, it } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/zhulian.mjs', import.meta.url))
const zhulian = (args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { status, lines: stdout.split('\n').filter(Boolean), stderr }
}

describe('zhulian rules eval', () => {
  it('answers each line with a value, unknown, or an error with its place', () => {
    const lines = [
      '\uFEFF{"expr":"age >= 18 && m.exists(p, p.able)","types":{"age":"int","m":{"list":{"able":"bool"}}},"bindings":{"age":20,"m":[{"able":true},{}]}}',
      '{"expr":"age >= 18","types":{"age":"int"},"bindings":{}}',
      '{"expr":"born < date(\\"2004-03-02\\") ? born : born","types":{"born":"date"},"bindings":{"born":{"date":"2004-03-01"}}}',
      '{"expr":"7 / 2"}',
      '{"expr":"-0.0"}',
      '{"expr":"6.0 / 2.0"}',
      '{"expr":"0.1 + 0.2"}',
      '{"expr":"1e300"}',
      '{"expr":"1 == 1.0"}',
      '{"expr":"\\"\u2028\\" == \\"a\\""}\r',
      '{"expr":"a &&\\n \\"x\\" + \\"y\\" == a","types":{"a":"string"}}',
      '{"expr":"x","types":{"x":"int"},"bindings":{"x":null}}',
      '{',
      '',
      '[]',
      `{"expr":"${'('.repeat(10_000_000)}"}`,
    ]
    const { status, lines: out, stderr } = zhulian(['rules', 'eval', '-'], lines.join('\n'))
    expect([status, stderr]).toEqual([0, ''])
    expect(out.slice(0, 10)).toEqual([
      '{"value":true}',
      '{"value":"unknown"}',
      '{"value":"2004-03-01"}',
      '{"value":3}',
      '{"value":-0.0}',
      '{"value":3.0}',
      '{"value":0.30000000000000004}',
      '{"value":1e+300}',
      '{"value":true}',
      '{"value":false}',
    ])
    expect(out.slice(10).map(line => JSON.parse(line) as unknown)).toMatchObject([
      { error: 'unsupported', line: 1, column: 1 },
      { error: 'case' },
      { error: 'case' },
      { error: 'case' },
      { error: 'too_large', line: 1, column: 20_001 },
    ])
  })

  it('is called with eval and one file', () => {
    for (const args of [
      ['rules'],
      ['rules', 'evil', '-'],
      ['rules', 'eval'],
      ['rules', 'eval', 'none.jsonl'],
      ['rules', 'eval', '-', 'x'],
    ]) {
      const { status, lines, stderr } = zhulian(args)
      expect([args, status, lines, stderr.trimEnd().split('\n').length]).toEqual([args, 2, [], 1])
    }
    expect(zhulian(['rules', '--help'])).toMatchObject({ status: 0 })
  })
})

describe('zhulian rules', () => {
  it('loads nothing of the server where it reads no database', () => {
    const hook = `import { registerHooks } from 'node:module'
      registerHooks({ load: (url, ...rest) => (/server.src.modules/.test(url) && console.error(url), rest[1](url, rest[0])) })`
    const watching = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` }
    expect(zhulian(['rules', '--help'], '', watching)).toMatchObject({ status: 0, stderr: '' })
    const shares = zhulian(['rules', 'shares', '--people', 'many'], '', watching)
    expect([shares.status, shares.stderr]).toEqual([2, expect.stringContaining('/modules/registry/')])
  })
})

describe('zhulian rules explain', () => {
  const folder = mkdtempSync(join(tmpdir(), 'explain-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'home.json')
  const explain = (household: object, ...args: string[]) => {
    writeFileSync(file, JSON.stringify(household))
    return zhulian(['rules', 'explain', file, '--on', '2021-09-26', ...args])
  }
  const home = { certifiedTier: 'none', hasLocalHukouOrPermit: true, meansTestConsent: false, motorVehicleCount: 0 }
  const persons = [{ key: 'a', alive: true, birthDate: '1976-05-01', wageMonthly: 1500 }]

  it('says for a no what is lacking, and calls it information', () => {
    const { status, lines, stderr } = explain({ household: home, persons }, '--policy', 'P01')
    expect([status, stderr]).toEqual([0, ''])
    expect(lines[0]).toContain('P01')
    expect(lines.join('\n')).toContain('因为')
    expect(lines.join('\n')).toContain('条款：2014-05-01')
  })

  it('names no fact that is fixed, and only changes that turn the result', () => {
    const { lines } = explain({ household: home, persons }, '--json')
    const all = lines.map(line => JSON.parse(line) as { change?: { changes: { fact: string }[] }; verdict: string })
    const changes = all.flatMap(one => one.change?.changes ?? [])
    expect(all.length).toBeGreaterThan(45)
    expect(all.filter(one => one.change && one.verdict !== 'ineligible')).toEqual([])
    for (const { fact } of changes) expect(fact).not.toMatch(/birthDate|sex|Illness|disability|marital|adl|On$/i)
  })

  it('says from whom and of which day each reason is known, where the file does', () => {
    const rich = { ...home, meansTestConsent: true, financialAssets: 500_000 }
    const sources = {
      'household.financialAssets': { source: '银行', on: '2021-09-01' },
      'a.birthDate': { source: '公安', on: '2021-08-01' },
      // What names nothing is left aside, whatever it says.
      'household.nothing': 1,
      'b.birthDate': 'x',
    }
    const file = { household: rich, persons, sources }
    const { status, lines, stderr } = explain(file)
    expect([status, stderr]).toEqual([0, ''])
    const said = lines.join('\n')
    expect(said).toContain('（不低于 52,896 元）〔银行，2021-09-01〕')
    expect(said).toContain('a：年龄 45 岁（不低于 18 岁）〔公安，2021-08-01〕')
    expect(explain(file, '--policy', 'P09', '--lang', 'en').lines[1]).toContain(' [公安, 2021-08-01]')
    const [json] = explain(file, '--policy', 'P01', '--json').lines
    expect(JSON.parse(json ?? '')).toMatchObject({
      reasons: [{ sources: [{ fact: 'household.financialAssets', source: '银行', on: '2021-09-01' }] }],
    })
    const wrong = explain({ ...file, sources: { 'household.financialAssets': { source: '银行' } } })
    expect([wrong.status, wrong.lines, wrong.stderr]).toEqual([
      1,
      [],
      expect.stringContaining('household.financialAssets'),
    ])
  })

  it('in English has no Chinese punctuation', () => {
    const { lines } = explain(
      { household: home, persons, sources: { 'a.birthDate': { source: 'x', on: '2021-08-01' } } },
      '--lang',
      'en',
    )
    expect(lines.length).toBeGreaterThan(45)
    expect(lines.filter(line => /[\u3000-\u303f\uff00-\uffef]/.test(line))).toEqual([])
  })

  it('is of today at the office, wherever the machine stands', () => {
    // Twenty-six hours apart: never the same day.
    const [east, west] = ['Pacific/Kiritimati', 'Etc/GMT+12']
    const days = () => [dayOf(new Date(), east), dayOf(new Date(), west)] as const
    const [today] = days()
    const sixty = [{ key: 'a', alive: true, birthDate: `${Number(today.slice(0, 4)) - 60}${today.slice(4)}` }]
    writeFileSync(file, JSON.stringify({ household: home, persons: sixty }))
    const age = (zone: string) =>
      zhulian(['rules', 'explain', file, '--policy', 'P09'], '', { ZHULIAN_ZONE: zone }).lines[1]
    expect([age(east), age(west)]).toEqual([expect.stringContaining('60 岁'), expect.stringContaining('59 岁')])
    const day = (zone: string) => zhulian(['rules', 'sql', 'P01'], '', { ZHULIAN_ZONE: zone }).lines[0]?.slice(-10)
    // Asked again where one of the days turned meanwhile.
    let [before, said] = [days(), [day(east), day(west)]]
    if (before.join() !== days().join()) [before, said] = [days(), [day(east), day(west)]]
    expect(said).toEqual(before)
  })

  it('refuses what is no household and no policy', () => {
    expect(explain({ household: {}, persons: [] }).status).toBe(1)
    expect(explain({ household: {}, persons }, '--policy', 'P99').status).toBe(2)
    expect(zhulian(['rules', 'explain']).status).toBe(2)
  })
})

describe('zhulian rules sql', () => {
  it('prints a rule as a query that can be read and pasted', () => {
    const { status, lines, stderr } = zhulian(['rules', 'sql', 'P01', '--on', '2021-09-26', '--tables'])
    expect([status, stderr]).toEqual([0, ''])
    expect(lines[0]).toBe('CREATE TABLE household (')
    expect(lines.join('\n')).toContain('-- P01 ')
    expect(lines.join('\n')).not.toMatch(/\$\d/)
    expect(lines.slice(-2)).toEqual(['FROM household', 'ORDER BY household.id;'])
    const own = zhulian(['rules', 'sql', 'P01', '--on', '2021-09-26', '--schema', 'audit', '--literal'])
    expect(own.lines.at(-2)).toBe('FROM "audit".household')
    const made = zhulian(['rules', 'sql', 'P01', '--on', '2021-09-26', '--schema', 'audit', '--tables'])
    expect(made.lines.slice(0, 2)).toEqual(['SET search_path TO "audit";', 'CREATE TABLE household ('])
  })

  it('is called with one rule that there is', () => {
    for (const args of [
      ['sql'],
      ['sql', 'P99'],
      ['sql', 'circle/'],
      ['sql', 'circle/00'],
      ['sql', 'P01', 'P02'],
      ['sql', 'P01', '--on', '2021-02-30'],
    ])
      expect(zhulian(['rules', ...args])).toMatchObject({ status: 2, lines: [] })
  })
})
