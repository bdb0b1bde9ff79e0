import type { CellText } from './sheet-rows.ts'
import { plainOf, unescaped, type XmlReader, XmlTags } from './xml-tags.ts'

/** The texts that cells of a workbook share, by their number. */
export interface SharedTexts {
  /** undefined where there is none of that number */
  at(index: number): string | undefined
}

/** More than a list of half a million rows has; what has more is no list. */
const mostBytes = 128_000_000
const [blockBytes, blockPlaces] = [1 << 20, 1 << 16]

export class TooManyTexts extends Error {
  override readonly name = 'TooManyTexts'
}

/**
 * Keeps texts as bytes outside the heap, each behind its length: what a program saves of 420,000 people would be two million texts.
 * @throws TooManyTexts, XmlUnreadable
 */
export async function sharedTexts(pieces: AsyncIterable<string>, { cut, longest }: CellText): Promise<SharedTexts> {
  const store = new Store(cut)
  const tags = new XmlTags(new Reader(store, longest))
  for await (const piece of pieces) tags.take(piece)
  tags.end()
  return store
}

class Store implements SharedTexts {
  readonly #cut: CellText['cut']
  readonly #blocks: Buffer[] = []
  readonly #places: Uint32Array[] = []
  #free = blockBytes
  #count = 0

  constructor(cut: CellText['cut']) {
    this.#cut = cut
  }

  add(text: string): void {
    const short = this.#cut(text)
    // Three bytes a letter at most.
    if (this.#free + 2 + short.length * 3 > blockBytes) {
      this.#blocks.push(Buffer.allocUnsafeSlow(blockBytes))
      this.#free = 0
    }
    if (this.#count % blockPlaces === 0) this.#places.push(new Uint32Array(blockPlaces))
    if (this.#blocks.length * blockBytes + this.#places.length * blockPlaces * 4 > mostBytes) throw new TooManyTexts()
    const block = this.#blocks.at(-1) as Buffer
    const places = this.#places.at(-1) as Uint32Array
    places[this.#count++ % blockPlaces] = (this.#blocks.length - 1) * blockBytes + this.#free
    const bytes = block.write(short, this.#free + 2, 'utf8')
    block.writeUInt16LE(bytes, this.#free)
    this.#free += 2 + bytes
  }

  at(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined
    const place = this.#places[Math.floor(index / blockPlaces)]?.[index % blockPlaces] as number
    const block = this.#blocks[Math.floor(place / blockBytes)] as Buffer
    const from = (place % blockBytes) + 2
    return block.toString('utf8', from, from + block.readUInt16LE(from - 2))
  }
}

/** How a text is read aloud stands beside it and is none of it. */
class Reader implements XmlReader {
  readonly #store: Store
  readonly #longest: number
  #text = ''
  #isText = false
  #isAside = false

  constructor(store: Store, longest: number) {
    this.#store = store
    this.#longest = longest
  }

  open(name: string): void {
    if (name === 'si') this.#text = ''
    else if (name === 'rPh') this.#isAside = true
    else if (name === 't') this.#isText = !this.#isAside
  }

  close(name: string): void {
    if (name === 'si') this.#store.add(unescaped(this.#text))
    else if (name === 'rPh') this.#isAside = false
    else if (name === 't') this.#isText = false
  }

  text(text: string, from: number, to: number, isRaw: boolean): void {
    if (!this.#isText || this.#text.length > this.#longest) return
    const part = text.slice(from, to)
    this.#text += isRaw ? part : plainOf(part)
  }
}
