import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const bin = fileURLToPath(new URL('../bin/zhulian.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fault-'))
afterAll(() => rmSync(folder, { recursive: true }))

const zhulian = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ZHULIAN_DATA: join(folder, 'data'), DATABASE_URL: '', ...wrongFor(args) },
  })

/** Stops what would open a database, at once and in words of the set-up. */
const wrongFor = ([command]: readonly string[]) =>
  command === 'init' || command === 'serve' ? { ZHULIAN_PG: 'neither' } : {}

describe('a command that cannot do what is asked says so in one line and ends with 2', () => {
  it.each([
    [['nothing-known'], /没有「nothing-known」这个命令/],
    [['import', '--bogus'], /没有「--bogus」这个选项；zhulian import --help/],
    [['import', 'no-such-file.csv'], /没有文件「no-such-file.csv」/],
    [['import', bin, '--origin', '火星'], /没有「火星」这个来源；有：民政、人社/],
    [['import', bin, '--as-of', '2021-13-01'], /--as-of 要写成/],
    [['import', '--undo', 'abc'], /「abc」不是批次编号/],
    [['import', bin, '--undo', '01890000-0000-7000-8000-000000000000'], /要一个文件名，或者 --undo/],
    [['demo', '--people'], /选项「--people」的值不对或没有写/],
    [['demo', '--people', '-5'], /选项「--people」|要 1 到/],
    [['demo', 'extra'], /不知道「extra」是做什么的/],
    [['demo', '--people', '5', '--csv', '/no-such-folder/x.csv'], /没有这个文件或文件夹：\/no-such-folder\/x\.csv/],
    [['demo', '--xlsx', 'a', '--csv', 'b'], /只能写一个/],
    [['init'], /请写明 --name 和 --sign-in/],
    [['init', '--name', '张三', '--sign-in', 'zhang'], /ZHULIAN_PG/],
    [['doctor', '--lang', 'fr'], /用法：zhulian doctor/],
    [['serve', '--demo', '--people', 'x'], /--people 要一个正整数/],
    [['serve'], /ZHULIAN_PG/],
  ])('%j', (args, words) => {
    const { status, stdout, stderr } = zhulian(...args)
    expect(stderr).toMatch(/^zhulian: [^\n]+ \/ [^\n]+\n$/)
    expect(stderr).toMatch(words)
    expect([status, stdout]).toEqual([2, ''])
  })
})
