import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { csv, deliveredHouse } from '../test/delivered.ts'

let words: Awaited<ReturnType<typeof deliveredHouse>>
beforeAll(async () => {
  words = await deliveredHouse(2000)
}, 60_000)
afterAll(() => words.house.close())

/** A row of each kind, and what must become of it; `again` is the row before it once more. */
const kinds = [
  'ours',
  'unknown',
  'otherName',
  'badDay',
  'badNumber',
  'noNumber',
  'badChoice',
  'again',
  'totals',
] as const
type Kind = (typeof kinds)[number]

let next = 0
function rowOf(kind: Kind, before: readonly string[] | undefined): readonly string[] {
  const one = words.person(next++ % 2000)
  switch (kind) {
    case 'ours':
      return words.about(one)
    case 'unknown':
      return words.about(words.stranger())
    case 'otherName':
      return words.about({ ...one, name: '另有其人' })
    case 'badDay':
      return words.about(one, { 3: '2021-02-30' })
    case 'badNumber':
      return words.about({ ...one, number: `${one.number.slice(0, 17)}Z` })
    case 'noNumber':
      return words.about({ ...one, number: '' })
    case 'badChoice':
      return words.about(one, { 4: '秀才' })
    case 'again':
      return before ?? words.about(one)
    case 'totals':
      return ['合计', '', '', '', '']
  }
}
const becomes: Readonly<Record<Exclude<Kind, 'again' | 'totals'>, string>> = {
  ours: 'accepted',
  unknown: 'notInRegistry',
  otherName: 'look',
  badDay: 'quarantined',
  badNumber: 'quarantined',
  noNumber: 'quarantined',
  badChoice: 'quarantined',
}

it('whatever is wrong with the rows of a file, each is accounted for once, and the sum is the file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 60 }), async planted => {
      const expected = {
        rows: 0,
        leftOut: 0,
        waiting: 0,
        accepted: 0,
        duplicate: 0,
        unchanged: 0,
        look: 0,
        notInRegistry: 0,
        quarantined: 0,
      }
      const rows: (readonly string[])[] = []
      let last: readonly string[] | undefined
      for (const kind of ['ours', ...planted] as const) {
        const row = rowOf(kind, last)
        if (kind === 'totals') expected.leftOut++
        else {
          expected.rows++
          expected[(kind === 'again' ? 'duplicate' : becomes[kind]) as keyof typeof expected]++
          last = row
        }
        rows.push(row)
      }
      const delivery = await words.read(csv(rows))
      expect(delivery.account).toEqual(expected)
      const { rows: all, leftOut: _, ...parts } = delivery.account
      expect(Object.values(parts).reduce((sum, n) => sum + n, 0)).toBe(all)
      const kept = await words.house.sql<{ outcome: string; n: number }>(
        'select outcome, count(*)::int as n from feeds.delivery_row where delivery_id = $1 group by 1',
        [delivery.id],
      )
      for (const { outcome, n } of kept)
        expect([outcome, n]).toEqual([outcome, expected[outcome as keyof typeof expected]])
    }),
    { numRuns: 25 },
  )
}, 120_000)
