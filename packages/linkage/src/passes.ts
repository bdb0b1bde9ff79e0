import type { Words } from '@zhulian/kernel'
import { isStandIn } from './compare-fields.ts'
import { nicknameRoot } from './nicknames.ts'
import type { Derived, Prepared, Tables } from './prepared.ts'
import type { Field } from './people.ts'

/** One way two people come to be compared at all: those with the same key are. */
export interface Pass {
  readonly words: Words
  /** @returns a hash of the key, or 0 where the person has none. Two keys of one hash cost a comparison, no more. */
  readonly key: (list: Prepared) => (row: number) => number
}

const words = (zh: string, en: string): Words => ({ zh, en })

/** A number for each text of a column, made once a text. */
type TextKey = (text: string) => string

/** Every pass two lists allow, by the fields they both have. @source nine passes of the Chinese set, seven of the FEBRL sets */
export function passesOf(tables: Tables, has: (key: Field | Derived) => boolean, isHan: boolean): readonly Pass[] {
  const passes: Pass[] = []
  const pass = (zh: string, en: string, ...parts: readonly Part[]) => {
    if (parts.every(part => has(part.column)))
      passes.push({ words: words(zh, en), key: keyOf(parts, passes.length + 1) })
  }
  const column = (key: Field | Derived): Part => ({ column: key, number: n => n })
  const part = (key: Field | Derived, text: TextKey): Part => ({ column: key, number: byText(tables, key, text) })
  const birth = part('birthDate', t => (t.length === 8 && !isStandIn(t) ? t : ''))
  pass('身份证号', 'identity number', column('idNumber'))
  pass(
    '身份证号后六位',
    'last six of the identity number',
    part('idNumber', t => (t.length >= 15 ? t.slice(-6) : '')),
  )
  pass('证件号', 'number', column('number'))
  pass('电话', 'telephone', column('phone'))
  pass('电子邮箱', 'e-mail', column('email'))
  pass('出生日期', 'birth date', birth)
  if (isHan) {
    pass('姓名与出生年', 'name and year of birth', column('name'), column('year'))
    pass('姓名与村', 'name and village', column('name'), column('village'))
    pass('读音与出生年', 'sound of the name and year of birth', column('sound'), column('year'))
    pass('读音与镇街', 'sound of the name and township', column('sound'), column('township'))
    pass('村与门牌', 'village and house', column('village'), column('house'))
    if (!has('year')) pass('姓名', 'name', column('name'))
    return passes
  }
  const start = (key: Field, letters: number) => part(key, t => (t.length >= letters ? t.slice(0, letters) : ''))
  const given = part('givenName', nicknameRoot)
  pass('名与姓', 'given name and surname', column('givenName'), column('surname'))
  if (has('givenName') && has('surname'))
    passes.push({ words: words('名与姓，不论次序', 'given name and surname in any order'), key: eitherOrder(tables) })
  pass('门牌与街道', 'house number and street', column('houseNumber'), start('street', 5))
  pass('邮编', 'postcode', column('postcode'))
  pass('姓与地名', 'surname and suburb', column('surname'), column('suburb'))
  pass('名与地名', 'given name and suburb', column('givenName'), column('suburb'))
  pass('姓与出生年', 'surname and year of birth', start('surname', 3), column('year'))
  pass('名与出生年', 'given name and year of birth', given, column('year'))
  pass('姓与邮编区', 'surname and part of the postcode', start('surname', 4), start('postcode', 3))
  pass('名与邮编区', 'given name and part of the postcode', given, start('postcode', 3))
  pass('姓与出生地', 'surname and place of birth', column('surname'), column('birthPlace'))
  pass('名与出生地', 'given name and place of birth', given, column('birthPlace'), column('occupation'))
  pass('年与出生地', 'year and place of birth', column('year'), column('birthPlace'), column('occupation'))
  pass('名与姓的开头', 'given name and start of the surname', given, start('surname', 4))
  pass('街道与地名', 'street and suburb', start('street', 6), start('suburb', 5))
  pass('邮编区与出生年', 'part of the postcode and year of birth', start('postcode', 3), column('year'))
  pass('邮箱开头', 'start of the e-mail address', start('email', 6))
  pass(
    '生日与名的首字母',
    'birthday and initial',
    part('birthDate', t => (isStandIn(t) ? '' : t.slice(4))),
    start('givenName', 1),
  )
  pass(
    '生日与姓的首字母',
    'birthday and initial of the surname',
    part('birthDate', t => (isStandIn(t) ? '' : t.slice(4))),
    start('surname', 1),
  )
  // Alone these bring many together in a long list; there the cap leaves the common ones out.
  pass('姓', 'surname', column('surname'))
  pass('名', 'given name', column('givenName'))
  pass('街道', 'street', start('street', 6))
  pass('地名', 'suburb', column('suburb'))
  pass('小区', 'locality', column('locality'))
  if (!has('surname')) pass('姓名', 'name', column('name'))
  return passes
}

interface Part {
  readonly column: Field | Derived
  readonly number: (n: number) => number
}

function byText(tables: Tables, key: Field | Derived, text: TextKey): (n: number) => number {
  const { texts } = tables.of(key)
  const known = tables.of(key).keep<number>()
  return n => (known[n] ??= hashText(text(texts[n] ?? '')))
}

const mix = (hash: number, n: number): number => {
  const h = Math.imul(hash ^ n, 0x9e3779b1)
  return h ^ (h >>> 15)
}

function hashText(text: string): number {
  if (text === '') return 0
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash === 0 ? 1 : hash
}

const keyOf =
  (parts: readonly Part[], seed: number) =>
  (list: Prepared): ((row: number) => number) => {
    const columns = parts.map(p => [list.column(p.column), p.number] as const)
    return row => {
      let hash = seed
      for (const [column, number] of columns) {
        const n = column[row] as number
        const value = n === 0 ? 0 : number(n)
        if (value === 0) return 0
        hash = mix(hash, value)
      }
      return hash === 0 ? 1 : hash
    }
  }

const eitherOrder = (tables: Tables) => {
  const [g, s] = [byText(tables, 'givenName', t => t), byText(tables, 'surname', t => t)]
  return (list: Prepared): ((row: number) => number) => {
    const [given, surname] = [list.column('givenName'), list.column('surname')]
    return row => {
      const [x, y] = [g(given[row] as number), s(surname[row] as number)]
      return x === 0 || y === 0 || given[row] === 0 || surname[row] === 0 ? 0 : mix(7, x) + mix(7, y) || 1
    }
  }
}

/** The rows of a list by the key of one pass. */
export interface PassIndex {
  /** Calls `take` for each row with the key; nothing where the key has more rows than the cap. */
  readonly each: (key: number, take: (row: number) => void) => void
  /** How many rows bear a key that is passed over; 0 for any other. */
  readonly passedOver: (key: number) => number
  /** Takes up a row that was added to the list. */
  readonly add: (row: number) => void
  /** Leaves out a row, which is then under no key. */
  readonly remove: (row: number) => void
}

/**
 * @param most rows one key may have before it is passed over as saying too little; rows added later do not count
 * @param room how many rows may be added
 */
export function indexPass(pass: Pass, list: Prepared, most: number, room = 0): PassIndex {
  const key = pass.key(list)
  const n = list.size
  const keys = new Int32Array(n + room)
  for (let row = 0; row < n; row++) keys[row] = key(row)
  let bits = 4
  while (1 << bits < n * 1.5) bits++
  const [shift, buckets] = [32 - bits, 1 << bits]
  const bucketOf = (k: number) => Math.imul(k, 0x85ebca6b) >>> shift
  const starts = new Int32Array(buckets + 1)
  for (let row = 0; row < n; row++) {
    const k = keys[row] as number
    if (k !== 0) starts[bucketOf(k) + 1] = (starts[bucketOf(k) + 1] as number) + 1
  }
  for (let b = 0; b < buckets; b++) starts[b + 1] = (starts[b + 1] as number) + (starts[b] as number)
  const next = starts.slice(0, buckets)
  const rows = new Int32Array(starts[buckets] as number)
  for (let row = 0; row < n; row++) {
    const k = keys[row] as number
    if (k === 0) continue
    const b = bucketOf(k)
    rows[next[b] as number] = row
    next[b] = (next[b] as number) + 1
  }
  const tooCommon = commonKeys(keys, rows, starts, most)
  const later = new Map<number, number[]>()
  return {
    each: (k, take) => {
      if (k === 0 || tooCommon.has(k)) return
      const b = bucketOf(k)
      for (let at = starts[b] as number; at < (starts[b + 1] as number); at++) {
        const row = rows[at] as number
        if (keys[row] === k) take(row)
      }
      for (const row of later.get(k) ?? []) if (keys[row] === k) take(row)
    },
    passedOver: k => tooCommon.get(k) ?? 0,
    add: row => {
      const k = key(row)
      keys[row] = k
      if (k === 0) return
      const rows = later.get(k)
      if (rows) rows.push(row)
      else later.set(k, [row])
    },
    remove: row => void (keys[row] = 0),
  }
}

function commonKeys(keys: Int32Array, rows: Int32Array, starts: Int32Array, most: number): ReadonlyMap<number, number> {
  const common = new Map<number, number>()
  for (let b = 0; b + 1 < starts.length; b++) {
    const [from, to] = [starts[b] as number, starts[b + 1] as number]
    if (to - from <= most) continue
    const counts = new Map<number, number>()
    for (let at = from; at < to; at++) {
      const k = keys[rows[at] as number] as number
      counts.set(k, (counts.get(k) ?? 0) + 1)
    }
    for (const [k, count] of counts) if (count > most) common.set(k, count)
  }
  return common
}
