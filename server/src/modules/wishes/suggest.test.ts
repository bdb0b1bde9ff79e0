import { describe, expect, it } from 'vitest'
import { needExamples } from './need-examples.ts'
import { needHeldOut } from './need-held-out.ts'
import { rank, suggest } from './suggest.ts'

describe('what a need may be about, from its words', () => {
  it('is right first for two in three sentences of another author, and within three for nine in ten', () => {
    const among = (n: number) =>
      needHeldOut.filter(([label, words]) =>
        rank(words)
          .slice(0, n)
          .some(one => one.label === label),
      ).length / needHeldOut.length
    expect(needHeldOut.length).toBe(190)
    expect(among(1)).toBeGreaterThanOrEqual(0.67)
    expect(among(3)).toBeGreaterThanOrEqual(0.9)
  })

  it('was taught none of the sentences it is measured by', () => {
    const taught = new Set(Object.values(needExamples).flat())
    expect(needHeldOut.filter(([, words]) => taught.has(words))).toEqual([])
    expect(Object.keys(needExamples).toSorted()).toEqual([...new Set(needHeldOut.map(([label]) => label))].toSorted())
  })

  it('is an item of the pool, a benefit, or help at once; of nothing in particular nothing', () => {
    expect(suggest('想要一个助听器')[0]).toEqual({ kind: 'service', item: 'S-C1' })
    expect(suggest('低保怎么申请')[0]).toEqual({ kind: 'policy', item: null })
    expect(suggest('屋顶塌了，今晚没地方睡')[0]).toEqual({ kind: 'emergency', item: null })
    for (const words of ['', '…', 'xyz', '１２３']) expect(suggest(words)).toEqual([])
  })
})
