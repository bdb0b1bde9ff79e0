import { describe, expect, it } from 'vitest'
import { openCost, place, type PlacingInput, type Taker, type Wanting } from './placing.ts'

const lying = (lon: number) => ({ lon, lat: 30, ground: 'plain' as const })
const villages = new Map([
  ['near', lying(120)],
  ['far', lying(120.2)],
])
const need = (id: string, more: Partial<Wanting> = {}): Wanting => ({
  id,
  division: 'near',
  shelf: 'near',
  item: 'S-A1',
  guess: null,
  urgent: false,
  waitedDays: 0,
  ...more,
})
const taker = (key: string, more: Partial<Taker> = {}): Taker => ({
  key,
  kind: 'resource',
  items: ['S-A1'],
  places: 10,
  free: 10,
  serves: () => true,
  at: lying(120),
  about: '',
  ...more,
})
const solve = (more: Partial<PlacingInput>) =>
  place({ needs: [], takers: [], villages, no: new Map(), before: new Map(), ...more })

describe('who is suggested for a need', () => {
  it('is the nearest that gives what is needed and has room', () => {
    const takers = [taker('over there', { at: lying(120.2) }), taker('here'), taker('tutors', { items: ['S-D1'] })]
    const placed = solve({ needs: [need('a'), need('b', { division: 'far' })], takers })
    expect([0, 1].map(n => placed.takerOf(n)?.key)).toEqual(['here', 'over there'])
    expect(placed.explain(0).others).toMatchObject([
      { taker: 0, why: 'dearer' },
      { taker: 2, why: 'barred', because: 'otherService' },
    ])
  })

  it('of two for a last place is who has waited longer, and who is urgent before both; the others hear before whom they come', () => {
    const [fresh, waited, urgent] = [need('a'), need('b', { waitedDays: 30 }), need('c', { urgent: true })]
    const last = [taker('here', { places: 1, free: 1 })]
    const two = solve({ needs: [fresh, waited], takers: last })
    expect([0, 1].map(n => two.takerOf(n)?.key)).toEqual([undefined, 'here'])
    expect(two.explain(0).others).toMatchObject([{ taker: 0, why: 'full', before: [{ need: 1 }] }])
    const three = solve({ needs: [fresh, waited, urgent], takers: last })
    expect(three.takerOf(2)?.key).toBe('here')
    expect(openCost(urgent)).toBeGreaterThan(2 * openCost({ ...waited, waitedDays: 10_000 }))
  })

  it('stays who it was where another would do as well, and says which place would be worth most', () => {
    const takers = [taker('one', { free: 1, places: 1 }), taker('other', { free: 1, places: 1 })]
    const needs = [need('a'), need('b'), need('c')]
    for (const was of ['one', 'other']) {
      const again = solve({ needs, takers, before: new Map([['a', was]]) })
      expect(again.takerOf(0)?.key).toBe(was)
    }
    const { wanted } = solve({ needs, takers })
    expect(wanted().map(w => [w.saves, w.upTo])).toEqual([
      [openCost(needs[0] as Wanting) - 0, 1],
      [openCost(needs[0] as Wanting) - 0, 1],
    ])
  })

  it('is nobody who was said no to, whom the rule does not mean, or who is not there for that place', () => {
    const takers = [
      taker('no'),
      taker('rule', { kind: 'project' }),
      taker('elsewhere', { serves: ({ division }) => division === 'far' }),
    ]
    const placed = solve({
      needs: [need('a')],
      takers,
      no: new Map([
        [
          'a',
          new Map([
            ['no', 'saidNo'],
            ['rule', 'notMeant'],
          ] as const),
        ],
      ]),
    })
    expect(placed.takerOf(0)).toBeUndefined()
    expect(placed.explain(0).others.map(o => (o.why === 'barred' ? o.because : o.why))).toEqual([
      'saidNo',
      'notMeant',
      'elsewhere',
    ])
  })

  it('spreads over two that are as near, and a guess goes to what a level has, never into a project', () => {
    const needs = [0, 1, 2, 3].map(i => need(`n${i}`))
    const spread = solve({
      needs,
      takers: [taker('one', { places: 4, free: 4 }), taker('other', { places: 4, free: 4 })],
    })
    expect(needs.filter((_, n) => spread.takerOf(n)?.key === 'one').length).toBe(2)
    const guessed = need('g', { item: null, guess: 'S-A1' })
    const both = [taker('project', { kind: 'project' }), taker('here', { at: lying(120.2) })]
    expect(solve({ needs: [guessed], takers: both }).takerOf(0)?.key).toBe('here')
    expect(solve({ needs: [guessed], takers: both.slice(0, 1) }).explain(0).others).toMatchObject([
      { because: 'unsorted' },
    ])
  })

  it('is another where it turns out to be none, and what nobody gives is said', () => {
    const takers = [taker('here', { kind: 'project' }), taker('there', { kind: 'project', at: lying(120.2) })]
    const needs = [need('a'), need('b', { item: 'S-D1' })]
    const placed = solve({ needs, takers })
    expect(placed.takerOf(0)?.key).toBe('here')
    placed.bar([0], new Map([['a', new Map([['here', 'notMeant'] as const])]]))
    expect(placed.takerOf(0)?.key).toBe('there')
    expect(placed.explain(0).others).toMatchObject([{ taker: 0, why: 'barred', because: 'notMeant' }])
    expect([...placed.lacking()]).toEqual([['S-D1', 1]])
  })

  it('is found from where the last one stood, at the cost it has when found anew, whatever has changed', () => {
    let state = 11
    const next = (n: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 8) % n
    }
    const services = ['S-A1', 'S-D1', 'S-C2']
    const some = (i: number) =>
      need(`n${i}`, {
        division: next(2) ? 'near' : 'far',
        item: services[next(3)] ?? null,
        urgent: next(20) === 0,
        waitedDays: next(300),
      })
    let takers = Array.from({ length: 12 }, (_, t) =>
      taker(`t${t}`, { items: [services[t % 3] ?? ''], free: next(10), at: lying(120 + next(30) / 100) }),
    )
    let needs = Array.from({ length: 80 }, (_, i) => some(i))
    let no: PlacingInput['no'] = new Map()
    let count = needs.length
    const kept = solve({ needs, takers })
    let turned = 0
    for (let round = 0; round < 60; round++) {
      const before = new Map(needs.map((one, n) => [one.id, kept.takerOf(n)?.key ?? null]))
      const any = next(needs.length)
      if (round % 4 === 0) needs = needs.toSpliced(any, 1)
      if (round % 4 === 1) needs = [...needs, some(count++)]
      if (round % 4 === 2) takers = takers.map((one, t) => (t === any % 12 ? { ...one, free: next(10) } : one))
      if (round % 4 === 3)
        no = new Map([[needs[any]?.id ?? '', new Map([[takers[any % 12]?.key ?? '', 'saidNo'] as const])]])
      const input = { needs, takers, no, before }
      expect(kept.again({ ...input, villages })).toBe(true)
      const anew = solve(input)
      expect(kept.cost()).toBe(anew.cost())
      for (const n of needs.keys()) if (kept.takerOf(n)?.key !== before.get(needs[n]?.id ?? '')) turned++
      const first = kept.explain(0)
      for (const other of first.others)
        if (other.why === 'full') for (const prior of other.before) expect(needs[prior.need]).toBeDefined()
    }
    expect(turned).toBeGreaterThan(10)
    // A taker gives something else, another server suggested otherwise: it is made anew.
    const before = new Map(needs.map((one, n) => [one.id, kept.takerOf(n)?.key ?? null]))
    const other = takers.map((one, t) => (t === 0 ? { ...one, about: 'another' } : one))
    expect(kept.again({ needs, takers: other, no, villages, before })).toBe(false)
    const otherwise = new Map([...before.keys()].map(id => [id, null]))
    expect(kept.again({ needs, takers, no, villages, before: otherwise })).toBe(false)
    expect(kept.again({ needs, takers, no, villages, before })).toBe(true)
  })
})
