import { describe, expect, it } from 'vitest'
import { madeUpCopies } from '../test/made-up-copies.ts'
import { madeUpFebrl } from '../test/made-up-western.ts'
import { dedupe, dedupeReport, type Known, link, peopleOf } from './index.ts'

const truthOf = (person: readonly number[]): Known => {
  let size = 0
  for (const rows of Map.groupBy(person, p => p).values()) size += (rows.length * (rows.length - 1)) / 2
  return { size, has: (a, b) => person[a] === person[b] }
}
const without = ({ size, columns }: ReturnType<typeof peopleOf>, field: string) => ({
  size,
  columns: Object.fromEntries(Object.entries(columns).filter(([name]) => name !== field)),
})

describe('a pair of a list in which people stand several times', () => {
  const { list, person } = madeUpFebrl({ originals: 700, duplicates: 1000, seed: 31, slips: 7 })
  const deduped = dedupe(without(list, 'number'))
  const report = dedupeReport(deduped, truthOf(person))

  it('counts what others of its cluster say, and is linked by itself by its own evidence alone', () => {
    const through = deduped.pairs.filter(p => p.throughOthers)
    expect(through.length).toBeGreaterThan(5)
    expect(through.every(p => p.band === 'look' && p.probability < 0.97)).toBe(true)
    expect(through.filter(p => p.probability >= 0.5).every(p => person[p.left] === person[p.right])).toBe(true)
    expect(report.f1).toBeGreaterThan(0.997)
    expect(report.auto.wrong).toBe(0)
  })
  it('is named once, and one that only others show is no look more for a person', () => {
    expect(new Set(deduped.pairs.map(p => p.left * list.size + p.right)).size).toBe(deduped.pairs.length)
    const shown = new Set(deduped.pairs.filter(p => p.band === 'look' && !p.throughOthers).map(p => p.left))
    expect(report.review).toBe(shown.size)
  })
  it('whose groups speak against it is linked by nobody but a person', () => {
    const apart = deduped.pairs.filter(p => deduped.clusters[p.left] !== deduped.clusters[p.right])
    expect(apart.every(p => p.band === 'look' && p.probability < 0.5)).toBe(true)
  })
})

describe('rows of which more than 400 share all they can be found by', () => {
  const one = { name: '王海', birthDate: '1980-01-02', phone: '13900000000' }
  const others = Array.from({ length: 60 }, (_, i) => ({
    name: `李${'建国志明海根'[i % 6]}`,
    birthDate: `19${30 + i}-03-04`,
  }))

  it('are named with what they share, also where each has something of its own', () => {
    const own = Array.from({ length: 1000 }, (_, i) => ({ ...one, phone: `139${String(10_000_000 + i * 7919)}` }))
    for (const [rows, shared] of [
      [Array.from({ length: 1000 }, () => one), ['telephone', 'birth date', 'name and year of birth']],
      [own, ['birth date', 'name and year of birth']],
    ] as const) {
      const { notCompared, pairs } = dedupe(peopleOf([...others, ...rows]))
      expect(notCompared.rows).toEqual(rows.map((_, i) => others.length + i))
      expect(notCompared.shared.map(key => key.words.en)).toEqual(expect.arrayContaining([...shared]))
      expect(notCompared.shared[0]?.rows).toBe(1000)
      expect(pairs.filter(p => p.left >= others.length)).toEqual([])
    }
  })
  it('are named of a list beside another as well, but none who shares nothing or has somebody to be compared with', () => {
    const rows = Array.from({ length: 1000 }, () => one)
    const feed = peopleOf([one, { name: '裘琴', birthDate: '1955-06-07' }])
    expect(link(feed, peopleOf([...others, ...rows])).notCompared.rows).toEqual([0])
    expect(link(feed, peopleOf([...others, one])).notCompared.rows).toEqual([])
  })
})

describe('a register of which copies were spoilt', () => {
  const { list, person } = madeUpCopies({ rows: 4000, seed: 41 })
  const report = dedupeReport(dedupe(list), truthOf(person))
  it('is put together again', () => {
    expect(report.f1).toBeGreaterThan(0.9)
    expect(report.clusters.f1).toBeGreaterThan(0.9)
  })
})

describe('a birth date of which but the year is known', () => {
  const level = (a: string, b: string, name = 'ford') => {
    const rows = [a, b].map(birthDate => ({ givenName: 'tom', surname: name, birthDate, suburb: 'x' }))
    return dedupe(peopleOf(rows))
      .explain({ left: 1, right: 0 })
      .find(e => e.key === 'birthDate')?.level?.en
  }
  it('says nothing by its first of January', () => {
    expect(level('1740-01-01', '1785-01-01')).toBe('different')
    expect(level('1740-01-01', '1740-06-05')).toBe('day and month change places, or only the year is known')
    expect(level('1740-05-09', '1785-05-09')).toBe('the same year, or the same day and month')
  })
  it('may be a year out where it was told and not read off a paper', () => {
    expect(level('1740-05-09', '1741-11-20')).toBe('a year apart')
    const rows = ['1940-05-09', '1941-11-20'].map(birthDate => ({ name: '裘小琴', birthDate, phone: '13800001111' }))
    const han = dedupe(peopleOf(rows)).explain({ left: 1, right: 0 })
    expect(han.find(e => e.key === 'birthDate')?.level?.en).toBe('different')
  })
})

it('a given name that stands among the further names of the other is much alike', () => {
  const rows = [
    { name: 'henry ford', givenName: 'henry', surname: 'ford' },
    { name: 'joseph henry ford', givenName: 'joseph', surname: 'ford' },
  ]
  const [given] = dedupe(peopleOf(rows)).explain({ left: 1, right: 0 })
  expect(given?.level?.en).toBe('much alike')
})
