import { type Day, type DivisionCode, editId, type Id, newId } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { modules } from '../../app.ts'
import { openTask, seedCare, type TaskToOpen } from './index.ts'
import { strippedPhoto } from './strip-photo.ts'

const village = '330111109203'
const today = '2021-09-26' as Day
const found: Record<string, unknown>[] = []

let house: House
beforeAll(async () => {
  // Whoever raised the alert hears by this name; here it is noted down.
  const listener = {
    name: 'listener',
    routes: { contract: {}, entries: {} },
    jobs: [
      {
        name: 'alerts.found',
        do: (_: unknown, payload: Record<string, unknown>) => Promise.resolve(void found.push(payload)),
      },
    ],
  }
  house = await openHouse({ modules: [...modules, listener] })
})
afterAll(() => house.close())

const family = async (name = '俞建国') => {
  const made = await house.as('guide').post('POST /households', {
    body: {
      division: village,
      members: [
        { name, relation: '01', birthDate: '1978-03-04', sex: 'male' },
        { name: '俞小禾', relation: '30', birthDate: '2007-05-01', sex: 'female' },
      ],
    },
  })
  return { id: made.body.id, members: made.body.members as [Id, Id] }
}
/** The office lets somebody see what is known of the children. */
const mayOpen = async (household: Id, who: Client) => {
  const given = await house.as('townshipClerk').post('POST /households/:id/minor-grants', {
    params: { id: household },
    body: { reader: await who.account(), reason: '长期照看这一户' },
  })
  expect(given.status).toBe(200)
  return given.body.id as Id
}
const open = (task: Partial<TaskToOpen> & { household: Id }) =>
  house.inside(ctx =>
    openTask(ctx, { kind: 'verification', origin: { kind: 'alert', id: newId() }, dueOn: today, ...task }),
  )

/** A telephone: counts its own edits and says what it saw. */
class Phone {
  readonly who: Client
  id = ''
  secret = ''
  counter = 0
  constructor(who: Client) {
    this.who = who
  }
  async register() {
    const made = await this.who.post('POST /devices', { body: { name: '测试手机' } })
    this.id = made.body.id
    this.secret = made.body.secret
    return this
  }
  edit(visit: Id, field: string, value: unknown, base: string[] = []) {
    return { visit, counter: ++this.counter, field, base, value, at: '2021-09-26T00:30:00.000Z' }
  }
  sync(body: Record<string, unknown> = {}) {
    return this.who.post('POST /sync', {
      body: { device: this.id, edits: [], hand: [], alarms: [], also: [], seen: {}, forms: '', ...body },
    })
  }
}
const phoneOf = (who: Client) => new Phone(who).register()
/** Takes the task and reads which sheet is filled in for it. */
const sheetOf = async (phone: Phone, task: Id) => {
  await phone.who.post('POST /tasks/:taskId/steps', { params: { taskId: task }, body: { step: 'take' } })
  return (await phone.sync()).body.tasks.find(t => t.id === task)?.visit as Id
}

describe('a day on the telephone', () => {
  it('holds the tasks of today with why, what is known and the forms once, and nothing of tomorrow', async () => {
    const household = await family()
    const guide = house.as('guide', { name: '徐小英' })
    const phone = await phoneOf(guide)
    await house.sql('update identity.account set ended_at = now() where id <> $1', [await guide.account()])
    const due = await open({ household: household.id, level: 'orange', why: { zh: '失业登记', en: 'Unemployed' } })
    const later = await open({ household: household.id, dueOn: '2021-10-20' as Day })
    await mayOpen(household.id, guide)
    const { body } = await phone.sync()
    const ids = body.tasks.map(t => t.id)
    expect(ids).toContain(due)
    expect(ids).not.toContain(later)
    const task = body.tasks.find(t => t.id === due)
    expect(task).toMatchObject({ headName: '俞建国', why: { zh: '失业登记' }, level: 'orange', late: false })
    expect(task?.members.map(m => [m.name, m.age])).toEqual([
      ['俞建国', 43],
      ['俞小禾', 14],
    ])
    expect(body.forms?.all.find(f => f.kind === 'verification')?.person.map(f => f.fact)).toEqual([
      'employmentStatus',
      'wageMonthly',
      'dropoutRisk',
    ])
    expect((await phone.sync({ forms: body.forms?.version })).body.forms).toBeNull()
    await guide.post('POST /tasks/:taskId/steps', { params: { taskId: later }, body: { step: 'take' } })
    expect((await phone.sync()).body.tasks.map(t => t.id)).toContain(later)
  })

  it('hands a visit in: facts are verified, the finding stands, the task is done and who raised the alert hears', async () => {
    const household = await family()
    const phone = await phoneOf(house.as('guide', { name: '徐小英' }))
    const alert = newId()
    const task = await open({ household: household.id, origin: { kind: 'alert', id: alert } })
    const visit = await sheetOf(phone, task)
    const [father, daughter] = household.members
    const edits = [
      phone.edit(visit, `person.${father}.employmentStatus`, 'unemployed'),
      phone.edit(visit, `person.${father}.wageMonthly`, 0),
      phone.edit(visit, `person.${daughter}.dropoutRisk`, 'oftenAbsent'),
      phone.edit(visit, 'ask.meals', 'poor'),
      phone.edit(visit, 'result', 'confirmed'),
    ]
    const early = await phone.sync({ edits, hand: [{ visit, on: today }] })
    expect(early.body.rows.map(r => r.state)).toEqual(['kept', 'kept', 'kept', 'kept', 'kept'])
    expect(early.body.handed[0]).toMatchObject({
      state: 'refused',
      words: { zh: expect.stringContaining('有没有风险') },
    })
    const done = await phone.sync({
      edits: [phone.edit(visit, 'risk', 'urgent'), phone.edit(visit, 'note', '女儿想辍学打工')],
      hand: [{ visit, on: today }],
    })
    expect(done.body.handed).toEqual([{ visit, state: 'done' }])
    expect(done.body.tasks.map(t => t.id)).not.toContain(task)
    const read = await house.as('townshipClerk').get('GET /households/:id', { params: { id: household.id } })
    const fact = read.body.members.find(m => m.id === daughter)?.facts.find(f => f.fact === 'dropoutRisk')
    expect(fact).toMatchObject({ value: 'oftenAbsent', source: 'verified', origin: '入户核查', asOf: today })
    await house.settle()
    const [row] = await house.sql<{ id: string; result: string; risk: string; sealed_note: Buffer }>(
      'select * from outreach.finding where task_id = $1',
      [task],
    )
    expect(row).toMatchObject({ result: 'confirmed', risk: 'urgent' })
    const { lines } = (
      await house.as('guide').get('GET /households/:householdId/track', { params: { householdId: household.id } })
    ).body
    const said = lines.flatMap(line => line.records.flatMap(r => [r.kind, ...r.lines.map(l => l.said.zh)]))
    expect(said).toEqual(['visit', '核查', '属实', '急，今天就要管'])
    expect(row?.sealed_note.toString('utf8')).not.toContain('辍学')
    expect(found).toContainEqual({ alert, task, finding: row?.id })
    const again = await phone.sync({ hand: [{ visit, on: today }] })
    expect(again.body.handed).toEqual([{ visit, state: 'done' }])
    const whole = await house.as('townshipClerk').get('GET /tasks/:taskId', { params: { taskId: task } })
    expect(whole.body.visits[0]?.fields.find(f => f.field === 'note')?.values[0]?.said.zh).toBe('女儿想辍学打工')
    expect(whole.body.next.map(n => n.step)).toEqual(['reopen'])
  })

  it('two guides who wrote the same field both stay until one picks; other fields merge; nothing is handed in meanwhile', async () => {
    const household = await family()
    const [xu, chen] = [
      await phoneOf(house.as('guide', { name: '徐小英' })),
      await phoneOf(house.as('guide', { name: '陈秀英' })),
    ]
    const task = await open({ household: household.id })
    const visit = await sheetOf(xu, task)
    expect((await chen.sync()).body.tasks.map(t => t.id)).not.toContain(task)
    expect((await chen.sync({ also: [task] })).body.tasks.find(t => t.id === task)?.visit).toBe(visit)
    const wage = `person.${household.members[0]}.wageMonthly`
    await xu.sync({ edits: [xu.edit(visit, wage, 1500), xu.edit(visit, 'note', '膝盖疼')] })
    const answer = await chen.sync({
      edits: [chen.edit(visit, wage, 3900), chen.edit(visit, 'ask.meals', 'fine')],
      hand: [{ visit, on: today }],
    })
    expect(answer.body.rows.map(r => r.state)).toEqual(['conflict', 'kept'])
    expect(answer.body.handed).toEqual([{ visit, state: 'conflict' }])
    const heads = answer.body.sheets[visit]?.heads?.filter(h => h.field === wage) ?? []
    expect(heads.map(h => [h.value, h.by]).toSorted()).toEqual([
      [1500, '徐小英'],
      [3900, '陈秀英'],
    ])
    const settled = await chen.sync({
      edits: [
        chen.edit(
          visit,
          wage,
          3900,
          heads.map(h => h.id),
        ),
        chen.edit(visit, 'result', 'confirmed'),
        chen.edit(visit, 'risk', 'none'),
      ],
      hand: [{ visit, on: today }],
    })
    expect(settled.body.handed).toEqual([{ visit, state: 'done' }])
    house.later(60_000)
    const late = await xu.sync({ edits: [xu.edit(visit, 'note', '后来想起：还有个弟弟', [editId(xu.id, 2)])] })
    expect(late.body.rows[0]).toMatchObject({ state: 'kept', words: { zh: expect.stringContaining('陈秀英') } })
    const whole = await house.as('townshipClerk').get('GET /tasks/:taskId', { params: { taskId: task } })
    expect(whole.body.visits[0]?.fields.find(f => f.field === 'note')).toMatchObject({ after: true })
  })

  it('the same rows sent again change nothing; a number used for something else is to be counted on', async () => {
    const household = await family()
    const phone = await phoneOf(house.as('guide'))
    const visit = await sheetOf(phone, await open({ household: household.id }))
    const row = phone.edit(visit, 'note', '一')
    const [first, again] = [await phone.sync({ edits: [row] }), await phone.sync({ edits: [row] })]
    expect([first, again].map(a => a.body.rows[0]?.state)).toEqual(['kept', 'kept'])
    expect(again.body.sheets[visit]?.edits).toBe(1)
    const other = await phone.sync({ edits: [{ ...row, value: '二' }] })
    expect(other.body.rows[0]?.state).toBe('renumber')
    expect(other.body.lastCounter).toBe(row.counter)
  })

  it('what a telephone wrote itself is not sent back to it; what a colleague wrote meanwhile is, with its own', async () => {
    const household = await family()
    const [xu, chen] = [
      await phoneOf(house.as('guide', { name: '徐小英' })),
      await phoneOf(house.as('guide', { name: '陈秀英' })),
    ]
    const visit = await sheetOf(xu, await open({ household: household.id }))
    const first = await xu.sync({ edits: [xu.edit(visit, 'note', '一')] })
    expect(first.body.sheets[visit]).toEqual({ edits: 1, heads: null })
    await chen.sync({ edits: [chen.edit(visit, 'metWho', '奶奶')], seen: { [visit]: 1 } })
    const second = await xu.sync({ edits: [xu.edit(visit, 'ask.meals', 'fine')], seen: { [visit]: 1 } })
    expect(second.body.sheets[visit]).toMatchObject({ edits: 3 })
    expect(second.body.sheets[visit]?.heads?.map(h => h.field)).toEqual(['ask.meals', 'metWho', 'note'])
  })

  it('refuses row by row with a reason and keeps the others', async () => {
    const household = await family()
    const phone = await phoneOf(house.as('guide', { scope: '330111109201' }))
    const own = await phoneOf(house.as('guide'))
    const task = await open({ household: household.id })
    const visit = (await house.sql<{ id: Id }>('select id from outreach.visit where task_id = $1', [task]))[0]?.id as Id
    const elsewhere = await phone.sync({ edits: [phone.edit(visit, 'note', 'x')] })
    expect(elsewhere.body.rows[0]).toMatchObject({ state: 'refused' })
    const mixed = await own.sync({
      edits: [
        own.edit(visit, `person.${household.members[0]}.employmentStatus`, 'astronaut'),
        own.edit(visit, 'household.noSuchFact', 1),
        own.edit(visit, 'result', 'granted'),
        own.edit(visit, 'note', '好'),
      ],
    })
    expect(mixed.body.rows.map(r => [r.id.split(':')[1], r.state])).toEqual([
      ['1', 'refused'],
      ['2', 'refused'],
      ['3', 'refused'],
      ['4', 'kept'],
    ])
    expect(mixed.body.rows.every(r => r.state === 'kept' || (r.words?.zh && r.words.en))).toBe(true)
  })

  it('a number that a telephone used in another sheet before is to be numbered anew, with what was written over it', async () => {
    const household = await family()
    const phone = await phoneOf(house.as('guide', { name: '徐小英' }))
    const [one, other] = [
      await sheetOf(phone, await open({ household: household.id })),
      await sheetOf(phone, await open({ household: household.id })),
    ]
    await phone.sync({ edits: [phone.edit(one, 'ask.meals', 'fine')] })
    phone.counter = 0
    const back = [phone.edit(other, 'ask.meals', 'fine'), phone.edit(other, 'ask.meals', 'poor', [editId(phone.id, 1)])]
    const answer = await phone.sync({ edits: [...back, phone.edit(other, 'note', '膝盖疼')] })
    expect(answer.status).toBe(200)
    expect(answer.body.rows).toEqual([
      { id: editId(phone.id, 1), state: 'renumber' },
      { id: editId(phone.id, 2), state: 'renumber' },
      { id: editId(phone.id, 3), state: 'kept' },
    ])
    expect(answer.body.lastCounter).toBe(3)
    expect((await phone.sync()).body.sheets[other]?.heads?.map(h => h.field)).toEqual(['note'])
  })

  it('nobody writes over what a colleague has yet to send', async () => {
    const household = await family()
    const [xu, chen] = [
      await phoneOf(house.as('guide', { name: '徐小英' })),
      await phoneOf(house.as('guide', { name: '陈秀英' })),
    ]
    const visit = await sheetOf(xu, await open({ household: household.id }))
    const early = await chen.sync({ edits: [chen.edit(visit, 'note', '没事', [editId(xu.id, 1)])] })
    expect(early.body.rows[0]).toMatchObject({ state: 'refused', words: { zh: expect.stringContaining('再写一次') } })
    await xu.sync({ edits: [xu.edit(visit, 'note', '女儿想辍学')] })
    expect((await xu.sync()).body.sheets[visit]?.heads?.map(h => h.value)).toEqual(['女儿想辍学'])
  })

  it('two telephones that ask at once for a sheet nobody has opened get the same one', async () => {
    const household = await family()
    const [xu, chen] = [
      await phoneOf(house.as('guide', { name: '徐小英' })),
      await phoneOf(house.as('guide', { name: '陈秀英' })),
    ]
    const task = await open({ household: household.id })
    const [first] = await house.sql<{ id: Id }>('select id from outreach.visit where task_id = $1', [task])
    await house.sql('update outreach.task set holder_id = null, holder_name = null where id = $1', [task])
    await house.sql('delete from outreach.visit where id = $1', [first?.id])
    const holder = await house.database.owner.connect()
    await holder.query('begin')
    await holder.query(
      `set local app.district = '330111'; set local app.role = 'machine'; set local app.lo = '330111'; set local app.hi = '330111:'`,
    )
    await holder.query(
      `insert into outreach.visit (district, id, task_id, household_id, division, form, opened_at)
       select district, $2, id, household_id, division, kind, now() from outreach.task where id = $1`,
      [task, first?.id],
    )
    const asked = [xu.sync(), chen.sync()]
    await new Promise(done => setTimeout(done, 150))
    expect(await Promise.race([...asked, Promise.resolve('waiting')])).toBe('waiting')
    await holder.query('commit')
    holder.release()
    const answers = await Promise.all(asked)
    expect(answers.map(a => a.status)).toEqual([200, 200])
    expect(answers.map(a => a.body.tasks.find(t => t.id === task)?.visit)).toEqual([first?.id, first?.id])
  })

  it('a clerk asks for a visit and the guide of the village has it', async () => {
    const household = await family()
    const asked = await house.as('townshipClerk').post('POST /households/:householdId/tasks', {
      params: { householdId: household.id },
      body: { kind: 'key', dueOn: today, why: '下雨屋顶漏水' },
    })
    const read = await house.as('guide').get('GET /tasks/:taskId', { params: { taskId: asked.body.id } })
    expect(read.body).toMatchObject({ kind: 'key', why: { zh: '下雨屋顶漏水' }, origin: 'lead', state: 'given' })
    expect(read.body.next.map(n => n.step)).toContain('take')
  })

  it('a clerk who goes in place of the guide has the visit on the telephone', async () => {
    const household = await family()
    const phone = await phoneOf(house.as('townshipClerk'))
    const task = await open({ household: household.id })
    expect((await phone.sync()).body.tasks.map(t => t.id)).not.toContain(task)
    await phone.who.post('POST /tasks/:taskId/steps', { params: { taskId: task }, body: { step: 'take' } })
    expect((await phone.sync()).body.tasks.map(t => t.id)).toContain(task)
  })

  it('nobody met means that somebody goes again on the next working day', async () => {
    const household = await family()
    const guide = house.as('guide', { name: '徐小英' })
    const phone = await phoneOf(guide)
    const task = await open({ household: household.id })
    await guide.post('POST /tasks/:taskId/steps', { params: { taskId: task }, body: { step: 'take' } })
    const visit = await sheetOf(phone, task)
    const done = await phone.sync({ edits: [phone.edit(visit, 'result', 'nobodyHome')], hand: [{ visit, on: today }] })
    expect(done.body.handed[0]?.state).toBe('done')
    const next = done.body.tasks.find(t => t.id === task)
    expect(next?.dueOn).toBe('2021-09-27')
    expect(next?.visit).not.toBe(visit)
  })
})

describe('what needs care', () => {
  it('the telephone has nothing of a child without a standing grant, and what was written of one is in no answer', async () => {
    const household = await family()
    const daughter = household.members[1]
    const [xu, chen] = [
      await phoneOf(house.as('guide', { name: '徐小英' })),
      await phoneOf(house.as('guide', { name: '陈秀英' })),
    ]
    const task = await open({ household: household.id })
    const visit = await sheetOf(xu, task)
    const risk = `person.${daughter}.dropoutRisk`
    const bare = await xu.sync()
    expect(bare.body.tasks.find(t => t.id === task)).toMatchObject({ children: 1, members: [{ name: '俞建国' }] })
    expect(bare.text).not.toContain('俞小禾')
    expect(bare.text).not.toContain(daughter)
    await house.sql('update registry.person set circle = 1 where household_id = $1', [household.id])
    const { toFind = [] } = (await xu.sync()).body.tasks.find(t => t.id === task) ?? {}
    expect(toFind.map(one => one.zh)).toContain('还有和孩子有关的，要镇里批准才看得到')
    expect(toFind.length).toBeLessThanOrEqual(8)
    expect(JSON.stringify(toFind)).not.toContain('俞小禾')
    await house.sql('update registry.person set circle = null where household_id = $1', [household.id])
    const granted = await mayOpen(household.id, xu.who)
    expect((await xu.sync()).body.tasks.find(t => t.id === task)).toMatchObject({ children: 0 })
    await xu.sync({ edits: [xu.edit(visit, risk, 'oftenAbsent'), xu.edit(visit, 'note', '在家')] })
    const theirs = await chen.sync({ also: [task] })
    expect(theirs.body.sheets[visit]?.heads?.map(h => h.field)).toEqual(['note'])
    const read = await chen.who.get('GET /tasks/:taskId', { params: { taskId: task } })
    expect(read.text).not.toContain(daughter)
    expect(read.body.visits[0]?.fields.map(f => f.field)).toEqual(['note'])
    // Who may no longer see it still counts on from it.
    await house.as('townshipClerk').delete('DELETE /minor-grants/:grantId', { params: { grantId: granted } })
    const after = await xu.sync()
    expect(after.text).not.toContain(daughter)
    expect(after.body.lastCounter).toBe(2)
    const ours = [chen.edit(visit, 'result', 'confirmed'), chen.edit(visit, 'risk', 'none')]
    const done = await chen.sync({ edits: ours, hand: [{ visit, on: today }] })
    expect(done.body.handed).toEqual([{ visit, state: 'done' }])
    const known = await house.as('townshipClerk').get('GET /households/:id', { params: { id: household.id } })
    expect(known.body.members.find(m => m.id === daughter)?.facts.find(f => f.fact === 'dropoutRisk')).toMatchObject({
      value: 'oftenAbsent',
      source: 'verified',
    })
  })

  it('two who wrote differently of a child hold the sheet up in words for who may not see it', async () => {
    const household = await family()
    const risk = `person.${household.members[1]}.dropoutRisk`
    const phones = await Promise.all(['徐小英', '陈秀英', '何平'].map(name => phoneOf(house.as('guide', { name }))))
    const [xu, chen, he] = phones as [Phone, Phone, Phone]
    const visit = await sheetOf(xu, await open({ household: household.id }))
    for (const one of [xu, chen]) await mayOpen(household.id, one.who)
    await xu.sync({ edits: [xu.edit(visit, risk, 'oftenAbsent')] })
    await chen.sync({ edits: [chen.edit(visit, risk, 'droppedOut')] })
    const edits = [he.edit(visit, 'result', 'confirmed'), he.edit(visit, 'risk', 'none')]
    const answer = await he.sync({ edits, hand: [{ visit, on: today }] })
    expect(answer.body.handed[0]).toMatchObject({ state: 'refused', words: { zh: expect.stringContaining('孩子') } })
    expect(answer.text).not.toContain(household.members[1])
  })

  it('an alarm raised at a door goes to the township at once; the guide who raised it sees no trace of it', async () => {
    const household = await family()
    const guide = house.as('guide')
    const [phone, clerk] = [await phoneOf(guide), house.as('townshipClerk')]
    const task = await open({ household: household.id })
    const visit = (await house.sql<{ id: Id }>('select id from outreach.visit where task_id = $1', [task]))[0]?.id as Id
    const stream = await clerk.live()
    const alarm = { id: newId(), visit, kind: 'violence', words: '金丝雀：手臂有伤' }
    await phone.sync({ alarms: [alarm] })
    const sent = await phone.sync({ alarms: [alarm] })
    expect(sent.status).toBe(200)
    const { id } = await stream.next('outreach.taskGiven')
    stream.close()
    const read = await clerk.get('GET /tasks/:taskId', { params: { taskId: id } })
    expect(read.body).toMatchObject({ careful: true, level: 'red', why: { zh: expect.stringContaining('手臂有伤') } })
    expect(
      (await clerk.get('GET /tasks', { query: { household: household.id } })).body.items.filter(t => t.careful),
    ).toHaveLength(1)
    for (const who of [guide, house.as('guide', { scope: '330111109' })]) {
      expect((await who.get('GET /tasks/:taskId', { params: { taskId: id } })).status).toBe(404)
      const list = await who.get('GET /tasks', { query: { household: household.id } })
      expect(list.text).not.toContain(id)
    }
    const [, kept] = [
      0,
      await house.sql<{ t: string }>('select row_to_json(t)::text as t from outreach.task t where id = $1', [id]),
    ]
    expect(kept[0]?.t).not.toContain('金丝雀')
    expect((await phone.sync()).text).not.toContain('金丝雀')
  })

  it('an alarm that does not reach the township is refused in words and stays on the telephone; the same one twice calls once', async () => {
    const household = await family()
    const account = house.as('guide', { name: '徐小英' })
    const phone = await phoneOf(account)
    const visit = await sheetOf(phone, await open({ household: household.id }))
    const alarm = { id: newId(), visit, kind: 'childAbuse' }
    await house.sql(`update identity.role_grant set scope = '330111109205' where account_id = $1`, [
      await account.account(),
    ])
    const lost = await phone.sync({ alarms: [alarm] })
    expect(lost.body.alarms).toEqual([
      { id: alarm.id, state: 'refused', words: expect.objectContaining({ zh: expect.stringContaining('打电话') }) },
    ])
    await house.sql('update identity.role_grant set scope = $2 where account_id = $1', [
      await account.account(),
      village,
    ])
    const stream = await house.as('townshipClerk').live()
    expect((await phone.sync({ alarms: [alarm] })).body.alarms).toEqual([{ id: alarm.id, state: 'raised' }])
    await stream.next('outreach.taskGiven')
    expect((await phone.sync({ alarms: [alarm] })).body.alarms).toEqual([{ id: alarm.id, state: 'raised' }])
    await expect(stream.next('outreach.taskGiven', 300)).rejects.toThrow()
    stream.close()
  })

  it('a protected note is on the telephone of who is named and nowhere else', async () => {
    const household = await family()
    const [named, other] = [house.as('guide', { name: '徐小英' }), house.as('guide', { name: '陈秀英' })]
    const clerk = house.as('townshipClerk')
    const clerkId = await clerk.account()
    const [mine, theirs] = [await phoneOf(named), await phoneOf(other)]
    const task = await open({ household: household.id })
    await house.sql('update outreach.task set holder_id = null, holder_name = null where id = $1', [task])
    const before = (await theirs.sync()).body.tasks.find(t => t.id === task)
    const written = await clerk.post('POST /households/:householdId/protected-notes', {
      params: { householdId: household.id },
      body: { text: '金丝雀：前夫知道住址', readers: [await named.account()] },
    })
    expect(written.status).toBe(200)
    expect((await mine.sync()).body.tasks.find(t => t.id === task)?.notes[0]?.text).toContain('前夫')
    const params = { householdId: household.id }
    const read = await named.get('GET /households/:householdId/protected-notes', { params })
    expect(read.body.items).toMatchObject([
      { text: '金丝雀：前夫知道住址', mine: false, readers: [{ name: '徐小英' }] },
    ])
    for (const who of [other, house.as('districtOfficer')])
      expect((await who.get('GET /households/:householdId/protected-notes', { params })).body).toEqual({ items: [] })
    const [wrote, opened] = [(await house.trail(30)).filter(line => line.account_id === clerkId), await house.trail(1)]
    expect(wrote.map(line => line.action)).toEqual(['registry.recordFacts'])
    expect(opened[0]?.action).toBe('registry.open')
    const after = await theirs.sync()
    expect(after.text).not.toContain('金丝雀')
    expect(after.body.tasks.find(t => t.id === task)).toEqual(before)
  })

  it('a protected note is still there for its readers where the family was registered twice and is one now', async () => {
    const [clerk, xu, chen] = [house.as('townshipClerk'), house.as('guide'), house.as('guide')]
    const alone = async () => {
      const members = [{ name: '倪校松', relation: '01', birthDate: '1950-03-04', sex: 'male' }] as const
      const { body } = await clerk.post('POST /households', { body: { division: village, members: [...members] } })
      return { household: body.id, person: body.members[0] as Id }
    }
    const [now, twin] = [await alone(), await alone()]
    const task = await open({ household: now.household })
    const phone = await phoneOf(xu)
    const sheet = await sheetOf(phone, task)
    const written = await clerk.post('POST /households/:householdId/protected-notes', {
      params: { householdId: twin.household },
      body: { text: '先打电话再来', readers: [await xu.account()] },
    })
    const merged = await house.as('districtOfficer').post('POST /persons/:id/merge', {
      params: { id: now.person },
      body: { other: twin.person, reason: '上门核对是同一人', household: now.household },
    })
    expect(merged.body).toMatchObject({ emptied: twin.household })
    const texts = async (who: Client) => {
      const params = { householdId: now.household }
      const { body } = await who.get('GET /households/:householdId/protected-notes', { params })
      return body.items.map(note => note.text)
    }
    expect([await texts(clerk), await texts(xu), await texts(chen)]).toEqual([['先打电话再来'], ['先打电话再来'], []])
    expect((await phone.sync()).body.tasks.find(t => t.visit === sheet)?.notes.map(n => n.text)).toEqual([
      '先打电话再来',
    ])
    const named = await clerk.put('PUT /protected-notes/:noteId/readers', {
      params: { noteId: written.body.id },
      body: { readers: [await chen.account()] },
    })
    expect(named.status).toBe(200)
    expect([await texts(xu), await texts(chen)]).toEqual([[], ['先打电话再来']])
  })

  it('who wrote a protected note names its readers, of those who work there; nobody else can, or learns that there is one', async () => {
    const household = await family()
    const [clerk, xu, chen] = [house.as('townshipClerk'), house.as('guide'), house.as('guide')]
    const [xuId, chenId] = [await xu.account(), await chen.account()]
    const params = { householdId: household.id }
    const workers = await clerk.get('GET /households/:householdId/workers', { params })
    expect(workers.body.items.map(w => w.id)).toEqual(expect.arrayContaining([xuId, chenId, await clerk.account()]))
    const stranger = await house.as('guide', { scope: '330111109201' }).account()
    const write = (readers: readonly Id[]) =>
      clerk.post('POST /households/:householdId/protected-notes', { params, body: { text: '先打电话再来', readers } })
    expect((await write([stranger])).problem?.code).toBe('outreach.noSuchWorker')
    const { body } = await write([xuId])
    const name = (who: Client, readers: readonly Id[]) =>
      who.put('PUT /protected-notes/:noteId/readers', { params: { noteId: body.id }, body: { readers } })
    expect((await name(xu, [xuId, chenId])).problem?.code).toBe('outreach.noteNotFound')
    expect((await name(chen, [chenId])).problem?.code).toBe('outreach.noteNotFound')
    expect((await name(clerk, [stranger])).problem?.code).toBe('outreach.noSuchWorker')
    expect((await house.trail(4)).map(line => [line.action, line.refusal])).toEqual([
      ['registry.recordFacts', 'request.notUnderstood'],
      ['registry.recordFacts', 'request.notUnderstood'],
      ['registry.recordFacts', 'request.notUnderstood'],
      ['registry.recordFacts', null],
    ])
    expect((await name(clerk, [chenId])).status).toBe(200)
    const count = async (who: Client) =>
      (await who.get('GET /households/:householdId/protected-notes', { params })).body.items.length
    expect([await count(clerk), await count(xu), await count(chen)]).toEqual([1, 0, 1])
  })
})

describe('made up for a first look', () => {
  it('a note for the guide alone, telephones in use and replaced, and a grant that holds beside one that has run out', async () => {
    const household = await family('俞建邦')
    await family('俞建宁')
    const [guide, clerk] = [house.as('guide', { name: '徐晓雯' }), house.as('townshipClerk', { name: '李敏' })]
    for (const who of [guide, clerk]) await who.get('GET /households')
    const care = { household: household.id, village: village as DivisionCode }
    await house.inside(
      async ctx => await seedCare(ctx, { ...care, guide: await guide.account(), clerk: await clerk.account() }),
    )
    const notes = async (who: Client) => {
      const params = { householdId: household.id }
      return (await who.get('GET /households/:householdId/protected-notes', { params })).body.items
    }
    expect((await notes(guide))[0]?.text).toContain('先打电话')
    expect(await notes(house.as('guide'))).toEqual([])
    const own = (await guide.get('GET /devices')).body.items
    expect(own.map(p => p.revokedAt === null)).toEqual([true, false])
    const grants = await house.sql<{ holds: boolean }>(
      `select until_on > '2021-09-26' as holds from registry.minor_grant where reader_id = $1 order by holds`,
      [await guide.account()],
    )
    expect(grants.map(g => g.holds)).toEqual([false, true])
  })
})

describe('a telephone', () => {
  it('that a colleague lost is revoked by the office: who has it is signed out at once, and it stands no more', async () => {
    const [guide, clerk, admin] = [house.as('guide', { name: '徐小英' }), house.as('townshipClerk'), house.as('admin')]
    const phone = await phoneOf(guide)
    const list = await clerk.get('GET /work-phones')
    expect(list.body.items.find(p => p.id === phone.id)).toMatchObject({
      owner: { name: '徐小英' },
      daysSilent: 0,
      revokedAt: null,
    })
    expect((await admin.get('GET /work-phones')).body.items.map(p => p.id)).toContain(phone.id)
    const away = house.as('townshipClerk', { scope: '330111110' })
    expect((await away.get('GET /work-phones')).text).not.toContain(phone.id)
    const revoke = (who: Client) =>
      who.post('POST /work-phones/:deviceId/revoke', { params: { deviceId: phone.id }, body: { reason: 'lost' } })
    expect((await revoke(away)).problem?.code).toBe('outreach.deviceNotFound')
    expect((await revoke(clerk)).status).toBe(200)
    expect((await house.trail(1))[0]).toMatchObject({ action: 'outreach.revokePhone', reason: 'lost' })
    expect((await phone.sync()).status).toBe(401)
    const asked = await house
      .nobody()
      .post('POST /devices/:deviceId/standing', { params: { deviceId: phone.id }, body: { secret: phone.secret } })
    expect(asked.body).toEqual({ stands: false })
    const revoked = await clerk.get('GET /work-phones', { query: { state: 'revoked' } })
    expect(revoked.body.items.find(p => p.id === phone.id)?.revokedAt).not.toBeNull()
  })

  it('that is in touch while the office reads the list does not bring the office back to the top of it', async () => {
    const clerk = house.as('townshipClerk', { name: '李敏' })
    for (const name of ['徐小英', '陈秀英', '何平']) await phoneOf(house.as('guide', { name }))
    const page = async (after?: string) =>
      (await clerk.get('GET /work-phones', { query: { limit: 2, ...(after ? { after } : {}) } })).body
    const first = await page()
    const shown = first.items.map(p => p.id)
    await house.sql(`update outreach.device set seen_at = seen_at + interval '1 minute' where id = $1`, [shown[1]])
    const second = await page(first.next ?? '')
    expect([shown.length, second.items.length > 0]).toEqual([2, true])
    expect(second.items.filter(p => shown.includes(p.id))).toEqual([])
    const wrong = await clerk.get('GET /work-phones', { query: { after: shown[0] ?? '' } })
    expect(wrong.problem?.code).toBe('request.notUnderstood')
  })

  it('that was revoked is refused at its next contact, and asked without a session it is told so', async () => {
    const guide = house.as('guide')
    const phone = await phoneOf(guide)
    const standing = (secret = phone.secret) =>
      house.nobody().post('POST /devices/:deviceId/standing', { params: { deviceId: phone.id }, body: { secret } })
    expect((await standing()).body).toEqual({ stands: true })
    expect((await standing('x')).body).toEqual({ stands: false })
    expect(
      (await house.as('guide').delete('DELETE /devices/:deviceId', { params: { deviceId: phone.id } })).status,
    ).toBe(404)
    expect((await guide.delete('DELETE /devices/:deviceId', { params: { deviceId: phone.id } })).status).toBe(200)
    expect((await phone.sync()).problem?.code).toBe('outreach.deviceNotYours')
    expect((await standing()).body).toEqual({ stands: false })
  })

  it('of an account that was ended stands no more, and its rows are not taken', async () => {
    const guide = house.as('guide')
    const phone = await phoneOf(guide)
    const admin = house.as('admin')
    expect((await admin.get('GET /devices', { query: { account: await guide.account() } })).body.items).toHaveLength(1)
    await house.sql('update identity.account set ended_at = $2 where id = $1', [await guide.account(), '2021-09-26'])
    expect((await phone.sync()).status).toBe(401)
    const asked = await house
      .nobody()
      .post('POST /devices/:deviceId/standing', { params: { deviceId: phone.id }, body: { secret: phone.secret } })
    expect(asked.body).toEqual({ stands: false })
  })

  it('of somebody else is not used', async () => {
    const phone = await phoneOf(house.as('guide'))
    const thief = new Phone(house.as('guide'))
    thief.id = phone.id
    expect((await thief.sync()).problem?.code).toBe('outreach.deviceNotYours')
  })
})

describe('a photo', () => {
  /** A JPEG with an Exif part that says where it was taken, and something behind its end. */
  const jpeg = (secret: string) =>
    Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      part(0xe0, Buffer.from('JFIF\0aaaaaaaaa')),
      part(0xe1, Buffer.from(`Exif\0\0${secret}`)),
      part(0xfe, Buffer.from(secret)),
      part(0xdb, Buffer.alloc(65)),
      part(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
      Buffer.from([1, 2, 3, 4, 0xff, 0xd9]),
      Buffer.from(secret),
    ])
  const part = (marker: number, content: Buffer) => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(content.length + 2)
    return Buffer.concat([Buffer.from([0xff, marker]), length, content])
  }

  it('ends where it ends, also when the camera put a second one with its own place behind it', () => {
    const scan = (...bytes: number[]) =>
      Buffer.concat([part(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from(bytes)])
    const drawn = [part(0xdb, Buffer.alloc(65)), scan(1, 0xff, 0, 0xff, 0xd0, 2)]
    const between = part(0xe1, Buffer.from('Exif\0\0canary'))
    const more = [part(0xc4, Buffer.alloc(20)), scan(3, 4)]
    const end = Buffer.from([0xff, 0xd9])
    const start = Buffer.from([0xff, 0xd8])
    const whole = Buffer.concat([start, ...drawn, between, ...more, end, jpeg('canary')])
    expect(strippedPhoto(whole)?.bytes).toEqual(Buffer.concat([start, ...drawn, ...more, end]))
    expect(strippedPhoto(Buffer.concat([start, end, jpeg('canary')]))).toBeUndefined()
  })

  it('loses what tells where it was taken, is sealed, comes once, and is read by who may', async () => {
    const household = await family()
    const guide = house.as('guide')
    const phone = await phoneOf(guide)
    const task = await open({ household: household.id })
    await phone.sync()
    const visit = (await house.sql<{ id: Id }>('select id from outreach.visit where task_id = $1', [task]))[0]?.id as Id
    const id = newId()
    const send = (content: Buffer, kind = 'photo', who = guide) =>
      who.post('POST /visits/:visitId/attachments', {
        params: { visitId: visit },
        query: { id, kind, takenAt: '2021-09-26T00:00:00.000Z' },
        file: { name: 'a.jpg', type: 'image/jpeg', content },
      })
    expect((await send(Buffer.from('<svg onload=alert(1)>'))).problem?.code).toBe('outreach.attachmentWrong')
    expect((await send(jpeg('x').subarray(0, 60))).problem?.code).toBe('outreach.attachmentWrong')
    expect((await send(Buffer.concat([jpeg('x'), Buffer.alloc(2_000_001)]))).problem?.code).toBe(
      'outreach.attachmentWrong',
    )
    expect((await send(jpeg('GPS-canary'))).status).toBe(200)
    expect((await send(jpeg('GPS-canary'))).status).toBe(200)
    const back = await guide.get('GET /attachments/:attachmentId', { params: { attachmentId: id } })
    expect(back.headers.get('content-type')).toContain('image/jpeg')
    expect(back.text).not.toContain('GPS-canary')
    expect(back.text.length).toBeGreaterThan(80)
    const [row] = await house.sql<{ n: number }>(
      `select count(*)::int as n from outreach.attachment where id = $1 and position('GPS'::bytea in sealed_content) = 0`,
      [id],
    )
    expect(row?.n).toBe(1)
    expect(
      (
        await house
          .as('guide', { scope: '330111109201' })
          .get('GET /attachments/:attachmentId', { params: { attachmentId: id } })
      ).status,
    ).toBe(404)
    expect((await send(jpeg('x'), 'photo', house.as('guide', { scope: '330111109201' }))).status).toBe(404)
  })
})
