import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { answer, begin, finished, handedIn, talk, usual, village } from '../../../test/talk.ts'
import { sealInputs, sealResult } from './finish-interview.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const tile = (state: { pool: { id: string; state: string }[] }, id: string) => state.pool.find(t => t.id === id)?.state

describe('the interview', () => {
  it('begins from the code of the village without a name, and asks first who lives there', async () => {
    const visitor = house.nobody()
    await visitor.post('POST /visitors', { body: { village } })
    const begun = await visitor.post('POST /interviews', { body: {} })
    expect(begun.status).toBe(200)
    expect(begun.body.village?.code).toBe(village)
    expect(begun.body.next?.kind).toBe('roster')
    expect(begun.body.progress.words.zh).toContain('可能适合您家')
    const elsewhere = await house.as('resident').post('POST /interviews', { body: { village: '330105001001' } })
    expect(elsewhere.body.village).toBeNull()
    const early = await visitor.put('PUT /interviews/:interviewId/answers', {
      params: { interviewId: begun.body.id },
      body: { answers: [{ question: 'household.certifiedTier', value: 'none' }] },
    })
    expect(early.problem?.code).toBe('guidance.rosterFirst')
  })

  it('asks one question a page, lets the pool shrink, and ends by itself', async () => {
    const resident = house.as('resident')
    let state = await begin(resident)
    const possible = [state.progress.possible]
    for (let i = 0; state.next && i < 60; i++) {
      expect(state.next.title.zh).not.toContain('{name}')
      expect(state.next.unknown.zh).toBe('不清楚')
      state = (await answer(resident, state, [usual(state.next)])).body
      possible.push(state.progress.possible)
    }
    expect(state.next).toBeNull()
    expect(possible.at(-1)).toBeLessThan(possible[0])
    expect(state.answers.length).toBeLessThanOrEqual(25)
    expect(state.progress.saved).toBeGreaterThan(40)
    expect(state.pool.length).toBe(63)
    expect(tile(state, 'P01')).toBe('certain')
  })

  it('stops where the rest is improbable, says how much is left open, and goes on when it is told to', async () => {
    const resident = house.as('resident')
    const likely = await talk(resident, await begin(resident, undefined, { village, depth: 'likely' }))
    expect([likely.depth, likely.next]).toEqual(['likely', null])
    expect(likely.undecided.improbable).toBeGreaterThan(0)
    expect(likely.undecided.improbable + likely.undecided.others).toBe(likely.progress.possible)
    expect(likely.progress.words.zh).toContain(`还有${likely.progress.possible}项没有定`)
    const params = { interviewId: likely.id }
    const stale = { expectedVersion: likely.version - 1, depth: 'everything' as const }
    const late = await resident.put('PUT /interviews/:interviewId/depth', { params, body: stale })
    expect(late.problem?.code).toBe('guidance.answeredElsewhere')
    const on = await resident.put('PUT /interviews/:interviewId/depth', {
      params,
      body: { expectedVersion: likely.version, depth: 'everything' },
    })
    expect(on.body.answers).toEqual(likely.answers)
    expect(on.body.next).not.toBeNull()
    const whole = await talk(resident, on.body)
    expect(whole.undecided.improbable).toBe(0)
    expect(whole.progress.possible).toBeLessThan(likely.progress.possible)
  })

  it('goes back without loss: the question comes again with its draft, tiles are restored, later answers stay as drafts', async () => {
    const resident = house.as('resident')
    const start = await begin(resident)
    const one = (await answer(resident, start, [usual(start.next)])).body
    const two = (await answer(resident, one, [usual(one.next)])).body
    const back = await resident.post('POST /interviews/:interviewId/back', {
      params: { interviewId: two.id },
      body: { expectedVersion: two.version, to: start.next.key },
    })
    expect(back.body.next?.key).toBe(start.next.key)
    expect(back.body.next?.draft?.value).toEqual(usual(start.next)['value'])
    expect(back.body.pool.map(t => t.state)).toEqual(start.pool.map((t: { state: string }) => t.state))
    expect(back.body.answers).toEqual([])
    const again = (await answer(resident, back.body, [usual(start.next)])).body
    expect(again.next?.key).toBe(one.next?.key)
    expect(again.next?.draft?.value).toEqual(usual(one.next)['value'])
    const roster = await resident.post('POST /interviews/:interviewId/back', {
      params: { interviewId: again.id },
      body: {},
    })
    const before = await resident.post('POST /interviews/:interviewId/back', {
      params: { interviewId: again.id },
      body: {},
    })
    expect(roster.body.next?.key).toBe(start.next.key)
    expect(before.body.next?.kind).toBe('roster')
    expect(before.body.members).toHaveLength(1)
    const nothing = await resident.post('POST /interviews/:interviewId/back', {
      params: { interviewId: again.id },
      body: {},
    })
    expect(nothing.problem?.code).toBe('guidance.nothingToUndo')
  })

  it('in two browsers, refuses the later with the newer state, and nothing is lost', async () => {
    const resident = house.as('resident')
    const start = await begin(resident)
    const first = await answer(resident, start, [usual(start.next)])
    expect(first.status).toBe(200)
    const second = await answer(resident, start, [{ question: 'household.certifiedTier', value: 'dibao' }])
    expect(second.status).toBe(409)
    expect(second.problem?.code).toBe('guidance.answeredElsewhere')
    expect(second.problem?.facts?.['state']).toMatchObject({ version: first.body.version })
    const now = await resident.get('GET /interviews/:interviewId', { params: { interviewId: start.id } })
    expect(now.body.answers).toHaveLength(1)
  })

  it('asks once for all who of the family, and takes nobody for an answer', async () => {
    const resident = house.as('resident')
    let state = await begin(resident, [
      { callName: '我', age: 40, sex: 'male', self: true },
      { callName: '妈妈', age: 70, sex: 'female' },
      { callName: '小禾', age: 12, sex: 'female' },
    ])
    for (let i = 0; state.next.kind !== 'who' && i < 20; i++)
      state = (await answer(resident, state, [usual(state.next)])).body
    expect(state.next.key).toBe('*:person.hasDisabilityCertificate')
    expect(state.next.options.map((o: { label: { zh: string } }) => o.label.zh)).toEqual(['我自己', '妈妈', '小禾'])
    const wrong = await answer(resident, state, [{ question: state.next.key, value: ['z'] }])
    expect(wrong.problem?.code).toBe('guidance.answerNotFitting')
    const mother = state.next.options[1].value
    const told = (await answer(resident, state, [{ question: state.next.key, value: [mother] }])).body
    expect(told.answers.at(-1)?.words.zh).toBe('妈妈')
    const rest = await talk(resident, told)
    const about = rest.answers
      .map((a: { key: string }) => a.key)
      .filter((key: string) => key.includes('person.disability'))
    expect(about.every((key: string) => key.startsWith(`${mother}:`))).toBe(true)
  })

  it.each([
    ['household.financialAssets', -1, '不能是负数'],
    ['household.housingCount', 1.5, '整数'],
    ['household.housingCount', '一', '数字'],
    ['household.certifiedTier', 'rich', '选项'],
    ['household.meansTestConsent', 'yes', '选项'],
    ['a:person.newJobSince', '2021-02-30', '没有这一天'],
    ['a:person.newJobSince', '2031-01-01', '还没到'],
    ['household.medicalSelfPaid12m', 1.234, '两位小数'],
    ['household.medicalSelfPaid12m', 1e15, '最多'],
    ['household.certifiedTier', null, '不清楚'],
    ['a:person.incomeKinds', ['wage', 'wage'], '选项'],
    ['household.events12m', [{ kind: 'fire', memberId: 'q' }], '家里人'],
  ])('refuses in words an answer that does not fit: %s = %j', async (question, value, words) => {
    const resident = house.as('resident')
    const state = await begin(resident)
    const said = await answer(resident, state, [{ question, value }])
    expect(said.status).toBe(422)
    expect(said.problem?.code).toBe('guidance.answerNotFitting')
    expect(said.problem?.detail).toContain(words)
  })

  it.each([
    [{ callName: '我', age: 200 }, '0到130'],
    [{ callName: '我', age: -3 }, '0到130'],
    [{ callName: '我', birthDate: '2021-02-30' }, '没有这一天'],
    [{ callName: '我', birthDate: '2030-01-01' }, '还没到'],
    [{ callName: '我', birthYear: 1700 }, '四位数'],
    [{ callName: '我' }, '填一样就行'],
  ])('refuses in words a member who cannot be: %j', async (person, words) => {
    const resident = house.as('resident')
    const begun = await resident.post('POST /interviews', { body: {} })
    const said = await resident.post('POST /interviews/:interviewId/members', {
      params: { interviewId: begun.body.id },
      body: { members: [person] },
    })
    expect(said.problem?.code).toBe('guidance.rosterNotFitting')
    expect(said.problem?.detail).toContain(words)
  })

  it('never asks a child under 14', async () => {
    const resident = house.as('resident')
    expect((await resident.post('POST /interviews', { body: { ageOfAnswerer: 12 } })).problem?.code).toBe(
      'guidance.childAnswers',
    )
    const begun = await resident.post('POST /interviews', { body: {} })
    const said = await resident.post('POST /interviews/:interviewId/members', {
      params: { interviewId: begun.body.id },
      body: { members: [{ callName: '我', age: 12, self: true }] },
    })
    expect(said.problem?.code).toBe('guidance.childAnswers')
  })

  it('does not take answers to what is not asked, and takes 不清楚 to everything that is', async () => {
    const resident = house.as('resident')
    const state = await begin(resident)
    for (const question of [
      'household.incomePerCapitaMonthly',
      'person.age',
      'z:person.sex',
      'household.nothing',
      'household.members',
    ])
      expect((await answer(resident, state, [{ question, value: 1 }])).problem?.code).toBe('guidance.notAsked')
    const end = await talk(resident, state, q => ({ question: q.key, unknown: true }))
    expect(end.next).toBeNull()
    expect(end.answers.every((a: { from: string }) => a.from === 'unknown')).toBe(true)
  })

  it('can be left and taken up again, and cleared', async () => {
    const resident = house.as('resident')
    const state = await begin(resident)
    await answer(resident, state, [usual(state.next)])
    const mine = await resident.get('GET /interviews')
    expect(mine.body.items[0]).toMatchObject({ id: state.id, state: 'open', answered: 1 })
    const again = await resident.get('GET /interviews/:interviewId', { params: { interviewId: state.id } })
    expect(again.body.next?.key).not.toBe(state.next.key)
    await resident.delete('DELETE /interviews/:interviewId', { params: { interviewId: state.id } })
    expect((await resident.get('GET /interviews/:interviewId', { params: { interviewId: state.id } })).status).toBe(404)
    const [row] = await house.sql<{ sealed_answers: unknown }>(
      'select sealed_answers from guidance.interview where id = $1',
      [state.id],
    )
    expect(row?.sealed_answers).toBeNull()
  })

  it('is blotted out when nobody takes it up for 90 days', async () => {
    const resident = house.as('resident')
    const state = await begin(resident)
    house.at('2022-01-10T09:00:00+08:00')
    await house.run('guidance.clearLeft')
    house.at('2021-09-26T09:00:00+08:00')
    expect((await resident.get('GET /interviews/:interviewId', { params: { interviewId: state.id } })).status).toBe(404)
  })

  it('belongs to who answers: nobody else reads, answers or clears it', async () => {
    const state = await begin(house.as('resident'))
    for (const other of [house.as('resident'), house.as('guide'), house.as('townshipClerk')]) {
      expect((await other.get('GET /interviews/:interviewId', { params: { interviewId: state.id } })).status).toBe(404)
      expect((await answer(other, state, [usual(state.next)])).status).toBe(404)
    }
    expect((await house.nobody().post('POST /interviews', { body: {} })).status).toBe(401)
  })
})

describe('the result', () => {
  it('stands in three groups with reasons, papers, time and the person to call', async () => {
    const place = '330111109205'
    await house
      .as('guide', { name: '徐小英', scope: place })
      .put('PUT /session/phone', { body: { phone: '13800000000' } })
    const resident = house.as('resident', { village: place })
    const id = await finished(resident, undefined, undefined, {})
    const { body } = await resident.get('GET /screenings/:screeningId', { params: { screeningId: id } })
    expect(body.headline.zh).toMatch(/^\d+项帮助，现在就能申请$/)
    expect(body.counts.canApply + body.counts.almost + body.counts.notNow).toBe(63)
    const dibao = body.policies.find(p => p.id === 'P01')
    expect(dibao).toMatchObject({ group: 'canApply', money: { period: 'month', example: true } })
    expect(dibao?.money?.words.zh).toMatch(/^约802元\/月$/)
    expect(dibao?.reasons.some(r => r.words.zh.includes('低于') && r.words.zh.includes('1,102'))).toBe(true)
    expect(dibao?.materials.length).toBeGreaterThan(2)
    expect(dibao?.howLong?.zh).toBe('镇里15个工作日，区里5个工作日')
    const almost = body.policies.filter(p => p.group === 'almost')
    expect(almost.every(p => p.missing.length > 0)).toBe(true)
    const not = body.policies.filter(p => p.group === 'notNow')
    expect(not.every(p => p.reasons.length > 0 || p.excluded !== null)).toBe(true)
    expect(body.perMonth?.amount).toBeGreaterThanOrEqual(802)
    expect(body.nearest).toMatchObject({ name: '徐小英', phone: '13800000000' })
    expect(body.caution.zh).toContain('人工')
    expect(body.policies.some(p => p.conditional?.zh === '低保批下来后才有')).toBe(true)
  })

  it('is the same when finished twice, and judged again with its version bit by bit', async () => {
    const resident = house.as('resident')
    const state = await talk(resident, await begin(resident))
    const finish = () =>
      resident.post('POST /interviews/:interviewId/finish', { params: { interviewId: state.id }, body: {} })
    const [first, second] = [await finish(), await finish()]
    expect(second.body.screening).toBe(first.body.screening)
    const replay = await resident.get('GET /screenings/:screeningId/replay', {
      params: { screeningId: first.body.screening },
    })
    expect(replay.body).toMatchObject({ same: true, on: '2021-09-26' })
    expect(replay.body.replayedHash).toBe(replay.body.storedHash)
    const late = await answer(resident, state, [
      usual({ key: 'household.certifiedTier', fact: 'household.certifiedTier' }),
    ])
    expect(late.problem?.code).toBe('guidance.interviewFinished')
    const entries = await house.trail()
    expect(entries.some(e => e.action === 'guidance.replay' && e.subject_kind === 'interview')).toBe(true)
  })

  it('is gone on from: what was left open is asked at once, all other answers stand, and the result stays as it was', async () => {
    const resident = house.as('resident')
    const start = await begin(resident)
    const left = start.next.key as string
    let state = (await answer(resident, start, [{ question: left, unknown: true }])).body
    for (let i = 0; i < 3; i++) state = (await answer(resident, state, [usual(state.next)])).body
    const { body: done } = await resident.post('POST /interviews/:interviewId/finish', {
      params: { interviewId: state.id },
      body: {},
    })
    const from = { screening: done.screening, ask: left }
    const on = await resident.post('POST /interviews', { body: { from } })
    expect(on.status).toBe(200)
    expect(on.body.id).not.toBe(state.id)
    expect(on.body.next?.key).toBe(left)
    expect(on.body.members).toEqual(state.members)
    expect(on.body.village).toEqual(state.village)
    expect(on.body.answers).toEqual(state.answers.filter((a: { key: string }) => a.key !== left))
    const told = (await answer(resident, on.body, [usual(on.body.next)])).body
    expect(told.answers.map((a: { key: string }) => a.key)).toContain(left)
    const replay = await resident.get('GET /screenings/:screeningId/replay', {
      params: { screeningId: done.screening },
    })
    expect(replay.body.same).toBe(true)
    const stranger = await house.as('resident').post('POST /interviews', { body: { from } })
    expect(stranger.problem?.code).toBe('guidance.screeningNotFound')
  })

  it('keeps answers and results sealed', async () => {
    const resident = house.as('resident')
    const id = await finished(resident)
    const [row] = await house.sql<{ sealed_inputs: Buffer; sealed_result: Buffer }>(
      'select sealed_inputs, sealed_result from guidance.screening where id = $1',
      [id],
    )
    for (const [purpose, sealed] of [
      [sealInputs, row?.sealed_inputs],
      [sealResult, row?.sealed_result],
    ] as const) {
      const words =
        (await house.inside(async ctx => ctx.crypto.open(purpose, id, sealed as Buffer))).match(/\w{8,}/g) ?? []
      expect(words.length).toBeGreaterThan(5)
      for (const word of words) expect(sealed?.toString('utf8')).not.toContain(word)
    }
  })

  it('is seen by nobody but its owner, and after handing in by the guide of that village alone, until consent is withdrawn', async () => {
    const owner = house.as('resident')
    const [guide, elsewhere] = [house.as('guide'), house.as('guide', { scope: '330111109201' })]
    const { screening } = await handedIn(owner)
    const read = (who: typeof guide) => who.get('GET /screenings/:screeningId', { params: { screeningId: screening } })
    expect((await read(guide)).status).toBe(200)
    for (const other of [elsewhere, house.as('resident'), house.as('guide', { scope: '330111110201' })])
      expect((await read(other)).status).toBe(404)
    await owner.delete('DELETE /screenings/:screeningId/consent', { params: { screeningId: screening } })
    expect((await read(guide)).status).toBe(404)
    const mine = await read(owner)
    expect(mine.body.consents.find(c => c.kind === 'tellGuide')).toMatchObject({ given: false, textVersion: '2021-09' })
    await owner.put('PUT /screenings/:screeningId/consent', {
      params: { screeningId: screening },
      body: { kind: 'tellGuide', textVersion: '2021-09' },
    })
    expect((await read(guide)).status).toBe(200)
    const lines = await house.sql<{ given: boolean }>(
      "select given from guidance.consent where kind = 'tellGuide' and account_id = $1 order by turn",
      [await owner.account()],
    )
    expect(lines.map(l => l.given)).toEqual([true, false, true])
  })
})

describe('what must be heard first', () => {
  const hurt = (q: { key: string; fact: string }) =>
    q.fact === 'household.events12m'
      ? { question: q.key, value: [{ kind: 'violence', date: '2021-08-01', memberId: null, amount: null }] }
      : usual(q)

  it('goes to a trained person of township and district; the village hears nothing, the page stays calm, the interview goes on', async () => {
    const [clerk, officer, guide] = [house.as('townshipClerk'), house.as('districtOfficer'), house.as('guide')]
    const streams = { clerk: await clerk.live(), guide: await guide.live() }
    const resident = house.as('resident')
    const start = await begin(resident)
    const said = await answer(resident, start, [hurt({ key: 'household.events12m', fact: 'household.events12m' })])
    expect(said.status).toBe(200)
    expect(said.body.calm?.numbers.map(n => n.number)).toEqual(['12345', '110', '12338', '12355'])
    expect(JSON.stringify(said.body.calm)).not.toContain('暴力')
    expect(said.body.next).not.toBeNull()
    const event = await streams.clerk.next('guidance.signalRaised')
    await expect(streams.guide.next('guidance.signalRaised', 200)).rejects.toThrow()
    for (const stream of Object.values(streams)) stream.close()
    const open = await officer.get('GET /signals')
    expect(open.body.items.map(s => s.id)).toContain(event.id)
    expect((await guide.get('GET /signals')).status).toBe(403)
    expect((await resident.get('GET /signals/:signalId', { params: { signalId: event.id } })).status).toBe(403)
    const taken = await clerk.post('POST /signals/:signalId/take', { params: { signalId: event.id } })
    expect(taken.status).toBe(200)
    expect((await officer.post('POST /signals/:signalId/take', { params: { signalId: event.id } })).problem?.code).toBe(
      'guidance.signalTaken',
    )
    const read = await clerk.get('GET /signals/:signalId', { params: { signalId: event.id } })
    expect(read.body.said.zh).toContain('暴力')
    await clerk.post('POST /signals/:signalId/close', {
      params: { signalId: event.id },
      body: { note: '已电话联系，人在亲戚家，安全' },
    })
    expect((await officer.get('GET /signals', { query: { state: 'closed' } })).body.items.map(s => s.id)).toContain(
      event.id,
    )
  })

  it.each([
    ['household.needText', '最近总觉得活不下去', 'suicide'],
    ['household.needText', '爸爸喝了酒就打孩子', 'childAbuse'],
    ['household.needText', '我没地方住了', 'homelessness'],
    ['household.conflict', 'serious', 'violence'],
  ])('hears it in %s: %s', async (question, value, kind) => {
    const resident = house.as('resident')
    const state = await begin(resident)
    const said = await answer(resident, state, [{ question, value }])
    expect(said.status).toBe(200)
    expect(said.body.calm).not.toBeNull()
    const again = await answer(resident, said.body, [{ question, value }])
    expect(again.status).toBe(200)
    const rows = await house.sql<{ kind: string }>('select kind from guidance.signal where interview_id = $1', [
      state.id,
    ])
    expect(rows.map(r => r.kind)).toEqual([kind])
  })

  it('keeps the whole matter with the township when the result is handed in', async () => {
    const [guide, clerk] = [house.as('guide'), house.as('townshipClerk')]
    const resident = house.as('resident')
    const stream = await guide.live()
    const state = await begin(resident)
    const told = (await answer(resident, state, [hurt({ key: 'household.events12m', fact: 'household.events12m' })]))
      .body
    const done = await resident.post('POST /interviews/:interviewId/finish', {
      params: { interviewId: told.id },
      body: {},
    })
    const id = done.body.screening
    await resident.put('PUT /screenings/:screeningId/consent', {
      params: { screeningId: id },
      body: { kind: 'tellGuide', textVersion: '2021-09' },
    })
    const given = await resident.post('POST /screenings/:screeningId/submission', {
      params: { screeningId: id },
      body: { name: '方小兰', village },
    })
    expect(given.status).toBe(200)
    expect(given.body.toldTo.zh).toContain('镇里')
    await expect(stream.next('outreach.caseCameIn', 200)).rejects.toThrow()
    stream.close()
    expect((await guide.get('GET /cases/:caseId', { params: { caseId: given.body.case } })).status).toBe(404)
    expect((await guide.get('GET /screenings/:screeningId', { params: { screeningId: id } })).status).toBe(404)
    expect((await clerk.get('GET /cases/:caseId', { params: { caseId: given.body.case } })).status).toBe(200)
    const seen = await clerk.get('GET /screenings/:screeningId', { params: { screeningId: id } })
    expect(seen.body.calm).toBeNull()
    expect(seen.text).not.toContain('暴力')
  })
})

describe('on behalf of a family', () => {
  it('says for whom, and only staff may', async () => {
    const guide = house.as('guide')
    const begun = await guide.post('POST /interviews', { body: { onBehalfOf: { name: '陆奶奶' } } })
    expect(begun.body.onBehalfOf).toEqual({ household: null, name: '陆奶奶' })
    expect(begun.body.village?.code).toBe(village)
    expect(
      (await house.as('resident').post('POST /interviews', { body: { onBehalfOf: { name: '陆奶奶' } } })).status,
    ).toBe(404)
    const unknown = await guide.post('POST /interviews', {
      body: { onBehalfOf: { household: '01900000-0000-7000-8000-000000000000' } },
    })
    expect(unknown.problem?.code).toBe('guidance.householdNotReachable')
  })
})

describe('what the registry knows', () => {
  const family = async () => {
    const clerk = house.as('townshipClerk')
    const added = await clerk.post('POST /households', {
      body: {
        division: village,
        members: [
          { name: '俞秀兰', relation: '02', birthDate: '1948-03-02', sex: 'female' },
          { name: '俞小禾', relation: '40', birthDate: '2009-07-08', sex: 'female' },
        ],
        facts: { certifiedTier: 'dibao', housingCount: 1 },
      },
    })
    if (added.status !== 200) throw new Error(added.text)
    return added.body.id
  }

  it('comes to the guide as confirmations, not questions, with the family already on the list', async () => {
    const household = await family()
    const guide = house.as('guide')
    const begin = () => guide.post('POST /interviews', { body: { onBehalfOf: { household } } })
    // Of the child only once the office lets the guide see it; before, the family says it anew.
    expect((await begin()).body.members.map(m => [m.callName, m.age])).toEqual([
      ['俞秀兰', 73],
      ['俞*禾', null],
    ])
    await house.as('townshipClerk').post('POST /households/:id/minor-grants', {
      params: { id: household },
      body: { reader: await guide.account(), reason: '长期照看这一户' },
    })
    const begun = await begin()
    expect(begun.body.onBehalfOf).toEqual({ household, name: '俞秀兰' })
    expect(begun.body.members.map(m => [m.callName, m.age])).toEqual([
      ['俞秀兰', 73],
      ['俞小禾', 12],
    ])
    const listed = await guide.post('POST /interviews/:interviewId/members', {
      params: { interviewId: begun.body.id },
      body: {
        members: begun.body.members.map(m => ({
          key: m.key,
          callName: m.callName,
          relation: m.relation,
          birthDate: m.birthDate,
          sex: m.sex,
        })),
      },
    })
    expect(listed.body.next).toMatchObject({ kind: 'confirm', fact: 'household.certifiedTier' })
    expect(listed.body.next?.title.zh).toBe('系统显示，您家的已认定的救助身份：低保，对吗？')
    const yes = await answer(guide, listed.body, [{ question: 'household.certifiedTier', confirmed: true }])
    expect(yes.body.answers[0]).toMatchObject({ from: 'confirmed', words: { zh: '低保' } })
    const no = await answer(guide, yes.body, [{ question: 'household.housingCount', value: 2 }])
    expect(no.body.answers[1]).toMatchObject({ from: 'answer', words: { zh: '2套' } })
    const subjects = (await house.trail()).filter(e => e.action === 'guidance.begin' && e.subject_kind === 'household')
    expect(subjects.map(e => e.subject_id)).toContain(household)
    const elsewhere = await house
      .as('guide', { scope: '330111109201' })
      .post('POST /interviews', { body: { onBehalfOf: { household } } })
    expect(elsewhere.problem?.code).toBe('guidance.householdNotReachable')
  })

  it('comes to a resident only after they agree, and leaves when they take it back', async () => {
    const household = await family()
    const resident = house.as('resident', { household, village })
    const begun = await resident.post('POST /interviews', { body: {} })
    expect(begun.body.members).toEqual([])
    const interviewId = begun.body.id
    const agreed = await resident.put('PUT /interviews/:interviewId/consent', {
      params: { interviewId },
      body: { kind: 'useRegistry', textVersion: '2021-09' },
    })
    expect(agreed.body).toMatchObject({ consent: { useRegistry: true } })
    expect(agreed.body.members).toHaveLength(2)
    const back = await resident.delete('DELETE /interviews/:interviewId/consent', { params: { interviewId } })
    expect(back.body.members).toEqual([])
    expect(back.body.consent.useRegistry).toBe(false)
    const lines = await house.sql<{ given: boolean }>(
      "select given from guidance.consent where interview_id = $1 and kind = 'useRegistry' order by turn",
      [interviewId],
    )
    expect(lines.map(l => l.given)).toEqual([true, false])
  })
})

describe('the walls', () => {
  it('hold when the check of roles is off: another village, another resident and nobody see nothing', async () => {
    const open = await openHouse({ mayIsOff: true })
    try {
      const owner = open.as('resident')
      const { screening, case: caseId } = await handedIn(owner)
      const private_ = await finished(owner)
      for (const other of [
        open.as('guide', { scope: '330111109201' }),
        open.as('villageGroup', { scope: '330111109201' }),
        open.as('resident'),
        open.as('provider'),
        open.as('auditor', { scope: '330111110' }),
      ]) {
        for (const screeningId of [screening, private_])
          expect((await other.get('GET /screenings/:screeningId', { params: { screeningId } })).status).toBe(404)
        expect((await other.get('GET /cases/:caseId', { params: { caseId } })).status).toBe(404)
        expect((await other.get('GET /cases', { query: { limit: 100 } })).body.items).toEqual([])
        expect((await other.get('GET /signals')).body.items).toEqual([])
      }
      const guide = open.as('guide')
      expect((await guide.get('GET /screenings/:screeningId', { params: { screeningId: private_ } })).status).toBe(404)
      expect((await guide.get('GET /cases/:caseId', { params: { caseId } })).status).toBe(200)
      expect((await guide.get('GET /signals')).body.items).toEqual([])
    } finally {
      await open.close()
    }
  })
})
