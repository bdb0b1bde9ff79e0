import { type Day, type Id, newId } from '@zhulian/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { handedIn, village } from '../../../test/talk.ts'
import { openTask } from './index.ts'

const today = '2021-09-26' as Day
const other = '330111109205'

let house: House
let giver: Client
let taker: Client
let clerk: Client
beforeAll(async () => {
  house = await openHouse()
  giver = house.as('guide', { name: '徐小英' })
  taker = house.as('guide', { name: '何美', scope: other })
  clerk = house.as('townshipClerk', { name: '羊镇' })
  for (const who of [giver, taker, clerk]) await who.account()
})
afterAll(() => house.close())

const family = async (division: string = village) =>
  (await clerk.post('POST /households', { body: { division, members: [{ name: '俞建国', relation: '01' }] } })).body.id
const open = async (division: string = village) => {
  const household = await family(division)
  return house.inside(ctx =>
    openTask(ctx, { kind: 'routine', household, origin: { kind: 'rhythm', id: household }, dueOn: today }),
  )
}
const rowOf = async (table: string, id: Id) =>
  (await house.sql<Record<string, unknown>>(`select * from outreach.${table} where id = $1`, [id]))[0]
const hand = async (body: Record<string, unknown> = {}, who = clerk) =>
  who.post('POST /handings', {
    body: { village, from: await giver.account(), to: await taker.account(), reason: '她搬到镇上了', ...body } as never,
  })
const undo = (id: Id, who = clerk) => who.delete('DELETE /handings/:handingId', { params: { handingId: id } })
const placesOf = async (who: Client) => {
  const account = await who.account()
  const guide = (await clerk.get('GET /network')).body.guides.find(g => g.account === account)
  return (guide?.places ?? []).map(p => p.name).toSorted()
}

it('a village goes to another guide for good with what is open there, both are told, the trail says so, and it can be undone', async () => {
  const task = await open()
  const { case: caseId } = await handedIn(house.as('resident'))
  await giver.post('POST /cases/:caseId/accept', { params: { caseId }, body: {} })
  const elsewhere = await open(other)
  const { body: handing } = await hand()
  expect(handing).toMatchObject({
    village: { code: village, name: '青龙村' },
    from: { name: '徐小英' },
    to: { name: '何美' },
    by: '羊镇',
    moved: 2,
    mayUndo: true,
  })
  expect(await placesOf(taker)).toEqual(['青龙村', '黄弹村'])
  expect(await placesOf(giver)).toEqual([])
  expect(await rowOf('task', task)).toMatchObject({ holder_name: '何美', state: 'given', held_by: 'village' })
  expect(await rowOf('case', caseId)).toMatchObject({ holder_name: '何美', state: 'accepted' })
  expect(await rowOf('task', await open())).toMatchObject({ holder_name: '何美' })
  expect((await giver.get('GET /cases')).status).toBe(401)
  const told = (await taker.get('GET /network/mine')).body.handings
  expect(told).toMatchObject([{ village: '青龙村', got: true, other: '徐小英', on: today, by: '羊镇' }])
  const trail = await house.trail(100)
  expect(trail.find(t => t.action === 'outreach.handVillage')).toMatchObject({ role: 'townshipClerk', outcome: 'done' })
  const [listed] = (await clerk.get('GET /handings')).body.items
  expect(listed).toMatchObject({ id: handing.id, reason: '她搬到镇上了', undone: false })

  const undone = await undo(handing.id)
  expect(undone.body).toEqual({ back: 3, left: 0 })
  expect(await placesOf(giver)).toEqual(['青龙村'])
  expect(await placesOf(taker)).toEqual(['黄弹村'])
  expect(await rowOf('task', task)).toMatchObject({ holder_name: '徐小英' })
  expect(await rowOf('case', caseId)).toMatchObject({ holder_name: '徐小英', state: 'accepted' })
  expect(await rowOf('task', elsewhere)).toMatchObject({ holder_name: '何美' })
  expect((await undo(handing.id)).problem?.code).toBe('outreach.handingOver')
})

it('a guide may serve a village beside who does, and then nothing that is open changes hands', async () => {
  const task = await open()
  const { body } = await hand({ from: null })
  expect(body).toMatchObject({ from: null, moved: 0 })
  expect(await placesOf(giver)).toEqual(['青龙村'])
  expect(await placesOf(taker)).toEqual(['青龙村', '黄弹村'])
  expect(await rowOf('task', task)).toMatchObject({ holder_name: '徐小英' })
  expect((await hand({ from: null })).problem?.code).toBe('outreach.cannotTakeVillage')
  await undo(body.id)
  expect(await placesOf(taker)).toEqual(['黄弹村'])
})

it('undoing that a guide joined leaves them nothing in a village they no longer reach: it goes to who serves it, or to the township', async () => {
  const bare = '330111109214'
  const alone = await hand({ village: bare, from: null })
  const inBare = await open(bare)
  expect(await rowOf('task', inBare)).toMatchObject({ holder_name: '何美' })
  expect((await undo(alone.body.id)).body).toEqual({ back: 1, left: 0 })
  expect(await rowOf('task', inBare)).toMatchObject({ holder_id: null, held_by: 'township', state: 'handedOver' })

  const beside = await hand({ from: null })
  const shared = await open()
  await house.sql('update outreach.task set holder_id = $2, holder_name = $3 where id = $1', [
    shared,
    await taker.account(),
    '何美',
  ])
  await undo(beside.body.id)
  expect(await rowOf('task', shared)).toMatchObject({ holder_name: '徐小英', state: 'given', held_by: 'village' })
})

it('only who is a guide of the area already takes a village, only from who has it, and only a clerk of the place hands it', async () => {
  const code = async (answer: ReturnType<typeof hand>) => (await answer).problem?.code
  expect(await code(hand({ to: await giver.account() }))).toBe('outreach.cannotTakeVillage')
  expect(await code(hand({ to: await clerk.account() }))).toBe('outreach.cannotTakeVillage')
  expect(await code(hand({ to: newId() }))).toBe('outreach.cannotTakeVillage')
  const far = house.as('guide', { scope: '330111205214' })
  expect(await code(hand({ to: await far.account() }))).toBe('outreach.cannotTakeVillage')
  expect(await code(hand({ village: other }))).toBe('outreach.notTheirVillage')
  expect(await code(hand({ village: '330111109' }))).toBe('outreach.guideNotFound')
  expect(await code(hand({}, house.as('townshipClerk', { scope: '330111205' })))).toBe('outreach.guideNotFound')
  expect(await code(hand({}, taker))).toBe('request.notAllowed')
  const officers = await hand({ to: await far.account() }, house.as('districtOfficer'))
  expect(officers.body).toMatchObject({ to: { account: await far.account() } })
  await undo(officers.body.id, house.as('districtOfficer'))
})

it('the right that was handed lasts no longer than what the taker had, and ends when it is undone', async () => {
  await house.sql('update identity.role_grant set until_at = $2 where account_id = $1', [
    await taker.account(),
    '2021-12-31T00:00:00Z',
  ])
  const { body } = await hand()
  const [made] = await house.sql<{ id: Id; until_at: Date; role: string }>(
    'select id, until_at, role from identity.role_grant where account_id = $1 and scope = $2 and ended_at is null',
    [await taker.account(), village],
  )
  expect(made).toMatchObject({ role: 'guide', until_at: new Date('2021-12-31T00:00:00Z') })
  await undo(body.id)
  const [after] = await house.sql('select ended_at from identity.role_grant where id = $1', [made?.id])
  expect(after).toEqual({ ended_at: expect.any(Date) })
})

it('of two hand-overs of one village only the newer is undone', async () => {
  const third = house.as('guide', { name: '章三', scope: '330111109213' })
  const first = await hand()
  const second = await hand({ from: await taker.account(), to: await third.account() })
  expect(second.status).toBe(200)
  expect((await undo(first.body.id)).problem?.code).toBe('outreach.handingOver')
  expect((await undo(second.body.id)).status).toBe(200)
  expect((await undo(first.body.id)).status).toBe(200)
  expect(await placesOf(giver)).toEqual(['青龙村'])
})

it('suggests who might serve what so that the load is about even, with reasons; a person accepts or declines each move', async () => {
  const bare = '330111109214'
  await family(bare)
  await house.sql('update registry.household set circle = 1 where division in ($1, $2)', [village, bare])
  const read = async () => (await clerk.get('GET /network/suggestion')).body
  const of = (moves: Awaited<ReturnType<typeof read>>['moves']) => moves.find(m => m.village.code === bare)
  const before = await read()
  expect(before).toMatchObject({ township: { name: '常绿镇' }, illustrative: true, declined: [] })
  const move = of(before.moves)
  expect(move).toMatchObject({ village: { name: '双溪坞村' }, from: null, km: expect.any(Number) })
  expect(move?.reasons.map(r => r.zh).join('')).toMatch(/双溪坞村现在没有导服员。.*一年约走访 \d+ 次.*约 [\d.]+ 公里。/)
  expect(await read()).toEqual(before)

  const asked = { village: bare, from: null, to: move?.to.account as Id }
  const declined = await clerk.post('POST /network/declined', { body: { ...asked, reason: '路不通' } as never })
  expect(declined.body.untilOn).toBe('2021-12-26')
  const without = await read()
  expect(of(without.moves)?.to.account).not.toBe(asked.to)
  expect(without.declined).toMatchObject([{ village: { code: bare }, by: '羊镇', reason: '路不通' }])
  const params = { declinedId: declined.body.id }
  const foreign = await house
    .as('townshipClerk', { scope: '330111205' })
    .delete('DELETE /network/declined/:declinedId', { params })
  expect(foreign.problem?.code).toBe('outreach.declinedNotFound')
  expect((await clerk.delete('DELETE /network/declined/:declinedId', { params })).status).toBe(200)
  expect(await read()).toEqual(before)

  const handed: Id[] = []
  for (const m of before.moves) {
    const body = { village: m.village.code, from: m.from?.account ?? null, to: m.to.account, reason: '均衡建议' }
    handed.push((await clerk.post('POST /handings', { body: body as never })).body.id)
  }
  expect((await read()).moves).toEqual([])
  for (const id of handed) await undo(id)
  expect(await read()).toEqual(before)
  const officer = await house.as('districtOfficer').get('GET /network/suggestion')
  expect(officer.problem?.code).toBe('outreach.townshipNeeded')
})

it('is not undone to somebody who has left', async () => {
  const { body } = await hand()
  await house.sql('update identity.account set ended_at = now() where id = $1', [await giver.account()])
  expect((await undo(body.id)).problem?.code).toBe('outreach.handingOver')
  expect(await placesOf(taker)).toEqual(['青龙村', '黄弹村'])
})

it('what was handed over in an absence does not come back to who has meanwhile given the village away', async () => {
  const place = '330111109213'
  const [away, standIn] = [house.as('guide', { name: '俞忙', scope: place }), house.as('guide', { scope: place })]
  const [guide, theirs] = [await away.account(), await standIn.account()]
  const task = await open(place)
  await house.sql('update outreach.task set holder_id = $2 where id = $1', [task, guide])
  const noted = await clerk.post('POST /absences', {
    body: { guide, fromOn: today, backOn: '2021-09-29' as Day, standIn: theirs },
  })
  const params = { absenceId: noted.body.id }
  const over = await clerk.post('POST /absences/:absenceId/hand-over', { params, body: { tasks: [task], cases: [] } })
  expect(over.body).toEqual({ moved: 1, left: 0 })
  await hand({ village: '330111109215', from: null, to: guide })
  await hand({ village: place, from: guide })
  const ended = await clerk.delete('DELETE /absences/:absenceId', { params })
  expect(ended.body).toEqual({ back: 0, left: 1 })
  expect(await rowOf('task', task)).toMatchObject({ holder_id: theirs, held_by: 'village' })
})
