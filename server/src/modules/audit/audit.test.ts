import { newId } from '@zhulian/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { plants, village } from '../../../test/plants.ts'

let house: House
let auditor: Client
let household: string
beforeAll(async () => {
  house = await openHouse()
  auditor = house.as('auditor')
  await plants[0]?.(house)
  household = (await house.sql<{ id: string }>('select id from registry.household'))[0]?.id ?? ''
})
afterAll(() => house.close())

test('an opened record is in the trail with who, where and for what, and the family reads that', async () => {
  const guide = house.as('guide', { scope: village })
  house.later(60_000)
  expect((await guide.get('GET /households/:id', { params: { id: household } })).status).toBe(200)
  const lines = await auditor.get('GET /audit', { query: { subject: household, action: 'registry.open' } })
  expect(lines.body.items).toHaveLength(1)
  expect(lines.body.items[0]).toMatchObject({
    accountId: await guide.account(),
    role: 'guide',
    scope: village,
    outcome: 'done',
    purpose: 'registry',
    subject: { kind: 'household', id: household },
  })

  const family = house.as('resident', { household: household as never })
  const openings = await family.get('GET /my/record/openings')
  expect(openings.body.items.at(0)).toMatchObject({ role: 'guide', scope: village, at: '2021-09-26T01:01:00.000Z' })
  expect(openings.text).not.toContain('测试人员')
  const neighbours = house.as('resident', { household: newId() })
  expect((await neighbours.get('GET /my/record/openings')).body.items).toEqual([])
  expect((await house.as('resident').get('GET /my/record/openings')).body.items).toEqual([])
})

test('the trail is read page by page without gap or repeat, the newest first', async () => {
  const guide = house.as('guide')
  for (let i = 0; i < 12; i++) {
    house.later(1000)
    await guide.get('GET /accounts')
  }
  const account = await guide.account()
  const seen: string[] = []
  let after: string | null | undefined
  do {
    const { body } = await auditor.get('GET /audit', { query: { account, limit: 5, ...(after ? { after } : {}) } })
    seen.push(...body.items.map(line => line.at))
    after = body.next
  } while (after)
  expect(seen).toHaveLength(12)
  expect(seen).toEqual([...new Set(seen)].sort().reverse())
})

test('days, outcomes and modules narrow it down', async () => {
  house.at('2021-10-01T23:59:59+08:00')
  const guide = house.as('guide')
  await guide.get('GET /accounts')
  house.at('2021-10-02T00:00:01+08:00')
  await guide.get('GET /accounts')
  const account = await guide.account()
  const count = async (query: Record<string, string>) =>
    (await auditor.get('GET /audit', { query: { account, ...query } })).body.items.length
  expect(await count({})).toBe(2)
  expect(await count({ from: '2021-10-02' })).toBe(1)
  expect(await count({ until: '2021-10-01' })).toBe(1)
  expect(await count({ outcome: 'done' })).toBe(0)
  expect(await count({ action: 'identity' })).toBe(2)
  expect(await count({ action: 'identity.signIn' })).toBe(0)
  expect((await auditor.get('GET /audit', { query: { after: 'nonsense' } })).status).toBe(400)
})

test('the yearly account of children’s records says in sums what is held, who may open it, who did, and what was refused', async () => {
  const clerk = house.as('townshipClerk', { name: '李敏' })
  const guide = house.as('guide', { scope: village })
  const made = await clerk.post('POST /households', {
    body: {
      division: village as never,
      members: [
        { name: '何大年', relation: '01', birthDate: '1985-03-04' as never },
        ...[2016, 2013, 2012, 2010, 2009, 2007].map(year => ({
          name: '何小年',
          relation: '20',
          birthDate: `${year}-05-06` as never,
        })),
      ],
    },
  })
  const { id, members } = made.body
  const officer = house.as('districtOfficer')
  const year = async (query: { year?: number } = {}) => (await officer.get('GET /audit/minors', { query })).body
  const before = await year()
  const closed = await guide.post('POST /persons/:id/reveal', {
    params: { id: members[1] as never },
    body: { what: 'idNumber', reason: 'verifyApplication' },
  })
  expect(closed.problem?.code).toBe('registry.minorClosed')
  await clerk.post('POST /households/:id/minor-grants', {
    params: { id },
    body: { reader: await guide.account(), reason: '长期照看这一户' },
  })
  expect((await guide.get('GET /households/:id', { params: { id } })).status).toBe(200)
  const after = await year()
  expect(after).toMatchObject({ year: 2021, isOver: false })
  expect(after.children).toBeGreaterThanOrEqual(6)
  expect(after.grants).toMatchObject({
    given: before.grants.given + 1,
    standing: before.grants.standing + 1,
  })
  expect(after.refused).toBe(before.refused + 1)
  const guides = (of: typeof after) => of.openings.find(one => one.role === 'guide')?.n ?? 0
  expect(guides(after)).toBe(guides(before) + 1)
  expect((await officer.get('GET /audit/minors', { query: { year: 2022 } })).problem?.code).toBe('audit.yearToCome')
  expect(await year({ year: 2020 })).toMatchObject({ isOver: true, lastOn: '2020-12-31', openings: [] })
  expect((await guide.get('GET /audit/minors', { query: {} })).status).toBe(403)
})
