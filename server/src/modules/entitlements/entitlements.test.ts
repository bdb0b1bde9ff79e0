import type { Day, Id } from '@zhulian/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { enrolHouseholds } from '../registry/index.ts'

let house: House
let guide: Client
let clerk: Client
let officer: Client
const village = '330111109203'

beforeAll(async () => {
  house = await openHouse()
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '何静' })
  officer = house.as('districtOfficer')
})
afterAll(() => house.close())
beforeEach(() => house.later(60_000))

const said = (facts: Record<string, unknown>) => [
  { source: 'feed' as const, origin: '民政', asOf: '2021-09-01' as Day, facts },
]

/** Somebody with a certificate of a severe disability: the care allowance needs no means test. */
let number = 0
async function enrolled(facts: Record<string, unknown> = {}, place = village): Promise<{ id: Id; person: Id }> {
  number += 1
  const [one] = await house.inside(ctx =>
    enrolHouseholds(ctx, [
      {
        division: place,
        since: '2020-01-01' as Day,
        registerNo: `E-${number}`,
        members: [
          {
            name: '沈阿珍',
            relation: '01',
            birthDate: '1981-04-15' as Day,
            sex: 'female',
            statements: said({
              hukouDivisionCode: place,
              hasDisabilityCertificate: true,
              disabilityKind: 'physical',
              disabilityLevel: 1,
              orphanClass: 'none',
              careSetting: 'home',
              obligorCount: 2,
              allObligorsUnable: false,
              ...facts,
            }),
          },
        ],
        statements: said({ certifiedTier: 'none', hukouDivisionCode: place }),
      },
    ]),
  )
  const { id, members } = one as { id: Id; members: readonly Id[] }
  return { id, person: members[0] as Id }
}

const screened = async () => {
  await house.run('entitlements.followChanges')
}
const listed = async (who: Client, kind: 'unclaimed' | 'recheck', household: Id, state = 'open') =>
  (await who.get('GET /entitlements/findings', { query: { kind, household, state: state as 'open' } })).body.items

/** So that the district is told of payments of this policy at all. */
const tellOf = async (policy: string) => {
  const { id, person } = await enrolled()
  const added = await clerk.post('POST /households/:id/receipts', {
    params: { id },
    body: { policy, person, fromOn: '2021-01-01' as Day },
  })
  expect(added.problem).toBeUndefined()
  return { id, person, receipt: added.body.id }
}

describe('screening the registry', () => {
  it('judges whoever something was written down of, keeps the verdict, and says nothing twice', async () => {
    const { id } = await enrolled()
    await screened()
    const first = await clerk.get('GET /households/:id/entitlements', { params: { id } })
    expect(first.problem).toBeUndefined()
    expect(first.body.lines).toContainEqual(
      expect.objectContaining({
        policy: expect.objectContaining({ id: 'P13' }) as unknown,
        verdict: 'eligible',
        amount: 500,
      }),
    )
    house.later(60_000)
    await officer.post('POST /entitlements/runs', { body: {} })
    await house.settle()
    const [{ count } = { count: -1 }] = await house.sql<{ count: number }>(
      'select count(*)::int from entitlements.verdict where household_id = $1',
      [id],
    )
    expect(count).toBe(1)
  })

  it('replays every verdict that was ever kept, also when more is known now', async () => {
    const { id, person } = await enrolled()
    await screened()
    const before = await clerk.get('GET /households/:id/entitlements', { params: { id } })
    house.later(60_000)
    const written = await clerk.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: 1,
      body: { source: 'verified', persons: [{ id: person, facts: { disabilityLevel: 2 } }] },
    })
    expect(written.problem).toBeUndefined()
    house.later(60_000)
    await screened()
    const after = await clerk.get('GET /households/:id/entitlements', { params: { id } })
    expect(after.body.judgedAt).not.toBe(before.body.judgedAt)
    expect(after.body.lines.find(l => l.policy.id === 'P13')?.amount).toBe(250)
    for (const { judgedAt } of [before.body, after.body]) {
      const replay = await clerk.get('GET /households/:id/entitlements/replay', { params: { id }, query: { judgedAt } })
      expect(replay.body).toMatchObject({ same: true })
    }
  })

  it('judges anew of whom something was being written down meanwhile, so that the verdict that holds can be replayed', async () => {
    const { id, person } = await enrolled()
    await screened()
    const before = await clerk.get('GET /households/:id/entitlements', { params: { id } })
    // As of somebody whose transaction had begun before the run and ended after it.
    await house.sql(
      `insert into registry.statement (district, id, household_id, person_id, division, source, origin, as_of, facts, recorded_at, recorded_by)
       select district, gen_random_uuid(), household_id, person_id, division, source, origin, as_of, '{"activityFreq": "weekly"}', $2::timestamptz - interval '1 second', recorded_by
       from registry.statement where person_id = $1 limit 1`,
      [person, before.body.judgedAt],
    )
    await house.sql('update registry.household set version = version + 1 where id = $1', [id])
    const replayed = async () =>
      (await officer.get('GET /households/:id/entitlements/replay', { params: { id } })).body.same
    expect(await replayed()).toBe(false)
    house.later(60_000)
    await screened()
    const after = await clerk.get('GET /households/:id/entitlements', { params: { id } })
    expect(after.body.lines).toEqual(before.body.lines)
    expect(after.body.judgedAt).not.toBe(before.body.judgedAt)
    expect(await replayed()).toBe(true)
  })

  it('shows how far it is, can be called off, and is begun once at a time', async () => {
    await enrolled()
    const begun = await officer.post('POST /entitlements/runs', { body: {} })
    expect(begun.body.run).toMatchObject({ state: 'running', kind: 'everybody', done: 0 })
    expect((await officer.post('POST /entitlements/runs', { body: {} })).problem?.code).toBe('entitlements.runGoesOn')
    const runId = begun.body.run?.id as Id
    const off = await officer.post('POST /entitlements/runs/:runId/cancel', { params: { runId }, body: {} })
    expect(off.body.state).toBe('cancelled')
    await house.settle()
    const runs = await officer.get('GET /entitlements/runs')
    expect(runs.body.items[0]).toMatchObject({ id: runId, state: 'cancelled', done: 0 })
    expect(
      (await officer.post('POST /entitlements/runs/:runId/cancel', { params: { runId }, body: {} })).problem?.code,
    ).toBe('entitlements.runOver')
  })
})

describe('应享未享', () => {
  it('reaches the guide of the village with its worth and why, and nobody elsewhere', async () => {
    await tellOf('P13')
    const { id, person } = await enrolled()
    await screened()
    const [line] = await listed(guide, 'unclaimed', id)
    expect(line).toMatchObject({
      policy: { id: 'P13' },
      amountAYear: 6000,
      household: { head: '沈*珍' },
      person: { id: person },
    })
    const opened = await guide.get('GET /entitlements/findings/:findingId', { params: { findingId: line?.id as Id } })
    expect(opened.problem).toBeUndefined()
    expect(opened.body.because.length).toBeGreaterThan(0)
    expect(JSON.stringify(opened.body)).not.toContain('沈阿珍')
    expect(opened.body.materials.length).toBeGreaterThan(0)
    const elsewhere = house.as('guide', { scope: '330111109201' })
    expect(await listed(elsewhere, 'unclaimed', id)).toEqual([])
    const hidden = await elsewhere.get('GET /entitlements/findings/:findingId', {
      params: { findingId: line?.id as Id },
    })
    expect([hidden.status, hidden.problem?.code]).toEqual([404, 'entitlements.findingNotFound'])
  })

  it('is taken by one, closed by that one, and not asked again for a year', async () => {
    await tellOf('P13')
    const { id } = await enrolled()
    await screened()
    const [line] = await listed(guide, 'unclaimed', id)
    const params = { findingId: line?.id as Id }
    expect((await guide.post('POST /entitlements/findings/:findingId/take', { params, body: {} })).body.state).toBe(
      'taken',
    )
    const late = await house.as('guide').post('POST /entitlements/findings/:findingId/take', { params, body: {} })
    expect(late.problem).toMatchObject({
      code: 'entitlements.alreadyTaken',
      detail: expect.stringContaining('徐小英') as string,
    })
    const wrong = await guide.post('POST /entitlements/findings/:findingId/close', {
      params,
      body: { outcome: 'stays' },
    })
    expect(wrong.problem?.code).toBe('entitlements.outcomeNotFitting')
    const closed = await guide.post('POST /entitlements/findings/:findingId/close', {
      params,
      body: { outcome: 'notWanted', note: '老人说家里够用' },
    })
    expect(closed.body).toMatchObject({ state: 'closed', outcome: 'notWanted' })
    house.later(60_000)
    await officer.post('POST /entitlements/runs', { body: {} })
    await house.settle()
    expect(await listed(guide, 'unclaimed', id)).toEqual([])
    expect((await listed(guide, 'unclaimed', id, 'closed')).map(l => l.id)).toEqual([line?.id])
  })

  it('goes by itself when the receipt is written down', async () => {
    await tellOf('P13')
    const { id, person } = await enrolled()
    await screened()
    expect(await listed(clerk, 'unclaimed', id)).toHaveLength(1)
    await clerk.post('POST /households/:id/receipts', {
      params: { id },
      body: { policy: 'P13', person, fromOn: '2021-03-01' as Day, amount: 500, period: 'month' },
    })
    await house.settle()
    expect(await listed(clerk, 'unclaimed', id)).toEqual([])
  })
})

describe('待复核', () => {
  const recheck = async () => {
    const { id, person } = await enrolled({
      hasDisabilityCertificate: false,
      disabilityKind: 'none',
      disabilityLevel: null,
    })
    const added = await clerk.post('POST /households/:id/receipts', {
      params: { id },
      body: { policy: 'P13', person, fromOn: '2021-01-01' as Day, amount: 500, period: 'month' },
    })
    await screened()
    const [line] = await listed(clerk, 'recheck', id)
    return { id, person, receipt: added.body.id, finding: line?.id as Id }
  }

  it('is a question for the office alone; it is decided by a named person with a note, and changes no receipt', async () => {
    const { id, receipt, finding } = await recheck()
    const params = { findingId: finding }
    expect(await listed(guide, 'recheck', id)).toEqual([])
    expect((await guide.get('GET /entitlements/findings/:findingId', { params })).status).toBe(404)
    expect(
      (await guide.post('POST /entitlements/findings/:findingId/take', { params, body: {} })).status,
    ).toBeGreaterThanOrEqual(400)
    await clerk.post('POST /entitlements/findings/:findingId/take', { params, body: {} })
    const bare = await clerk.post('POST /entitlements/findings/:findingId/close', {
      params,
      body: { outcome: 'officeActs' },
    })
    expect(bare.problem?.code).toBe('entitlements.noteWanted')
    const closed = await clerk.post('POST /entitlements/findings/:findingId/close', {
      params,
      body: { outcome: 'officeActs', note: '证已注销，转残联核实' },
    })
    expect(closed.body.state).toBe('closed')
    const seen = await clerk.get('GET /households/:id/entitlements', { params: { id } })
    expect(seen.body.receipts.find(r => r.id === receipt)).toMatchObject({ untilOn: null, running: true })
  })

  it('can be neither decided nor ended by the machine: the database refuses', async () => {
    const { finding, receipt } = await recheck()
    const asMachine = (set: string, table: string, id: Id) =>
      house.inside(async ctx => {
        const { sql } = await import('kysely')
        await sql`update ${sql.table(table)} set ${sql.raw(set)} where district = ${ctx.district} and id = ${id}`.execute(
          ctx.transaction,
        )
      })
    const who = `closed_by = '00000000-0000-7000-8000-000000000001', closed_name = 'x', closed_at = now()`
    for (const role of ['machine', 'townshipClerk'])
      await expect(
        asMachine(
          `state = 'closed', outcome = 'officeActs', closed_role = '${role}', ${who}`,
          'entitlements.finding',
          finding,
        ),
      ).rejects.toThrow(/violates/)
    const ended = `ended_at = now(), ended_by = '00000000-0000-7000-8000-000000000001', ended_role = 'townshipClerk'`
    for (const set of [`until_on = '2021-09-01', ${ended}`, `until_on = '2021-09-01'`, ended, `ended_reason = 'x'`])
      await expect(asMachine(set, 'entitlements.receipt', receipt)).rejects.toThrow(/violates/)
    const [row] = await house.sql<{ until_on: string | null }>(
      'select until_on from entitlements.receipt where id = $1',
      [receipt],
    )
    expect(row?.until_on).toBeNull()
    await expect(asMachine(`amount = 0`, 'entitlements.receipt', receipt)).rejects.toThrow(/permission denied/)
  })

  it('is not asked while the rules cannot tell', async () => {
    const { id, person } = await enrolled({
      hasDisabilityCertificate: undefined,
      disabilityKind: undefined,
      disabilityLevel: undefined,
    })
    await clerk.post('POST /households/:id/receipts', {
      params: { id },
      body: { policy: 'P13', person, fromOn: '2021-01-01' as Day },
    })
    await screened()
    expect(await listed(clerk, 'recheck', id)).toEqual([])
  })
})

describe('totals', () => {
  it('hide what could point at a person', async () => {
    const summary = await officer.get('GET /entitlements/summary', { query: { kind: 'recheck' } })
    expect(summary.problem).toBeUndefined()
    for (const cell of [...summary.body.policies, ...summary.body.townships])
      expect(cell.count === null || cell.count >= 5).toBe(true)
  })

  it('count what the list holds', async () => {
    await tellOf('P13')
    for (let i = 0; i < 6; i++) await enrolled()
    await screened()
    const query = { kind: 'unclaimed' } as const
    const list = await officer.get('GET /entitlements/findings', { query: { ...query, limit: 100 } })
    const summary = await officer.get('GET /entitlements/summary', { query })
    expect(list.body.count).toBeGreaterThanOrEqual(6)
    expect(summary.body.total).toBe(list.body.count)
    expect(summary.body.amountAYear).toBe(list.body.items.reduce((sum, l) => sum + (l.amountAYear ?? 0), 0))
    expect(summary.body.households).toBe(new Set(list.body.items.map(l => l.household.id)).size)
  })
})

describe('pages', () => {
  it('go on by a sealed mark, each line once, and nobody else can use it', async () => {
    const query = { kind: 'unclaimed', limit: 2 } as const
    const first = await officer.get('GET /entitlements/findings', { query })
    const after = first.body.next as string
    expect(after).not.toContain(first.body.items[1]?.id)
    const second = await officer.get('GET /entitlements/findings', { query: { ...query, after } })
    const ids = [...first.body.items, ...second.body.items].map(l => l.id)
    expect(new Set(ids).size).toBe(4)
    const another = await clerk.get('GET /entitlements/findings', { query: { ...query, after } })
    expect(another.problem?.code).toBe('request.notUnderstood')
    for (const route of ['GET /entitlements/findings', 'GET /entitlements/runs'] as const) {
      const made = await officer.get(route, { query: { kind: 'unclaimed', after: `900_${ids[0]}` } as never })
      expect(made.problem?.code).toBe('request.notUnderstood')
    }
  })
})
