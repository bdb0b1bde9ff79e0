import { describe, expect, it } from 'vitest'
import { withDeclined } from './with-declined.ts'

const row = (id: string) => ({ need: { id } })
const declined = (id: string, at: number, taker = 'tutors') => ({ row: row(id), at, taker })
const shown = (rows: readonly string[], said: readonly ReturnType<typeof declined>[]) =>
  withDeclined(rows.map(row), said).map(({ row: { need, gone }, said: all }) => [
    need.id,
    gone,
    all.map(one => one.taker),
  ])

describe('what was just said not to fit', () => {
  it('keeps its row where it was when nobody else fits', () => {
    expect(shown(['a', 'c'], [declined('b', 1)])).toEqual([
      ['a', false, []],
      ['b', true, ['tutors']],
      ['c', false, []],
    ])
  })

  it('stands in the row that now has another taker', () => {
    expect(shown(['a', 'b'], [declined('b', 1)])).toEqual([
      ['a', false, []],
      ['b', false, ['tutors']],
    ])
  })

  it('keeps the order of several rows, whichever was said first', () => {
    expect(shown(['b'], [declined('c', 2), declined('a', 0)]).map(([id]) => id)).toEqual(['a', 'b', 'c'])
  })

  it('stands twice in one row when two takers of it were said not to fit', () => {
    expect(shown([], [declined('a', 0), declined('a', 0, 'circle')])).toEqual([['a', true, ['tutors', 'circle']]])
  })

  it('is gone from the page once it is taken back', () => {
    expect(shown(['a', 'b'], [])).toEqual([
      ['a', false, []],
      ['b', false, []],
    ])
  })
})
