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
