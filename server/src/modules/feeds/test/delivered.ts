import { type Day, type Id, idCheckCharacter } from '@zhulian/kernel'
import { expect } from 'vitest'
import { type Client, type House, openHouse } from '../../../../test/house.ts'
import { enrolHouseholds } from '../../registry/index.ts'

const village = '330111109203'

export interface Registered {
  readonly id: Id
  readonly household: Id
  readonly name: string
  readonly number: string
}

/** A made-up identity number; the same for the same n. */
export const numberOf = (n: number): string => {
  const first17 = `330111${1950 + (n % 50)}${String((n % 12) + 1).padStart(2, '0')}${String((n % 28) + 1).padStart(2, '0')}${String(100 + (Math.floor(n / 50) % 900)).padStart(3, '0')}`
  return first17 + idCheckCharacter(first17)
}
const nameOf = (n: number) => `方${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'春夏秋冬'[n % 4]}`

export const header = ['记录编号', '身份证号', '姓名', '失业登记日期', '文化程度']
export const csv = (rows: readonly (readonly string[])[], top: readonly string[] = header): string =>
  [top, ...rows].map(row => row.join(',')).join('\r\n')

/** A house with people registered one a household, and the words in which tests speak of deliveries. */
export async function deliveredHouse(many: number, keys?: string) {
  const house: House = await openHouse(keys ? { keys } : {})
  const officer = house.as('districtOfficer')
  const households = Array.from({ length: many }, (_, n) => ({
    division: village,
    since: '2020-01-01' as Day,
    statements: [],
    members: [{ name: nameOf(n), idNumber: numberOf(n), relation: '02', statements: [] }],
  }))
  const enrolled = await house.inside(ctx => enrolHouseholds(ctx, households))
  const people = enrolled.map(
    ({ id, members }, n): Registered => ({
      id: members[0] as Id,
      household: id,
      name: nameOf(n),
      number: numberOf(n),
    }),
  )
  let record = 0
  let strangers = 0

  const words = {
    house,
    officer,
    second: house.as('districtOfficer', { name: '第二个人' }),
    person: (n: number) => people[n] as Registered,
    /** A row about somebody, with other cells where they are given. */
    about: (who: { readonly number: string; readonly name: string }, over: Partial<Record<number, string>> = {}) =>
      [`R${++record}`, who.number, who.name, '2021-09-20', '初中'].map((cell, i) => over[i] ?? cell),
    stranger: () => ({ number: numberOf(50_000 + ++strangers), name: '路人' }),
    handIn: (content: string | Uint8Array, by: Client = officer, source = 'unemployment') =>
      by.post('POST /deliveries', { query: { source }, file: { name: '失业.csv', content } }),
    async settled() {
      expect((await house.settle()).failures).toEqual([])
    },
    seen: async (deliveryId: Id, by: Client = officer) =>
      (await by.get('GET /deliveries/:deliveryId', { params: { deliveryId } })).body,
    rowsOf: async (deliveryId: Id, outcome: string) =>
      (await officer.get('GET /deliveries/:deliveryId/rows', { params: { deliveryId }, query: { outcome } })).body
        .items,
    async read(content: string | Uint8Array) {
      const taken = await words.handIn(content)
      expect(taken.problem).toBeUndefined()
      await words.settled()
      return await words.seen(taken.body.delivery.id)
    },
    step: async (deliveryId: Id, step: string, by: Client = officer, body: object = {}) =>
      await by.post(`POST /deliveries/:deliveryId/${step}` as 'POST /deliveries/:deliveryId/release', {
        params: { deliveryId },
        body,
      }),
    async released(content: string) {
      const delivery = await words.read(content)
      expect((await words.step(delivery.id, 'release')).problem).toBeUndefined()
      await words.settled()
      return await words.seen(delivery.id)
    },
    /** What files have said of somebody. */
    statementsOf: async (person: Id) =>
      await house.sql<{ facts: Record<string, unknown>; origin: string; withdrawn: boolean }>(
        `select facts, origin, withdrawn_at is not null as withdrawn from registry.statement where person_id = $1 and source = 'feed' order by recorded_at`,
        [person],
      ),
  }
  return words
}
