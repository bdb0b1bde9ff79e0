import type { Day, Id } from '@zhulian/kernel'
import type { PersonFacts } from '@zhulian/rules'
import { madeUpDistrict } from '@zhulian/seed'
import { beforeEach, describe, expect, it } from 'vitest'
import { readPool } from '../../../../packages/pool/src/files.ts'
import { readConfig } from '../../platform/config.ts'
import { LoadedPool } from '../pools/index.ts'
import { judgeableOf } from '../registry/index.ts'
import { DraftsKept } from './count-drafted.ts'
import { FallsKept } from './count-falls.ts'
import { countTried } from './count-tried.ts'
import { KeptRegistry } from './kept-registry.ts'
import { registryInMemory, type Resident, type WholeRegistry } from './whole-registry.ts'

const read = await readPool(readConfig().shippedDir)
if (!read.ok) throw new Error('the pool cannot be read')
const { documents } = read.pool
const loaded = new LoadedPool('pool', documents)
/** The standard of dibao is another. */
const raised = {
  ...documents,
  parameters: documents.parameters.map(parameter =>
    parameter.name === 'dibaoStandard'
      ? { ...parameter, rows: parameter.rows.map(row => ({ ...row, value: row.value + 200 })) }
      : parameter,
  ),
}
const today = '2021-09-26' as Day
const made = [...madeUpDistrict({ people: 1200, today })].map(({ division, statements, members }, i): Resident => {
  const people = members.map((m, n) => ({ ...m, id: `${i}-${n}` as Id }))
  return { id: String(i) as Id, division, facts: judgeableOf(division, statements, people) }
})

let homes: Map<Id, Resident>
let kept: KeptRegistry
let on: Day
/** How often everybody was put into columns. */
let registries: Set<unknown>

beforeEach(() => {
  homes = new Map(made.map(home => [home.id, home]))
  kept = new KeptRegistry()
  kept.put([...homes.values()], [])
  on = today
  registries = new Set()
})

const tell = (home: Resident) => {
  homes.set(home.id, home)
  kept.put([home], [])
}
const leave = (id: Id) => {
  homes.delete(id)
  kept.put([], [id])
}
const one = (i: number): Resident => homes.get(String(i) as Id) as Resident
const withFacts = (home: Resident, household: object, first: object = {}): Resident => {
  const [person, ...rest] = home.facts.persons
  return {
    ...home,
    facts: {
      household: { ...home.facts.household, ...household },
      persons: person ? [{ ...person, ...first }, ...rest] : [],
    },
  }
}
const withPersons = (home: Resident, persons: readonly PersonFacts[]): Resident => ({
  ...home,
  facts: { household: home.facts.household, persons },
})

const figures = [{}, { dibaoStandard: 1216 }, { dibaoStandard: 1500, dibianMultiple: 1.8 }, { minimumWage: 9999 }, {}]
const now = () => kept.on(loaded, on, new Date(0))
const anew = () =>
  registryInMemory(
    loaded,
    [...homes.values()].map(home => [home.id, home] as const),
    on,
    new Date(0),
  )

/** Every count there is, but for how long it took. */
const counts = (whole: WholeRegistry) =>
  figures.map(tried => ({ ...countTried(whole, tried), ms: undefined, judgedMs: undefined }))

function expectAsAnew(): void {
  const whole = now()
  registries.add(whole.registry)
  expect(counts(whole)).toEqual(counts(anew()))
}

describe('a registry kept up with what is written down', () => {
  it('says the same as one put into columns anew, whoever comes, goes, or is known to be otherwise', () => {
    expectAsAnew()
    const costs = new Set([now().cost.get('P01')])
    for (let round = 0; round < 6; round++) {
      const [a, b, c, d, e] = [0, 1, 2, 3, 4].map(i => one(40 * round + 7 * i)) as [
        Resident,
        Resident,
        Resident,
        Resident,
        Resident,
      ]
      // Other facts of a household and of a person; somebody died.
      tell(withFacts(a, { financialAssets: round % 2 === 0 ? 0 : 900_000 }, { wageMonthly: 400 * round }))
      tell(withFacts(b, {}, { alive: false }))
      // A child is born, somebody moves out, a family leaves, another comes.
      tell(withPersons(c, [...c.facts.persons, child(c, round)]))
      tell(withPersons(d, d.facts.persons.slice(0, -1)))
      leave(e.id)
      const id = `new-${round}` as Id
      tell({ ...withFacts(a, { certifiedTier: 'dibao' }, { wageMonthly: 0, pensionMonthly: 0 }), id })
      expectAsAnew()
      costs.add(now().cost.get('P01'))
    }
    // Moved to another village; one that had come leaves, and comes again as others.
    tell({ ...one(5), division: one(300).division })
    leave('new-0' as Id)
    tell({ ...withPersons(one(8), one(8).facts.persons.slice(0, 1)), id: 'new-0' as Id })
    expectAsAnew()
    expect(registries.size).toBe(1)
    expect(costs.size).toBeGreaterThan(3)
  })

  it('what was not told shows', () => {
    now()
    for (let i = 0; i < 60; i++) {
      const home = withFacts(one(i), { financialAssets: 0 }, { wageMonthly: 0 })
      if (i % 2 === 0) tell(home)
      else homes.set(home.id, home)
    }
    expect(counts(now())).not.toEqual(counts(anew()))
  })

  it('goes with the day and the rules', () => {
    expectAsAnew()
    tell(withFacts(one(3), { financialAssets: 0 }))
    on = '2021-09-27' as Day
    expectAsAnew()
    on = '2022-03-01' as Day
    tell(withFacts(one(9), {}, { birthDate: '2004-03-01' }))
    expectAsAnew()
    leave(one(3).id)
    expectAsAnew()
    const cost = now().cost.get('P01') ?? 0
    const other = kept.on(new LoadedPool('other', raised), on, new Date(0))
    expect(other.cost.get('P01')).toBeGreaterThan(cost)
    expect(other.registry).not.toBe(now().registry)
  })

  it('takes in many at once, and more people than there is room for, by putting all into columns anew', () => {
    expectAsAnew()
    const crowd = Array.from({ length: 14 }, (_, i) => child(one(2), i))
    tell(withPersons(one(2), [...one(2).facts.persons, ...crowd]))
    expectAsAnew()
    expect(registries.size).toBe(2)
    for (let i = 0; i < 140; i++) tell(withFacts(one(i), { financialAssets: 1000 * i }))
    expectAsAnew()
    expect(registries.size).toBe(3)
    for (let i = 0; i < 30; i++) tell(withFacts(one(i), { financialAssets: 0 }))
    expectAsAnew()
    expect(registries.size).toBe(3)
    kept.rest()
    expectAsAnew()
    expect(registries.size).toBe(4)
  })

  it('counts falls and drafts as one put into columns anew', async () => {
    now()
    tell(withFacts(one(4), { financialAssets: 0 }, { wageMonthly: 900 }))
    tell(withPersons(one(11), [...one(11).facts.persons, child(one(11), 0)]))
    leave(one(17).id)
    tell({ ...withFacts(one(30), {}, { wageMonthly: 1000 }), id: 'new' as Id })
    const falls = async (whole: WholeRegistry) => await new FallsKept().of(whole, { dibaoStandard: 1600 })
    expect(await falls(now())).toEqual(await falls(anew()))
    const draft = {
      key: 'P01',
      hash: 'draft',
      documents: raised,
      townships: now().townships.map(code => [code, code] as const),
    }
    for (const from of [on, '2022-01-01' as Day]) {
      const counted = (whole: WholeRegistry) => new DraftsKept().of(whole, { ...draft, from })
      expect(typeof counted(now())).toBe('object')
      expect(counted(now())).toEqual(counted(anew()))
    }
  })
})

const child = (of: Resident, i: number): PersonFacts => ({
  key: `${of.id}-child-${i}`,
  birthDate: `2019-0${1 + (i % 9)}-11`,
  sex: 'female',
  relationToHead: '20',
  alive: true,
})
