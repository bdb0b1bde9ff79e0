import { type Day, type Id, newId } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { handedIn, village } from '../../../test/talk.ts'
import { whoServes } from './absence.ts'
import { openTask } from './index.ts'

const township = '330111109'
const bare = '330111100205'
const today = '2021-09-26' as Day

describe('who serves a village', () => {
  const [a, b, t] = [
    { account: 'a' as Id, scope: village },
    { account: 'b' as Id, scope: village },
    { account: 't' as Id, scope: township },
  ]
  const away = (...pairs: [string, string | null][]) =>
    pairs.map(([g, s]) => ({ guide: g as Id, standIn: s as Id | null }))
  it.each([
    ['its own guides before those of the township', [a, t], away(), 'a'],
    ['those of the township where it has none', [t], away(), 't'],
    ['nobody where there is none', [], away(), ''],
    ['who stands in', [a, t], away(['a', 't']), 't'],
    ['who stands in for who stands in', [a, b, t], away(['a', 'b'], ['b', 't']), 't'],
    ['the township where it stands in', [a, t], away(['a', null]), ''],
    ['a colleague at work beside it', [a, b], away(['a', null]), 'b'],
    ['the township where two stand in for each other', [a, b], away(['a', 'b'], ['b', 'a']), ''],
    ['the township where who stands in left', [a], away(['a', 'gone']), ''],
  ])('is %s', (_, guides, absent, expected) => {
    expect(
      whoServes(guides, absent, village)
        .map(g => g.account)
        .join(''),
    ).toBe(expected)
  })
})

describe('while a guide is away', () => {
  let house: House
  let guide: Client
  let standIn: Client
  let clerk: Client
  beforeAll(async () => {
    house = await openHouse()
    guide = house.as('guide', { name: '徐小英' })
    standIn = house.as('guide', { name: '何美', scope: township })
    clerk = house.as('townshipClerk', { name: '羊镇' })
    for (const who of [guide, standIn, clerk]) await who.account()
  })
  afterAll(() => house.close())

  const family = async (division: string = village, who = clerk) =>
    (await who.post('POST /households', { body: { division, members: [{ name: '俞建国', relation: '01' }] } })).body.id
  const open = async (household: Id) =>
    house.inside(ctx =>
      openTask(ctx, { kind: 'verification', household, origin: { kind: 'alert', id: newId() }, dueOn: today }),
    )
  const taskRow = async (id: Id) =>
    (await house.sql<Record<string, unknown>>('select * from outreach.task where id = $1', [id]))[0]
  const caseRow = async (id: Id) =>
    (await house.sql<Record<string, unknown>>('select * from outreach.case where id = $1', [id]))[0]
  const note = async (body: { standIn?: string; fromOn?: Day; backOn?: Day; guide?: Id } = {}, who = clerk) =>
    who.post('POST /absences', {
      body: {
        guide: await guide.account(),
        fromOn: today,
        backOn: '2021-09-29' as Day,
        standIn: await standIn.account(),
        ...body,
      } as never,
    })
  const end = (id: Id) => clerk.delete('DELETE /absences/:absenceId', { params: { absenceId: id } })
  const shown = async (id: Id) => (await clerk.get('GET /absences/:absenceId', { params: { absenceId: id } })).body
  const handOver = async (id: Id) => {
    const { held } = await shown(id)
    const of = (kind: string) => held.filter(h => h.kind === kind).map(h => h.id)
    return clerk.post('POST /absences/:absenceId/hand-over', {
      params: { absenceId: id },
      body: { tasks: of('task'), cases: of('case') },
    })
  }

  it('what comes in goes to who stands in, from the first day until the guide is back', async () => {
    const household = await family()
    const absence = await note({ fromOn: '2021-09-27' as Day })
    expect(absence.body).toMatchObject({ standIn: { name: '何美' }, standInWords: { zh: '由何美代班' } })
    expect(await taskRow(await open(household))).toMatchObject({ holder_name: '徐小英' })
    house.at('2021-09-27T09:00:00+08:00')
    expect(await taskRow(await open(household))).toMatchObject({
      holder_name: '何美',
      state: 'given',
      held_by: 'village',
    })
    const resident = house.as('resident')
    const given = await handedIn(resident)
    expect(given.toldTo.zh).toBe('已告诉导服员何美')
    expect((await standIn.get('GET /cases')).body.items.map(c => c.id)).toContain(given.case)
    house.at('2021-09-29T09:00:00+08:00')
    expect(await taskRow(await open(household))).toMatchObject({ holder_name: '徐小英' })
    house.at('2021-09-26T09:00:00+08:00')
    await end(absence.body.id)
  })

  it('what is open is shown, handed over when a clerk says so, and put back where nobody touched it', async () => {
    await house.sql('update outreach.task set holder_id = null, holder_name = null where true')
    const household = await family()
    const [still, touched] = [await open(household), await open(household)]
    const { case: caseId } = await handedIn(house.as('resident'))
    await guide.post('POST /cases/:caseId/accept', { params: { caseId }, body: {} })
    const { body: absence } = await note()
    const before = await shown(absence.id)
    expect(before.held.map(h => h.id).toSorted()).toEqual([still, touched, caseId].toSorted())
    expect(before.held.every(h => h.place.includes('青龙村'))).toBe(true)
    expect(JSON.stringify(before)).not.toContain('陆桂香')
    expect((await taskRow(still))?.['holder_name']).toBe('徐小英')
    expect((await handOver(absence.id)).body).toEqual({ moved: 3, left: 0 })
    const trail = await house.trail(500)
    expect(trail.find(t => t.action === 'outreach.handHeldOver')).toMatchObject({
      role: 'townshipClerk',
      outcome: 'done',
    })
    for (const row of [await taskRow(still), await taskRow(touched), await caseRow(caseId)])
      expect(row).toMatchObject({ holder_name: '何美', held_by: 'village' })
    expect((await caseRow(caseId))?.['state']).toBe('accepted')
    const read = await standIn.get('GET /cases/:caseId', { params: { caseId } })
    expect(read.body.next.map(n => n.step)).toContain('contact')
    expect(read.body.steps.map(s => s.words.zh)).toContain('经办人不在，交给了代班的')
    await standIn.post('POST /tasks/:taskId/steps', { params: { taskId: touched }, body: { step: 'take' } })
    expect((await end(absence.id)).body).toEqual({ back: 2, left: 1 })
    expect(await taskRow(still)).toMatchObject({ holder_name: '徐小英', state: 'given' })
    expect(await taskRow(touched)).toMatchObject({ holder_name: '何美', state: 'taken' })
    expect(await caseRow(caseId)).toMatchObject({ holder_name: '徐小英', state: 'accepted' })
    const again = await clerk.post('POST /absences/:absenceId/hand-over', {
      params: { absenceId: absence.id },
      body: { tasks: [still], cases: [] },
    })
    expect(again.problem?.code).toBe('outreach.absenceOver')
  })

  it('the township may stand in, and takes up what it was handed where it was', async () => {
    const { case: caseId } = await handedIn(house.as('resident'))
    await guide.post('POST /cases/:caseId/accept', { params: { caseId }, body: {} })
    const { body: absence } = await note({ standIn: 'township' })
    const task = await open(await family())
    expect(await taskRow(task)).toMatchObject({ holder_id: null, held_by: 'township', state: 'handedOver' })
    await handOver(absence.id)
    expect(await caseRow(caseId)).toMatchObject({ holder_id: null, held_by: 'township', state: 'handedOver' })
    const taken = await clerk.post('POST /cases/:caseId/take-over', { params: { caseId }, body: {} })
    expect(taken.body.state).toBe('accepted')
    await end(absence.id)
  })

  it('what changed hands between the look and the word is left where it is', async () => {
    const task = await open(await family())
    const { body: absence } = await note()
    await clerk.post('POST /tasks/:taskId/steps', { params: { taskId: task }, body: { step: 'takeOver' } })
    const handed = await clerk.post('POST /absences/:absenceId/hand-over', {
      params: { absenceId: absence.id },
      body: { tasks: [task], cases: [newId()] },
    })
    expect(handed.body).toEqual({ moved: 0, left: 2 })
    expect(await taskRow(task)).toMatchObject({ held_by: 'township', state: 'taken' })
    await end(absence.id)
  })

  it('nobody stands in who does not reach the village or is away, and nobody is away twice', async () => {
    const elsewhere = await house.as('guide', { scope: '330111109205' }).account()
    const code = async (answer: ReturnType<typeof note>) => (await answer).problem?.code
    expect(await code(note({ standIn: elsewhere }))).toBe('outreach.cannotStandIn')
    expect(await code(note({ standIn: await guide.account() }))).toBe('outreach.cannotStandIn')
    expect(await code(note({ backOn: today }))).toBe('outreach.absenceDaysWrong')
    expect(await code(note({ guide: newId() }))).toBe('outreach.guideNotFound')
    const other = house.as('townshipClerk', { scope: '330111100' })
    expect(await code(note({}, other))).toBe('outreach.guideNotFound')
    const theirs = await note({ guide: await standIn.account(), standIn: 'township' })
    expect(await code(note())).toBe('outreach.cannotStandIn')
    await end(theirs.body.id)
    const mine = await note()
    expect(await code(note({ standIn: 'township' }))).toBe('outreach.alreadyAway')
    const foreign = await other.get('GET /absences/:absenceId', { params: { absenceId: mine.body.id } })
    expect(foreign.problem?.code).toBe('outreach.absenceNotFound')
    const later = await note({ guide: await standIn.account(), standIn: 'township' })
    const task = await open(await family())
    expect(await taskRow(task)).toMatchObject({ held_by: 'township' })
    await house.sql('update outreach.task set holder_id = $2, held_by = $3 where id = $1', [
      task,
      await guide.account(),
      'village',
    ])
    expect((await handOver(mine.body.id)).problem?.code).toBe('outreach.cannotStandIn')
    await end(later.body.id)
    await end(mine.body.id)
  })

  it('of two clerks who note the same absence at once the second is told of the first', async () => {
    const holder = await house.database.owner.connect()
    await holder.query(`begin; select pg_advisory_xact_lock(hashtext('zhulian absences 330111'))`)
    const pressed = [note(), note({ standIn: 'township' })]
    await new Promise(done => setTimeout(done, 150))
    expect(await Promise.race([...pressed, Promise.resolve('waiting')])).toBe('waiting')
    await holder.query('commit')
    holder.release()
    const answers = await Promise.all(pressed)
    expect(answers.map(a => a.status).toSorted()).toEqual([200, 409])
    const first = answers.find(a => a.status === 200)
    await end(first?.body.id as Id)
  })

  it('a guide who works in two townships is away by the word of the district, not of one of them', async () => {
    const both = house.as('guide', { name: '俞两', scope: '330111109215' })
    const account = await both.account()
    await house.sql(
      `insert into identity.role_grant (district, id, account_id, role, scope, from_at, granted_by)
       select district, $2, account_id, role, '330111100201', from_at, granted_by from identity.role_grant where account_id = $1`,
      [account, newId()],
    )
    const asked = { guide: account, standIn: 'township' }
    for (const who of [clerk, house.as('townshipClerk', { scope: '330111100' })])
      expect((await note(asked, who)).problem?.code).toBe('outreach.guideNotFound')
    const noted = await note(asked, house.as('districtOfficer'))
    expect(noted.status).toBe(200)
    const seen = (await clerk.get('GET /network')).body.guides.find(g => g.account === account)
    expect(seen).toMatchObject({ awayToday: true, away: { id: noted.body.id } })
    const colleague = await house.as('guide', { scope: '330111109215' }).account()
    const standsIn = await note({ guide: colleague, standIn: account })
    expect(standsIn.problem?.code).toBe('outreach.cannotStandIn')
    await house.as('districtOfficer').delete('DELETE /absences/:absenceId', { params: { absenceId: noted.body.id } })
  })

  it('a village without any guide is shown to its township, which gets its tasks and cases', async () => {
    const there = house.as('townshipClerk', { scope: '330111100' })
    const network = await there.get('GET /network')
    expect(network.body.withoutGuide).toContainEqual({ code: bare, name: '新民村' })
    const task = await open(await family(bare, there))
    expect(await taskRow(task)).toMatchObject({ holder_id: null, held_by: 'township', state: 'handedOver' })
    const resident = house.as('resident')
    const given = await handedIn(resident, { to: bare })
    expect(given.toldTo.zh).toContain('镇里')
    expect(await caseRow(given.case)).toMatchObject({ held_by: 'township', state: 'new' })
    const accepted = await there.post('POST /cases/:caseId/accept', { params: { caseId: given.case }, body: {} })
    expect(accepted.body.state).toBe('accepted')
    expect((await there.get('GET /network')).body.township).toMatchObject({ openTasks: 1, openCases: 1 })
    await house.as('guide', { scope: bare }).account()
    expect((await there.get('GET /network')).body.withoutGuide.map(v => v.code)).not.toContain(bare)
  })

  it('a clerk sees what each guide has open and late, who is away, and what somebody who left still holds', async () => {
    const [worker, leaver] = [
      house.as('guide', { name: '俞忙', scope: '330111109213' }),
      house.as('guide', { name: '俞走', scope: '330111109214' }),
    ]
    const ids = [await worker.account(), await leaver.account()]
    const household = await family('330111109213')
    await open(household)
    await open(household)
    await open(await family('330111109214'))
    await house.sql('update identity.account set ended_at = now() where id = $1', [ids[1]])
    house.at('2021-09-27T09:00:00+08:00')
    const { body } = await clerk.get('GET /network')
    expect(body.guides.find(g => g.account === ids[0])).toMatchObject({
      name: '俞忙',
      places: [{ code: '330111109213', name: '五联村' }],
      openTasks: 2,
      openCases: 0,
      late: 2,
      lateDays: 1,
      away: null,
    })
    const taken = { openTasks: 1, openCases: 1, late: 1, lateDays: 1 }
    expect(body.clerks).toMatchObject([{ name: '羊镇', places: [{ code: township, name: '常绿镇' }], ...taken }])
    expect(body.leftBehind).toContainEqual({
      account: ids[1],
      name: '俞走',
      openTasks: 1,
      openCases: 0,
      late: 1,
      lateDays: 1,
    })
    house.at('2021-09-26T09:00:00+08:00')
    const { body: absence } = await note()
    const seen = (await clerk.get('GET /network')).body.guides.find(g => g.name === '徐小英')
    expect(seen).toMatchObject({ awayToday: true, away: { id: absence.id, standIn: { name: '何美' } } })
    expect((await guide.get('GET /network')).problem?.code).toBe('request.notAllowed')
  })
})
