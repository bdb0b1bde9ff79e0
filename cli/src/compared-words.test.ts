import { describe, expect, it } from 'vitest'
import { comparedWords } from './compared-words.ts'

const words = (zh: string) => ({ zh, en: zh })
const document = {
  label: words('提示分'),
  provenance: ['I'],
  items: [
    {
      id: 'income',
      dimension: 'economy',
      label: words('收入'),
      provenance: ['I'],
      bands: [{ condition: 'household.x < 1', points: 6, label: words('低') }],
    },
  ],
} as const
const base = { poolVersion: 'v', document, otherCard: 0, draft: undefined }
const measured = (value: number) => ({
  auc: { value, low: value - 0.05, high: value + 0.05 },
  calibration: { slope: 1, said: 0.3, found: 0.31, error: 0.01 },
  found: 0.4,
})

describe('two cards beside each other, in words', () => {
  it('say how many outcomes lack', () => {
    const lacking = { confirmed: { have: 30, want: 172 }, unfounded: { have: 200, want: 172 }, laterPart: false }
    const told = comparedWords({ ...base, result: { kind: 'lacking', ...lacking } }, 'zh', undefined)
    expect(told).toContain('属实 30 户，要 172 户，还差 142 户')
    expect(told).toContain('不属实 200 户，要 172 户，还差 0 户')
  })

  it('say which is better only where it is sure, hide the few, and that nothing was changed', () => {
    const compared = (gain: number) =>
      comparedWords(
        {
          ...base,
          result: {
            kind: 'compared',
            from: 400,
            judgedBy: 170,
            since: '2031-01-01' as never,
            card: [[5]],
            inForce: measured(0.7),
            refitted: measured(0.7 + gain),
            gain: { value: gain, low: gain - 0.03, high: gain + 0.03 },
            groups: [{ by: 'sex', key: 'female', outcomes: 80, confirmed: null, inForce: null, refitted: null }],
          },
        },
        'zh',
        undefined,
      )
    expect(compared(0.01)).toContain('分不出高下')
    expect(compared(0.05)).toContain('新配的好')
    expect(compared(-0.05)).toContain('现在的好')
    expect(compared(0.05)).toContain('性别 女：80 户，属实 ＊，＊ → ＊')
    expect(compared(0.05)).toMatch(/收入 · 低: 5 \(6\)[\s\S]*什么也没有改/)
  })
})
