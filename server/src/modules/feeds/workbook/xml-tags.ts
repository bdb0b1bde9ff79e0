/** What a text of XML consists of, told as places in a text so that nothing is cut out which nobody asked for. */
export interface XmlReader {
  /** @param name without its prefix @param to where its attributes end */
  open(name: string, text: string, from: number, to: number): void
  /** Also of one that is empty. */
  close(name: string): void
  /** Entities are not replaced yet; long ones come in pieces. @param isRaw in which none stand */
  text(text: string, from: number, to: number, isRaw: boolean): void
}

export class XmlUnreadable extends Error {
  override readonly name = 'XmlUnreadable'
}

/** A tag or a remark that goes on for so long was never closed. */
const longest = 1_000_000
/** So much of a text is told at once; an entity is shorter than what stays behind. */
const [textAtOnce, longestEntity] = [65_536, 64]

const [slash, bang, question, greater, equals] = [47, 33, 63, 62, 61]
const [quote, apostrophe, colon] = [34, 39, 58]
const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9

/** Takes XML that comes in pieces apart. Of what XML may be that no workbook is (types of its own, entities of its own) it reads none. */
export class XmlTags {
  readonly #reader: XmlReader
  #held = ''

  constructor(reader: XmlReader) {
    this.#reader = reader
  }

  /** @throws XmlUnreadable */
  take(piece: string): void {
    const data = this.#held === '' ? piece : this.#held + piece
    let at = 0
    for (;;) {
      const tag = data.indexOf('<', at)
      if (tag < 0) {
        at = this.#textSoFar(data, at)
        break
      }
      if (tag > at) this.#reader.text(data, at, tag, false)
      const next = this.#tag(data, tag)
      at = next ?? tag
      if (next === undefined) break
    }
    this.#held = data.slice(at)
    if (this.#held.length > longest) throw new XmlUnreadable('a tag is never closed')
  }

  /** @throws XmlUnreadable where it breaks off within a tag */
  end(): void {
    if (this.#held.includes('<')) throw new XmlUnreadable('it breaks off within a tag')
  }

  #textSoFar(data: string, from: number): number {
    if (data.length - from < textAtOnce) return from
    const entity = data.lastIndexOf('&')
    const to = data.length - entity <= longestEntity ? Math.max(entity, from) : data.length - 1
    this.#reader.text(data, from, to, false)
    return to
  }

  /** @returns where it ends; undefined where it does not yet */
  #tag(data: string, at: number): number | undefined {
    const first = data.charCodeAt(at + 1)
    if (first === bang) return this.#remark(data, at)
    if (first === question) return behind(data, at, '?>')
    if (first === slash) {
      // Most tags of a sheet have a name of one letter.
      if (data.charCodeAt(at + 3) === greater) {
        this.#reader.close(data[at + 2] as string)
        return at + 4
      }
      const end = data.indexOf('>', at)
      if (end < 0) return undefined
      const space = data[end - 1] === ' ' ? data.slice(at + 2, end).trim() : data.slice(at + 2, end)
      this.#reader.close(space.slice(space.indexOf(':') + 1))
      return end + 1
    }
    if (data.charCodeAt(at + 2) === greater && first !== colon) {
      this.#reader.open(data[at + 1] as string, data, at + 2, at + 2)
      return at + 3
    }
    let [name, end, open] = [at + 1, at + 1, 0]
    let nameEnd = 0
    for (; end < data.length; end++) {
      const code = data.charCodeAt(end)
      if (open > 0) {
        if (code === open) open = 0
      } else if (code === greater) break
      else if (code === quote || code === apostrophe) open = code
      else if (nameEnd > 0) continue
      else if (code === colon) name = end + 1
      else if (isSpace(code) || code === slash) nameEnd = end
    }
    if (end === data.length) return undefined
    const isEmpty = data.charCodeAt(end - 1) === slash
    const called = data.slice(name, nameEnd > 0 ? nameEnd : end)
    this.#reader.open(called, data, nameEnd > 0 ? nameEnd : end, isEmpty ? end - 1 : end)
    if (isEmpty) this.#reader.close(called)
    return end + 1
  }

  #remark(data: string, at: number): number | undefined {
    if (data.startsWith('<!--', at)) return behind(data, at + 4, '-->')
    if (!data.startsWith('<![CDATA[', at)) {
      if (data.length - at < 9) return undefined
      throw new XmlUnreadable('it declares types of its own')
    }
    const end = behind(data, at, ']]>')
    if (end !== undefined) this.#reader.text(data, at + 9, end - 3, true)
    return end
  }
}

function behind(data: string, from: number, mark: string): number | undefined {
  const at = data.indexOf(mark, from)
  return at < 0 ? undefined : at + mark.length
}

/** Tells the attributes of a tag, with their prefixes, and where the value of each stands; entities in it are not replaced yet. */
export function eachAttribute(
  text: string,
  from: number,
  to: number,
  tell: (name: string, text: string, from: number, to: number) => void,
): void {
  for (let at = from; at < to; ) {
    while (at < to && isSpace(text.charCodeAt(at))) at++
    const begin = at
    while (at < to && text.charCodeAt(at) !== equals && !isSpace(text.charCodeAt(at))) at++
    const nameEnd = at
    while (at < to && text.charCodeAt(at) !== quote && text.charCodeAt(at) !== apostrophe) at++
    if (at >= to) return
    // Looked for in this tag alone: a file can have many tags in which it is never closed.
    const closing = text.charCodeAt(at)
    let end = at + 1
    while (end < to && text.charCodeAt(end) !== closing) end++
    if (end === to) return
    tell(text.slice(begin, nameEnd), text, at + 1, end)
    at = end + 1
  }
}

/** The value of an attribute of a tag; undefined where it has none of that name. */
export function attributeOf(wanted: string, text: string, from: number, to: number): string | undefined {
  let value: string | undefined
  eachAttribute(text, from, to, (name, _, begin, end) => {
    if (name === wanted) value ??= plainOf(text.slice(begin, end))
  })
  return value
}

/** All attributes of a tag, by their names without prefixes. */
export function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  eachAttribute(text, 0, text.length, (name, _, from, to) => {
    found.set(name.slice(name.lastIndexOf(':') + 1), plainOf(text.slice(from, to)))
  })
  return found
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const entity = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g

/** The text that was meant, with the entities of XML replaced. */
export function plainOf(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(entity, (whole, hex?: string, decimal?: string, word?: string) => {
    if (word !== undefined) return named[word] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** What workbooks keep of letters XML cannot hold: `_x000D_`. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
