import { addDays, type Day, type Id } from '@zhulian/kernel'
import { madeUpDistrict } from '@zhulian/seed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { currentPool } from '../pools/index.ts'
import { enrolHouseholds, factsOfMany, placesOf, recordFacts, writeStatements } from '../registry/index.ts'
import { keepInStep, remembered } from './registry-memory.ts'
import { simulationData } from './simulation-data.ts'
import { tryFigures } from './simulate.ts'
import { registryInMemory } from './whole-registry.ts'

/** A district that goes on while figures are tried on it. */
let house: House
let officer: Client
let clerk: Client
let ids: Id[] = []
const second = 1000

beforeAll(async () => {
  house = await openHouse({ at: '2021-11-28T09:00:00+08:00' })
  officer = house.as('districtOfficer')
  clerk = house.as('townshipClerk', { scope: '330111' })
  const some = [...madeUpDistrict({ people: 900, today: '2021-11-28' as Day })]
  ids = (await house.inside(ctx => enrolHouseholds(ctx, some as never))).map(e => e.id)
})
afterAll(() => house.close())

const tries = [{}, { dibaoStandard: 1216 }, { dibaoStandard: 900, dibianMultiple: 1.8 }]
const written = (figures: object) =>
  Object.entries(figures)
    .map(([name, value]) => `${name}-${value}`)
    .join('_')
const timeless = (answer: object) => ({ ...answer, ms: 0, judgedMs: 0, asOf: '' })

async function asked(): Promise<object[]> {
  const answers = []
  for (const figures of tries) {
    const answer = await officer.get('GET /simulations', { query: { set: written(figures) || undefined } })
    expect(answer.problem).toBeUndefined()
    answers.push(timeless(answer.body))
  }
  return answers
}

/** From the facts of everybody, read and put into columns for this alone. */
const anew = () =>
  house.inside(async ctx => {
    const here = await house.sql<{ id: Id }>('select id from registry.household where withdrawn_at is null')
    const known = await factsOfMany(
      ctx,
      here.map(h => h.id),
    )
    const townships = new Map(
      [...(await placesOf(ctx))].flatMap(([code, { township }]) =>
        code.length === 12 ? [[code.slice(0, 9), township] as const] : [],
      ),
    )
    const homes = known.map(h => [h.id, h] as const)
    const whole = registryInMemory(await currentPool(ctx), homes, ctx.today, ctx.now)
    const about = { townships, asOf: ctx.now, budgets: (await simulationData()).budgets }
    return tries.map(figures => timeless(tryFigures(whole, figures, about)))
  })

const householdOf = async (i: number) => {
  const id = ids[i] as Id
  const [home] = await house.inside(ctx => factsOfMany(ctx, [id]))
  if (!home) throw new Error('not there')
  return home
}
const family = (registerNo: string, since: Day) => ({
  division: '330111109203',
  since,
  registerNo,
  members: [
    { name: '沈阿珍', relation: '02', birthDate: '1950-01-01' as Day, sex: 'female', statements: [] },
    { name: '沈小宝', relation: '20', birthDate: '2015-01-01' as Day, sex: 'male', statements: [] },
  ],
  statements: [],
})

const deeds: Readonly<Record<string, () => Promise<unknown>>> = {
  'facts are written down': async () => {
    for (const i of [3, 8, 21]) {
      const home = await householdOf(i)
      const persons = home.members.map(m => ({ id: m.id, facts: { wageMonthly: 10 * i } }))
      const household = { financialAssets: 100 * i }
      await house.inside(ctx =>
        recordFacts(ctx, home.id, { source: 'verified', origin: '入户核查', household, persons }),
      )
    }
  },
  'a family comes': () =>
    house.inside(ctx => enrolHouseholds(ctx, [family('S-1', ctx.today), family('S-2', ctx.today)] as never)),
  'somebody joins': async () => {
    const home = await householdOf(5)
    const person = { name: '陈小雨', relation: '20', birthDate: '2021-11-01', sex: 'female' }
    const move = await clerk.post('POST /households/:id/members', {
      params: { id: home.id },
      ifMatch: home.version,
      body: { move: 'join', on: '2021-11-28', person },
    })
    expect(move.problem).toBeUndefined()
  },
  'somebody leaves': async () => {
    let i = 30
    while ((await householdOf(i)).members.length < 3) i++
    const home = await householdOf(i)
    const move = await clerk.post('POST /households/:id/members', {
      params: { id: home.id },
      ifMatch: home.version,
      body: { move: 'leave', on: '2021-11-28', person: home.members.at(-1)?.id },
    })
    expect(move.problem).toBeUndefined()
  },
  'a household is withdrawn': () =>
    house.sql('update registry.household set withdrawn_at = now() where id = any($1)', [[ids[40], ids[41]]]),
  'something is known of tomorrow': () =>
    house.inside(async ctx => {
      for (const i of [50, 51, 52]) {
        const home = (await factsOfMany(ctx, [ids[i] as Id]))[0]
        const facts = { certifiedTier: 'dibao', financialAssets: 0 }
        const asOf = addDays(ctx.today, 1)
        await writeStatements(ctx, [
          { source: 'feed', origin: '民政', asOf, facts, householdId: ids[i], division: home?.division as never },
        ] as never)
        await house.sql('update registry.household set version = version + 1 where id = $1', [ids[i]])
      }
    }),
  'midnight passes': () => Promise.resolve(house.later(16 * 3600 * second)),
  'a family of yesterday is written down late': () =>
    house.inside(ctx => enrolHouseholds(ctx, [family('S-3', addDays(ctx.today, -1))] as never)),
}

describe('figures tried on a registry that goes on', () => {
  it.each(Object.entries(deeds))('%s, and the next answer is that of a registry read anew', async (_, deed) => {
    const before = await asked()
    expect(before).toEqual(await anew())
    await deed()
    house.later(4 * second)
    expect(await asked()).toEqual(await anew())
  })

  it('would tell if it were not so', async () => {
    const before = await anew()
    for (const i of [60, 61, 62, 63, 64, 65, 66, 67]) {
      const home = await householdOf(i)
      const persons = home.members.map(m => ({ id: m.id, facts: { wageMonthly: 0 } }))
      await house.inside(ctx =>
        recordFacts(ctx, home.id, {
          source: 'verified',
          origin: '入户核查',
          household: { financialAssets: 0 },
          persons,
        }),
      )
    }
    house.later(4 * second)
    expect(await anew()).not.toEqual(before)
    expect(await asked()).toEqual(await anew())
  })
})

describe('two houses in one process', () => {
  it('answer each from its own registry, and the one that is closed takes nothing from the other', async () => {
    const own = await asked()
    const other = await openHouse({ at: house.app.installation.clock.now().toISOString() })
    try {
      const { body } = await other.as('districtOfficer').get('GET /simulations')
      expect(body).toMatchObject({ households: 0, people: 0 })
    } finally {
      await other.close()
    }
    expect(await asked()).toEqual(own)
  })
})

it('is let go when nobody has asked for half an hour, and read again for whoever asks next', async () => {
  const before = await asked()
  const { ready } = await house.inside(remembered)
  const later = async (minutes: number) => {
    house.later(minutes * 60 * second)
    await house.inside(keepInStep)
  }
  await later(29)
  await expect(ready()).resolves.toBeUndefined()
  await later(1)
  await expect(ready()).rejects.toThrow('ended')
  await later(1)
  expect(await asked()).toEqual(before)
})
