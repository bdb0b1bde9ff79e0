import type { Both, Comparison } from './comparison.ts'
import { nicknameRoot } from './nicknames.ts'
import { isHan, readingOf, softened, surnameLength } from './reading.ts'
import { editDistance, jaroWinkler } from './strings.ts'

const level = (zh: string, en: string) => ({ zh, en })

const hanLevels = [
  level('同名', 'the same name'),
  level('同音', 'the same sound'),
  level('差一字', 'one character apart'),
  level('名同姓不同', 'the same given name, another surname'),
  level('同姓', 'the same surname'),
  level('不同', 'different'),
]

/** Whether most names of a list are Chinese. */
export function namesAreHan(texts: readonly string[], names: Int32Array): boolean {
  let [han, known] = [0, 0]
  for (let i = 0; i < names.length && known < 2000; i++) {
    const text = texts[names[i] as number] ?? ''
    if (text === '') continue
    known++
    if (isHan(text)) han++
  }
  return han * 2 > known
}

/** Chinese names, by characters and by sound; a name written in Latin letters is compared by sound. */
export function chineseName({ tables, left, right }: Both): Comparison {
  const [a, b] = [left.column('name'), right.column('name')]
  const { texts } = tables.of('name')
  const read: (Reading | undefined)[] = []
  const readingAt = (n: number) => (read[n] ??= readName(texts[n] ?? ''))
  return {
    key: 'name',
    words: level('姓名', 'name'),
    levels: hanLevels,
    rarity: b,
    compare: (i, j) => {
      const [x, y] = [a[i] as number, b[j] as number]
      if (x === 0 || y === 0) return -1
      return x === y ? 0 : nameLevel(readingAt(x), readingAt(y))
    },
  }
}

interface Reading {
  readonly text: string
  readonly isHan: boolean
  readonly syllables: readonly string[]
  readonly soft: readonly string[]
  readonly joined: string
  readonly surname: string
}

function readName(text: string): Reading {
  const syllables = readingOf(text).map(s => s.replaceAll('ü', 'v'))
  return {
    text,
    isHan: isHan(text),
    syllables,
    soft: syllables.map(softened),
    joined: syllables.join(''),
    surname: text.slice(0, surnameLength(text)),
  }
}

const hidden = /[某*xX×]/

export function nameLevel(a: Reading, b: Reading): number {
  if (!a.isHan || !b.isHan) return latinLevel(a, b)
  const [x, y] = [a.text, b.text]
  if (x.length === y.length) {
    let [same, near, unseen] = [0, 0, 0]
    for (let k = 0; k < x.length; k++) {
      if (x[k] === y[k]) same++
      else if (hidden.test(x[k] as string) || hidden.test(y[k] as string)) unseen++
      else if (a.soft[k] === b.soft[k]) near++
    }
    if (same + near === x.length) return 1
    if (unseen > 0 && same > 0 && same + near + unseen === x.length) return 2
    if (x.length > 2 && same + near === x.length - 1 && same > 0) return 2
    if (x.length === 2 && x[1] === y[1]) return 3
  }
  if (Math.max(x.length, y.length) > 2 && editDistance(x, y, 1) === 1) return 2
  return a.surname === b.surname ? 4 : 5
}

/** From this level on two names are of two people, whatever else agrees. */
export const otherNameFrom = 4

function latinLevel(a: Reading, b: Reading): number {
  if (a.joined === b.joined) return 1
  const [han, latin] = a.isHan ? [a, b] : [b, a]
  if (han.isHan && [...han.syllables.slice(1), han.syllables[0]].join('') === latin.joined) return 1
  return jaroWinkler(a.joined, b.joined) > 0.93 ? 2 : 5
}

const latinLevels = [
  level('同', 'the same'),
  level('名与姓对调', 'given name and surname change places'),
  level('很像', 'much alike'),
  level('有些像', 'somewhat alike'),
  level('不同', 'different'),
]

const titles = /^(?:mr|mrs|ms|miss|dr|sir|lady|lord|rev|prof)\.?$/

/** Given name or surname of people whose names are in Latin letters; what stands in the other field counts once. */
export function latinName(both: Both, own: 'givenName' | 'surname'): Comparison {
  const other = own === 'givenName' ? 'surname' : 'givenName'
  const { tables, left, right } = both
  const [a, b] = [left.column(own), right.column(own)]
  const [aOther, bOther] = [left.column(other), right.column(other)]
  const [texts, otherTexts] = [tables.of(own).texts, tables.of(other).texts]
  const [aWhole, bWhole] = [left.column('name'), right.column('name')]
  const wholes = tables.of('name').texts
  const wholeTokens: (ReadonlySet<string> | undefined)[] = []
  const isInWhole = (column: Int32Array, row: number, text: string) => {
    const n = column[row]
    if (n === undefined || n === 0) return false
    return (wholeTokens[n] ??= new Set(tokensOf(wholes[n] ?? ''))).has(text)
  }
  return {
    key: own,
    words: own === 'surname' ? level('姓', 'surname') : level('名', 'given name'),
    levels: latinLevels,
    rarity: b,
    compare: (i, j) => {
      const [x, y] = [a[i] as number, b[j] as number]
      if (x === y && x !== 0) return 0
      const [p, q] = [texts[x] ?? '', texts[y] ?? '']
      if ((p !== '' && p === otherTexts[bOther[j] ?? 0]) || (q !== '' && q === otherTexts[aOther[i] ?? 0])) return 1
      if (x === 0 || y === 0) return -1
      if (isInWhole(bWhole, j, p) || isInWhole(aWhole, i, q)) return 2
      if (own === 'givenName' && nicknameRoot(p) === nicknameRoot(q)) return 2
      const likeness = jaroWinkler(p, q)
      if (likeness >= 0.92) return 2
      if (likeness >= 0.82) return 3
      return own === 'givenName' && p[0] === q[0] && Math.min(p.length, q.length) <= 2 ? 3 : 4
    },
  }
}

/** The words of a Latin name without titles and ordinals. */
export const tokensOf = (name: string): readonly string[] =>
  name.split(/[^\p{L}']+/u).filter(word => word.length > 1 && !titles.test(word))

const restLevels = [
  level('其余名字全同', 'all further names the same'),
  level('其余名字有同', 'some further names the same'),
  level('不同', 'different'),
]

/** What a full name says beside given name and surname: middle names, titles of nobility. */
export function furtherNames({ tables, left, right }: Both): Comparison {
  const [a, b] = [restOf(left), restOf(right)]
  return {
    key: 'name',
    words: level('其余名字', 'further names'),
    levels: restLevels,
    compare: (i, j) => {
      const [x, y] = [a(i), b(j)]
      if (x.length === 0 || y.length === 0) return -1
      const common = x.filter(word => y.includes(word)).length
      if (common === 0) return 2
      return common === Math.max(x.length, y.length) ? 0 : 1
    },
  }
  function restOf(list: Both['left']): (row: number) => readonly string[] {
    const kept: (readonly string[] | undefined)[] = []
    const [whole, given, surname] = [list.column('name'), list.column('givenName'), list.column('surname')]
    return row =>
      (kept[row] ??= tokensOf(tables.of('name').texts[whole[row] ?? 0] ?? '').filter(
        word =>
          word !== tables.of('givenName').texts[given[row] ?? 0] &&
          word !== tables.of('surname').texts[surname[row] ?? 0],
      ))
  }
}
