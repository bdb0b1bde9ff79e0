import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { streamXlsxRows, writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import type { FileBytes } from '../file-bytes.ts'
import { openWorkbook, type Row } from '../table-rows.ts'
import { sheetXml, textRows, type ZipEntry, workbookOf, workbookOfMany, zipOf } from '../test/workbook.ts'
import { eachAttribute } from './xml-tags.ts'

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** What is read of a file, and how much at once. */
function watched(file: Buffer): FileBytes & { readonly lengths: number[] } {
  const lengths: number[] = []
  return {
    lengths,
    size: file.length,
    read: (at, length) => {
      const bytes = file.subarray(at, at + length)
      lengths.push(bytes.length)
      return bytes
    },
  }
}

async function allOf(file: FileBytes | Buffer, sheet = 0): Promise<Row[]> {
  const rows: Row[] = []
  const workbook = await openWorkbook(Buffer.isBuffer(file) ? watched(file) : file, 200)
  for await (const some of workbook.rows(sheet)) rows.push(...some)
  return rows
}
const cellsOf = async (file: Buffer, sheet = 0) => (await allOf(file, sheet)).map(row => row.cells)

const sharedTexts = `<sst xmlns="${main}"><si><t>姓名</t></si><si><r><rPr><b/></rPr><t>编</t></r><r><t xml:space="preserve">号 </t></r><rPh sb="0" eb="1"><t>bian</t></rPh></si></sst>`

interface Made {
  readonly sheet?: string
  readonly called?: string
  readonly texts?: string
  readonly styles?: string
  readonly properties?: string
}

/** As spreadsheet programs write it: what the cells share stands behind the sheets. */
const asPrograms = ({ sheet, called = 'worksheets/sheet1.xml', texts, styles, properties }: Made): ZipEntry[] => [
  { name: '[Content_Types].xml', content: '<Types/>' },
  {
    name: '_rels/.rels',
    content: `<Relationships><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  {
    name: 'xl/workbook.xml',
    content: `<workbook xmlns="${main}" xmlns:r="${office}">${properties ?? ''}<sheets><sheet name="a&amp;b" sheetId='1' r:id="rId1"/></sheets></workbook>`,
  },
  {
    name: `xl/${called}`,
    content:
      sheet ??
      `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row><row r="3"><c r="A3"><v>7</v></c></row></sheetData></worksheet>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content: `<Relationships><Relationship Id="rId1" Type="${office}/worksheet" Target="${called}"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="${office}/styles" Target="./styles.xml"/></Relationships>`,
  },
  { name: 'xl/sharedStrings.xml', content: texts ?? sharedTexts },
  { name: 'xl/styles.xml', content: styles ?? '<styleSheet/>' },
]
const bookOf = (made: Made = {}) => zipOf(asPrograms(made))
const read: Row[] = [
  { no: 1, cells: ['编号 ', '姓名'] },
  { no: 3, cells: [7] },
]

describe('a workbook', () => {
  it('whose shared texts stand behind its sheets is read without holding the file', async () => {
    const file = watched(bookOf())
    expect(await allOf(file)).toEqual(read)
    // Once for the directory at its end: a file as short as this one ends where it begins.
    expect(file.lengths.filter(length => length === file.size)).toHaveLength(1)
    expect((await openWorkbook(file, 200)).sheets).toEqual([{ at: 0, name: 'a&b', isHidden: false }])
  })

  it('that calls its sheets otherwise, in letters of any language, is read the same', async () => {
    expect(await allOf(bookOf({ called: 'worksheets/名单 1.xml' }))).toEqual(read)
  })

  it('that puts a prefix before every tag, and remarks between them, is read the same', async () => {
    const sheet = `<?xml version="1.0"?>\n<x:worksheet xmlns:x="${main}"><!-- <row> --><x:sheetData><x:row r="1" ><x:c r="A1" t="s"><x:v>1</x:v></x:c><x:c t='s' r='B1'><x:v>0</x:v></x:c></x:row ><x:row r="3"><x:c r="A3"><x:v><![CDATA[7]]></x:v></x:c></x:row></x:sheetData></x:worksheet>`
    expect(await allOf(bookOf({ sheet }))).toEqual(read)
  })

  it('is read by its cells: what stands nowhere is nothing, text as it was meant, a number kept as one', async () => {
    const rows = `<row><c t="b"><v>1</v></c><c t="b"/><c t="b"><v>0</v></c><c r="F1" t="str"><v>a &amp; _x4E00_&#20108;</v></c><c/></row>
      <row><c t="inlineStr"><is><r><t>李</t></r><r><t>明</t></r></is></c><c t="e"><v>#N/A</v></c><c><v>3.50</v></c><c t="d"><v>2021-09-26T00:00:00</v></c></row>`
    expect(await cellsOf(workbookOf(sheetXml(rows)))).toEqual([
      [true, null, false, null, null, 'a & 一二'],
      ['李明', '#N/A', 3.5, '2021-09-26'],
    ])
  })

  it('whose formula has come to nothing yet shows the formula: an empty cell would say that nothing is known', async () => {
    const rows =
      '<row><c><f>B1*2</f></c><c><f>1+1</f><v>2</v></c><c t="str"><f>T(A1)</f><v></v></c><c><f t="shared" si="0"/></c></row>'
    expect(await cellsOf(workbookOf(sheetXml(rows)))).toEqual([['=B1*2', 2, '', '=…']])
  })

  it('shows days by the style of the cell; a number that is no day stays a number', async () => {
    const formats = ['yyyy"年"m"月"d"日"', '0.00"d"', '[Red]0.00', '[h]:mm', '#,##0_d']
    const styles = `<styleSheet><numFmts>${formats.map((code, i) => `<numFmt numFmtId="${170 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>${formats.map((_, i) => `<xf numFmtId="${170 + i}"/>`).join('')}</cellXfs></styleSheet>`
    const cell = (style: number, value: number) => `<c s="${style}"><v>${value}</v></c>`
    const shown = sheetXml(
      `<row>${[0, 1, 2, 3, 4, 5, 6].map(style => cell(style, 44465)).join('')}</row><row>${[59, 60, 61, 44465.75, 330111199001011200, -1].map(n => cell(1, n)).join('')}</row>`,
    )
    const on = '2021-09-26'
    expect(await cellsOf(bookOf({ sheet: shown, styles }))).toEqual([
      [44465, on, on, 44465, 44465, on, 44465],
      ['1900-02-28', '1900-02-28', '1900-03-01', on, 330111199001011200, -1],
    ])
    const old = bookOf({
      sheet: sheetXml(`<row>${cell(1, 43003)}</row>`),
      styles,
      properties: '<workbookPr date1904="1"/>',
    })
    expect(await cellsOf(old)).toEqual([[on]])
  })

  it('with a tag of nearly a million letters in its list of sheets is read as fast as another', async () => {
    expect(await allOf(bookOf({ properties: `<workbookPr ${'a'.repeat(900_000)}/>` }))).toEqual(read)
  }, 5_000)

  it('is read to its last row, however many empty rows stand before it', async () => {
    const rows = `${'<row/>'.repeat(30_000)}<row r="40000"><c t="inlineStr"><is><t>末</t></is></c></row>`
    expect((await allOf(workbookOf(sheetXml(rows)))).at(-1)).toEqual({ no: 40_000, cells: ['末'] })
  })

  it('has its cells cut a letter behind the longest that is taken; what stands beyond the three hundredth column is told of', async () => {
    const rows = `<row><c t="inlineStr"><is><t>${'长'.repeat(300_000)}</t></is></c><c r="XFD1"><v>1</v></c></row>`
    const [cells] = await cellsOf(workbookOf(sheetXml(rows)))
    expect(cells).toEqual(['长'.repeat(201)])
    const cell = (at: string, inside: string) =>
      `<row><c r="A1"><v>1</v></c><c r="${at}" t="inlineStr">${inside}</c></row>`
    const said = ['<is><t>后面</t></is>', '<is><t> </t></is>', '']
    const all = await allOf(workbookOf(sheetXml(said.map(inside => cell('KO1', inside)).join(''))))
    expect(all.map(row => row.isTooWide)).toEqual([true, undefined, undefined])
    expect((await cellsOf(workbookOf(sheetXml(cell('KN1', said[0] as string)))))[0]).toHaveLength(300)
  })

  it('is read as another program reads it', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab<>&"\'_x000D_ 、李明\n😀'), maxLength: 12 })
    const table = fc.array(fc.array(fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)), { maxLength: 6 }), {
      minLength: 1,
      maxLength: 20,
    })
    await fc.assert(
      fc.asyncProperty(table, async rows => {
        const file = Buffer.from(await writeXlsx({ sheets: [{ name: 'a', rows }] }))
        const other: unknown[][] = []
        for await (const { values } of streamXlsxRows(file)) other.push(values as unknown[])
        const bare = (cells: readonly unknown[]) =>
          cells
            .map(cell => (cell ?? '') as string | number | boolean)
            .join('|')
            .replace(/\|+$/, '')
        expect((await cellsOf(file)).map(bare)).toEqual(other.map(bare))
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})

describe('a damaged workbook is not read', () => {
  const flipped = (file: Buffer, content: string) => {
    const sum = Buffer.alloc(4)
    sum.writeUInt32LE(crc32(content))
    expect(file.indexOf(sum)).toBeGreaterThan(0)
    for (let at = file.indexOf(sum); at >= 0; at = file.indexOf(sum)) file.writeUInt8((sum[0] as number) ^ 1, at)
    return file
  }

  it('where its shared texts are not as they were written', async () => {
    await expect(allOf(flipped(bookOf(), sharedTexts))).rejects.toThrow('not as it was written')
  })

  it('where the sheet itself is not as it was written', async () => {
    const sheet = textRows([['李明']])
    await expect(allOf(flipped(workbookOf(sheet), sheet))).rejects.toThrow('not as it was written')
  })

  it.each([
    ['breaks off behind a row', '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'],
    ['breaks off within a tag', '<sheetData><row r="1"></row><row r="2'],
    ['leaves a row open', '<sheetData><row r="1"><c><v>1</v></c></sheetData>'],
    ['leaves a cell open', '<sheetData><row r="1"><c><v>1</v></row></sheetData>'],
    ['counts its rows twice', '<sheetData><row r="5"/><row r="5"/></sheetData>'],
    ['counts its rows in letters', '<sheetData><row r="abc"/></sheetData>'],
    ['has a row beyond the last', '<sheetData><row r="99999999999"/></sheetData>'],
    ['puts a cell nowhere', '<sheetData><row><c r="7"><v>1</v></c></row></sheetData>'],
    ['shares a text that is not there', '<sheetData><row><c t="s"><v>2</v></c></row></sheetData>'],
    ['declares types of its own', '<!DOCTYPE a [<!ENTITY b "c">]><sheetData></sheetData>'],
  ])('where its sheet %s', async (_, sheet) => {
    await expect(allOf(bookOf({ sheet: `<worksheet>${sheet}` }))).rejects.toThrow('')
  })

  it('where a value is closed in no tag, each is looked through alone', () => {
    const tag = ` a"b ='c"`
    const text = tag + 'x'.repeat(20_000_000)
    const told: string[] = []
    for (let n = 0; n < 200_000; n++) eachAttribute(text, 0, tag.length, name => told.push(name))
    expect(told).toEqual([])
  }, 5_000)

  it('where a tag goes on for ever, and it is not gathered', async () => {
    const file = watched(bookOf({ sheet: `<worksheet><sheetData><row r="${randomBytes(2_000_000).toString('hex')}` }))
    await expect(allOf(file)).rejects.toThrow('never closed')
    expect(file.lengths.reduce((a, b) => a + b)).toBeLessThan(1_500_000)
  })
})

describe('of a large workbook', () => {
  const long = Array.from({ length: 60_000 }, () => [randomBytes(60).toString('hex')])

  it('no more is read ahead than some pieces, and the second sheet is the second', async () => {
    const book = workbookOfMany([
      { name: 'a', xml: textRows([['first']]) },
      { name: 'b', xml: textRows(long), hidden: true },
    ])
    expect(book.length).toBeGreaterThan(2_500_000)
    const file = watched(book)
    const workbook = await openWorkbook(file, 200)
    for await (const [row] of workbook.rows(1)) {
      expect(row?.cells).toEqual(long[0])
      break
    }
    expect(Math.max(...file.lengths)).toBeLessThanOrEqual(131_072)
    expect(file.lengths.reduce((a, b) => a + b)).toBeLessThan(book.length / 2)
    expect(workbook.sheets.map(sheet => sheet.isHidden)).toEqual([false, true])
    expect(await cellsOf(book, 0)).toEqual([['first']])
  })

  it('the shared texts are kept outside the heap, and are the right ones', async () => {
    const texts = `<sst>${long.map(([text = '']) => `<si><t>${text}</t></si>`).join('')}</sst>`
    const rows = long.map((_, i) => `<row><c t="s"><v>${long.length - 1 - i}</v></c></row>`).join('')
    expect(await cellsOf(bookOf({ texts, sheet: sheetXml(rows) }))).toEqual(long.toReversed())
  })
})
