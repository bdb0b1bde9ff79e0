import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'

const start = '2021-09-13T09:00:00+08:00'
const village = '330111109203'

let house: House
let guide: Client
let clerk: Client
let hub: Client
let firm: Client
beforeAll(async () => {
  house = await openHouse({ at: start })
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '李敏' })
  hub = house.as('operator', { name: '孙洁' })
  firm = house.as('provider', { name: '富春光学' })
  // Six of an age in the township, and one who is older than anybody.
  for (const year of [1948, 1947, 1946, 1945, 1944, 1943]) await register(`洪水${year - 1900}`, `${year}-05-01`)
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

async function register(name: string, birthDate?: string, division = village, by = clerk): Promise<Id> {
  const added = await by.post('POST /households', {
    body: {
      division: division as never,
      members: [{ name, relation: '02', ...(birthDate ? { birthDate: birthDate as never } : {}) }],
    },
  })
  return added.body.id
}
const step = async (who: Client, need: Id, named: string, body: Record<string, unknown> = {}) => {
  const done = await who.post('POST /needs/:needId/steps', { params: { needId: need }, body: { step: named, ...body } })
  expect(done.problem?.code, named).toBeUndefined()
}
/** A need that nobody of the three levels could meet. */
async function inPool(household: Id, words = '陆阿香听不见，想要一个助听器'): Promise<Id> {
  const { body } = await guide.post('POST /households/:householdId/needs', {
    params: { householdId: household },
    body: { words },
  })
  await step(guide, body.id, 'rise', { note: '村里没有' })
  await step(clerk, body.id, 'rise', { note: '镇上没有' })
  await step(hub, body.id, 'screen', { kind: 'wish' })
  await step(hub, body.id, 'pool')
  return body.id
}
const publish = (need: Id, body: Record<string, unknown> = {}) =>
  hub.post('POST /needs/:needId/wish', {
    params: { needId: need },
    body: { words: '想要一个助听器', read: true, ...body },
  })
const claim = (who: Client, wish: Id) => who.post('POST /wishes/:wishId/claim', { params: { wishId: wish }, body: {} })
const openWishes = async (who: Client = house.nobody()) =>
  (await who.get('GET /wishes', { query: { limit: 100 } })).body.items
const needOf = async (need: Id) => (await guide.get('GET /needs/:needId', { params: { needId: need } })).body
const published = async (year = '1946') => {
  const need = await inPool(await register('陆阿香', `${year}-02-03`))
  return { need, wish: (await publish(need)).body.id }
}

describe('a wish', () => {
  it('is published without what tells whose it is, once a person has read it', async () => {
    const need = await inPool(
      await register('陆阿香', '1946-02-03'),
      '陆阿香住青龙村3组，听不见，想要一个助听器，电话0571-00000000',
    )
    const { draft } = (await hub.get('GET /needs/:needId/wish', { params: { needId: need } })).body
    expect(draft).toMatchObject({
      words: '…住…，听不见，想要一个助听器，电话…',
      age: { zh: '70多岁' },
      place: '常绿镇',
    })
    expect(draft.alike).toBeGreaterThanOrEqual(5)
    expect((await publish(need, { read: false })).problem?.code).toBe('wishes.unread')
    for (const words of ['陆阿香想要助听器', '助听器，打13800000000', '青龙村的老人要助听器'])
      expect((await publish(need, { words })).problem?.code).toBe('wishes.tellsWho')
    const wish = (await publish(need, { untilOn: '2099-12-31' })).body
    expect(wish.untilOn).toBe('2022-09-13')
    const read = await house.nobody().get('GET /wishes', { query: { limit: 100 } })
    expect(read.body.items.find(w => w.id === wish.id)).toMatchObject({ words: '想要一个助听器', taken: null })
    expect(read.text).not.toMatch(/陆|阿香|青龙|330111109203/)
    expect(read.text).not.toContain(need)
  })

  it('keeps the text it was published with; a colleague who publishes another is told', async () => {
    const need = await inPool(await register('陆阿香', '1946-02-03'))
    const first = (await publish(need)).body
    expect((await publish(need)).body).toEqual(first)
    const second = await publish(need, { words: '想要一副老花镜和一个助听器' })
    expect(second.problem).toMatchObject({ code: 'wishes.alreadyPublished' })
    expect((await openWishes()).find(w => w.id === first.id)?.words).toBe('想要一个助听器')
  })

  it('tells no more of a person than five share: without the township, without the age, or not at all', async () => {
    const oldest = await inPool(await register('吕百岁', '1911-01-01'))
    const told = (await publish(oldest)).body
    expect(told.age === null || told.place === null).toBe(true)
    const rows = await house.sql<{ alike: number }>(`select alike from wishes.wish`)
    expect(rows.every(row => row.alike >= 5)).toBe(true)
  })

  it('does not say in its text what its card leaves out', async () => {
    const away = house.as('townshipClerk', { scope: '330111110' })
    for (let i = 0; i < 5; i++) await register(`俞小${'甲乙丙丁戊'[i]}`, '1990-05-01', '330111110254', away)
    const need = await inPool(await register('陆阿香', '1991-02-03'))
    for (const words of ['常绿镇有人想要助听器', '常绿有人想要助听器', '阿香想要助听器'])
      expect((await publish(need, { words })).problem?.code, words).toBe('wishes.tellsWho')
    expect((await publish(need)).body).toMatchObject({ place: null, age: { zh: '18到39岁' } })
  })

  it('about safety is never published', async () => {
    const { body } = await guide.post('POST /households/:householdId/needs', {
      params: { householdId: await register('吕金花', '1947-01-01') },
      body: { words: '他又打我，想换个地方住' },
    })
    expect((await publish(body.id)).problem?.code).toBe('wishes.needNotFound')
    const officer = house.as('districtOfficer')
    const draft = await officer.get('GET /needs/:needId/wish', { params: { needId: body.id } })
    expect(draft.problem?.code).toBe('wishes.carefulIsNotPublished')
  })

  it('is taken by one of however many press at the same moment; the others are told who, and that others wait', async () => {
    const { need, wish } = await published()
    await published('1947')
    const many = Array.from({ length: 8 }, (_, i) => house.as('provider', { name: `企业${i}` }))
    for (const who of many) await who.arrive()
    const answers = await Promise.all(many.map(who => claim(who, wish)))
    const won = answers.filter(a => !a.problem)
    expect(won.length).toBe(1)
    const lost = answers.filter(a => a.problem)
    expect(new Set(lost.map(a => a.problem?.code))).toEqual(new Set(['wishes.alreadyTaken']))
    expect(lost[0]?.problem?.detail).toMatch(new RegExp(`刚被${won[0]?.body.taken?.by ?? '?'}认领.*还有\\d+个心愿`))
    expect(await needOf(need)).toMatchObject({ state: 'claimed' })
    expect((await needOf(need)).steps.at(-1)).toMatchObject({ words: { zh: '有人认领' }, by: won[0]?.body.taken?.by })
    expect((await openWishes()).map(w => w.id)).not.toContain(wish)
  })

  it('is theirs still who press again, in another window, and the need moves once', async () => {
    const { need, wish } = await published()
    const first = await claim(firm, wish)
    const again = await claim(firm, wish)
    expect(again.problem).toBeUndefined()
    expect(again.body).toEqual(first.body)
    expect((await needOf(need)).steps.filter(s => s.words.zh === '有人认领').length).toBe(1)
    await firm.post('POST /wishes/:wishId/unclaim', { params: { wishId: wish }, body: { reason: '做不了' } })
  })

  it('waits for whoever holds its row: the second reads who took it', async () => {
    const { wish } = await published()
    const other = house.as('helper', { name: '党员老周' })
    await other.arrive()
    let second: ReturnType<typeof claim> | undefined
    await house.inside(async ctx => {
      await ctx.transaction
        .updateTable('wishes.wish' as never)
        .set({
          state: 'claimed',
          taken_by: ctx.actor.account,
          taken_name: '富春光学',
          taken_at: ctx.now,
          taken_on: ctx.today,
        } as never)
        .where('id' as never, '=', wish as never)
        .execute()
      second = claim(other, wish)
      await new Promise(done => setTimeout(done, 300))
    })
    expect((await second)?.problem?.code).toBe('wishes.alreadyTaken')
  })

  it('shows who took it whose it is only when the family agreed, and the least', async () => {
    const { need, wish } = await published()
    expect((await claim(firm, wish)).body.taken).toMatchObject({ by: '富春光学', agreed: false, whom: null })
    expect((await firm.get('GET /needs/:needId', { params: { needId: need } })).problem?.code).toBe(
      'request.notAllowed',
    )
    const agree = async (who: Client, body: Record<string, unknown>) =>
      who.post('POST /wishes/:wishId/consent', {
        params: { wishId: wish },
        body: { agreed: true, expectedVersion: (await needOf(need)).wish?.version ?? 0, ...body },
      })
    expect((await agree(guide, {})).problem?.code).toBe('wishes.whomMissing')
    // Who may not read the need is told no more than of one that is not there.
    const elsewhere = house.as('guide', { scope: '330111110254' as never })
    expect((await agree(elsewhere, { name: '陆奶奶', reach: '先找导服员' })).problem?.code).toBe('wishes.wishNotFound')
    const stranger = await elsewhere.post('POST /wishes/:wishId/thanks', {
      params: { wishId: wish },
      body: { words: '谢谢您肯帮忙' },
    })
    expect(stranger.problem?.code).toBe('wishes.wishNotFound')
    const answered = await agree(guide, { name: '陆奶奶', reach: '请先找导服员徐小英' })
    expect(answered.body.taken).toMatchObject({ agreed: true, whom: null })
    const mine = async (who: Client) => (await who.get('GET /wishes', { query: { show: 'mine' } })).body.items
    expect((await mine(firm)).find(w => w.id === wish)?.taken?.whom).toEqual({
      name: '陆奶奶',
      reach: '请先找导服员徐小英',
    })
    expect(await mine(house.as('provider'))).toEqual([])
    const thank = (words: string) =>
      hub.post('POST /wishes/:wishId/thanks', { params: { wishId: wish }, body: { words } })
    expect((await thank('陆阿香谢谢您')).problem?.code).toBe('wishes.tellsWho')
    expect((await thank('听得见孙女说话了，谢谢您')).problem).toBeUndefined()
    expect((await mine(firm)).find(w => w.id === wish)?.taken?.thanks).toBe('听得见孙女说话了，谢谢您')
  })

  it('is open again when the family does not agree, when it is given back, and when nobody began in time', async () => {
    const { need, wish } = await published()
    await claim(firm, wish)
    const hears = await firm.live()
    const { version = 0 } = (await needOf(need)).wish ?? {}
    await guide.post('POST /wishes/:wishId/consent', {
      params: { wishId: wish },
      body: { agreed: false, expectedVersion: version },
    })
    expect((await hears.next('wishes.wishMoved')).id).toBe(wish)
    hears.close()
    expect((await needOf(need)).state).toBe('inWishPool')
    await claim(firm, wish)
    const stranger = await house
      .as('provider')
      .post('POST /wishes/:wishId/unclaim', { params: { wishId: wish }, body: { reason: '不关我的事' } })
    expect(stranger.problem?.code).toBe('wishes.wishNotFound')
    await firm.post('POST /wishes/:wishId/unclaim', { params: { wishId: wish }, body: { reason: '采购没批' } })
    expect((await openWishes()).find(w => w.id === wish)).toMatchObject({ state: 'open', taken: null })
    await claim(firm, wish)
    house.at('2021-10-11T12:00:00+08:00')
    await house.run('wishes.moveUp')
    expect((await needOf(need)).state).toBe('inWishPool')
    expect((await openWishes()).map(w => w.id)).toContain(wish)
  })

  it('goes with its need: taken back it can be taken no more, given back by the hub it is open, done it has come true', async () => {
    const household = await register('陆阿香', '1946-02-03')
    const home = house.as('resident', { village, household })
    const back = await inPool(household)
    const wish = (await publish(back)).body.id
    await home.post('POST /my/needs/:needId/steps', { params: { needId: back }, body: { step: 'withdraw' } })
    expect((await openWishes()).map(w => w.id)).not.toContain(wish)
    expect((await claim(firm, wish)).problem?.code).toBe('wishes.wishNotFound')

    const { need, wish: done } = await published()
    const mine = async () => (await firm.get('GET /wishes', { query: { show: 'mine' } })).body.items
    await claim(firm, done)
    await step(hub, need, 'unclaim', { note: '企业说办不了' })
    expect((await mine()).map(w => w.id)).not.toContain(done)
    await claim(firm, done)
    await step(hub, need, 'assign', { note: '富春光学上门' })
    const midway = await firm.post('POST /wishes/:wishId/unclaim', {
      params: { wishId: done },
      body: { reason: '不想办了' },
    })
    expect(midway.problem?.code).toBe('wishes.wishOver')
    await step(hub, need, 'start')
    await step(hub, need, 'deliver', { note: '配好了' })
    await step(guide, need, 'confirm', { note: '听得见了' })
    expect((await mine()).find(w => w.id === done)).toMatchObject({ state: 'kept', taken: { by: '富春光学' } })
    expect((await needOf(need)).wish).toMatchObject({ id: done, by: '富春光学' })
  })

  it('is not taken by who pressed while its need was being taken back', async () => {
    const { need, wish } = await published()
    const other = house.as('helper', { name: '党员老周' })
    await other.arrive()
    let pressed: ReturnType<typeof claim> | undefined
    await house.inside(async ctx => {
      await ctx.transaction
        .updateTable('wishes.need' as never)
        .set({ state: 'screened' } as never)
        .where('id' as never, '=', need as never)
        .execute()
      pressed = claim(other, wish)
      await new Promise(done => setTimeout(done, 300))
    })
    expect((await pressed)?.problem?.code).toBe('wishes.wishNotFound')
    const [row] = await house.sql<{ state: string }>('select state from wishes.wish where id = $1', [wish])
    expect(row?.state).toBe('open')
  })

  it('tells a name to nobody the family was not asked about, and thanks to nobody they were not meant for', async () => {
    const { need, wish } = await published()
    await claim(firm, wish)
    const { version = 0 } = (await needOf(need)).wish ?? {}
    await hub.post('POST /wishes/:wishId/thanks', { params: { wishId: wish }, body: { words: '谢谢您肯帮忙' } })
    await firm.post('POST /wishes/:wishId/unclaim', { params: { wishId: wish }, body: { reason: '采购没批' } })
    const other = house.as('helper', { name: '党员老周' })
    expect((await claim(other, wish)).body.taken).toMatchObject({ by: '党员老周', thanks: null })
    const late = await guide.post('POST /wishes/:wishId/consent', {
      params: { wishId: wish },
      body: { agreed: true, name: '陆奶奶', reach: '先找导服员', expectedVersion: version },
    })
    expect(late.problem?.code).toBe('wishes.wishChanged')
    // Of a person who took it strangers read no full name.
    const lost = await claim(firm, wish)
    expect(lost.problem?.detail).toMatch(/刚被党\*+周认领/)
  })

  it('that nobody took in its time is taken down, and so is one the hub takes back', async () => {
    const [{ wish: old }, { wish: back }] = [await published('1946'), await published('1947')]
    const down = await hub.post('POST /wishes/:wishId/withdraw', {
      params: { wishId: back },
      body: { reason: '写错了' },
    })
    expect(down.body.state).toBe('withdrawn')
    expect((await claim(firm, back)).problem?.code).toBe('wishes.wishNotFound')
    house.at('2021-12-20T09:00:00+08:00')
    expect((await claim(firm, old)).problem?.code).toBe('wishes.wishNotFound')
    await house.run('wishes.takeDown')
    const rows = await house.sql<{ state: string }>('select state from wishes.wish where id = $1', [old])
    expect(rows[0]?.state).toBe('expired')
  })

  it('is left to others by who has twenty that wait', async () => {
    const greedy = house.as('provider', { name: '全都要' })
    const account = await greedy.account()
    const { wish } = await published()
    await house.sql(
      `insert into wishes.wish (district, id, need_id, words, alike, state, published_on, published_at, published_by, until_on, taken_by, taken_name, taken_at, taken_on)
       select '330111', gen_random_uuid(), gen_random_uuid(), '书', 9, 'claimed', '2021-09-01', now(), $1, '2021-12-31', $1, '全都要', now(), '2021-09-01' from generate_series(1, 20)`,
      [account],
    )
    expect((await claim(greedy, wish)).problem?.code).toBe('wishes.tooMany')
    await house.sql(
      `update wishes.wish set state = 'open', taken_by = null, taken_name = null, taken_at = null, taken_on = null
      where id = (select min(id::text)::uuid from wishes.wish where taken_by = $1 and words = '书')`,
      [account],
    )
    const { wish: second } = await published('1947')
    const both = await Promise.all([claim(greedy, wish), claim(greedy, second)])
    expect(both.map(answer => answer.problem?.code ?? 'taken').toSorted()).toEqual(['taken', 'wishes.tooMany'])
    // Of two pressed at once the second counts what the first took: it waits for it.
    let waiting: ReturnType<typeof claim> | undefined
    await house.inside(async ctx => {
      await sql`select pg_advisory_xact_lock(hashtext(${`wishes claim ${account}`}))`.execute(ctx.transaction)
      let over = false
      waiting = claim(greedy, wish).finally(() => (over = true))
      await new Promise(done => setTimeout(done, 300))
      expect(over).toBe(false)
    })
    await waiting
  })
})
