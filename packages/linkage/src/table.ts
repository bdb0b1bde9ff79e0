import type { Words } from '@zhulian/kernel'

/** A file of rows as columns of texts, and what was wrong with it. */
export interface Table {
  readonly header: readonly string[]
  /** As many as the header has cells, each as long as the table. */
  readonly columns: readonly (readonly string[])[]
  readonly size: number
  readonly faults: readonly TableFault[]
}
export interface TableFault {
  readonly words: Words
  readonly count: number
  /** Lines of the file, from 1: the first few. */
  readonly lines: readonly number[]
}

/** Faults are counted by kind; a file of a million bad rows says so in one line. */
class Faults {
  private readonly found = new Map<string, { words: Words; count: number; lines: number[] }>()
  add(zh: string, en: string, line: number): void {
    const fault = this.found.get(en) ?? { words: { zh, en }, count: 0, lines: [] }
    fault.count++
    if (fault.lines.length < 5) fault.lines.push(line)
    this.found.set(en, fault)
  }
  get all(): readonly TableFault[] {
    return [...this.found.values()]
  }
}

/**
 * Reads a table of separated values: comma, semicolon, tab or bar, quoted as spreadsheets quote, in UTF-8, UTF-16 or GB18030, also when
 * lines of two encodings were put together. Rows that cannot be read as the header says are left out and counted.
 */
export function readTable(bytes: Uint8Array): Table {
  const faults = new Faults()
  const decoded = decode(bytes, faults)
  const text = decoded.includes('\n') ? decoded : decoded.replaceAll('\r', '\n')
  const separator = separatorOf(text)
  let header: string[] | undefined
  /** A row of one cell alone: what the list is called, if more cells follow below it. */
  let title: Row | undefined
  const columns: string[][] = []
  let size = 0
  for (const { cells, line, isCut } of rowsOf(text, separator)) {
    if (isCut) {
      faults.add(
        '文件在引号里断了，最后一行没有用',
        'the file breaks off inside quotes; its last row is not used',
        line,
      )
      continue
    }
    if (cells.every(cell => cell.trim() === '')) continue
    if (!header) {
      const isTitle = cells.filter(cell => cell.trim() !== '').length === 1
      if (isTitle && !title) {
        title = { cells, line, isCut }
        continue
      }
      const isBelowTitle = title !== undefined && !isTitle
      header = (title && isTitle ? title.cells : cells).map(cell => cell.trim())
      columns.push(...header.map(() => []))
      if (isBelowTitle)
        faults.add('表头上面的标题行没有用', 'a title above the headers is not used', title?.line ?? line)
      if (title === undefined || isBelowTitle) continue
    }
    const tooMany = cells.slice(header.length).some(cell => cell.trim() !== '')
    if (tooMany || cells.length < header.length - mostMissing(header.length)) {
      faults.add(
        tooMany ? '行里的格子比表头多，没有用' : '行里的格子比表头少，没有用',
        tooMany
          ? 'rows with more cells than the header are not used'
          : 'rows with fewer cells than the header are not used',
        line,
      )
      continue
    }
    for (let c = 0; c < header.length; c++) columns[c]?.push(cellText(cells[c] ?? '', line, faults))
    size++
  }
  header ??= title?.cells.map(cell => cell.trim())
  return { header: header ?? [], columns, size, faults: faults.all }
}

/** Spreadsheets leave empty cells at the end of a row away; half a row is a broken row. */
const mostMissing = (width: number) => Math.floor(width / 2)

/** The text a cell shows: `="330111…"` is the text in it, a formula or an error of a spreadsheet is nothing. */
function cellText(cell: string, line: number, faults: Faults): string {
  const text = cell.trim()
  const first = text.charCodeAt(0)
  if (first === apostrophe && text.length > 1) return text.slice(1)
  if (first === equals) {
    const quoted = /^="([^"]*)"$/.exec(text)
    if (quoted) return quoted[1] ?? ''
    faults.add('格子里是公式，当作空白', 'cells with a formula count as empty', line)
    return ''
  }
  if (first === hash && /^#(REF|N\/A|VALUE|NAME|DIV\/0|NUM|NULL)[!?]?$/i.test(text)) {
    faults.add('格子里是表格软件的错误值，当作空白', "cells with a spreadsheet's error count as empty", line)
    return ''
  }
  return text
}
const [apostrophe, equals, hash] = [39, 61, 35]

function separatorOf(text: string): string {
  const [lines = ''] = /^(?:[^\r\n]*[\r\n]+){0,2}[^\r\n]*/.exec(text.slice(0, 20_000)) ?? []
  const count = (s: string) => lines.split(s).length
  return ['\t', ';', '，', '|'].reduce((best, s) => (count(s) > count(best) ? s : best), ',')
}

interface Row {
  readonly cells: readonly string[]
  readonly line: number
  readonly isCut: boolean
}

function* rowsOf(text: string, separator: string): Generator<Row> {
  let [at, line] = [0, 1]
  const end = text.length
  while (at < end) {
    const newline = text.indexOf('\n', at)
    const stop = newline < 0 ? end : newline
    const plain = text.slice(at, stop)
    if (!plain.includes('"')) {
      yield { cells: (plain.endsWith('\r') ? plain.slice(0, -1) : plain).split(separator), line, isCut: false }
      at = stop + 1
      line++
      continue
    }
    const row = quotedRow(text, at, separator)
    yield { cells: row.cells, line, isCut: row.isCut }
    line += row.lines
    at = row.end
  }
}

function quotedRow(text: string, from: number, separator: string) {
  const cells: string[] = []
  let [at, lines, cell] = [from, 1, '']
  for (;;) {
    if (text[at] === '"' && cell === '') {
      for (;;) {
        const quote = text.indexOf('"', at + 1)
        if (quote < 0) return { cells, lines, end: text.length, isCut: true }
        const inside = text.slice(at + 1, quote)
        cell += inside
        lines += inside.split('\n').length - 1
        at = quote + 1
        if (text[at] !== '"') break
        cell += '"'
      }
    }
    let stop = at
    while (stop < text.length && text[stop] !== separator && text[stop] !== '\n') stop++
    cells.push((cell + text.slice(at, stop)).replace(/\r$/, ''))
    cell = ''
    at = stop + 1
    if (stop >= text.length || text[stop] === '\n') return { cells, lines, end: at, isCut: false }
  }
}

function decode(bytes: Uint8Array, faults: Faults): string {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  try {
    return utf8.decode(bytes)
  } catch {
    return byLine(bytes, faults)
  }
}

/** Nobody says in the file that it is GB18030, and two files put together may hold both. */
function byLine(bytes: Uint8Array, faults: Faults): string {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const chinese = new TextDecoder('gb18030')
  const lines: string[] = []
  let [written, other, firstOther] = [0, 0, 0]
  for (let from = 0, number = 1; from < bytes.length; number++) {
    const newline = bytes.indexOf(10, from)
    const end = newline < 0 ? bytes.length : newline + 1
    const line = bytes.subarray(from, end)
    from = end
    try {
      lines.push(utf8.decode(line))
      if (line.some(byte => byte > 127)) written++
    } catch {
      lines.push(chinese.decode(line))
      other++
      firstOther ||= number
    }
  }
  // Two bytes of GB18030 are by chance also UTF-8 now and then: a few lines do not make a file of two encodings.
  if (written <= other / 20) return chinese.decode(bytes)
  for (let n = 0; n < other; n++)
    faults.add(
      '文件里有两种编码，这些行按 GB18030 读了，请核对',
      'the file mixes encodings; these lines were read as GB18030, please check them',
      firstOther,
    )
  return lines.join('')
}
