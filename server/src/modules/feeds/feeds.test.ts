import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Day, Id } from '@zhulian/kernel'
import { idCheckCharacter } from '@zhulian/kernel'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { type Cell, writeTable } from '../../platform/table-file.ts'
import { madeUpDistrict, madeUpFiles } from '@zhulian/seed'
import { currentPool } from '../pools/index.ts'
import { enrolHouseholds } from '../registry/index.ts'
import { seedFile } from './index.ts'
import { gb18030 } from './test/gb18030.ts'
import { sheetXml, textRows, workbookOf, workbookOfMany, zipOf } from './test/workbook.ts'

let house: House
let officer: Client
beforeAll(async () => {
  house = await openHouse()
  officer = house.as('districtOfficer')
})
afterAll(() => house.close())

const header = [
  '户编号',
  '与户主关系',
  '姓名',
  '身份证号',
  '镇街',
  '村（社区）',
  '每月工资（元）',
  '工资',
  '已认定的救助身份',
  '残疾等级',
  '住房面积',
]
const columns = header.filter(h => h !== '每月工资（元）')
let people = 0
/** A made-up identity number nobody else here has. */
const number = (birth = '19800101') => {
  const first = `3350${String(10 + Math.floor(people / 90)).slice(-1)}${(people % 9) + 1}`.slice(0, 6).padEnd(6, '1')
  people++
  const seventeen = `${first}${birth.slice(0, 4)}${String((people % 12) + 1).padStart(2, '0')}${String((people % 28) + 1).padStart(2, '0')}000`
  return seventeen + idCheckCharacter(seventeen)
}
const row = (household: string, over: Partial<Record<(typeof header)[number], Cell>> = {}): Cell[] => {
  const cells: Record<string, Cell> = {
    户编号: household,
    与户主关系: '户主',
    姓名: '方根生',
    身份证号: number(),
    镇街: '常绿镇',
    '村（社区）': '青龙村',
    工资: 900,
    已认定的救助身份: '低保',
    ...over,
  }
  return columns.map(c => cells[c])
}
const xlsx = (rows: Cell[][]) => writeTable('xlsx', '家庭', [columns, ...rows])
const upload = (content: Uint8Array | string, name = '月报.xlsx', by = officer) =>
  by.post('POST /imports', { file: { name, content }, query: {} })

async function checked(content: Uint8Array | string, name?: string, by = officer) {
  const taken = await upload(content, name, by)
  expect(taken.problem).toBeUndefined()
  const params = { id: taken.body.id }
  const told = await by.post('POST /imports/:id/check', { params, body: {} })
  expect(told.problem).toBeUndefined()
  expect((await house.settle()).failures).toEqual([])
  const seen = await by.get('GET /imports/:id', { params })
  expect(seen.body.state).toBe('checked')
  return seen.body
}
async function applied(content: Uint8Array | string, by = officer) {
  const file = await checked(content, undefined, by)
  const told = await by.post('POST /imports/:id/apply', { params: { id: file.id }, body: {} })
  expect(told.problem).toBeUndefined()
  expect((await house.settle()).failures).toEqual([])
  return (await by.get('GET /imports/:id', { params: { id: file.id } })).body
}
const faultsOf = (report: { firstFaults: { row: number; faults: { words: { zh: string } }[] }[] } | null) =>
  Object.fromEntries((report?.firstFaults ?? []).map(f => [f.row, f.faults.map(x => x.words.zh).join('；')]))

describe('a file that comes in', () => {
  it('is taken with its columns guessed, changes nothing when checked, and says what it would change', async () => {
    const child = number('20120101')
    const file = await checked(
      await xlsx([
        row('A-1'),
        row('A-1', { 与户主关系: '女儿', 姓名: '方念慈', 身份证号: child, 工资: '', 已认定的救助身份: '' }),
      ]),
    )
    expect(file.mapping).toMatchObject({ householdNo: 0, idNumber: 3, 'person.wageMonthly': 6 })
    expect(file.report).toMatchObject({ rows: 2, faulty: 0, newHouseholds: 1, newPersons: 2, changedPersons: 0 })
    expect(file.report?.firstChanges[0]).toMatchObject({ kind: 'newHousehold', who: '方*生', row: 2 })
    expect((await officer.post('POST /households/search', { body: { q: '方念慈' } })).body.items).toEqual([])
    expect(JSON.stringify(await house.sql('select * from feeds.staged_row'))).not.toContain(child)
  })

  it('is applied as a whole, judged, searchable; the same file again changes nothing', async () => {
    const rows = [row('B-1', { 姓名: '裘阿珍', 残疾等级: 2 }), row('B-2', { 姓名: '裘水根' })]
    const done = await applied(await xlsx(rows))
    expect(done.state).toBe('applied')
    const found = await officer.post('POST /households/search', { body: { q: '裘阿珍' } })
    expect(found.body.items[0]).toMatchObject({ registerNo: 'B-1', tier: 'dibao', place: { name: '青龙村' } })
    const household = await officer.get('GET /households/:id', { params: { id: found.body.items[0]?.id as string } })
    expect(household.body.members[0]?.facts.find(f => f.fact === 'wageMonthly')).toMatchObject({
      value: 900,
      source: 'feed',
      origin: '民政',
      recordedBy: '测试人员',
    })
    const again = await checked(await xlsx(rows))
    expect(again.report).toMatchObject({
      newHouseholds: 0,
      newPersons: 0,
      changedPersons: 0,
      changedHouseholds: 0,
      unchanged: 2,
      changes: [],
    })
  })

  it('shows changed facts field by field, and what stays in use because somebody verified it', async () => {
    const one = row('C-1', { 姓名: '盛水娟', 工资: 900, 住房面积: 60 })
    await applied(await xlsx([one]))
    const id = (await officer.post('POST /households/search', { body: { q: '盛水娟' } })).body.items[0]?.id as string
    await officer.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: 1,
      body: { source: 'verified', household: { housingArea: 55 } },
    })
    const changed = [...one]
    changed[columns.indexOf('工资')] = 3900
    changed[columns.indexOf('住房面积')] = 70
    const file = await checked(await xlsx([changed]))
    expect(file.report).toMatchObject({ changedPersons: 1, changedHouseholds: 1, unchanged: 0 })
    expect(file.report?.firstChanges).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ fact: 'person.wageMonthly', before: 900, after: 3900, beside: false }),
        expect.objectContaining({ fact: 'household.housingArea', before: 55, after: 70, beside: true }),
      ]),
    )
    await officer.post('POST /imports/:id/apply', { params: { id: file.id }, body: {} })
    await house.settle()
    const after = await officer.get('GET /households/:id', { params: { id } })
    expect(after.body.facts.find(f => f.fact === 'housingArea')).toMatchObject({ value: 55, disputed: true })
    expect(after.body.members[0]?.facts.find(f => f.fact === 'wageMonthly')?.value).toBe(3900)
  })

  it('says of each faulty row what is wrong, and gives the rows back to mend', async () => {
    const good = row('D-1', { 姓名: '何桂花' })
    const spoilt = '330111197603020000'
    const file = await checked(
      await xlsx([
        good,
        row('D-2', { 身份证号: Number(spoilt) }),
        row('D-3', { 身份证号: '330111197603020005' }),
        row('D-4', { 身份证号: good[3] ?? '' }),
        row('D-5', { 工资: '很多', 残疾等级: 9 }),
        row('D-6', { '村（社区）': '没有村' }),
        row('D-7', { 镇街: '', '村（社区）': '蒋家村' }),
        row('D-8', { 与户主关系: '儿子' }),
        row('D-9', { 姓名: '=HYPERLINK("http://x")' }),
        row('D-10'),
        row('D-10', { 与户主关系: '配偶', 身份证号: '1101' }),
        row('', {}),
      ]),
    )
    const faults = faultsOf(file.report)
    expect(faults[3]).toContain('末三位变成了000')
    expect(faults[4]).toContain('末位对不上')
    expect(faults[5]).toContain('和第2行的身份证号相同')
    expect(faults[6]).toMatch(/“很多”不是数|9不在/)
    expect(faults[7]).toContain('没有找到这个村')
    expect(faults[8]).toContain('不止一个')
    expect(faults[9]).toContain('没有户主')
    expect(faults[11]).toContain('同一户第12行有错')
    expect(faults[12]).toContain('不是18位')
    expect(faults[13]).toContain('没有户编号')
    expect(file.report).toMatchObject({ rows: 12, newHouseholds: 2 })
    const mend = await officer.get('GET /imports/:id/faults', { params: { id: file.id }, query: { format: 'csv' } })
    const lines = mend.text.trim().split('\r\n')
    expect(lines).toHaveLength(11)
    expect(lines[0]).toMatch(/哪里不对$/)
    expect(lines[1]).toContain('末三位变成了000')
    const again = await checked(mend.text, '月报-待改.csv')
    // The row whose number was taken by another row of the first file stands alone now.
    expect(again.report?.faulty).toBe(9)
  })

  it('has no row of somebody older than 130', async () => {
    const first17 = '33011118010101000'
    const idNumber = `${first17}${idCheckCharacter(first17)}`
    const file = await checked(await xlsx([row('D-20'), row('D-21', { 身份证号: idNumber })]))
    expect(faultsOf(file.report)[3]).toContain('超过130岁')
  })

  it('keeps text that looks like a formula as text, in and out', async () => {
    await applied(await xlsx([row('E-1', { 姓名: '@王阿毛', 身份证号: number() })]))
    const stored = await house.sql<{ name: string }>("select name from registry.person where name like '%王阿毛'")
    expect(stored).toEqual([{ name: '@王阿毛' }])
  })

  it('reads CSV as Excel writes it in China, in UTF-8 and with tabs', async () => {
    const lines = (separator: string, rows: Cell[][]) => [columns, ...rows].map(r => r.join(separator)).join('\r\n')
    const gb = gb18030(lines(',', [row('F-1', { 姓名: '骆阿土' })]))
    expect((await checked(gb, 'a.csv')).report).toMatchObject({ newPersons: 1, faulty: 0 })
    expect((await checked(`\uFEFF${lines('\t', [row('F-2')])}`, 'b.txt')).report).toMatchObject({
      newPersons: 1,
      faulty: 0,
    })
    expect((await checked(lines(';', [row('F-3')]), 'c.csv')).report).toMatchObject({ newPersons: 1, faulty: 0 })
  })

  it('drops what nobody sees: control characters, marks of direction, the apostrophe that keeps a number text', async () => {
    const id = number()
    const title = '9月名单'.padEnd(5000, '，')
    const file = await applied(
      [[title], columns, row('F\u0000-4', { 姓名: '凌\u0000金\u202D花', 身份证号: `'\u202D${id}\u202C` })]
        .map(r => r.join(','))
        .join('\r\n'),
    )
    expect(file.report).toMatchObject({ faulty: 0, newPersons: 1 })
    const found = await officer.post('POST /households/search', { body: { q: id } })
    expect(found.body.items).toMatchObject([{ registerNo: 'F-4' }])
  })

  it('is looked for behind a sheet of notes; two sheets that both look like lists are for a person to part', async () => {
    const [notes, list] = [textRows([['请填第二张表']]), textRows([columns, row('F-5')])]
    const sheets = [
      { name: '填表说明', xml: notes },
      { name: '9月', xml: list },
    ]
    expect((await checked(workbookOfMany(sheets))).report).toMatchObject({ newPersons: 1, faulty: 0 })
    const old = { name: '8月', xml: textRows([columns, row('F-6')]) }
    const both = await upload(workbookOfMany([...sheets, old]))
    expect(both.problem).toMatchObject({ code: 'feeds.severalSheets' })
    expect(both.problem?.detail).toContain('9月、8月')
    expect((await upload(workbookOfMany([...sheets, { ...old, hidden: true }]))).problem).toBeUndefined()
  })

  it('counts a row that has become faulty between the check and the applying, and gives it back to mend', async () => {
    const late = row('M-1', { 姓名: '夏雪珍' })
    const file = await checked(await xlsx([late, row('M-2'), row('M-3', { 工资: '很多' })]))
    expect(file.report).toMatchObject({ rows: 3, faulty: 1, newPersons: 2 })
    await applied(await xlsx([row('M-9', { 姓名: '夏雪珍', 身份证号: late[3] as string })]))
    await officer.post('POST /imports/:id/apply', { params: { id: file.id }, body: {} })
    expect((await house.settle()).failures).toEqual([])
    const { report } = (await officer.get('GET /imports/:id', { params: { id: file.id } })).body
    expect(report).toMatchObject({ rows: 3, faulty: 2, newPersons: 1 })
    expect(Object.keys(faultsOf(report))).toEqual(['2', '4'])
    const mend = await officer.get('GET /imports/:id/faults', { params: { id: file.id }, query: { format: 'csv' } })
    expect(mend.text.trim().split('\r\n')).toHaveLength(3)
  })

  it('is checked also where one of its rows cannot be opened: that row says so, and the others stand', async () => {
    const taken = await upload(await xlsx([row('R-1', { 姓名: '阮一' }), row('R-2', { 姓名: '阮二' })]))
    const params = { id: taken.body.id }
    await house.sql(`update feeds.staged_row set cells = '\\x00' where batch_id = $1 and household_no = 'R-1'`, [
      params.id,
    ])
    await officer.post('POST /imports/:id/check', { params, body: {} })
    expect((await house.settle()).failures).toEqual([])
    const { report } = (await officer.get('GET /imports/:id', { params })).body
    expect(report).toMatchObject({ rows: 2, faulty: 1, newPersons: 1 })
    expect(faultsOf(report)[2]).toContain('打不开')
    const mend = await officer.get('GET /imports/:id/faults', { params, query: { format: 'csv' } })
    expect(mend.text).toContain('打不开')
  })

  it('that cannot be done is handed back unchanged, with words and a number to ask by', async () => {
    const file = await checked(await xlsx([row('N-1', { 姓名: '史水仙' })]))
    await house.sql(`alter table registry.person add constraint never check (name <> '史水仙') not valid`)
    await officer.post('POST /imports/:id/apply', { params: { id: file.id }, body: {} })
    for (let i = 0; i < 3; i++) {
      await house.settle()
      house.later(60_000)
    }
    await house.sql('alter table registry.person drop constraint never')
    const params = { id: file.id }
    const seen = await officer.get('GET /imports/:id', { params })
    expect(seen.body).toMatchObject({ state: 'checked', problem: { zh: expect.stringContaining('编号') as string } })
    expect((await officer.get('GET /imports/:id/progress', { params })).body).toEqual({
      state: 'checked',
      progress: null,
    })
    await officer.post('POST /imports/:id/apply', { params, body: {} })
    expect((await house.settle()).failures).toEqual([])
    expect((await officer.get('GET /imports/:id', { params })).body).toMatchObject({ state: 'applied', problem: null })
  })

  it('can be matched by hand where headers are not known', async () => {
    const odd = columns.map(c => (c === '姓名' ? '成员' : c))
    const taken = await upload(await writeTable('xlsx', 'x', [['某镇2021年9月名单'], odd, row('G-1')]))
    const params = { id: taken.body.id }
    const missing = await officer.post('POST /imports/:id/check', { params, body: {} })
    expect(missing.problem).toMatchObject({
      code: 'feeds.columnsMissing',
      detail: expect.stringContaining('姓名') as string,
    })
    const wrong = await officer.post('POST /imports/:id/check', {
      params,
      body: { mapping: { ...taken.body.mapping, name: 3 } },
    })
    expect(wrong.problem?.code).toBe('feeds.mappingWrong')
    await officer.post('POST /imports/:id/check', { params, body: { mapping: { ...taken.body.mapping, name: 2 } } })
    await house.settle()
    expect((await officer.get('GET /imports/:id', { params })).body.report).toMatchObject({ newPersons: 1 })
  })

  it('tells browsers when it moves on', async () => {
    const live = await officer.live()
    await checked(await xlsx([row('L-1')]))
    expect((await live.next('feeds.changed')).name).toBe('feeds.changed')
    live.close()
    await live.ended
  })
})

describe('a file that cannot be read is refused in words', () => {
  const refused = async (content: Uint8Array | string, words: RegExp, name?: string) => {
    const answer = await upload(content, name)
    expect(answer.problem, String(words)).toMatchObject({ status: 422 })
    expect(answer.problem?.detail).toMatch(words)
  }
  it('empty, of another kind, cut off, old, without a header or without rows', async () => {
    const whole = await xlsx([row('X-1')])
    await refused('', /空的/)
    await refused('%PDF-1.7 …', /不是表格文件/)
    await refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'), /旧版Excel/)
    await refused('\uFEFF\n<html><table><tr><td>户编号</td></tr></table></html>', /网页格式/)
    await refused(whole.subarray(0, whole.length - 300), /不完整/)
    await refused(zipOf([{ name: 'word/document.xml', content: '<x/>' }]), /不是 \.xlsx/)
    await refused(zipOf([{ name: 'xl/workbook.bin', content: 'x' }]), /xlsb/)
    await refused(workbookOf('not xml'), /没有找到表头|空的|读不出来/)
    await refused(
      await writeTable('xlsx', 'x', [
        ['a', 'b', 'c'],
        [1, 2, 3],
      ]),
      /没有找到表头/,
    )
    await refused(await writeTable('xlsx', 'x', [columns]), /没有数据/)
  })
  it('with something further to the right than is read', async () => {
    const wide = [...row('X-8'), ...Array.from({ length: 300 }, () => ''), '远处']
    const list = { name: '9月', xml: textRows([columns, wide]) }
    await refused(workbookOfMany([list]), /第300列（KN列）以后还有内容/)
    await refused([columns, wide].map(cells => cells.join(',')).join('\n'), /第300列/, '月报.csv')
    // Of a sheet that is not read it is nobody's matter.
    const notes = { name: '说明', xml: textRows([[...Array.from({ length: 400 }, () => ''), '远处']]) }
    const whole = { name: '9月', xml: textRows([columns, row('X-7')]) }
    expect((await upload(workbookOfMany([notes, whole]))).problem).toBeUndefined()
  })
  it('as of a day that has not come', async () => {
    const content = await xlsx([row('X-9')])
    const send = (asOf: Day) => officer.post('POST /imports', { file: { name: '月报.xlsx', content }, query: { asOf } })
    expect((await send('2021-09-27' as Day)).problem?.code).toBe('feeds.dayNotYet')
    expect((await send('2021-09-26' as Day)).status).toBe(200)
  })

  it('with a merged or repeated header', async () => {
    const merged = columns.map(c => (c === '身份证号' ? '' : c))
    await refused(await writeTable('xlsx', 'x', [merged, row('X-2')]), /合并单元格/)
    await refused(
      await writeTable('xlsx', 'x', [
        [...columns, '姓名'],
        [...row('X-3'), '甲'],
      ]),
      /不止一次/,
    )
  })
  it('with more than it says or more than anybody can read, before it is unpacked', async () => {
    const bomb = sheetXml('<row><c><v>1</v></c></row>'.repeat(2_000_000))
    const since = performance.now()
    await refused(workbookOf(bomb), /大得不正常/)
    await refused(workbookOf(bomb, 1000), /读不出来|不完整/)
    await refused(workbookOf(sheetXml('<row/>'), 700_000_000), /太大/)
    expect(performance.now() - since).toBeLessThan(15_000)
  })
})

describe('a file can be taken back', () => {
  it('as a whole: what it said is withdrawn, and whom it brought is not there any more', async () => {
    const one = row('H-1', { 姓名: '潘银花', 工资: 900 })
    await applied(await xlsx([one]))
    house.later(60_000)
    const second = [...one]
    second[columns.indexOf('工资')] = 3900
    const file = await applied(await xlsx([second, row('H-2', { 姓名: '潘金根' })]))
    house.later(60_000)
    const undone = await officer.post('POST /imports/:id/undo', {
      params: { id: file.id },
      body: { reason: '发错了月份' },
    })
    expect(undone.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    expect((await officer.get('GET /imports/:id', { params: { id: file.id } })).body.state).toBe('undone')
    expect((await officer.post('POST /households/search', { body: { q: '潘金根' } })).body.items).toEqual([])
    const id = (await officer.post('POST /households/search', { body: { q: '潘银花' } })).body.items[0]?.id as string
    const seen = await officer.get('GET /households/:id', { params: { id } })
    expect(seen.body.members[0]?.facts.find(f => f.fact === 'wageMonthly')?.value).toBe(900)
    const history = await officer.get('GET /households/:id/history', { params: { id } })
    expect(history.body.items.some(e => e.kind === 'withdrawn')).toBe(true)
    house.later(60_000)
    await officer.post('POST /imports/:id/check', { params: { id: file.id }, body: {} })
    await house.settle()
    await officer.post('POST /imports/:id/apply', { params: { id: file.id }, body: {} })
    expect((await house.settle()).failures).toEqual([])
    expect((await officer.post('POST /households/search', { body: { q: '潘金根' } })).body.items).toHaveLength(1)
  })

  it('and whom it brought can then be registered by hand, under the same number', async () => {
    const [idNumber, registerNo] = [number(), 'H-8']
    const file = await applied(await xlsx([row(registerNo, { 姓名: '申屠月仙', 身份证号: idNumber })]))
    house.later(60_000)
    await officer.post('POST /imports/:id/undo', { params: { id: file.id }, body: { reason: '发错了月份' } })
    expect((await house.settle()).failures).toEqual([])
    const members = [{ name: '申屠月仙', idNumber, relation: '02' }]
    const added = await officer.post('POST /households', { body: { division: '330111109203', registerNo, members } })
    expect(added.problem).toBeUndefined()
    const seen = await officer.get('GET /households/:id', { params: { id: added.body.id } })
    expect(seen.body).toMatchObject({ registerNo, version: added.body.version, members: [{ name: '申屠月仙' }] })
    expect(seen.body.members[0]?.facts.some(f => f.fact === 'wageMonthly')).toBe(false)
  })

  it('not where somebody has changed a household since; they are named', async () => {
    const file = await applied(await xlsx([row('I-1', { 姓名: '凌月仙' })]))
    const id = (await officer.post('POST /households/search', { body: { q: '凌月仙' } })).body.items[0]?.id as string
    house.later(60_000)
    await officer.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: 1,
      body: { source: 'verified', household: { housingArea: 55 } },
    })
    const refusedUndo = await officer.post('POST /imports/:id/undo', {
      params: { id: file.id },
      body: { reason: '发错了月份' },
    })
    expect(refusedUndo.problem).toMatchObject({
      code: 'feeds.laterChanges',
      facts: { count: 1, households: [{ household: id, registerNo: 'I-1' }] },
    })
    expect((await officer.get('GET /imports/:id', { params: { id: file.id } })).body.state).toBe('applied')
  })
})

describe('the files of the made-up district', () => {
  it('stand there in the township: one applied, one checked, with rows to mend', async () => {
    const today = '2021-09-26' as Day
    const people = [...madeUpDistrict({ people: 900, today })].filter(h => h.division.startsWith('330111109'))
    await house.inside(async ctx => {
      await enrolHouseholds(ctx, people)
      const { documents } = await currentPool(ctx)
      for (const file of madeUpFiles({ people: 900, today }, documents.facts)) await seedFile(ctx, file)
    })
    expect((await house.settle()).failures).toEqual([])
    const clerk = house.as('townshipClerk', { scope: '330111109' })
    const { items } = (await clerk.get('GET /imports', {})).body
    const of = async (name: string) =>
      (await clerk.get('GET /imports/:id', { params: { id: items.find(b => b.fileName === name)?.id as Id } })).body
    const wages = await of('常绿镇工资核对.xlsx')
    expect(wages).toMatchObject({ state: 'applied', origin: '人社', report: { faulty: 0, newPersons: 0 } })
    expect(wages.report?.changedPersons).toBeGreaterThan(2)
    expect(await of('失业登记月报.csv')).toMatchObject({ state: 'checked', report: { faulty: 6, newPersons: 2 } })
  })
})

describe('who may', () => {
  it('a township brings its own villages only; guides bring nothing; the trail says who did what', async () => {
    const clerk = house.as('townshipClerk')
    const file = await checked(
      await xlsx([row('J-1', { 镇街: '湖源乡', '村（社区）': '新一村' }), row('J-2')]),
      undefined,
      clerk,
    )
    expect(faultsOf(file.report)[2]).toContain('不在您的工作范围内')
    expect(file.report).toMatchObject({ newHouseholds: 1, faulty: 1 })
    const other = await house
      .as('townshipClerk', { scope: '330111110' })
      .get('GET /imports/:id', { params: { id: file.id } })
    expect(other.status).toBe(404)
    expect((await house.as('guide').get('GET /imports', {})).status).toBe(403)
    const trail = await house.trail(400)
    for (const action of ['feeds.upload', 'feeds.check', 'feeds.apply', 'feeds.undo'])
      expect(trail, action).toContainEqual(expect.objectContaining({ action, subject_kind: 'batch', outcome: 'done' }))
    const early = await officer.post('POST /imports/:id/apply', {
      params: { id: (await upload(await xlsx([row('J-3')]))).body.id },
      body: {},
    })
    expect(early.problem?.code).toBe('feeds.stepNotOpen')
  })

  it('a file is forgotten when nobody wants it, and its rows a month after', async () => {
    const file = await checked(await xlsx([row('K-1')]))
    await officer.post('POST /imports/:id/discard', { params: { id: file.id }, body: {} })
    const rows = (id: Id) => house.sql('select from feeds.staged_row where batch_id = $1', [id])
    expect(await rows(file.id)).toEqual([])
    const old = await checked(await xlsx([row('K-2')]))
    expect(await rows(old.id)).toHaveLength(1)
    house.later(31 * 86_400_000)
    await house.run('feeds.forgetRows')
    expect(await rows(old.id)).toEqual([])
  })
})
