import type { Id } from '@zhulian/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fairLoad, type Move, type Patch, type VillageWork, workOf } from './fair-load.ts'
import { rhythmOf } from '@zhulian/kernel'

const village = (code: string, first: number, more: Partial<VillageWork> = {}): VillageWork => ({
  code,
  name: `${code}村`,
  circles: [first, 0, 0],
  open: 0,
  at: null,
  ground: null,
  ...more,
})
const patch = (account: string, ...villages: string[]): Patch => ({ account: account as Id, name: account, villages })

/** Every move accepted. */
const accepted = (patches: readonly Patch[], moves: readonly Move[]): Patch[] =>
  patches.map(p => ({
    ...p,
    villages: [
      ...p.villages.filter(v => !moves.some(m => m.village === v && m.from === p.account)),
      ...moves.filter(m => m.to === p.account).map(m => m.village),
    ],
  }))

const township = fc
  .record({
    villages: fc.array(
      fc.record({ first: fc.nat(60), second: fc.nat(40), open: fc.nat(9), lon: fc.nat(20), lat: fc.nat(20) }),
      { minLength: 1, maxLength: 8 },
    ),
    guides: fc.array(fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 9 }),
  })
  .map(({ villages, guides }) => ({
    villages: villages.map((v, i) =>
      village(String(i), v.first, {
        circles: [v.first, v.second, 0],
        open: v.open,
        at: { lon: 119.9 + v.lon / 200, lat: 30 + v.lat / 200 },
      }),
    ),
    // Who has nothing of their own would count as working for the whole township.
    patches: guides.flatMap((own, i) => {
      const here = own.filter(v => v < villages.length).map(String)
      return here.length > 0 ? [patch(`g${i}`, ...here)] : []
    }),
  }))

describe('a fair load', () => {
  it('takes a village from who has too much to the nearest who has room, and says why in numbers', () => {
    const at = (lon: number) => ({ lon, lat: 30 })
    const villages = [
      village('甲', 30, { at: at(119.9) }),
      village('乙', 14, { at: at(119.92), open: 3 }),
      village('丙', 8, { at: at(119.94) }),
      village('丁', 8, { at: at(120.2), ground: 'hills' }),
    ]
    const { moves, mean } = fairLoad(villages, [patch('徐', '甲', '乙'), patch('何', '丙'), patch('章', '丁')])
    expect(mean).toBe(249)
    expect(moves).toMatchObject([{ village: '乙', from: '徐', to: '何', km: 2.6 }])
    expect(moves[0]?.reasons.map(r => r.zh)).toEqual([
      '徐摊到第一圈 44 户，平均 20 户；一年约要走访 531 次，平均 249 次。',
      '何一年约走访 96 次，还有余力。',
      '乙村离何管的丙村约 2.6 公里。',
      '村里还有 3 件没做完的走访和代办。',
    ])
  })

  it('lets a colleague join where one village is too much for one', () => {
    const { moves } = fairLoad([village('甲', 60), village('乙', 4)], [patch('徐', '甲'), patch('何', '乙')])
    expect(moves).toMatchObject([{ village: '甲', from: null, to: '何', km: null }])
    expect(moves[0]?.reasons.at(-1)?.zh).toBe('没有位置资料，没有算远近。')
    const whole = fairLoad([village('甲', 60, { at: { lon: 119.9, lat: 30 } })], [patch('徐', '甲'), patch('何')])
    expect(whole.moves[0]?.reasons.at(-1)?.zh).toBe('何管全镇，没有算远近。')
  })

  it('finds somebody for a village that has nobody', () => {
    const { moves } = fairLoad([village('甲', 10), village('乙', 0)], [patch('徐', '甲')])
    expect(moves).toMatchObject([{ village: '乙', from: null, to: '徐' }])
    expect(moves[0]?.reasons[0]?.zh).toBe('乙村现在没有导服员。')
  })

  it('suggests nothing where nobody has too much', () => {
    const villages = ['甲', '乙', '丙'].map((code, i) => village(code, 20 + i))
    expect(fairLoad(villages, [patch('徐', '甲'), patch('何', '乙'), patch('章', '丙')]).moves).toEqual([])
    expect(fairLoad([], []).moves).toEqual([])
    expect(fairLoad([village('甲', 9)], []).moves).toEqual([])
  })

  it('does not suggest again what was declined', () => {
    const villages = [village('甲', 60), village('乙', 4), village('丙', 5)]
    const patches = [patch('徐', '甲'), patch('何', '乙'), patch('章', '丙')]
    const first = fairLoad(villages, patches).moves
    const declined = first.map(m => ({ village: m.village, to: m.to }))
    for (const again of fairLoad(villages, patches, declined).moves)
      expect(declined).not.toContainEqual({ village: again.village, to: again.to })
  })

  it('has nothing more to say once every move was accepted', () => {
    fc.assert(
      fc.property(township, ({ villages, patches }) => {
        const { moves } = fairLoad(villages, patches)
        expect(fairLoad(villages, accepted(patches, moves)).moves).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('leaves no village without a guide and nobody without a village who had one', () => {
    fc.assert(
      fc.property(township, ({ villages, patches }) => {
        fc.pre(patches.length > 0)
        const after = accepted(patches, fairLoad(villages, patches).moves)
        expect(villages.filter(v => !after.some(p => p.villages.includes(v.code)))).toEqual([])
        expect(after.filter(p => p.villages.length === 0)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('does not hang on the order in which villages and guides are given', () => {
    fc.assert(
      fc.property(township, ({ villages, patches }) => {
        const sum = (moves: readonly Move[]) => moves.reduce((n, m) => n + m.visits, 0)
        expect(sum(fairLoad(villages.toReversed(), patches.toReversed()).moves) > 0).toBe(
          sum(fairLoad(villages, patches).moves) > 0,
        )
      }),
    )
  })

  it('counts a visit in the hills for more, and the inner circle as often as it is visited', () => {
    expect(workOf(village('甲', 1))).toBe(12)
    for (const [i, circle] of [1, 2, 3].entries()) {
      const every = rhythmOf({ circle, traits: [], urgent: false })?.every ?? 0
      const one = [0, 0, 0].with(i, 1) as [number, number, number]
      expect(workOf(village('甲', 0, { circles: one }))).toBe(Math.round(365 / every))
    }
    expect(workOf(village('甲', 0, { circles: [0, 1, 1], open: 2 }))).toBe(10)
    expect(workOf(village('甲', 1, { ground: 'hills' }))).toBe(15)
  })
})
