import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import type { FileBytes } from './file-bytes.ts'
import { type Row, xlsxRows } from './table-rows.ts'
import { textRows, type ZipEntry, zipOf, workbookOfMany } from './test/workbook.ts'

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

async function allOf(file: FileBytes, sheet = 0): Promise<Row[]> {
  const rows: Row[] = []
  for await (const some of xlsxRows(file, sheet, 1000, 200)) rows.push(...some)
  return rows
}

const sharedTexts = `<sst xmlns="${main}"><si><t>姓名</t></si><si><t>编号</t></si></sst>`

/** As spreadsheet programs write it: what the cells share stands behind the sheets. */
const asPrograms = (sheetName: string): ZipEntry[] => [
  { name: '[Content_Types].xml', content: '<Types/>' },
  {
    name: '_rels/.rels',
    content: `<Relationships><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  {
    name: 'xl/workbook.xml',
    content: `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  },
  {
    name: `xl/worksheets/${sheetName}`,
    content: `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row><row r="3"><c r="A3"><v>7</v></c></row></sheetData></worksheet>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content: `<Relationships><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/${sheetName}"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  },
  {
    name: 'xl/sharedStrings.xml',
    content: sharedTexts,
  },
]
const read: Row[] = [
  { no: 1, cells: ['编号', '姓名'] },
  { no: 3, cells: [7] },
]

test('a workbook whose shared texts stand behind its sheets is read without holding the file', async () => {
  const file = watched(zipOf(asPrograms('sheet1.xml')))
  expect(await allOf(file)).toEqual(read)
  // Once for the directory at its end: a file as short as this one ends where it begins.
  expect(file.lengths.filter(length => length === file.size)).toHaveLength(1)
})

test('a workbook that calls its sheets otherwise is read as a whole', async () => {
  const file = watched(zipOf(asPrograms('Blatt.xml')))
  expect(await allOf(file)).toEqual(read)
  expect(file.lengths.filter(length => length === file.size)).toHaveLength(2)
})

test('a workbook whose shared texts were damaged on the way is not read', async () => {
  const file = zipOf(asPrograms('sheet1.xml'))
  const sum = Buffer.alloc(4)
  sum.writeUInt32LE(crc32(sharedTexts))
  expect(file.indexOf(sum)).toBeGreaterThan(0)
  for (let at = file.indexOf(sum); at >= 0; at = file.indexOf(sum)) file.writeUInt8((sum[0] as number) ^ 1, at)
  await expect(allOf(watched(file))).rejects.toThrow('xl/sharedStrings.xml')
})

test('the sheet that is asked for is read, whatever number it bears and however large those before it are', async () => {
  const large = textRows(Array.from({ length: 20_000 }, () => [randomBytes(60).toString('hex')]))
  const turned = zipOf([
    ...asPrograms('sheet2.xml'),
    { name: 'xl/worksheets/sheet1.xml', content: large },
    { name: 'xl/worksheets/sheet3.xml', content: large },
  ])
  const file = watched(turned)
  expect(await allOf(file)).toEqual(read)
  expect(turned.length).toBeGreaterThan(2_000_000)
  expect(file.lengths.reduce((a, b) => a + b)).toBeLessThan(100_000)
})

test('a reader that finds no way to stream a sheet is not given all of it', async () => {
  const long = Array.from({ length: 60_000 }, () => [randomBytes(60).toString('hex')])
  const parts = asPrograms('sheet1.xml').filter(({ name }) => name !== 'xl/worksheets/sheet1.xml')
  const whole = zipOf([
    // Shared texts by another name than most programs give them.
    ...parts.map(({ name, content }) => ({
      name: name.replace('sharedStrings', 'texts'),
      content: String(content).replace('sharedStrings.xml', 'texts.xml'),
    })),
    { name: 'xl/worksheets/sheet1.xml', content: textRows(long) },
  ])
  const file = watched(whole)
  expect(await allOf(file)).toHaveLength(1020)
  const pieces = file.lengths.filter(length => length < whole.length)
  expect(file.lengths.length - pieces.length).toBe(1)
  expect(pieces.reduce((a, b) => a + b)).toBeLessThan(whole.length * 0.6)
})

test('of a large sheet no more is read ahead than some megabytes of text, and the second sheet is the second', async () => {
  const long = Array.from({ length: 60_000 }, () => [randomBytes(60).toString('hex')])
  const book = workbookOfMany([
    { name: 'a', xml: textRows([['first']]) },
    { name: 'b', xml: textRows(long) },
  ])
  expect(book.length).toBeGreaterThan(2_500_000)
  const file = watched(book)
  for await (const [row] of xlsxRows(file, 1, 50_000, 200)) {
    expect(row?.cells).toEqual(long[0])
    break
  }
  expect(Math.max(...file.lengths)).toBeLessThanOrEqual(131_072)
  expect(file.lengths.reduce((a, b) => a + b)).toBeLessThan(book.length / 2)
  expect(await allOf(watched(book), 0)).toEqual([{ no: 1, cells: ['first'] }])
})
