import type { DivisionCode, Id } from '@zhulian/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../../test/house.ts'
import { seedPairing } from './seed-pairing.ts'

const start = '2021-09-26T09:00:00+08:00'
const village = '330111109203'

let house: House
let clerk: Client
let guide: Client
beforeAll(async () => {
  house = await openHouse({ at: start })
  clerk = house.as('townshipClerk', { name: '李敏' })
  guide = house.as('guide', { name: '徐小英' })
  for (const who of [clerk, guide]) await who.account()
})
beforeEach(() => house.at(start))
afterAll(() => house.close())

async function family(): Promise<Id> {
  const added = await clerk.post('POST /households', {
    body: {
      division: village,
      members: [{ name: '盛水根', relation: '02', phone: '10012345678' }],
    },
  })
  return added.body.id
}
async function paired(body: Record<string, unknown> = {}) {
  const helper = house.as('helper', { name: '何建明' })
  const household = await family()
  const made = await clerk.post('POST /households/:householdId/pairings', {
    params: { householdId: household },
    body: {
      helper: await helper.account(),
      kind: 'partyMember',
      reach: '村口第二家',
      nextOn: '2021-09-28',
      ...body,
    } as never,
  })
  return { helper, household, made, id: made.body.id as Id }
}
const mine = async (helper: Client) => (await helper.get('GET /my/pairings')).body.items
const visit = (who: Client, pairing: string, body: Record<string, unknown> = {}) =>
  who.post('POST /pairings/:pairingId/visits', {
    params: { pairingId: pairing },
    body: { how: 'eveningTalk', met: true, words: '聊了一会儿，精神还好', ...body } as never,
  })
const ofFamily = async (who: Client, household: Id) =>
  (await who.get('GET /households/:householdId/pairings', { params: { householdId: household } })).body

describe('a helper', () => {
  it('reads a name, how to reach the family and when to go, and no household', async () => {
    const { helper, household, made } = await paired()
    expect(made.body).toMatchObject({ helper: '何建明', kind: { id: 'partyMember' }, ended: false })
    expect(await mine(helper)).toEqual([
      {
        id: made.body.id,
        name: '盛水根',
        reach: '村口第二家',
        place: '常绿镇青龙村',
        nextOn: '2021-09-28',
        lastOn: null,
        late: false,
      },
    ])
    expect((await helper.get('GET /households/:id', { params: { id: household } })).problem?.code).toBe(
      'request.notAllowed',
    )
    expect(await house.trail(200)).toContainEqual(
      expect.objectContaining({ action: 'outreach.listMyPairings', role: 'helper', subject_id: household }),
    )
  })

  it('writes what was seen and what is needed, which guide and township read', async () => {
    const { helper, household, id } = await paired()
    const noted = await visit(helper, id, { need: '想要一副老花镜', nextOn: '2021-10-12' })
    expect(noted.body.nextOn).toBe('2021-10-12')
    expect((await mine(helper))[0]).toMatchObject({ lastOn: '2021-09-26', nextOn: '2021-10-12' })
    for (const who of [guide, clerk])
      expect((await ofFamily(who, household)).visits[0]).toMatchObject({
        how: { zh: '晚上谈心' },
        helper: '何建明',
        by: '何建明',
        need: '想要一副老花镜',
        words: '聊了一会儿，精神还好',
      })
    expect((await visit(helper, id, { on: '2021-09-27' })).problem?.code).toBe('outreach.pairingDaysWrong')
  })

  it('keeps the day planned at the last visit when an older visit is noted after it', async () => {
    const { helper, id } = await paired({ fromOn: '2021-09-01' })
    await visit(helper, id, { nextOn: '2021-10-12' })
    expect((await visit(guide, id, { how: 'call', on: '2021-09-20' })).body.nextOn).toBe('2021-10-12')
    expect((await mine(helper))[0]).toMatchObject({ lastOn: '2021-09-26', nextOn: '2021-10-12' })
    house.at('2021-10-11T09:00:00+08:00')
    expect((await visit(helper, id)).body.nextOn).toBeNull()
  })

  it('without a telephone is written for by a guide or a clerk, in their own name', async () => {
    const { household, id } = await paired()
    await visit(guide, id, { how: 'call' })
    expect((await ofFamily(clerk, household)).visits[0]).toMatchObject({ helper: '何建明', by: '徐小英' })
  })

  it('reads and writes nothing once the pairing is over, by a person or by its day', async () => {
    const { helper, household, id } = await paired()
    const ended = await clerk.post('POST /pairings/:pairingId/end', {
      params: { pairingId: id },
      body: { reason: '调到外地工作' },
    })
    expect(ended.body).toMatchObject({ ended: true, reason: '调到外地工作' })
    expect(await mine(helper)).toEqual([])
    expect((await visit(helper, id)).problem?.code).toBe('outreach.pairingNotFound')
    expect((await ofFamily(guide, household)).pairings).toHaveLength(1)
    const short = await paired({ untilOn: '2021-10-01' })
    expect(await mine(short.helper)).toHaveLength(1)
    house.at('2021-10-01T09:00:00+08:00')
    expect(await mine(short.helper)).toEqual([])
    expect((await visit(short.helper, short.id)).problem?.code).toBe('outreach.pairingNotFound')
  })

  it('who is another’s reads nothing of a family', async () => {
    const { id } = await paired()
    const other = house.as('helper')
    expect(await mine(other)).toEqual([])
    expect((await visit(other, id)).problem?.code).toBe('outreach.pairingNotFound')
  })

  it('who hears of violence tells the township alone', async () => {
    const { helper, household, id } = await paired()
    await visit(helper, id, { words: '媳妇说又被老公打了' })
    expect((await ofFamily(guide, household)).visits).toEqual([])
    expect((await ofFamily(clerk, household)).visits[0]).toMatchObject({ careful: true })
  })
})

describe('a pairing', () => {
  it('is made once, with a helper there is, and ends after it began', async () => {
    const { helper, household } = await paired()
    const again = async (body: Record<string, unknown>) =>
      (
        await clerk.post('POST /households/:householdId/pairings', {
          params: { householdId: household },
          body: { helper: await helper.account(), kind: 'deputy', ...body } as never,
        })
      ).problem?.code
    expect(await again({})).toBe('outreach.alreadyPaired')
    expect(await again({ helper: await guide.account() })).toBe('outreach.helperNotFound')
    expect(await again({ untilOn: '2021-09-01' })).toBe('outreach.pairingDaysWrong')
    const names = (await clerk.get('GET /helpers', { query: { name: '何建' } })).body.items
    expect(names.map(h => h.name)).toContain('何建明')
    expect((await clerk.get('GET /helpers', { query: { name: '%' } })).body.items).toEqual([])
  })
})

describe('a pairing that ran out by its day', () => {
  it('is made again between the same two, and stands in the list as over', async () => {
    const { helper, household } = await paired({ untilOn: '2021-10-01' })
    house.at('2021-10-08T09:00:00+08:00')
    const again = await clerk.post('POST /households/:householdId/pairings', {
      params: { householdId: household },
      body: { helper: await helper.account(), kind: 'partyMember' } as never,
    })
    expect(again.problem).toBeUndefined()
    expect((await mine(helper)).map(p => p.id)).toEqual([again.body.id])
    const { pairings } = await ofFamily(guide, household)
    expect(pairings.map(p => p.ended)).toEqual([false, true])
  })
})

describe('the made-up district', () => {
  it('has a helper who stands by families, with an evening talk', async () => {
    await house.as('helper').account()
    const household = await family()
    await house.inside(ctx => seedPairing(ctx, [{ household, village: village as DivisionCode }]))
    expect((await ofFamily(clerk, household)).visits[0]).toMatchObject({ need: '想要一副老花镜' })
  })
})
