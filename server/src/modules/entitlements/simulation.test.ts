import type { Day, Id } from '@zhulian/kernel'
import { judgeBare, raisedWages, withParameters } from '@zhulian/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeUpDistrict } from '@zhulian/seed'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { currentPool } from '../pools/index.ts'
import { enrolHouseholds, factsOfMany } from '../registry/index.ts'
import { hideSmall } from '../../platform/hide-small.ts'

let house: House
let officer: Client
const ids: Id[] = []

beforeAll(async () => {
  house = await openHouse()
  officer = house.as('districtOfficer')
  const some = [...madeUpDistrict({ people: 1500, today: '2021-09-26' as Day })]
  const enrolled = await house.inside(ctx => enrolHouseholds(ctx, some as never))
  ids.push(...enrolled.map(e => e.id))
})
afterAll(() => house.close())

const set = (figures: Record<string, number>) =>
  Object.entries(figures)
    .map(([name, value]) => `${name}-${value}`)
    .join('_')

const tried = async (figures: Record<string, number>) => {
  const answer = await officer.get('GET /simulations', { query: { set: set(figures) } })
  expect(answer.problem).toBeUndefined()
  return answer.body
}

const householdIds = async () =>
  (await house.sql<{ id: string }>('select id from registry.household where withdrawn_at is null')).map(r => r.id)

async function firstWithCurve(): Promise<Id> {
  for (const id of ids) {
    const { body } = await officer.get('GET /households/:id/cliff', { params: { id } })
    if (body.curve && body.curve.points[0]?.help) return id
  }
  throw new Error('nobody has a curve')
}

describe('政策推演', () => {
  it('counts who gains and loses, and what it costs, as judging everybody one by one does', async () => {
    const figure = 1216
    const { policies, cost } = await tried({ dibaoStandard: figure })
    const [now, raised] = await house.inside(async ctx => {
      const { pool } = await currentPool(ctx)
      const known = await factsOfMany(ctx, ids)
      return [pool, withParameters(pool, { dibaoStandard: figure }, ctx.today)].map(p =>
        known.map(h => judgeBare(p, h.facts, ctx.today)),
      )
    })
    const holds = (all: typeof now, i: number) =>
      (all?.[i]?.policies['P01'] as { verdict: string } | undefined)?.verdict === 'eligible'
    const gained = ids.filter((_, i) => !holds(now, i) && holds(raised, i)).length
    const dibao = policies.find(p => p.id === 'P01')
    expect(gained).toBeGreaterThan(4)
    expect(dibao?.gained.households).toBe(gained)
    const yearly = (all: typeof now) =>
      (all ?? []).reduce((sum, j) => {
        const r = j.policies['P01'] as { verdict: string; amount?: number }
        return sum + (r.verdict === 'eligible' ? (r.amount ?? 0) * 12 : 0)
      }, 0)
    expect([dibao?.costNow, dibao?.costTried]).toEqual([yearly(now), yearly(raised)])
    expect(cost.tried).toBeGreaterThan(cost.now)
  })

  it('with the figures in force nothing changes, and what is tried leaves no trace', async () => {
    const before = await tried({})
    expect(before.policies).toEqual([])
    await tried({ dibaoStandard: 2000, dibianMultiple: 2.5 })
    expect((await tried({})).cost).toEqual(before.cost)
  })

  it('shows no count under five, nor one that the others or the yuan give away', async () => {
    let blurred = 0
    for (const value of [1103, 1110, 1150, 1300]) {
      const { policies, fairness } = await tried({ dibaoStandard: value })
      for (const p of policies) {
        for (const n of [p.gained.people, p.lost.people, p.gained.households])
          expect(n === null || n === 0 || n >= 5).toBe(true)
        if ([p.gained.people, p.lost.people, p.opened.people].includes(null)) {
          blurred++
          expect((p.costTried - p.costNow) % 100_000).toBeCloseTo(0, 6)
        }
        for (const side of [0, 1] as const) {
          const cells = p.townships.map(t => t[side])
          for (const n of cells) expect(n === null || n === 0 || n >= 5).toBe(true)
          const total = side === 0 ? p.gained.people : p.lost.people
          if (total !== null) expect(cells.filter(n => n === null)).not.toHaveLength(1)
        }
      }
      for (const cell of fairness) expect(cell.people === null || cell.people >= 5 || cell.people === 0).toBe(true)
    }
    expect(blurred).toBeGreaterThan(0)
  })

  it('knows what was written down since', async () => {
    const before = await tried({})
    house.later(60_000)
    await house.inside(ctx =>
      enrolHouseholds(ctx, [
        {
          division: '330111109203',
          since: ctx.today,
          registerNo: 'S-1',
          members: [{ name: '沈阿珍', relation: '01', birthDate: '1950-01-01' as Day, sex: 'female', statements: [] }],
          statements: [],
        },
      ]),
    )
    expect((await tried({})).people).toBe(before.people + 1)
  })

  it('is taken along as a table with the figures, the day and the version; what is hidden stays hidden', async () => {
    const answer = await tried({ dibaoStandard: 1110 })
    const asked = { query: { set: 'dibaoStandard-1110', format: 'csv' as const } }
    const { text } = await officer.get('GET /simulations/file', asked)
    const lines = text.replace('\uFEFF', '').split('\r\n')
    expect(lines).toContain(`按哪一天的政策,${answer.on}`)
    expect(lines).toContain(`政策池版本,${answer.poolVersion.slice(0, 12)}`)
    expect(lines.find(l => l.startsWith('dibaoStandard,'))).toMatch(/,1102,1110,/)
    expect(lines.filter(l => l.startsWith('＊ 少于 5 人'))).toHaveLength(1)
    const cell = (n: number | null) => n ?? '＊'
    for (const p of answer.policies) {
      expect(text).toContain(`${p.name.zh},${cell(p.gained.people)},${cell(p.gained.households)},`)
      answer.townships.forEach((t, i) => {
        const [gained, lost] = p.townships[i] ?? [0, 0]
        if (gained !== 0 || lost !== 0) expect(lines).toContain(`${t.name},${p.name.zh},${cell(gained)},${cell(lost)}`)
      })
    }
    const book = await officer.get('GET /simulations/file', { query: { set: 'dibaoStandard-1110' } })
    expect(book.headers.get('content-type')).toContain('spreadsheetml')
    expect(book.text.startsWith('PK')).toBe(true)
    const wrong = await officer.get('GET /simulations/file', { query: { set: 'dibao-1' } })
    expect(wrong.problem?.code).toBe('entitlements.figureUnknown')
  })

  it('says that nothing is being read once everybody is in memory', async () => {
    await tried({})
    expect((await officer.get('GET /simulations/reading')).body).toEqual({ reading: null })
  })

  it('refuses a figure nobody knows, or one that is none', async () => {
    const unknown = await officer.get('GET /simulations', { query: { set: 'dibao-1' } })
    expect(unknown.problem).toMatchObject({ status: 422, code: 'entitlements.figureUnknown' })
    const negative = await officer.get('GET /simulations', { query: { set: 'dibaoStandard--1' } })
    expect(negative.problem?.code).toBe('entitlements.figureNotFitting')
  })

  it('offers every figure in force, with a range around it', async () => {
    const { body } = await officer.get('GET /simulations/sliders')
    expect(body.items[0]).toMatchObject({ parameter: 'dibaoStandard', value: 1102, first: true })
    for (const s of body.items) expect(s.min <= s.value && s.value <= s.max && s.step > 0).toBe(true)
  })

  it('has a tile of its own for every township on the map', async () => {
    const { body } = await officer.get('GET /simulations/sliders')
    const { tiles, columns, rows } = body.map
    const { townships } = await tried({})
    expect(tiles.map(t => t.code).sort()).toEqual(townships.map(t => t.code).sort())
    expect(new Set(tiles.map(t => t.row * columns + t.column)).size).toBe(tiles.length)
    expect(tiles.every(t => t.column < columns && t.row < rows)).toBe(true)
  })
})

describe('悬崖', () => {
  it('of a household shows where earning more leaves less', async () => {
    const all = []
    for (const id of ids.slice(0, 80)) all.push(await officer.get('GET /households/:id/cliff', { params: { id } }))
    expect(all.flatMap(a => a.problem?.code ?? [])).toEqual([])
    const curves = all.flatMap(a => a.body.curve ?? [])
    expect(curves.length).toBeGreaterThan(10)
    expect(curves.every(c => c.points.length === 101)).toBe(true)
    expect(curves.some(c => c.falls.length > 0)).toBe(true)
    expect(all.some(a => a.body.curve === null)).toBe(true)
  })

  it('over the registry counts who stands near a fall, small townships hidden', async () => {
    const { body, problem } = await officer.get('GET /simulations/cliffs')
    expect(problem).toBeUndefined()
    expect(body.households === null || body.households >= 5).toBe(true)
    for (const t of body.townships) expect(t.households === null || t.households >= 5).toBe(true)
    expect(body.inForce).toEqual({ households: body.households, largest: body.largest })
    expect([body.added, body.removed]).toEqual([0, 0])
  })

  it('by other figures counts as a pool with those figures in force does', async () => {
    const { body } = await officer.get('GET /simulations/cliffs', { query: { set: 'dibaoStandard-1600' } })
    const falling = await house.inside(async ctx => {
      const { pool } = await currentPool(ctx)
      const all = (await factsOfMany(ctx, (await householdIds()) as Id[])).map(h => h.facts)
      const fallsOf = (p: typeof pool) => {
        const raised = raisedWages(p, all, ctx.today)
        const nets = Array.from({ length: 11 }, (_, step) => raised.at((0.1 * step) / 10))
        return new Set(
          all.flatMap((_, i) =>
            nets.some((net, step) => step > 0 && (nets[step - 1]?.[i] ?? 0) - (net[i] ?? 0) >= 1) ? [i] : [],
          ),
        )
      }
      return [fallsOf(pool), fallsOf(withParameters(pool, { dibaoStandard: 1600 }, ctx.today))] as const
    })
    const [now, then] = falling
    expect([body.inForce.households, body.households]).toEqual([now.size, then.size])
    const added = [...then].filter(i => !now.has(i)).length
    expect(added).toBeGreaterThan(4)
    const removed = now.size + added - then.size
    if (removed === 0 || removed > 4) expect([body.added, body.removed]).toEqual([added, removed])
    else expect([body.added, body.removed]).toEqual([null, null])
  })

  it('of a household is drawn by other figures too', async () => {
    const by = async (id: Id, query: { set?: string }) =>
      (await officer.get('GET /households/:id/cliff', { params: { id }, query })).body.curve
    const id = await firstWithCurve()
    const [now, same, other] = [
      await by(id, {}),
      await by(id, { set: 'dibaoStandard-1102' }),
      await by(id, { set: 'dibaoStandard-3000' }),
    ]
    expect(same).toEqual(now)
    expect(other?.points[0]?.help).toBeGreaterThan(now?.points[0]?.help ?? Number.NaN)
    const unknown = await officer.get('GET /households/:id/cliff', { params: { id }, query: { set: 'dibao-1' } })
    expect(unknown.problem?.code).toBe('entitlements.figureUnknown')
  })
})

describe('hiding', () => {
  it('leaves no hidden cell that the total and the others give away', () => {
    for (let seed = 0; seed < 400; seed++) {
      const counts = Array.from(
        { length: 6 },
        (_, i) => ((seed * 7919 + i * 104729) >> (i % 5)) % (seed % 3 === 0 ? 7 : 40),
      )
      const shown = hideSmall(counts)
      const total = counts.reduce((a, b) => a + b, 0)
      const hidden = shown.flatMap((n, i) => (n === null ? [i] : []))
      if (hidden.length === 0) continue
      const rest = total - shown.reduce<number>((a, n) => a + (n ?? 0), 0)
      const others = counts.filter((n, i) => n > 0 && !hidden.includes(i))
      if (others.length > 0) expect(hidden.length > 1 && rest >= 10).toBe(true)
    }
  })
})
