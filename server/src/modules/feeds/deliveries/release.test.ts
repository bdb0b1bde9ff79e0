import type { Id } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csv, deliveredHouse } from '../test/delivered.ts'

let words: Awaited<ReturnType<typeof deliveredHouse>>
beforeAll(async () => {
  words = await deliveredHouse(400)
}, 60_000)
afterAll(() => words.house.close())

const rowParams = (deliveryId: Id, no: number) => ({ params: { deliveryId, rowNo: String(no) } })

describe('a quarantined row', () => {
  it('is mended in its place and read again at once; what is still wrong with it is said', async () => {
    const delivery = await words.read(
      csv([words.about(words.person(0), { 3: '2021-02-30' }), words.about(words.person(1))]),
    )
    const [row] = await words.rowsOf(delivery.id, 'quarantined')
    const at = rowParams(delivery.id, row?.no ?? 0)
    const mend = (day: string, ifMatch: number) =>
      words.officer.put('PUT /deliveries/:deliveryId/rows/:rowNo', {
        ...at,
        ifMatch,
        body: { cells: row?.cells.map((cell, i) => (i === 3 ? day : cell)) },
      })
    const still = await mend('2021-09-31', 1)
    expect(still.body).toMatchObject({ outcome: 'quarantined', row: { version: 2 } })
    expect(still.body.row?.faults[0]?.words.zh).toContain('2021-09-31，这一天不存在')
    expect((await mend('2021-09-20', 1)).problem?.code).toBe('request.versionStale')
    const good = await mend('2021-09-20', 2)
    expect(good.body.delivery.account).toMatchObject({ rows: 2, accepted: 2, quarantined: 0 })
    expect((await mend('2021-09-20', 3)).problem?.code).toBe('feeds.rowNotFound')
    expect((await words.house.trail(2)).map(line => line.action)).toContain('feeds.mendRow')
  })

  it('can be mended after the others were released, and is then released by itself', async () => {
    const done = await words.released(
      csv([
        words.about(words.person(2)),
        words.about(words.person(3), { 3: '某天' }),
        words.about(words.person(4), { 3: '某天' }),
      ]),
    )
    expect(done).toMatchObject({ state: 'released', account: { accepted: 1, quarantined: 2 } })
    const [row] = await words.rowsOf(done.id, 'quarantined')
    const mended = await words.officer.put('PUT /deliveries/:deliveryId/rows/:rowNo', {
      ...rowParams(done.id, row?.no ?? 0),
      ifMatch: 1,
      body: { cells: row?.cells.map((cell, i) => (i === 3 ? '2021-09-20' : cell)) },
    })
    expect(mended.body.delivery).toMatchObject({ state: 'released', toRelease: 1, account: { accepted: 2 } })
    expect(await words.statementsOf(words.person(3).id)).toEqual([])
    await words.step(done.id, 'release')
    await words.settled()
    expect(await words.seen(done.id)).toMatchObject({ state: 'released', toRelease: 0 })
    expect(await words.statementsOf(words.person(3).id)).toHaveLength(1)
    expect(await words.statementsOf(words.person(2).id)).toHaveLength(1)
  })

  it('is read again with all others on demand, and stays where nothing about it has changed', async () => {
    const delivery = await words.read(csv([words.about(words.person(5), { 3: '某天' }), words.about(words.person(6))]))
    const told = await words.step(delivery.id, 'rerun')
    expect(told.body).toMatchObject({ state: 'reading', account: { rows: 2, waiting: 1, accepted: 1, quarantined: 0 } })
    await words.settled()
    expect(await words.seen(delivery.id)).toMatchObject({
      state: 'read',
      account: { rows: 2, waiting: 0, accepted: 1, quarantined: 1 },
    })
  })
})

describe('a row that may mean somebody', () => {
  it('waits for a person to say who, or that it is nobody; nobody else can be chosen', async () => {
    const like = (n: number) => words.about({ ...words.person(n), name: '不是这名' })
    const delivery = await words.read(csv([like(7), like(8)]))
    expect(delivery.account).toMatchObject({ look: 2, accepted: 0 })
    const [first, other] = await words.rowsOf(delivery.id, 'look')
    expect(first?.candidates).toMatchObject([
      { person: words.person(7).id, name: words.person(7).name, place: '常绿镇青龙村' },
    ])
    const say = (no: number, person: Id | null) =>
      words.officer.post('POST /deliveries/:deliveryId/rows/:rowNo/who', {
        ...rowParams(delivery.id, no),
        body: { person },
      })
    expect((await say(first?.no ?? 0, words.person(9).id)).problem?.code).toBe('feeds.notThatPerson')
    expect((await say(first?.no ?? 0, words.person(7).id)).body).toMatchObject({ outcome: 'accepted' })
    expect((await say(other?.no ?? 0, null)).body).toMatchObject({
      outcome: 'notInRegistry',
      delivery: { account: { look: 0, accepted: 1, notInRegistry: 1 } },
    })
    const [kept] = await words.house.sql(
      'select cells from feeds.delivery_row where delivery_id = $1 and row_no = $2',
      [delivery.id, other?.no],
    )
    expect(kept).toEqual({ cells: null })
  })
})

describe('a pair that somebody decides at the desk of pairs', () => {
  it('settles its row: the same person is accepted, nobody is not kept, and nobody is asked twice', async () => {
    const like = (n: number) => words.about({ ...words.person(n), name: '别的名' })
    const delivery = await words.read(csv([like(110), like(111), like(112)]))
    expect(delivery.account).toMatchObject({ look: 3 })
    const waiting = async () =>
      (await words.officer.get('GET /pairs', { query: { state: 'open' } })).body.items.filter(
        p => p.source === 'delivery',
      )
    const [first, second] = await waiting()
    const [row] = await words.rowsOf(delivery.id, 'look')
    const before = (await waiting()).length
    await words.officer.post('POST /deliveries/:deliveryId/rows/:rowNo/who', {
      ...rowParams(delivery.id, row?.no ?? 0),
      body: { person: null },
    })
    expect(await waiting()).toHaveLength(before - 1)
    const left = await waiting()
    const decide = (pairId: string, answer: string) =>
      words.officer.post('POST /pairs/:pairId/decide', { params: { pairId }, body: { answer } })
    expect([first, second]).toHaveLength(2)
    const mine = left.slice(0, 2)
    for (const [i, pair] of mine.entries())
      expect((await decide(pair.id, i === 0 ? 'same' : 'different')).problem).toBeUndefined()
    words.house.later(2 * 60_000)
    await words.settled()
    expect((await words.seen(delivery.id)).account).toMatchObject({ look: 0, accepted: 1, notInRegistry: 2 })
  })
})

it('a pair that is decided before reading goes on settles its row once it was read', async () => {
  const delivery = await words.read(csv([words.about({ ...words.person(113), name: '又是别名' })]))
  const open = await words.officer.get('GET /pairs', { query: { state: 'open' } })
  const pair = open.body.items.find(p => p.source === 'delivery')
  const set = (state: string) =>
    words.house.sql('update feeds.delivery set state = $2 where id = $1', [delivery.id, state])
  await set('received')
  const decided = await words.officer.post('POST /pairs/:pairId/decide', {
    params: { pairId: pair?.id ?? '' },
    body: { answer: 'same' },
  })
  expect(decided.problem).toBeUndefined()
  words.house.later(2 * 60_000)
  await words.settled()
  await set('read')
  words.house.later(2 * 60_000)
  await words.settled()
  expect((await words.seen(delivery.id)).account).toMatchObject({ look: 0, accepted: 1 })
})

describe('two people', () => {
  const large = () => csv(Array.from({ length: 13 }, (_, n) => words.about(words.person(20 + n))))

  it('release what would change more than three in a hundred of the registry; the first cannot be the second', async () => {
    const delivery = await words.read(large())
    expect(delivery).toMatchObject({ people: 13, peopleKnown: 400, twoBecause: ['share'] })
    const asked = await words.step(delivery.id, 'release')
    expect(asked.body).toMatchObject({ state: 'needsTwo', releasedBy: { isMe: true } })
    await words.settled()
    expect(await words.statementsOf(words.person(20).id)).toEqual([])
    expect((await words.step(delivery.id, 'confirm')).problem?.code).toBe('feeds.sameNotTwo')
    await words.step(delivery.id, 'take-back')
    await words.step(delivery.id, 'release')
    expect((await words.step(delivery.id, 'confirm', words.second)).body).toMatchObject({ state: 'releasing' })
    await words.settled()
    expect(await words.seen(delivery.id)).toMatchObject({
      state: 'released',
      releasedBy: { isMe: true },
      confirmedBy: { isMe: false, name: '第二个人' },
    })
    expect(await words.statementsOf(words.person(20).id)).toHaveLength(1)
  })

  it('are held to by the database itself', async () => {
    const delivery = await words.read(csv(Array.from({ length: 13 }, (_, n) => words.about(words.person(40 + n)))))
    await words.step(delivery.id, 'release')
    const set = (values: string) => words.house.sql(`update feeds.delivery set ${values} where id = $1`, [delivery.id])
    await expect(set('confirmed_by = released_by')).rejects.toThrow('delivery_confirmed_by_another')
    await expect(set(`state = 'releasing'`)).rejects.toThrow('delivery_released_by_two')
    await expect(set('accepted = accepted - 1')).rejects.toThrow('delivery_accounts_for_every_row')
    await expect(
      set(`state = 'released', confirmed_by = gen_random_uuid(), waiting = 1, accepted = accepted - 1`),
    ).rejects.toThrow('delivery_read_to_the_end')
  })

  it('may disagree: then nothing is written and the rows are forgotten', async () => {
    const delivery = await words.read(csv(Array.from({ length: 13 }, (_, n) => words.about(words.person(60 + n)))))
    await words.step(delivery.id, 'release')
    const refused = await words.step(delivery.id, 'refuse', words.second, { reason: '名单和上月对不上' })
    expect(refused.body).toMatchObject({ state: 'refused', endedBy: { name: '第二个人' }, steps: [] })
    await words.settled()
    expect(await words.rowsOf(delivery.id, 'accepted')).toHaveLength(13)
    expect((await words.rowsOf(delivery.id, 'accepted'))[0]?.cells.join('')).toBe('')
    expect(await words.statementsOf(words.person(60).id)).toEqual([])
  })
})

describe('rows mended after the release', () => {
  const [good, wrong] = [
    (n: number) => words.about(words.person(n)),
    (n: number) => words.about(words.person(n), { 3: '某天' }),
  ]
  async function mendFirst(deliveryId: Id) {
    const [row] = await words.rowsOf(deliveryId, 'quarantined')
    const mended = await words.officer.put('PUT /deliveries/:deliveryId/rows/:rowNo', {
      ...rowParams(deliveryId, row?.no ?? 0),
      ifMatch: row?.version ?? 0,
      body: { cells: row?.cells.map((cell, i) => (i === 3 ? '2021-09-20' : cell)) },
    })
    expect(mended.body.outcome).toBe('accepted')
  }

  it('want the second person again; a no leaves what was released, and who answers for it, as they are', async () => {
    const rows = [...Array.from({ length: 13 }, (_, n) => good(120 + n)), wrong(134)]
    const { id } = await words.read(csv(rows))
    await words.step(id, 'release')
    await words.step(id, 'confirm', words.second)
    await words.settled()
    const before = await words.seen(id)
    for (const no of ['refuse', 'take-back']) {
      if (no === 'refuse') await mendFirst(id)
      const asked = await words.step(id, 'release', words.second)
      expect(asked.body).toMatchObject({ state: 'needsTwo', releasedBy: { name: '第二个人' }, confirmedBy: null })
      const told =
        no === 'refuse'
          ? await words.step(id, no, words.officer, { reason: '这一行不可信' })
          : await words.step(id, no, words.second)
      expect(told.problem).toBeUndefined()
      const { releasedAt, releasedBy, confirmedAt, confirmedBy, twoBecause } = before
      expect(await words.seen(id)).toMatchObject({
        releasedAt,
        releasedBy,
        confirmedAt,
        confirmedBy,
        twoBecause,
        state: 'released',
        toRelease: 1,
      })
    }
    expect(await words.statementsOf(words.person(134).id)).toEqual([])
  })

  it('may lift it above three in a hundred: it can be read again, and the rest waits for the second person', async () => {
    const rows = [...Array.from({ length: 12 }, (_, n) => good(140 + n)), wrong(153), wrong(154)]
    const { id, twoBecause } = await words.released(csv(rows))
    expect(twoBecause).toEqual([])
    await mendFirst(id)
    await words.step(id, 'rerun')
    await words.settled()
    expect(await words.seen(id)).toMatchObject({ state: 'released', toRelease: 1, twoBecause: [] })
    expect((await words.step(id, 'release')).body).toMatchObject({ state: 'needsTwo', twoBecause: ['share'] })
  })
})

describe('what was released can be undone', () => {
  it('as a whole: what it said is withdrawn, and the same file can come again', async () => {
    const content = csv([words.about(words.person(80)), words.about(words.person(81))])
    const done = await words.released(content)
    const need = await words.officer.post('POST /households/:householdId/needs', {
      params: { householdId: words.person(80).household },
      body: { words: '想找个活干' },
    })
    await words.house.sql(`update wishes.need set origin = 'visit', origin_id = $2 where id = $1`, [
      need.body.id,
      done.id,
    ])
    const told = await words.step(done.id, 'undo', words.officer, { reason: '发错了月份' })
    expect(told.body).toMatchObject({ state: 'undoing' })
    await words.settled()
    const heard = await words.officer.get('GET /needs/:needId', { params: { needId: need.body.id } })
    expect(heard.body.state).toBe('withdrawn')
    expect(await words.seen(done.id)).toMatchObject({ state: 'undone' })
    expect(await words.statementsOf(words.person(80).id)).toMatchObject([{ withdrawn: true }])
    const again = await words.read(content)
    expect(again).toMatchObject({ state: 'read', account: { accepted: 2 } })
    expect(again.id).not.toBe(done.id)
  })

  it('also where the rules of alerts have marked the households since: nobody changed them', async () => {
    const who = words.person(44)
    const done = await words.released(csv([words.about(who)]))
    const marked = () =>
      words.house.sql<{ facts: object }>(
        `select facts from registry.statement where household_id = $1 and facts ? 'openAlertLevel' and withdrawn_at is null`,
        [who.household],
      )
    expect(await marked()).toHaveLength(1)
    words.house.later(60_000)
    const undo = await words.step(done.id, 'undo', words.officer, { reason: '发错了月份' })
    expect(undo.problem).toBeUndefined()
    await words.settled()
    expect(await words.seen(done.id)).toMatchObject({ state: 'undone' })
  })

  it('not where somebody has changed one of the households since; it says which', async () => {
    const done = await words.released(csv([words.about(words.person(82)), words.about(words.person(83))]))
    words.house.later(60_000)
    const { household } = words.person(83)
    const home = await words.officer.get('GET /households/:id', { params: { id: household } })
    const told = await words.officer.post('POST /households/:id/facts', {
      params: { id: household },
      ifMatch: home.body.version,
      body: { source: 'verified', household: { housingArea: 55 } },
    })
    expect(told.problem).toBeUndefined()
    const undo = await words.step(done.id, 'undo', words.officer, { reason: '发错了月份' })
    expect(undo.problem).toMatchObject({
      code: 'feeds.deliveryMoved',
      facts: { count: 1, households: [{ household }] },
    })
    expect(await words.seen(done.id)).toMatchObject({ state: 'released' })
  })
})

describe('a delivery that is cancelled', () => {
  it('before it is read leaves nothing behind but its account', async () => {
    const taken = await words.handIn(csv([words.about(words.person(90))]))
    const id = taken.body.delivery.id
    expect(taken.body.delivery).toMatchObject({
      state: 'received',
      account: { waiting: 1 },
      progress: { done: 0, of: 1 },
    })
    expect((await words.step(id, 'cancel')).body).toMatchObject({ state: 'cancelled', steps: [] })
    await words.settled()
    expect(await words.seen(id)).toMatchObject({ state: 'cancelled', account: { rows: 1, waiting: 1 } })
    expect(await words.house.sql('select from feeds.delivery_part where delivery_id = $1', [id])).toEqual([])
  })

  it('while it is being written is not in the registry, not even in part', async () => {
    const delivery = await words.read(csv([words.about(words.person(91))]))
    await words.step(delivery.id, 'release')
    // The job waits for the household; meanwhile somebody cancels.
    const { app } = words.house.database
    const holder = await app.connect()
    await holder.query(
      `begin; set local app.district = '330111'; set local app.role = 'machine'; set local app.lo = '330111'; set local app.hi = '330111:'`,
    )
    await holder.query('select from registry.household where id = $1 for update', [words.person(91).household])
    const settling = words.house.settle()
    await words.house.sql(`select pg_sleep(0.3)`)
    expect((await words.step(delivery.id, 'cancel')).body).toMatchObject({ state: 'cancelled' })
    await holder.query('commit')
    holder.release()
    expect((await settling).failures).toEqual([])
    expect(await words.seen(delivery.id)).toMatchObject({ state: 'cancelled' })
    expect(await words.statementsOf(words.person(91).id)).toEqual([])
  })
})
