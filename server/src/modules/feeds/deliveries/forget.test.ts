import type { Id } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csv, deliveredHouse } from '../test/delivered.ts'

let words: Awaited<ReturnType<typeof deliveredHouse>>
beforeAll(async () => {
  words = await deliveredHouse(400)
}, 60_000)
afterAll(() => words.house.close())

const days = (n: number) => words.house.later(n * 86_400_000)
const night = async () => expect((await words.house.run('feeds.forgetDelivered')).failures).toEqual([])
const stored = async (id: Id) => {
  const [row] = await words.house.sql<{ parts: number; cells: number; candidates: number }>(
    `select (select count(*)::int from feeds.delivery_part where delivery_id = $1) as parts, count(cells)::int as cells,
       count(candidates)::int as candidates from feeds.delivery_row where delivery_id = $1`,
    [id],
  )
  return row
}
const nothing = { parts: 0, cells: 0, candidates: 0 }

describe('a month after a delivery was last touched', () => {
  it('nothing of its rows is left, and one nobody released has ended and says so; the same file may come again', async () => {
    const many = csv(Array.from({ length: 13 }, (_, n) => words.about(words.person(n))))
    const waitsForTwo = await words.read(many)
    await words.step(waitsForTwo.id, 'release')
    const waits = await words.read(
      csv([words.about({ ...words.person(20), name: '不是这名' }), words.about(words.person(21), { 3: '某天' })]),
    )
    const given = await words.handIn(csv([words.about(words.person(22))]))
    const unread = given.body.delivery.id
    // As when reading it failed three times.
    await words.house.sql(
      `update jobs.job set state = 'failed' where name = 'feeds.readDelivery' and state = 'created'`,
    )
    expect(await stored(waits.id)).toEqual({ parts: 0, cells: 2, candidates: 1 })
    expect(await stored(unread)).toMatchObject({ parts: 1 })
    days(29)
    await night()
    expect(await words.seen(waitsForTwo.id)).toMatchObject({ state: 'needsTwo' })
    days(2)
    await night()
    for (const id of [waitsForTwo.id, waits.id, unread]) {
      expect(await stored(id)).toEqual(nothing)
      expect(await words.seen(id)).toMatchObject({ state: 'cancelled', steps: [] })
      expect((await words.seen(id)).problem?.zh).toContain('30 天没有人处理')
    }
    const again = await words.read(many)
    expect(again).toMatchObject({ state: 'read', account: { accepted: 13 } })
  })

  it('what was released stays, and rows mended and never released are not released any more', async () => {
    const done = await words.released(
      csv([words.about(words.person(30)), ...[31, 32].map(n => words.about(words.person(n), { 3: '某天' }))]),
    )
    const mend = async () => {
      const [row] = await words.rowsOf(done.id, 'quarantined')
      return await words.officer.put('PUT /deliveries/:deliveryId/rows/:rowNo', {
        params: { deliveryId: done.id, rowNo: String(row?.no) },
        ifMatch: row?.version ?? 0,
        body: { cells: row?.cells.map((cell, i) => (i === 3 ? '2021-09-20' : cell)) },
      })
    }
    days(29)
    expect((await mend()).body.outcome).toBe('accepted')
    days(29)
    await night()
    expect(await words.seen(done.id)).toMatchObject({ toRelease: 1 })
    days(2)
    await night()
    expect(await stored(done.id)).toEqual(nothing)
    expect(await words.seen(done.id)).toMatchObject({ state: 'released', toRelease: 0, problem: null })
    expect((await words.step(done.id, 'release')).problem?.code).toBe('feeds.nothingToRelease')
    expect(await words.statementsOf(words.person(30).id)).toMatchObject([{ withdrawn: false }])
  })
})
