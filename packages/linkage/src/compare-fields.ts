import type { Both, Comparison } from './comparison.ts'
import { agreesWhereShown, idForm, type IdForm, isOneNumber } from './id-form.ts'
import type { Field } from './people.ts'
import type { Prepared } from './prepared.ts'
import { editDistance, jaroWinkler } from './strings.ts'

const level = (zh: string, en: string) => ({ zh, en })
const same = level('相同', 'the same')
const different = level('不同', 'different')

/** By numbers of the two values; -1 is answered for nothing. */
function byValue(
  { left, right }: Both,
  field: Field,
  compare: (x: number, y: number, i: number, j: number) => number,
): (i: number, j: number) => number {
  const [a, b] = [left.column(field), right.column(field)]
  return (i, j) => {
    const [x, y] = [a[i] as number, b[j] as number]
    if (x === 0 || y === 0) return -1
    return x === y ? 0 : compare(x, y, i, j)
  }
}

/** @param fromMemory birth years are told and not read off a paper: they may be a year out */
export function birthDate(both: Both, fromMemory: boolean): Comparison {
  const { texts } = both.tables.of('birthDate')
  return {
    key: 'birthDate',
    words: level('出生日期', 'birth date'),
    levels: [
      same,
      level('差一个数字', 'one digit apart'),
      level('月日对调或只写到年月', 'day and month change places, or only the year is known'),
      level('同年或同月日', 'the same year, or the same day and month'),
      ...(fromMemory ? [level('差一年', 'a year apart')] : []),
      different,
    ],
    compare: byValue(both, 'birthDate', (x, y) => {
      const shown = dateLevel(texts[x] ?? '', texts[y] ?? '')
      return shown === 4 && fromMemory && yearsApart(texts[x] ?? '', texts[y] ?? '') > 1 ? 5 : shown
    }),
  }
}

function dateLevel(x: string, y: string): number {
  const [year, other] = [x.slice(0, 4), y.slice(0, 4)]
  if (x.length !== y.length) return x.startsWith(y) || y.startsWith(x) ? 2 : year === other ? 3 : 4
  // Of a stand-in but the year is known: that its day and month agree with another's is how it is written, and no evidence.
  if (isStandIn(x) || isStandIn(y)) return year === other ? 2 : 4
  const apart = editDistance(x, y, 2)
  if (apart <= 1) return 1
  if (year === other && x.slice(4) === y.slice(6) + y.slice(4, 6)) return 2
  return apart === 2 || x.slice(4) === y.slice(4) || year === other ? 3 : 4
}
const yearsApart = (x: string, y: string) => Math.abs(Number(x.slice(0, 4)) - Number(y.slice(0, 4)))
/** The first of January is written where only the year is known. */
export const isStandIn = (date: string): boolean => date.endsWith('0101')

export const idNumberLevels = {
  equal: 0,
  otherForm: 1,
  masked: 2,
  near: 3,
  twoApart: 4,
  nearBornAlike: 5,
  relatives: 6,
  twoValid: 7,
  different: 8,
} as const

/**
 * Identity numbers. Two valid numbers that differ are two people, however near they are: a number repeats birth day and sex.
 * Only where one of them is invalid is the distance evidence, and little where the recorded birth dates agree anyway: then but the
 * last four characters are left to differ. A number that belongs to another member of the same household
 * in the right list was borrowed for the form, and says little against.
 */
export function idNumber(both: Both, householdOf: Int32Array): Comparison {
  const { texts } = both.tables.of('idNumber')
  const forms: (IdForm | undefined)[] = []
  const formOf = (n: number) => (forms[n] ??= idForm(texts[n] ?? ''))
  const holders = holdersOf(both.right)
  const l = idNumberLevels
  const [births, otherBirths] = [both.left.column('birthDate'), both.right.column('birthDate')]
  return {
    key: 'idNumber',
    words: level('身份证号', 'identity number'),
    levels: [
      same,
      level('同一号码的另一写法', 'one number in two forms'),
      level('未遮盖部分相同', 'the same where it is not masked'),
      level('差一个字符，其中一个无效', 'one character apart, one of them not valid'),
      level('差两个字符，其中一个无效', 'two characters apart, one of them not valid'),
      level('差一两个字符，但生日本来相同', 'one or two characters apart, as numbers of one birth day are'),
      level('是同户另一人的号码', 'the number of another member of the household'),
      level('两个有效号码不同', 'two valid numbers that differ'),
      different,
    ],
    amongBirths: [l.nearBornAlike],
    compare: byValue(both, 'idNumber', (x, y, i, j) => {
      const [p, q] = [texts[x] ?? '', texts[y] ?? '']
      const [fx, fy] = [formOf(x), formOf(y)]
      if (fx === 'masked' || fy === 'masked') return agreesWhereShown(p, q) ? l.masked : l.different
      if (isOneNumber(p, q, both.tables.homeCodes)) return l.otherForm
      if (fx === 'valid' && fy === 'valid') {
        const holder = holders.get(x)
        const isRelatives =
          !both.isOneList &&
          holder !== undefined &&
          holder !== j &&
          householdOf[j] !== 0 &&
          householdOf[holder] === householdOf[j]
        return isRelatives ? l.relatives : l.twoValid
      }
      const apart = editDistance(p, q, 2)
      if (apart > 2) return l.different
      const isBornAlike = births[i] !== undefined && births[i] !== 0 && births[i] === otherBirths[j]
      if (isBornAlike && p.slice(-4) !== q.slice(-4)) return l.nearBornAlike
      if (apart === 1) return l.near
      return apart === 2 && p.slice(0, 6) === q.slice(0, 6) ? l.twoApart : l.different
    }),
  }
}

const holdersKnown = new WeakMap<Prepared, ReadonlyMap<number, number>>()

/** Which row of the list has a number: the first, for it is only asked whose household it is. */
function holdersOf(list: Prepared): ReadonlyMap<number, number> {
  const known = holdersKnown.get(list)
  if (known) return known
  const holders = new Map<number, number>()
  holdersKnown.set(list, holders)
  const column = list.column('idNumber')
  for (let j = 0; j < column.length; j++) {
    const n = column[j] as number
    if (n !== 0 && !holders.has(n)) holders.set(n, j)
  }
  return holders
}

/** Tells that a row was added to a list, or (`isGone`) is about to leave it. */
export function holderMoved(list: Prepared, row: number, isGone = false): void {
  const known = holdersKnown.get(list) as Map<number, number> | undefined
  const n = list.column('idNumber')[row] as number
  if (!known || n === 0) return
  if (!isGone) known.set(n, row)
  else if (known.get(n) === row) known.delete(n)
}

export function phone(both: Both): Comparison {
  const { texts } = both.tables.of('phone')
  return {
    key: 'phone',
    words: level('电话', 'telephone'),
    levels: [same, level('差一个数字', 'one digit apart'), different],
    compare: byValue(both, 'phone', (x, y) => (editDistance(texts[x] ?? '', texts[y] ?? '', 1) <= 1 ? 1 : 2)),
  }
}

export function address({ left, right }: Both): Comparison {
  const [a, b] = [placesOf(left), placesOf(right)]
  return {
    key: 'address',
    words: level('住址', 'address'),
    levels: [
      level('同一门牌', 'the same house'),
      level('同一村（社区）', 'the same village'),
      level('同一镇街，一方没有写村', 'the same township, one without a village'),
      level('同一镇街的另一村', 'another village of the township'),
      level('另一镇街', 'another township'),
    ],
    compare: (i, j) => {
      const [v, w] = [a.village[i] as number, b.village[j] as number]
      const [t, u] = [a.township[i] as number, b.township[j] as number]
      if ((v === 0 && t === 0) || (w === 0 && u === 0)) return -1
      if (v !== 0 && v === w) {
        const [g, h] = [a.group[i] as number, b.group[j] as number]
        return a.house[i] !== 0 && a.house[i] === b.house[j] && (g === 0 || h === 0 || g === h) ? 0 : 1
      }
      if (t !== 0 && t === u) return v !== 0 && w !== 0 ? 3 : 2
      return t === 0 || u === 0 ? -1 : 4
    },
  }
}
const placesOf = (list: Prepared) => ({
  township: list.column('township'),
  village: list.column('village'),
  group: list.column('group'),
  house: list.column('house'),
})

export function exact(both: Both, field: Field, zh: string, en: string): Comparison {
  return { key: field, words: level(zh, en), levels: [same, different], compare: byValue(both, field, () => 1) }
}

/** Numbers without a meaning of their own, by letters that differ. */
export function byDistance(both: Both, field: Field, zh: string, en: string): Comparison {
  const { texts } = both.tables.of(field)
  return {
    key: field,
    words: level(zh, en),
    levels: [same, level('差一个字符', 'one character apart'), level('差两个字符', 'two characters apart'), different],
    compare: byValue(both, field, (x, y) => Math.min(editDistance(texts[x] ?? '', texts[y] ?? '', 2), 3)),
  }
}

/** Postcodes: by letters that differ; those with letters also by how far they agree from the left. */
export function postcode(both: Both): Comparison {
  const { texts } = both.tables.of('postcode')
  return {
    key: 'postcode',
    words: level('邮编', 'postcode'),
    levels: [same, level('差一个字符', 'one character apart'), level('相近', 'near'), different],
    rarity: both.right.column('postcode'),
    compare: byValue(both, 'postcode', (x, y) => {
      const [p, q] = [texts[x] ?? '', texts[y] ?? '']
      const apart = editDistance(p, q, 2)
      if (apart <= 1) return 1
      const isLettered = /^[a-z]/.test(p) && p.length > 4 && q.length > 4
      return apart === 2 || (isLettered && p.slice(0, -3) === q.slice(0, -3)) ? 2 : 3
    }),
  }
}

/** Words people write: equal, much alike, somewhat alike. */
export function wording(both: Both, field: Field, zh: string, en: string): Comparison {
  const { texts } = both.tables.of(field)
  return {
    key: field,
    words: level(zh, en),
    levels: [same, level('很像', 'much alike'), level('有些像', 'somewhat alike'), different],
    rarity: both.right.column(field),
    compare: byValue(both, field, (x, y) => {
      const likeness = jaroWinkler(texts[x] ?? '', texts[y] ?? '')
      return likeness >= 0.92 ? 1 : likeness >= 0.82 ? 2 : 3
    }),
  }
}
