import { type Day, type Id, newId } from '@zhulian/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { enrolHouseholds } from '../registry/index.ts'

let house: House
const village = '330111109203'

beforeAll(async () => {
  house = await openHouse({ at: '2021-09-26T09:00:00+08:00' })
})
afterAll(() => house.close())

async function living(name: string): Promise<{ household: Id; person: Id }> {
  const [one] = await house.inside(ctx =>
    enrolHouseholds(ctx, [
      {
        division: village,
        since: '2021-01-01' as Day,
        statements: [],
        members: [{ name, relation: '02', birthDate: '1976-03-02' as Day, statements: [] }],
      },
    ]),
  )
  const { id, members } = one as { id: Id; members: readonly Id[] }
  return { household: id, person: members[0] as Id }
}

const insert = (table: string, row: object) =>
  house.sql(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [JSON.stringify(row)])

it('a benefit, with an end or without, goes back when a merge is undone, also where the registry was judged first and a question asked anew', async () => {
  const [kept, other] = [await living('裴水根'), await living('裴水更')]
  expect((await house.settle()).failures).toEqual([])
  const own = { district: '330111', division: village, household_id: other.household, person_id: other.person }
  const [receipt, term, finding, anew] = [newId(), newId(), newId(), newId()]
  const now = '2021-09-26T01:00:00Z'
  const received = {
    ...own,
    policy: 'P01',
    from_on: '2021-01-01',
    source: 'feed',
    origin: '民政',
    as_of: '2021-01-01',
    made_up: false,
    recorded_at: now,
    recorded_by: newId(),
    recorded_role: 'machine',
  }
  await insert('entitlements.receipt', { ...received, id: receipt })
  await insert('entitlements.receipt', { ...received, id: term, until_on: '2021-12-31', term_on: '2021-12-31' })
  const asked = { ...own, kind: 'unclaimed', policy: 'P07', found_on: '2021-09-20', state: 'open', version: 1 }
  await insert('entitlements.finding', { ...asked, id: finding, changed_at: now, judged_at: now })
  const merged = await house.as('districtOfficer').post('POST /persons/:id/merge', {
    params: { id: kept.person },
    body: { other: other.person, reason: '上门核对是同一人', household: kept.household },
  })
  expect((await house.settle()).failures).toEqual([])
  const standing = async (table: string, id: Id) =>
    (await house.sql<{ h: Id }>(`select household_id as h from entitlements.${table} where id = $1`, [id]))[0]?.h
  const [there, back] = [kept.household, other.household]
  expect([
    await standing('receipt', receipt),
    await standing('receipt', term),
    await standing('finding', finding),
  ]).toEqual([there, there, there])
  for (const end of [`until_on = '2021-10-31'`, 'until_on = null', `until_on = null, term_on = null`])
    await expect(
      house.inside(async ctx => {
        const { sql } = await import('kysely')
        await sql`update entitlements.receipt set ${sql.raw(end)} where district = ${ctx.district} and id = ${term}`.execute(
          ctx.transaction,
        )
      }),
    ).rejects.toThrow(/violates|permission denied/)
  await house.as('districtOfficer').post('POST /merges/:mergeId/undo', {
    params: { mergeId: merged.body.merge },
    body: { reason: '弄错了，是兄弟' },
  })
  await insert('entitlements.finding', { ...asked, id: anew, changed_at: now, judged_at: now })
  expect((await house.settle()).failures).toEqual([])
  expect([
    await standing('receipt', receipt),
    await standing('receipt', term),
    await standing('finding', anew),
  ]).toEqual([back, back, back])
})
