import { describe, expect, it } from 'vitest'
import { madeUpChinese } from '../test/made-up-chinese.ts'
import { addressBook, dedupe, districtOf, link, peopleOf, type Person, reportOf } from './index.ts'
import { randomOf } from './random.ts'

const places = [
  { code: '1', names: ['新登镇'] },
  { code: '2', names: ['银湖街道'] },
  { code: '3', names: ['场口镇'] },
  { code: '4', names: ['常绿镇'] },
  { code: '5', names: ['渌渚镇'] },
  { code: '6', names: ['富春街道'] },
  ...['1 大山村', '1 双塔村', '2 唐家坞村', '3 上村村', '4 黄弹村', '5 新港村'].map((text, i) => ({
    code: `v${i}`,
    names: [text.slice(2)],
    within: text[0] ?? '',
  })),
]
const district = districtOf([
  { level: 'province', code: '330000', name: '浙江省' },
  { level: 'city', code: '330100', name: '杭州市' },
  { level: 'district', code: '330111', name: '富阳区' },
  { level: 'district', code: '330183', name: '富阳市' },
  { level: 'district', code: '330123', name: '富阳县' },
])
const addresses = addressBook(places, district)
const { homeCodes } = district
const lists = madeUpChinese({ people: 4000, feed: 1500, seed: 7 })
const linked = link(lists.left, lists.right, { addresses, homeCodes })
const truth = { size: lists.truth.size, has: (l: number, r: number) => lists.truth.get(l) === r }

/** The lists with one more person on either side, and what becomes of the two. */
const withPersons = (left: readonly Person[], right: readonly Person[]) => {
  const extended = (people: typeof lists.left, more: readonly Person[]) => ({
    size: people.size + more.length,
    columns: Object.fromEntries(
      Object.entries(people.columns).map(([field, texts]) => [
        field,
        [...texts, ...more.map(p => p[field as 'name'] ?? '')],
      ]),
    ),
  })
  const result = link(extended(lists.left, left), extended(lists.right, right), {
    addresses,
    homeCodes,
    weights: linked.weights,
  })
  return result.pairs.filter(p => p.left >= lists.left.size).map(p => ({ ...p, right: p.right - lists.right.size }))
}
const address = '新登镇大山村5组107号'
const person = {
  name: '裘小琴',
  sex: '女',
  birthDate: '19490415',
  idNumber: '330111194904150001',
  phone: '13800000000',
  address,
  household: 'x',
}

describe('two lists of made-up people', () => {
  it('are linked without an answer being known, few wrongly and few left to a person', () => {
    const report = reportOf(linked.pairs, truth)
    expect(report.f1).toBeGreaterThan(0.985)
    expect(report.auto.wrong).toBeLessThanOrEqual(2)
    expect(report.review).toBeLessThan(30)
  })
  it('give the same links in either order of rows', () => {
    const turned = {
      size: lists.left.size,
      columns: Object.fromEntries(Object.entries(lists.left.columns).map(([f, t]) => [f, t.toReversed()])),
    }
    const again = link(turned, lists.right, { addresses, homeCodes, weights: linked.weights })
    const key = (pairs: typeof linked.pairs, row: (left: number) => number) =>
      pairs.map(p => `${row(p.left)} ${p.right} ${p.band}`).toSorted()
    expect(key(again.pairs, l => lists.left.size - 1 - l)).toEqual(key(linked.pairs, l => l))
  })
  it('need no more than the weights of an earlier file, which are plain JSON', () => {
    const kept = JSON.parse(JSON.stringify(linked.weights)) as typeof linked.weights
    expect(link(lists.left, lists.right, { addresses, homeCodes, weights: kept }).pairs).toEqual(linked.pairs)
  })
  it.each([{ moved: '0.1' }, { moved: Number.NaN }, { moved: 1.5 }, { neighbours: 'yes' }])(
    'refuse kept weights in words that have %o',
    part => {
      const weights = { ...linked.weights, ...part } as typeof linked.weights
      expect(() => link(lists.left, lists.right, { addresses, homeCodes, weights })).toThrow(
        `the weights have a "${Object.keys(part).join()}"`,
      )
    },
  )
  it('are told apart where it is a relative: the same house and telephone, another person', () => {
    expect(linked.weights.household).toBeGreaterThan(0)
    const brother = { ...person, name: '裘建国', sex: '男', birthDate: '19520101', idNumber: '' }
    expect(withPersons([brother], [person]).filter(p => p.band === 'same')).toEqual([])
  })
})

describe('a row', () => {
  it('of one valid number under another name goes to a person, never straight through', () => {
    const [pair] = withPersons([{ ...person, name: '李建国' }], [person])
    expect(pair).toMatchObject({ right: 0, band: 'look', reason: 'sameNumberOtherName' })
  })
  it('with another valid number is another person, however near the number and the rest', () => {
    const twin = { ...person, name: '裘小芹', idNumber: '33011119490415001X' }
    expect(withPersons([twin], [person]).filter(p => p.right === 0)).toEqual([])
  })
  it('that is all the same but for two valid numbers goes to a person', () => {
    const [pair] = withPersons([{ ...person, idNumber: '33011119490415001X' }], [person])
    expect(pair).toMatchObject({ right: 0, band: 'look', reason: 'twoValidNumbers' })
  })
  it('with the number of another member of the household is linked to whom the rest names', () => {
    const husband = { ...person, name: '李建国', sex: '男', birthDate: '19450101', idNumber: '330111194501010013' }
    const [pair] = withPersons([{ ...person, idNumber: husband.idNumber }], [husband, person])
    expect(pair).toMatchObject({ right: 1, band: 'same' })
  })
  it.each([
    ['15 digits', '330111490415000'],
    ['masked', '330111********0001'],
    ['cut to 17', '33011119490415000'],
    ['the code of the old county', '330123194904150003'],
    ['one digit wrong', '330111194904150002'],
  ])('with the number in another form, %s, is linked', (_, idNumber) => {
    expect(withPersons([{ ...person, idNumber }], [person])[0]).toMatchObject({ right: 0, band: 'same' })
  })
  it('written by ear or in Latin letters is linked', () => {
    for (const name of ['仇晓芹', 'QIU XIAO QIN', 'Xiaoqin Qiu'])
      expect(withPersons([{ ...person, name, idNumber: '' }], [person])[0]).toMatchObject({ right: 0, band: 'same' })
  })
  it('that could be either of two people is nobody by itself: ambiguous never means the first', () => {
    const row = { name: '裘小琴', sex: '女', birthDate: '19490415', address }
    const two = [{ ...person }, { ...person, idNumber: '33011119490415001X', phone: '13900000001', household: 'y' }]
    const pairs = withPersons([row], two)
    expect(pairs.map(p => [p.right, p.band, p.reason])).toEqual([
      [0, 'look', 'ambiguous'],
      [1, 'look', 'ambiguous'],
    ])
    expect(Math.max(...pairs.map(p => p.probability))).toBeLessThanOrEqual(0.5)
  })
  it('is linked at most once, and so is whom it is linked to', () => {
    const same = linked.pairs.filter(p => p.band === 'same')
    expect(new Set(same.map(p => p.left)).size).toBe(same.length)
    expect(new Set(same.map(p => p.right)).size).toBe(same.length)
  })
  it('comes with what each column showed and weighs', () => {
    const [pair] = linked.pairs.filter(p => p.band === 'same')
    const explained = linked.explain(pair ?? { left: 0, right: 0 })
    expect(explained.map(e => e.key)).toEqual(['name', 'birthDate', 'idNumber', 'phone', 'address', 'sex'])
    expect(explained.find(e => e.key === 'name')?.weight).toBeGreaterThan(3)
  })
})

describe('lists', () => {
  it('with nobody teach figures all the same, which can be kept', () => {
    const { weights } = dedupe(peopleOf([]))
    expect(JSON.parse(JSON.stringify(weights))).toEqual(weights)
    expect(JSON.stringify(weights)).not.toContain('null')
  })

  it('with nobody, or with nobody in common, are linked to nothing', () => {
    expect(link(peopleOf([]), lists.right, { addresses, homeCodes }).pairs).toEqual([])
    expect(link(lists.left, peopleOf([]), { addresses, homeCodes }).pairs).toEqual([])
    const few = peopleOf([{ name: '许琴', birthDate: '1949-04-15' }])
    expect(link(few, peopleOf([{ name: '王海', birthDate: '1980-01-02' }])).pairs).toEqual([])
  })
})

describe('a town and its postcode', () => {
  const random = randomOf(4)
  const int = (below: number) => Math.floor(random() * below)
  const word = (n: number) => Array.from({ length: n }, () => `${'bdfgklmnprst'[int(12)]}${'aeiou'[int(5)]}`).join('')
  const words = (count: number, n: number) => Array.from({ length: count }, () => word(n))
  const [givenNames, surnames, streets, towns] = [words(40, 2), words(600, 3), words(900, 4), words(120, 3)]
  const of = (list: readonly string[]) => list[int(list.length)] as string
  const left = Array.from({ length: 1500 }, () => {
    const town = int(towns.length)
    return {
      givenName: of(givenNames),
      surname: of(surnames),
      birthDate: `19${10 + int(89)}-0${1 + int(9)}-${10 + int(18)}`,
      houseNumber: `${1 + int(200)}`,
      street: of(streets),
      suburb: towns[town] as string,
      postcode: `${4000 + town * 37}`,
    }
  })
  const kept = (text: string) => (int(100) < 6 ? '' : int(100) < 12 ? text.slice(0, 2) + text.slice(3) : text)
  const right = left.map(person => {
    const { houseNumber, street, suburb, postcode } = int(100) < 15 ? (left[int(left.length)] as typeof person) : person
    const birthDate = int(100) < 8 ? '' : person.birthDate
    const [givenName, surname] = [kept(person.givenName), kept(person.surname)]
    return { givenName, surname, birthDate, houseNumber, street: kept(street), suburb, postcode }
  })

  const { pairs, weights, explain } = link(peopleOf(left), peopleOf(right))
  const report = reportOf(pairs, { size: left.length, has: (l, r) => l === r })

  it('are one agreement: who lives where another does is not half that person', () => {
    expect(weights).toMatchObject({ neighbours: true })
    expect(weights.same).toBeLessThan(1.3)
    expect(report.auto.wrong).toBeLessThan(10)
    expect(report.review).toBeLessThan(75)
  })

  it('are not four differences of one who moved, and then say nothing', () => {
    expect(weights.moved).toBeGreaterThan(0.1)
    expect(report.recall).toBeGreaterThan(0.97)
    const gone = pairs.find(p => p.band === 'same' && left[p.left]?.suburb !== right[p.right]?.suburb)
    expect(explain(gone as NonNullable<typeof gone>).find(e => e.key === 'suburb')?.weight).toBe(0)
  })
})
