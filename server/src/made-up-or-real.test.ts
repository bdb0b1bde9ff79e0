import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../test/house.ts'
import { keepApart } from './made-up-or-real.ts'
import { createDemoAccounts } from './modules/identity/index.ts'
import { SetupProblem } from './platform/setup-problem.ts'

describe('the made-up district and real people', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse()
  })
  afterEach(() => house.close())

  const allowed = async () => ({ madeUp: await allows('made up'), real: await allows('real') })
  const allows = (wanted: 'made up' | 'real') =>
    keepApart(house.app, wanted).then(
      () => true,
      (error: unknown) => {
        if (error instanceof SetupProblem) return false
        throw error
      },
    )
  const makeUpAccounts = () =>
    house.inside(ctx =>
      createDemoAccounts(
        ctx,
        [{ name: '史立新', signInName: 'auditor', role: 'auditor', scope: '330111' as never }],
        'x',
      ),
    )

  it('an empty installation may become either', async () => {
    expect(await allowed()).toEqual({ madeUp: true, real: true })
  })

  it('where one real resident came, nobody is made up', async () => {
    await house.nobody().post('POST /visitors', { body: {} })
    expect(await allowed()).toEqual({ madeUp: false, real: true })
  })

  it('where households were registered before there was an account, nobody is made up', async () => {
    await house.sql(`insert into registry.household (district, id, division, created_at, created_by, changed_at)
      select '330111', gen_random_uuid(), '330111109203', now(), gen_random_uuid(), now()`)
    expect(await allowed()).toEqual({ madeUp: false, real: true })
  })

  it('where made-up colleagues can sign in, nobody is served as real, whoever tried it out', async () => {
    await makeUpAccounts()
    await house.nobody().post('POST /visitors', { body: {} })
    expect(await allowed()).toEqual({ madeUp: true, real: false })
  })
})
