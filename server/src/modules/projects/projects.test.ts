import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { actorOf, as } from '../../platform/act-as.ts'
import { organisationOfUnit } from '../pools/index.ts'
import { freePlaces, projectOf } from './index.ts'

const start = '2021-09-13T09:00:00+08:00'
const village = '330111109203'
const township = '330111109'

let house: House
let guide: Client
let clerk: Client
let officer: Client
let second: Client
let hub: Client
beforeAll(async () => {
  house = await openHouse({ at: start })
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '李敏' })
  officer = house.as('districtOfficer', { name: '周建国' })
  second = house.as('districtOfficer', { name: '方永明' })
  hub = house.as('operator', { name: '孙洁' })
  for (const who of [guide, clerk, officer, second, hub]) await who.account()
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

const charter = {
  name: '东洲订单培训',
  brand: 'hardship' as const,
  purpose: '让有劳动能力的人有一技之长',
  whatIsDone: '边培训、边就业，四十学时',
  forWhom: '愿意工作、没有固定工作的人',
  limits: '不收学员的钱',
  safeguarding: '女学员夜间课程有人接送',
  items: [{ service: 'S-C2', units: 30, unitFen: 150_000 }],
  places: 2,
  area: [township],
  fromOn: '2021-09-13',
  untilOn: '2022-03-13',
  indicators: [{ words: '三个月内就业', target: 20, unit: '人', measured: '社保记录' }],
}
const add = async (more: Record<string, unknown> = {}): Promise<Id> => {
  const added = await hub.post('POST /projects', { body: { ...charter, ...more } })
  expect(added.problem?.code, added.text.slice(0, 300)).toBeUndefined()
  return added.body.id
}
const step = (who: Client, project: Id, named: string, body: Record<string, unknown> = {}) =>
  who.post('POST /projects/:projectId/steps', {
    params: { projectId: project },
    body: { step: named as never, ...body },
  })
async function walk(project: Id, ...steps: [Client, string, Record<string, unknown>?][]): Promise<void> {
  for (const [who, named, body] of steps) {
    const done = await step(who, project, named, body)
    expect(done.problem?.code, `${named}: ${done.text.slice(0, 200)}`).toBeUndefined()
  }
}
const money = { amountFen: 4_500_000, fund: 'F04' }
const organisation = { organisation: { name: '新城就业服务中心' } }
const run = async (more: Record<string, unknown> = {}): Promise<Id> => {
  const project = await add(more)
  await walk(
    project,
    [hub, 'askBudget', money],
    [officer, 'approveBudget'],
    [hub, 'name', organisation],
    [officer, 'sign', { note: '合同2021-7' }],
    [hub, 'start'],
  )
  return project
}
const open = async (who: Client, project: Id) =>
  (await who.get('GET /projects/:projectId', { params: { projectId: project } })).body

const household = async (name: string): Promise<Id> =>
  (
    await clerk.post('POST /households', {
      body: { division: village, members: [{ name, relation: '01', birthDate: '1985-05-04' as never }] },
    })
  ).body.id
const need = async (home: Id, body: Record<string, unknown> = {}): Promise<Id> =>
  (
    await guide.post('POST /households/:householdId/needs', {
      params: { householdId: home },
      body: { words: '想学一门手艺', item: 'S-C2', ...body } as never,
    })
  ).body.id
const taken = async (home: Id, body: Record<string, unknown> = {}): Promise<Id> => {
  const id = await need(home, body)
  await guide.post('POST /needs/:needId/steps', { params: { needId: id }, body: { step: 'accept' } })
  return id
}
const enrol = (who: Client, project: Id, id: Id, body: Record<string, unknown> = {}) =>
  who.post('POST /projects/:projectId/needs', { params: { projectId: project }, body: { need: id, ...body } })
const stateOf = async (id: Id) => (await guide.get('GET /needs/:needId', { params: { needId: id } })).body.state

describe('a project', () => {
  it('says by its code what it does and how many places are free, to anybody, from its call until its last day', async () => {
    const anybody = house.as('resident')
    const code = async (id: Id) => await anybody.get('GET /projects/:projectId/code', { params: { projectId: id } })
    const draft = await add()
    expect((await code(draft)).problem?.code).toBe('projects.projectNotFound')
    const project = await run({ name: '青龙村家政班' })
    const home = await household('吴文书')
    expect((await enrol(guide, project, await taken(home))).problem).toBeUndefined()
    const { body, text } = await code(project)
    expect(body).toMatchObject({ card: null, area: ['常绿镇'], places: 2, free: 1, state: 'running' })
    expect(body.organisation).toBeNull()
    for (const told of ['青龙村家政班', '吴文书', '孙洁', '周建国', 'F04', 'budget']) expect(text).not.toContain(told)
    house.at('2022-03-14T09:00:00+08:00')
    expect((await code(project)).problem?.code).toBe('projects.projectNotFound')
  })

  it('says to anybody only words that a person read, of the charter that was read, and without what tells who somebody is', async () => {
    const anybody = house.as('resident')
    const params = (id: Id) => ({ params: { projectId: id } })
    const said = async (id: Id) => (await anybody.get('GET /projects/:projectId/code', params(id))).body
    const project = await run({ whatIsDone: '四十学时，报名找吴文书 13800000000', forWhom: '年满16周岁的人' })
    await enrol(guide, project, await taken(await household('吴文书')))
    const card = async (who: Client) => await who.get('GET /projects/:projectId/card', params(project))
    const before = (await card(hub)).body
    expect(before).toMatchObject({ state: 'none', card: null, organisation: '新城就业服务中心', version: 0 })
    expect([before.draft.whatIsDone, before.draft.forWhom]).toEqual(['四十学时，报名找…', '年满16周岁的人'])
    expect(before.found.map(words => words.en)).toEqual(['a telephone or chat number', 'a name'])
    const check = (who: Client, body: Record<string, unknown>) =>
      who.post('POST /projects/:projectId/card', {
        ...params(project),
        body: { ...before.draft, read: true, expectedVersion: 0, ...body } as never,
      })
    expect((await check(hub, { read: false })).problem?.code).toBe('projects.cardUnread')
    expect((await check(hub, { whatIsDone: '找吴 文 书' })).problem?.code).toBe('projects.cardTells')
    expect((await said(project)).card).toBeNull()
    const words = { ...before.draft, whatIsDone: '四十学时，到镇里报名' }
    expect((await check(hub, words)).body).toMatchObject({ state: 'shown', card: { by: '孙洁' }, version: 1 })
    expect((await check(officer, words)).problem?.code).toBe('projects.projectChanged')
    expect(await said(project)).toMatchObject({ card: words, organisation: '新城就业服务中心' })
    const hide = () => officer.post('POST /projects/:projectId/card/hide', params(project))
    expect((await hide()).body.state).toBe('hidden')
    expect((await hide()).problem?.code).toBe('projects.noCard')
    expect(await said(project)).toMatchObject({ card: null, organisation: null })
    expect((await check(officer, { ...words, expectedVersion: 2 })).body.state).toBe('shown')
    await house.sql(`update projects.project set limits = '另写的' where id = '${project}'`)
    expect((await said(project)).card).toBeNull()
    expect((await card(officer)).body.state).toBe('changed')
  })

  it('is changed by nobody in the name of another, even past our own checks', async () => {
    const project = await run()
    for (const hand of ['budget_approved_by', 'signed_by', 'evaluated_by'])
      await expect(
        house.sql(`update projects.project set ${hand} = $1 where id = $2`, [await second.account(), project]),
      ).rejects.toMatchObject({ code: '23503' })
  })

  it('comes to a contract and runs by named persons, money and contract by two each, and keeps who did what', async () => {
    const project = await add()
    expect((await step(hub, project, 'sign', { note: '合同' })).problem?.code).toBe('projects.stepNotOpen')
    expect((await step(hub, project, 'askBudget')).problem?.code).toBe('projects.amountMissing')
    expect((await step(hub, project, 'askBudget', { ...money, fund: 'F01' })).problem?.code).toBe(
      'projects.fundForElse',
    )
    await walk(project, [officer, 'askBudget', money])
    const refused = await step(officer, project, 'approveBudget')
    expect([refused.problem?.code, refused.problem?.detail]).toEqual([
      'projects.anotherPerson',
      '前一步是您自己办的，“批准预算”要请另一个人来。',
    ])
    expect((await open(officer, project)).forAnother.map(w => w.zh)).toContain('批准预算')
    await walk(project, [second, 'approveBudget'], [officer, 'name', organisation])
    expect((await step(officer, project, 'sign', { note: '合同' })).problem?.code).toBe('projects.anotherPerson')
    await walk(project, [second, 'sign', { note: '合同2021-7' }], [hub, 'start'])
    const whole = await open(guide, project)
    expect(whole).toMatchObject({
      number: expect.stringMatching(/^XM-2021-\d{4}$/),
      state: 'running',
      budgetFen: 4_500_000,
      costFen: 4_500_000,
      fund: { id: 'F04' },
      organisation: '新城就业服务中心',
      budgetAskedBy: '周建国',
      budgetApprovedBy: '方永明',
      dueOn: '2022-03-13',
      next: [],
    })
    expect(whole.steps.map(s => [s.words.zh, s.by])).toEqual([
      ['开始起草', '孙洁'],
      ['申请了预算', '周建国'],
      ['批准了预算', '方永明'],
      ['提名了承接方', '周建国'],
      ['签了约', '方永明'],
      ['开始实施', '孙洁'],
    ])
  })

  it('is told of outside from its call on, by its id and where it stands', async () => {
    const admin = house.as('admin')
    const kinds = ['project.called', 'project.moved', 'project.closed'] as const
    const body = { name: '某平台', url: 'https://hooks.example.org/zhulian', kinds: [...kinds] }
    const { id } = (await admin.post('POST /webhooks', { body })).body
    await admin.post('POST /webhooks/:subscriptionId/pause', { params: { subscriptionId: id }, body: {} })
    const project = await add()
    await walk(
      project,
      [hub, 'askBudget', money],
      [officer, 'approveBudget'],
      [hub, 'openCall', { until: '2021-10-13' }],
    )
    await walk(project, [hub, 'closeCall', { note: '没有人来' }], [hub, 'drop', { note: '不做了' }])
    await house.settle()
    const mine = [id, project]
    const rows = await house.sql<{ body: string }>(
      'select body from doors.message where subscription_id = $1 and about_id = $2',
      mine,
    )
    const told = rows.map(row => JSON.parse(row.body) as { type: string; data: object })
    expect(new Map(told.map(one => [one.type, one.data]))).toEqual(
      new Map([
        ['project.called', { id: project, state: 'callOpen' }],
        ['project.moved', { id: project, state: 'draft' }],
        ['project.closed', { id: project, state: 'archived' }],
      ]),
    )
  })

  it('is not approved by who asked even past our own checks: the database refuses it', async () => {
    const project = await add()
    await walk(project, [officer, 'askBudget', money])
    await expect(
      house.sql(
        `update projects.project set budget_state = 'approved', budget_approved_by = budget_asked_by where id = '${project}'`,
      ),
    ).rejects.toMatchObject({ code: '23514' })
  })

  it('keeps its charter once money was asked for, is not overwritten unseen, and a wrong rule is told with its place', async () => {
    const project = await add()
    const put = (body: Record<string, unknown>) =>
      hub.ask('PUT /projects/:projectId', { params: { projectId: project }, body: { ...charter, ...body } })
    expect((await put({ name: '东洲订单培训二期', expectedVersion: 1 })).problem?.code).toBeUndefined()
    expect((await put({ expectedVersion: 1 })).problem?.code).toBe('projects.projectChanged')
    expect((await put({ eligibility: 'person.agee >= 16' })).problem?.code).toBe('projects.ruleNotReadable')
    expect((await put({ area: ['330111999'] })).problem?.code).toBe('projects.placeUnknown')
    expect((await put({ items: [{ service: 'S-Z9', units: 1, unitFen: 1 }] })).problem?.code).toBe(
      'projects.serviceUnknown',
    )
    await walk(project, [hub, 'askBudget', money])
    expect((await put({})).problem?.code).toBe('projects.charterClosed')
    await walk(project, [hub, 'takeBackBudget'])
    expect((await put({})).problem?.code).toBeUndefined()
    const read = (condition: string) => hub.post('POST /projects/rule', { body: { condition } })
    expect((await read('person.age >= 16 && person.willingToWork')).body).toMatchObject({ ok: true, problems: [] })
    expect((await read('person.agee >= 16')).body).toMatchObject({
      ok: false,
      problems: [{ line: 1, column: expect.any(Number) }],
    })
  })

  it('has no more families than places, however many press at once, and the next is told of the list', async () => {
    const project = await run({ places: 1 })
    const [first, next] = [await taken(await household('方一')), await taken(await household('方二'))]
    // The first is held between taking the place and the commit, while the next asks.
    const { promise: held, resolve: goOn } = Promise.withResolvers<void>()
    const { promise: took, resolve: hasTaken } = Promise.withResolvers<void>()
    const holding = house.inside(async ctx => {
      await sql`select from projects.project where id = ${project} for update`.execute(ctx.transaction)
      hasTaken()
      await held
      await sql`insert into projects.enrolment (district, id, project_id, need_id, number, division, household_id, masked_name, told_on,
          state, verdict, asked_at, asked_on, asked_by, asked_name, placed_at, placed_on)
        select district, ${newId()}, ${project}, id, number, division, household_id, masked_name, told_on, 'placed', 'noRule', now(), ${ctx.today},
          ${ctx.actor.account}, told_name, now(), ${ctx.today} from wishes.need where id = ${first}`.execute(
        ctx.transaction,
      )
    })
    await took
    const asking = enrol(guide, project, next)
    await new Promise(done => setTimeout(done, 150))
    goOn()
    await holding
    const refused = await asking
    expect([refused.problem?.code, refused.status]).toEqual(['projects.projectFull', 409])
    expect(await stateOf(next)).toBe('acceptedVillage')
    expect((await enrol(guide, project, next, { wait: true })).body).toMatchObject({
      state: 'waiting',
      turn: 1,
      isOpen: true,
      next: ['leave'],
    })
    expect(await open(hub, project)).toMatchObject({ places: 1, placed: 1, free: 0, waiting: 1 })
  })

  it('gives a free place to whose turn it is; out of turn only with a reason, which stays there to be read', async () => {
    const project = await run({ places: 1 })
    const [early, late, urgent] = [
      await taken(await household('早来')),
      await taken(await household('晚来')),
      await taken(await household('急的'), { urgent: true }),
    ]
    await enrol(guide, project, early, { wait: true })
    expect((await enrol(guide, project, late)).problem?.code).toBe('projects.othersWait')
    expect((await enrol(guide, project, late, { despite: '下周就开课，早来的那户在外地' })).body).toMatchObject({
      state: 'placed',
      despite: '下周就开课，早来的那户在外地',
    })
    expect(await stateOf(late)).toBe('matched')
    await walk(project, [hub, 'changePlaces', { places: 2, note: '加一个名额' }])
    await enrol(guide, project, urgent, { wait: true })
    const list = (await hub.get('GET /projects/:projectId/needs', { params: { projectId: project }, query: {} })).body
    const turns = new Map(list.items.map(e => [e.need, e.turn]))
    expect([turns.get(urgent), turns.get(early)]).toEqual([1, 2])
    const place = (id: Id) =>
      guide.post('POST /projects/:projectId/needs/:needId/steps', {
        params: { projectId: project, needId: id },
        body: { step: 'place' },
      })
    expect((await place(early)).problem?.code).toBe('projects.othersWait')
    expect((await place(urgent)).body).toMatchObject({ state: 'placed', turn: null })
    expect((await step(hub, project, 'changePlaces', { places: 1, note: '少一个' })).problem?.code).toBe(
      'projects.placesTaken',
    )
    expect((await step(hub, project, 'end', { note: '到期' })).problem?.code).toBe('projects.needsStillHere')
  })

  it('has the place back when the need is met, declined or gone', async () => {
    const project = await run({ places: 1 })
    const home = await household('金一')
    const [first, next] = [await taken(home), await taken(await household('金二'))]
    await enrol(guide, project, first)
    const { lines } = (await guide.get('GET /households/:householdId/track', { params: { householdId: home } })).body
    expect(lines[0]).toMatchObject({ need: { id: first }, project, has: ['assessment', 'link'] })
    await enrol(guide, project, next, { wait: true })
    await guide.post('POST /needs/:needId/steps', {
      params: { needId: first },
      body: { step: 'decline', note: '他去外地打工了' },
    })
    await house.settle()
    expect(await open(hub, project)).toMatchObject({ placed: 0, waiting: 1 })
    await guide.post('POST /needs/:needId/steps', {
      params: { needId: next },
      body: { step: 'withdraw', note: '这家人不要了' },
    })
    await house.settle()
    expect(await open(hub, project)).toMatchObject({ placed: 0, waiting: 0, free: 1 })
    const third = await taken(await household('金三'))
    const { version } = (await enrol(guide, project, third, { wait: true })).body
    const leave = (expectedVersion: number) =>
      guide.post('POST /projects/:projectId/needs/:needId/steps', {
        params: { projectId: project, needId: third },
        body: { step: 'leave', note: '改去外地培训了', expectedVersion },
      })
    expect((await leave(version + 1)).problem?.code).toBe('projects.projectChanged')
    expect((await leave(version)).body).toMatchObject({ state: 'left', leftNote: '改去外地培训了' })
    const gone = (
      await hub.get('GET /projects/:projectId/needs', { params: { projectId: project }, query: { show: 'gone' } })
    ).body
    expect(gone.items.map(e => e.leftAs).toSorted()).toEqual(['givenUp', 'movedOn', 'movedOn'])
  })

  it('asks its rule of a family with reasons and what is not known; whom it does not mean a person lets in with a reason', async () => {
    const project = await run({ eligibility: 'person.age >= 16 && person.age < 60 && person.willingToWork', places: 9 })
    const judge = async (who: Client, id: Id) =>
      (await who.get('GET /projects/:projectId/needs/:needId', { params: { projectId: project, needId: id } })).body
    const unknown = await taken(await household('不清楚'))
    const asked = await judge(guide, unknown)
    expect([asked.verdict, asked.unknown.length]).toEqual(['undetermined', 1])
    expect((await enrol(guide, project, unknown)).body).toMatchObject({ state: 'placed', verdict: 'undetermined' })
    const old = await clerk.post('POST /households', {
      body: { division: village, members: [{ name: '老人', relation: '01', birthDate: '1940-05-04' as never }] },
    })
    const notMeant = await taken(old.body.id)
    const said = await judge(guide, notMeant)
    expect(said.verdict).toBe('ineligible')
    expect(said.reasons[0]?.zh).toContain('81')
    expect((await enrol(guide, project, notMeant)).problem?.code).toBe('projects.notMeant')
    expect((await enrol(guide, project, notMeant, { despite: '身体很好，自己要学' })).body.state).toBe('placed')
    const found = await house.inside(ctx => freePlaces(ctx, { service: 'S-C2' }))
    expect(found.map(p => p.id)).toContain(project)
    // Behind five hundred others it is found as well.
    const others = `00000000-0000-7000-8000-%`
    const [{ columns } = { columns: '' }] = await house.sql<{ columns: string }>(
      `select string_agg(column_name, ', ') as columns from information_schema.columns
        where table_schema = 'projects' and table_name = 'project' and is_generated = 'NEVER'`,
    )
    await house.sql(
      `with other as (select n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid as id from generate_series(1, 501) n),
         hands as (insert into projects.hand (district, project_id, step, by_id)
           select h.district, other.id, h.step, h.by_id from projects.hand h, other where h.project_id = $1)
       insert into projects.project (${columns})
         select ${columns} from (select (jsonb_populate_record(p, jsonb_build_object('id', other.id, 'number', 'X-' || n))).*
           from projects.project p, other where p.id = $1) copied`,
      [project],
    )
    expect((await house.inside(ctx => freePlaces(ctx, { service: 'S-C2' }))).map(p => p.id)).toContain(project)
    await house.sql('delete from projects.project where id::text like $1', [others])
    await house.sql('delete from projects.hand where project_id::text like $1', [others])
    expect((await house.inside(ctx => projectOf(ctx, project))).items).toEqual(charter.items)
  })

  it('takes only needs about what it gives, of where it works, while it runs, and of one project at a time', async () => {
    const elsewhere = await run({ area: ['330111001'] })
    const [here, waiting] = [await run(), await add()]
    const id = await taken(await household('方三'))
    expect((await enrol(guide, elsewhere, id)).problem?.code).toBe('projects.outsideArea')
    expect((await enrol(guide, waiting, id)).problem?.code).toBe('projects.notRunning')
    const other = await taken(await household('方四'), { item: 'S-A1', words: '中午一个人做不动饭' })
    expect((await enrol(guide, here, other)).problem?.code).toBe('projects.otherService')
    expect((await enrol(guide, here, id)).status).toBe(200)
    expect((await enrol(guide, await run(), id, { wait: true })).problem?.code).toBe('projects.alreadyThere')
    house.at('2022-03-14T09:00:00+08:00')
    expect((await enrol(guide, here, other)).problem?.code).toBe('projects.notRunning')
  })

  it('an organisation reads its own, from the contract on, and sees no family in it', async () => {
    const mine = organisationOfUnit('hrss')
    const provider = house.as('provider', { organisation: mine })
    const project = await add()
    await walk(
      project,
      [hub, 'askBudget', money],
      [officer, 'approveBudget'],
      [hub, 'name', { organisation: { id: mine, name: '新城就业服务中心' } }],
    )
    expect(
      (await step(hub, project, 'name', { organisation: { id: newId(), name: '不在名单里' } })).problem?.code,
    ).toBe('projects.organisationMissing')
    const read = () => provider.get('GET /projects/:projectId', { params: { projectId: project } })
    expect((await read()).problem?.code).toBe('projects.projectNotFound')
    await walk(project, [officer, 'sign', { note: '合同' }])
    expect((await read()).body).toMatchObject({ state: 'contracted', next: [], steps: [] })
    expect((await provider.get('GET /projects', { query: {} })).body.items.map(p => p.id)).toEqual([project])
    expect(
      (await provider.get('GET /projects/:projectId/needs', { params: { projectId: project }, query: {} })).status,
    ).toBe(403)
  })
})

describe('the same need of many families', () => {
  it('begins a project as large as it is; the needs are its own, go first when it runs, and go back when it is dropped', async () => {
    const ask = { item: 'S-D1', words: '孩子数学跟不上，想有人辅导' }
    const needs: Id[] = []
    const proposed = () => hub.get('GET /projects/design', { query: { item: 'S-D1' } })
    for (let i = 1; i <= 5; i++) {
      if (i === 5) expect((await proposed()).problem?.code).toBe('projects.tooFewNeeds')
      const id = await taken(await household(`家长${i}`), ask)
      needs.push(id)
      for (const [who, named, body] of [
        [guide, 'rise', { note: '村里没有大学生' }],
        [clerk, 'rise', { note: '镇上也没有' }],
        [hub, 'screen', { kind: 'service' }],
        ...(i < 3 ? [[hub, 'pool', {}] as const] : []),
      ] as const)
        await who.post('POST /needs/:needId/steps', { params: { needId: id }, body: { step: named, ...body } })
    }
    expect((await proposed()).body).toMatchObject({
      households: 5,
      needs: 5,
      places: 5,
      units: 200,
      unitFen: 5_000,
      costFen: 1_000_000,
      brand: 'study',
      fund: { id: 'F01' },
      townships: [{ code: township, households: 5 }],
    })
    const design = async () =>
      (await hub.post('POST /projects/design', { body: { item: 'S-D1', name: '新登课后辅导' } })).body
    const dropped = await design()
    expect(dropped).toMatchObject({ state: 'draft', places: 5, waiting: 0, designed: { needs: 5 } })
    expect(await Promise.all(needs.map(stateOf))).toEqual(Array(5).fill('projectDesigned'))
    await walk(dropped.id, [hub, 'drop', { note: '没有找到承接方' }])
    expect(await Promise.all(needs.map(stateOf))).toEqual(Array(5).fill('inWishPool'))
    await house.settle()
    const again = await design()
    await walk(
      again.id,
      [hub, 'askBudget', { amountFen: 1_000_000, fund: 'F01' }],
      [officer, 'approveBudget'],
      [hub, 'name', { organisation: { name: '红心护航志愿队' } }],
      [officer, 'sign', { note: '协议' }],
      [hub, 'start'],
    )
    const placed = await hub.post('POST /projects/:projectId/needs/:needId/steps', {
      params: { projectId: again.id, needId: needs[0] as Id },
      body: { step: 'place', despite: '孩子还没登记到家里' },
    })
    expect(placed.body, placed.text.slice(0, 300)).toMatchObject({ state: 'placed' })
    expect(await stateOf(needs[0] as Id)).toBe('matched')
    expect(await open(hub, again.id)).toMatchObject({ placed: 1, designed: { needs: 4 } })
    await house.settle()
    expect(await open(hub, again.id)).toMatchObject({ placed: 1, designed: { needs: 4 } })
  })
})

/** Until somebody in this database waits for a row that another holds. */
async function isWaiting(): Promise<void> {
  const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  while ((await house.sql(waits)).length === 0) await new Promise(done => setTimeout(done, 20))
}

describe('money of a project', () => {
  const spend = (who: Client, project: Id, body: Record<string, unknown> = {}) => {
    house.later(1000)
    return who.post('POST /projects/:projectId/spending', {
      params: { projectId: project },
      body: { on: '2021-09-13', amountFen: 100_000, what: '教材', paper: 'FP-1', ...body },
    })
  }
  const sums = async (project: Id) =>
    (await officer.get('GET /projects/:projectId/spending', { params: { projectId: project }, query: {} })).body.sums
  const take = (who: Client, project: Id, entryId: Id, named: 'confirm' | 'strike', note?: string) =>
    who.post('POST /projects/:projectId/spending/:entryId/steps', {
      params: { projectId: project, entryId },
      body: { step: named, ...(note && { note }) },
    })

  it('is paid by a paper once, by name, and never more than was approved', async () => {
    const project = await run()
    await enrol(guide, project, await taken(await household('学一')))
    await enrol(guide, project, await taken(await household('学二')))
    expect((await spend(guide, project)).status).toBe(403)
    expect((await spend(hub, project, { on: '2021-09-12' })).problem?.code).toBe('projects.spendingDayWrong')
    // One that was begun before the day of its charter pays from then on.
    const early = await run({ fromOn: '2021-10-13' })
    expect((await spend(hub, early)).body.state).toBe('counts')
    expect((await spend(hub, early, { on: '2021-09-12', paper: '另一张' })).problem?.facts).toMatchObject({
      from: '2021-09-13',
    })
    expect((await spend(hub, project)).body).toMatchObject({
      state: 'counts',
      written: { by: '孙洁' },
      next: ['strike'],
    })
    expect((await spend(officer, project)).problem?.code).toBe('projects.paperTwice')
    expect(await sums(project)).toEqual({
      budgetFen: 4_500_000,
      spentFen: 100_000,
      waitingFen: 0,
      leftFen: 4_400_000,
      heads: 2,
      perHeadFen: 50_000,
    })
    const over = await spend(hub, project, { paper: 'FP-2', amountFen: 4_400_001 })
    expect([over.problem?.code, over.problem?.facts]).toEqual(['projects.overBudget', { leftFen: 4_400_000 }])
    expect(over.problem?.detail).toContain('44,000元')
    const parties = (await officer.get('GET /three-parties')).body.rows.find(row => row.id === 'S-C2')
    expect(parties?.money.spentFen).toBeGreaterThanOrEqual(100_000)
  })

  it('above a sum counts when another has confirmed it, is struck with a reason that stays, and is settled when nothing waits', async () => {
    const project = await run()
    const large = (await spend(officer, project, { amountFen: 500_000 })).body
    expect(large).toMatchObject({ state: 'waits', next: ['strike'] })
    expect(await sums(project)).toMatchObject({ spentFen: 0, waitingFen: 500_000, leftFen: 4_000_000 })
    expect((await take(officer, project, large.id, 'confirm')).problem?.code).toBe('projects.anotherPerson')
    expect((await take(hub, project, large.id, 'confirm')).problem?.code).toBe('projects.spendingStepNotOpen')
    expect((await take(second, project, large.id, 'confirm')).body).toMatchObject({
      state: 'counts',
      confirmed: { by: '方永明' },
    })
    expect((await take(second, project, large.id, 'strike')).problem?.code).toBe('projects.wordsMissing')
    expect((await take(second, project, large.id, 'strike', '重复报销')).body).toMatchObject({
      state: 'struck',
      struck: { by: '方永明', why: '重复报销' },
      next: [],
    })
    // The paper may be noted anew, the amount is free again.
    const again = (await spend(hub, project, { amountFen: 4_500_000 })).body
    expect(again.state).toBe('waits')
    await walk(project, [hub, 'end', { note: '到期' }], [hub, 'evaluate', { note: '良好' }])
    expect((await step(officer, project, 'settle', { note: '结算' })).problem?.code).toBe('projects.spendingWaits')
    expect((await take(officer, project, again.id, 'confirm')).problem?.code).toBeUndefined()
    await walk(project, [officer, 'settle', { note: '结算' }])
    expect((await spend(hub, project, { paper: 'FP-9' })).problem?.code).toBe('projects.spendingClosed')
  })

  it('two write at once does not go over the budget: the second is asked after the first', async () => {
    const project = await run()
    const { promise: held, resolve: goOn } = Promise.withResolvers<void>()
    const { promise: took, resolve: hasTaken } = Promise.withResolvers<void>()
    const by = await second.account()
    const holding = house.inside(async ctx => {
      await sql`select from projects.project where id = ${project} for update`.execute(ctx.transaction)
      hasTaken()
      await held
      const actor = actorOf(ctx, 'operator', by, '', '330111' as DivisionCode)
      await as(ctx, actor, ctx.now, inner =>
        sql`insert into projects.spending (district, id, project_id, on_day, amount_fen, what, paper, needs_second, written_at, written_by, written_name)
          values ('330111', ${newId()}, ${project}, '2021-09-13', 4400000, '', 'FP-0', true, now(), ${by}, '')`.execute(
          inner.transaction,
        ),
      )
    })
    await took
    const asking = spend(hub, project, { amountFen: 200_000 })
    await isWaiting()
    goOn()
    await holding
    expect((await asking).problem?.code).toBe('projects.overBudget')
  })

  it('is written by nobody of the organisation that carries it, and nobody’s hand is lent at the database', async () => {
    const project = await run()
    const carrier = newId()
    await house.sql(`update projects.project set organisation_id = $2 where id = $1`, [project, carrier])
    const theirs = house.as('operator', { organisation: carrier })
    expect((await spend(theirs, project)).problem?.code).toBe('projects.ownCarrier')
    const entry = (await spend(hub, project, { amountFen: 500_000 })).body.id
    const [me, other] = [(await officer.account()) as Id, (await second.account()) as Id]
    const confirm = (by: Id) =>
      house.inside(ctx =>
        as(ctx, actorOf(ctx, 'districtOfficer', me, '', '330111' as DivisionCode), ctx.now, inner =>
          sql`update projects.spending set confirmed_at = now(), confirmed_by = ${by}, confirmed_name = '' where id = ${entry}`.execute(
            inner.transaction,
          ),
        ),
      )
    await expect(confirm(other)).rejects.toThrow('row-level security')
    await confirm(me)
  })
})
