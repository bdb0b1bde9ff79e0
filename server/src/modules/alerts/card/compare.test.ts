import { addDays, type Day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { compareCards, type Compared, type Outcome } from './compare.ts'
import { type Card, fitCard, pointsBy } from './fit.ts'
import { amongFirst, auc, aucGain, calibration, curveOf, shareAt } from './measure.ts'

/** Numbers that look random and are the same each time. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) >>> 0
    const mixed = Math.imul(state ^ (state >>> 7), 61 | state) ^ state
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** What is truly so of the made-up households: the last item tells nothing, and the card in force gives it most. */
const truth: Card = [[6, 4, 2], [4], [3, 1], [0]]
const inForce: Card = [[2, 1, 1], [2], [2, 1], [6]]
const bandsOf = truth.map(item => item.length)

function madeUp(n: number, seed: number): Outcome[] {
  const roll = dice(seed)
  return Array.from({ length: n }, (_, i) => {
    const bands = bandsOf.map(count => (roll() < 0.55 ? -1 : Math.floor(roll() * count)))
    const share = 1 / (1 + Math.exp(-(-2.2 + 0.45 * pointsBy(truth, bands))))
    return {
      household: `h${i}`,
      on: addDays('2021-01-01' as Day, Math.floor((i * 700) / n)),
      bands,
      so: roll() < share,
      groups: { sex: roll() < 0.5 ? 'male' : 'female', age: '18-59', township: i % 97 === 0 ? 'few' : 'many' },
    }
  })
}
const compared = (outcomes: readonly Outcome[], by: Card = inForce): Compared => {
  const result = compareCards(by, outcomes)
  if (result.kind !== 'compared') throw new Error(JSON.stringify(result))
  return result
}

describe('a card fitted to what was found', () => {
  it('comes near the truth it was made up from, and gives nothing for what tells nothing', () => {
    const all = madeUp(6000, 1)
    const card = fitCard(
      bandsOf,
      all.map(o => o.bands),
      all.map(o => o.so),
    )
    const scale = 6 / (card[0]?.[0] as number)
    card.forEach((item, i) =>
      item.forEach((points, band) =>
        expect(Math.abs(points * scale - (truth[i]?.[band] as number)), `${i}.${band}`).toBeLessThanOrEqual(1.2),
      ),
    )
    expect(card[3]).toEqual([0])
  })

  it('has whole points, none below nothing, and of an item an earlier band never less than a later one, whatever was found', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const roll = dice(seed)
      const cases = Array.from({ length: 200 }, () => bandsOf.map(count => Math.floor(roll() * (count + 1)) - 1))
      const card = fitCard(
        bandsOf,
        cases,
        cases.map(() => roll() < 0.5),
      )
      for (const item of card)
        item.forEach((points, band) => {
          expect(Number.isInteger(points) && points >= 0).toBe(true)
          if (band > 0) expect(points).toBeLessThanOrEqual(item[band - 1] as number)
        })
    }
  })

  it('gives no points at all where what was found hangs on none of it', () => {
    const cases = Array.from({ length: 400 }, (_, i) => [i % 2 === 0 ? 0 : -1])
    expect(
      fitCard(
        [1],
        cases,
        cases.map((_, i) => i % 4 < 2),
      ),
    ).toEqual([[0]])
  })
})

describe('how good points are', () => {
  it('is the share of pairs in the right order, those that are equal half', () => {
    const points = [5, 4, 3, 3, 1]
    const so = [true, false, true, false, false]
    // Of six pairs: 5>4, 5>3, 5>1, 3<4, 3=3, 3>1: 3 + 0 + ½ + 1.
    expect(auc(points, so).value).toBeCloseTo(4.5 / 6, 12)
  })

  it('has an interval that holds the truth about 95 times in a hundred', () => {
    const roll = dice(7)
    let held = 0
    for (let round = 0; round < 400; round++) {
      const so = Array.from({ length: 120 }, (_, i) => i < 50)
      // Evenly between 0 and 1, or a half higher: of pairs 1 − (½)²/2 are in order.
      const points = so.map(was => roll() + (was ? 0.5 : 0))
      const { low, high } = auc(points, so)
      if (low <= 0.875 && high >= 0.875) held++
    }
    expect(held / 400).toBeGreaterThan(0.9)
    expect(held / 400).toBeLessThan(0.985)
  })

  it('gains nothing from the same points, and something from better ones', () => {
    const all = madeUp(2000, 3)
    const [good, bad] = [truth, inForce].map(card => all.map(o => pointsBy(card, o.bands))) as [number[], number[]]
    const so = all.map(o => o.so)
    expect(aucGain(bad, bad, so)).toEqual({ value: 0, low: 0, high: 0 })
    expect(aucGain(bad, good, so).low).toBeGreaterThan(0)
    expect(aucGain(bad, good, so).value).toBeCloseTo(auc(good, so).value - auc(bad, so).value, 12)
  })

  it('fills what can be visited exactly, those that share the line each with the same chance', () => {
    const first = amongFirst([9, 5, 5, 5, 1, 0, 0, 0, 0, 0], 0.2)
    expect([...first].map(x => Math.round(x * 1000) / 1000)).toEqual([1, 0.333, 0.333, 0.333, 0, 0, 0, 0, 0, 0])
    expect(first.reduce((a, b) => a + b, 0)).toBeCloseTo(2, 12)
  })

  it('says when shares are said too boldly', () => {
    const all = madeUp(4000, 5)
    const points = all.map(o => pointsBy(truth, o.bands))
    const so = all.map(o => o.so)
    const curve = curveOf(points, so)
    expect(curve.a).toBeCloseTo(-2.2, 0)
    expect(curve.b).toBeCloseTo(0.45, 1)
    const right = calibration(
      points.map(p => shareAt(curve, p)),
      so,
    )
    expect(right.slope).toBeCloseTo(1, 2)
    expect(right.error).toBeLessThan(0.02)
    const bold = calibration(
      points.map(p => shareAt({ a: 2 * curve.a, b: 2 * curve.b }, p)),
      so,
    )
    expect(bold.slope).toBeCloseTo(0.5, 2)
    expect(bold.error).toBeGreaterThan(0.05)
  })
})

describe('two cards beside each other', () => {
  it('are judged by later outcomes of other households, and the one nearer the truth comes out better', () => {
    const all = madeUp(3000, 11)
    const result = compared(all)
    expect(result.from + result.judgedBy).toBe(3000)
    expect(result.from).toBeGreaterThan(2000)
    expect(all.filter(o => o.on >= result.since).length).toBe(result.judgedBy)
    expect(result.refitted.auc.value).toBeGreaterThan(result.inForce.auc.value)
    expect(result.gain.low).toBeGreaterThan(0)
    expect(result.refitted.found).toBeGreaterThan(result.inForce.found)
    expect(result.refitted.calibration.slope).toBeGreaterThan(0.8)
    expect(result.refitted.calibration.slope).toBeLessThan(1.2)
  })

  it('do not differ for sure where the card in force is the truth already', () => {
    const { gain } = compared(madeUp(3000, 12), truth)
    expect(gain.low).toBeLessThan(0)
    expect(Math.abs(gain.value)).toBeLessThan(0.02)
  })

  it('are not compared with too few outcomes: how many there are, and how many it takes', () => {
    expect(compareCards(inForce, [])).toEqual({
      kind: 'lacking',
      confirmed: { have: 0, want: 167 },
      unfounded: { have: 0, want: 167 },
      laterPart: false,
    })
    const few = madeUp(200, 2)
    expect(compareCards(inForce, few)).toMatchObject({
      kind: 'lacking',
      confirmed: { have: few.filter(o => o.so).length },
      laterPart: false,
    })
    expect(compareCards(Array(12).fill([1]), [])).toMatchObject({ confirmed: { want: 172 } })
  })

  it('count one household once in each part, and none in both', () => {
    const all = madeUp(3000, 13)
    const again = all.flatMap(o => [o, { ...o, on: addDays(o.on, 1), so: !o.so }])
    const once = compared(all)
    const twice = compared(again)
    expect(twice.from + twice.judgedBy).toBeLessThanOrEqual(3000)
    expect(Math.abs(twice.refitted.auc.value - once.refitted.auc.value)).toBeLessThan(0.03)
  })

  it('tell of no group that is few, nor of one that could be told from the others', () => {
    const all = madeUp(3000, 14).map((o, i) => ({ ...o, groups: { ...o.groups, township: i > 2995 ? 'few' : 'many' } }))
    const towns = compared(all).groups.filter(g => g.by === 'township')
    expect(towns.find(g => g.key === 'few')).toMatchObject({ outcomes: null, inForce: null, refitted: null })
    expect(towns.find(g => g.key === 'many')?.outcomes).toBe(null)
    expect(compared(all).groups.filter(g => g.by === 'sex')).toHaveLength(2)
    // Two of thirty were unfounded: the confirmed, taken from all, would say so.
    const sure = all.map((o, i) => {
      const isSure = i >= 2970
      return { ...o, so: isSure ? i % 15 > 0 : o.so, groups: { ...o.groups, township: isSure ? 'sure' : 'many' } }
    })
    const found = compared(sure)
    for (const key of ['many', 'sure'])
      expect(found.groups.find(g => g.key === key)).toMatchObject({ outcomes: expect.any(Number), confirmed: null })
  })
})
