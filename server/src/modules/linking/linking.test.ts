import type { Id } from '@zhulian/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'

const start = '2021-09-13T09:00:00+08:00'
const village = '330111109203'
const township = '330111109'

let house: House
let guide: Client
let clerk: Client
beforeAll(async () => {
  house = await openHouse({ at: start })
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '李敏' })
  for (const who of [guide, clerk]) await who.account()
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

let names = 0
/** A need that the township looks for a way for. */
async function need(body: Record<string, unknown> = {}): Promise<Id> {
  const added = await clerk.post('POST /households', {
    body: {
      division: village,
      members: [{ name: `骆家${'甲乙丙丁戊己庚辛壬癸'[names++ % 10] ?? ''}`, relation: '02' }],
    },
  })
  const told = await guide.post('POST /households/:householdId/needs', {
    params: { householdId: added.body.id },
    body: { words: '想学一门手艺', item: 'S-C2', ...body } as never,
  })
  const params = { needId: told.body.id }
  const risen = await guide.post('POST /needs/:needId/steps', { params, body: { step: 'rise', note: '村里没有' } })
  expect(risen.problem).toBeUndefined()
  return told.body.id
}
async function resource(name: string, body: Record<string, unknown> = {}): Promise<{ kind: 'resource'; id: Id }> {
  const added = await clerk.post('POST /resources', {
    body: {
      division: township,
      kind: 'organisation',
      name,
      offers: name,
      items: ['S-C2'],
      places: 1,
      ...body,
    } as never,
  })
  expect(added.problem).toBeUndefined()
  return { kind: 'resource', id: added.body.id }
}
/** What is there no more, so that each test has its own. */
async function empty(): Promise<void> {
  await house.sql(`update wishes.resource set until_on = '2021-09-12', from_on = '2021-09-01'`)
  await house.sql(`update projects.project set from_on = '2021-09-01', until_on = '2021-09-12'`)
  await house.sql(`update wishes.need set state = 'closed', closed_at = now(), due_on = null where closed_at is null`)
}
const suggest = async (who: Client = clerk, body: Record<string, unknown> = {}) => {
  const answer = await who.post('POST /linking/suggestion', { body: body as never })
  expect(answer.problem).toBeUndefined()
  return answer.body
}
/** By the version it stands at. */
const accept = async (links: readonly { need: Id; taker: { kind: 'resource' | 'project'; id: Id } }[]) => {
  const seen = await Promise.all(
    links.map(async link => ({ ...link, expectedVersion: (await read(link.need)).version })),
  )
  return await clerk.post('POST /linking/links', { body: { links: seen } })
}
const read = async (id: Id) => (await clerk.get('GET /needs/:needId', { params: { needId: id } })).body
const stands = async (id: Id) => (await read(id)).state

const charter = {
  name: '东洲订单培训',
  brand: 'hardship' as const,
  purpose: '让有劳动能力的人有一技之长',
  whatIsDone: '边培训、边就业，四十学时',
  forWhom: '愿意工作的人',
  limits: '不收学员的钱',
  safeguarding: '夜间课程有人接送',
  items: [{ service: 'S-C2', units: 30, unitFen: 150_000 }],
  places: 1,
  area: [township],
  fromOn: '2021-09-13',
  untilOn: '2022-03-13',
  indicators: [{ words: '三个月内就业', target: 20, unit: '人', measured: '社保记录' }],
}
/** Money and contract need two people each. */
async function running(more: Record<string, unknown> = {}): Promise<{ kind: 'project'; id: Id }> {
  const [hub, officer] = [house.as('operator'), house.as('districtOfficer')]
  const { id } = (await hub.post('POST /projects', { body: { ...charter, ...more } as never })).body
  for (const [who, step, body] of [
    [hub, 'askBudget', { amountFen: 4_500_000, fund: 'F04' }],
    [officer, 'approveBudget', {}],
    [hub, 'name', { organisation: { name: '新城就业服务中心' } }],
    [officer, 'sign', { note: '合同2021-7' }],
    [hub, 'start', {}],
  ] as const) {
    const done = await who.post('POST /projects/:projectId/steps', {
      params: { projectId: id },
      body: { step, ...body } as never,
    })
    expect(done.problem, step).toBeUndefined()
  }
  return { kind: 'project', id }
}

describe('a suggestion', () => {
  beforeEach(empty)

  it('gives a last place to who waits longest, says before whom the others come, and what is short', async () => {
    house.at('2021-08-20T09:00:00+08:00')
    const waited = await need()
    house.at(start)
    const fresh = await need({ item: 'S-C2' })
    const tutoring = await need({ item: 'S-D1', words: '孩子数学跟不上' })
    const class_ = await resource('电工班')
    const found = await suggest()
    expect(found).toMatchObject({ given: 1, open: 2, more: false })
    expect(found.rows).toMatchObject([
      { need: { id: waited, item: { id: 'S-C2' } }, taker: { id: class_.id, free: 1 } },
    ])
    const left = await suggest(clerk, { show: 'open' })
    // Of one instant: in no order.
    expect(left.rows.map(row => row.need.id).toSorted()).toEqual([fresh, tutoring].toSorted())
    expect(left.rows.find(row => row.need.id === fresh)?.others).toMatchObject([
      { why: 'full', taker: { id: class_.id }, before: [{ number: found.rows[0]?.need.number, waitedDays: 24 }] },
    ])
    expect(found.wanted).toMatchObject([{ taker: { id: class_.id }, meets: true, upTo: 1 }])
    expect(found.lacking).toMatchObject([{ item: { id: 'S-D1' }, needs: 1 }])
  })

  it('is accepted row by row or all; who lost a place meanwhile is told, and the others have theirs', async () => {
    const [first = '' as Id, second = '' as Id, third = '' as Id] = [
      await need(),
      await need(),
      await need(),
    ].toSorted()
    const [one, two] = [await resource('电工班'), await resource('焊工班')]
    const done = await accept([
      { need: first, taker: one },
      { need: second, taker: one },
      { need: third, taker: two },
    ])
    const refused = new Map(done.body.items.map(item => [item.need, item.refused?.zh ?? null]))
    expect([refused.get(first), refused.get(third)]).toEqual([null, null])
    expect(refused.get(second)).toContain('名额都用上了')
    expect([await stands(first), await stands(second), await stands(third)]).toEqual([
      'matched',
      'escalatedTownship',
      'matched',
    ])
    const undone = await clerk.post('POST /needs/:needId/steps', {
      params: { needId: first },
      body: { step: 'decline', note: '点错了' },
    })
    expect(undone.body.state).toBe('escalatedTownship')
    expect((await suggest()).rows.map(row => row.taker?.id)).toEqual([one.id])
  })

  it('keeps to what it was where another would do as well', async () => {
    const needs = [await need(), await need()]
    await resource('电工班')
    const before = await suggest()
    const [given] = before.rows
    for (let again = 0; again < 2; again++) {
      await resource(`另一个班${again}`, { items: ['S-D2'] })
      expect((await suggest()).rows.map(row => [row.need.id, row.taker?.id])).toEqual([
        [given?.need.id, given?.taker?.id],
      ])
    }
    // A second class: the other gets it, and nobody moves.
    await resource('焊工班')
    const after = await suggest()
    expect(after.rows.length).toBe(2)
    expect(after.rows.find(row => row.need.id === given?.need.id)?.taker?.id).toBe(given?.taker?.id)
    expect(needs).toContain(given?.need.id)
  })

  it('is not made again to whom a person said no, until that is taken back', async () => {
    const id = await need()
    const taker = await resource('电工班')
    const no = await clerk.post('POST /linking/declined', {
      body: { need: id, taker, reason: '这家的人听不清，上不了大课' },
    })
    expect(no.problem).toBeUndefined()
    expect((await suggest()).given).toBe(0)
    expect((await suggest(clerk, { show: 'open' })).rows[0]?.others).toMatchObject([
      { why: 'saidNo', declined: { id: no.body.id, by: '李敏', reason: '这家的人听不清，上不了大课' } },
    ])
    const params = { declinedId: no.body.id }
    expect((await clerk.delete('DELETE /linking/declined/:declinedId', { params })).problem).toBeUndefined()
    expect((await clerk.delete('DELETE /linking/declined/:declinedId', { params })).problem?.code).toBe(
      'linking.declinedNotFound',
    )
    expect((await suggest()).given).toBe(1)
    const nothing = { kind: 'resource' as const, id: '0198a4c0-0000-7000-8000-0000000000aa' as Id }
    expect(
      (await clerk.post('POST /linking/declined', { body: { need: id, taker: nothing, reason: '没有' } })).problem
        ?.code,
    ).toBe('linking.takerNotFound')
  })

  it('stands when its need follows a merge to another township, with what was said no to, and comes back', async () => {
    const [far, there] = ['330111110254', '330111110']
    const other = house.as('townshipClerk', { name: '章军', scope: there as never })
    const alone = async (who: Client, division: string) =>
      (
        await who.post('POST /households', {
          body: {
            division: division as never,
            members: [{ name: '骆有方', relation: '01', birthDate: '1950-03-04' as never }],
          },
        })
      ).body
    const [now, twin] = [await alone(other, far), await alone(clerk, village)]
    const told = await guide.post('POST /households/:householdId/needs', {
      params: { householdId: twin.id },
      body: { words: '想学一门手艺', item: 'S-C2' } as never,
    })
    const params = { needId: told.body.id }
    await guide.post('POST /needs/:needId/steps', { params, body: { step: 'rise', note: '村里没有' } })
    const project = await running({ area: ['330111'], places: 9 })
    expect((await suggest()).rows.map(row => row.taker?.id)).toEqual([project.id])
    const declined = { need: told.body.id, taker: project, reason: '路太远' }
    expect((await clerk.post('POST /linking/declined', { body: declined })).problem).toBeUndefined()
    await suggest()
    const officer = house.as('districtOfficer')
    const merged = await officer.post('POST /persons/:id/merge', {
      params: { id: now.members[0] as Id },
      body: { other: twin.members[0] as Id, reason: '上门核对是同一人', household: now.id },
    })
    expect(merged.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    // Written anew where it was written from another township.
    await house.sql(`update linking.suggestion set taker = 'resource:gone' where need_id = $1`, [told.body.id])
    const moved = await suggest(other, { show: 'open' })
    expect(moved.rows.map(row => [row.need.id, row.others.map(o => [o.why, o.declined?.reason])])).toEqual([
      [told.body.id, [['saidNo', '路太远']]],
    ])
    const lies = () =>
      house.sql<{ division: string }>('select division from linking.declined where need_id = $1', [told.body.id])
    expect(await lies()).toEqual([{ division: far }])
    await officer.post('POST /merges/:mergeId/undo', {
      params: { mergeId: merged.body.merge },
      body: { reason: '看错了，是两家' },
    })
    expect((await house.settle()).failures).toEqual([])
    expect(await lies()).toEqual([{ division: village }])
    expect((await suggest(clerk, { show: 'open' })).rows[0]?.others[0]?.why).toBe('saidNo')
  })

  it('is each level’s own, and never of what needs care', async () => {
    const id = await need()
    await resource('电工班')
    const careful = await clerk.post('POST /households/:householdId/needs', {
      params: { householdId: (await clerk.get('GET /needs/:needId', { params: { needId: id } })).body.household },
      body: { words: '他喝了酒打我，想学手艺搬出去', item: 'S-C2' } as never,
    })
    expect(careful.body.careful).toBe(true)
    expect((await suggest()).rows.map(row => row.need.id)).toEqual([id])
    expect((await suggest(clerk, { show: 'open' })).open).toBe(0)
    expect(await suggest(guide)).toMatchObject({ given: 0, open: 0, rows: [] })
    const elsewhere = house.as('townshipClerk', { scope: '330111110' as never })
    expect(await suggest(elsewhere)).toMatchObject({ given: 0, open: 0 })
    expect(JSON.stringify(await house.trail(50))).not.toMatch(/学一门手艺|骆家/)
  })
})

describe('the candidates of a need', () => {
  beforeEach(empty)

  it('are the best three with a free place, and it is said why others are not', async () => {
    const id = await need()
    for (const name of ['一班', '二班', '三班', '四班']) await resource(name)
    await resource('补课', { items: ['S-D1'] })
    const general = await resource('什么都帮', { items: [] })
    const taken = await need()
    const full = await resource('满了的班')
    await accept([{ need: taken, taker: full }])
    const { items, others } = (await clerk.get('GET /needs/:needId/candidates', { params: { needId: id } })).body
    expect(items.map(one => one.fits)).toEqual(['listed', 'listed', 'listed'])
    for (const { taker } of items) expect(['一班', '二班', '三班', '四班']).toContain(taker.name)
    expect(items.map(one => one.taker.id)).not.toContain(general.id)
    expect(others.map(one => [one.taker.name, one.why])).toEqual([['满了的班', 'full']])
  })
})

describe('a project', () => {
  beforeEach(empty)

  it('that runs where the family lives takes a need on; whom its rule does not mean goes to another, and hears why', async () => {
    const id = await need()
    const grown = await running({ name: '给孩子的班', eligibility: 'person.age < 3', places: 9 })
    const elsewhere = await running({ name: '别处的班', area: ['330111110'], places: 9 })
    await house.sql(`update registry.person set birth_date = '1985-05-04' where relation = '02'`)
    const candidates = async () => (await clerk.get('GET /needs/:needId/candidates', { params: { needId: id } })).body
    expect((await candidates()).items).toEqual([])
    expect((await candidates()).others.map(o => [o.taker.id, o.why])).toEqual([[grown.id, 'notMeant']])
    expect((await suggest()).given).toBe(0)
    const open_ = await running()
    const found = await suggest()
    expect(found.rows).toMatchObject([{ taker: { kind: 'project', id: open_.id }, meant: { verdict: 'noRule' } }])
    expect(found.rows[0]?.others.map(o => [o.taker.id, o.why])).toEqual([[grown.id, 'notMeant']])
    const { version } = await read(id)
    const links = (expectedVersion: number) => ({ links: [{ need: id, taker: open_, expectedVersion }] })
    const stale = await clerk.post('POST /linking/links', { body: links(version + 1) })
    expect(stale.body.items[0]?.refused?.zh).toContain('刚')
    expect(await stands(id)).toBe('escalatedTownship')
    const done = await clerk.post('POST /linking/links', { body: links(version) })
    expect(done.body.items).toEqual([{ need: id, refused: null }])
    expect(await stands(id)).toBe('matched')
    expect(JSON.stringify(found)).not.toContain(elsewhere.id)
    const again = await need()
    const late = await accept([{ need: again, taker: open_ }])
    expect(late.body.items[0]?.refused).not.toBeNull()
    expect(await stands(again)).toBe('escalatedTownship')
  })
})
