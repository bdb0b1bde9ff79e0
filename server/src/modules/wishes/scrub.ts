import type { Words } from '@zhulian/kernel'

/** What of a text would tell who somebody is. */
export type Tell = 'number' | 'phone' | 'name' | 'place' | 'address' | 'account' | 'age'

export const tellWords: Readonly<Record<Tell, Words>> = {
  number: { zh: '身份证号', en: 'an identity number' },
  phone: { zh: '电话或微信号', en: 'a telephone or chat number' },
  account: { zh: '账号', en: 'an account number' },
  name: { zh: '人名', en: 'a name' },
  place: { zh: '村名、小区名', en: 'a village or estate' },
  address: { zh: '门牌', en: 'a house number' },
  age: { zh: '确切年龄', en: 'an exact age' },
}

const digit = '[0-9０-９]'
const gap = '[\\s\\-—–.·()（）+]{0,2}'
/** Seven digits and more, whatever stands between them; a day is none. */
const digits = new RegExp(`${digit}(?:${gap}${digit}){6,}(?:${gap}[XxＸｘ])?`, 'g')
const isDay = (run: string) => /^(19|20)\d\d[-./](0?[1-9]|1[0-2])[-./](0?[1-9]|[12]\d|3[01])$/.test(run)

const kindOf = (run: string): Tell => {
  const n = run.match(/[0-9０-９XxＸｘ]/g)?.length ?? 0
  return n === 15 || n === 18 ? 'number' : n > 12 ? 'account' : 'phone'
}

const waysToReach: readonly (readonly [Tell, RegExp])[] = [
  ['phone', /(?:微信|QQ|wechat|vx)\s*(?:号)?\s*[:：]?\s*[a-z0-9_-]{5,20}/gi],
  ['phone', /[\w.+-]+@[\w-]+\.[\w.-]+/g],
]
const patterns: readonly (readonly [Tell, RegExp])[] = [
  ...waysToReach,
  ['address', /[0-9０-９一二三四五六七八九十百]{1,5}(?:号楼|号院|号|幢|栋|弄|单元|室|组)(?![召码线])/g],
  // A wish tells a band of age; with the year itself fewer are alike than were counted.
  [
    'age',
    /(?:[0-9０-９]{1,3}|[一二三四五六七八九十百两]{1,4})\s*周?岁|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|(?:19|20)\d\d年(?:出?生|的)/g,
  ],
]

/**
 * Takes out of a text what would tell whose wish it is: numbers, ways to reach somebody, house numbers, and the names and places
 * given. It finds what has a form and what it is given; a person reads the rest before anything is published.
 */
export function scrub(
  text: string,
  known: { readonly names: readonly string[]; readonly places: readonly string[] },
  leave: readonly Tell[] = [],
) {
  const found = new Set<Tell>()
  let clean = text.replace(/[\u200b-\u200f\u2060\ufeff]/g, '').replace(digits, run => {
    if (isDay(run)) return run
    found.add(kindOf(run))
    return '…'
  })
  const take = (tell: Tell, pattern: RegExp) => {
    clean = clean.replace(pattern, () => {
      found.add(tell)
      return '…'
    })
  }
  for (const [tell, pattern] of patterns) if (!leave.includes(tell)) take(tell, pattern)
  for (const name of longestFirst(known.names)) take('name', literally(name))
  for (const place of longestFirst(known.places)) take('place', literally(place))
  return { text: clean.replace(/…(?:\s*…)+/g, '…').trim(), found: [...found] }
}

/** Of a text about something that is done for many: an age in it is a limit and nobody's own. */
export function scrubbed(text: string, names: readonly string[]): { readonly text: string; readonly found: Words[] } {
  const clean = scrub(text, { names, places: [] }, ['age'])
  return { text: clean.text, found: clean.found.map(tell => tellWords[tell]) }
}

/** Of what stands in a list, where names are masked too, or goes to who has no register: no number of anybody, no way to reach them. */
export const withoutNumbers = (text: string): string =>
  waysToReach.reduce(
    (clean, [, pattern]) => clean.replace(pattern, '…'),
    text.replace(/[\u200b-\u200f\u2060\ufeff]/g, '').replace(digits, run => (isDay(run) ? run : '…')),
  )

const longestFirst = (words: readonly string[]) =>
  [...new Set(words)].filter(word => [...word].length > 1).toSorted((a, b) => b.length - a.length)

/** With whatever may stand between two letters. */
const literally = (word: string) =>
  new RegExp([...word].map(c => c.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s*'), 'gi')
