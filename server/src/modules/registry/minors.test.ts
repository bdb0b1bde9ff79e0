import { idCheckCharacter, type Id, maskName } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { type ActingRole, machineActor } from '../../platform/actor.ts'
import { inTransaction, type Scope } from '../../platform/scope.ts'
import { comesOfAge } from './minors.ts'

const village = '330111109203'
/** Under age by the clock of the database too, for as long as anybody will run this. */
const born = { at2021: '2019-05-01', seen: '2021-09-26T09:00:00+08:00' }

let house: House
let clerk: Client
beforeAll(async () => {
  house = await openHouse({ at: born.seen })
  clerk = house.as('townshipClerk', { name: '李敏' })
})
afterAll(() => house.close())

const family = async () => {
  const made = await clerk.post('POST /households', {
    body: {
      division: village,
      members: [
        { name: '俞建国', relation: '01', birthDate: '1978-03-04', sex: 'male' },
        { name: '俞小禾', relation: '30', birthDate: born.at2021, sex: 'female', phone: '13800138000' },
      ],
    },
  })
  const [father, child] = made.body.members as [Id, Id]
  const household = made.body.id
  await clerk.post('POST /households/:id/facts', {
    params: { id: household },
    ifMatch: made.body.version,
    body: {
      source: 'declared',
      persons: [
        { id: child, facts: { leftBehind: true } },
        { id: father, facts: { employmentStatus: 'unemployed' } },
      ],
    },
  })
  return { household, father, child }
}
const worker = (role: ActingRole): Scope => ({ ...machineActor('330111'), role, scope: village as never })
const grant = async (household: Id, reader: Client, more: Record<string, unknown> = {}) =>
  clerk.post('POST /households/:id/minor-grants', {
    params: { id: household },
    body: { reader: await reader.account(), reason: '儿童主任，长期照看', ...more },
  })
const look = async (who: Client, household: Id) => {
  const { body } = await who.get('GET /households/:id', { params: { id: household } })
  return body.members as {
    id: Id
    name: string
    closed: boolean
    facts: { fact: string }[]
    birthDate: string | null
  }[]
}
const childFacts = async (who: Client, household: Id, child: Id) =>
  (await look(who, household)).find(m => m.id === child)?.facts.map(f => f.fact) ?? []

describe('the record of a child', () => {
  it('is closed in the form in which they are typed again too', async () => {
    const { household, child } = await family()
    const typed = { name: '俞小何', birthDate: born.at2021, phone: '13800138000' }
    const likely = async (who: Client) => {
      const { body } = await who.post('POST /registry/likely', { body: { members: [typed] } })
      return body.members[0]?.people.find(p => p.person === child)
    }
    const guide = house.as('guide')
    expect(await likely(guide)).toMatchObject({ name: '俞*禾', household, closed: true, bornIn: null, fields: [] })
    expect(await likely(clerk)).toMatchObject({ closed: false, bornIn: 2019 })
    await grant(household, guide)
    const open = await likely(guide)
    expect(open).toMatchObject({ closed: false, bornIn: 2019 })
    expect(open?.fields).not.toEqual([])
  })

  it('is closed to a guide without a standing grant: a masked name, and that there is somebody', async () => {
    const { household, father, child } = await family()
    const guide = house.as('guide')
    const members = await look(guide, household)
    expect(members.find(m => m.id === child)).toMatchObject({
      name: '俞*禾',
      closed: true,
      birthDate: null,
      age: null,
      facts: [],
      phone: null,
    })
    expect(members.find(m => m.id === father)).toMatchObject({ name: '俞建国', closed: false })
    const history = await guide.get('GET /households/:id/history', { params: { id: household } })
    expect(history.text).not.toContain('leftBehind')
    expect(history.text).not.toContain('俞小禾')
    const reveal = await guide.post('POST /persons/:id/reveal', {
      params: { id: child },
      body: { what: 'phone', reason: 'contactFamily' },
    })
    expect(reveal.status).toBe(403)
    expect(reveal.body).toMatchObject({ code: 'registry.minorClosed', detail: expect.stringContaining('未满18岁') })
  })

  it('opens with the grant of an office until the day it ends, and the trail has both', async () => {
    const { household, child } = await family()
    const guide = house.as('guide')
    const other = house.as('guide')
    const given = await grant(household, guide, { until: '2021-12-31' })
    expect(given.body).toMatchObject({ until: '2021-12-31' })
    const [line] = await house.trail(1)
    expect(line).toMatchObject({
      action: 'registry.grantMinors',
      reason: '儿童主任，长期照看',
      subject_kind: 'account',
    })
    expect(await childFacts(guide, household, child)).toContain('leftBehind')
    expect(await childFacts(other, household, child)).toEqual([])
    expect((await guide.get('GET /households/:id/history', { params: { id: household } })).text).toContain('leftBehind')
    house.at('2021-12-31T09:00:00+08:00')
    expect(await childFacts(guide, household, child)).toEqual([])
    house.at(born.seen)
    const again = await grant(household, guide)
    expect(await childFacts(guide, household, child)).toContain('leftBehind')
    await clerk.delete('DELETE /minor-grants/:grantId', { params: { grantId: again.body.id } })
    expect(await childFacts(guide, household, child)).toEqual([])
    const list = await clerk.get('GET /households/:id/minor-grants', { params: { id: household } })
    expect(list.body).toMatchObject({ children: 1 })
    expect(list.body.items.map(i => i.holds)).toEqual([false, false])
  })

  it('is granted to those who work in the village, by an office, for a year at most, and not to oneself', async () => {
    const { household } = await family()
    const elsewhere = house.as('guide', { scope: '330111109201' })
    await elsewhere.get('GET /households')
    expect((await grant(household, elsewhere)).body).toMatchObject({ code: 'registry.noSuchReader' })
    const guide = house.as('guide')
    await guide.get('GET /households')
    for (const until of ['2021-09-26', '2023-01-01'])
      expect((await grant(household, guide, { until })).body).toMatchObject({ code: 'registry.untilWrong' })
    const self = await guide.post('POST /households/:id/minor-grants', {
      params: { id: household },
      body: { reader: await guide.account(), reason: '自己批准自己' },
    })
    expect(self.status).toBe(403)
    const away = house.as('townshipClerk', { scope: '330111110' })
    expect((await away.get('GET /households/:id/minor-grants', { params: { id: household } })).status).toBe(404)
    const { body } = await grant(household, guide)
    expect((await away.delete('DELETE /minor-grants/:grantId', { params: { grantId: body.id } })).status).toBe(404)
  })

  it('is read by nobody’s query either: with the check of the route switched off the database shows nothing', async () => {
    const { household, child } = await family()
    const guide = house.as('guide')
    await look(guide, household)
    // By this clock of ours the child is of age, so every check of ours lets the guide in. The database has its own.
    house.at('2040-01-01T09:00:00+08:00')
    const members = await look(guide, household)
    expect(members.find(m => m.id === child)).toMatchObject({ closed: true, name: '俞*禾', birthDate: null })
    expect(await childFacts(guide, household, child)).toEqual([])
    house.at(born.seen)
    const asked = (set: string) =>
      inTransaction(house.database, worker('guide'), { readOnly: true }, async (_, client) => {
        await client.query(set)
        return (await client.query('select facts from registry.statement where person_id = $1', [child])).rowCount
      })
    expect(await asked('select 1')).toBe(0)
    expect(await asked(`set local app.minors = '${household}'`)).toBe(1)
  })

  it('does not say who the child is to any query: name, birth date and numbers are read through one view alone', async () => {
    const { household, father, child } = await family()
    const read = (scope: Scope, text: string, values: unknown[], set = 'select 1') =>
      inTransaction(house.database, scope, { readOnly: true }, async (_, client) => {
        await client.query(set)
        return (await client.query(text, values)).rows
      })
    for (const column of ['name', 'pinyin', 'birth_date', 'sex', 'id_number', 'phone', '*'])
      await expect(read(worker('machine'), `select ${column} from registry.person`, []), column).rejects.toMatchObject({
        code: '42501',
      })
    const shown = (scope: Scope, set?: string) =>
      read(
        scope,
        `select id, name, pinyin, birth_date, sex, id_number, phone is not null as phone, closed from registry.person_shown
          where household_id = $1 order by id = $2`,
        [household, child],
        set,
      )
    const whole = [
      { id: father, name: '俞建国', birth_date: '1978-03-04', closed: false },
      {
        id: child,
        name: '俞小禾',
        pinyin: 'yu xiao he',
        birth_date: born.at2021,
        sex: 'female',
        phone: true,
        closed: false,
      },
    ]
    const closed = [
      whole[0],
      {
        id: child,
        name: '俞*禾',
        pinyin: '',
        birth_date: null,
        sex: null,
        id_number: null,
        phone: false,
        closed: true,
      },
    ]
    expect(await shown(worker('guide'))).toMatchObject(closed)
    expect(await shown(worker('villageGroup'))).toMatchObject(closed)
    expect(await shown(worker('operator'))).toMatchObject(closed)
    expect(await shown(worker('guide'), `set local app.minors = '${household}'`)).toMatchObject(whole)
    expect(await shown(worker('townshipClerk'))).toMatchObject(whole)
    expect(await shown({ ...worker('resident'), scope: undefined, household })).toMatchObject(whole)
    expect(await shown({ ...worker('townshipClerk'), scope: '330111110' as never })).toEqual([])
    const counted = 'select birth_date from registry.v_person where id = $1'
    expect(await read(worker('guide'), counted, [child])).toEqual([{ birth_date: null }])
  })

  it('masks in the database as it is masked here, whatever the name', async () => {
    const names = ['禾', '俞禾', '俞小禾', '欧阳小禾', '𠮷小禾', '阿依古丽·买买提', 'He Yu']
    const { body } = await clerk.post('POST /households', {
      body: {
        division: village,
        members: names.map((name, i) => ({ name, relation: i === 0 ? '01' : '30', birthDate: born.at2021 })),
      },
    })
    const members = await look(house.as('guide'), body.id)
    expect(members.map(m => m.name).toSorted()).toEqual(names.map(maskName).toSorted())
    const [row] = await house.sql('select head_pinyin from registry.household where id = $1', [body.id])
    expect(row).toEqual({ head_pinyin: 'he' })
  })

  it('keeps the telephone where the child left and a guide writes it down anew, who can read neither', async () => {
    const stem = '33011120190501002'
    const person = { name: '俞小荷', relation: '30', idNumber: `${stem}${idCheckCharacter(stem)}` }
    const made = await clerk.post('POST /households', {
      body: {
        division: village,
        members: [
          { name: '俞建国', relation: '01', birthDate: '1978-03-04' },
          { ...person, phone: '13800138000' },
        ],
      },
    })
    const { id, members } = made.body
    const move = async (who: Client, body: { move: 'leave'; person: Id } | { move: 'join'; person: object }) => {
      const { body: now } = await who.get('GET /households/:id', { params: { id } })
      const moved = await who.post('POST /households/:id/members', {
        params: { id },
        ifMatch: now.version,
        body: { on: '2021-09-26', ...body } as never,
      })
      expect(moved.status).toBe(200)
    }
    const guide = house.as('guide')
    await move(guide, { move: 'leave', person: members[1] as Id })
    await move(guide, { move: 'join', person: { ...person, name: '俞小禾' } })
    expect((await look(clerk, id)).find(m => m.id === members[1])).toMatchObject({
      name: '俞小禾',
      phone: '138****8000',
    })
    expect((await look(guide, id)).find(m => m.id === members[1])).toMatchObject({ name: '俞*禾', phone: null })
  })

  it('is judged whole whoever writes: what a guide adds makes the circle no other than what a clerk adds', async () => {
    const circle = async (who: Client) => {
      const { household, father } = await family()
      const { body } = await who.get('GET /households/:id', { params: { id: household } })
      await who.post('POST /households/:id/facts', {
        params: { id: household },
        ifMatch: body.version,
        body: { source: 'verified', persons: [{ id: father, facts: { wageMonthly: 0 } }] },
      })
      const [row] = await house.sql<{ circle: number; traits: string[] }>(
        'select circle, traits from registry.household where id = $1',
        [household],
      )
      return row
    }
    expect(await circle(house.as('guide'))).toEqual(await circle(clerk))
  })

  it('can be written to by a guide who may not read it: what is seen at a door is never lost', async () => {
    const { household, child } = await family()
    const guide = house.as('guide')
    const { body } = await guide.get('GET /households/:id', { params: { id: household } })
    const written = await guide.post('POST /households/:id/facts', {
      params: { id: household },
      ifMatch: body.version,
      body: { source: 'verified', persons: [{ id: child, facts: { dropoutRisk: 'none' } }] },
    })
    expect(written.status).toBe(200)
    expect(await childFacts(guide, household, child)).toEqual([])
    expect(await childFacts(clerk, household, child)).toContain('dropoutRisk')
  })
})

describe('where a family was registered twice and is one now', () => {
  /** Both records of each are one from here on, in the household of the first. */
  async function joined(now: Awaited<ReturnType<typeof family>>, twin: Awaited<ReturnType<typeof family>>) {
    const merges: Id[] = []
    for (const who of ['father', 'child'] as const) {
      house.later(60_000)
      const { body } = await house.as('districtOfficer').post('POST /persons/:id/merge', {
        params: { id: now[who] },
        body: { other: twin[who], reason: '同一家登记了两次', household: now.household },
      })
      merges.push(body.merge)
    }
    expect((await house.settle()).failures).toEqual([])
    return async () => {
      for (const mergeId of merges.toReversed()) {
        house.later(60_000)
        const body = { reason: '弄错了，是两家' }
        const undone = await house
          .as('districtOfficer')
          .post('POST /merges/:mergeId/undo', { params: { mergeId }, body })
        expect(undone.problem).toBeUndefined()
      }
      expect((await house.settle()).failures).toEqual([])
    }
  }

  it('a grant for the record that is gone lets into the other, is listed there and taken back there, and goes back with an undone merge', async () => {
    const [now, twin] = [await family(), await family()]
    const [guide, other] = [house.as('guide'), house.as('guide')]
    await grant(twin.household, guide)
    expect(await childFacts(guide, now.household, now.child)).toEqual([])
    const undo = await joined(now, twin)
    expect(await childFacts(guide, now.household, now.child)).toContain('leftBehind')
    expect(await childFacts(other, now.household, now.child)).toEqual([])
    const listed = async (household: Id) =>
      (await clerk.get('GET /households/:id/minor-grants', { params: { id: household } })).body.items
    expect(await listed(now.household)).toMatchObject([{ reader: { id: await guide.account() }, holds: true }])
    await undo()
    expect(await childFacts(guide, now.household, now.child)).toEqual([])
    expect(await childFacts(guide, twin.household, twin.child)).toContain('leftBehind')
    expect([await listed(now.household), await listed(twin.household)]).toMatchObject([[], [{ holds: true }]])
    await joined(now, twin)
    expect(await childFacts(guide, now.household, now.child)).toContain('leftBehind')
    await grant(now.household, guide, { until: '2021-12-31' })
    expect((await listed(now.household)).filter(g => g.holds)).toMatchObject([{ until: '2021-12-31' }])
  })

  it('a grant lets into no household in which another child lived before', async () => {
    const [now, twin] = [await family(), await family()]
    await clerk.post('POST /households/:id/members', {
      params: { id: now.household },
      ifMatch: (await clerk.get('GET /households/:id', { params: { id: now.household } })).body.version,
      body: { move: 'join', on: '2021-09-26', person: { name: '俞小苗', relation: '30', birthDate: born.at2021 } },
    })
    const guide = house.as('guide')
    await grant(twin.household, guide)
    await joined(now, twin)
    expect((await look(guide, now.household)).map(m => m.closed)).toEqual([false, true, true])
    const list = await clerk.get('GET /households/:id/minor-grants', { params: { id: now.household } })
    expect(list.body.items).toEqual([])
  })

  it('a resident reads the own household where they live now, and before where the merge is undone', async () => {
    const [now, twin] = [await family(), await family()]
    const resident = house.as('resident', { household: twin.household })
    await resident.get('GET /my/record/openings')
    const ownHousehold = async () =>
      (
        await house.sql<{ household_id: Id | null }>('select household_id from identity.account where id = $1', [
          await resident.account(),
        ])
      )[0]?.household_id
    const undo = await joined(now, twin)
    expect(await ownHousehold()).toBe(now.household)
    house.later(60_000)
    await clerk.get('GET /households/:id', { params: { id: now.household } })
    const opened = (await resident.get('GET /my/record/openings')).body.items
    expect(opened[0]).toMatchObject({ role: 'townshipClerk' })
    await undo()
    expect(await ownHousehold()).toBe(twin.household)
  })

  it('a resident is confirmed anew where others lived already, and reads nothing of them before', async () => {
    const now = await family()
    const twin = await clerk.post('POST /households', {
      body: { division: village, members: [{ name: '俞建国', relation: '01', birthDate: '1978-03-04' }] },
    })
    const resident = house.as('resident', { household: twin.body.id })
    await resident.get('GET /my/record/openings')
    const { body } = await house.as('districtOfficer').post('POST /persons/:id/merge', {
      params: { id: now.father },
      body: { other: twin.body.members[0] as Id, reason: '上门核对是同一人', household: now.household },
    })
    expect(body.emptied).toBe(twin.body.id)
    expect((await house.settle()).failures).toEqual([])
    const account = await resident.account()
    const own = () => house.sql('select household_id from identity.account where id = $1', [account])
    expect(await own()).toEqual([{ household_id: null }])
    expect((await resident.get('GET /my/record/openings')).body.items).toEqual([])
    await house.as('districtOfficer').post('POST /merges/:mergeId/undo', {
      params: { mergeId: body.merge },
      body: { reason: '弄错了，是两个人' },
    })
    expect((await house.settle()).failures).toEqual([])
    expect(await own()).toEqual([{ household_id: twin.body.id }])
  })
})

it('who was born on 29 February comes of age on 1 March of a year without one', () => {
  expect(comesOfAge('2004-02-29' as never)).toBe('2022-03-01')
  expect(comesOfAge('2004-02-28' as never)).toBe('2022-02-28')
})
