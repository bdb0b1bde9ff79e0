import { setTimeout as sleep } from 'node:timers/promises'
import { type Day, type Id, newId } from '@zhulian/kernel'
import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { provePart } from './check-chains.ts'
import { noteService } from './index.ts'

const start = '2021-09-13T09:00:00+08:00'
const village = '330111109203'
const next = '330111109213'

let house: House
let guide: Client
let group: Client
let clerk: Client
let officer: Client
let auditor: Client
beforeAll(async () => {
  house = await openHouse({ at: start })
  guide = house.as('guide', { name: '徐小英' })
  group = house.as('villageGroup', { name: '村里' })
  clerk = house.as('townshipClerk', { name: '李敏' })
  officer = house.as('districtOfficer', { name: '周建国' })
  auditor = house.as('auditor', { name: '区里' })
  for (const who of [guide, group, clerk, officer, auditor]) await who.account()
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

async function family(name = '方水根', division = village): Promise<{ id: Id; head: Id }> {
  const added = await clerk.post('POST /households', {
    body: { division: division as never, members: [{ name, relation: '01', birthDate: '1950-03-04' as never }] },
  })
  return { id: added.body.id, head: added.body.members[0] as Id }
}
const note = async (household: Id, body: Record<string, unknown> = {}, who = guide): Promise<Id> =>
  (
    await who.post('POST /households/:householdId/needs', {
      params: { householdId: household },
      body: { words: '奶奶听不见，想要一个助听器', ...body },
    })
  ).body.id
async function step(who: Client, need: Id, named: string, body: Record<string, unknown> = {}): Promise<void> {
  const done = await who.post('POST /needs/:needId/steps', {
    params: { needId: need },
    body: { step: named, ...body } as never,
  })
  expect(done.problem?.code, done.text.slice(0, 200)).toBeUndefined()
}
const track = (who: Client, household: Id) =>
  who.get('GET /households/:householdId/track', { params: { householdId: household } })
const kindsOf = async (who: Client, household: Id) =>
  (await track(who, household)).body.lines.flatMap(line => line.records.map(r => r.kind))
const home = (household: Id) => house.as('resident', { village, household })
const mine = async (who: Client) => (await who.get('GET /my/track', { query: {} })).body.items
const check = async (household?: Id) =>
  (await auditor.get('GET /track/check', { query: household === undefined ? {} : { household } })).body
/** One household with six records. */
async function served() {
  const { id, head } = await family()
  const { id: resource } = (
    await guide.post('POST /resources', {
      body: { division: village, kind: 'skill', name: '修灯师傅', offers: '修灯', places: 50 },
    })
  ).body
  const need = await note(id)
  await step(guide, need, 'accept')
  await step(guide, need, 'match', { resource })
  await step(guide, need, 'assign', { note: '师傅明天去' })
  await step(guide, need, 'start')
  await step(guide, need, 'deliver', { note: '修好了' })
  return { id, head, need }
}

describe('the track of a family', () => {
  it('has what was assessed, linked, visited and served on one line for each need, with who, when and on what ground', async () => {
    const { id, need } = await served()
    const helper = house.as('helper', { name: '何建明' })
    const paired = await clerk.post('POST /households/:householdId/pairings', {
      params: { householdId: id },
      body: { helper: await helper.account(), kind: 'partyMember', reach: '村口第二家' } as never,
    })
    await helper.post('POST /pairings/:pairingId/visits', {
      params: { pairingId: paired.body.id },
      body: { how: 'dayVisit', met: true, words: '聊了一会儿' } as never,
    })
    const { lines } = (await track(guide, id)).body
    expect(lines.map(line => line.need?.id ?? null).toSorted()).toEqual([null, need].toSorted())
    const line = lines.find(one => one.need)
    expect(line).toMatchObject({
      has: ['assessment', 'link', 'service'],
      need: { number: expect.stringMatching(/^XQ-/) },
    })
    expect(line?.records.map(r => [r.kind, r.words.zh, r.by])).toEqual([
      ['assessment', '提出了需要', '徐小英'],
      ['link', '链接了现有资源', '徐小英'],
      ['link', '派了单', '徐小英'],
      ['service', '开始服务', '徐小英'],
      ['service', '说做完了', '徐小英'],
    ])
    const said = (kind: string, label: string) =>
      line?.records.find(r => r.kind === kind)?.lines.find(l => l.label.zh === label)?.said.zh
    expect(said('assessment', '当时情况的印记')).toMatch(/^[0-9a-f]{12}$/)
    expect(said('link', '选定')).toBe('修灯师傅')
    const visit = lines.find(one => !one.need)?.records[0]
    expect(visit).toMatchObject({
      kind: 'visit',
      words: { zh: '结对帮扶人来过' },
      by: '何建明',
      source: { kind: 'helperVisit' },
    })
  })

  it('is read by the family itself, without what is not for it, and it reads who opened it', async () => {
    const { id } = await served()
    house.later(1000)
    expect((await track(guide, id)).status).toBe(200)
    const own = home(id)
    const read = await mine(own)
    expect(read.map(r => r.words.zh)).toEqual(['说做完了', '开始服务', '派了单', '链接了现有资源', '提出了需要'])
    expect(JSON.stringify(read)).not.toContain('徐小英')
    const page = (await own.get('GET /my/track', { query: { limit: 2 } })).body
    const rest = (await own.get('GET /my/track', { query: { after: page.next ?? undefined } })).body
    expect([...page.items, ...rest.items]).toEqual(read)
    expect(read.flatMap(r => r.lines.map(l => l.label.zh))).not.toContain('当时情况的印记')
    // What may be about somebody who is protected reads like everything else.
    const openings = (await own.get('GET /my/record/openings', { query: {} })).body.items
    expect(openings[0]).toMatchObject({ role: 'guide', words: { zh: '查看了一户的轨迹' } })
    expect(new Set(openings.slice(1).map(o => o.words.zh))).toEqual(new Set(['办了和您家有关的事']))
    expect(await mine(home(newId()))).toEqual([])
  })

  it('shows what is careful to the offices alone, and to everybody else no gap where it is', async () => {
    const { id } = await family('陆小兰')
    await note(id)
    await note(id, { words: '他喝了酒就打我，想有个地方住' })
    await note(id, { words: '想要一副老花镜' })
    expect((await kindsOf(clerk, id)).length).toBe(3)
    for (const who of [guide, group]) expect((await kindsOf(who, id)).length).toBe(2)
    expect((await mine(home(id))).length).toBe(2)
    const shown = JSON.stringify([(await track(guide, id)).body, await mine(home(id))])
    expect(shown).not.toMatch(/"turn"|"count"|"seal"/)
    expect((await guide.get('GET /track/check', { query: { household: id } })).status).toBe(403)
  })

  it('is not read from elsewhere, as if there were none', async () => {
    const { id } = await family('何远')
    const there = house.as('guide', { scope: next as never })
    const answer = async (household: Id) => (await track(there, household)).problem?.code
    expect([await answer(id), await answer(newId())]).toEqual(['registry.notFound', 'registry.notFound'])
  })

  it('tells the whole village group nothing of what visits came to, and of a child nobody in the field without a grant', async () => {
    const { id } = await family('盛国平')
    const child = { household: id, division: village, source: { kind: 'order', id: newId() } }
    const words = { zh: '课后陪伴两小时', en: 'two hours of company' }
    await house.inside(async ctx => {
      await noteService(ctx, { ...child, forHandlers: true, fields: { words, units: 2, cost: 12_000 } })
      await noteService(ctx, { ...child, minorUntil: '2028-01-01' as Day, fields: { words } })
    })
    expect((await kindsOf(group, id)).length).toBe(0)
    expect((await kindsOf(guide, id)).length).toBe(1)
    expect((await kindsOf(clerk, id)).length).toBe(2)
    await clerk.post('POST /households/:id/minor-grants', {
      params: { id },
      body: { reader: await guide.account(), reason: '长期照看这一户' },
    })
    expect((await kindsOf(guide, id)).length).toBe(2)
    expect((await track(clerk, id)).body.lines[0]?.records[0]?.lines.map(l => l.said.zh)).toEqual(['2', '120.00元'])
  })

  it('follows a merge to where the person lives, stays off the telephone there, is whole all the way, and goes back', async () => {
    const [now, twin] = [await family('倪校松'), await family('倪校松', next)]
    const there = house.as('guide', { scope: next as never })
    await note(twin.id, {}, there)
    const merged = await officer.post('POST /persons/:id/merge', {
      params: { id: now.head },
      body: { other: twin.head, reason: '上门核对是同一人', household: now.id },
    })
    expect(merged.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    expect(await kindsOf(guide, now.id)).toEqual(['assessment'])
    expect(await mine(home(now.id))).toEqual([])
    expect((await check(twin.id)).broken).toEqual([])
    const undone = await officer.post('POST /merges/:mergeId/undo', {
      params: { mergeId: merged.body.merge },
      body: { reason: '看错了，是两家' },
    })
    expect(undone.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    expect(await kindsOf(guide, now.id)).toEqual([])
    expect(await kindsOf(there, twin.id)).toEqual(['assessment'])
    expect((await check(twin.id)).broken).toEqual([])
  })

  it('goes back with all that was written meanwhile of what was on it before, and a later merge takes only what is there', async () => {
    const [now, twin] = [await family('倪校梅'), await family('倪校梅', next)]
    const there = house.as('guide', { scope: next as never })
    const told = await note(twin.id, {}, there)
    const merge = async () => {
      house.later(60_000)
      const { body } = await officer.post('POST /persons/:id/merge', {
        params: { id: now.head },
        body: { other: twin.head, reason: '上门核对是同一人', household: now.id },
      })
      expect((await house.settle()).failures).toEqual([])
      return body.merge
    }
    const undo = async (mergeId: Id) => {
      house.later(60_000)
      await officer.post('POST /merges/:mergeId/undo', { params: { mergeId }, body: { reason: '看错了，是两家' } })
      expect((await house.settle()).failures).toEqual([])
    }
    const first = await merge()
    const { id: resource } = (
      await guide.post('POST /resources', {
        body: { division: village, kind: 'skill', name: '修灯师傅', offers: '修灯', places: 50 },
      })
    ).body
    await step(guide, told, 'accept')
    await step(guide, told, 'match', { resource })
    await step(guide, told, 'assign', { note: '师傅明天去' })
    await note(now.id, { words: '想要一副老花镜' })
    expect((await kindsOf(clerk, now.id)).length).toBe(4)
    await undo(first)
    expect((await kindsOf(clerk, twin.id)).length).toBe(3)
    expect((await kindsOf(clerk, now.id)).length).toBe(1)
    expect((await mine(house.as('resident', { village: next, household: twin.id }))).length).toBe(3)
    await note(now.id, { words: '想学剪纸' })
    await step(there, told, 'start')
    expect((await kindsOf(clerk, now.id)).length).toBe(2)
    const again = await merge()
    expect((await kindsOf(clerk, now.id)).length).toBe(6)
    await undo(again)
    expect((await kindsOf(clerk, twin.id)).length).toBe(4)
    expect((await kindsOf(clerk, now.id)).length).toBe(2)
    for (const { id } of [now, twin]) expect((await check(id)).broken).toEqual([])
  })

  it('of a household without a track that became part of another stands where the family lives now, whoever writes meanwhile', async () => {
    const [now, twin] = [await family('倪校桂'), await family('倪校桂', next)]
    const merged = await officer.post('POST /persons/:id/merge', {
      params: { id: now.head },
      body: { other: twin.head, reason: '上门核对是同一人', household: now.id },
    })
    expect((await house.settle()).failures).toEqual([])
    const late = { household: twin.id, division: next, source: { kind: 'order', id: newId() } }
    await house.inside(ctx => noteService(ctx, { ...late, fields: { words: { zh: '修好了灯', en: 'mended' } } }))
    expect(await kindsOf(guide, now.id)).toEqual(['service'])
    expect(await mine(home(now.id))).toEqual([])
    await officer.post('POST /merges/:mergeId/undo', {
      params: { mergeId: merged.body.merge },
      body: { reason: '看错了，是两家' },
    })
    expect((await house.settle()).failures).toEqual([])
    expect(await kindsOf(house.as('guide', { scope: next as never }), twin.id)).toEqual(['service'])
    expect((await check(twin.id)).broken).toEqual([])
  })

  it('that is being written while its household becomes part of another comes along', async () => {
    const [now, twin] = [await family('倪校兰'), await family('倪校兰', next)]
    await officer.post('POST /persons/:id/merge', {
      params: { id: now.head },
      body: { other: twin.head, reason: '上门核对是同一人', household: now.id },
    })
    const late = { household: twin.id, division: next, source: { kind: 'order', id: newId() } }
    const followed = await house.inside(async ctx => {
      await noteService(ctx, { ...late, fields: { words: { zh: '修好了灯', en: 'mended' } } })
      const following = house.settle()
      expect(await Promise.race([following.then(() => 'done'), sleep(300, 'waits')])).toBe('waits')
      return { following }
    })
    expect((await followed.following).failures).toEqual([])
    expect(await kindsOf(guide, now.id)).toEqual(['service'])
  })

  it('of a need told in another home before a merge is on no telephone of this one afterwards either', async () => {
    const [now, twin] = [await family('倪校竹'), await family('倪校竹', next)]
    const told = await note(twin.id, {}, house.as('guide', { scope: next as never }))
    const merged = await officer.post('POST /persons/:id/merge', {
      params: { id: now.head },
      body: { other: twin.head, reason: '上门核对是同一人', household: now.id },
    })
    expect(merged.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    await step(guide, told, 'accept')
    await step(guide, told, 'rise', { note: '村里没有' })
    await step(clerk, told, 'rise', { note: '镇里也没有' })
    await step(officer, told, 'screen', { kind: 'wish' })
    expect(await kindsOf(clerk, now.id)).toEqual(['assessment', 'assessment'])
    expect(await mine(home(now.id))).toEqual([])
  })
})

describe('the whole of a family', () => {
  const whole = async (who: Client, household: Id) =>
    (await who.get('GET /households/:householdId/whole', { params: { householdId: household } })).body
  const lane = async (who: Client, household: Id, named: string) =>
    (await whole(who, household)).lanes.find(one => one.lane === named)?.items ?? []

  it('shows by time what happened, what is received, promised and due, each with the way to where it stands', async () => {
    const { id, need } = await served()
    const receipt = await clerk.post('POST /households/:id/receipts', {
      params: { id },
      body: { policy: 'P01', fromOn: '2021-07-01' as Day, amount: 900, period: 'month' },
    })
    expect(receipt.problem).toBeUndefined()
    await house.sql(
      `update entitlements.receipt set until_on = '2021-11-01', ended_at = now(), ended_by = recorded_by, ended_role = 'townshipClerk' where household_id = $1`,
      [id],
    )
    const sent = await guide.post('POST /households/:householdId/slips', {
      params: { householdId: id },
      body: { unit: 'hrss', need: '想找活干', reach: '问导服员', agreed: true },
    })
    expect(sent.problem).toBeUndefined()
    expect(await lane(guide, id, 'help')).toMatchObject([
      { from: '2021-07-01', until: '2021-11-01', note: { zh: '每月900元' }, to: { screen: 'help' } },
    ])
    expect((await lane(guide, id, 'service')).map(one => one.words.zh)).toEqual(['开始服务', '说做完了'])
    expect(await lane(guide, id, 'wish')).toMatchObject([
      { from: '2021-09-13', until: null, to: { screen: 'need', id: need } },
    ])
    expect(await lane(guide, id, 'promise')).toMatchObject([{ from: '2021-09-13', to: { screen: 'slip' } }])
    house.at('2021-10-20T09:00:00+08:00')
    const { acts } = await whole(guide, id)
    expect(acts.map(a => a.kind)).toEqual(['slip', 'confirm', 'ending'])
    expect(acts[1]?.because.zh).toBe('帮忙的人说做完了，家里还没答')
  })

  it('shows a guide nothing of what is careful, neither among the lanes nor among what to do', async () => {
    const { id } = await family('陆小梅')
    await note(id, { words: '他喝了酒就打我，想有个地方住' })
    house.at('2021-10-20T09:00:00+08:00')
    const seen = await whole(guide, id)
    expect(seen.lanes.flatMap(one => one.items)).toEqual([])
    expect(seen.acts.map(a => a.kind)).toEqual(['undecided'])
    expect((await whole(clerk, id)).acts.map(a => a.kind)).toEqual(['lateNeed', 'undecided'])
    expect((await group.get('GET /households/:householdId/whole', { params: { householdId: id } })).status).toBe(403)
  })

  it('is for a quarter on one sheet, with what benefits came to, and nothing careful whoever prints it', async () => {
    const { id } = await served()
    await note(id, { words: '他喝了酒就打我，想有个地方住' })
    await clerk.post('POST /households/:id/receipts', {
      params: { id },
      body: { policy: 'P01', fromOn: '2021-08-01' as Day, amount: 900, period: 'month' },
    })
    const sheet = async (who: Client, quarter?: string) =>
      (
        await who.get('GET /households/:householdId/quarter', {
          params: { householdId: id },
          query: quarter ? { quarter } : {},
        })
      ).body
    const third = await sheet(clerk)
    expect(third).toMatchObject({ quarter: '2021-Q3', sum: 1800, isWhole: true, village, name: '方水根' })
    expect(third.services.map(one => one.words.zh)).toEqual(['链接了现有资源', '派了单', '开始服务', '说做完了'])
    expect((await sheet(clerk, '2021-Q1')).services).toEqual([])
    const own = (await home(id).get('GET /my/quarter', { query: {} })).body
    expect(own).toEqual(third)
    expect((await house.as('resident').get('GET /my/quarter', { query: {} })).problem?.code).toBe('track.noFamilyYet')
  })
})

describe('the seal', () => {
  const plant = async (change: string, values: unknown[]) => {
    await house.sql('alter table track.record disable row level security')
    try {
      await house.sql(change, values)
    } finally {
      await house.sql('alter table track.record enable row level security')
    }
  }

  it('holds for all that was written', async () => {
    const whole = await check()
    expect(whole.broken).toEqual([])
    expect(whole.records).toBeGreaterThan(10)
  })

  it.each([
    ['the name of who did it', `by_name = '别人'`, 'altered'],
    ['the day', `on_day = on_day - 1`, 'altered'],
    ['who may read it', `careful = true`, 'altered'],
    ['what was written', `sealed_fields = sealed_fields || 'x'::bytea`, 'altered'],
    ['the mark itself', `seal = before`, 'altered'],
  ])('finds that somebody changed %s', async (_, set, fault) => {
    const { id } = await served()
    expect((await check(id)).broken).toEqual([])
    await plant(`update track.record set ${set} where household_id = $1 and turn = 3`, [id])
    expect((await check(id)).broken).toMatchObject([{ household: id, fault, turn: 3 }])
    expect((await check()).broken.map(b => b.household)).toContain(id)
  })

  it('takes what is written while it is read for nothing that is missing', async () => {
    const { id } = await served()
    const late = { household: id, division: village, source: { kind: 'order', id: newId() } }
    const words = { zh: '修好了灯', en: 'mended' }
    let isFirst = true
    const meanwhile: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        const writes = isFirst
        isFirst = false
        if (writes) await house.inside(ctx => noteService(ctx, { ...late, fields: { words } }))
        return result
      },
    }
    const proved = await house.inside(ctx => {
      const watched = { ...ctx, transaction: ctx.transaction.withPlugin(meanwhile) } as typeof ctx
      return provePart(watched, { household: id })
    })
    expect(proved).toMatchObject({ chains: 1, records: 6, broken: [] })
  })

  it('finds one taken out of the middle, two that changed places, and the last one cut off', async () => {
    const [out, swapped, cut] = [await served(), await served(), await served()]
    await plant('delete from track.record where household_id = $1 and turn = 2', [out.id])
    expect((await check(out.id)).broken).toMatchObject([{ fault: 'missing', turn: 2 }])
    await plant('update track.record set turn = 9 - turn + 50 where household_id = $1 and turn in (4, 5)', [swapped.id])
    await plant('update track.record set turn = turn - 50 where household_id = $1 and turn > 50', [swapped.id])
    expect((await check(swapped.id)).broken).toMatchObject([{ fault: 'altered', turn: 4 }])
    await plant('delete from track.record where household_id = $1 and turn = 5', [cut.id])
    expect((await check(cut.id)).broken).toMatchObject([{ fault: 'cut', turn: 5 }])
  })

  it('finds by the marks of the nights that the end of a chain was cut together with what says how long it was', async () => {
    const { id } = await served()
    await house.run('track.anchor')
    await house.run('track.anchor')
    const { anchors } = await check()
    expect(anchors).toMatchObject({ nights: 1, firstWrong: null, newest: { on: '2021-09-13' } })
    await plant('delete from track.record where household_id = $1 and turn = 5', [id])
    await house.sql(
      `update track.chain c set turn = 4, seal = r.seal from track.record r
        where c.household_id = $1 and r.household_id = c.household_id and r.turn = 4`,
      [id],
    )
    expect((await check(id)).broken).toMatchObject([{ fault: 'anchor', turn: 5 }])
    await house.sql('delete from track.anchored where household_id = $1', [id])
    expect((await check()).anchors?.firstWrong).toBe('2021-09-13')
  })

  it('finds by the nights a family of whom every record and the end of its chain are gone', async () => {
    const { id } = await served()
    house.at('2021-09-14T09:00:00+08:00')
    await house.run('track.anchor')
    await plant('delete from track.record where household_id = $1', [id])
    await house.sql('delete from track.chain where household_id = $1', [id])
    expect((await check(id)).broken).toMatchObject([{ household: id, fault: 'cut', turn: 1 }])
    expect((await check()).broken.map(b => b.household)).toContain(id)
    expect((await check(newId())).broken).toEqual([])
  })

  it('cannot be made by the rooms themselves: who works here neither changes nor removes a record', async () => {
    const attempt = (text: string) => house.database.app.query(text)
    await expect(attempt(`update track.record set by_name = ''`)).rejects.toMatchObject({ code: '42501' })
    await expect(attempt('delete from track.record')).rejects.toMatchObject({ code: '42501' })
    await expect(attempt('delete from track.anchored')).rejects.toMatchObject({ code: '42501' })
  })
})

describe('proving the whole track', () => {
  const proofs = async (who: Client) => (await who.get('GET /track/proofs', { query: {} })).body.items

  it('goes on by itself, one at a time, and says who began it, how far it came and which chains are not as they were written', async () => {
    const { id } = await served()
    house.at('2021-09-15T09:00:00+08:00')
    await house.run('track.anchor')
    await house.sql('update track.chain set turn = turn + 1 where household_id = $1', [id])
    const begun = await auditor.post('POST /track/proofs', {})
    expect(begun.body).toMatchObject({ state: 'running', chains: 0, role: 'auditor' })
    expect((await officer.post('POST /track/proofs', {})).problem?.code).toBe('track.proofGoesOn')
    expect((await house.settle()).failures).toEqual([])
    const [last] = await proofs(officer)
    expect(last).toMatchObject({ id: begun.body.id, state: 'done', by: '区里', role: 'auditor' })
    expect(last?.broken).toContainEqual({ household: id, fault: 'cut', turn: 6, record: null })
    expect(last?.chains).toBeGreaterThanOrEqual(last?.households ?? 0)
    expect(last?.newest?.on).toBe('2021-09-15')
    const { faults } = (await officer.get('GET /track/proofs/yours')).body
    expect(faults).toBe((last?.faults ?? 0) + (last?.firstWrong ? 1 : 0))
    expect((await guide.get('GET /track/proofs', { query: {} })).status).toBe(403)
    const ended = house.database.app.query(`update track.proof set faults = 0 returning 1`)
    expect((await ended).rowCount).toBe(0)
  })

  it('runs each night, and misses a night that it saw before', async () => {
    house.at('2021-09-16T03:20:00+08:00')
    await house.run('track.proveNightly')
    const [before] = await proofs(auditor)
    expect(before).toMatchObject({ state: 'done', by: '', role: 'machine' })
    await house.sql('delete from track.anchored')
    await house.sql('delete from track.anchor')
    // Of one instant neither would be the newest.
    house.at('2021-09-16T03:21:00+08:00')
    await house.run('track.proveNightly')
    expect((await proofs(auditor))[0]).toMatchObject({ nights: 0, firstWrong: '2021-09-15' })
  })
})
