import { type Day, day, type Id } from '@zhulian/kernel'
import { readPool } from '@zhulian/pool/files'
import type { Pool } from '@zhulian/rules'
import { beforeAll, describe, expect, it } from 'vitest'
import { compare } from '../../server/src/modules/entitlements/compare.ts'
import { resultsOf } from '../../server/src/modules/entitlements/index.ts'
import { judgedAndCertified } from './certificates.ts'
import { madeUpDistrict } from './index.ts'
import { randomOf } from './random.ts'
import { receiptsOf } from './receipts.ts'

const today = day('2021-09-26')
let pool: Pool

/** The district as it is loaded, without a database. */
const district = (people: number) =>
  [...madeUpDistrict({ people, today })].map((made, place) => {
    const members = made.members.map((m, i) => ({ ...m, id: `${made.registerNo}-${i}` as Id }))
    const { facts, judgement } = judgedAndCertified(pool, made, members, today, randomOf(1, place))
    const home = { household: made.registerNo as Id, division: made.division, members: members.map(m => m.id) }
    return { facts, results: resultsOf(judgement), receipts: receiptsOf(randomOf(2, place), home, judgement, today) }
  })

let homes: ReturnType<typeof district>
let lists: ReturnType<typeof compare>[]

beforeAll(async () => {
  const read = await readPool()
  if (!read.ok) throw new Error('the pool does not compile')
  pool = read.pool
  homes = district(9000)
  const told = new Set(homes.flatMap(h => h.receipts.map(r => r.policy)))
  lists = homes.map(({ results, receipts, facts }) =>
    compare({
      results,
      received: receipts.map(r => ({
        policy: r.policy,
        person: r.person as Id,
        from: r.fromOn as Day,
        once: r.period === 'once',
      })),
      certifiedTier: facts.household['certifiedTier'],
      told,
      on: today,
    }),
  )
}, 60_000)

const share = (kind: 'unclaimed' | 'recheck') =>
  lists.filter(found => found.some(f => f.kind === kind)).length / homes.length

describe('what a made-up district receives', () => {
  it('is nine tenths and more of what it is entitled to, of every benefit', () => {
    const count = (policy: string) => {
      const entitled = homes
        .flatMap(h => Object.values(h.results.persons))
        .filter(p => p[policy]?.verdict === 'eligible')
      const lacking = lists.flat().filter(f => f.kind === 'unclaimed' && f.policy === policy)
      return { policy, entitled: entitled.length, share: 1 - lacking.length / entitled.length }
    }
    const common = ['P02', 'P05', 'P09', 'P12', 'P13', 'P17', 'P22', 'P23'].map(count)
    for (const { policy, entitled, share } of common) {
      expect(entitled, policy).toBeGreaterThan(100)
      expect(share, policy).toBeGreaterThan(0.9)
      expect(share, policy).toBeLessThan(0.99)
    }
  })

  it('leaves one household in twenty-five for the guides to find, and few for the office to recheck', () => {
    expect(share('unclaimed')).toBeGreaterThan(0.03)
    expect(share('unclaimed')).toBeLessThan(0.06)
    expect(share('recheck')).toBeGreaterThan(0.003)
    expect(share('recheck')).toBeLessThan(0.01)
  })

  it('is lacking where other things are lacking too', () => {
    const lines = lists.map(found => found.filter(f => f.kind === 'unclaimed').length)
    const some = lines.filter(n => n > 0)
    expect(some.filter(n => n > 1).length / some.length).toBeGreaterThan(0.25)
  })

  it('is the same for the same seed', () => {
    expect(district(300)).toEqual(homes.slice(0, district(300).length))
  })

  it('goes with certificates that the rules give: who holds one of extreme hardship is entitled to its support', () => {
    const tekun = homes.filter(h => h.facts.household['certifiedTier'] === 'tekun')
    expect(tekun.length).toBeGreaterThan(50)
    for (const { results } of tekun)
      expect(Object.values(results.persons).some(p => p['P05']?.verdict === 'eligible')).toBe(true)
  })
})
