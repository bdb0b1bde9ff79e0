import { createHmac } from 'node:crypto'
import { type Id, idCheckCharacter } from '@zhulian/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { sendMessages } from './outbox/send.ts'
import { pull } from './province/pull.ts'
import { takeMessages } from './province/take-messages.ts'
import { say } from './say.ts'
import { type Heard, type OtherSystem, otherSystem } from './test/other-system.ts'
import { standInProvince } from './test/province.ts'

const start = '2021-09-13T09:00:00+08:00'
const village = '330111109203'
const hour = 3_600_000

let house: House
let admin: Client
let guide: Client
let clerk: Client
let hub: Client
let other: OtherSystem
let second: OtherSystem
let province: Awaited<ReturnType<typeof standInProvince>>
let family: Id
beforeAll(async () => {
  ;[other, second, province] = [await otherSystem(), await otherSystem(), await standInProvince()]
  house = await openHouse({ at: start, insideOrigins: [other.origin, second.origin, province.origin] })
  admin = house.as('admin')
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '李敏' })
  hub = house.as('operator', { name: '孙洁' })
  family = await register('陆阿香', '1946-02-03')
})
beforeEach(async () => {
  await house.sql('truncate doors.subscription, doors.province_need, doors.province_batch cascade')
  await house.settle()
  house.at(start)
  for (const system of [other, second]) {
    system.take()
    system.answers(() => ({}))
  }
})
afterAll(async () => {
  await house.close()
  await Promise.all([other.close(), second.close(), province.close()])
})

async function register(name: string, birthDate: string, idNumber?: string): Promise<Id> {
  const added = await clerk.post('POST /households', {
    body: {
      division: village,
      members: [{ name, relation: '02', birthDate, ...(idNumber ? { idNumber } : {}) }],
    },
  })
  expect(added.problem).toBeUndefined()
  return added.body.id
}
const subscribe = async (kinds: readonly string[] = ['need.told', 'need.moved', 'need.closed'], system = other) => {
  const made = await admin.post('POST /webhooks', {
    body: { name: '社会组织平台', url: `${system.origin}/hook`, kinds },
  })
  expect(made.problem).toBeUndefined()
  return made.body
}
const tell = async (words = '想要一台助听器', more: object = {}) => {
  const { body } = await guide.post('POST /households/:householdId/needs', {
    params: { householdId: family },
    body: { words, ...more },
  })
  return body.id
}
const act = (id: Id, what: 'pause' | 'resume' | 'end' | 'trial', who = admin) =>
  who.post(`POST /webhooks/:subscriptionId/${what}`, { params: { subscriptionId: id }, body: {} })
const seen = async (id: Id) => (await admin.get('GET /webhooks')).body.items.find(s => s.id === id)
const messages = async (id: Id, state?: string) =>
  (await admin.get('GET /webhooks/:subscriptionId/messages', { params: { subscriptionId: id }, query: { state } })).body
    .items
const replay = (id: Id, body: object) =>
  admin.post('POST /webhooks/:subscriptionId/replay', { params: { subscriptionId: id }, body })
const signatures = ({ headers, body }: Heard, secrets: readonly string[]) =>
  secrets.map(secret => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  })

describe('another system', () => {
  it('is told of a need with its id and where it stands, signed, and of nothing that says whose it is', async () => {
    const { id, secret } = await subscribe()
    const need = await tell('陆阿香听不见，想要一台助听器')
    await house.settle()
    const [told] = other.take()
    expect(JSON.parse(told?.body ?? '')).toEqual({
      type: 'need.told',
      timestamp: new Date(start).toISOString(),
      data: { id: need, state: 'submitted', level: 'village' },
    })
    expect(told?.headers['webhook-id']).toMatch(/^msg_[0-9a-f-]{36}$/)
    expect(told?.headers['webhook-timestamp']).toBe(String(new Date(start).getTime() / 1000))
    expect(told?.headers['webhook-signature']).toBe(signatures(told as Heard, [secret])[0])
    const [message] = await messages(id)
    expect(message).toMatchObject({ kind: 'need.told', about: need, state: 'delivered', tries: 1 })
    expect(message?.attempts).toMatchObject([{ outcome: 'delivered', status: 200, answer: null }])
    const kept = JSON.stringify(await house.sql('select * from doors.message'))
    expect(kept).not.toMatch(/陆|阿香|助听器|330111109/)
  })

  it('is told of what it asked for and of nothing else; what needs care nobody is told of', async () => {
    await subscribe(['need.closed', 'wish.claimed'])
    const need = await tell()
    house.later(1000)
    await tell('他又打我，想换个地方住')
    await subscribe(['need.told', 'need.moved', 'need.closed'], second)
    await tell('他又打我，不敢回家')
    await house.settle()
    expect([...other.take(), ...second.take()]).toEqual([])
    const done = { params: { needId: need }, body: { step: 'withdraw', note: '自己买到了' } }
    await guide.post('POST /needs/:needId/steps', done)
    await house.settle()
    for (const system of [other, second])
      expect(system.take().map(h => JSON.parse(h.body))).toMatchObject([
        { type: 'need.closed', data: { id: need, state: 'withdrawn' } },
      ])
  })

  it('hears of a wish when it is published, taken and open again', async () => {
    await subscribe(['wish.published', 'wish.claimed', 'wish.reopened', 'wish.ended'])
    for (const year of [1943, 1944, 1945, 1947]) await register(`洪水${year}`, `${year}-05-01`)
    const need = await tell()
    const step = (who: Client, named: string, body: object = {}) =>
      who.post('POST /needs/:needId/steps', { params: { needId: need }, body: { step: named, ...body } })
    await step(guide, 'rise', { note: '村里没有' })
    await step(clerk, 'rise', { note: '镇上没有' })
    await step(hub, 'screen', { kind: 'wish' })
    await step(hub, 'pool')
    const wish = await hub.post('POST /needs/:needId/wish', {
      params: { needId: need },
      body: { words: '想要一个助听器', read: true },
    })
    const on = { params: { wishId: wish.body.id }, body: {} }
    const firm = house.as('provider', { name: '富春光学' })
    expect((await firm.post('POST /wishes/:wishId/claim', on)).problem).toBeUndefined()
    await firm.post('POST /wishes/:wishId/unclaim', { ...on, body: { reason: '没有货' } })
    await hub.post('POST /wishes/:wishId/withdraw', { ...on, body: { reason: '另有办法' } })
    await house.settle()
    // All of one instant here: in which order they come is not promised.
    const told = other.take().map(h => JSON.parse(h.body) as { type: string })
    expect(told.toSorted((a, b) => a.type.localeCompare(b.type))).toMatchObject(
      [
        ['wish.claimed', 'claimed'],
        ['wish.ended', 'withdrawn'],
        ['wish.published', 'open'],
        ['wish.reopened', 'open'],
      ].map(([type, state]) => ({ type, data: { id: wish.body.id, state } })),
    )
  })

  it('hears nothing of what was rolled back, and again, under the same id, what was sent as the power went', async () => {
    const { id } = await subscribe()
    const told = { params: { householdId: family }, body: { words: '想要', item: 'S-ZZ' } }
    expect((await guide.post('POST /households/:householdId/needs', told)).problem).toBeDefined()
    await house.settle()
    expect(other.take()).toEqual([])
    await tell()
    await house.sql(`delete from jobs.job where name = 'doors.send'`)
    await house.inside(async ctx => {
      await say(ctx, { kind: 'need.told', id: family, at: ctx.now.toISOString(), state: 'submitted' })
    })
    const power = house.inside(async ctx => {
      await sendMessages(ctx)
      throw new Error('the power went')
    })
    await expect(power).rejects.toThrow('the power went')
    const [first] = other.take()
    expect(await messages(id, 'delivered')).toEqual([])
    await house.settle()
    const again = other.take().find(h => h.headers['webhook-id'] === first?.headers['webhook-id'])
    expect(again?.body).toBe(first?.body)
  })

  it('that fails is tried for three days, later and later, then lies with the dead until somebody sends it again', async () => {
    const { id } = await subscribe()
    other.answers(() => ({ status: 500, body: '{"error":"陆阿香 330111194605016021"}' }))
    await tell()
    await house.settle()
    let tried = other.take().length
    for (const began = new Date(start).getTime(), at = { ms: 0 }; at.ms < 90 * hour; ) {
      const [message] = await messages(id)
      if (!message?.nextAt) break
      at.ms = new Date(message.nextAt).getTime() - began
      house.at(new Date(new Date(message.nextAt).getTime() - 1000).toISOString())
      await house.settle()
      expect(other.take(), 'not before its time').toEqual([])
      house.later(2000)
      await house.settle()
      tried += other.take().length
    }
    expect(tried).toBe(10)
    const [dead] = await messages(id, 'dead')
    expect(dead).toMatchObject({ why: 'triesOver', tries: 10 })
    expect(dead?.attempts.length).toBe(10)
    const span = new Date(dead?.attempts[0]?.at ?? 0).getTime() - new Date(start).getTime()
    expect(span / hour).toBeGreaterThan(72)
    expect(dead?.attempts[0]).toMatchObject({ outcome: 'failed', status: 500, answer: '{"error":" *"}' })
    expect(await seen(id)).toMatchObject({ dead: 1, deadLately: 1, waiting: 0, state: 'active' })
    other.answers(() => ({}))
    expect((await replay(id, { message: dead?.id })).body).toEqual({ replayed: 1 })
    await house.settle()
    expect(other.take()[0]?.headers['webhook-id']).toBe(`msg_${dead?.id}`)
    expect(await seen(id)).toMatchObject({ dead: 0, delivered: 1 })
    expect((await messages(id))[0]).toMatchObject({ replays: 1, tries: 1 })
  })

  it('is sent a span of time again when somebody asks: the dead alone, or all', async () => {
    const { id } = await subscribe()
    for (let i = 0; i < 3; i++) await tell()
    await house.settle()
    expect(other.take().length).toBe(3)
    const [from, until] = ['2021-09-13T00:59:00Z', '2021-09-13T01:01:00Z']
    expect((await replay(id, { from, until, which: 'dead' })).problem?.code).toBe('doors.nothingToReplay')
    expect((await replay(id, { from: until, until: '2021-09-14T00:00:00Z', which: 'all' })).problem).toBeDefined()
    expect((await replay(id, { from, until, which: 'all' })).body).toEqual({ replayed: 3 })
    await house.settle()
    expect(new Set(other.take().map(h => h.headers['webhook-id'])).size).toBe(3)
    const mine = await subscribe(undefined, second)
    const foreign = (await messages(id))[0]?.id
    expect((await replay(mine.id, { message: foreign })).problem?.code).toBe('doors.nothingToReplay')
  })

  it('that says it is gone is paused at once and an administrator told; what happens meanwhile goes out when it is taken up', async () => {
    const { id } = await subscribe()
    other.answers(() => ({ status: 410 }))
    await tell()
    await house.settle()
    expect(await seen(id)).toMatchObject({ state: 'paused', why: 'gone', waiting: 1 })
    await tell()
    house.later(24 * hour)
    await house.settle()
    expect(other.take().length).toBe(1)
    other.answers(() => ({}))
    expect((await act(id, 'resume')).problem).toBeUndefined()
    await house.settle()
    expect(other.take().length).toBe(2)
    expect((await act(id, 'resume')).problem?.code).toBe('doors.stateAlready')
  })

  it('that refuses three in a row is paused; one it refuses among others holds none of them up', async () => {
    const { id } = await subscribe()
    other.answers(({ body }) => ({ status: body.includes('need.moved') ? 422 : 200 }))
    const need = await tell()
    await guide.post('POST /needs/:needId/steps', { params: { needId: need }, body: { step: 'accept' } })
    await tell()
    await house.settle()
    expect(await seen(id)).toMatchObject({ state: 'active', delivered: 2, waiting: 1 })
    other.answers(() => ({ status: 401 }))
    for (let i = 0; i < 3; i++) await tell()
    await house.settle()
    expect(await seen(id)).toMatchObject({ state: 'paused', why: 'refused' })
  })

  it('that asks for time is given it', async () => {
    const { id } = await subscribe()
    other.answers(() => ({ status: 429, headers: { 'retry-after': '900' } }))
    await tell()
    await tell()
    await house.settle()
    expect(other.take().length).toBe(1)
    other.answers(() => ({}))
    house.later(899_000)
    await house.settle()
    expect(other.take()).toEqual([])
    house.later(2000)
    await house.settle()
    expect(other.take().length).toBe(2)
    expect(await seen(id)).toMatchObject({ failures: 0, notBefore: null })
  })

  it('that is taken up again while it is being sent to counts anew', async () => {
    const { id } = await subscribe()
    other.answers(() => ({ status: 500 }))
    await tell()
    await house.settle()
    house.later(6000)
    await house.settle()
    expect(await messages(id)).toMatchObject([{ tries: 2 }])
    other.answers(async () => {
      expect([(await act(id, 'pause')).problem, (await act(id, 'resume')).problem]).toEqual([undefined, undefined])
      return { status: 410 }
    })
    house.later(331_000)
    await house.run('doors.send')
    expect(await messages(id)).toMatchObject([{ tries: 1, state: 'waiting' }])
    expect(await seen(id)).toMatchObject({ state: 'active', failures: 0, notBefore: null })
  })

  it('that is slow holds up no other', async () => {
    await subscribe()
    await subscribe(undefined, second)
    let reached = () => {}
    const other2 = new Promise<void>(done => (reached = done))
    // Each answers only once the other was asked: one after the other neither would.
    other.answers(async () => (await other2, {}))
    second.answers(() => (reached(), {}))
    await tell()
    expect((await house.settle()).failures).toEqual([])
    expect([other.take().length, second.take().length]).toEqual([1, 1])
  })

  it('has a new secret while the old one is good for some hours yet', async () => {
    const { id, secret } = await subscribe()
    const rotated = await admin.post('POST /webhooks/:subscriptionId/rotate', {
      params: { subscriptionId: id },
      body: { overlapHours: 24 },
    })
    const secrets = [rotated.body.secret, secret]
    await act(id, 'trial')
    await house.settle()
    const [both] = other.take()
    expect(both?.headers['webhook-signature']).toBe(signatures(both as Heard, secrets).join(' '))
    house.later(24 * hour)
    await act(id, 'trial')
    await house.settle()
    const [one] = other.take()
    expect(one?.headers['webhook-signature']).toBe(signatures(one as Heard, secrets)[0])
    const stored = JSON.stringify(await house.sql('select * from doors.subscription'))
    expect(stored).not.toContain(rotated.body.secret)
    expect(JSON.stringify((await admin.get('GET /webhooks')).body)).not.toContain('whsec_')
  })

  it('is heard of no more once it has ended', async () => {
    const { id } = await subscribe()
    other.answers(() => ({ status: 500 }))
    await tell()
    await house.settle()
    expect(other.take().length).toBe(1)
    expect((await act(id, 'end')).problem).toBeUndefined()
    await tell()
    await house.settle()
    expect(other.take()).toEqual([])
    expect(await messages(id)).toMatchObject([{ state: 'dead', why: 'ended' }])
    expect((await act(id, 'resume')).problem?.code).toBe('doors.subscriptionEnded')
    expect((await replay(id, { message: (await messages(id))[0]?.id })).problem?.code).toBe('doors.subscriptionEnded')
  })

  it('lies outside: an address inside, without https or with a password is refused, and who gives one proves who they are', async () => {
    const add = (url: string, who = admin, kinds = ['need.told']) =>
      who.post('POST /webhooks', { body: { name: '某系统', url, kinds } })
    for (const url of [
      'http://hooks.example.gov.cn/a',
      'https://127.0.0.1/',
      'https://169.254.169.254/latest',
      'https://[::1]/',
      'https://localhost:8080/',
      'https://a:b@hooks.example.gov.cn/',
      'not an address',
      house.url,
    ])
      expect((await add(url)).problem?.code, url).toBe('doors.addressRefused')
    const inside = await add('https://10.0.0.1/')
    expect(inside.problem?.detail).toContain('ZHULIAN_INSIDE')
    expect((await add('https://hooks.example.gov.cn/a', admin, [])).problem?.code).toBe('doors.kindsMissing')
    expect((await add('https://h.example.cn/', house.as('admin', { proved: false }))).problem?.code).toBe(
      'request.proofNeeded',
    )
    expect((await add('https://h.example.cn/', house.as('districtOfficer'))).problem?.code).toBe('request.notAllowed')
    const made = await add('https://hooks.example.gov.cn/a')
    const change = (body: object) =>
      admin.put('PUT /webhooks/:subscriptionId', { params: { subscriptionId: made.body.id }, body })
    const body = { name: '某系统', url: 'https://10.0.0.1/', kinds: ['need.told'], expectedVersion: 1 }
    expect((await change(body)).problem?.code).toBe('doors.addressRefused')
    expect((await change({ ...body, url: 'https://h.example.cn/', expectedVersion: 7 })).problem?.code).toBe(
      'doors.subscriptionChanged',
    )
    expect((await change({ ...body, url: 'https://h.example.cn/' })).body).toEqual({ version: 2 })
    const line = (await house.trail(200)).find(
      one => one.action === 'doors.changeSubscription' && one.outcome === 'done',
    )
    expect(line?.reason).toBe('某系统（hooks.example.gov.cn）；某系统（h.example.cn）')
  })
})

describe('the province’s platform', () => {
  /** A person of the registry, and how the province would name them. */
  const number = (n: number) => {
    const first = `3301111945${String((n % 9) + 1).padStart(2, '0')}0${(n % 8) + 1}${String(100 + n)}`
    return `${first}${idCheckCharacter(first)}`
  }
  let n = 0
  const someone = async () => {
    const [name, idNumber] = [
      `施${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'子丑寅卯辰巳午未申酉'[Math.floor(n / 10)]}`,
      number(n++),
    ]
    await register(name, `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`, idNumber)
    return { name, idNumber }
  }
  let no = 0
  const message = async (over: object = {}) => ({
    externalId: `ZJ-${String(++no).padStart(6, '0')}`,
    ...(await someone()),
    division: village,
    words: '想要一台助听器',
    urgent: false,
    toldOn: '2021-09-12',
    ...over,
  })
  const connect = async () => {
    const made = await admin.post('POST /webhooks', {
      body: { form: 'province', name: '省大救助信息平台', url: province.url, kinds: [] },
    })
    expect(made.problem).toBeUndefined()
    province.knows(made.body)
    province.offers([])
    province.results.splice(0)
    province.isDown(false)
    return made.body
  }
  const push = (needs: readonly unknown[], how: object = {}, over: object = {}) =>
    province.push(
      house.url,
      house.app.installation.clock.now(),
      { batchId: 'B1', count: needs.length, needs, ...over },
      how,
    )
  const needsTold = async () =>
    await house.sql<{ id: Id; told_name: string; origin: string }>(
      `select id, told_name, origin from wishes.need where origin = 'province'`,
    )
  const waiting = async (who: Client = clerk) => (await who.get('GET /province/needs')).body.items

  it('sends needs, signed; each becomes one of the family, and what becomes of it goes back', async () => {
    await connect()
    const [one, two] = [await message(), await message({ urgent: true })]
    const before = (await needsTold()).length
    const sent = await push([one, two])
    expect(sent).toMatchObject({
      status: 200,
      account: { messages: 2, accepted: 2, duplicate: 0, quarantined: 0 },
      needs: [
        { externalId: one.externalId, outcome: 'accepted', why: null },
        { externalId: two.externalId, outcome: 'accepted', why: null },
      ],
    })
    const told = await needsTold()
    expect(told.length).toBe(before + 2)
    expect(told.at(-1)).toMatchObject({ told_name: '省大救助信息平台' })
    const [{ need_id: need } = { need_id: '' }] = await house.sql<{ need_id: string }>(
      'select need_id from doors.province_need where external_id = $1',
      [one.externalId],
    )
    house.later(60_000)
    await guide.post('POST /needs/:needId/steps', { params: { needId: need }, body: { step: 'accept' } })
    await house.settle()
    expect(province.results.filter(r => r.externalId === one.externalId)).toEqual([
      { externalId: one.externalId, state: 'accepted', at: '2021-09-13T01:00:00.000Z' },
      { externalId: one.externalId, state: 'acceptedVillage', level: 'village', at: '2021-09-13T01:01:00.000Z' },
    ])
    const kept = JSON.stringify([
      await house.sql('select * from doors.province_need'),
      await house.sql('select body from doors.message'),
    ])
    expect(kept).not.toContain(one.name)
    expect(kept).not.toContain(one.idNumber)
    expect(kept).not.toContain('助听器')
  })

  it('is taken in once, however often and in whatever order of keys it sends the same, also twice at the same moment', async () => {
    await connect()
    const one = await message()
    const [a, b] = await Promise.all([push([one]), push([one])])
    const outcomes = [a, b].map(sent => sent.needs?.[0]?.outcome)
    expect(outcomes.toSorted()).toEqual(['accepted', 'duplicate'])
    const turned = Object.fromEntries(Object.entries(one).toReversed())
    expect((await push([turned, one])).account).toMatchObject({ messages: 2, duplicate: 2 })
    expect(
      await house.sql('select came from doors.province_need where external_id = $1', [one.externalId]),
    ).toMatchObject([{ came: 4 }])
    expect((await house.sql('select id from doors.province_need')).length).toBe(1)
  })

  it('connected anew brings nothing in twice, and hears what becomes of what it sent before', async () => {
    const before = await connect()
    const one = await message()
    expect((await push([one])).account).toMatchObject({ accepted: 1 })
    await act(before.id, 'end')
    await connect()
    expect((await push([one, { ...one, words: '又要一根拐杖' }])).needs).toMatchObject([
      { outcome: 'duplicate' },
      { outcome: 'quarantined', why: 'contentChanged' },
    ])
    const [{ need_id: need } = { need_id: '' }] = await house.sql<{ need_id: string }>(
      'select need_id from doors.province_need where need_id is not null',
    )
    await guide.post('POST /needs/:needId/steps', { params: { needId: need }, body: { step: 'accept' } })
    await house.settle()
    expect(province.results.map(r => r.state).toSorted()).toEqual(['acceptedVillage', 'quarantined'])
  })

  it('sends two contents under one number at the same moment: the second waits for the first, then for a person', async () => {
    const from = await connect()
    const one = await message()
    const { late } = await house.inside(async ctx => {
      await takeMessages(ctx, from, 'push', [one])
      const late = push([{ ...one, words: '另外还想要一根拐杖' }])
      await somebodyWaits()
      return { late }
    })
    expect((await late).needs).toMatchObject([{ outcome: 'quarantined', why: 'contentChanged' }])
  })

  // The locks of all databases stand in one view.
  async function somebodyWaits() {
    for (let i = 0; i < 200; i++) {
      const waiting = await house.sql(
        `select 1 from pg_locks join pg_stat_activity using (pid)
          where not granted and locktype = 'advisory' and datname = current_database()`,
      )
      if (waiting.length > 0) return
      await new Promise(done => setTimeout(done, 50))
    }
    throw new Error('nobody waits')
  }

  it('has each message accounted for, with a reason that a clerk can mend', async () => {
    await connect()
    const good = await message()
    const sent = await push([
      good,
      await message({ idNumber: '330111194513011234' }),
      await message({ idNumber: number(97) }),
      await message({ name: '另有其人' }),
      await message({ words: '' }),
      await message({ externalId: '' }),
      { nonsense: true },
      'nonsense',
      good,
    ])
    expect(sent.account).toEqual({ messages: 9, accepted: 1, duplicate: 1, quarantined: 7 })
    expect(sent.needs?.map(one => one.why)).toEqual([
      null,
      'idNumberWrong',
      'notInRegistry',
      'otherName',
      'fieldWrong',
      'fieldWrong',
      'fieldWrong',
      'fieldWrong',
      null,
    ])
    const officer = house.as('districtOfficer')
    const items = await waiting(officer)
    expect(items.length).toBe(7)
    expect(items.every(item => item.whyWords?.zh.includes('再收'))).toBe(true)
    expect(items.find(item => item.why === 'otherName')?.place).toBe('常绿镇青龙村')
    // What names no place of ours is the district's.
    expect((await waiting()).length).toBe(5)
    const away = house.as('townshipClerk', { scope: '330111110' })
    expect(await waiting(away)).toEqual([])
    expect((await guide.get('GET /province/needs')).problem?.code).toBe('request.notAllowed')
    const [batch] = (await admin.get('GET /province/batches')).body.items
    expect(batch).toMatchObject({ way: 'push', messages: 9, accepted: 1, duplicate: 1, quarantined: 7 })
    await house.settle()
    expect(province.results.filter(r => r.state === 'quarantined').length).toBe(7)
  })

  it('shows one that cannot be opened as such, with the others, and who keeps the house hears of it once', async () => {
    await connect()
    const [broken, whole] = [await message({ name: '写错一' }), await message({ name: '写错二' })]
    await push([broken, whole])
    await house.sql(`update doors.province_need set sealed_content = '\\x00' where external_id = $1`, [
      broken.externalId,
    ])
    const said = () => house.log.filter(line => line.includes('a sealed value cannot be opened')).length
    const before = said()
    const items = [...(await waiting()), ...(await waiting())]
    expect(said()).toBe(before + 1)
    const of = (id: string) => items.find(item => item.externalId === id)
    expect(of(broken.externalId)).toMatchObject({ content: null, whyWords: { zh: expect.stringContaining('打不开') } })
    expect(of(whole.externalId)?.content?.name).toBe('写错二')
    await house.sql('delete from doors.province_need where external_id = any($1)', [
      [broken.externalId, whole.externalId],
    ])
  })

  it('has what waits mended by a clerk, set aside with a reason, and taken back', async () => {
    await connect()
    const who = await someone()
    const wrong = await message({ name: '写错了', idNumber: who.idNumber })
    await push([wrong])
    const [item] = await waiting()
    const act = (step: 'mend' | 'set-aside' | 'take-back', body: object, by = clerk) =>
      by.post(`POST /province/needs/:messageId/${step}`, {
        params: { messageId: item?.id ?? '' },
        body: { expectedVersion: 1, ...body },
      })
    const still = await act('mend', { name: '又写错' })
    expect(still.problem?.code).toBe('doors.stillWrong')
    expect(still.problem?.detail).toContain('另一个名字')
    expect(
      (await act('mend', { name: who.name }, house.as('townshipClerk', { scope: '330111110' }))).problem?.code,
    ).toBe('doors.messageNotFound')
    expect((await act('set-aside', { reason: '已经电话办好' })).body).toMatchObject({ state: 'setAside', version: 2 })
    expect((await act('mend', { name: who.name })).problem?.code).toBe('doors.messageChanged')
    expect((await act('mend', { name: who.name, expectedVersion: 2 })).problem?.code).toBe('doors.messageNotOpen')
    expect((await act('take-back', { expectedVersion: 2 })).body).toMatchObject({ state: 'quarantined', version: 3 })
    const mended = await act('mend', { name: who.name, expectedVersion: 3 })
    expect(mended.body).toMatchObject({ state: 'accepted' })
    const [need] = await house.sql('select told_name, origin from wishes.need where id = $1', [mended.body.needId])
    expect(need).toEqual({ told_name: '李敏', origin: 'province' })
    await house.settle()
    const states = province.results.filter(r => r.externalId === wrong.externalId).map(r => r.state)
    expect(states.toSorted()).toEqual(['accepted', 'quarantined', 'quarantined', 'setAside'])
  })

  it('may send better what waits; what was taken in stands, and a change of it waits for a person', async () => {
    await connect()
    const one = await message()
    await push([{ ...one, name: '写错了' }])
    expect((await push([{ ...one, name: '又写错了' }])).account).toMatchObject({ quarantined: 1 })
    expect((await push([one])).account).toMatchObject({ accepted: 1 })
    expect(await waiting()).toEqual([])
    const changed = await push([{ ...one, words: '另外还想要一根拐杖' }])
    expect(changed.needs).toEqual([{ externalId: one.externalId, outcome: 'quarantined', why: 'contentChanged' }])
    expect((await push([{ ...one, words: '另外还想要一根拐杖' }])).account).toMatchObject({ duplicate: 1 })
  })

  it('is turned away when the signature, the key, the clock, the nonce or the envelope is not good, and nothing is kept', async () => {
    const key = await connect()
    const one = await message()
    expect(await push([one], { secret: 'x' })).toMatchObject({ status: 401, code: 'doors.signatureWrong' })
    expect(await push([one], { id: family })).toMatchObject({ status: 401, code: 'doors.signatureWrong' })
    expect(await push([one], { sent: '{}' })).toMatchObject({ status: 401, code: 'doors.signatureWrong' })
    for (const off of [-301, 301]) expect(await push([one], { off })).toMatchObject({ code: 'doors.clockOff' })
    expect(await push([one], {}, { count: 2 })).toMatchObject({ status: 422, code: 'doors.envelopeWrong' })
    expect(await push([])).toMatchObject({ code: 'doors.envelopeWrong' })
    const hook = await subscribe()
    expect(await push([one], hook)).toMatchObject({ code: 'doors.signatureWrong' })
    expect(await house.sql('select id from doors.province_need')).toEqual([])
    const nonce = 'n'.repeat(20)
    expect(await push([one], { off: -299, nonce })).toMatchObject({ status: 200 })
    expect(await push([one], { nonce })).toMatchObject({ status: 409, code: 'doors.replayed' })
    const rotated = await admin.post('POST /webhooks/:subscriptionId/rotate', {
      params: { subscriptionId: key.id },
      body: { overlapHours: 1 },
    })
    expect((await push([one])).status).toBe(200)
    expect((await push([one], { secret: rotated.body.secret })).status).toBe(200)
    house.later(hour)
    expect((await push([one])).code).toBe('doors.signatureWrong')
    const more = await admin.post('POST /webhooks', {
      body: { form: 'province', name: '又一个', url: province.url, kinds: [] },
    })
    expect(more.problem?.code).toBe('doors.provinceThere')
  })

  it('is asked for what it offers, page by page; cut off in the middle it is asked again and nothing is there twice', async () => {
    await connect()
    const all = [await message(), await message(), await message(), await message({ name: '写错了' }), await message()]
    province.offers(all)
    const power = house.inside(async ctx => {
      await pull(ctx)
      throw new Error('the power went')
    })
    await expect(power).rejects.toThrow('the power went')
    expect(await house.sql('select id from doors.province_need')).toEqual([])
    await house.run('doors.pull')
    const rows = await house.sql<{ external_id: string; state: string }>(
      'select external_id, state from doors.province_need',
    )
    expect(rows.map(row => row.external_id).toSorted()).toEqual(all.map(one => one.externalId))
    expect(rows.filter(row => row.state === 'accepted').length).toBe(4)
    await house.run('doors.pull')
    province.offers([...all, await message()])
    await house.run('doors.pull')
    expect((await house.sql('select id from doors.province_need')).length).toBe(6)
    const sums = await house.sql(`select sum(messages)::int as n from doors.province_batch where way = 'pull'`)
    expect(sums).toEqual([{ n: 6 }])
    province.isDown(true)
    expect((await house.run('doors.pull')).failures).toEqual([])
  })

  it('whose last page comes again has nothing counted again until more stands on it', async () => {
    await connect()
    const [one, two] = [await message(), await message()]
    province.offers([one], { endsWithNull: true })
    for (let i = 0; i < 2; i++) await house.run('doors.pull')
    province.offers([one, two], { endsWithNull: true })
    await house.run('doors.pull')
    const batches = await house.sql('select accepted, duplicate from doors.province_batch order by duplicate')
    expect(batches).toEqual([
      { accepted: 1, duplicate: 0 },
      { accepted: 1, duplicate: 1 },
    ])
  })

  it('that is down gets each result once it is there again, and each once', async () => {
    await connect()
    province.isDown(true)
    const one = await message()
    await push([one])
    await house.settle()
    expect(province.results).toEqual([])
    province.isDown(false)
    house.later(6000)
    await house.settle()
    expect(province.results).toMatchObject([{ externalId: one.externalId, state: 'accepted' }])
    const [it] = (await admin.get('GET /webhooks')).body.items
    await replay(it?.id as Id, { from: '2021-09-13T00:00:00Z', until: '2021-09-14T00:00:00Z', which: 'all' })
    await house.settle()
    expect(province.results.length).toBe(1)
  })

  it('hears that a need about safety was taken in, and no more of it', async () => {
    await connect()
    const one = await message({ words: '他又打我，想换个地方住' })
    expect((await push([one])).account).toMatchObject({ accepted: 1 })
    const [row] = await house.sql<{ need_id: Id }>('select need_id from doors.province_need')
    const step = { params: { needId: row?.need_id ?? '' }, body: { step: 'rise', note: '请区里' } }
    expect((await clerk.post('POST /needs/:needId/steps', step)).problem).toBeUndefined()
    await house.settle()
    expect(province.results).toMatchObject([{ state: 'accepted' }])
  })
})
