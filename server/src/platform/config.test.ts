import path from 'node:path'
import { expect, test } from 'vitest'
import { testClock } from './clock.ts'
import { checkout, readConfig } from './config.ts'

test('an empty environment is enough', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ district: '330111', zone: 'Asia/Shanghai', port: 8080, databaseUrl: undefined })
  expect(config.dataDir).toBe(path.join(checkout, '.data'))
})

test('the keys never lie in the folder of the database', () => {
  expect(readConfig({ ZHULIAN_DATA: '/srv/zhulian' }).keysPath).toBe('/srv/zhulian/keys/keyring.json')
})

test.each([
  ['ZHULIAN_DISTRICT', '33011'],
  ['ZHULIAN_DISTRICT', '330111109'],
  ['PORT', '80.5'],
  ['PORT', 'http'],
  ['ZHULIAN_ZONE', 'Hangzhou'],
  ['ZHULIAN_PG', 'mysql'],
  ['ZHULIAN_CIPHER', 'rot13'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name)
})

test('the office’s day turns at its own midnight', () => {
  const clock = testClock('2021-09-26T23:59:59+08:00')
  expect(clock.today()).toBe('2021-09-26')
  clock.advance(1000)
  expect(clock.today()).toBe('2021-09-27')
  clock.set('2021-09-26T15:59:59Z')
  expect(clock.today()).toBe('2021-09-26')
  expect(() => clock.set('yesterday')).toThrow(RangeError)
})
