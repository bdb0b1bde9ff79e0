import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { DedupeReport, LinkReport } from '@zhulian/linkage'
import { afterAll, describe, expect, it } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/zhulian.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'link-'))
afterAll(() => rmSync(folder, { recursive: true }))

const link = (...args: string[]) =>
  spawnSync(process.execPath, [bin, 'link', ...args], { encoding: 'utf8', cwd: folder })
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return name
}
const report = (stdout: string) => JSON.parse(stdout) as LinkReport & { seconds: number; faults: string[] }

const [surnames, given] = ['李王张陈徐孙朱章俞蒋何方骆汪裘陆', '建国志明海根荣祥秀英芳娟丽霞玲红']
const people = Array.from({ length: 250 }, (_, i) => ({
  name: `${surnames[i % 16]}${given[(i * 7) % 16]}${given[(i * 3 + 1) % 16]}`,
  birth: `${1940 + (i % 60)}-0${1 + (i % 9)}-${10 + (i % 18)}`,
  phone: `138${String(10_000_000 + i * 37_411).padStart(8, '0')}`,
}))
const registry = ['编号,姓名,出生日期,联系电话', ...people.map((p, i) => `P${i},${p.name},${p.birth},${p.phone}`)].join(
  '\n',
)
const feed = [
  'id,name,dob,mobile',
  ...people.slice(0, 120).map((p, i) => `F${i},${p.name},${p.birth.replaceAll('-', '')},${p.phone}`),
].join('\n')
const truth = ['left,right', ...Array.from({ length: 120 }, (_, i) => `F${i},P${i}`)].join('\n')
const rows = (line: (row: number) => string) => Array.from({ length: 120 }, (_, row) => line(row))
file('registry.csv', registry)
file('feed.csv', feed)
file('truth.csv', truth)

describe('zhulian link', () => {
  it('links two files whose headers are Chinese and English, and counts against the truth', () => {
    const { status, stdout } = link('feed.csv', 'registry.csv', '--truth', 'truth.csv', '--json')
    expect(status).toBe(0)
    const { pairs, f1, precision, recall, auto, review, seconds } = report(stdout)
    expect({ pairs, f1, precision, recall, auto, review }).toEqual({
      pairs: 120,
      f1: 1,
      precision: 1,
      recall: 1,
      auto: { n: 120, wrong: 0 },
      review: 0,
    })
    expect(seconds).toBeGreaterThan(0)
  })

  it('writes each pair with probability and explanation, and keeps what it learnt', () => {
    expect(link('feed.csv', 'registry.csv', '--out', 'pairs.csv', '--save-weights', 'weights.json').status).toBe(0)
    const lines = readFileSync(join(folder, 'pairs.csv'), 'utf8').split('\n')
    expect(lines[0]).toBe('\uFEFFleft,right,probability,weight,band,explanation')
    expect(lines[1]).toMatch(/^F0,P0,[01][.\d]*,[-.\d]+,same,姓名 同名 \+/)
    expect(link('feed.csv', 'registry.csv', '--weights', 'weights.json', '--out', 'again.jsonl').status).toBe(0)
    expect(JSON.parse(readFileSync(join(folder, 'again.jsonl'), 'utf8').split('\n')[0] ?? '')).toMatchObject({
      left: 'F0',
      right: 'P0',
      band: 'same',
      explanation: [{ key: 'name' }, { key: 'birthDate' }, { key: 'phone' }],
    })
  })

  it('wants one list for --clusters', () => {
    expect(link('feed.csv', 'registry.csv', '--clusters', 'c.csv')).toMatchObject({ status: 2 })
  })

  it('writes nothing that a spreadsheet would calculate', () => {
    file('formula.csv', feed.replace('F0,', '-1+1,'))
    expect(link('formula.csv', 'registry.csv', '--out', 'formula-out.csv').status).toBe(0)
    const [, first] = readFileSync(join(folder, 'formula-out.csv'), 'utf8').split('\n')
    expect(first).toMatch(/^'-1\+1,P0,[.\d]+,-?[.\d]+,/)
  })

  it('finds who stands in one list more than once', () => {
    const twice = `${registry}\n${people
      .slice(0, 40)
      .map((p, i) => `Q${i},${p.name},${p.birth},`)
      .join('\n')}`
    file('twice.csv.gz', gzipSync(twice))
    file('pairs-true.csv', ['a,b', ...Array.from({ length: 40 }, (_, i) => `Q${i},P${i}`)].join('\n'))
    const { status, stdout } = link(
      '--dedupe',
      'twice.csv.gz',
      '--truth',
      'pairs-true.csv',
      '--clusters',
      'clusters.csv',
      '--json',
    )
    expect(status).toBe(0)
    expect((JSON.parse(stdout) as DedupeReport).clusters).toEqual({ n: 40, f1: 1, precision: 1, recall: 1 })
    expect(readFileSync(join(folder, 'clusters.csv'), 'utf8')).toContain('P0,P0\nP0,Q0\n')
  })

  it('says which rows it compared with no other, and why: a thousand of one kind tell nobody apart', () => {
    const same = Array.from({ length: 1000 }, (_, i) => `S${i},王海,1980-01-02,13900000000`)
    file('same.csv', [registry, ...same, 'S1000,王海,1980-01-02,13900000000'].join('\n'))
    const { status, stdout } = link('--dedupe', 'same.csv', '--json')
    expect([status, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({
        notCompared: 1001,
        whyNotCompared: expect.stringMatching(/1001 行没有同任何一行比对.*电话.*多于 400 行，最多 1001 行.*S0、S1/),
      }),
    ])
    expect(link('--dedupe', 'same.csv', '--lang', 'en').stdout).toMatch(/1001 rows were compared with no other/)
    expect(report(link('--dedupe', 'registry.csv', '--json').stdout)).toMatchObject({ notCompared: 0 })
  })

  it.each([
    ['whichever way round and whatever they are called', ['登记编号,名单编号', ...rows(i => `P${i},F${i}`)], []],
    ['behind a column of numbers', ['n,a,b,note', ...rows(i => `${i},F${i},P${i},x`)], []],
    [
      'with pairs that were found to be none',
      ['id_l,id_r,is_match', ...rows(i => `F${i},P${i},1`), ...rows(i => `F${i},P${i + 1},0`)],
      [],
    ],
    [
      'by the person each row is',
      ['cluster,id', ...rows(i => `P${i},P${i}`), ...rows(i => `P${i},Q${i}`)],
      ['--dedupe'],
    ],
  ])('finds the true pairs of a file %s', (_, lines, [dedupe]) => {
    file('true.csv', lines.join('\n'))
    if (dedupe) {
      file(
        'double.csv',
        `${registry}\n${people
          .slice(0, 120)
          .map((p, i) => `Q${i},${p.name},${p.birth},${p.phone}`)
          .join('\n')}`,
      )
      expect(report(link('--dedupe', 'double.csv', '--truth', 'true.csv', '--json').stdout).recall).toBe(1)
    } else expect(report(link('feed.csv', 'registry.csv', '--truth', 'true.csv', '--json').stdout).f1).toBe(1)
  })

  it('writes over no file it reads', () => {
    for (const over of ['feed.csv', 'truth.csv', join(folder, 'registry.csv')]) {
      const before = readFileSync(join(folder, 'feed.csv'), 'utf8')
      const refused = link('feed.csv', 'registry.csv', '--truth', 'truth.csv', '--out', over)
      expect([refused.status, refused.stderr]).toEqual([
        2,
        expect.stringMatching(/不能写到.*is one of the files to read/),
      ])
      expect(readFileSync(join(folder, 'feed.csv'), 'utf8')).toBe(before)
    }
  })

  it('knows rows by what stands first and is another in each, whatever it is called', () => {
    file('first.csv', feed.replace('id,name', '件号,name'))
    expect(report(link('first.csv', 'registry.csv', '--truth', 'truth.csv', '--json').stdout).f1).toBe(1)
  })

  it('takes columns by a map where headers say nothing, and says so where there is none', () => {
    file('odd.csv', feed.replace('id,name,dob,mobile', 'k1,k2,k3,k4'))
    const refused = link('odd.csv', 'registry.csv')
    expect(refused.status).toBe(2)
    expect(refused.stderr).toMatch(/表头看不出.*k1、k2.*--fields.*headers of odd.csv/s)
    file('map.json', '{"left": {"id": "k1", "name": "k2", "birthDate": "k3", "phone": "k4"}}')
    expect(
      report(link('odd.csv', 'registry.csv', '--fields', 'map.json', '--truth', 'truth.csv', '--json').stdout).f1,
    ).toBe(1)
    file('wrong.json', '{"left": {"nom": "k2"}}')
    expect(link('odd.csv', 'registry.csv', '--fields', 'wrong.json').stderr).toMatch(/不认得「nom」/)
    file('missing.json', '{"left": {"name": "k9"}}')
    expect(link('odd.csv', 'registry.csv', '--fields', 'missing.json').stderr).toMatch(/没有「k9」这一列.*k1, k2/s)
  })

  it('says in plain words what is wrong with a file, uses the rest, and ends with 1', () => {
    const spoilt = [
      '编号,姓名,出生日期,身份证号,备注,联系电话',
      'A1,裘小琴,1949-04-15,3.30123E+17,=A1+1,',
      'A1,王海,1980-01-02,330111198001020010,,',
      'A3,"王',
      '',
    ].join('\n')
    file('spoilt.csv', spoilt)
    const { status, stdout, stderr } = link('spoilt.csv', 'registry.csv', '--json')
    expect(status).toBe(1)
    for (const words of ['公式', '引号里断了', '编号有重复', '改坏了', '「联系电话」一列是空的'])
      expect(stderr).toContain(words)
    expect(report(stdout).faults).toHaveLength(5)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it.each([
    ['no file', ['nobody.csv', 'registry.csv'], /没有这个文件/],
    ['one file', ['registry.csv'], /要两个文件/],
    ['an empty file', [file('empty.csv', ''), 'registry.csv'], /是空的/],
    ['only a header', [file('header.csv', '编号,姓名,出生日期'), 'registry.csv'], /没有能用的行/],
    ['a workbook', [file('book.xlsx', 'PK\u0003\u0004'), 'registry.csv'], /另存为 CSV/],
    ['a broken archive', [file('half.csv.gz', gzipSync(registry).subarray(0, 200)), 'registry.csv'], /压缩坏了/],
    ['nothing in common', [file('other.csv', 'id,sex,email\n1,男,a@b.cn'), 'registry.csv'], /没有两列以上相同/],
    [
      'a truth of other files',
      ['feed.csv', 'registry.csv', '--truth', file('other-truth.csv', 'a,b\nx,y')],
      /没有一对编号/,
    ],
    ['weights that are none', ['feed.csv', 'registry.csv', '--weights', file('none.json', '{}')], /--save-weights/],
    [
      'weights that are nothing',
      ['feed.csv', 'registry.csv', '--weights', file('null.json', 'null')],
      /--save-weights/,
    ],
    [
      'weights without their shares',
      [
        'feed.csv',
        'registry.csv',
        '--weights',
        file('bare.json', '{"version":1,"comparisons":[{"key":"name"}],"same":0,"household":0}'),
      ],
      /--save-weights/,
    ],
    ...['"neighbours":1', '"moved":"0.1"', '"moved":1.5'].map((part, n): [string, string[], RegExp] => [
      `weights with ${part}`,
      [
        'feed.csv',
        'registry.csv',
        '--weights',
        file(`part-${n}.json`, `{"version":1,${part},"comparisons":[],"same":0.5,"household":0}`),
      ],
      /--save-weights/,
    ]),
    [
      'weights of other columns',
      [
        'feed.csv',
        'registry.csv',
        '--weights',
        file('others.json', '{"version":1,"comparisons":[],"same":0.5,"household":0}'),
      ],
      /列不一样/,
    ],
    ['a folder', ['feed.csv', folder], /这是文件夹/],
  ])('refuses %s in one line', (_, args, words) => {
    const { status, stdout, stderr } = link(...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(words)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})
