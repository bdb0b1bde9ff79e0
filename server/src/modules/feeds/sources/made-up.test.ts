import { listedPeople, madeUpDelivery, type MadeUpRow, plantable, townships, villages } from '@zhulian/seed'
import { describe, expect, it } from 'vitest'
import type { Places } from '../read-row.ts'
import { findTable } from './find-table.ts'
import { sources } from './index.ts'
import { recordReader } from './read-record.ts'
import type { Source } from './source.ts'
import { sampleDay } from './test/read-sample.ts'

const people = listedPeople({ people: 1200, today: sampleDay })
const townshipOf = new Map(townships().map(t => [t.code, t.name]))
const byName = Map.groupBy(villages(), v => v.name)
const places: Places = {
  has: code => villages().some(v => v.code === code),
  find: (village, township) =>
    (byName.get(village) ?? [])
      .filter(v => township === undefined || townshipOf.get(v.code.slice(0, 9)) === township)
      .map(v => v.code),
}

function read(source: Source, delivery: readonly MadeUpRow[]) {
  const found = findTable(
    source,
    delivery.slice(0, 20).map(row => row.cells),
    sources,
  )
  if ('fault' in found) throw new Error(found.fault.words.en)
  const reader = recordReader(source, found, places, sampleDay)
  return delivery.slice(1).map((row, i) => reader(i + 2, row.cells))
}

describe.each(sources.map(s => [s.id, s] as const))('a made-up delivery of %s', (id, source) => {
  const delivery = [...madeUpDelivery(id, people, { today: sampleDay, rows: 900, faults: 0.035 })]
  it('has exactly the faults that were planted, and each is found under its name', () => {
    const readings = read(source, delivery)
    expect(delivery.filter(row => row.planted)).toHaveLength(31)
    for (const [i, { planted }] of delivery.slice(1).entries()) {
      const reading = readings[i] as (typeof readings)[number]
      const codes = 'faults' in reading ? reading.faults.map(f => f.code) : []
      expect(codes, `row ${i + 2}`).toEqual(planted ? [plantable[planted]] : [])
    }
  })
  it('is the same each time', () => {
    expect([...madeUpDelivery(id, people, { today: sampleDay, rows: 900, faults: 0.035 })]).toEqual(delivery)
  })
})
