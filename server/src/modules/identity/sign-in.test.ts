import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

test('an administrator makes an account; the person sets it up, signs in and is who they are', async () => {
  const admin = house.as('admin')
  const made = await admin.post('POST /accounts', {
    body: { name: '徐导服', signInName: 'Xu.Guide', grants: [{ role: 'guide', scope: '330111109203' }] },
  })
  expect(made.problem).toBeUndefined()
  expect(made.body.setUpCode).toMatch(/^([2-9A-Z]{4}-){3}[2-9A-Z]{4}$/)
  const browser = house.nobody()
  const set = await browser.post('POST /session/set-up', {
    body: { signInName: 'xu.guide', setUpCode: made.body.setUpCode, password: '春天的江水一路向东流' },
  })
  expect(set.problem).toBeUndefined()
  expect(set.body).toMatchObject({
    signedIn: true,
    account: { name: '徐导服' },
    acting: { role: 'guide', scope: '330111109203' },
  })
  const other = house.nobody()
  const signed = await other.post('POST /session', {
    body: { signInName: 'xu.guide', password: '春天的江水一路向东流' },
  })
  expect(signed.status).toBe(200)
  expect((await other.get('GET /session')).body.account?.name).toBe('徐导服')
})
