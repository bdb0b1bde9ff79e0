import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawCell } from '../read-cell.ts'
import { gb18030 } from '../test/gb18030.ts'
import { sheetXml, textRows, workbookOf } from '../test/workbook.ts'
import { findTable } from './find-table.ts'
import { graduation } from './graduation/source.ts'
import { sources } from './index.ts'
import { recordReader } from './read-record.ts'
import type { Source } from './source.ts'
import { type Expected, places, readRows, rowsOfFile, sampleDay } from './test/read-sample.ts'
import { tierRegister } from './tier-register/source.ts'
import { unemployment } from './unemployment/source.ts'

let dir: string
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'zhulian-sources-'))))
afterAll(() => rmSync(dir, { recursive: true }))

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const written = async (name: string, content: Buffer) => {
  writeFileSync(join(dir, name), content)
  return await rowsOfFile(join(dir, name), name.endsWith('xlsx') ? 'xlsx' : 'csv')
}

describe.each([tierRegister, unemployment, graduation].map(s => [s.id, s] as const))('%s', (id, source) => {
  const expected = JSON.parse(readFileSync(here(`${id}/expected.json`), 'utf8')) as Expected
  it('reads the same from a workbook', async () => {
    const rows = (await rowsOfFile(here(`${id}/sample.csv`), 'csv')).map(row => row.cells)
    expect(readRows(source, await written('a.xlsx', workbookOf(textRows(rows))))).toEqual(expected)
  })
  it('reads the same in GB18030, as Excel and WPS write it', async () => {
    const text = readFileSync(here(`${id}/sample.csv`), 'utf8')
    expect(readRows(source, await written('b.csv', gb18030(text)))).toEqual(expected)
  })
})

const header = ['姓名', '身份证号', '失业登记日期', '失业保险金截止日期', '核定领取月数', '出生日期']
const find = (top: string[][], source: Source = unemployment) => findTable(source, top, sources)
function readOne(cells: readonly RawCell[], source: Source = unemployment, titles = header) {
  const found = findTable(source, [titles], sources)
  if ('fault' in found) throw new Error(found.fault.words.en)
  return recordReader(source, found, places, sampleDay)(12, cells)
}
const codes = (reading: ReturnType<typeof readOne>) => ('faults' in reading ? reading.faults.map(f => f.code) : [])
const person = ['何示例', '330111197603020004', '2021-09-13']

describe('a number that names somebody', () => {
  const id = (cell: RawCell) => {
    const reading = readOne(['何示例', cell, '2021-09-13'])
    return 'row' in reading ? reading.row.idNumber : codes(reading)[0]
  }
  it('is read in every form it keeps its digits in', () => {
    for (const cell of [
      '330111197603020004',
      ' 330111 19760302 0004 ',
      '３３０１１１１９７６０３０２０００４',
      "'330111197603020004",
      '="330111197603020004"',
      '330111760302000',
      330_111_760_302_000,
    ])
      expect(id(cell), String(cell)).toBe('330111197603020004')
    expect(id('33011119760119000x')).toBe('33011119760119000X')
    expect(id('330111********0004')).toBe('330111********0004')
    expect(id('330111●●●●●●●●0004')).toBe('330111********0004')
  })
  it('is not guessed where a spreadsheet lost its last digits', () => {
    for (const cell of ['3.30111E+17', '3.30111197603e+17', 330_111_197_603_020_000, '330111197603020000'])
      expect(id(cell), String(cell)).toBe('idLostDigits')
  })
  it('is refused with the reason where it cannot be one', () => {
    expect(id('33011119760302000')).toBe('idLength')
    expect(id('33011119760302000A')).toBe('idCharacters')
    expect(id('33*004')).toBe('idLength')
    expect(id('330111197602300001')).toBe('idBirthDate')
    expect(id('330111197603020005')).toBe('idCheckDigit')
  })
})

describe('a name', () => {
  it('is read without spaces and without what stands in brackets behind it', () => {
    const name = (cell: RawCell) => {
      const reading = readOne([cell, '330111197603020004', '2021-09-13'])
      return 'row' in reading ? reading.row.name : codes(reading)[0]
    }
    expect(name('何 示例')).toBe('何示例')
    expect(name('何示例（户主）')).toBe('何示例')
    expect(name('阿依古丽·示例')).toBe('阿依古丽·示例')
    expect(name('何*例')).toBe('何*例')
    expect(name('（户主）')).toBe('nameNotName')
    expect(name('13800000000')).toBe('nameNotName')
    expect(name('')).toBe('missing')
  })
})

describe('a day', () => {
  const on = (cell: RawCell) => {
    const reading = readOne(['何示例', '330111197603020004', cell])
    return 'mapped' in reading ? reading.mapped.on : codes(reading)[0]
  }
  it('is read in the ways people and spreadsheets write it', () => {
    for (const cell of [
      '2021-02-03',
      '2021/2/3',
      '2021.2.3',
      '20210203',
      '2021年2月3日',
      '2021-02-03 08:30:00',
      44_230,
    ])
      expect(on(cell), String(cell)).toBe('2021-02-03')
  })
  it('that does not exist, names a month only, or has not come is refused in those words', () => {
    expect(on('2021-02-30')).toBe('dayNotReal')
    expect(on('20210230')).toBe('dayNotReal')
    expect(on('2021-02')).toBe('dayNotDay')
    expect(on('3/2/2021')).toBe('dayNotDay')
    expect(on('2021-09-27')).toBe('dayAhead')
    expect(on('=TODAY()')).toBe('formula')
    expect(on('#N/A')).toBe('formulaBroken')
    const reading = readOne([...person.slice(0, 2), '2021-02-30'])
    expect('faults' in reading && reading.faults[0]?.words).toEqual({
      zh: '失业登记日期写的是 2021-02-30，这一天不存在。请改成正确的日期。',
      en: 'Registered on says 2021-02-30, a day that does not exist. Please give the right day.',
    })
  })
})

describe('an amount', () => {
  const bills = sources.find(s => s.id === 'medical-bills') as Source
  const paid = (cell: RawCell, title = '范围内自付') => {
    const reading = readOne(['何示例', '330111197603020004', '2021-09-13', cell], bills, [
      '姓名',
      '身份证号',
      '结算日期',
      title,
    ])
    return 'mapped' in reading ? reading.mapped.person?.['largestBillSelfPaid'] : codes(reading)[0]
  }
  it('is read in yuan, with or without its unit, in ten thousands where the cell or the title says so', () => {
    for (const cell of [
      '12345.67',
      '12,345.67',
      '12，345.67元',
      '￥12345.67',
      '１２３４５.６７',
      12_345.67,
      '1.234567万元',
    ])
      expect(paid(cell), String(cell)).toBe(12_345.67)
    expect(paid('1.5万')).toBe(15_000)
    expect(paid('1.5', '范围内自付（万元）')).toBe(15_000)
    expect(paid('800元', '范围内自付（万元）')).toBe(800)
    expect(paid('无')).toBe(0)
  })
  it('is not guessed where it can be read in two ways', () => {
    for (const cell of ['12,34', '1.234,56', '一万', '约500', '5百']) expect(paid(cell), cell).toBe('amountNotAmount')
    expect(paid('-5')).toBe('outOfRange')
  })
})

describe('the header', () => {
  const own = ['张三', '330111197603020004', '2021-09-13']
  it('is found below titles, and in two rows of which one is merged', () => {
    expect(find([['2021年9月失业登记'], ['填报单位：示例', '', ''], header, own])).toMatchObject({ firstRow: 3 })
    const two = find([['人员', '', '失业登记', ''], ['姓名', '身份证号', '失业登记日期', '原工作单位'], own])
    expect(two).toMatchObject({ firstRow: 2, mapping: { name: 0, idNumber: 1, registrationDate: 2, lastEmployer: 3 } })
    const merged = find([['姓名', '身份证号', '失业登记情况', ''], ['', '', '失业登记日期', '原工作单位'], own])
    expect(merged).toMatchObject({ firstRow: 2, mapping: { name: 0, registrationDate: 2, lastEmployer: 3 } })
    const birth = sources.find(s => s.id === 'birth') as Source
    expect(find([['母亲', '', '新生儿', ''], ['姓名', '身份证号', '出生日期', '性别'], own], birth)).toMatchObject({
      mapping: { name: 0, idNumber: 1, childBirthDate: 2, childSex: 3 },
    })
  })
  it('that leaves open which column is which is refused', () => {
    const said = (top: string[][]) => {
      const found = find(top)
      return 'fault' in found ? found.fault.words.zh : found.header
    }
    expect(said([['姓名', '身份证号', '失业登记日期', '失业登记日期'], own])).toContain('出现了不止一次')
    expect(
      said([
        ['姓名', '', '身份证号', '失业登记日期'],
        ['张三', 'x', '330111', '2021-09-13'],
      ]),
    ).toContain('第 B 列')
    expect(said([['姓名', '身份证号', '原工作单位'], own])).toContain('缺少这几列：失业登记日期')
    expect(said([['甲', '乙', '丙'], own])).toContain('没有找到表头')
  })
  it('of another bureau’s file says which it looks like', () => {
    const found = find([['姓名', '身份证号', '毕业院校', '学历层次', '毕业日期'], own])
    expect('fault' in found && found.fault.code).toBe('wrongTemplate')
    expect('fault' in found && found.fault.words.zh).toContain('“毕业去向”（F05）')
  })
  it('finds each source’s own sample and takes it for no other', async () => {
    for (const source of sources) {
      const rows = await rowsOfFile(here(`${source.id}/sample.csv`), 'csv')
      const top = rows.slice(0, 3).map(row => row.cells.map(cell => String(cell ?? '')))
      for (const other of sources) {
        const found = find(top, other)
        if (other === source) expect('fault' in found, source.id).toBe(false)
        else
          expect('fault' in found && found.fault.words.zh, `${source.id} as ${other.id}`).toContain(
            `“${source.name.zh}”（${source.code}）`,
          )
      }
    }
  })
  it('of a short list is not taken for that of another bureau either', () => {
    const of = (id: string, ...titles: string[]) => {
      const found = find([titles], sources.find(s => s.id === id) as Source)
      return 'fault' in found ? found.fault.code : 'read'
    }
    expect(of('unemployment', '姓名', '身份证号', '登记类型', '登记日期')).toBe('wrongTemplate')
    expect(of('unemployment', '姓名', '身份证号', '登记日期')).toBe('read')
    expect(of('birth', '姓名', '身份证号', '出生日期', '死亡日期')).toBe('wrongTemplate')
    expect(of('birth', '姓名', '身份证号', '出生日期')).toBe('noHeader')
    expect(of('housing', '户主姓名', '户主身份证号', '数据日期')).toBe('columnsMissing')
    expect(of('unemployment', '姓名', '身份证号', '失业登记日期', '失业原因', '学历层次', '毕业日期')).toBe('read')
  })
})

describe('a line that is no record', () => {
  it('is left out: totals, notes, a header printed again', () => {
    const left = (cells: readonly RawCell[]) => {
      const reading = readOne(cells)
      return 'left' in reading ? reading.left : 'a record'
    }
    expect(left(['合计', '12', ''])).toBe('totals')
    expect(left(['总 计', 12])).toBe('totals')
    expect(left(['填表人：示例', '', ''])).toBe('note')
    expect(left(['以下空白'])).toBe('note')
    expect(left(header)).toBe('headerAgain')
    expect(left(person)).toBe('a record')
    expect(left(['合计', '330111197603020004', '2021-09-13'])).toBe('a record')
    expect(left(['何示例', '', '2021-09-13'])).toBe('a record')
  })
})

describe('what a spreadsheet kept as numbers', () => {
  it('is read: days, amounts, counts, fifteen digits; eighteen are lost', async () => {
    const cell = (v: string | number) =>
      typeof v === 'number' ? `<c><v>${v}</v></c>` : `<c t="inlineStr"><is><t>${v}</t></is></c>`
    const row = (cells: (string | number)[]) => `<row>${cells.map(cell).join('')}</row>`
    const rows = await written(
      'n.xlsx',
      workbookOf(
        sheetXml(
          [
            header,
            ['何示例', '330111197603020004', 44_452, 44_633, 6, 27_821],
            ['羊设例', 330_111_800_229_000, 44_452, '', '', ''],
            ['俞虚构', 330_111_198_812_110_000, 44_452, '', '', ''],
          ]
            .map(row)
            .join(''),
        ),
      ),
    )
    const [first, second, third] = readRows(unemployment, rows).rows
    expect(first).toMatchObject({
      who: { birthDate: '1976-03-02' },
      on: '2021-09-13',
      person: { unemploymentBenefitMonths: 6, unemploymentBenefitEndsOn: '2022-03-13' },
    })
    expect(second).toMatchObject({ who: { idNumber: '330111198002290003' } })
    expect(third).toMatchObject({ quarantined: ['idLostDigits'] })
  })
})
