import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../../test/house.ts'
import { organisationOfUnit } from '../../pools/index.ts'
import { seedSlips } from './seed-slips.ts'

const start = '2021-09-26T09:00:00+08:00'
const village = '330111109203'
const need = '失业三个月，想学电工，家里有两个孩子'

let house: House
let guide: Client
let clerk: Client
let officer: Client
let bureau: Client
let family: Id
beforeAll(async () => {
  house = await openHouse({ at: start })
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '李敏' })
  officer = house.as('districtOfficer')
  bureau = house.as('bureauOfficer', { name: '郎志明', organisation: organisationOfUnit('hrss') })
  for (const who of [guide, clerk, officer, bureau]) await who.account()
  const added = await clerk.post('POST /households', {
    body: { division: village, members: [{ name: '俞建国', relation: '01' }] },
  })
  family = added.body.id
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

const elsewhere = { organisation: organisationOfUnit('education') }
const write = (who: Client, body: Record<string, unknown> = {}) =>
  who.post('POST /households/:householdId/slips', {
    params: { householdId: family },
    body: { unit: 'hrss', subject: 'P21', need, reach: '0571-00000000', days: 10, agreed: true, ...body },
  })
const step = (who: Client, slip: string, named: string, body: Record<string, unknown> = {}) =>
  who.post('POST /slips/:slipId/steps', { params: { slipId: slip }, body: { step: named, ...body } })
const open = (who: Client, slip: string) => who.get('GET /slips/:slipId', { params: { slipId: slip } })

describe('a slip', () => {
  it('says whom it is about, what is needed and by when, and is numbered on', async () => {
    const [one, other] = [await write(guide), await write(clerk)]
    expect(one.body).toMatchObject({
      unit: { slug: 'hrss' },
      subject: { id: 'P21' },
      whom: { name: '俞建国', reach: '0571-00000000' },
      need,
      state: 'sent',
      turn: 'bureau',
      // Three working days: 26 September 2021 is worked in place of a holiday.
      dueOn: '2021-09-29',
      household: family,
    })
    const [n, m] = [one, other].map(a => Number((a.body.number as string).slice(-3)))
    expect(one.body.number).toMatch(/^ZJ-330111109-20210926-\d{3}$/)
    expect(m).toBe((n ?? 0) + 1)
  })

  it('tells the bureau the whole name of a child too, and not the guide who writes it and may not open the record', async () => {
    const made = await clerk.post('POST /households', {
      body: {
        division: village,
        members: [
          { name: '俞建国', relation: '01' },
          { name: '俞小禾', relation: '30', birthDate: '2019-05-01' },
        ],
      },
    })
    const { body } = await guide.post('POST /households/:householdId/slips', {
      params: { householdId: made.body.id },
      body: { unit: 'hrss', need, days: 10, agreed: true, person: made.body.members[1] as Id },
    })
    expect((await open(bureau, body.id)).body).toMatchObject({ whom: { name: '俞小禾' } })
    expect(body.whom).toEqual({ name: '俞*禾', reach: null })
    for (const who of [guide, house.as('guide')])
      expect((await open(who, body.id)).text + (await who.get('GET /slips/sheet')).text).not.toContain('俞小禾')
    expect((await open(clerk, body.id)).body).toMatchObject({ whom: { name: '俞小禾' } })
  })

  it('is not written before the family agrees, nor to a unit or about a policy there is not', async () => {
    const refused = async (body: Record<string, unknown>) => (await write(guide, body)).problem?.code
    expect(await refused({ agreed: false })).toBe('outreach.notAgreed')
    expect(await refused({ unit: 'nowhere' })).toBe('outreach.unknownUnit')
    expect(await refused({ subject: 'P99' })).toBe('outreach.unknownSubject')
    expect(await refused({ unit: 'housing' })).toBe('outreach.otherUnits')
    expect(await refused({ unit: 'housing', subject: 'S-D2' })).toBeUndefined()
  })

  it('is read by the bureau it names, which reads the slip and no household', async () => {
    const { id } = (await write(guide)).body
    const read = await open(bureau, id)
    expect(read.body).toMatchObject({ whom: { name: '俞建国' }, need, household: null })
    expect(read.text).not.toContain(family)
    expect((await house.trail(1))[0]).toMatchObject({
      action: 'outreach.readSlip',
      role: 'bureauOfficer',
      subject_kind: 'household',
      subject_id: family,
    })
    const other = house.as('bureauOfficer', elsewhere)
    expect((await open(other, id)).problem?.code).toBe('outreach.slipNotFound')
    expect((await other.get('GET /slips')).body.items).toEqual([])
    expect((await open(house.as('guide', { scope: '330111110254' }), id)).problem?.code).toBe('outreach.slipNotFound')
  })

  it('is taken on, then done, with the answer of a person on it; and can be sent again or corrected', async () => {
    const { id } = (await write(guide)).body
    expect((await step(bureau, id, 'takeOn')).body).toMatchObject({ state: 'takenOn', dueOn: '2021-10-14' })
    expect((await step(bureau, id, 'finish')).problem?.code).toBe('outreach.wordsMissing')
    const done = await step(bureau, id, 'finish', { note: '已报名十月电工班' })
    expect(done.body).toMatchObject({ state: 'done', dueOn: null, turn: 'nobody' })
    expect(done.body.steps.at(-1)).toMatchObject({ by: '郎志明', office: 'bureau', note: '已报名十月电工班' })
    expect((await step(guide, id, 'sendAgain', { note: '家里说没接到电话' })).problem?.code).toBe(
      'outreach.slipStepNotOpen',
    )
    expect((await step(clerk, id, 'sendAgain', { note: '家里说没接到电话' })).body.state).toBe('sent')
    await step(bureau, id, 'decline', { note: '已过年龄' })
    expect((await step(bureau, id, 'correct', { note: '点错了' })).body).toMatchObject({
      state: 'sent',
      turn: 'bureau',
    })
  })

  it('is asked back to who wrote it and goes on with the reply', async () => {
    const { id } = (await write(guide)).body
    expect((await step(bureau, id, 'askBack', { note: '有没有初中以上文凭？' })).body).toMatchObject({
      state: 'askedBack',
      turn: 'sender',
    })
    expect((await step(bureau, id, 'reply', { note: '有的' })).problem?.code).toBe('outreach.slipStepNotOpen')
    const colleague = house.as('guide')
    expect((await step(colleague, id, 'reply', { note: '有的' })).problem?.code).toBe('outreach.slipStepNotOpen')
    expect((await step(guide, id, 'reply', { note: '初中毕业' })).body.state).toBe('sent')
  })

  it('taken back leaves the bureau a number and no name', async () => {
    const { id } = (await write(guide)).body
    expect((await step(guide, id, 'withdraw', { note: '家里不要了' })).body.state).toBe('withdrawn')
    const read = await open(bureau, id)
    expect(read.body).toMatchObject({ whom: null, name: '', state: 'withdrawn', next: [] })
    expect(read.text).not.toContain('俞')
  })

  it('answered on paper says who of the bureau did, and who noted it', async () => {
    const { id } = (await write(clerk, { unit: 'power-grid', subject: 'J1' })).body
    expect((await step(clerk, id, 'finish', { note: '已减免' })).problem?.code).toBe('outreach.whoAnsweredMissing')
    const done = await step(clerk, id, 'finish', { note: '已减免', answeredBy: '供电所老周' })
    expect(done.body.steps.at(-1)).toMatchObject({ by: '李敏', office: 'township', answeredBy: '供电所老周' })
    expect((await step(guide, id, 'correct', { note: '没有' })).problem?.code).toBe('outreach.slipStepNotOpen')
  })

  it('changed by a colleague meanwhile is not overwritten', async () => {
    const { id, version } = (await write(guide)).body
    await step(bureau, id, 'takeOn')
    const late = await step(clerk, id, 'finish', { note: '办了', answeredBy: '郎志明', expectedVersion: version })
    expect(late.problem?.code).toBe('outreach.slipChanged')
  })

  it('that needs care is the township’s: no guide sees it', async () => {
    const { id } = (await write(clerk, { unit: 'womens-federation', subject: undefined, careful: true })).body
    expect((await open(guide, id)).problem?.code).toBe('outreach.slipNotFound')
    expect((await open(clerk, id)).body.careful).toBe(true)
    expect((await write(guide, { careful: true })).problem?.code).toBe('outreach.carefulIsTownships')
  })
})

describe('the clock of slips', () => {
  it('tells the level above once, and the late ones stand in their list', async () => {
    const { id } = (await write(guide)).body
    house.at('2021-09-30T09:00:00+08:00')
    await house.run('outreach.markSlipsLate')
    await house.run('outreach.markSlipsLate')
    const late = await open(officer, id)
    expect(late.body.daysLeft).toBe(-1)
    expect(late.body.steps.filter((s: { office: string }) => s.office === 'clock')).toHaveLength(1)
    const listed = await officer.get('GET /slips', { query: { show: 'late' } })
    expect((listed.body.items as { id: string }[]).map(s => s.id)).toContain(id)
    expect(listed.body.counts.late).toBeGreaterThan(0)
  })

  it('counts what ran out for whose turn it is, of each as many as the list it opens, and in no words', async () => {
    house.at('2021-10-12T09:00:00+08:00')
    const waits = async (who: Client) => {
      const counted = await who.get('GET /slips/yours')
      const listed = await who.get('GET /slips', { query: { show: 'yours', limit: 100 } })
      expect(counted.body.late).toBe(listed.body.items.length)
      return (listed.body.items as { id: string }[]).map(s => s.id)
    }
    const [answer, reply] = [(await write(guide)).body.id, (await write(guide)).body.id]
    await step(bureau, reply, 'askBack', { note: '哪个村民小组？' })
    const who = [bureau, guide, clerk, house.as('guide'), house.as('bureauOfficer', elsewhere)]
    for (const one of who) expect((await waits(one)).filter(id => id === answer || id === reply)).toEqual([])
    house.at('2021-10-18T09:00:00+08:00')
    const theirs = await Promise.all(
      who.map(async one => (await waits(one)).filter(id => id === answer || id === reply)),
    )
    expect(theirs).toEqual([[answer], [reply], [], [], []])
    const above = async (one: Client) => {
      const listed = await one.get('GET /slips', { query: { show: 'below', limit: 100 } })
      expect((await one.get('GET /slips/yours')).body.below).toBe(listed.body.items.length)
      return (listed.body.items as { id: string }[]).map(s => s.id).filter(id => id === answer || id === reply)
    }
    expect(await Promise.all([officer, clerk, guide, bureau].map(above))).toEqual([[answer], [reply], [], []])
    await step(guide, reply, 'reply', { note: '三组' })
    expect(await waits(guide)).not.toContain(reply)
    expect(await above(clerk)).toEqual([])
  })

  it('says a slip is late on the weekend too, and counts working days alone', async () => {
    house.at('2021-10-12T09:00:00+08:00')
    const { id } = (await write(guide)).body
    const left: Record<string, number> = {}
    for (const day of ['13', '15', '16', '17', '18', '19']) {
      house.at(`2021-10-${day}T09:00:00+08:00`)
      left[day] = (await open(clerk, id)).body.daysLeft as number
    }
    expect(left).toEqual({ 13: 2, 15: 0, 16: -1, 17: -1, 18: -1, 19: -2 })
  })
})

describe('the list on paper', () => {
  it('holds the open slips to one bureau with all they say, and each family stands in the trail', async () => {
    const { id, number } = (await write(guide)).body
    const sheet = await clerk.get('GET /slips/sheet', { query: { unit: 'hrss' } })
    const line = (sheet.body.items as { id: string }[]).find(s => s.id === id)
    expect(line).toMatchObject({ number, need, whom: { name: '俞建国' } })
    expect(await house.trail(200)).toContainEqual(
      expect.objectContaining({ action: 'outreach.readSheet', subject_id: family }),
    )
    expect((await bureau.get('GET /slips/sheet')).body.items.length).toBe(sheet.body.items.length)
  })

  it('is shown page by page, the first due first', async () => {
    const all = (await clerk.get('GET /slips', { query: { show: 'all', limit: 100 } })).body.items as { id: string }[]
    const found: string[] = []
    let after: string | undefined
    do {
      const page = await clerk.get('GET /slips', { query: { show: 'all', limit: 2, ...(after ? { after } : {}) } })
      found.push(...(page.body.items as { id: string }[]).map(s => s.id))
      after = (page.body.next as string | null) ?? undefined
    } while (after)
    expect(found).toEqual(all.map(s => s.id))
    expect(new Set(found).size).toBe(found.length)
  })
})

describe('the made-up district', () => {
  it('has slips in several states, late ones among them, none of families without a guide', async () => {
    const far = '330111205214'
    await house.as('guide', { scope: far }).account()
    const added = await house.as('townshipClerk', { scope: far.slice(0, 9) }).post('POST /households', {
      body: { division: far, members: [{ name: '盛国平', relation: '01' }] },
    })
    const here = { household: family, village: village as DivisionCode }
    const there = { household: added.body.id as Id, village: far as DivisionCode }
    const nobodys = { household: family, village: '330111100205' as DivisionCode }
    expect(await house.inside(ctx => seedSlips(ctx, [there, nobodys, here]))).toBe(4)
    const { body } = await house.as('districtOfficer').get('GET /slips', {
      query: { show: 'all', household: there.household },
    })
    expect((body.items as { state: string }[]).map(s => s.state).toSorted()).toEqual(['sent', 'takenOn'])
    expect(body.counts).toMatchObject({ open: 2, late: 1 })
  })
})

describe('past every route', () => {
  const asked = (role: string, text: string, values: unknown[] = [], set: Record<string, string> = {}) =>
    house.database.app.connect().then(async client => {
      try {
        const all = {
          district: '330111',
          role,
          actor: newId(),
          lo: '',
          hi: '',
          organisation: '',
          household: '',
          ...set,
        }
        await client.query('begin')
        for (const [name, value] of Object.entries(all))
          await client.query(`select set_config('app.${name}', $1, true)`, [value])
        return await client.query(text, values).then(
          r => r.rowCount,
          (error: { code?: string }) => error.code,
        )
      } finally {
        await client.query('rollback')
        client.release()
      }
    })

  it('the database lets no machine answer a slip, and a bureau write none and change no other’s', async () => {
    const { id } = (await write(guide)).body
    const close = `update outreach.slip set state = 'declined', closed_at = now(), due_on = null where id = $1`
    const everywhere = { lo: '330111', hi: '330111:' }
    expect(await asked('machine', close, [id], everywhere)).toBe('42501')
    expect(await asked('districtOfficer', close, [id], everywhere)).toBe(1)
    const hrss = { organisation: organisationOfUnit('hrss') }
    expect(await asked('bureauOfficer', close, [id], hrss)).toBe(1)
    expect(await asked('bureauOfficer', close, [id], { organisation: organisationOfUnit('housing') })).toBe(0)
    const copy = `insert into outreach.slip select (s).* from (select s from outreach.slip s where id = $1) x`
    expect(await asked('bureauOfficer', copy, [id], hrss)).toBe('42501')
    // In another's name.
    expect(await asked('districtOfficer', copy, [id], everywhere)).toBe('42501')
    const answered = `insert into outreach.slip
      select (jsonb_populate_record(s, jsonb_build_object('state', 'done', 'closed_at', now(), 'due_on', null))).* from outreach.slip s where id = $1`
    const sender = (await house.sql<{ sent_by: string }>('select sent_by from outreach.slip where id = $1', [id]))[0]
    expect(await asked('districtOfficer', answered, [id], { ...everywhere, actor: sender?.sent_by ?? '' })).toBe(
      '42501',
    )
    expect(await asked('bureauOfficer', 'select from registry.household', [], hrss)).toBe(0)
    expect(await asked('provider', 'select from outreach.slip', [], hrss)).toBe(0)
  })
})
