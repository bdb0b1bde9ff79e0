import { type Day, type Id, newId } from '@zhulian/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { handedIn, village } from '../../../test/talk.ts'
import { openTask } from './index.ts'

const today = '2021-09-26' as Day
const none = { filing: 0, advice: 0, linking: 0, plan: 0 }

let house: House
let guide: Client
let clerk: Client
beforeAll(async () => {
  house = await openHouse()
  guide = house.as('guide', { name: '徐小英' })
  clerk = house.as('townshipClerk', { name: '羊镇' })
  await guide.account()
})
afterAll(() => house.close())

const family = async (name = '俞建国') =>
  (await guide.post('POST /households', { body: { division: village, members: [{ name, relation: '01' }] } })).body.id
const start = (household: Id, body: Record<string, unknown>, who = guide) =>
  who.post('POST /households/:householdId/duties', { params: { householdId: household }, body: body as never })
const mine = async (query = {}) => (await guide.get('GET /duties', { query: { mine: 'true', ...query } })).body
const figures = async (month = '2021-09', who = clerk) =>
  (await who.get('GET /network/duties', { query: { month } })).body
const ofGuide = async (month?: string) => (await figures(month)).people.find(p => p.name === '徐小英')

it('a guide begins a piece of a duty by hand and finishes it, and it counts in the month it was done in', async () => {
  const household = await family()
  const begun = await start(household, { duty: 'linking', note: '问问厂里要不要人' })
  expect(begun.body).toMatchObject({
    dutyWords: { zh: '资源链接' },
    name: '俞*国',
    place: '常绿镇青龙村',
    begunOn: today,
    doneOn: null,
  })
  expect(await ofGuide()).toMatchObject({ ...none, open: 1 })
  const params = { dutyId: begun.body.id }
  const wrong = await guide.post('POST /duties/:dutyId/finish', { params, body: { on: '2021-09-20' as Day } })
  expect(wrong.problem?.code).toBe('outreach.dutyDayWrong')
  house.at('2021-10-08T09:00:00+08:00')
  const done = await guide.post('POST /duties/:dutyId/finish', { params, body: { note: '厂里收下了' } })
  expect(done.body.doneOn).toBe('2021-10-08')
  expect((await guide.get('GET /duties/:dutyId', { params })).body.note).toBe('问问厂里要不要人\n厂里收下了')
  const again = await guide.post('POST /duties/:dutyId/finish', { params, body: {} })
  expect(again.problem?.code).toBe('outreach.dutyOver')
  expect(await ofGuide('2021-10')).toMatchObject({ ...none, linking: 1, open: 0 })
  expect((await mine()).month).toEqual({ ...none, linking: 1 })
  expect((await figures('2021-10')).months.map(m => m.month)).toEqual([
    '2021-10',
    '2021-09',
    '2021-08',
    '2021-07',
    '2021-06',
    '2021-05',
  ])
  house.at('2021-09-26T09:00:00+08:00')
  const sealed = await house.sql<{ sealed_note: Buffer }>('select sealed_note from outreach.duty')
  expect(sealed.some(row => row.sealed_note.toString('utf8').includes('厂里'))).toBe(false)
})

it('what was noted by mistake is taken back while it is open or on that day, by who noted it', async () => {
  const household = await family('何美珍')
  const before = await ofGuide()
  const { body } = await start(household, { duty: 'advice', done: true })
  expect((await ofGuide())?.advice).toBe((before?.advice ?? 0) + 1)
  const takeBack = (who: Client, id = body.id) => who.delete('DELETE /duties/:dutyId', { params: { dutyId: id } })
  expect((await takeBack(clerk)).problem?.code).toBe('outreach.dutyNotYours')
  house.at('2021-09-27T09:00:00+08:00')
  expect((await takeBack(guide)).problem?.code).toBe('outreach.dutyOver')
  house.at('2021-09-26T09:00:00+08:00')
  expect((await takeBack(guide)).status).toBe(200)
  expect((await ofGuide())?.advice ?? 0).toBe(before?.advice ?? 0)
  expect((await takeBack(guide)).problem?.code).toBe('outreach.dutyNotFound')
  const open = await start(household, { duty: 'plan' })
  house.at('2021-09-27T09:00:00+08:00')
  expect((await takeBack(guide, open.body.id)).status).toBe(200)
  house.at('2021-09-26T09:00:00+08:00')
})

it('a contact and a filing of a case count by themselves, and nobody takes them back by hand', async () => {
  const before = await ofGuide()
  const { case: caseId } = await handedIn(house.as('resident'))
  const params = { caseId }
  await guide.post('POST /cases/:caseId/accept', { params, body: {} })
  await guide.post('POST /cases/:caseId/contact', { params, body: { how: 'noAnswer' } })
  expect((await ofGuide())?.advice).toBe(before?.advice)
  await guide.post('POST /cases/:caseId/contact', { params, body: { how: 'phone' } })
  expect((await ofGuide())?.advice).toBe((before?.advice ?? 0) + 1)
  const noted = (await mine({ state: 'done' })).items.find(d => d.origin === 'case')
  expect(noted).toMatchObject({ duty: 'advice', mayTakeBack: false })
  const back = await guide.delete('DELETE /duties/:dutyId', { params: { dutyId: noted?.id as Id } })
  expect(back.problem?.code).toBe('outreach.dutyOver')
})

it('a visit asked for by hand is of the duty that is chosen, which stands on it at the desk and at the door', async () => {
  const household = await family('章桂花')
  const ask = (duty: Record<string, unknown>) =>
    clerk.post('POST /households/:householdId/tasks', {
      params: { householdId: household },
      body: { kind: 'routine', dueOn: today, why: '问问想不想做来料加工', ...duty } as never,
    })
  const [linking, none] = [(await ask({ duty: 'linking' })).body.id, (await ask({})).body.id]
  expect((await ask({ duty: 'juggling' })).problem?.status).toBe(400)
  const { body: phone } = await guide.post('POST /devices', { body: { name: '测试手机' } })
  const { tasks } = (
    await guide.post('POST /sync', {
      body: { device: phone.id, edits: [], hand: [], alarms: [], also: [], seen: {}, forms: '' },
    })
  ).body
  const read = (id: Id) => guide.get('GET /tasks/:taskId', { params: { taskId: id } })
  for (const [id, words] of [
    [linking, { zh: '资源链接', en: 'Linking resources' }],
    [none, null],
  ] as const) {
    expect((await read(id)).body.dutyWords).toEqual(words)
    expect(tasks.find(t => t.id === id)?.dutyWords).toEqual(words)
  }
})

it('a visit counts for what it was made for and what was ticked at the door, once each, and not where nobody was met', async () => {
  const household = await family('陆桂香')
  const { body: phone } = await guide.post('POST /devices', { body: { name: '测试手机' } })
  let counter = 0
  const visit = async (result: string, ticked: string[]) => {
    const id = await house.inside(ctx =>
      openTask(ctx, { kind: 'followUp', household, origin: { kind: 'lead', id: newId() }, dueOn: today }),
    )
    await guide.post('POST /tasks/:taskId/steps', { params: { taskId: id }, body: { step: 'take' } })
    const sync = (body: Record<string, unknown>) =>
      guide.post('POST /sync', {
        body: { device: phone.id, edits: [], hand: [], alarms: [], also: [], seen: {}, forms: '', ...body } as never,
      })
    const sheet = (await sync({})).body.tasks.find(t => t.id === id)?.visit as Id
    const edit = (field: string, value: unknown) => {
      counter++
      return { visit: sheet, counter, field, base: [], value, at: '2021-09-26T00:30:00.000Z' }
    }
    const edits = [edit('result', result), edit('risk', 'none'), edit('duties', ticked)]
    return (await sync({ edits, hand: [{ visit: sheet, on: today }] })).body
  }
  const before = await ofGuide()
  await visit('nobodyHome', ['linking'])
  expect(await ofGuide()).toEqual(before)
  expect((await visit('stable', ['juggling'])).rows.some(r => r.state === 'refused')).toBe(true)
  expect((await ofGuide())?.plan).toBe((before?.plan ?? 0) + 1)
  await visit('stable', ['linking', 'plan'])
  expect(await ofGuide()).toMatchObject({ plan: (before?.plan ?? 0) + 2, linking: (before?.linking ?? 0) + 1 })
  const line = (await guide.get('GET /tasks', { query: { state: 'closed', household } })).body.items[0]
  expect(line?.dutyWords).toEqual({ zh: '帮扶计划', en: 'Help plan' })
})

it('nobody sees or notes work for a family out of reach, and figures are those of one’s own area', async () => {
  const household = await family('孙凤仙')
  const elsewhere = house.as('guide', { scope: '330111205214' })
  expect((await start(household, { duty: 'advice' }, elsewhere)).problem?.code).toBe('registry.notFound')
  const { body } = await start(household, { duty: 'advice' })
  const read = await elsewhere.get('GET /duties/:dutyId', { params: { dutyId: body.id } })
  expect(read.problem?.code).toBe('outreach.dutyNotFound')
  expect((await figures('2021-09', house.as('townshipClerk', { scope: '330111205' }))).people).toEqual([])
  expect((await guide.get('GET /network/duties')).problem?.code).toBe('request.notAllowed')
})
