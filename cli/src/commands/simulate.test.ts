import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { faultWords } from '../fault.ts'
import type { Tried } from '../tried-words.ts'
import { simulate as command } from './simulate.ts'

const bin = fileURLToPath(new URL('../../bin/zhulian.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'simulate-'))
afterAll(() => rmSync(folder, { recursive: true }))

const simulate = (...args: string[]) =>
  spawnSync(process.execPath, [bin, 'simulate', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ZHULIAN_DATA: folder, DATABASE_URL: '' },
  })

describe('zhulian simulate', () => {
  it('tries a figure on the made-up district where there is no installation, and makes none', () => {
    const { status, stdout } = simulate(
      '--set',
      'dibaoStandard=1216',
      '--on',
      '2021-09-26',
      '--people',
      '3000',
      '--json',
    )
    expect(status).toBe(0)
    const tried = JSON.parse(stdout) as Tried
    expect(tried.over).toBe('madeUp')
    expect(tried.on).toBe('2021-09-26')
    const dibao = tried.policies.find(p => p.id === 'P01')
    expect(dibao?.gained.people).toBeGreaterThan(4)
    expect(dibao?.costTried).toBeGreaterThan(dibao?.costNow ?? 0)
    expect(tried.townships).toHaveLength(24)
    for (const [gained, lost] of tried.policies.flatMap(p => p.townships))
      for (const n of [gained, lost]) expect(n === null || n === 0 || n >= 5).toBe(true)
  }, 120_000)

  it('says the same in words, in either language', () => {
    const figure = ['--set', 'dibaoStandard=1216', '--on', '2021-09-26', '--people', '1500']
    expect(simulate(...figure).stdout).toMatch(
      /编造的示例区[\s\S]*P01 最低生活保障：新得 \+\d+ 人[\s\S]*社会救助资金（示例）/,
    )
    expect(simulate(...figure, '--lang', 'en').stdout).toMatch(/made-up district[\s\S]*P01 .*gain \+\d+[\s\S]*budget/)
  }, 120_000)

  it('says in one line what is wrong, and exits with 2', async () => {
    const { status, stdout, stderr } = simulate('--set', 'dibaoStandard')
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1])
    const faults: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /要说改哪个参数.*say which figure/],
      [['--set', 'dibaoStandard'], /参数=数值.*NAME=VALUE/],
      [['--set', 'dibaoStandard=-1'], /参数=数值/],
      [['--set', 'dibao=1', '--people', '50'], /没有“dibao”.*no figure/],
      [['--set', 'dibaoStandard=2000000000', '--people', '50'], /0 到 10 亿/],
      [['--set', 'dibaoStandard=1', '--on', '2021-02-30'], /不是真实的日子/],
      [['--set', 'dibaoStandard=1', '--people', '0'], /--people/],
    ]
    for (const [args, wanted] of faults) {
      const thrown: unknown = await command.run(args).catch((error: unknown) => error)
      const { zh, en } = faultWords(thrown, 'simulate')
      expect(`${zh} / ${en}`).toMatch(wanted)
    }
  }, 120_000)
})
