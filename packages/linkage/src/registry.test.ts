import { describe, expect, it } from 'vitest'
import { madeUpChinese } from '../test/made-up-chinese.ts'
import {
  completed,
  dedupe,
  groupsOf,
  link,
  openRegistry,
  type People,
  peopleOf,
  reportOf,
  usualWeights,
} from './index.ts'
import { madeUpFebrl } from '../test/made-up-western.ts'

describe('a person typed into a form', () => {
  const lists = madeUpChinese({ people: 3000, feed: 1000, seed: 11 })
  const { weights } = link(lists.left, lists.right)
  const registry = openRegistry(lists.right, weights)
  const typedAt = (row: number) => ({
    name: lists.right.columns.name?.[row] ?? '',
    birthDate: lists.right.columns.birthDate?.[row] ?? '',
    idNumber: lists.right.columns.idNumber?.[row] ?? '',
  })
  it('is found among all', () => {
    for (let row = 0; row < 3000; row += 97) expect(registry.find(typedAt(row))[0]).toMatchObject({ row, band: 'same' })
  })
  it('is found by fewer words, and a person looks where they do not suffice', () => {
    const { name, birthDate } = typedAt(5)
    expect(registry.find({ name, birthDate })[0]?.row).toBe(5)
    expect(registry.find({ name }).filter(f => f.band === 'same')).toEqual([])
  })
  it('whom the registry does not hold is nobody', () => {
    expect(registry.find({ name: '诸葛无人', birthDate: '1901-02-03' })).toEqual([])
    expect(registry.find({})).toEqual([])
  })
})

describe('a registry that stands ready', () => {
  const lists = madeUpChinese({ people: 3000, feed: 1000, seed: 11 })
  const truth = { size: lists.truth.size, has: (l: number, r: number) => lists.truth.get(l) === r }
  const without = ({ size, columns }: People, field: string): People => ({
    size,
    columns: Object.fromEntries(Object.entries(columns).filter(([name]) => name !== field)),
  })

  it('links a list as two lists are linked, and learns the same from it', () => {
    const registry = openRegistry(lists.right, usualWeights)
    const once = link(lists.left, lists.right)
    const again = registry.link(lists.left, undefined, l => ({ pairs: l.pairs, weights: l.weights }))
    expect(again).toEqual({ pairs: once.pairs, weights: once.weights })
    expect(registry.link(lists.left, once.weights, l => l.pairs)).toEqual(once.pairs)
  })

  it('answers who types between two steps of a list, and neither is other for it', () => {
    const registry = openRegistry(lists.right, usualWeights)
    const typed = (row: number) => {
      const cell = (field: 'name' | 'birthDate' | 'phone') => lists.right.columns[field]?.[row] ?? ''
      return { name: `${cell('name')}`, birthDate: cell('birthDate'), phone: cell('phone'), address: `无名路${row}号` }
    }
    const alone = registry.link(lists.left, undefined, l => ({ pairs: l.pairs, weights: l.weights }))
    const before = [5, 700, 2900].map(row => registry.find(typed(row)))
    const answers: unknown[] = []
    let steps = 0
    const beside = registry.link(
      lists.left,
      undefined,
      l => ({ pairs: l.pairs, weights: l.weights }),
      () => {
        if (steps++ % 10 === 0) answers.push([5, 700, 2900].map(row => registry.find(typed(row))))
      },
    )
    expect(beside).toEqual(alone)
    expect(steps).toBeGreaterThan(100)
    expect(answers.every(answer => JSON.stringify(answer) === JSON.stringify(before))).toBe(true)
  })

  it.each(['phone', 'sex', 'address', 'idNumber', 'birthDate'])('links a list that has no %s column', field => {
    const left = without(lists.left, field)
    const r = reportOf(link(left, lists.right).pairs, truth)
    expect(r.f1).toBeGreaterThan(0.9)
    expect(r.auto.wrong).toBeLessThanOrEqual(1)
    const registry = openRegistry(lists.right, usualWeights)
    expect(registry.link(left, undefined, l => reportOf(l.pairs, truth))).toEqual(r)
  })

  it('takes in people and lets them go, and finds whom it holds at the time', () => {
    const { size } = lists.right
    const registry = openRegistry(lists.right, usualWeights, { room: 2 })
    const person = { name: '诸葛新来', birthDate: '1950-05-06', idNumber: '330111195005060007', phone: '13812345678' }
    expect(registry.find(person)).toEqual([])
    expect(registry.add(person)).toBe(size)
    expect(registry.find(person)[0]).toMatchObject({ row: size, band: 'same' })
    expect(registry.find({ name: '诸葛新来', phone: person.phone })[0]?.row).toBe(size)
    registry.remove(size)
    expect(registry.find(person)).toEqual([])
    expect(registry.add(person)).toBe(size + 1)
    expect(registry.find(person).map(f => f.row)).toEqual([size + 1])
    expect(registry.add(person)).toBeUndefined()
    const known = (row: number) => ({
      name: lists.right.columns.name?.[row] ?? '',
      idNumber: lists.right.columns.idNumber?.[row] ?? '',
    })
    registry.remove(7)
    expect(registry.find(known(7)).filter(f => f.row === 7 || f.band === 'same')).toEqual([])
    expect(registry.find(known(8))[0]).toMatchObject({ row: 8, band: 'same' })
  })

  it('answers the same however much it was asked before: it keeps no text of those who ask', () => {
    const registry = openRegistry(lists.right, usualWeights)
    const asked = { name: '许念安', birthDate: '1999-01-02', phone: '13900001111', address: '某街12号' }
    const before = registry.find({ ...asked, name: lists.right.columns.name?.[3] ?? '' })
    registry.link(lists.left, undefined, l => l.pairs.length)
    for (let n = 0; n < 50; n++) registry.find({ ...asked, name: `许${String.fromCharCode(0x4e00 + n * 7)}安` })
    expect(registry.find({ ...asked, name: lists.right.columns.name?.[3] ?? '' })).toEqual(before)
  })

  it('shows who stands in it twice, and neither relatives nor two valid numbers', () => {
    const registry = openRegistry(lists.right, usualWeights, { room: 1 })
    expect(registry.doubles().filter(p => p.band === 'same')).toEqual([])
    const cell = (field: 'name' | 'birthDate' | 'phone' | 'address' | 'sex') => lists.right.columns[field]?.[42] ?? ''
    const twin = { name: cell('name'), birthDate: cell('birthDate'), phone: cell('phone'), address: cell('address') }
    registry.add({ ...twin, sex: cell('sex'), household: 'another' })
    expect(registry.doubles()[0]).toMatchObject({ left: lists.right.size, right: 42 })
  })

  it('says in words which column its weights do not know, and others can stand in for it', () => {
    const registry = openRegistry(lists.right, usualWeights)
    const poor = { ...usualWeights, comparisons: usualWeights.comparisons.filter(c => c.key !== 'phone') }
    expect(() => registry.link(lists.left, poor, () => 0)).toThrow('the weights do not know "telephone" (电话)')
    const whole = completed(poor, usualWeights)
    expect(registry.link(lists.left, whole, l => reportOf(l.pairs, truth).f1)).toBeGreaterThan(0.98)
  })
})

describe('a list that may hold people twice', () => {
  const { list, person } = madeUpFebrl({ originals: 600, duplicates: 600, seed: 5, slips: 3 })
  const deduped = dedupe(list)
  it('falls into clusters that are one person each', () => {
    const groups = groupsOf(deduped.clusters)
    expect(groups.filter(rows => new Set(rows.map(r => person[r])).size > 1)).toEqual([])
    const wanted = Map.groupBy(person.keys(), row => person[row])
    const whole = groups.filter(rows => rows.length === wanted.get(person[rows[0] ?? 0])?.length).length
    const several = [...wanted.values()].filter(rows => rows.length > 1).length
    expect(whole / several).toBeGreaterThan(0.98)
  })
  it('names each pair once, the higher row first, and every row of a cluster by its lowest', () => {
    expect(deduped.pairs.every(p => p.left > p.right)).toBe(true)
    expect(deduped.clusters.every((cluster, row) => cluster <= row && deduped.clusters[cluster] === cluster)).toBe(true)
  })
  it('of people who are there once falls into no cluster', () => {
    const once = peopleOf([
      { givenName: 'tom', surname: 'ford', birthDate: '19000101' },
      { givenName: 'ann', surname: 'ley', birthDate: '19500607' },
    ])
    expect(groupsOf(dedupe(once).clusters)).toEqual([])
    expect(groupsOf(dedupe(peopleOf([])).clusters)).toEqual([])
  })
  it('keeps two valid identity numbers apart', () => {
    const { right } = madeUpChinese({ people: 800, feed: 10, seed: 3 })
    expect(groupsOf(dedupe(right).clusters)).toEqual([])
  })
})
