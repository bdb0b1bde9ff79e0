import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Id, idCheckCharacter, newId } from '@zhulian/kernel'
import { type House, openHouse } from '../../../test/house.ts'
import { enrolHouseholds, factsOf, recountHouseholds } from './index.ts'

let house: House
const village = '330111109203'
const [mother, daughter] = ['330111197603020004', '330111201109030003']

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const family = (over: object = {}) => ({
  division: village,
  members: [
    { name: '许文琴', idNumber: mother, phone: '10012345678', relation: '01' },
    { name: '许念安', idNumber: daughter, relation: '30' },
  ],
  ...over,
})

/** One household in the registry, put there by the machine, with numbers of its own. */
let prefix = 335000
async function enrolled(over: { division?: string; name?: string; members?: number } = {}) {
  prefix += 1
  const [one] = await house.inside(ctx =>
    enrolHouseholds(ctx, [
      {
        division: over.division ?? village,
        since: ctx.today,
        registerNo: `T-${prefix}`,
        members: [
          {
            name: over.name ?? '沈阿珍',
            relation: '01',
            birthDate: '1949-04-15' as never,
            sex: 'female',
            statements: [],
          },
        ],
        statements: [{ source: 'feed', origin: '民政', asOf: ctx.today, facts: { certifiedTier: 'dibao' } }],
      },
    ]),
  )
  return (one as { id: Id }).id
}

describe('a household in the registry', () => {
  it('is registered by the guide of its village, with birth date and sex from the number', async () => {
    const guide = house.as('guide')
    const added = await guide.post('POST /households', { body: family({ facts: { housingTenure: 'owned' } }) })
    expect(added.problem).toBeUndefined()
    // The office reads the child's too; the guide needs a grant for it.
    const seen = await house.as('townshipClerk').get('GET /households/:id', { params: { id: added.body.id } })
    expect(seen.problem).toBeUndefined()
    expect(seen.body.place).toEqual({ code: village, name: '青龙村', township: '常绿镇' })
    expect(seen.body.members.map(m => [m.name, m.birthDate, m.age])).toEqual([
      ['许文琴', '1976-03-02', 45],
      ['许念安', '2011-09-03', 10],
    ])
    expect(seen.body.members[0]).toMatchObject({ idNumber: '3301**********0004', phone: '100****5678' })
    expect(seen.body.facts.find(f => f.fact === 'housingTenure')).toMatchObject({
      value: 'owned',
      source: 'declared',
      recordedBy: '测试人员',
    })
    expect(await house.trail()).toContainEqual(
      expect.objectContaining({ action: 'registry.open', subject_id: added.body.id, purpose: 'registry' }),
    )
  })

  it('is not registered twice, and a wrong number is refused in words', async () => {
    const guide = house.as('guide')
    const again = await guide.post('POST /households', { body: family() })
    expect([again.status, again.problem?.code]).toEqual([409, 'registry.alreadyRegistered'])
    const wrong = await guide.post('POST /households', {
      body: { division: village, members: [{ name: '甲', idNumber: '330111197603020005', relation: '01' }] },
    })
    expect(wrong.problem).toMatchObject({
      status: 422,
      code: 'registry.idNumberWrong',
      detail: expect.stringContaining('末位') as string,
    })
    const headless = await guide.post('POST /households', {
      body: { division: village, members: [{ name: '甲', relation: '20' }] },
    })
    expect(headless.problem?.code).toBe('registry.headMissing')
    const foreign = await guide.post('POST /households', {
      body: { division: '330111205214', members: [{ name: '甲', relation: '01' }] },
    })
    expect(foreign.problem?.code).toBe('registry.noSuchVillage')
    const unknown = await guide.post('POST /households', {
      body: { division: village, members: [{ name: '甲', relation: '01' }], facts: { shoeSize: 41 } },
    })
    expect(unknown.problem?.code).toBe('registry.noSuchFact')
    const misvalued = await guide.post('POST /households', {
      body: { division: village, members: [{ name: '甲', relation: '01' }], facts: { financialAssets: '很多' } },
    })
    expect(misvalued.problem?.code).toBe('registry.valueWrong')
  })

  it('holds nobody who is not born yet or older than 130', async () => {
    const guide = house.as('guide')
    const first17 = '33011118010101000'
    for (const person of [
      { birthDate: '1821-01-01' },
      { birthDate: '2021-09-27' },
      { idNumber: `${first17}${idCheckCharacter(first17)}` },
    ]) {
      const refused = await guide.post('POST /households', {
        body: { division: village, members: [{ name: '甲', relation: '01', ...person }] },
      })
      expect([refused.status, refused.problem?.code], JSON.stringify(person)).toEqual([422, 'registry.birthDateWrong'])
    }
  })

  it('of which somebody lives registered where one cannot see is told to ask, not to try again', async () => {
    const [first17, elsewhere] = ['33011119550505000', '330111205214']
    const body = (division: string, registerNo: string) => ({
      division,
      registerNo,
      members: [{ name: '潘远客', idNumber: `${first17}${idCheckCharacter(first17)}`, relation: '01' }],
    })
    await house.as('guide', { scope: elsewhere }).post('POST /households', { body: body(elsewhere, 'FY-远') })
    const here = house.as('guide', { scope: village })
    const person = await here.post('POST /households', { body: body(village, 'FY-近') })
    expect([person.problem?.code, person.problem?.facts]).toEqual(['registry.alreadyRegistered', { household: null }])
    const number = await here.post('POST /households', {
      body: { division: village, registerNo: 'FY-远', members: [{ name: '甲', relation: '01' }] },
    })
    expect(number.problem?.code).toBe('registry.registerNoTaken')
  })

  it('is seen by its village, its township and the district; for others it is not there', async () => {
    const id = await enrolled({ name: '裘水仙' })
    const open = async (role: Parameters<House['as']>[0], scope: string) =>
      (await house.as(role, { scope }).get('GET /households/:id', { params: { id } })).status
    expect(await open('guide', village)).toBe(200)
    expect(await open('townshipClerk', '330111109')).toBe(200)
    expect(await open('districtOfficer', '330111')).toBe(200)
    expect(await open('guide', '330111109205')).toBe(404)
    expect(await open('townshipClerk', '330111110')).toBe(404)
    expect(await open('admin', '330111')).toBe(403)
    const searched = await house
      .as('guide', { scope: '330111109205' })
      .post('POST /households/search', { body: { q: '裘水仙' } })
    expect(searched.body.items).toEqual([])
    const elsewhere = await house
      .as('townshipClerk', { scope: '330111110' })
      .get('GET /households', { query: { division: village } })
    expect(elsewhere.body.counts?.households).toBe(0)
  })

  it('is found by name, by part of it, by pinyin, by initials and by the whole number', async () => {
    const id = await enrolled({ name: '申屠水娟' })
    const clerk = house.as('townshipClerk')
    for (const q of ['申屠水娟', '水娟', '申', 'shentu', 'shentushui', 'stsj', 'shentushuij', 'shent', 'STS']) {
      const found = await clerk.post('POST /households/search', { body: { q } })
      expect(found.problem, q).toBeUndefined()
      expect(
        found.body.items.map(h => h.id),
        q,
      ).toContain(id)
    }
    for (const q of ['申屠娟', 'shentushuang', '%', '_', 'zz', '330111197603020005'])
      expect(
        (await clerk.post('POST /households/search', { body: { q } })).body.items.map(h => h.id),
        q,
      ).not.toContain(id)
    const byNumber = await clerk.post('POST /households/search', { body: { q: mother } })
    expect(byNumber.body.items).toHaveLength(1)
    expect(byNumber.body.items[0]?.head).toBe('许*琴')
    expect(house.log.join('\n')).not.toMatch(/申屠|330111197603020004/)
  })

  it('is listed page by page in every order without loss or repeat', async () => {
    for (let i = 0; i < 7; i++) await enrolled({ division: '330111110254', name: `方阿${'甲乙丙丁戊己庚'[i]}` })
    const clerk = house.as('townshipClerk', { scope: '330111110' })
    for (const sort of ['division', 'name', 'circle', 'size', 'changed'] as const) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await clerk.get('GET /households', { query: { sort, limit: 3, ...(after && { after }) } })
        seen.push(...page.body.items.map(h => h.id))
        expect(page.body.counts === null, 'counts come with the first page').toBe(after !== undefined)
        after = page.body.next ?? undefined
      } while (after)
      expect(new Set(seen).size, sort).toBe(7)
      expect(seen.length, sort).toBe(7)
    }
    const second = await clerk.get('GET /households', { query: { circle: 2 } })
    expect(second.body.counts?.households).toBe(0)
  })

  it('a mark of a page names nobody, and one that was not given is refused in words', async () => {
    const clerk = house.as('townshipClerk', { scope: '330111110' })
    const { next } = (await clerk.get('GET /households', { query: { sort: 'name', limit: 3 } })).body
    expect(Buffer.from(next ?? '', 'base64url').toString('utf8')).not.toMatch(/fang|a jia/)
    const madeUp = (key: unknown) => Buffer.from(JSON.stringify([key, newId()])).toString('base64url')
    const tries = [
      ['size', next ?? ''],
      ['size', madeUp('many')],
      ['size', madeUp(99_999_999_999)],
      ['changed', madeUp('9999999-01-01')],
      ['division', `${next?.slice(0, -2)}AA`],
      ['division', Buffer.from([1, 0, 77, ...Array(40).keys()]).toString('base64url')],
      ['division', '-'.repeat(36)],
    ]
    for (const [sort, after] of tries)
      expect(
        (await clerk.get('GET /households', { query: { sort, limit: 3, after } })).problem?.code,
        `${sort} ${after}`,
      ).toBe('request.notUnderstood')
    const other = house.as('townshipClerk', { scope: '330111110' })
    expect((await other.get('GET /households', { query: { sort: 'name', limit: 3, after: next } })).status).toBe(400)
    expect((await clerk.get('GET /imports', { query: { after: '-'.repeat(36) } })).status).toBe(400)
  })
})

describe('what is known', () => {
  it('stays beside what others say; the judgement reads verified before feed before declared', async () => {
    const id = await enrolled()
    const guide = house.as('guide')
    const first = await guide.get('GET /households/:id', { params: { id } })
    const declared = await guide.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: first.body.version,
      body: { source: 'declared', household: { certifiedTier: 'none', housingArea: 80 } },
    })
    expect(declared.problem).toBeUndefined()
    const seen = await guide.get('GET /households/:id', { params: { id } })
    expect(seen.body.facts.find(f => f.fact === 'certifiedTier')).toMatchObject({
      value: 'dibao',
      source: 'feed',
      origin: '民政',
      disputed: true,
      rivals: [{ value: 'none', source: 'declared' }],
    })
    const verified = await guide.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: declared.body.version,
      body: { source: 'verified', household: { certifiedTier: 'dibian' } },
    })
    expect(verified.problem).toBeUndefined()
    const after = await guide.get('GET /households/:id', { params: { id } })
    expect(after.body.tier.tier).toBe('dibian')
    expect(after.body.facts.find(f => f.fact === 'certifiedTier')?.rivals).toHaveLength(2)
  })

  it('can be asked as of any day and as known at any moment', async () => {
    const id = await enrolled()
    const guide = house.as('guide')
    house.at('2021-09-27T09:00:00+08:00')
    const before = new Date('2021-09-27T00:00:00Z')
    const first = await guide.get('GET /households/:id', { params: { id } })
    await guide.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: first.body.version,
      body: { source: 'declared', asOf: '2021-09-26', household: { housingArea: 55 } },
    })
    const known = await house.inside(async ctx => [
      await factsOf(ctx, id),
      await factsOf(ctx, id, { asKnownAt: before }),
      await factsOf(ctx, id, { on: '2021-09-25' as never }),
    ])
    expect(known.map(k => k.facts.household['housingArea'])).toEqual([55, undefined, undefined])
    expect(known[0]?.facts.persons[0]).toMatchObject({ birthDate: '1949-04-15', sex: 'female', relationToHead: '01' })
    house.at('2021-09-26T09:00:00+08:00')
  })

  it('stands where it stood on the day asked for: tier, circle, class, and nobody before it was registered', async () => {
    const id = await enrolled()
    const guide = house.as('guide')
    house.at('2021-10-01T09:00:00+08:00')
    const say = async (ifMatch: number, asOf: string, household: object) => {
      const body = { source: 'verified' as const, asOf, household }
      const done = await guide.post('POST /households/:id/facts', { params: { id }, ifMatch, body })
      expect(done.problem).toBeUndefined()
    }
    await say(1, '2021-09-27', { certifiedTier: 'dibian', tierSince: '2021-09-27', tierUntil: null })
    await say(2, '2021-09-29', { certifiedTier: 'dibao', tierSince: '2021-09-29' })
    const seen = async (on: string) => (await guide.get('GET /households/:id', { params: { id }, query: { on } })).body
    const then = await seen('2021-09-28')
    expect(then).toMatchObject({
      on: '2021-09-28',
      judgedOn: '2021-09-28',
      tier: { tier: 'dibian', since: '2021-09-27' },
    })
    expect((await seen('2021-09-30')).tier).toMatchObject({ tier: 'dibao', since: '2021-09-29' })
    const early = await seen('2019-12-31')
    expect(early).toMatchObject({ members: [], circle: null, classes: [], traits: [], judgedOn: null })
    expect(early.tier).toEqual({ tier: null, since: null, until: null })
    expect((await seen(then.since as string)).members).not.toEqual([])
    house.at('2021-09-26T09:00:00+08:00')
  })

  it('is not written over a version nobody saw, nor for a day to come', async () => {
    const id = await enrolled()
    const guide = house.as('guide')
    const body = { source: 'declared', household: { housingArea: 55 } }
    expect((await guide.post('POST /households/:id/facts', { params: { id }, body })).status).toBe(428)
    expect((await guide.post('POST /households/:id/facts', { params: { id }, ifMatch: 7, body })).status).toBe(412)
    const early = await guide.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: 1,
      body: { ...body, asOf: '2021-09-27' },
    })
    expect(early.problem?.code).toBe('registry.notYet')
  })

  it('tells its history with what was said before', async () => {
    const id = await enrolled()
    const guide = house.as('guide')
    await guide.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: 1,
      body: { source: 'declared', household: { housingArea: 55 } },
    })
    house.later(60_000)
    await guide.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: 2,
      body: { source: 'declared', household: { housingArea: 60 } },
    })
    const history = await guide.get('GET /households/:id/history', { params: { id } })
    expect(history.problem).toBeUndefined()
    expect(history.body.items[0]).toMatchObject({
      kind: 'facts',
      source: 'declared',
      facts: [{ fact: 'housingArea', value: 60, before: 55 }],
    })
    const paged = await guide.get('GET /households/:id/history', {
      params: { id },
      query: { limit: 1, after: undefined },
    })
    const rest = await guide.get('GET /households/:id/history', {
      params: { id },
      query: { after: paged.body.next as string },
    })
    expect(rest.body.items).toHaveLength(history.body.items.length - 1)
  })
})

describe('who belongs to a household', () => {
  it('changes from a day on, and the days before keep who was there', async () => {
    const id = await enrolled()
    const guide = house.as('guide')
    const joined = await guide.post('POST /households/:id/members', {
      params: { id },
      ifMatch: 1,
      body: {
        move: 'join',
        on: '2021-09-20',
        person: { name: '沈小燕', birthDate: '1980-01-01', sex: 'female', relation: '30' },
      },
    })
    expect(joined.problem).toBeUndefined()
    const left = await guide.post('POST /households/:id/members', {
      params: { id },
      ifMatch: 2,
      body: { move: 'leave', on: '2021-09-24', person: joined.body.person },
    })
    expect(left.problem).toBeUndefined()
    const names = async (on: string) =>
      (await guide.get('GET /households/:id', { params: { id }, query: { on } })).body.members.map(m => m.name)
    expect(await names('2021-09-23')).toContain('沈小燕')
    expect(await names('2021-09-24')).not.toContain('沈小燕')
    const [last] = (await guide.get('GET /households/:id', { params: { id } })).body.members
    const refused = await guide.post('POST /households/:id/members', {
      params: { id },
      ifMatch: 3,
      body: { move: 'leave', on: '2021-09-26', person: last?.id },
    })
    expect(refused.problem?.code).toBe('registry.lastMember')
  })
})

describe('somebody the registry knows', () => {
  const first = '33011119880412002'
  const idNumber = first + idCheckCharacter(first)
  it('moves: leaves one household and joins another as the same person, with what is known of them', async () => {
    const [from, to] = [await enrolled(), await enrolled()]
    const guide = house.as('guide')
    const person = { name: '潘 小英', idNumber, relation: '30' }
    const move = (id: string, ifMatch: number, body: object) =>
      guide.post('POST /households/:id/members', { params: { id }, ifMatch, body: body as never })
    const joined = await move(from, 1, { move: 'join', on: '2021-09-01', person })
    expect(joined.problem).toBeUndefined()
    const id = joined.body.person
    await guide.post('POST /households/:id/facts', {
      params: { id: from },
      ifMatch: 2,
      body: { source: 'declared', persons: [{ id, facts: { wageMonthly: 3100 } }] },
    })
    const early = await move(to, 1, { move: 'join', on: '2021-09-26', person })
    expect(early.problem).toMatchObject({ code: 'registry.alreadyRegistered', facts: { household: from } })
    await move(from, 3, { move: 'leave', on: '2021-09-20', person: id })
    const overlapping = await move(to, 1, { move: 'join', on: '2021-09-10', person })
    expect(overlapping.problem).toMatchObject({ code: 'registry.leftLater', facts: { day: '2021-09-20' } })
    const moved = await move(to, 1, { move: 'join', on: '2021-09-20', person: { ...person, relation: '12' } })
    expect([moved.problem, moved.body.person]).toEqual([undefined, id])
    const members = async (household: string, on: string) =>
      (await guide.get('GET /households/:id', { params: { id: household }, query: { on } })).body.members
    expect((await members(from, '2021-09-19')).map(m => m.id)).toContain(id)
    expect((await members(from, '2021-09-20')).map(m => m.id)).not.toContain(id)
    const there = (await members(to, '2021-09-26')).find(m => m.id === id)
    expect(there?.name).toBe('潘小英')
    expect(there?.facts.find(f => f.fact === 'wageMonthly')?.value).toBe(3100)
    const found = await guide.post('POST /households/search', { body: { q: idNumber } })
    expect(found.body.items.map(h => h.id)).toEqual([to])
  })
})

describe('what is protected', () => {
  it('is shown with a reason and a fresh proof, and the trail keeps the reason', async () => {
    const guide = house.as('guide')
    const found = await guide.post('POST /households/search', { body: { q: '许文琴' } })
    const seen = await guide.get('GET /households/:id', { params: { id: found.body.items[0]?.id as string } })
    const id = seen.body.members[0]?.id as string
    const shown = await guide.post('POST /persons/:id/reveal', {
      params: { id },
      body: { what: 'idNumber', reason: 'fileOnBehalf' },
    })
    expect(shown.body.value).toBe(mother)
    expect(await house.trail(200)).toContainEqual(
      expect.objectContaining({ action: 'registry.revealPerson', subject_id: id, reason: 'fileOnBehalf' }),
    )
    const short = await guide.post('POST /persons/:id/reveal', {
      params: { id },
      body: { what: 'idNumber', reason: '看看' },
    })
    expect(short.status).toBe(400)
    const stale = await house
      .as('guide', { proved: false })
      .post('POST /persons/:id/reveal', { params: { id }, body: { what: 'idNumber', reason: 'fileOnBehalf' } })
    expect(stale.problem?.code).toBe('request.proofNeeded')
    const foreign = await house
      .as('guide', { scope: '330111109205' })
      .post('POST /persons/:id/reveal', { params: { id }, body: { what: 'phone', reason: 'contactFamily' } })
    expect(foreign.status).toBe(404)
  })

  it('lies sealed in the database: account numbers, telephones, identity numbers', async () => {
    const id = await enrolled()
    const guide = house.as('guide')
    await guide.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: 1,
      body: { source: 'declared', household: { electricityAccountNo: '3301987654321' } },
    })
    const stored = await house.sql(
      'select jsonb_agg(to_jsonb(s)) as all from registry.statement s union all select jsonb_agg(to_jsonb(p)) from registry.person p',
    )
    expect(JSON.stringify(stored)).not.toMatch(/3301987654321|330111197603020004|10012345678/)
    const shown = await guide.post('POST /households/:id/reveal', {
      params: { id },
      body: { what: 'electricityAccountNo', reason: 'fileOnBehalf' },
    })
    expect(shown.body.value).toBe('3301987654321')
  })
})

describe('the list as a file', () => {
  it('equals the screen, disarms formulas and stops at 250 people', async () => {
    await enrolled({ division: '330111112211', name: '=1+1' })
    const clerk = house.as('townshipClerk', { scope: '330111112' })
    await enrolled({ division: '330111112211', name: '龙阿囡' })
    const take = async (over: object = {}) => {
      const body = { format: 'csv' as const, reason: 'answerEnquiry' as const, ...over }
      const file = await clerk.post('POST /households/export', { body })
      expect(file.problem).toBeUndefined()
      return file.text.replace('\uFEFF', '').trim().split('\r\n')
    }
    const lines = await take()
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe('户主,镇街、村,人口,圈层,身份,类别,家里有,户编号')
    expect(lines.slice(1).some(line => line.startsWith("'=**1,"))).toBe(true)
    expect(await take({ q: '龙阿囡' })).toEqual([lines[0], expect.stringMatching(/^龙\*囡,/)])
    expect(await take({ q: '没有这个人' })).toEqual([lines[0]])
    await house.inside(ctx =>
      enrolHouseholds(
        ctx,
        Array.from({ length: 251 }, () => ({
          division: '330111112212',
          since: ctx.today,
          statements: [],
          members: [{ name: '龙多多', relation: '01', statements: [] }],
        })),
      ),
    )
    const refused = await clerk.post('POST /households/export', { body: { reason: 'answerEnquiry' } })
    expect(refused.problem).toMatchObject({ code: 'registry.exportTooLarge', facts: { people: 253, limit: 250 } })
  })
})

describe('the circle', () => {
  it('is counted again when a fact changes, with the reason, and by night', async () => {
    const id = await enrolled()
    const guide = house.as('guide')
    const person = (await guide.get('GET /households/:id', { params: { id } })).body.members[0]?.id
    const told = await guide.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: 1,
      body: {
        source: 'verified',
        household: { certifiedTier: 'tekun' },
        persons: [{ id: person, facts: { alive: true, hasDisabilityCertificate: false } }],
      },
    })
    expect(told.problem).toBeUndefined()
    const stands = () =>
      house.sql<{ since: string }>('select standing_at::text as since from registry.household where id = $1', [id])
    const since = await stands()
    expect(since).toEqual([{ since: expect.stringContaining('2021-') as string }])
    const seen = await guide.get('GET /households/:id', { params: { id } })
    expect(seen.body).toMatchObject({ circle: 1, tier: { tier: 'tekun' } })
    expect(seen.body.members[0]).toMatchObject({ circle: 1, because: { zh: '特困供养人员' } })
    const history = await guide.get('GET /households/:id/history', { params: { id } })
    expect(history.body.items.some(e => e.kind === 'circle' && e.circle?.to === 1)).toBe(true)
    house.later(60_000)
    const night = await house.run('registry.recount')
    expect(night.failures).toEqual([])
    await house.inside(ctx => recountHouseholds(ctx, [id]))
    expect(await stands()).toEqual(since)
    const again = await guide.post('POST /households/:id/facts', {
      params: { id },
      ifMatch: seen.body.version,
      body: { source: 'verified', household: { certifiedTier: 'dibao' } },
    })
    expect(again.problem).toBeUndefined()
    expect(await stands()).not.toEqual(since)
  })

  it('of somebody of whom it cannot be told any more is no reason to leave: nothing waits, and nothing can be proposed', async () => {
    const id = await enrolled()
    const guide = house.as('guide')
    const seen = async () => (await guide.get('GET /households/:id', { params: { id } })).body
    const visited = async (household: object) => {
      const { version, members } = await seen()
      const alive = { id: members[0]?.id as Id, facts: { alive: true, hasDisabilityCertificate: false } }
      const body = { source: 'verified' as const, household, persons: [alive] }
      expect(
        (await guide.post('POST /households/:id/facts', { params: { id }, ifMatch: version, body })).problem,
      ).toBeUndefined()
    }
    await visited({ certifiedTier: 'tekun' })
    expect(await seen()).toMatchObject({ circle: 1, waiting: null })
    await visited({ certifiedTier: 'none' })
    house.at('2021-12-29T09:00:00+08:00')
    await visited({ motorVehicleCount: 0 })
    const open = await seen()
    expect(open).toMatchObject({ circle: 1, waiting: null, members: [{ circle: 1, waiting: null }] })
    expect(open.traits).toContain('undecided')
    const body = { household: id, reason: '证已经退了' }
    const proposed = await house.as('townshipClerk').post('POST /circle-decisions', { body })
    expect(proposed.problem?.code).toBe('registry.nothingToDecide')
    house.at('2021-09-26T09:00:00+08:00')
  })
})
