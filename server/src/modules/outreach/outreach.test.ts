import type { Id } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { finished, handedIn, village } from '../../../test/talk.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const morning = '2021-09-26T09:00:00+08:00'
const read = (who: Client, caseId: Id) => who.get('GET /cases/:caseId', { params: { caseId } })
const step = (who: Client, name: string, caseId: Id, body: Record<string, unknown> = {}) =>
  who.post(`POST /cases/:caseId/${name}`, { params: { caseId }, body })
const papersOf = async (who: Client, policyId: string, state = 'seen') =>
  (await who.get('GET /policies/:policyId', { params: { policyId } })).body.materials.map(m => ({
    paper: m.words.zh,
    state,
  }))

describe('handing in', () => {
  it('needs consent, a village that exists and a telephone that can be one', async () => {
    const resident = house.as('resident')
    const screening = await finished(resident)
    const hand = (body: Record<string, unknown>) =>
      resident.post('POST /screenings/:screeningId/submission', {
        params: { screeningId: screening },
        body: { name: '陆桂香', village, ...body },
      })
    expect((await hand({})).problem?.code).toBe('outreach.consentNeeded')
    await resident.put('PUT /screenings/:screeningId/consent', {
      params: { screeningId: screening },
      body: { kind: 'tellGuide', textVersion: '2021-09' },
    })
    expect((await hand({ village: '330111109999' })).problem?.code).toBe('outreach.noSuchVillage')
    expect((await hand({ village: '330111109' })).problem?.code).toBe('outreach.noSuchVillage')
    expect((await hand({ phone: '123' })).problem?.code).toBe('outreach.phoneNotFitting')
    expect((await hand({ phone: '+86 138 0000 0000' })).status).toBe(200)
    expect((await hand({})).problem?.code).toBe('outreach.alreadySubmitted')
  })

  it('tells the guides of the village at once, and nobody of another village', async () => {
    const [guide, elsewhere] = [house.as('guide', { name: '徐小英' }), house.as('guide', { scope: '330111109201' })]
    const streams = { here: await guide.live(), there: await elsewhere.live() }
    const began = performance.now()
    const { case: id } = await handedIn(house.as('resident'))
    const event = await streams.here.next('outreach.caseCameIn')
    expect(event.id).toBe(id)
    expect(performance.now() - began).toBeLessThan(15_000)
    await expect(streams.there.next('outreach.caseCameIn', 200)).rejects.toThrow()
    streams.here.close()
    streams.there.close()
    const mine = await read(guide, id)
    expect(mine.body).toMatchObject({
      name: '陆*香',
      fullName: '陆桂香',
      phone: '13800000000',
      state: 'new',
      consent: 'stands',
    })
    expect(mine.body.next.map(n => n.step)).toEqual(['accept'])
    expect(mine.body.checklists.find(c => c.policy.id === 'P01')?.papers.length).toBeGreaterThan(2)
    expect((await read(elsewhere, id)).status).toBe(404)
    expect((await elsewhere.get('GET /cases')).body.items.map(c => c.id)).not.toContain(id)
    expect((await step(elsewhere, 'accept', id)).status).toBe(404)
  })

  it('can be taken back for ten minutes, after which nothing is left at the guide but that', async () => {
    const [guide, resident] = [house.as('guide'), house.as('resident')]
    const given = await handedIn(resident)
    await step(guide, 'accept', given.case)
    await step(guide, 'contact', given.case, { how: 'phone', note: '儿子在外地' })
    house.at('2021-09-26T09:09:59+08:00')
    const back = await resident.delete('DELETE /submissions/:submissionId', {
      params: { submissionId: given.submission },
    })
    expect(back.status).toBe(200)
    const left = await read(guide, given.case)
    expect(left.body).toMatchObject({
      state: 'withdrawn',
      name: '',
      fullName: null,
      phone: null,
      wants: [],
      screening: null,
      next: [],
    })
    expect(left.body.steps.every(s => s.note === null)).toBe(true)
    expect((await guide.get('GET /screenings/:screeningId', { params: { screeningId: given.screening } })).status).toBe(
      404,
    )
    const [row] = await house.sql<{ sealed_name: unknown; sealed_phone: unknown }>(
      'select sealed_name, sealed_phone from outreach.case where id = $1',
      [given.case],
    )
    expect(row).toEqual({ sealed_name: null, sealed_phone: null })
    expect((await resident.get('GET /my/cases')).body.items[0]?.sentence.zh).toContain('什么都没留下')
    house.at(morning)
  })

  it('cannot be taken back after ten minutes', async () => {
    const resident = house.as('resident')
    const given = await handedIn(resident)
    house.at('2021-09-26T09:10:00+08:00')
    const back = await resident.delete('DELETE /submissions/:submissionId', {
      params: { submissionId: given.submission },
    })
    expect(back.problem?.code).toBe('outreach.tooLateToTakeBack')
    expect(
      (
        await house
          .as('resident')
          .delete('DELETE /submissions/:submissionId', { params: { submissionId: given.submission } })
      ).status,
    ).toBe(404)
    house.at(morning)
  })
})

describe('a case', () => {
  it('goes from hand to hand to its outcome, each step with its trail, its clock and its next buttons', async () => {
    const [guide, clerk, resident] = [
      house.as('guide', { name: '徐小英' }),
      house.as('townshipClerk'),
      house.as('resident'),
    ]
    const { case: id } = await handedIn(resident)
    const accepted = await step(guide, 'accept', id)
    expect(accepted.body).toMatchObject({ state: 'accepted', clock: { dueOn: '2021-09-28', state: 'plenty' } })
    expect(accepted.body.next.map((n: { step: string }) => n.step)).toEqual(['contact', 'visit', 'handOver', 'close'])
    expect((await step(guide, 'filings', id, { policy: 'P01', filedAt: '场口镇窗口', papers: [] })).problem?.code).toBe(
      'outreach.stepNotOpen',
    )
    const missed = await step(guide, 'contact', id, { how: 'noAnswer' })
    expect(missed.body.state).toBe('accepted')
    expect((await step(guide, 'contact', id, { how: 'phone', note: '约了明天上门' })).body.state).toBe('contacted')
    expect((await step(guide, 'visits', id, { on: '2021-09-30', note: '看了房子' })).problem?.code).toBe(
      'outreach.dayInFuture',
    )
    expect((await step(guide, 'visits', id, { on: '2021-09-26', note: '一个人住，屋顶漏雨' })).body.state).toBe(
      'visited',
    )
    const few = await step(guide, 'filings', id, {
      policy: 'P01',
      filedAt: '场口镇窗口',
      papers: [{ paper: '书面申请', state: 'seen' }],
    })
    expect(few.problem?.code).toBe('outreach.materialsMissing')
    expect(few.problem?.detail).toContain('户口簿')
    expect((await step(guide, 'filings', id, { policy: 'P99', filedAt: '场口镇窗口', papers: [] })).problem?.code).toBe(
      'outreach.unknownPolicy',
    )
    const filed = await step(guide, 'filings', id, {
      policy: 'P01',
      filedAt: '场口镇窗口',
      papers: await papersOf(guide, 'P01', 'copied'),
    })
    expect(filed.body).toMatchObject({ state: 'filed', clock: { words: { zh: '问到结果' } } })
    const seen = await read(clerk, id)
    expect(seen.body.filings[0]).toMatchObject({ policy: { id: 'P01' }, missing: 0, filedAt: '场口镇窗口' })
    expect(seen.body.steps.map(s => s.step)).toEqual(['handIn', 'accept', 'noAnswer', 'contact', 'visit', 'file'])
    expect((await step(clerk, 'close', id, { outcome: 'granted', note: '批了' })).problem?.code).toBe(
      'outreach.notYourCase',
    )
    expect((await step(guide, 'close', id, { outcome: 'granted', note: '10月起发' })).body.state).toBe('closed')
    const mine = (await resident.get('GET /my/cases')).body.items.find(c => c.id === id)
    expect(mine?.steps.map(s => s.words.zh)).toEqual([
      '您交来了',
      '有人接手了',
      '联系过您，没联系上',
      '和您联系过了',
      '到您家看过',
      '申请已经递交',
      '办结了',
    ])
    expect(JSON.stringify(mine)).not.toContain('徐小英')
    expect(JSON.stringify(mine)).not.toContain('漏雨')
    expect(mine?.outcome?.zh).toBe('批下来了')
    expect((await step(guide, 'reopen', id, { reason: '少批了一口人' })).body.state).toBe('accepted')
    const actions = (await house.trail(60)).filter(e => e.subject_id === id && e.outcome === 'done').map(e => e.action)
    for (const action of [
      'outreach.accept',
      'outreach.contact',
      'outreach.visit',
      'outreach.file',
      'outreach.close',
      'outreach.reopen',
    ])
      expect(actions).toContain(action)
  })

  it('is taken by one of two guides who press at once: the second waits for the lock and is told who was first', async () => {
    const [first, second] = [house.as('guide', { name: '徐小英' }), house.as('guide', { name: '陈秀英' })]
    const { case: id } = await handedIn(house.as('resident'))
    const holder = await house.database.owner.connect()
    await holder.query('begin')
    await holder.query(
      `set local app.district = '330111'; set local app.role = 'machine'; set local app.lo = '330111'; set local app.hi = '330111:'`,
    )
    await holder.query('select id from outreach.case where id = $1 for update', [id])
    const pressed = [step(first, 'accept', id), step(second, 'accept', id)]
    await new Promise(done => setTimeout(done, 150))
    const state = await Promise.race([pressed[0], Promise.resolve('waiting')])
    expect(state).toBe('waiting')
    await holder.query('commit')
    holder.release()
    const answers = await Promise.all(pressed)
    expect(answers.map(a => a.status).sort()).toEqual([200, 409])
    const refused = answers.find(a => a.status === 409)
    expect(refused?.problem?.code).toBe('outreach.alreadyAccepted')
    const winner = answers[0]?.status === 200 ? '徐小英' : '陈秀英'
    expect(refused?.problem?.detail).toContain(winner)
  })

  it('is not changed by a page that is out of date', async () => {
    const guide = house.as('guide')
    const { case: id } = await handedIn(house.as('resident'))
    await step(guide, 'accept', id, { expectedVersion: 1 })
    expect((await step(guide, 'contact', id, { expectedVersion: 1, how: 'phone' })).problem?.code).toBe(
      'outreach.changedElsewhere',
    )
  })

  it('is handed to the township and comes back, or to another guide who takes it over where it was', async () => {
    const [guide, other, clerk] = [
      house.as('guide', { name: '徐小英' }),
      house.as('guide', { name: '陈秀英' }),
      house.as('townshipClerk', { name: '李敏' }),
    ]
    await other.account()
    const { case: id } = await handedIn(house.as('resident'))
    await step(guide, 'accept', id)
    await step(guide, 'visits', id, { on: '2021-09-26', note: '要镇里看看' })
    await step(guide, 'hand-over', id, { to: 'township', reason: '收入不好核' })
    expect((await read(guide, id)).body.next).toEqual([])
    expect((await step(clerk, 'take-over', id)).body.state).toBe('visited')
    expect((await step(house.as('townshipClerk'), 'take-over', id)).problem?.code).toBe('outreach.alreadyAccepted')
    expect((await step(clerk, 'return', id, { reason: '补一份诊断书' })).body.state).toBe('returned')
    expect((await step(guide, 'accept', id)).body.state).toBe('accepted')
    const takers = await guide.get('GET /cases/:caseId/guides', { params: { caseId: id } })
    expect(takers.body.items.map(t => t.account)).toContain(await other.account())
    expect((await step(guide, 'hand-over', id, { to: await clerk.account(), reason: '换人' })).problem?.code).toBe(
      'outreach.nobodyThere',
    )
    await step(guide, 'hand-over', id, { to: await other.account(), reason: '我出差' })
    expect((await read(other, id)).body.next.map(n => n.step)).toEqual(['takeOver'])
    expect((await step(other, 'take-over', id)).body.state).toBe('accepted')
    expect((await step(guide, 'contact', id, { how: 'phone' })).problem?.code).toBe('outreach.notYourCase')
  })

  it('shows the guide nothing more once consent is withdrawn, and can only be closed', async () => {
    const [guide, resident] = [house.as('guide'), house.as('resident')]
    const { case: id, screening } = await handedIn(resident)
    await step(guide, 'accept', id)
    await step(guide, 'contact', id, { how: 'phone', note: '讲了家里的病' })
    await resident.delete('DELETE /screenings/:screeningId/consent', { params: { screeningId: screening } })
    const after = await read(guide, id)
    expect(after.body).toMatchObject({
      consent: 'withdrawn',
      fullName: null,
      phone: null,
      screening: null,
      name: '',
      wants: [],
      checklists: [],
    })
    expect(after.text).not.toContain('讲了家里的病')
    expect(after.body.next.map(n => n.step)).toEqual(['close'])
    expect((await step(guide, 'visits', id, { on: '2021-09-26', note: '再去看看' })).problem?.code).toBe(
      'outreach.stepNotOpen',
    )
    expect((await step(guide, 'close', id, { outcome: 'declined', note: '家里收回了同意' })).status).toBe(200)
  })

  it('runs late by working days, and tells the township once', async () => {
    const [guide, clerk] = [house.as('guide'), house.as('townshipClerk')]
    const { case: id } = await handedIn(house.as('resident'))
    house.at('2021-09-28T09:00:00+08:00')
    const stream = await clerk.live()
    await house.run('outreach.markLate')
    const told: string[] = []
    while (!told.includes(id)) told.push((await stream.next('outreach.overdue')).id)
    for (;;) {
      const event = await stream.next('outreach.overdue', 200).catch(() => undefined)
      if (!event) break
      told.push(event.id)
    }
    expect(told.filter(t => t === id)).toHaveLength(1)
    await house.run('outreach.markLate')
    await expect(stream.next('outreach.overdue', 200)).rejects.toThrow()
    stream.close()
    const seen = await read(guide, id)
    expect(seen.body.clock).toMatchObject({ state: 'late', daysLeft: -1 })
    expect(
      (await clerk.get('GET /cases', { query: { late: 'true', limit: 100 } })).body.items.map(c => c.id),
    ).toContain(id)
    house.at(morning)
  })

  it('lets the family ask why; the township answers, the guide sees no question', async () => {
    const [guide, clerk, resident] = [house.as('guide'), house.as('townshipClerk'), house.as('resident')]
    const { case: id } = await handedIn(resident)
    const asked = await resident.post('POST /my/cases/:caseId/questions', {
      params: { caseId: id },
      body: { text: '为什么一直没人来？' },
    })
    expect(asked.body.dueOn).toBe('2021-10-08')
    expect((await read(guide, id)).body.questions).toEqual([])
    const seen = await read(clerk, id)
    expect(seen.body.questions[0]).toMatchObject({ text: '为什么一直没人来？', mayAnswer: true })
    const question = seen.body.questions[0]?.id as string
    await clerk.post('POST /cases/:caseId/questions/:questionId/answer', {
      params: { caseId: id, questionId: question },
      body: { answer: '今天下午到您家' },
    })
    const mine = (await resident.get('GET /my/cases')).body.items.find(c => c.id === id)
    expect(mine?.questions[0]?.answer).toBe('今天下午到您家')
    expect(
      (
        await house
          .as('resident')
          .post('POST /my/cases/:caseId/questions', { params: { caseId: id }, body: { text: '这是谁家的？' } })
      ).status,
    ).toBe(404)
  })

  it('brings what is written beside it to a trained person first: the village hears nothing, the page stays calm', async () => {
    const [guide, clerk, resident] = [house.as('guide'), house.as('townshipClerk'), house.as('resident')]
    const screening = await finished(resident)
    await resident.put('PUT /screenings/:screeningId/consent', {
      params: { screeningId: screening },
      body: { kind: 'tellGuide', textVersion: '2021-09' },
    })
    const streams = { guide: await guide.live(), clerk: await clerk.live() }
    const given = await resident.post('POST /screenings/:screeningId/submission', {
      params: { screeningId: screening },
      body: { name: '方小兰', village, note: '老公喝了酒打我，不敢说' },
    })
    expect(given.status).toBe(200)
    expect(given.body.toldTo.zh).toContain('镇里')
    expect(given.body.calm?.numbers.map(n => n.number)).toContain('110')
    const raised = await streams.clerk.next('guidance.signalRaised')
    await expect(streams.guide.next('outreach.caseCameIn', 200)).rejects.toThrow()
    for (const stream of Object.values(streams)) stream.close()
    expect((await read(guide, given.body.case)).status).toBe(404)
    expect((await read(clerk, given.body.case)).status).toBe(200)
    const matter = await clerk.get('GET /signals/:signalId', { params: { signalId: raised.id as Id } })
    expect(matter.body).toMatchObject({ kind: 'violence', said: { zh: '留言：老公喝了酒打我，不敢说' } })
  })

  it('brings a question that says so to a trained person too, on the shorter clock', async () => {
    const [clerk, resident] = [house.as('townshipClerk'), house.as('resident')]
    const { case: id } = await handedIn(resident)
    const stream = await clerk.live()
    await resident.post('POST /my/cases/:caseId/questions', {
      params: { caseId: id },
      body: { text: '再没人来我就不想活了' },
    })
    const raised = await stream.next('guidance.signalRaised')
    stream.close()
    const matter = await clerk.get('GET /signals/:signalId', { params: { signalId: raised.id as Id } })
    expect(matter.body.kind).toBe('suicide')
  })

  it('is found again by pages, those due first', async () => {
    const officer = house.as('districtOfficer')
    const all: string[] = []
    let after: string | undefined
    for (let i = 0; i < 50; i++) {
      const page = await officer.get('GET /cases', { query: { limit: 2, ...(after ? { after } : {}) } })
      all.push(...page.body.items.map(c => `${c.clock.dueOn ?? '9999'} ${c.id}`))
      if (!page.body.next) break
      after = page.body.next
    }
    expect(all.length).toBeGreaterThan(4)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toEqual([...all].sort())
  })
})

describe('the day', () => {
  it('says in one sentence what is due, and names the next three with what follows', async () => {
    const guide = house.as('guide', { scope: '330111109205' })
    const quiet = await guide.get('GET /today')
    expect(quiet.body.sentence.zh).toBe('没有等着办的事。')
    for (let i = 0; i < 4; i++) await handedIn(house.as('resident'), { to: '330111109205', name: '方小兰' })
    const day = await guide.get('GET /today')
    expect(day.body.sentence.zh).toBe('今天没有到期的事。下一件在9月27日。')
    expect(day.body.cameIn).toHaveLength(4)
    expect(day.body.nextThree).toHaveLength(3)
    expect(day.body.nextThree[0]).toMatchObject({ step: 'accept', consequence: { zh: '还有1个工作日' } })
    expect(day.body.nextThree[0]?.words.zh).toContain('方*兰：接手')
    expect(day.body.week[0]).toMatchObject({ on: '2021-09-26', workingDay: true })
    house.at('2021-09-27T09:00:00+08:00')
    expect((await guide.get('GET /today')).body.sentence.zh).toBe('今天有4件到期。办完前三件，今天就稳了。')
    house.at('2021-09-28T09:00:00+08:00')
    expect((await guide.get('GET /today')).body.counts).toMatchObject({ late: 4, open: 4 })
    // However many there are: the page shows some, and counts all.
    await house.sql(
      `insert into outreach.case select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).*
         from outreach.case c, generate_series(1, 501)
        where c.id = (select id from outreach.case where village = $1 and state = 'new' limit 1)`,
      ['330111109205'],
    )
    expect((await guide.get('GET /today')).body.counts).toMatchObject({ late: 505, open: 505 })
    house.at(morning)
  })
})
