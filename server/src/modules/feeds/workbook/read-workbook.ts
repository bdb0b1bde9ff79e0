import { posix } from 'node:path'
import type { FileBytes } from '../file-bytes.ts'
import type { Row } from '../table-rows.ts'
import { directoryOf, type ZipEntry } from '../zip-gate.ts'
import { dateStyles } from './date-styles.ts'
import { partPieces } from './part-pieces.ts'
import { type SharedTexts, sharedTexts } from './shared-texts.ts'
import { type Beforehand, type CellText, sheetRows } from './sheet-rows.ts'
import { attributesOf, type XmlReader, XmlTags } from './xml-tags.ts'

export interface Sheet {
  /** Which sheet of the workbook, from 0, the hidden ones counted. */
  readonly at: number
  readonly name: string
  readonly isHidden: boolean
}

/** A workbook that is read as its rows are asked for; in memory stand the texts its cells share, and no more. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** @param at which sheet, from 0 */
  rows(at: number): AsyncGenerator<Row[]>
}

/** The lists of a workbook are short; what is longer is none. */
const longestList = 1_000_000

/** @throws Error, XmlUnreadable where it is not put together as workbooks are */
export async function readWorkbook(file: FileBytes, text: CellText): Promise<Workbook> {
  const directory = directoryOf(file)
  if (typeof directory === 'string') throw new Error(directory)
  const entries = new Map(directory.map(entry => [entry.name.toLowerCase(), entry]))
  const pieces = (entry: ZipEntry) => partPieces(file, entry)
  const list = async (name: string, tag: string) => {
    const entry = entries.get(name)
    if (!entry || entry.plain > longestList) throw new Error(`the workbook has no list ${name}`)
    return await tagsOf(pieces(entry), tag)
  }
  const relations = await list('xl/_rels/workbook.xml.rels', 'Relationship')
  const sheets = await list('xl/workbook.xml', 'sheet')
  const [properties] = await list('xl/workbook.xml', 'workbookPr')
  const partOf = (relation: Said | undefined) => relation && entries.get(pathOf(relation.get('Target') ?? ''))
  const partCalled = (kind: string) => partOf(relations.find(r => r.get('Type')?.endsWith(`/${kind}`)))
  let before: Promise<Beforehand> | undefined
  const readBefore = async (): Promise<Beforehand> => {
    const [texts, styles] = [partCalled('sharedStrings'), partCalled('styles')]
    return {
      shared: texts ? await sharedTexts(pieces(texts), text) : noTexts,
      dateStyles: styles ? await dateStyles(pieces(styles)) : new Set(),
      from1904: ['1', 'true'].includes(properties?.get('date1904') ?? ''),
    }
  }
  return {
    sheets: sheets.map((sheet, at) => ({
      at,
      name: sheet.get('name') ?? `${at + 1}`,
      isHidden: ['hidden', 'veryHidden'].includes(sheet.get('state') ?? ''),
    })),
    async *rows(at) {
      const id = sheets[at]?.get('id')
      const entry = partOf(relations.find(r => r.get('Id') === id))
      if (id === undefined || !entry) throw new Error('a sheet of the workbook is not there')
      before ??= readBefore()
      yield* sheetRows(pieces(entry), await before, text)
    },
  }
}

const noTexts: SharedTexts = { at: () => undefined }

/** Where a part lies that the workbook names from where it lies itself. */
const pathOf = (target: string): string =>
  (target.startsWith('/') ? target.slice(1) : posix.join('xl', target.replaceAll('\\', '/'))).toLowerCase()

/** What a tag says, by the names without their prefixes. */
type Said = ReadonlyMap<string, string>

async function tagsOf(pieces: AsyncIterable<string>, wanted: string): Promise<Said[]> {
  const tags: Said[] = []
  const reader: XmlReader = {
    open: (name, text, from, to) => void (name === wanted && tags.push(attributesOf(text.slice(from, to)))),
    close: () => undefined,
    text: () => undefined,
  }
  const xml = new XmlTags(reader)
  for await (const piece of pieces) xml.take(piece)
  xml.end()
  return tags
}
