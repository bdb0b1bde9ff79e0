import { attributeOf, type XmlReader, XmlTags } from './xml-tags.ts'

/** Formats that every program knows by number and that show a day or a time; 27–36 and 50–58 are those of Chinese programs. */
const builtIn = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Whether a format of numbers shows them as a day or a time: what stands in quotes or brackets, or behind a stroke, is no sign of it. */
export function showsDay(format: string): boolean {
  if (/\[(?:h+|m+|s+)\]/i.test(format)) return true
  const bare = format.replace(/"[^"]*"|\\.|\[[^\]]*\]|[*_]./g, '')
  if (/^\s*(?:general|@)\s*$/i.test(bare)) return false
  return /[yd]|m{3,}|am\/pm|a\/p|(?:^|[^a-z])(?:h{1,2}|s{1,2})(?:[^a-z]|$)/i.test(bare)
}

/** Which styles of a workbook show a number as a day. A style is known by its place in the list. */
export async function dateStyles(pieces: AsyncIterable<string>): Promise<ReadonlySet<number>> {
  const reader = new Reader()
  const tags = new XmlTags(reader)
  for await (const piece of pieces) tags.take(piece)
  tags.end()
  const { formats, styles } = reader
  return new Set(
    styles.flatMap((format, i) => {
      const own = formats.get(format)
      return (own === undefined ? builtIn(format) : showsDay(own)) ? [i] : []
    }),
  )
}

/** No workbook has more. */
const most = 70_000

class Reader implements XmlReader {
  readonly formats = new Map<number, string>()
  readonly styles: number[] = []
  #isOfCells = false

  open(name: string, text: string, from: number, to: number): void {
    if (name === 'cellXfs') this.#isOfCells = true
    if (name !== 'numFmt' && !(name === 'xf' && this.#isOfCells)) return
    const id = Number(attributeOf('numFmtId', text, from, to) ?? 0)
    if (name === 'numFmt') {
      if (this.formats.size < most) this.formats.set(id, attributeOf('formatCode', text, from, to) ?? '')
    } else if (this.styles.length < most) this.styles.push(id)
  }

  close(name: string): void {
    if (name === 'cellXfs') this.#isOfCells = false
  }

  text(): void {}
}
