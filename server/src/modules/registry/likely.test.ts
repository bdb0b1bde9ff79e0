import type { Id } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { enrolHouseholds } from './index.ts'

let house: House
let [person, household]: Id[] = []
const number = '330111195005060007'

beforeAll(async () => {
  house = await openHouse()
  const [one] = await house.inside(ctx =>
    enrolHouseholds(ctx, [
      {
        division: '330111109203',
        since: ctx.today,
        statements: [],
        members: [
          {
            name: '裘小琴',
            idNumber: number,
            birthDate: '1950-05-06' as never,
            sex: 'female',
            phone: '10055667788',
            relation: '02',
            statements: [],
          },
        ],
      },
    ]),
  )
  household = one?.id
  person = one?.members[0]
})
afterAll(() => house.close())

describe('somebody who is typed into a form', () => {
  it('is compared with the registry before they are kept, each field with its weight', async () => {
    const answer = await house.as('guide').post('POST /registry/likely', {
      body: {
        division: '330111109203',
        members: [{ name: '仇晓芹', birthDate: '1950-05-06', phone: '10055667788' }, {}],
      },
    })
    expect(answer.problem).toBeUndefined()
    const [first, second] = answer.body.members
    expect(second).toEqual({ elsewhere: false, people: [] })
    expect(first?.elsewhere).toBe(false)
    expect(first?.people).toMatchObject([
      { person, household, name: '裘*琴', bornIn: 1950, place: { name: '青龙村', township: '常绿镇' } },
    ])
    const fields = new Map(first?.people[0]?.fields.map(f => [f.key, f]))
    expect(fields.get('name')?.level?.zh).toBe('同音')
    expect(fields.get('birthDate')?.weight).toBeGreaterThan(5)
    expect(fields.get('idNumber')?.level).toBeNull()
    expect(await house.trail()).toContainEqual(
      expect.objectContaining({ action: 'registry.likely', subject_id: person, purpose: 'registry' }),
    )
  })

  it('is said to be somewhere, and no more, where they are registered out of reach', async () => {
    const clerk = house.as('townshipClerk', { scope: '330111110' })
    const answer = await clerk.post('POST /registry/likely', {
      body: { members: [{ name: '裘小琴', idNumber: number }] },
    })
    expect(answer.body).toEqual({ members: [{ elsewhere: true, people: [] }] })
    const officer = await house.as('districtOfficer').post('POST /registry/likely', {
      body: { members: [{ name: '李建国', idNumber: number }] },
    })
    expect(officer.body.members[0]?.people).toMatchObject([{ person, reason: 'sameNumberOtherName' }])
  })

  it('is nobody where another valid number is typed, however alike the rest is', async () => {
    const answer = await house.as('guide').post('POST /registry/likely', {
      body: { members: [{ name: '裘小芹', idNumber: '330182195005060002' }] },
    })
    expect(answer.problem).toBeUndefined()
    expect(answer.body.members[0]?.people).toEqual([])
  })

  it('may be who was registered, or came into a household, the moment before', async () => {
    const guide = house.as('guide')
    const likely = async (person: { name: string; birthDate: string; phone: string }) => {
      const { body } = await guide.post('POST /registry/likely', { body: { members: [person] } })
      return body.members[0]?.people.map(p => p.person)
    }
    const head = { name: '闻人秋月', birthDate: '1948-03-02', phone: '10044556677' }
    const added = await guide.post('POST /households', {
      body: { division: '330111109203', members: [{ relation: '02', ...head }] },
    })
    expect(added.problem).toBeUndefined()
    expect(await likely({ ...head, name: '闻人秋悦' })).toEqual(added.body.members)
    const other = { name: '公冶长庚', birthDate: '1947-11-12', phone: '10044556688' }
    const joined = await guide.post('POST /households/:id/members', {
      params: { id: household as Id },
      ifMatch: 1,
      body: { move: 'join', on: '2021-09-20', person: { relation: '10', ...other } },
    })
    expect(joined.problem).toBeUndefined()
    expect(await likely({ ...other, name: '公冶长更' })).toEqual([joined.body.person])
  })

  it('leaves no name and no number in the log', async () => {
    expect(house.log.join('\n')).not.toMatch(/裘小|仇晓|33011119500506/)
  })
})
