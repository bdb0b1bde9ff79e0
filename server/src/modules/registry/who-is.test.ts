import type { Id } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { enrolHouseholds, whoIs } from './index.ts'

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

  it('is nobody where the number is damaged and nothing else is said', async () => {
    expect(await house.inside(ctx => whoIs(ctx, [{ idNumber: '330111197603020005' }, {}]))).toEqual([
      { band: 'different' },
      { band: 'different' },
    ])
  })
})
