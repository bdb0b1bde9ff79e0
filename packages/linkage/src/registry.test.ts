import { describe, expect, it } from 'vitest'
import { madeUpChinese } from '../test/made-up-chinese.ts'
import { dedupe, groupsOf, link, openRegistry, peopleOf } from './index.ts'
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
