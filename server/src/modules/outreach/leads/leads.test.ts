import type { DivisionCode, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../../test/house.ts'
import { seedLeads } from './seed-leads.ts'

const start = '2021-09-26T09:00:00+08:00'
const village = '330111109203'

let house: House
let guide: Client
let clerk: Client
let family: Id
beforeAll(async () => {
  house = await openHouse({ at: start })
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '李敏' })
  for (const who of [guide, clerk]) await who.account()
  const added = await clerk.post('POST /households', {
    body: { division: village, members: [{ name: '方水根', relation: '02' }] },
  })
  family = added.body.id
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

type Line = { id: Id; name: string; careful: boolean; state: string }
const listed = async (who: Client, query: Record<string, string> = {}) =>
  (await who.get('GET /leads', { query: { show: 'all', ...query } })).body.items as Line[]
const open = (who: Client, lead: string) => who.get('GET /leads/:leadId', { params: { leadId: lead } })
const step = (who: Client, lead: string, named: string, body: Record<string, unknown> = {}) =>
  who.post('POST /leads/:leadId/steps', { params: { leadId: lead }, body: { step: named, ...body } })
const note = (who: Client, body: Record<string, unknown> = {}) =>
  who.post('POST /leads', {
    body: { village, channel: 'gridWorker', name: '方水根', words: '摔伤后没法下地，家里没人', ...body },
  })
const tell = (who: Client, body: Record<string, unknown> = {}) =>
  who.post('POST /my/leads', { body: { village, who: '村口老方家', words: '好几天没见他出门了', ...body } })

describe('a resident who tells of a neighbour', () => {
  it('is told nothing back, whoever is meant, and cannot read it', async () => {
    const neighbour = house.as('resident', { village })
    const [known, unknown] = [await tell(neighbour, { who: '方水根' }), await tell(neighbour, { who: '没有的人' })]
    expect(known.body).toEqual({ calm: null })
    expect(unknown.text).toBe(known.text)
    const lead = (await listed(guide)).find(l => l.name.startsWith('方')) as Line
    expect((await open(neighbour, lead.id)).problem?.code).toBe('request.notAllowed')
    expect((await open(guide, lead.id)).body).toMatchObject({
      foundBy: '',
      channel: { id: 'neighbour' },
      words: '好几天没见他出门了',
      likely: [{ household: family, name: '方水根' }],
    })
  })

  it('may do so five times a day, in words, of a village there is', async () => {
    const often = house.as('resident', { village })
    const codes: (string | undefined)[] = []
    for (let i = 0; i < 6; i++) codes.push((await tell(often, { who: `第${i}家` })).problem?.code)
    expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, 'outreach.toldTooOften'])
    const fresh = house.as('resident', { village })
    expect((await tell(fresh, { words: 'https://spam.example/买' })).problem?.code).toBe('outreach.notWords')
    expect((await tell(fresh, { who: '？？' })).problem?.code).toBe('outreach.notWords')
    expect((await tell(fresh, { village: '330111999999' })).problem?.code).toBe('outreach.noSuchVillageToTell')
    house.at('2021-09-27T09:00:00+08:00')
    expect((await tell(often, { who: '第二天' })).problem).toBeUndefined()
  })

  it('and all of one village together sixty times', async () => {
    const other = '330111110254'
    await house.sql(
      `insert into outreach.lead_count (district, on_day, counted, n) values ('330111', '2021-09-26', $1, 60)`,
      [other],
    )
    const fresh = house.as('resident', { village: other })
    expect((await tell(fresh, { village: other })).problem?.code).toBe('outreach.toldTooOften')
  })

  it('of violence reaches the township alone, and reads whom to call', async () => {
    const told = await tell(house.as('resident', { village }), { who: '隔壁阿芳', words: '她又被老公打了' })
    expect(told.body.calm?.numbers.map((n: { number: string }) => n.number)).toContain('110')
    const careful = (await listed(clerk)).find(l => l.careful) as Line
    expect((await open(clerk, careful.id)).body.words).toContain('老公')
    expect((await open(guide, careful.id)).problem?.code).toBe('outreach.leadNotFound')
    expect((await listed(guide)).some(l => l.careful)).toBe(false)
  })
})

describe('a lead', () => {
  it('is not so, or so and helped, because a person says it in words; the family carries the first channel', async () => {
    const { id } = (await note(guide)).body
    expect((await step(guide, id, 'verify', { note: '看过了' })).problem?.code).toBe('outreach.leadNamesNothing')
    expect((await step(guide, id, 'verify', { household: family })).problem?.code).toBe('outreach.leadNoteMissing')
    expect((await step(guide, id, 'help', { note: '送了饭' })).problem?.code).toBe('outreach.leadStepNotOpen')
    const verified = await step(guide, id, 'verify', { household: family, note: '腿伤，独居' })
    expect(verified.body).toMatchObject({ state: 'verified', household: family })
    const read = await clerk.get('GET /households/:id', { params: { id: family } })
    expect(read.body.channel).toMatchObject({ id: 'gridWorker' })
    expect((await step(guide, id, 'help', { note: '助餐每天送到' })).body).toMatchObject({
      state: 'helped',
      dueOn: null,
    })
    const again = (await note(guide, { channel: 'hotline' })).body.id as Id
    await step(guide, again, 'verify', { household: family, note: '还是他家' })
    expect((await clerk.get('GET /households/:id', { params: { id: family } })).body.channel?.id).toBe('gridWorker')
  })

  it('is of the family a person says, whom colleagues then read there; another can be said until it is verified', async () => {
    const { id } = (await note(guide, { name: '没登记过的人' })).body
    expect((await open(clerk, id)).body.family).toBeNull()
    expect((await step(guide, id, 'name')).problem?.code).toBe('outreach.leadNamesNothing')
    const named = await step(guide, id, 'name', { household: family })
    expect(named.body).toMatchObject({ state: 'found', household: family })
    expect((await open(clerk, id)).body.family).toEqual({ household: family, name: '方水根', size: 1 })
    const away = (
      await house.as('townshipClerk', { scope: '330111110' }).post('POST /households', {
        body: { division: '330111110254', members: [{ name: '外镇人', relation: '02' }] },
      })
    ).body.id as Id
    expect((await step(guide, id, 'name', { household: away })).problem?.status).toBe(404)
    const registered = await guide.post('POST /households', {
      body: { division: village, members: [{ name: '没登记过的人', relation: '02' }], channel: 'gridWorker' },
    })
    const other = registered.body.id as Id
    expect((await step(guide, id, 'name', { household: other })).body.family).toMatchObject({ household: other })
    expect((await step(guide, id, 'verify', { note: '看过了' })).body).toMatchObject({
      state: 'verified',
      household: other,
    })
    expect((await step(guide, id, 'name', { household: family })).problem?.code).toBe('outreach.leadStepNotOpen')
  })

  it('of violence is the township’s alone wherever it is said, where they live too', async () => {
    const { id } = (await note(guide, { name: '桥头那家', where: '桥头第二家，她又被老公打了' })).body
    expect((await open(guide, id)).problem?.code).toBe('outreach.leadNotFound')
    expect((await open(clerk, id)).body.careful).toBe(true)
  })

  it('asks for a visit by the guide of the village, who reads at the door what was said', async () => {
    const { id } = (await note(clerk, { words: '灶台好久没开火' })).body
    const asked = await step(clerk, id, 'visit', { household: family })
    const task = await guide.get('GET /tasks/:taskId', { params: { taskId: asked.body.task ?? '' } })
    expect(task.body).toMatchObject({ kind: 'verification', origin: 'lead', why: { zh: '灶台好久没开火' } })
    expect(asked.body.state).toBe('found')
    const old = (await note(clerk)).body.id as Id
    house.at('2021-10-22T09:00:00+08:00')
    const late = await step(clerk, old, 'visit', { household: family })
    expect(late.body.daysLeft).toBeLessThan(0)
    const given = () => guide.get('GET /tasks/:taskId', { params: { taskId: late.body.task ?? '' } })
    expect((await given()).body).toMatchObject({ dueOn: '2021-10-22', daysLeft: 0 })
    house.at('2021-10-23T09:00:00+08:00')
    expect((await given()).body.daysLeft).toBe(-1)
  })

  it('that tells of the same family as another is joined to it by a person, and counted once', async () => {
    const conversion = async () => (await clerk.get('GET /leads/conversion')).body.total.found as number
    const [one, other] = [
      (await note(guide, { name: '章桂花' })).body.id as Id,
      (await note(guide, { name: '章桂花', channel: 'hotline' })).body.id as Id,
    ]
    const before = await conversion()
    const read = await open(guide, other)
    expect((read.body.alike as Line[]).map(l => l.id)).toEqual([one])
    expect((await step(guide, other, 'join', { lead: other })).problem?.code).toBe('outreach.leadNamesNothing')
    expect((await step(guide, other, 'join', { lead: one })).body).toMatchObject({ state: 'joined', joined: one })
    expect(await conversion()).toBe(before - 1)
    expect((await step(guide, other, 'reopen', { note: '不是同一家' })).body.state).toBe('found')
    expect(await conversion()).toBe(before)
  })

  it('is joined to one that is open and to no other, so that somebody looks at one of them', async () => {
    const named = async () => (await note(guide, { name: '孙雪琴' })).body.id as Id
    const [one, other, third] = [await named(), await named(), await named()]
    await step(guide, one, 'join', { lead: other })
    expect((await step(guide, other, 'join', { lead: one })).problem?.code).toBe('outreach.leadJoinsClosed')
    await step(clerk, third, 'withdraw', { note: '登记重了' })
    expect((await step(guide, other, 'join', { lead: third })).problem?.code).toBe('outreach.leadJoinsClosed')
    expect((await open(guide, other)).body.state).toBe('found')
  })

  it('that a colleague moved meanwhile is not overwritten by who has not seen it', async () => {
    const { id } = (await note(guide)).body
    const seen = (await open(clerk, id)).body.version
    await step(guide, id, 'verify', { household: family, note: '看过了，要帮', expectedVersion: seen })
    const late = await step(clerk, id, 'notSo', { note: '电话里说没事', expectedVersion: seen })
    expect(late.problem?.code).toBe('outreach.leadChanged')
    expect((await open(guide, id)).body.state).toBe('verified')
  })

  it('outside one’s village is neither noted nor seen', async () => {
    const away = house.as('guide', { scope: '330111110254' })
    const { id } = (await note(guide)).body
    expect((await note(away)).problem?.code).toBe('outreach.noSuchVillageToTell')
    expect((await open(away, id)).problem?.code).toBe('outreach.leadNotFound')
    const group = house.as('villageGroup')
    expect((await note(group)).problem).toBeUndefined()
    expect((await note(house.as('villageGroup', { scope: '330111110254' }))).problem?.code).toBe(
      'outreach.noSuchVillageToTell',
    )
  })

  it('is closed by no machine, nor written down in another’s name: the database does not let it', async () => {
    const { id } = (await note(guide)).body
    const machine = (text: string) =>
      house
        .inside(ctx => sql`${sql.raw(text)} where id = ${id}`.execute(ctx.transaction))
        .then(
          () => 'done',
          (error: { code?: string }) => error.code,
        )
    expect(await machine(`update outreach.lead set late_told_on = found_on`)).toBe('done')
    for (const state of ['notSo', 'withdrawn'])
      expect(await machine(`update outreach.lead set state = '${state}', closed_at = now(), due_on = null`)).toBe(
        '42501',
      )
    expect(await machine(`insert into outreach.lead select * from outreach.lead`)).toBe('42501')
  })

  it('nobody looked at in time is told of once', async () => {
    const { id } = (await note(guide)).body
    house.at('2021-10-20T09:00:00+08:00')
    await house.run('outreach.markLeadsLate')
    const [row] = await house.sql<{ late: string }>(
      'select late_told_on::text as late from outreach.lead where id = $1',
      [id],
    )
    expect(row?.late).toBe('2021-10-20')
    house.at('2021-10-21T09:00:00+08:00')
    await house.run('outreach.markLeadsLate')
    const [still] = await house.sql<{ late: string }>(
      'select late_told_on::text as late from outreach.lead where id = $1',
      [id],
    )
    expect(still?.late).toBe('2021-10-20')
  })
})

describe('conversion by channel', () => {
  it('has for each figure a list of that length, in what one may see', async () => {
    for (const who of [clerk, guide]) {
      const { items, total } = (await who.get('GET /leads/conversion')).body
      const keys = ['found', 'verified', 'helped', 'notSo'] as const
      for (const line of items as ({ channel: { id: string } } & Record<(typeof keys)[number], number>)[])
        for (const key of keys)
          expect([
            line.channel.id,
            key,
            (await listed(who, { show: key === 'found' ? 'counted' : key, channel: line.channel.id, limit: '100' }))
              .length,
          ]).toEqual([line.channel.id, key, line[key]])
      expect((await listed(who, { show: 'counted', limit: '100' })).length).toBe(total.found)
    }
  })
})

describe('the list of leads', () => {
  it('is shown page by page, what is over at its end', async () => {
    const all = (await listed(clerk, { show: 'all', limit: '100' })).map(l => l.id)
    const found: string[] = []
    let after: string | undefined
    do {
      const page = await clerk.get('GET /leads', { query: { show: 'all', limit: 2, ...(after ? { after } : {}) } })
      found.push(...(page.body.items as Line[]).map(l => l.id))
      after = (page.body.next as string | null) ?? undefined
    } while (after)
    expect(found).toEqual(all)
  })
})

describe('the made-up district', () => {
  it('has leads by several channels in several states, two of them of one family', async () => {
    const before = (await clerk.get('GET /leads/conversion')).body.total
    const there = { household: family, village: village as DivisionCode }
    expect(await house.inside(ctx => seedLeads(ctx, there))).toBe(6)
    const after = (await clerk.get('GET /leads/conversion')).body.total
    expect([after.found - before.found, after.verified - before.verified, after.helped - before.helped]).toEqual([
      6, 2, 1,
    ])
  })
})

describe('a family', () => {
  it('carries how it was found, and nothing where nobody wrote it down', async () => {
    const add = async (body: Record<string, unknown>) => {
      const { id } = (
        await clerk.post('POST /households', {
          body: { division: village, members: [{ name: '盛根法', relation: '02' }], ...body },
        })
      ).body
      return (await clerk.get('GET /households/:id', { params: { id } })).body.channel
    }
    expect(await add({ channel: 'window' })).toMatchObject({ id: 'window', words: { zh: '镇街窗口' } })
    expect(await add({})).toBeNull()
  })
})
