import { describe, expect, it } from 'vitest'
import { newsOf } from './news.ts'

describe('what came in while the page was open', () => {
  it('is nothing on the first look', () => {
    expect(newsOf(undefined, ['a', 'b'])).toEqual([])
  })

  it('is what was not there before', () => {
    expect(newsOf(['a'], ['b', 'a'])).toEqual(['b'])
  })
})
