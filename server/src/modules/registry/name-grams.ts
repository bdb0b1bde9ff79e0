import { pinyin } from 'pinyin-pro'
import { type FieldCrypto, normaliseForIndex } from '../../platform/crypto.ts'

const column = 'registry.person.name'

/** `lu gui xiang`: the reading of a name, surnames read as surnames (单 shàn, 仇 qiú). */
export const pinyinOf = (name: string): string =>
  pinyin(name, { toneType: 'none', mode: 'surname', type: 'array', v: true }).join(' ').toLowerCase()

/**
 * The pieces a name is found by: its first character, each pair of neighbours, the initials from two letters up, and the
 * reading syllable by syllable (`lu`, `lugui`, `luguixiang`). Longer pieces are rare enough to be exact.
 */
export function piecesOf(name: string, reading = pinyinOf(name)): string[] {
  const letters = [...normaliseForIndex(name)]
  const syllables = reading.split(' ')
  const pieces = new Set<string>()
  if (letters[0]) pieces.add(letters[0])
  for (let i = 1; i < letters.length; i++) pieces.add(`${letters[i - 1]}${letters[i]}`)
  for (let i = 1; i <= syllables.length; i++) {
    pieces.add(`p:${syllables.slice(0, i).join('')}`)
    if (i > 1)
      pieces.add(
        `i:${syllables
          .slice(0, i)
          .map(s => s[0])
          .join('')}`,
      )
  }
  return [...pieces]
}

/** Keyed hashes of pieces, remembered as long as the key: names share most of their pieces. */
const makers = new WeakMap<FieldCrypto, (piece: string) => Buffer>()
const mostRemembered = 20_000

export function gramMaker(crypto: FieldCrypto): (piece: string) => Buffer {
  const made = makers.get(crypto)
  if (made) return made
  const known = new Map<string, Buffer>()
  const maker = (piece: string) => {
    let gram = known.get(piece)
    if (!gram) {
      gram = crypto.blind(column, piece)
      if (known.size < mostRemembered) known.set(piece, gram)
    }
    return gram
  }
  makers.set(crypto, maker)
  return maker
}

/** What to look up for a text somebody typed: all of `every`, or the longest of `anyOf` that occurs. */
export type NameQuery =
  | { readonly kind: 'characters'; readonly every: string[]; readonly text: string }
  | { readonly kind: 'letters'; readonly anyOf: string[]; readonly text: string }

export function nameQueryOf(typed: string): NameQuery | undefined {
  const text = normaliseForIndex(typed)
  if (text === '') return undefined
  if (/^[A-ZÜ']+$/.test(text)) {
    const letters = text.toLowerCase().replaceAll("'", '')
    const prefixes = Array.from({ length: Math.min(letters.length, 24) }, (_, i) =>
      letters.slice(0, letters.length - i),
    )
    return {
      kind: 'letters',
      anyOf: [...(letters.length > 1 ? [`i:${letters}`] : []), ...prefixes.map(p => `p:${p}`)],
      text: letters,
    }
  }
  const characters = [...text]
  const every = characters.length === 1 ? characters : characters.slice(1).map((c, i) => `${characters[i]}${c}`)
  return { kind: 'characters', every, text }
}
