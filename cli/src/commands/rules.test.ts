import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/zhulian.mjs', import.meta.url))
const zhulian = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { input, encoding: 'utf8' })
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
