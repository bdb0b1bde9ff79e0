import type { Id } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeUpChinese } from '../../../../packages/linkage/test/made-up-chinese.ts'
import { type House, openHouse } from '../../../test/house.ts'
import { machineActor } from '../../platform/actor.ts'
import { openCtx } from '../../platform/installation.ts'
import { inTransaction } from '../../platform/scope.ts'
import { enrolHouseholds, whoIs } from './index.ts'
import { peopleIndex } from './people-index.ts'

let house: House
let [household, mother, daughter]: Id[] = []
const numbers = ['330111197603020004', '330111201109030003'] as const

beforeAll(async () => {
  house = await openHouse()
  const [one] = await house.inside(ctx =>
    enrolHouseholds(ctx, [
      {
        division: '330111109203',
        since: ctx.today,
        statements: [],
        members: [
          { name: '许文琴', idNumber: numbers[0], birthDate: '1976-03-02' as never, relation: '02', statements: [] },
          { name: '许念安', idNumber: numbers[1], birthDate: '2011-09-03' as never, relation: '30', statements: [] },
        ],
      },
    ]),
  )
  household = one?.id
  mother = one?.members[0]
  daughter = one?.members[1]
})
afterAll(() => house.close())

describe('who a row of a file means', () => {
  it('is answered in the order of the rows: a valid number with its name is the same person', async () => {
    const answers = await house.inside(ctx =>
      whoIs(ctx, [
        { idNumber: ` 330111 2011 0903 0003`, name: '许 念安', birthDate: '2011年9月3日' },
        { idNumber: '330111194904150001', name: '谁' },
        { idNumber: numbers[0] },
      ]),
    )
    expect(answers).toEqual([
      { band: 'same', person: daughter, household, division: '330111109203' },
      { band: 'different' },
      { band: 'same', person: mother, household, division: '330111109203' },
    ])
  })

  it('is for a person to say where the number is right and the name another', async () => {
    const [answer] = await house.inside(ctx => whoIs(ctx, [{ idNumber: numbers[0], name: '李海' }]))
    expect(answer).toMatchObject({ band: 'look', candidates: [{ person: mother, household }] })
  })

  it('is found by likeness where the number is damaged: another form, a slip of the pen, a name by ear', async () => {
    const answers = await house.inside(ctx =>
      whoIs(ctx, [
        { idNumber: '330111760302000', name: '许文琴', division: '330111109203' },
        { idNumber: '33011120110903000', name: '许念安', birthDate: '2011-09-03', division: '330111109203' },
        { name: '许文勤', birthDate: '1976年3月2日', sex: '女', address: '常绿镇青龙村' },
      ]),
    )
    expect(answers.slice(0, 2)).toMatchObject([
      { band: 'same', person: mother },
      { band: 'same', person: daughter },
    ])
    expect(answers[2]).toMatchObject({ band: 'look', candidates: [{ person: mother }] })
    const [name] = answers[2]?.band === 'look' ? (answers[2].candidates[0]?.explanation ?? []) : []
    expect(name).toMatchObject({ key: 'name', level: { zh: '同音' } })
  })

  it('is the same for rows that say the same, and knows who was registered a moment ago', async () => {
    const clues = { name: '诸葛念', birthDate: '1950-05-06', phone: '10055667788', division: '330111109203' }
    expect(await house.inside(ctx => whoIs(ctx, [clues]))).toEqual([{ band: 'different' }])
    const [enrolled] = await house.inside(ctx =>
      enrolHouseholds(ctx, [
        {
          division: '330111109203',
          since: ctx.today,
          statements: [],
          members: [{ ...clues, birthDate: '1950-05-06' as never, relation: '02', statements: [] }],
        },
      ]),
    )
    const answers = await house.inside(ctx => whoIs(ctx, [clues, clues]))
    const same = { band: 'same', person: enrolled?.members[0], household: enrolled?.id, division: '330111109203' }
    expect(answers).toEqual([same, same])
  })

  it('waits for nobody whose number cannot be opened: that person is compared by the rest', async () => {
    const [one] = await house.inside(ctx =>
      enrolHouseholds(ctx, [
        {
          division: '330111109203',
          since: ctx.today,
          statements: [],
          members: [
            { name: '闻人知', birthDate: '1961-07-08' as never, phone: '10055660001', relation: '02', statements: [] },
            { name: '闻人晓', birthDate: '1985-02-03' as never, phone: '10055660002', relation: '20', statements: [] },
          ],
        },
      ]),
    )
    const [broken, whole] = one?.members ?? []
    await house.sql(`update registry.person set phone = '\\x00' where id = $1`, [broken])
    const place = { division: '330111109203' }
    const answers = await house.inside(ctx =>
      whoIs(ctx, [
        { name: '闻人晓', birthDate: '1985-02-03', phone: '10055660002', ...place },
        { name: '闻人知', birthDate: '1961-07-08', ...place },
      ]),
    )
    expect(answers[0]).toMatchObject({ band: 'same', person: whole })
    expect(JSON.stringify(answers[1])).toContain(broken)
  })

  it('shows nobody of another township to a clerk, and says that somebody there may be meant', async () => {
    const clerk = await house.as('townshipClerk', { scope: '330111110' }).account()
    const clues = { name: '诸葛念', birthDate: '1950-05-06', phone: '10055667788' }
    const answers = await inTransaction(
      house.database,
      { ...machineActor('330111'), account: clerk, role: 'townshipClerk', scope: '330111110' as never },
      {},
      (transaction, client) => {
        const actor = { ...machineActor('330111'), role: 'townshipClerk' as const, scope: '330111110' as never }
        const { ctx } = openCtx(house.app.installation, actor, transaction, client, { language: 'zh', requestId: 't' })
        return whoIs(ctx, [clues, { name: '诸葛无人', birthDate: '1901-02-03' }])
      },
    )
    expect(answers).toEqual([{ band: 'look', candidates: [], elsewhere: true }, { band: 'different' }])
  })

  it('is measured by weights of its own kind of file, kept from the first large one', async () => {
    const { left, right } = madeUpChinese({ people: 900, feed: 400, seed: 21 })
    const cells = (people: typeof left) =>
      Array.from(
        { length: people.size },
        (_, row) => (field: 'name' | 'idNumber' | 'birthDate' | 'sex' | 'phone') => people.columns[field]?.[row] ?? '',
      )
    await house.inside(async ctx => {
      const members = cells(right).map(cell => ({
        name: cell('name'),
        idNumber: cell('idNumber'),
        birthDate: cell('birthDate').replace(/(....)(..)(..)/, '$1-$2-$3') as never,
        relation: '02',
        statements: [],
      }))
      const homes = [...Map.groupBy(members.keys(), row => right.columns.household?.[row]).values()]
      const place = { division: '330111110001', since: ctx.today, statements: [] }
      await enrolHouseholds(
        ctx,
        homes.map(rows => ({ ...place, members: members.filter((_, row) => rows.includes(row)) })),
      )
    })
    const clues = cells(left).map(cell => ({
      name: cell('name'),
      idNumber: cell('idNumber'),
      birthDate: cell('birthDate'),
    }))
    const kept = () => house.sql('select feed, rows, weights from registry.link_weights')
    const answers = await house.inside(ctx => whoIs(ctx, clues, { feed: 'unemployment' }))
    expect(answers.filter(a => a.band === 'same').length).toBeGreaterThan(120)
    const first = await kept()
    expect(first).toMatchObject([{ feed: 'unemployment', weights: { version: 1 } }])
    expect(JSON.stringify(first)).not.toMatch(/\p{Script=Han}/u)
    expect(await house.inside(ctx => whoIs(ctx, clues, { feed: 'unemployment' }))).toEqual(answers)
    expect(await kept()).toEqual(first)
  })

  it('is the same when so many people have changed that there is no room to take them up one by one', async () => {
    const clues = [{ idNumber: '33011120110903000', name: '许念安', birthDate: '2011-09-03', division: '330111109203' }]
    const before = await house.inside(ctx => whoIs(ctx, clues))
    expect(before).toMatchObject([{ band: 'same', person: daughter, household }])
    for (let time = 0; time < 3; time++) {
      await house.sql(`update registry.household set version = version + 1
        where id in (select id from registry.household order by id <> '${household}', id desc limit 190)`)
      expect(await house.inside(ctx => whoIs(ctx, clues))).toEqual(before)
    }
  })

  it('is nobody where the number is damaged and nothing else is said', async () => {
    expect(await house.inside(ctx => whoIs(ctx, [{ idNumber: '330111197603020005' }, {}]))).toEqual([
      { band: 'different' },
      { band: 'different' },
    ])
  })

  it('is answered also where so many come in meanwhile that everybody is told anew', async () => {
    const { left } = madeUpChinese({ people: 900, feed: 400, seed: 22 })
    const many = Array.from({ length: 400 }, (_, i) => ({
      division: '330111110002',
      since: '2021-09-01' as never,
      statements: [],
      members: [{ name: '况众', birthDate: `19${50 + (i % 40)}-01-02` as never, relation: '02', statements: [] }],
    }))
    await house.inside(ctx => peopleIndex(ctx))
    await house.inside(ctx => enrolHouseholds(ctx, many))
    await house.inside(async ctx => {
      const index = await peopleIndex(ctx, false)
      const asked = index.link(left, undefined)
      await peopleIndex(ctx)
      expect((await asked).rows).toHaveLength(left.size)
    })
  })
})
