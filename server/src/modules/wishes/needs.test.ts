import { type Day, type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { answer, begin, talk } from '../../../test/talk.ts'
import { machineActor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/scope.ts'
import { slipStands } from '../outreach/index.ts'
import { organisationOfUnit } from '../pools/index.ts'
import { recordFacts } from '../registry/index.ts'
import { writeHeard } from './hear.ts'

const start = '2021-09-13T09:00:00+08:00'
const village = '330111109203'

let house: House
let guide: Client
let clerk: Client
let officer: Client
let hub: Client
let home: Client
let family: Id
beforeAll(async () => {
  house = await openHouse({ at: start })
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '李敏' })
  officer = house.as('districtOfficer', { name: '周建国' })
  hub = house.as('operator', { name: '孙洁' })
  family = await register('方水根')
  home = house.as('resident', { village, household: family })
  for (const who of [guide, clerk, officer, hub, home]) await who.account()
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

async function register(name: string): Promise<Id> {
  const added = await clerk.post('POST /households', {
    body: { division: village, members: [{ name, relation: '02' }] },
  })
  return added.body.id
}
async function registerWithChild(name: string): Promise<{ household: Id; child: Id }> {
  const household = (
    await clerk.post('POST /households', {
      body: {
        division: village,
        members: [
          { name, relation: '02' },
          { name: `${name.slice(0, 1)}小禾`, relation: '20', birthDate: '2015-04-03' as Day },
        ],
      },
    })
  ).body.id
  const { body } = await clerk.get('GET /households/:id', { params: { id: household } })
  return { household, child: body.members.find(m => m.relation === '20')?.id as Id }
}
/** By the routes, and by the database alone. */
async function closedTo(who: Client, need: Id, household: Id): Promise<void> {
  expect((await open(who, need)).problem?.code).toBe('wishes.needNotFound')
  expect((await who.get('GET /needs', { query: { household, show: 'all' } })).body.items).toEqual([])
  expect((await board(who)).lanes.flatMap(lane => lane.cards).map(card => card.id)).not.toContain(need)
  // The wall behind is closed by itself, whatever a query forgets.
  const actor = { ...machineActor('330111'), account: newId(0), role: 'guide' as const, scope: village as DivisionCode }
  const seen = await inTransaction(house.database, actor, { readOnly: true }, async open =>
    sql<{ n: number }>`select (select count(*) from wishes.need where id = ${need})::int
      + (select count(*) from wishes.need_step where need_id = ${need})::int as n`.execute(open),
  )
  expect(seen.rows[0]?.n).toBe(0)
}
const note = async (who: Client, body: Record<string, unknown> = {}, household = family): Promise<Id> =>
  (
    await who.post('POST /households/:householdId/needs', {
      params: { householdId: household },
      body: { words: '奶奶听不见，想要一个助听器', ...body },
    })
  ).body.id
const open = (who: Client, need: Id) => who.get('GET /needs/:needId', { params: { needId: need } })
const step = (who: Client, need: Id, named: string, body: Record<string, unknown> = {}) =>
  who.post('POST /needs/:needId/steps', { params: { needId: need }, body: { step: named, ...body } })
/** Takes steps that must all be let through. */
async function walk(need: Id, ...steps: [Client, string, Record<string, unknown>?][]): Promise<void> {
  for (const [who, named, body] of steps) {
    const done = await step(who, need, named, body)
    expect(done.problem?.code, `${named}: ${done.text.slice(0, 200)}`).toBeUndefined()
  }
}
const asked = { note: '村里没有这样的资源' }
const board = async (who: Client) => (await who.get('GET /needs/board', { query: {} })).body

describe('a need', () => {
  it('that is an emergency stands first in its column, before what has waited longer', async () => {
    const old = await note(guide)
    house.at('2021-09-23T09:00:00+08:00')
    const urgent = await note(guide, { words: '屋顶塌了，今晚没地方睡', urgent: true })
    const village = (await board(guide)).lanes.find(lane => lane.lane === 'village')
    expect(village?.cards[0]?.id).toBe(urgent)
    for (const id of [old, urgent]) await walk(id, [guide, 'withdraw', { note: '写错了' }])
  })

  it('stands in lists, and before the hub, without the numbers that somebody wrote into it', async () => {
    const words = '屋顶漏了，打13800000000找她，身份证330111194904150001'
    const need = await note(guide, { words })
    const clean = '屋顶漏了，打…找她，身份证…'
    expect((await open(guide, need)).body).toMatchObject({ title: clean, words })
    await walk(need, [guide, 'accept'], [guide, 'rise', { note: '家里电话0571-63300000' }], [clerk, 'rise', asked])
    const seen = (await open(hub, need)).body
    expect([seen.title, seen.words]).toEqual([clean, clean])
    expect(seen.steps.map(s => s.note)).toContain('家里电话…')
    for (const who of [guide, clerk, hub]) {
      const titles = (await board(who)).lanes.flatMap(lane => lane.cards.map(card => card.title))
      expect(titles).toContain(clean)
      expect(titles.join()).not.toContain('138')
    }
    await walk(need, [guide, 'withdraw', { note: '写错了' }])
  })

  it('is held by one level at a time, and goes up step by step with who, when and why', async () => {
    const need = await note(guide)
    expect((await open(guide, need)).body).toMatchObject({
      state: 'submitted',
      level: 'village',
      name: '方*根',
      daysLeft: 1,
    })
    expect((await step(clerk, need, 'accept')).problem?.code).toBe('wishes.needStepNotOpen')
    await walk(need, [guide, 'accept'])
    expect((await step(guide, need, 'rise')).problem?.code).toBe('wishes.needWordsMissing')
    await walk(need, [guide, 'rise', asked])
    expect((await step(guide, need, 'match')).problem?.code).toBe('wishes.needStepNotOpen')
    await walk(
      need,
      [clerk, 'rise', { note: '镇上也没有' }],
      [hub, 'screen', { kind: 'wish', item: 'S-C1' }],
      [hub, 'pool'],
    )
    const whole = (await open(guide, need)).body
    expect(whole).toMatchObject({
      state: 'inWishPool',
      level: 'district',
      lane: 'project',
      kind: 'wish',
      item: { id: 'S-C1' },
    })
    expect(whole.steps.map(s => [s.words.zh, s.by, s.level, s.note])).toEqual([
      ['提出了需要', '徐小英', 'village', null],
      ['村里受理', '徐小英', 'village', null],
      ['转到镇街', '徐小英', 'village', '村里没有这样的资源'],
      ['转到区级', '李敏', 'township', '镇上也没有'],
      ['筛选归类', '孙洁', 'district', null],
      ['放进了心愿池', '孙洁', 'district', null],
    ])
  })

  it('nobody met in time is moved up by the clock, with the reason; where nobody is above it is said once', async () => {
    const need = await note(guide)
    await walk(need, [guide, 'accept'])
    house.at('2021-09-16T12:00:00+08:00')
    await house.run('wishes.moveUp')
    expect((await open(guide, need)).body.state).toBe('acceptedVillage')
    house.at('2021-09-17T12:00:00+08:00')
    await house.run('wishes.moveUp')
    await house.run('wishes.moveUp')
    const risen = (await open(clerk, need)).body
    expect(risen).toMatchObject({ state: 'escalatedTownship', level: 'township', sinceOn: '2021-09-17' })
    expect(risen.steps.at(-1)).toMatchObject({ words: { zh: '转到镇街' }, by: '系统 System' })
    expect(risen.steps.at(-1)?.said).toEqual({ code: 'overTime', on: '2021-09-16' })
    house.at('2021-09-27T12:00:00+08:00')
    await house.run('wishes.moveUp')
    house.at('2021-10-12T12:00:00+08:00')
    await house.run('wishes.moveUp')
    await house.run('wishes.moveUp')
    const late = (await open(officer, need)).body
    expect(late.state).toBe('escalatedDistrict')
    expect(late.steps.filter(s => s.words.zh === '超过了时限').length).toBe(1)
  })

  it('said to be done and answered by nobody is told of once, and stays as it is', async () => {
    const { id: resource } = (
      await guide.post('POST /resources', {
        body: { division: village, kind: 'skill', name: '修灯师傅', offers: '修灯', places: 9 },
      })
    ).body
    const need = await note(guide)
    await walk(need, [guide, 'accept'], [guide, 'match', { resource }], [guide, 'assign', { note: '师傅' }])
    await walk(need, [guide, 'start'], [guide, 'deliver', { note: '修好了' }])
    house.at('2021-09-27T12:00:00+08:00')
    for (let twice = 0; twice < 2; twice++) await house.run('wishes.moveUp')
    const late = (await open(guide, need)).body
    expect(late.state).toBe('delivered')
    expect(late.steps.filter(s => s.words.zh === '超过了时限').length).toBe(1)
  })

  it('follows a merge to where the person lives, is not on the telephone of a home it came to, and goes back', async () => {
    const alone = async (division: string) =>
      (
        await clerk.post('POST /households', {
          body: {
            division: division as never,
            members: [{ name: '倪校松', relation: '01', birthDate: '1950-03-04' as never }],
          },
        })
      ).body
    const next = '330111109213'
    const [now, twin] = [await alone(village), await alone(next)]
    const there = house.as('guide', { scope: next as never })
    const need = await note(there, { words: '五联村的倪校松想要一副老花镜' }, twin.id)
    const merged = await officer.post('POST /persons/:id/merge', {
      params: { id: now.members[0] as Id },
      body: { other: twin.members[0] as Id, reason: '上门核对是同一人', household: now.id },
    })
    expect(merged.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    const moved = (await open(guide, need)).body
    expect(moved).toMatchObject({ household: now.id, village: { code: village } })
    expect(moved.steps.length).toBe(1)
    expect((await open(there, need)).problem?.code).toBe('wishes.needNotFound')
    const phone = house.as('resident', { village, household: now.id })
    expect((await phone.get('GET /my/needs')).body.items).toEqual([])
    // The village in which it was told tells who they are as well.
    const { draft } = (await officer.get('GET /needs/:needId/wish', { params: { needId: need } })).body
    expect(draft.words).toBe('…的…想要一副老花镜')
    const undone = await officer.post('POST /merges/:mergeId/undo', {
      params: { mergeId: merged.body.merge },
      body: { reason: '看错了，是两家' },
    })
    expect(undone.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    expect((await open(there, need)).body).toMatchObject({ household: twin.id, village: { code: next } })
  })

  it('that is urgent is with all three, and who opens it first has it', async () => {
    const need = await note(guide, { urgent: true })
    for (const who of [guide, clerk, hub])
      expect((await open(who, need)).body.next.map(t => t.step)).toContain('accept')
    house.at('2021-09-17T12:00:00+08:00')
    await house.run('wishes.moveUp')
    expect((await open(hub, need)).body).toMatchObject({ state: 'submitted', level: 'village' })
    await walk(need, [hub, 'accept'])
    expect((await step(clerk, need, 'accept')).problem?.code).toBe('wishes.needStepNotOpen')
    expect((await open(clerk, need)).body).toMatchObject({ state: 'escalatedDistrict', level: 'district' })
  })

  it('comes down again only with a reason', async () => {
    const need = await note(guide)
    await walk(need, [guide, 'rise', asked])
    expect((await step(clerk, need, 'handDown')).problem?.code).toBe('wishes.needWordsMissing')
    await walk(need, [clerk, 'handDown', { note: '村里的老年食堂能做' }])
    expect((await open(guide, need)).body).toMatchObject({ state: 'acceptedVillage', level: 'village' })
  })

  it('with a sign of violence goes to the township, and neither village nor hub sees it', async () => {
    const need = await note(guide, { words: '他喝了酒就打我，想有个地方住' })
    expect((await open(clerk, need)).body).toMatchObject({ careful: true, level: 'township' })
    for (const who of [guide, hub, house.as('villageGroup')])
      expect((await open(who, need)).problem?.code).toBe('wishes.needNotFound')
    await walk(need, [clerk, 'rise', asked])
    expect((await open(hub, need)).problem?.code).toBe('wishes.needNotFound')
    expect((await open(officer, need)).body.state).toBe('escalatedDistrict')
  })

  it('that needs care shows the village nothing of itself in another, and what follows on it is as careful', async () => {
    const household = await register('吕阿珍')
    const [plain, careful] = [
      await note(guide, {}, household),
      await note(clerk, { words: '他喝了酒就打我，想有个地方住' }, household),
    ]
    await walk(plain, [guide, 'rise', asked])
    expect((await step(clerk, plain, 'join', { other: careful })).problem?.code).toBe('wishes.otherNeedMissing')
    await house.sql(`update wishes.need set state = 'evaluated' where id = $1`, [careful])
    await walk(careful, [clerk, 'reExplore', { need: '想有人陪着去一趟法院' }])
    const found = (who: Client) => who.get('GET /needs', { query: { household, origin: 'evaluation' } })
    expect((await found(clerk)).body.items.map(n => [n.title, n.careful])).toEqual([['想有人陪着去一趟法院', true]])
    expect((await found(guide)).body.items).toEqual([])
  })

  it('a hub finds on closing another begins where the family lives', async () => {
    const household = await register('吕阿毛')
    const need = await note(guide, {}, household)
    await walk(need, [guide, 'rise', asked], [clerk, 'rise', asked])
    await house.sql(`update wishes.need set state = 'evaluated' where id = $1`, [need])
    await step(hub, need, 'reExplore', { need: '还想有人陪着去医院' })
    const found = (await guide.get('GET /needs', { query: { household, origin: 'evaluation' } })).body.items
    expect(found).toMatchObject([{ title: '还想有人陪着去医院', state: 'submitted', level: 'village' }])
  })

  it('of one family said twice is joined by a person, and taken apart again as it stood', async () => {
    const [first, second, others] = [
      await note(guide),
      await note(guide),
      await note(guide, {}, await register('吕金花')),
    ]
    await walk(second, [guide, 'accept'])
    expect((await open(guide, second)).body.alike.map(a => a.id)).toContain(first)
    for (const other of [second, others])
      expect((await step(guide, second, 'join', { other })).problem?.code).toBe('wishes.otherNeedMissing')
    await walk(second, [guide, 'join', { other: first }])
    expect((await step(guide, first, 'join', { other: second })).problem?.code).toBe('wishes.otherNeedMissing')
    await walk(second, [guide, 'part', { note: '是两件事' }])
    expect((await open(guide, second)).body).toMatchObject({ state: 'acceptedVillage', level: 'village', joined: null })
  })

  it('is moved on by one of two who press at once', async () => {
    const need = await note(guide)
    const { version } = (await open(guide, need)).body
    await walk(need, [guide, 'accept', { expectedVersion: version }])
    const late = await step(house.as('villageGroup'), need, 'rise', { ...asked, expectedVersion: version })
    expect(late.problem?.code).toBe('wishes.needChanged')
  })
})

describe('what was heard elsewhere', () => {
  it('by a helper becomes a need in their words, and what is delicate goes to the township', async () => {
    const household = await register('盛水根')
    const helper = house.as('helper', { name: '何建明' })
    const pairing = await clerk.post('POST /households/:householdId/pairings', {
      params: { householdId: household },
      body: { helper: await helper.account(), kind: 'partyMember', reach: '村口第二家' } as never,
    })
    const visit = (need: string) =>
      helper.post('POST /pairings/:pairingId/visits', {
        params: { pairingId: pairing.body.id },
        body: { how: 'eveningTalk', met: true, words: '聊了一会儿', need } as never,
      })
    for (const need of ['孩子想有人辅导数学', '他喝了酒打我，想有地方去'])
      expect((await visit(need)).problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    const heard = async (who: Client) =>
      (await who.get('GET /needs', { query: { household, limit: 50 } })).body.items.map(n => [
        n.title,
        n.origin.id,
        n.careful,
      ])
    expect(await heard(guide)).toEqual([['孩子想有人辅导数学', 'helper', false]])
    expect((await heard(clerk)).length).toBe(2)
    const [need] = (await guide.get('GET /needs', { query: { household } })).body.items
    expect((await open(guide, need?.id as Id)).body.steps[0]).toMatchObject({
      words: { zh: '提出了需要' },
      by: '何建明',
    })
  })

  it('at a door becomes a need for each item that was ticked, once', async () => {
    const household = await register('盛阿毛')
    await note(guide, { item: 'S-A1' }, household)
    const finding = '0198a4c0-0000-7000-8000-0000000000aa'
    await house.sql(
      `insert into outreach.finding (district, id, visit_id, task_id, household_id, division, careful, result, risk, needs, found_on, found_at, found_by, found_name)
       select '330111', $1, gen_random_uuid(), gen_random_uuid(), $2, $3, false, 'confirmed', 'none', '{S-A1,S-D1,other}', '2021-09-13', now(), gen_random_uuid(), '徐小英'`,
      [finding, household, village],
    )
    for (let twice = 0; twice < 2; twice++) await house.run('wishes.hear', { finding })
    const items = (await guide.get('GET /needs', { query: { household } })).body.items
    expect(items.map(n => [n.item?.id, n.origin.id]).toSorted()).toEqual([
      ['S-A1', 'guide'],
      ['S-D1', 'visit'],
    ])
  })
})

describe('what comes from an interview, an alert, a delivery', () => {
  const needsOf = async (who: Client, household: Id) =>
    (await who.get('GET /needs', { query: { household, show: 'all', limit: 50 } })).body.items
  /** What is needed most is answered beside the questions of the rules, or chosen on handing in. */
  async function handIn(who: Client, answers: readonly Record<string, unknown>[], body: Record<string, unknown> = {}) {
    const begun = await talk(who, await begin(who))
    const { id } = answers.length > 0 ? (await answer(who, begun, answers)).body : begun
    const { screening } = (
      await who.post('POST /interviews/:interviewId/finish', { params: { interviewId: id }, body: {} })
    ).body
    const params = { screeningId: screening }
    await who.put('PUT /screenings/:screeningId/consent', {
      params,
      body: { kind: 'tellGuide', textVersion: '2021-09' },
    })
    const given = await who.post('POST /screenings/:screeningId/submission', {
      params,
      body: { name: '包金莲', village, ...body } as never,
    })
    expect(given.problem).toBeUndefined()
    return given.body.id
  }
  const most = (...needs: string[]) => ({ question: 'household.needs', value: needs })
  const words = (value: string) => ({ question: 'household.needText', value })
  const minutes = (n: number) => house.at(`2021-09-13T09:${String(n).padStart(2, '0')}:00+08:00`)

  it('an interview handed in becomes needs once it can be taken back no more; what is open already is said again', async () => {
    const household = await register('包金莲')
    const open = await note(guide, { item: 'S-A1', words: '中午想有人送饭' }, household)
    const phone = house.as('resident', { village, household })
    await handIn(phone, [most('S-A1', 'S-D1'), words('孙子数学跟不上')], { needs: ['S-D1', 'S-B2'] })
    minutes(9)
    expect((await house.settle()).failures).toEqual([])
    expect((await needsOf(guide, household)).length).toBe(1)
    minutes(11)
    expect((await house.settle()).failures).toEqual([])
    expect((await needsOf(guide, household)).map(n => [n.title, n.item?.id ?? null, n.origin.id]).toSorted()).toEqual([
      ['中午想有人送饭', 'S-A1', 'guide'],
      ['孙子数学跟不上', null, 'interview'],
      ['学业辅导与成长陪伴', 'S-D1', 'interview'],
      ['心理疏导', 'S-B2', 'interview'],
    ])
    expect((await phone.get('GET /my/needs')).body.items.length).toBe(4)
    const steps = (await guide.get('GET /needs/:needId', { params: { needId: open } })).body.steps
    expect(steps.at(-1)).toMatchObject({
      words: { zh: '又有人说起' },
      by: '',
      note: null,
      said: { code: 'heardAgain', from: { zh: '智能导服', en: 'The interview' } },
    })
  })

  it('of a family nobody knows yet stands in its case, and becomes needs when who handles it says which family it is', async () => {
    const household = await register('包银花')
    const phone = house.as('resident', { village })
    const cases = async () => (await guide.get('GET /cases', { query: { limit: 50 } })).body.items.map(one => one.id)
    const before = await cases()
    await handIn(phone, [most('S-A1'), words('中午想有人送饭')])
    minutes(20)
    expect((await house.settle()).failures).toEqual([])
    const params = { caseId: (await cases()).find(id => !before.includes(id)) as Id }
    const read = async (who: Client = guide) => (await who.get('GET /cases/:caseId', { params })).body
    expect(await read()).toMatchObject({
      household: null,
      needs: { items: [{ zh: '助餐送餐' }], words: '中午想有人送饭', heard: false },
      mayKnowFamily: false,
    })
    const know = async (who: Client, which = household) =>
      await who.post('POST /cases/:caseId/family', {
        params,
        body: { household: which, expectedVersion: (await read()).version },
      })
    expect((await know(guide)).problem?.code).toBe('outreach.stepNotOpen')
    await guide.post('POST /cases/:caseId/accept', { params, body: {} })
    expect((await know(house.as('guide', { name: '别人' }))).problem?.code).toBe('outreach.notYourCase')
    const outOfReach = '0198a4c0-0000-7000-8000-0000000000cc' as Id
    expect((await know(guide, outOfReach)).problem?.code).toBe('registry.notFound')
    expect((await know(guide)).problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    expect((await needsOf(guide, household)).map(n => [n.title, n.origin.id])).toEqual([
      ['助餐送餐：中午想有人送饭', 'interview'],
    ])
    expect(await read()).toMatchObject({ household, needs: { heard: true } })
    expect((await phone.get('GET /my/needs')).body.items.length).toBe(1)
    expect((await know(guide, family)).problem?.code).toBe('outreach.familyKnown')
    // It was another: the telephone reads nothing of that family any more, and the right one has the needs.
    const undone = await guide.post('POST /cases/:caseId/family/undo', {
      params,
      body: { reason: '同名的另一家', expectedVersion: (await read()).version },
    })
    expect(undone.problem).toBeUndefined()
    expect((await phone.get('GET /my/needs')).body.items ?? []).toEqual([])
    expect((await house.settle()).failures).toEqual([])
    expect((await needsOf(guide, household)).map(n => n.state)).toEqual(['withdrawn'])
    const right = await register('包银花')
    expect((await know(guide, right)).problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    expect((await needsOf(guide, right)).length).toBe(1)
  })

  it('told by two cases a family stays the resident’s own when one is taken back, and not when both are', async () => {
    const [household, other] = [await register('包银根'), await register('包银根')]
    const phone = house.as('resident', { village })
    const cases = async () => (await guide.get('GET /cases', { query: { limit: 50 } })).body.items.map(one => one.id)
    const before = await cases()
    for (const said of ['中午想有人送饭', '屋顶漏雨']) await handIn(phone, [most('S-A1'), words(said)])
    const [one, two] = (await cases()).filter(id => !before.includes(id)) as [Id, Id]
    for (const caseId of [one, two]) await guide.post('POST /cases/:caseId/accept', { params: { caseId }, body: {} })
    const version = async (caseId: Id) => (await guide.get('GET /cases/:caseId', { params: { caseId } })).body.version
    const know = async (caseId: Id, which: Id) => {
      const body = { household: which, expectedVersion: await version(caseId) }
      expect((await guide.post('POST /cases/:caseId/family', { params: { caseId }, body })).problem).toBeUndefined()
    }
    const takeBack = async (caseId: Id) => {
      const body = { reason: '同名的另一家', expectedVersion: await version(caseId) }
      expect(
        (await guide.post('POST /cases/:caseId/family/undo', { params: { caseId }, body })).problem,
      ).toBeUndefined()
    }
    const reads = async () =>
      (
        await house.sql<{ household_id: Id | null }>('select household_id from identity.account where id = $1', [
          account,
        ])
      )[0]?.household_id
    const account = await phone.account()
    for (const caseId of [one, two]) await know(caseId, household)
    // On the track of the family each interview is an assessment: by what, and what it came to.
    const track = await guide.get('GET /households/:householdId/track', { params: { householdId: household } })
    const assessed = track.body.lines.flatMap(line => line.records.filter(record => record.source.kind === 'case'))
    expect(assessed.map(({ kind, lines }) => [kind, ...lines.slice(0, 2).map(line => line.said.zh)])).toEqual(
      Array(2).fill([
        'assessment',
        expect.stringMatching(/^能享受什么：2021-09-13智能导服，本人回答\d+题$/),
        expect.stringMatching(/^可以申请\d+项，还差一点\d+项，现在不合条件\d+项$/),
      ]),
    )
    await takeBack(one)
    expect(await reads()).toBe(household)
    await takeBack(two)
    expect(await reads()).toBeNull()
    // What one case told wrongly another has told rightly.
    await know(one, household)
    await know(two, other)
    await takeBack(one)
    expect(await reads()).toBe(other)
    await takeBack(two)
    expect(await reads()).toBeNull()
    // What they read by another way no case takes from them.
    await house.sql('update identity.account set household_id = $2 where id = $1', [account, household])
    await know(one, household)
    await takeBack(one)
    expect(await reads()).toBe(household)
  })

  it('taken back in time an interview leaves no need, and one that says something delicate is the township’s', async () => {
    const household = await register('包金花')
    const phone = house.as('resident', { village, household })
    const submission = await handIn(phone, [], { needs: ['S-C3'] })
    minutes(5)
    await phone.delete('DELETE /submissions/:submissionId', { params: { submissionId: submission } })
    minutes(12)
    expect((await house.settle()).failures).toEqual([])
    expect(await needsOf(clerk, household)).toEqual([])
    await handIn(phone, [most('S-C3'), words('老公打我，想找个活干')])
    minutes(30)
    expect((await house.settle()).failures).toEqual([])
    expect(await needsOf(guide, household)).toEqual([])
    expect((await needsOf(clerk, household)).map(n => [n.title, n.careful, n.level])).toEqual([
      ['就业指导与岗位推荐：老公打我，想找个活干', true, 'township'],
    ])
  })

  /** An office says of an alert about a family, or of one of its members, that help is wanted at once. */
  async function wantedNow(household: Id, person?: Id) {
    await house.inside(ctx =>
      recordFacts(ctx, household, {
        source: 'feed',
        origin: '应急',
        asOf: '2021-09-12' as Day,
        household: { disasterOn: '2021-09-12' },
      }),
    )
    await house.run('alerts.judge', { households: household })
    const [alert] = (await clerk.get('GET /alerts', { query: { household, show: 'all' } })).body.items
    if (person) await house.sql('update alerts.alert set person_id = $2 where id = $1', [alert?.id, person])
    const params = { alertId: alert?.id as Id }
    let version = alert?.version ?? 1
    for (const [act, body] of [
      ['take', {}],
      ['verify', { verdict: 'confirmed', note: '厨房烧了' }],
      ['opine', { opinion: 'helpNow', note: '先找地方住，再修厨房' }],
    ] as const) {
      const done = await clerk.post(`POST /alerts/:alertId/${act}` as 'POST /alerts/:alertId/take', {
        params,
        body: { expectedVersion: version, ...body } as never,
      })
      expect(done.problem, act).toBeUndefined()
      version = done.body.version
    }
    expect((await house.settle()).failures).toEqual([])
    return alert
  }

  it('an alert of which an office says that help is wanted at once becomes a need in its words, urgent where it is red', async () => {
    const household = await register('包阿炳')
    const alert = await wantedNow(household)
    const [need] = await needsOf(guide, household)
    expect(need).toMatchObject({
      title: '先找地方住，再修厨房',
      origin: { id: 'alert' },
      careful: false,
      aboutChild: false,
    })
    expect(need?.urgent).toBe(alert?.level === 'red')
  })

  it('what an alert about a child comes to is the township’s, and is in no list, board or link of the village without a grant', async () => {
    const { household, child } = await registerWithChild('包阿明')
    await wantedNow(household, child)
    const [need] = await needsOf(clerk, household)
    expect(need).toMatchObject({ title: '先找地方住，再修厨房', careful: false, aboutChild: true, level: 'township' })
    const id = need?.id as Id
    await closedTo(guide, id, household)
  })

  it('what is urgent when it is said again is urgent from then on, and what was said otherwise is kept with it', async () => {
    const household = await register('包阿土')
    const need = await note(guide, { item: 'S-A4', words: '房顶漏水' }, household)
    await walk(need, [guide, 'accept'])
    const hears = await hub.live()
    await house.inside(ctx =>
      writeHeard(ctx, household, {
        item: 'S-A4',
        words: '房顶塌了一角，今晚要下雨',
        origin: 'alert',
        urgent: true,
        by: '应急',
      }),
    )
    expect((await hears.next('wishes.urgentNeed')).id).toBe(need)
    hears.close()
    const { urgent, state, steps } = (await open(guide, need)).body
    expect([urgent, state]).toEqual([true, 'acceptedVillage'])
    expect(steps.at(-1)).toMatchObject({ words: { zh: '又有人说起' } })
    expect(steps.at(-1)?.note).toContain('房顶塌了一角')
  })

  it('a delivery that says what families need becomes needs, but of what is long past', async () => {
    const [now, past] = [await register('包水根'), await register('包水法')]
    const batch = '0198a4c0-0000-7000-8000-0000000000bb'
    for (const [household, asOf] of [
      [now, '2021-09-10'],
      [past, '2021-01-10'],
    ])
      await house.sql(
        `insert into registry.statement (district, id, household_id, division, source, origin, as_of, facts, batch_id, recorded_at, recorded_by)
         values ('330111', gen_random_uuid(), $1, $2, 'feed', '走访发现', $3, '{"needs":["S-A4","S-D3"]}', $4, now(), gen_random_uuid())`,
        [household, village, asOf, batch],
      )
    await house.run('wishes.hear', { batch })
    expect((await needsOf(guide, now)).map(n => n.item?.id).toSorted()).toEqual(['S-A4', 'S-D3'])
    expect(await needsOf(guide, past)).toEqual([])
  })
})

describe('a need that a slip carries to a bureau', () => {
  const bureau = () => house.as('bureauOfficer', { name: '郎志明', organisation: organisationOfUnit('hrss') })
  const slipFor = async (household: Id, body: Record<string, unknown> = {}) =>
    (
      await officer.post('POST /households/:householdId/slips', {
        params: { householdId: household },
        body: { unit: 'hrss', need: '想学电工，白天能上课', days: 10, agreed: true, ...body },
      })
    ).body.id
  const answer = async (who: Client, slip: Id, named: string, body: Record<string, unknown> = {}) => {
    const done = await who.post('POST /slips/:slipId/steps', {
      params: { slipId: slip },
      body: { step: named, ...body } as never,
    })
    expect(done.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
  }
  const atDistrict = async (household: Id, body: Record<string, unknown> = {}) => {
    const need = await note(clerk, body, household)
    if (!body['careful']) await walk(need, [guide, 'rise', asked])
    await walk(need, [clerk, 'rise', asked], [officer, 'screen', { kind: 'policy' }])
    return need
  }

  it('moves as the bureau answers: back to its level with the reason, again with the bureau, done', async () => {
    const household = await register('詹有根')
    const need = await atDistrict(household)
    const slip = await slipFor(household)
    await walk(need, [officer, 'refer', { slip }])
    expect((await open(officer, need)).body).toMatchObject({
      state: 'policyReferral',
      slip: { id: slip, unit: { zh: '区人力资源和社会保障局' } },
    })
    const works = bureau()
    await answer(works, slip, 'decline', { note: '本月的班已经满了' })
    const back = (await open(officer, need)).body
    expect(back).toMatchObject({ state: 'screened', level: 'district' })
    expect(back.steps.at(-1)).toMatchObject({ words: { zh: '部门办不了' }, by: '郎志明' })
    expect(back.steps.at(-1)?.note).toContain('本月的班已经满了')
    await answer(works, slip, 'correct', { note: '加开了一个班' })
    expect((await open(officer, need)).body.state).toBe('policyReferral')
    await answer(works, slip, 'finish', { note: '已报名，下周开课' })
    expect((await open(officer, need)).body.state).toBe('delivered')
    await walk(need, [guide, 'confirm', { note: '问过了' }])
    await answer(works, slip, 'correct', { note: '写错了' })
    expect((await open(officer, need)).body.state).toBe('confirmed')
  })

  it('has a slip alone, of two that ask for it at once, and none that was answered meanwhile', async () => {
    const household = await register('詹有贵')
    const [need, second] = [await atDistrict(household), await atDistrict(household)]
    const [slip, other] = [await slipFor(household), await slipFor(household)]
    const refer = async (which: Id, of: Id) => (await step(officer, which, 'refer', { slip: of })).problem?.code
    let asked: ReturnType<typeof refer> | undefined
    await house.inside(async ctx => {
      // Another need takes it and is not done yet; the bureau’s answer would stand in the same line.
      await slipStands(ctx, slip, true)
      await ctx.transaction
        .updateTable('wishes.need' as never)
        .set({ slip_id: slip } as never)
        .where('id' as never, '=', need as never)
        .execute()
      asked = refer(second, slip)
      await new Promise(done => setTimeout(done, 300))
    })
    expect(await asked).toBe('wishes.slipMissing')
    await answer(bureau(), other, 'decline', { note: '本月的班已经满了' })
    expect(await refer(second, other)).toBe('wishes.slipMissing')
  })

  it('goes with a slip of its own family, as careful as itself, and with no other’s', async () => {
    const [household, others] = [await register('詹有财'), await register('詹有福')]
    const [need, second] = [await atDistrict(household), await atDistrict(household)]
    const slip = await slipFor(household)
    const refer = async (which: Id, of: Id) => (await step(officer, which, 'refer', { slip: of })).problem?.code
    expect(await refer(need, await slipFor(others))).toBe('wishes.slipMissing')
    expect(await refer(need, slip)).toBeUndefined()
    expect(await refer(second, slip)).toBe('wishes.slipMissing')
    const careful = await atDistrict(household, { careful: true })
    expect(await refer(careful, await slipFor(household))).toBe('wishes.slipMissing')
    expect(await refer(careful, await slipFor(household, { careful: true }))).toBeUndefined()
    await answer(officer, slip, 'withdraw', { note: '家里不想去了' })
    expect((await open(officer, need)).body.steps.at(-1)).toMatchObject({ words: { zh: '从部门收回了' } })
  })
})

describe('a need about a child', () => {
  const words = '孩子放学没人接，想有个地方写作业'
  const grant = async (household: Id, who: Client) =>
    (
      await clerk.post('POST /households/:id/minor-grants', {
        params: { id: household },
        body: { reader: await who.account(), reason: '长期照看这一户' },
      })
    ).body.id

  it('that a guide writes without a grant is the township’s, and is handed down when somebody of the village may read it', async () => {
    const { household, child } = await registerWithChild('葛小妹')
    const told = await guide.post('POST /households/:householdId/needs', {
      params: { householdId: household },
      body: { words, person: child },
    })
    expect(told.body).toMatchObject({ careful: false, isYours: false })
    const { id } = told.body
    await closedTo(guide, id, household)
    await closedTo(house.as('villageGroup'), id, household)
    expect((await open(clerk, id)).body).toMatchObject({ aboutChild: true, level: 'township', words })
    expect((await step(clerk, id, 'handDown', { note: '村里先办' })).problem?.code).toBe('wishes.nobodyMayRead')
    const granted = await grant(household, guide)
    expect((await open(guide, id)).body.words).toBe(words)
    await walk(id, [clerk, 'handDown', { note: '村里先办' }])
    expect((await board(guide)).lanes[0]?.cards.map(card => card.id)).toContain(id)
    // Another guide of the same village has no grant.
    await closedTo(house.as('guide', { name: '别人' }), id, household)
    await clerk.delete('DELETE /minor-grants/:grantId', { params: { grantId: granted } })
    await closedTo(guide, id, household)
  })

  it('begins with the village where a guide may read it, and is not read by a hub when it comes to the district', async () => {
    const { household, child } = await registerWithChild('葛大山')
    await grant(household, guide)
    const id = await note(guide, { words, person: child }, household)
    expect((await open(guide, id)).body).toMatchObject({ level: 'village', state: 'submitted', aboutChild: true })
    await walk(
      id,
      [guide, 'rise', asked],
      [clerk, 'rise', asked],
      [officer, 'screen', { kind: 'wish' }],
      [officer, 'pool'],
    )
    expect((await open(hub, id)).problem?.code).toBe('wishes.needNotFound')
    expect((await board(hub)).lanes.flatMap(lane => lane.cards).map(card => card.id)).not.toContain(id)
    const published = await officer.get('GET /needs/:needId/wish', { params: { needId: id } })
    expect(published.problem).toBeUndefined()
  })

  it('goes with its child when two records become one person, and stands behind the wall again when they are two', async () => {
    const { household, child } = await registerWithChild('葛小芳')
    const made = await clerk.post('POST /households', {
      body: { division: village, members: [{ name: '葛秀芳', relation: '02', birthDate: '1950-03-04' as Day }] },
    })
    const { id: other, members } = made.body
    const id = await note(clerk, { words, person: child }, household)
    await closedTo(guide, id, household)
    const merged = await officer.post('POST /persons/:id/merge', {
      params: { id: members[0] as Id },
      body: { other: child, reason: '以为是同一人', household: other },
    })
    expect(merged.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    const undone = await officer.post('POST /merges/:mergeId/undo', {
      params: { mergeId: merged.body.merge },
      body: { reason: '看错了，是两个人' },
    })
    expect(undone.problem).toBeUndefined()
    expect((await house.settle()).failures).toEqual([])
    expect((await open(clerk, id)).body).toMatchObject({ household, aboutChild: true })
    await closedTo(guide, id, household)
  })

  it('is never said to be the same as one the village sees, and stands on the track behind the wall of the child', async () => {
    const { household, child } = await registerWithChild('葛二妹')
    const open = await note(guide, { item: 'S-D1', words }, household)
    await house.inside(ctx =>
      writeHeard(ctx, household, { item: 'S-D1', words, person: child, origin: 'visit', by: '徐小英' }),
    )
    const needs = (await clerk.get('GET /needs', { query: { household } })).body.items
    expect(needs.map(n => [n.id === open, n.aboutChild]).toSorted()).toEqual([
      [false, true],
      [true, false],
    ])
    const [told] = await house.sql<{ minor_until: Day }>(
      'select minor_until::text from track.record where source_id = $1',
      [needs.find(n => n.aboutChild)?.id],
    )
    expect(told?.minor_until).toBe('2033-04-03')
    const joined = await step(clerk, needs.find(n => n.aboutChild)?.id as Id, 'join', { other: open })
    expect(joined.problem?.code).toBe('wishes.otherNeedMissing')
  })
})

describe('what a need was heard from', () => {
  const batch = '0198a4c0-0000-7000-8000-0000000000bd'
  const saidIn = async (household: Id, items: readonly string[]) => {
    await house.sql(
      `insert into registry.statement (district, id, household_id, division, source, origin, as_of, facts, batch_id, recorded_at, recorded_by)
       values ('330111', gen_random_uuid(), $1, $2, 'feed', '走访发现', '2021-09-10', $3, $4, now(), gen_random_uuid())`,
      [household, village, JSON.stringify({ needs: items }), batch],
    )
  }
  const all = async (household: Id) =>
    (await clerk.get('GET /needs', { query: { household, show: 'all', limit: 50 } })).body.items
  const lookAgain = async (who: Client) => (await who.get('GET /needs/yours')).body.lookAgain

  it('is taken back: what nobody touched goes with it and can be taken up again, the rest is looked at again', async () => {
    const household = await register('俞阿根')
    await saidIn(household, ['S-A4', 'S-D3', 'S-A1', 'S-B1'])
    // One delivery that says the same twice has told of it once.
    await saidIn(household, ['S-B1'])
    const mine = await note(guide, { item: 'S-A1', words: '中午想有人送饭' }, household)
    await house.run('wishes.hear', { batch })
    const of = async (item: string) => (await all(household)).find(n => n.item?.id === item)?.id as Id
    const [untouched, touched, twice] = [await of('S-A4'), await of('S-D3'), await of('S-B1')]
    expect((await open(guide, twice)).body.steps.length).toBe(2)
    await walk(touched, [guide, 'accept'])
    const before = await lookAgain(guide)
    await house.run('wishes.unhear', { batch, by: await officer.account() })
    const gone = (await open(guide, untouched)).body
    expect(gone).toMatchObject({ state: 'withdrawn' })
    expect(gone.steps.at(-1)).toMatchObject({
      words: { zh: '随来源撤回' },
      by: '周建国',
      note: null,
      said: { code: 'groundGone', from: { zh: '上门走访' } },
    })
    await walk(untouched, [guide, 'reopen', { note: '问过了，还是要' }])
    expect((await open(guide, untouched)).body.state).toBe('acceptedVillage')
    expect((await open(guide, twice)).body.state).toBe('withdrawn')
    for (const id of [touched, mine]) {
      const kept = (await open(guide, id)).body
      expect(kept.state).toBe(id === touched ? 'acceptedVillage' : 'submitted')
      expect(kept.steps.at(-1)).toMatchObject({ by: '周建国', said: { code: 'groundGone' } })
    }
    expect((await lookAgain(guide)) - before).toBe(2)
    expect(await lookAgain(clerk)).toBe(0)
    await walk(touched, [guide, 'rise', asked])
    expect((await lookAgain(guide)) - before).toBe(1)
  })
})

describe('the same need', () => {
  it('told of one person in two households is found, counted, joined by a person and taken apart again', async () => {
    const [here, there] = [await register('柴小妹'), await register('柴阿大')]
    const { id: person } =
      (await house.sql<{ id: Id }>('select id from registry.person where household_id = $1', [there]))[0] ?? {}
    const first = await note(guide, { words: '想要一副老花镜看报纸' }, here)
    const second = await note(guide, { words: '想要老花镜，报纸看不清', person }, there)
    const other = await note(guide, { words: '屋顶漏雨' }, there)
    expect((await open(guide, first)).body.alike).toEqual([])
    expect((await step(guide, second, 'join', { other: first })).problem?.code).toBe('wishes.otherNeedMissing')
    await house.sql(
      `insert into registry.membership (district, household_id, person_id, from_on, until_on, relation, division, recorded_at, recorded_by)
       values ('330111', $1, $2, '2020-01-01', '2021-01-01', '98', $3, now(), gen_random_uuid())`,
      [here, person, village],
    )
    const alike = (await open(guide, first)).body.alike
    expect(alike.map(a => [a.id, a.likely, a.elsewhere])).toEqual([
      [second, true, true],
      [other, false, true],
    ])
    await walk(second, [guide, 'join', { other: first }])
    expect((await open(guide, second)).body).toMatchObject({ state: 'joined', joined: first })
    await walk(second, [guide, 'part', { note: '是两个人要' }])
    expect((await open(guide, second)).body).toMatchObject({ state: 'submitted', joined: null })
  })

  it('of one family is listed and counted on the board, by its item or by what its words may be about', async () => {
    const household = await register('柴阿囡')
    const before = (await board(officer)).alike
    for (const words of ['中午想有人送饭', '想有人送饭到家里来']) await note(guide, { words, item: 'S-A1' }, household)
    await note(guide, { words: '想修屋顶', item: 'S-A4' }, household)
    expect((await board(officer)).alike - before).toBe(2)
    const listed = (await officer.get('GET /needs', { query: { show: 'alike', household } })).body.items
    expect(listed.map(n => n.item?.id)).toEqual(['S-A1', 'S-A1'])
  })
})

describe('what a level can take on', () => {
  const shelf = (who: Client, body: Record<string, unknown>) =>
    who.post('POST /resources', {
      body: {
        division: village,
        kind: 'organisation',
        name: '村老年食堂',
        offers: '中午送饭',
        items: ['S-A1'],
        places: 1,
        ...body,
      },
    })

  it('is its own, and a last place is given once', async () => {
    const kitchen = (await shelf(guide, { contact: '0571-00000000' })).body
    expect(kitchen).toMatchObject({ level: 'village', places: 1, free: 1, items: [{ id: 'S-A1' }] })
    expect((await shelf(guide, { division: '330111109' })).problem?.code).toBe('wishes.notYourPlace')
    expect((await shelf(guide, { items: ['S-Z9'] })).problem?.code).toBe('wishes.unknownItem')
    const [first, second] = [
      await note(guide, { item: 'S-A1' }),
      await note(guide, { item: 'S-A1' }, await register('吕金根')),
    ]
    await walk(first, [guide, 'accept'], [guide, 'match', { resource: kitchen.id }])
    await walk(second, [guide, 'accept'])
    const full = await step(guide, second, 'match', { resource: kitchen.id })
    expect(full.problem?.code).toBe('wishes.resourceFull')
    await walk(first, [guide, 'decline', { note: '食堂这周关门' }])
    await walk(second, [guide, 'match', { resource: kitchen.id }])
    await walk(first, [guide, 'rise', asked])
    expect((await step(clerk, first, 'match', { resource: kitchen.id })).problem?.code).toBe('wishes.resourceMissing')
    const listed = (await guide.get('GET /resources', { query: {} })).body.items
    expect(listed.find(r => r.id === kitchen.id)?.free).toBe(0)
  })

  it('is read by anybody who scans the code of the level, where it says so, and no more of it', async () => {
    const shown = (await shelf(guide, { name: '村图书角', kind: 'place', shown: true, contact: '0571-00000000' })).body
    await shelf(guide, { name: '老王会理发', kind: 'person' })
    const code = (division: string) => house.nobody().get('GET /levels/:code', { params: { code: division as never } })
    const read = await code(village)
    expect(read.body).toMatchObject({ level: 'village', name: '常绿镇青龙村' })
    expect(read.body.resources.find(r => r.id === shown.id)).toMatchObject({ name: '村图书角', room: true })
    expect(read.text).not.toMatch(/老王|0571-/)
    const contactFor = async (who: Client) =>
      (await who.get('GET /resources', { query: { limit: 100 } })).body.items.find(r => r.id === shown.id)?.contact
    expect(await contactFor(house.as('guide', { scope: '330111109213' as never }))).toBeNull()
    expect(await contactFor(clerk)).toBe('0571-00000000')
    expect((await code('330111109')).body).toMatchObject({ level: 'township', name: '常绿镇', resources: [] })
    expect((await code('330111')).body.level).toBe('district')
    expect((await code('330111999')).problem?.code).toBe('wishes.noSuchLevel')
  })

  it('is full for a hub too where a place went to somebody it may not see', async () => {
    const shelter = (await shelf(officer, { division: '330111', name: '临时住处', items: [] })).body
    const [careful, plain] = [
      await note(clerk, { words: '他喝了酒就打我，想有个地方住' }),
      await note(guide, { words: '房子漏雨，想有个地方住' }),
    ]
    await walk(
      careful,
      [clerk, 'rise', asked],
      [officer, 'screen', { kind: 'service' }],
      [officer, 'match', { resource: shelter.id }],
    )
    await walk(plain, [guide, 'rise', asked], [clerk, 'rise', asked], [hub, 'screen', { kind: 'service' }])
    const listed = (await hub.get('GET /resources', { query: { need: plain } })).body.items
    expect(listed.find(r => r.id === shelter.id)?.free).toBe(0)
    expect((await step(hub, plain, 'match', { resource: shelter.id })).problem?.code).toBe('wishes.resourceFull')
  })

  it('is listed once from page to page, what fits the need first', async () => {
    const meals = [
      ['早饭', []],
      ['晚饭', ['S-D1']],
      ['夜宵', ['S-D1']],
    ] as const
    for (const [name, items] of meals) {
      await shelf(clerk, { division: '330111109', name, items })
      house.later(1000)
    }
    const need = await note(guide, { item: 'S-D1' })
    await walk(need, [guide, 'rise', asked])
    const names: string[] = []
    let after: string | null = null
    do {
      const page: { items: { name: string }[]; next: string | null } = (
        await clerk.get('GET /resources', { query: { need, limit: 1, ...(after ? { after } : {}) } })
      ).body
      names.push(...page.items.map(r => r.name))
      after = page.next
    } while (after)
    expect(names).toEqual(['晚饭', '夜宵', '早饭'])
  })

  it('is there until the day that is said', async () => {
    const { id, version } = (await shelf(guide, { name: '理发师傅', kind: 'skill', items: [] })).body
    const until = { kind: 'skill', name: '理发师傅', offers: '上门理发', places: 2, untilOn: '2021-09-14' }
    const changed = await guide.put('PUT /resources/:resourceId', {
      params: { resourceId: id },
      body: { ...until, expectedVersion: version } as never,
    })
    expect(changed.body).toMatchObject({ places: 2, untilOn: '2021-09-14' })
    house.at('2021-09-15T09:00:00+08:00')
    const need = await note(guide)
    await walk(need, [guide, 'accept'])
    expect((await step(guide, need, 'match', { resource: id })).problem?.code).toBe('wishes.resourceMissing')
    const ended = (await guide.get('GET /resources', { query: { ended: 'yes' } })).body.items
    expect(ended.map(r => r.id)).toContain(id)
  })
})

describe('a family', () => {
  it('says what it needs, reads where it stands, and says whether it helped', async () => {
    const family = await register('吕秀英')
    const home = house.as('resident', { village, household: family })
    const mine = async () => (await home.get('GET /my/needs')).body.items
    const answer = (need: Id, named: string, body: Record<string, unknown> = {}) =>
      home.post('POST /my/needs/:needId/steps', { params: { needId: need }, body: { step: named, ...body } as never })
    const told = await home.post('POST /my/needs', { body: { words: '想有人中午送饭', item: 'S-A1' } })
    expect(told.body).toEqual({ calm: null })
    const need = (await mine()).find(n => n.words === '想有人中午送饭')
    expect(need).toMatchObject({ words: '想有人中午送饭', told: { zh: '您说的需要已经记下' } })
    const id = need?.id as Id
    const kitchen = (
      await guide.post('POST /resources', {
        body: { division: village, kind: 'place', name: '食堂', offers: '送饭', items: ['S-A1'], places: 5 },
      })
    ).body
    await walk(
      id,
      [guide, 'accept'],
      [guide, 'match', { resource: kitchen.id }],
      [guide, 'assign', { note: '请食堂老陈' }],
      [guide, 'start'],
      [guide, 'deliver', { note: '送了五天' }],
    )
    expect((await answer(id, 'dispute')).problem?.code).toBe('wishes.needWordsMissing')
    expect((await answer(id, 'dispute', { note: '只来了两天' })).body.told.zh).toBe('您说还没好，正在问')
    await walk(id, [guide, 'redo', { note: '再送' }], [guide, 'deliver', { note: '送满了' }])
    expect((await answer(id, 'confirm')).body.told.zh).toBe('您说帮上了')
    expect((await step(guide, id, 'evaluate', { note: '老人满意' })).problem?.code).toBe('wishes.ratingMissing')
    await walk(
      id,
      [guide, 'evaluate', { note: '老人满意', rating: 5 }],
      [guide, 'reExplore', { need: '还想有人陪着去医院' }],
    )
    const after = (await guide.get('GET /needs', { query: { household: family, origin: 'evaluation' } })).body.items[0]
    expect((await open(guide, after?.id as Id)).body).toMatchObject({ after: id, words: '还想有人陪着去医院' })
    expect((await open(guide, id)).body).toMatchObject({ state: 'closed', rating: 5 })
  })

  it('whose words tell of violence reads whom to call, and nothing of it on the telephone afterwards', async () => {
    const phone = house.as('resident', { village, household: await register('吕金香') })
    const told = await phone.post('POST /my/needs', { body: { words: '他喝了酒又打我，我怕' } })
    expect(told.body.calm?.numbers.map(n => n.number)).toContain('110')
    expect((await phone.get('GET /my/needs')).body.items).toEqual([])
    const careful = (await clerk.get('GET /needs', { query: { lane: 'township', limit: 100 } })).body.items
    expect(careful.some(n => n.careful && n.origin.id === 'resident')).toBe(true)
  })

  it('with ten needs open is asked to speak to somebody', async () => {
    const phone = house.as('resident', { village, household: await register('吕金水') })
    const codes: (string | undefined)[] = []
    for (let i = 0; i < 11; i++)
      codes.push((await phone.post('POST /my/needs', { body: { words: `想要的第${i}样` } })).problem?.code)
    expect(codes).toEqual([...Array<undefined>(10).fill(undefined), 'wishes.toldTooMuch'])
  })

  it('sees its own alone, and has to be known first', async () => {
    const need = await note(guide, {}, await register('吕金财'))
    const other = await home.post('POST /my/needs/:needId/steps', {
      params: { needId: need },
      body: { step: 'withdraw' },
    })
    expect(other.problem?.code).toBe('wishes.needNotFound')
    const stranger = house.as('resident', { village })
    expect((await stranger.post('POST /my/needs', { body: { words: '想要一张轮椅' } })).problem?.code).toBe(
      'wishes.noHouseholdYet',
    )
    expect((await stranger.get('GET /my/needs')).body.items).toEqual([])
  })
})

describe('the board', () => {
  it('counts what its columns hold, the late first, and shows the hub the district alone', async () => {
    const before = await board(officer)
    const need = await note(guide)
    await walk(need, [guide, 'rise', asked])
    const after = await board(officer)
    const lane = (b: typeof before, name: string) => b.lanes.find(l => l.lane === name)
    expect((lane(after, 'township')?.count ?? 0) - (lane(before, 'township')?.count ?? 0)).toBe(1)
    expect(after.week.rose - before.week.rose).toBe(1)
    for (const l of after.lanes) expect(l.states.reduce((n, s) => n + s.count, 0)).toBe(l.count)
    expect((await board(hub)).lanes.slice(0, 2).every(l => l.cards.every(c => c.urgent))).toBe(true)
    house.at('2021-11-01T09:00:00+08:00')
    const stuck = await board(officer)
    expect(stuck.stuck[0]).toMatchObject({ place: { code: '330111109' } })
    const due = lane(stuck, 'township')?.cards.map(c => c.dueOn ?? '') ?? []
    expect(due).toEqual(due.toSorted())
  })

  it('tells each level how many wait for it: urgent ones nobody opened, and its own that ran late', async () => {
    const yours = async (who: Client) => (await who.get('GET /needs/yours')).body
    const listed = async (who: Client) =>
      (await who.get('GET /needs', { query: { show: 'yours', limit: 100 } })).body.items.length
    const before = [await yours(guide), await yours(clerk)]
    const need = await note(guide, { urgent: true })
    const late = await note(guide)
    await walk(late, [guide, 'rise', asked])
    house.at('2021-09-20T09:00:00+08:00')
    const after = [await yours(guide), await yours(clerk)]
    expect((after[1]?.urgent ?? 0) - (before[1]?.urgent ?? 0)).toBe(1)
    expect((after[1]?.late ?? 0) - (before[1]?.late ?? 0)).toBeGreaterThanOrEqual(1)
    for (const [who, counts] of [
      [guide, after[0]],
      [clerk, after[1]],
    ] as const)
      expect(await listed(who)).toBe((counts?.urgent ?? 0) + (counts?.late ?? 0))
    await walk(need, [hub, 'accept'])
    expect((await yours(clerk)).urgent).toBe((after[1]?.urgent ?? 0) - 1)
  })

  it('raises a project where five households lack the same and nobody could meet it; four are too few', async () => {
    const one = async (i: number) => {
      const need = await note(
        guide,
        { item: 'S-D1', words: `孩子想有人辅导${i}` },
        await register(`钟家${'甲乙丙丁戊'[i] ?? ''}`),
      )
      await walk(
        need,
        [guide, 'rise', asked],
        [clerk, 'rise', asked],
        [hub, 'screen', { kind: 'service', item: 'S-D1' }],
      )
    }
    for (let i = 0; i < 4; i++) await one(i)
    const raised = async () => (await board(hub)).together.find(t => t.item.id === 'S-D1')
    expect(await raised()).toBeUndefined()
    await one(4)
    expect(await raised()).toMatchObject({ households: 5, townships: 1 })
  })

  it('leaves no word of a family in the trail, and names the household', async () => {
    const need = await note(guide)
    await open(guide, need)
    const entries = (await house.trail(1000)).filter(e => e.action.startsWith('wishes.'))
    expect(
      entries
        .filter(e => e.action === 'wishes.readNeed' && e.outcome === 'done')
        .every(e => e.subject_kind === 'household'),
    ).toBe(true)
    expect(JSON.stringify(entries)).not.toMatch(/助听器|方水根|方\*根/)
  })
})

describe('the database', () => {
  it('lets no machine end a need, and nobody write one in another’s name', async () => {
    const need = await note(guide)
    await expect(
      house.inside(ctx =>
        ctx.transaction
          .updateTable('wishes.need' as never)
          .set({ state: 'rejected', closed_at: new Date(), due_on: null } as never)
          .where('id' as never, '=', need as never)
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    const written = (by: 'guide' | 'machine') =>
      house.inside(ctx =>
        sql`insert into wishes.need (district, id, number, division, household_id, state, level, origin, masked_name, sealed_words,
                                     told_on, told_at, told_by, told_name, due_on, since_on, changed_at)
            select district, ${newId()}, ${by}, division, household_id, state, level, origin, masked_name, sealed_words, told_on, told_at,
                   case ${by} when 'machine' then ${ctx.actor.account}::uuid else told_by end, told_name, due_on, since_on, changed_at
              from wishes.need where id = ${need}`.execute(ctx.transaction),
      )
    await expect(written('guide')).rejects.toThrow(/row-level security/)
    await expect(written('machine')).resolves.toBeDefined()
  })
})

describe('a need that may be the same', () => {
  it('is found behind however many others of a family', async () => {
    const household = await register('叶阿多')
    for (let i = 0; i < 21; i++) await note(guide, { words: `第${i}件完全不一样的事情` }, household)
    const [like, own] = [
      await note(guide, { words: '奶奶听不见，想要一个助听器' }, household),
      await note(guide, { words: '奶奶听不见，想要助听器' }, household),
    ]
    const { alike } = (await open(guide, own)).body
    expect([alike.length, alike[0]?.id, alike[0]?.likely]).toEqual([20, like, true])
  })
})

describe('what is shown of many', () => {
  /** As one that is there, with other values. */
  async function copies(table: 'need' | 'resource', id: Id, n: number, values: Record<string, unknown>): Promise<void> {
    const [{ own = '' } = {}] = await house.sql<{ own: string }>(
      `select string_agg(column_name, ', ') as own from information_schema.columns
        where table_schema = 'wishes' and table_name = $1 and is_generated = 'NEVER'`,
      [table],
    )
    await house.sql(
      `insert into wishes.${table} (${own}) select ${own} from (
         select (jsonb_populate_record(t, $2::jsonb || jsonb_build_object('number', 'X-' || i, 'id', 'ffffffff-0000-7000-8000-' || lpad(i::text, 12, '0')))).*
           from wishes.${table} t, generate_series(1, ${n}) i where id = $1) copied`,
      [id, JSON.stringify(values)],
    )
  }

  it('to a family is all that is open before what is over, and that there was more', async () => {
    const household = await register('叶阿长')
    const phone = house.as('resident', { village, household })
    const need = await note(guide, {}, household)
    const mine = async () => (await phone.get('GET /my/needs')).body
    expect(await mine()).toMatchObject({ items: [{ id: need }], more: false })
    await copies('need', need, 50, { state: 'withdrawn', closed_at: '2021-09-13T01:00:00Z', due_on: null })
    const { items, more } = await mine()
    expect([items.length, items.at(-1)?.id, more]).toEqual([50, need, true])
  })

  it('to anybody who scans a code says that there is more', async () => {
    const division = '330111109215'
    const there = house.as('guide', { scope: division as never })
    const added = await there.post('POST /resources', {
      body: { division: division as never, kind: 'goods', name: '轮椅', offers: '借用', places: 1, shown: true },
    })
    const code = async () =>
      (await house.nobody().get('GET /levels/:code', { params: { code: division as never } })).body
    expect(await code()).toMatchObject({ resources: [{ name: '轮椅' }], more: false })
    await copies('resource', added.body.id, 100, {})
    const { resources, more } = await code()
    expect([resources.length, more]).toEqual([100, true])
  })
})
