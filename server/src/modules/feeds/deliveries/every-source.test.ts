import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Day } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../../test/house.ts'
import { enrolHouseholds } from '../../registry/index.ts'
import { sources } from '../sources/index.ts'
import type { Expected } from '../sources/test/read-sample.ts'

const file = (name: string) => readFileSync(fileURLToPath(new URL(`../sources/${name}`, import.meta.url)), 'utf8')
const expectedOf = (source: string) => (JSON.parse(file(`${source}/expected.json`)) as Expected).rows

let house: House
let officer: Client
let second: Client
beforeAll(async () => {
  house = await openHouse()
  officer = house.as('districtOfficer')
  second = house.as('districtOfficer', { name: '第二个人' })
  // Everybody the samples name by a whole number.
  const named = new Map<string, string>()
  for (const { id } of sources)
    for (const row of expectedOf(id)) {
      const { idNumber, name } = 'who' in row ? (row.who as Record<string, string>) : {}
      if (idNumber && name && !idNumber.includes('*')) named.set(idNumber, name)
    }
  const households = [...named].map(([idNumber, name]) => ({
    division: '330111109203',
    since: '2020-01-01' as Day,
    statements: [],
    members: [{ name, idNumber, birthDate: birthDateIn(idNumber), relation: '02', statements: [] }],
  }))
  await house.inside(ctx => enrolHouseholds(ctx, households))
}, 60_000)
afterAll(() => house.close())

const numberOf = (who: object) => (who as { idNumber?: string }).idNumber ?? ''
const birthDateIn = (n: string) => `${n.slice(6, 10)}-${n.slice(10, 12)}-${n.slice(12, 14)}` as Day

describe('the sample of each bureau', () => {
  it.each(sources.map(s => [s.id, s] as const))('%s goes through to the registry', async (id, source) => {
    const taken = await officer.post('POST /deliveries', {
      query: { source: id },
      file: { name: `${source.name.zh}.csv`, content: file(`${id}/sample.csv`) },
    })
    expect(taken.problem).toBeUndefined()
    const params = { deliveryId: taken.body.delivery.id }
    expect((await house.settle()).failures).toEqual([])
    const seen = async () => (await officer.get('GET /deliveries/:deliveryId', { params })).body
    const { account } = await seen()
    const expected = expectedOf(id).filter(row => !('left' in row))
    const known = expected.filter(row => 'who' in row && /^\d{17}/.test(numberOf(row.who)))
    expect(account).toMatchObject({
      rows: expected.length,
      waiting: 0,
      quarantined: expected.filter(row => 'quarantined' in row).length,
    })
    expect(account.accepted + account.unchanged).toBeGreaterThanOrEqual(known.length)

    const released = await officer.post('POST /deliveries/:deliveryId/release', { params, body: {} })
    expect(released.problem).toBeUndefined()
    if (source.dangerous) expect(released.body.state).toBe('needsTwo')
    if (released.body.state === 'needsTwo')
      expect((await second.post('POST /deliveries/:deliveryId/confirm', { params, body: {} })).problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    expect(await seen()).toMatchObject({ state: 'released', toRelease: 0 })
    const statements = await house.sql<{ facts: Record<string, unknown> }>(
      `select facts from registry.statement where source = 'feed' and origin = $1`,
      [source.name.zh],
    )
    const said = new Set(statements.flatMap(({ facts }) => Object.keys(facts)))
    for (const row of known)
      if ('on' in row)
        for (const fact of [...Object.keys(row.person ?? {}), ...Object.keys(row.household ?? {})])
          expect(said.has(fact), fact).toBe(true)
  })
})
