import { expect, it } from 'vitest'
import { grouped } from './grouped.ts'

it('rows that read alike are one, in the order of the first, and none is lost', () => {
  const rows = ['a', 'b', 'a', 'c', 'a']
  const found = grouped(rows, row => row)
  expect(found.map(({ row, rows: all }) => `${row}${all.length}`)).toEqual(['a3', 'b1', 'c1'])
  expect(grouped([], String)).toEqual([])
})
