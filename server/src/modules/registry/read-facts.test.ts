import { addDays, type Day, type Id } from '@zhulian/kernel'
import { madeUpDistrict } from '@zhulian/seed'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import {
  alsoSaid,
  enrolHouseholds,
  factsInText,
  factsOfMany,
  readFacts,
  recordFacts,
  writeStatements,
} from './index.ts'

let house: House
let ids: Id[] = []

beforeAll(async () => {
  house = await openHouse()
  const some = [...madeUpDistrict({ people: 600, today: '2021-09-26' as Day })]
  ids = (await house.inside(ctx => enrolHouseholds(ctx, some as never))).map(e => e.id)
})
afterAll(() => house.close())

/** Word for word, the order of facts and people included. */
const bothWays = () =>
  house.inside(async ctx => {
    const text = await factsInText(ctx, ids)
    const known = await factsOfMany(ctx, ids)
    const plain = (all: readonly { id: Id; division: string; version: number; facts: unknown }[]) =>
      all.map(({ id, division, version, facts }) => JSON.stringify([id, division, version, facts])).sort()
    return { read: plain(readFacts(text)), known: plain(known), text }
  })

describe('facts read from text', () => {
  it('are those that a household is shown with, and no name is among them', async () => {
    const { read, known, text } = await bothWays()
    expect(read).toHaveLength(ids.length)
    expect(read).toEqual(known)
    const [named] = await house.sql<{ name: string }>('select name from registry.person limit 1')
    expect(named?.name.length).toBeGreaterThan(1)
    expect(JSON.stringify(text)).not.toContain(named?.name)
  })

  it('are so where several say something else, on this day and the next', async () => {
    const [before] = [(await bothWays()).read]
    await house.inside(async ctx => {
      for (const [i, home] of (await factsOfMany(ctx, ids.slice(0, 60))).entries()) {
        const person = home.members[0]?.id as Id
        const facts = { wageMonthly: 100 * i, hasDisabilityCertificate: i % 2 === 0, disabilityLevel: 2 }
        const about = { householdId: home.id, personId: person, division: home.division }
        await writeStatements(ctx, [
          { source: 'feed', origin: '人社', asOf: addDays(ctx.today, -(i % 5)), facts, ...about },
          {
            source: 'feed',
            origin: '人社',
            asOf: addDays(ctx.today, -9),
            facts: { wageMonthly: 1, tierSince: null },
            ...about,
          },
          { source: 'feed', origin: '民政', asOf: addDays(ctx.today, 1), facts: { wageMonthly: 2 }, ...about },
        ] as never)
        if (i % 3 === 0)
          await recordFacts(ctx, home.id, {
            source: i % 2 === 0 ? 'verified' : 'declared',
            origin: '入户核查',
            household: { financialAssets: i },
            persons: [{ id: person, facts: { wageMonthly: 7 * i } }],
          })
      }
    })
    const today = await bothWays()
    expect(today.read).not.toEqual(before)
    expect(today.read).toEqual(today.known)
    house.later(24 * 3600_000)
    const tomorrow = await bothWays()
    expect(tomorrow.read).not.toEqual(today.read)
    expect(tomorrow.read).toEqual(tomorrow.known)
  })
  it('are so where two were found to be one: what was said of either counts', async () => {
    const { read: before } = await bothWays()
    await house.inside(async ctx => {
      const [one, two] = await factsOfMany(ctx, ids.slice(0, 2))
      const [kept, other] = [one?.members[0]?.id, two?.members[0]?.id]
      const said = { source: 'feed', origin: '残联', asOf: ctx.today, facts: { disabilityIssuedOn: ctx.today } }
      await writeStatements(ctx, [{ ...said, householdId: two?.id, personId: other, division: two?.division }] as never)
      await sql`update registry.membership set withdrawn_at = ${ctx.now} where person_id = ${other}`.execute(
        ctx.transaction,
      )
      await sql`update registry.person set merged_into = ${kept}, withdrawn_at = ${ctx.now}, household_id = null
        where id = ${other}`.execute(ctx.transaction)
    })
    const after = await bothWays()
    expect(after.read.filter(text => text.includes('disabilityIssuedOn'))).toHaveLength(1)
    expect(after.read).not.toEqual(before)
    expect(after.read).toEqual(after.known)
  })
})

describe('facts of a household', () => {
  it('are the same where some alone are asked for, with all that is said of them', async () => {
    await house.inside(async ctx => {
      const only = new Set(['wageMonthly', 'disabilityLevel', 'financialAssets'])
      const identity = ['birthDate', 'sex', 'relationToHead']
      const picked = (facts: object, kept: readonly string[]) =>
        Object.fromEntries(Object.entries(facts).filter(([fact]) => kept.includes(fact)))
      const all = await factsOfMany(ctx, ids)
      const some = new Map((await factsOfMany(ctx, ids, { only })).map(home => [home.id, home]))
      expect(some.size).toBe(all.length)
      for (const home of all) {
        const own = some.get(home.id)
        expect(own?.known).toEqual(picked(home.known, [...only]))
        expect(own?.members.map(m => m.facts)).toEqual(home.members.map(m => picked(m.facts, [...only, ...identity])))
      }
      expect(all.flatMap(home => home.members).some(m => (m.facts['wageMonthly']?.rivals.length ?? 0) > 1)).toBe(true)
    })
  })

  it('are as they are read again where one more was written down', async () => {
    await house.inside(async ctx => {
      const said = { source: 'feed', origin: '预警', asOf: ctx.today } as const
      const before = await factsOfMany(ctx, ids)
      const fact = (i: number) => (['openAlertLevel', 'financialAssets'] as const)[i % 2] as string
      for (const round of [1, 2]) {
        const known = round === 1 ? before : await factsOfMany(ctx, ids)
        const value = (i: number) => (fact(i) === 'financialAssets' ? round * i : ['red', 'none'][round - 1])
        await writeStatements(
          ctx,
          known.map((home, i) => ({
            ...said,
            householdId: home.id,
            division: home.division,
            facts: { [fact(i)]: value(i) },
          })),
        )
        const again = new Map((await factsOfMany(ctx, ids)).map(home => [home.id, home]))
        const word = { ...said, recordedAt: ctx.now, recordedBy: ctx.actor.account }
        for (const [i, home] of known.entries())
          expect(alsoSaid(home, fact(i), { ...word, value: value(i) })).toEqual(again.get(home.id))
      }
    })
  })
})
