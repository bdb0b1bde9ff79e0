import type { PoolDocuments } from '@zhulian/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { finished } from '../../../test/talk.ts'
import { canonical, contentHash } from './canonical.ts'
import { currentPool, poolVersion, usePool } from './current-pool.ts'
import { openPools } from './open-pools.ts'
import { isExample, namesIn } from './loaded-pool.ts'
import { part, together } from './version.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

/** The same pool with another line for dibao from a day on. */
const withStandard = (documents: PoolDocuments, value: number): PoolDocuments => ({
  ...documents,
  parameters: documents.parameters.map(p =>
    p.name === 'dibaoStandard' ? { ...p, rows: p.rows.map(r => (r.from === '2021-01-01' ? { ...r, value } : r)) } : p,
  ),
})

describe('the pools', () => {
  it('can be read by anyone, without a session', async () => {
    const anyone = house.nobody()
    const all = await anyone.get('GET /policies')
    expect(all.status).toBe(200)
    expect(all.body.items.filter(p => p.kind === 'joint')).toHaveLength(5)
    const { items: sources } = (await anyone.get('GET /sources')).body
    expect(sources.find(s => s.key === 'S02')).toMatchObject({
      title: { zh: '浙江省社会救助条例（2020年修正）' },
      on: '2020-09-24',
    })
    expect(all.body.items).toHaveLength(46)
    expect((await anyone.get('GET /services')).body.items).toHaveLength(17)
    const units = await anyone.get('GET /units')
    expect(units.body.items).toHaveLength(19)
    expect(units.body.items.find(u => u.slug === 'civil-affairs')?.basic).toBe(13)
    const facts = await anyone.get('GET /facts', { query: { search: '残疾等级' } })
    expect(facts.body.items[0]).toMatchObject({ name: 'person.disabilityLevel', sensitive: true, derived: false })
    const figures = await anyone.get('GET /parameters', { query: { on: '2022-10-01' } })
    expect(figures.body.items.find(p => p.key === 'dibaoStandard')?.rows.find(r => r.inForce)?.value).toBe(1216)
  })

  it('are searched by unit, whom they are about, kind, level, day and words', async () => {
    const anyone = house.nobody()
    const ids = async (query: Record<string, string>) =>
      (await anyone.get('GET /policies', { query })).body.items.map(p => p.id)
    expect(await ids({ unit: 'education' })).toEqual(['P22', 'P23', 'P24', 'P25'])
    expect(await ids({ kind: 'joint' })).toEqual(['J1', 'J2', 'J3', 'J4', 'J5'])
    expect(await ids({ search: '生活保障 低于' })).toEqual(['P01'])
    expect(await ids({ search: '  Dibao   single ' })).toContain('P02')
    expect(await ids({ on: '2021-09-26', inForce: 'false' })).toEqual(expect.arrayContaining(['P10', 'P40']))
    expect(await ids({ on: '2022-01-01', inForce: 'false' })).not.toContain('P10')
    expect(
      (await ids({ scope: 'person', level: 'township' })).every(id => id.startsWith('P') || id.startsWith('J')),
    ).toBe(true)
    expect(await ids({ search: '没有这样的政策' })).toEqual([])
  })

  it('show one policy whole: rule in sentences and as written, figures, papers, time, law, and what it cannot stand beside', async () => {
    const { body } = await house.nobody().get('GET /policies/:policyId', { params: { policyId: 'dibao' } })
    expect(body.id).toBe('P01')
    expect(body.versions[0]?.condition).toContain('household.incomePerCapitaMonthly < params.dibaoStandard')
    expect(body.versions[0]?.sentences.length).toBeGreaterThan(5)
    expect(body.versions[0]?.sentences.every(s => !s.zh.includes('household.'))).toBe(true)
    expect(body.figures.map(f => f.key)).toContain('dibaoStandard')
    expect(body.procedure).toMatchObject({ level: 'district', workingDays: 20 })
    expect(body.casesCount).toBeGreaterThan(0)
    expect(body.rulings).toContain('C8')
    const tekun = await house.nobody().get('GET /policies/:policyId', { params: { policyId: 'P05' } })
    expect(tekun.body.exclusions.map(e => e.with.id)).toContain('P12')
    const missing = await house.nobody().get('GET /policies/:policyId', { params: { policyId: 'P99' } })
    expect(missing.problem).toMatchObject({ code: 'pools.policyNotFound', status: 404 })
  })

  it('speaks every rule of every policy and service without a name of the code', async () => {
    const anyone = house.nobody()
    const all = (await anyone.get('GET /policies')).body.items
    for (const { id } of all) {
      const { body } = await anyone.get('GET /policies/:policyId', { params: { policyId: id } })
      for (const version of body.versions)
        for (const sentence of version.sentences)
          expect(sentence.zh, id).not.toMatch(/(household|person|params|met)\.\w/)
    }
  })
})

describe('a version', () => {
  it('is a hash of what is said, and comes apart and together again', async () => {
    const documents = await house.inside(async ctx => (await currentPool(ctx)).documents)
    const parted = part(documents)
    const found = new Map(parted.documents.map(d => [`${d.kind} ${d.hash}`, d.document]))
    const again = together(parted.manifest, (kind, hash) => found.get(`${kind} ${hash}`))
    expect(canonical(again)).toBe(canonical(documents))
    expect(part(again).id).toBe(parted.id)
    expect(part(withStandard(documents, 1103)).id).not.toBe(parted.id)
    expect(contentHash({ b: 1, a: [2, { d: undefined, c: null }] })).toBe(contentHash({ a: [2, { c: null }], b: 1 }))
  })

  it('is kept for good: after the rule changed, an old result is judged again with the old one, a new one with the new', async () => {
    const resident = house.as('resident')
    const before = await finished(resident)
    const first = await house.inside(ctx => currentPool(ctx))
    await house.inside(async ctx => {
      await usePool(ctx, withStandard(first.documents, 250))
    })
    const after = await finished(resident)
    const dibao = async (id: string) =>
      (await resident.get('GET /screenings/:screeningId', { params: { screeningId: id } })).body.policies.find(
        p => p.id === 'P01',
      )
    expect((await dibao(before))?.group).toBe('canApply')
    expect((await dibao(after))?.group).toBe('notNow')
    for (const id of [before, after]) {
      const replay = await resident.get('GET /screenings/:screeningId/replay', { params: { screeningId: id } })
      expect(replay.body.same).toBe(true)
    }
    const stored = await house.sql<{ n: number }>('select count(*)::int as n from pools.version')
    expect(stored[0]?.n).toBe(2)
    await house.inside(async ctx => {
      await usePool(ctx, first.documents)
      expect((await currentPool(ctx)).id).toBe(first.id)
      await expect(poolVersion(ctx, 'never')).rejects.toThrow()
    })
  })

  it('is put into use once by two processes that start together', async () => {
    const fresh = await openHouse()
    try {
      await fresh.sql('alter table pools.use disable trigger all')
      await fresh.sql('delete from pools.use')
      await Promise.all([1, 2, 3].map(() => fresh.inside(ctx => openPools(ctx))))
      expect(await fresh.sql('select turn from pools.use')).toEqual([{ turn: 1 }])
    } finally {
      await fresh.close()
    }
  })

  it('can be added only by the machine, and changed by nobody', async () => {
    for (const table of ['document', 'version'])
      for (const what of ['update', 'delete', 'truncate'])
        expect(
          (
            await house.sql<{ may: boolean }>(
              `select has_table_privilege('zhulian_app', 'pools.${table}', '${what}') as may`,
            )
          )[0]?.may,
        ).toBe(false)
  })
})

describe('reading a rule', () => {
  it('finds the names in an expression, those of a bound member too', () => {
    expect([...namesIn('household.members.exists(m, m.age >= 60 && m.met.P05) && params.dibaoStandard > 0')]).toEqual(
      expect.arrayContaining(['household.members', 'person.age', 'met.P05', 'params.dibaoStandard']),
    )
  })

  it('calls an example whatever was not read for this very place', () => {
    expect(isExample(['S02', 'C', 'R:h'])).toBe(false)
    for (const tag of ['I', 'S09*', 'R:m', 'R:l']) expect(isExample(['S02', tag])).toBe(true)
    expect(isExample(undefined)).toBe(true)
  })
})
