import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csv, deliveredHouse, type Registered } from '../test/delivered.ts'

let words: Awaited<ReturnType<typeof deliveredHouse>>
beforeAll(async () => {
  words = await deliveredHouse(300)
}, 60_000)
afterAll(() => words.house.close())

const bills = ['姓名', '身份证号', '结算日期', '范围内自付', '疾病编码', '医疗费总额']
const colours = ['户主姓名', '户主身份证号', '家和码颜色', '赋码日期', '网格']

async function read(source: string, content: string) {
  const taken = await words.handIn(content, words.officer, source)
  expect(taken.problem).toBeUndefined()
  await words.settled()
  return await words.seen(taken.body.delivery.id)
}
async function released(source: string, content: string): Promise<void> {
  const { id } = await read(source, content)
  expect((await words.step(id, 'release')).problem).toBeUndefined()
  await words.settled()
  expect(await words.seen(id)).toMatchObject({ state: 'released' })
}
interface Known {
  readonly fact: string
  readonly value: unknown
}
const inUse = async ({ household, id }: Registered) => {
  const { body } = await words.officer.get('GET /households/:householdId', { params: { householdId: household } })
  const members = body.members as readonly { readonly id: string; readonly facts: readonly Known[] }[]
  const facts = [...(body.facts as readonly Known[]), ...(members.find(m => m.id === id)?.facts ?? [])]
  return Object.fromEntries(facts.map(({ fact, value }) => [fact, value]))
}
const bill = ({ name, number }: Registered, ...rest: string[]) => [name, number, ...rest]

describe('what a bureau says beside what the registry knows', () => {
  it('a smaller bill does not hide a larger one of the month, in one file or in the next', async () => {
    const who = words.person(0)
    await released(
      'medical-bills',
      csv([bill(who, '2021-09-10', '23000', 'K35', '80000'), bill(who, '2021-09-12', '150', '', '300')], bills),
    )
    expect(await inUse(who)).toMatchObject({
      largestBillSelfPaid: 23_000,
      billSettledOn: '2021-09-10',
    })
    const { account } = await read('medical-bills', csv([bill(who, '2021-09-14', '90', '', '100')], bills))
    expect(account).toMatchObject({ rows: 1, accepted: 0, unchanged: 1 })
    expect(await inUse(who)).toMatchObject({
      largestBillSelfPaid: 23_000,
      billSettledOn: '2021-09-10',
    })
  })

  it('an illness is new once', async () => {
    const who = words.person(1)
    await released('medical-bills', csv([bill(who, '2021-08-02', '900', 'N18.5', '2000')], bills))
    await released('medical-bills', csv([bill(who, '2021-09-14', '900', 'N18.5', '2000')], bills))
    expect(await inUse(who)).toMatchObject({
      seriousIllnessSince: '2021-08-02',
      billSettledOn: '2021-09-14',
    })
  })

  it('what befell a family comes to what befell it before, each once', async () => {
    const who = words.person(3)
    const struck = ['户主姓名', '户主身份证号', '受灾日期', '灾种']
    const registered = ['姓名', '身份证号', '登记类型', '登记日期']
    await released('disaster', csv([bill(who, '2021-07-25', '台风'), bill(who, '2021-09-20', '火灾')], struck))
    await released('marriage', csv([bill(who, '离婚', '2021-09-21')], registered))
    const events = [
      { date: '2021-07-25', kind: 'naturalDisaster' },
      { date: '2021-09-20', kind: 'fire' },
      { date: '2021-09-21', kind: 'divorce' },
    ]
    expect(await inUse(who)).toMatchObject({ events12m: events })
    const { account } = await read('disaster', csv([bill(who, '2021-09-20', '房屋火灾')], struck))
    expect(account).toMatchObject({ rows: 1, accepted: 0, unchanged: 1 })
  })

  it('what befell a family is kept also where the earlier of it is told later, in one file or in the next', async () => {
    const who = words.person(4)
    const struck = ['户主姓名', '户主身份证号', '受灾日期', '灾种']
    await released('disaster', csv([bill(who, '2021-09-20', '火灾'), bill(who, '2021-07-25', '台风')], struck))
    const events = [
      { date: '2021-09-20', kind: 'fire' },
      { date: '2021-07-25', kind: 'naturalDisaster' },
    ]
    expect(await inUse(who)).toMatchObject({ events12m: events, disasterOn: '2021-09-20' })
    const late = csv([bill(who, '2021-05-02', '台风')], struck)
    await released('disaster', late)
    const all = [...events, { date: '2021-05-02', kind: 'naturalDisaster' }]
    expect(await inUse(who)).toMatchObject({ events12m: all, disasterOn: '2021-09-20' })
    const { account } = await read('disaster', csv([bill(who, '2021-05-02', '雪灾')], struck))
    expect(account).toMatchObject({ rows: 1, accepted: 0, unchanged: 1 })
  })

  it('what befell a family more than a year before the last is no event of the year, in one file or in the next', async () => {
    const [one, two] = [words.person(5), words.person(6)]
    const struck = ['户主姓名', '户主身份证号', '受灾日期', '灾种']
    const [fire, storm] = [
      ['2021-09-20', '火灾'],
      ['2020-09-01', '台风'],
    ] as const
    await released('disaster', csv([bill(one, ...fire), bill(one, ...storm)], struck))
    await released('disaster', csv([bill(two, ...fire)], struck))
    expect(await read('disaster', csv([bill(two, ...storm)], struck))).toMatchObject({ account: { unchanged: 1 } })
    for (const who of [one, two])
      expect(await inUse(who)).toMatchObject({ events12m: [{ date: '2021-09-20', kind: 'fire' }] })
  })

  it('the yellow before is known from the file before', async () => {
    const who = words.person(2)
    await released('family-harmony', csv([bill(who, '黄', '2021-08-03', '一')], colours))
    await released('family-harmony', csv([bill(who, '黄', '2021-09-20', '一')], colours))
    expect(await inUse(who)).toMatchObject({
      harmonyYellowOn: '2021-09-20',
      harmonyYellowBeforeOn: '2021-08-03',
    })
  })
})
