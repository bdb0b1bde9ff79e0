import { day } from '@zhulian/kernel'
import { expect, test } from 'vitest'
import { releaseAge } from './releases.ts'

const today = day('2026-11-24')

test.each([
  ['15.0', '2022-10-13'],
  ['15.1', '2022-11-10'],
  ['15.9', '2024-11-14'],
  ['15.10', '2024-11-21'],
  ['15.12', '2025-02-20'],
  ['18.1', '2025-11-13'],
  ['18.4', '2026-05-14'],
] as const)('PostgreSQL %s came out on %s', (version, on) => {
  expect(releaseAge(version, today).releasedOn).toBe(on)
})

test('a server is as many rounds behind as have come out since', () => {
  expect(releaseAge('18.4', today).behind).toBe(2)
  expect(releaseAge('18.6', today).behind).toBe(0)
  expect(releaseAge('15.20', today).behind).toBe(0)
})

test('a major version is looked after for five years', () => {
  expect(releaseAge('15.20', today).supportedUntil).toBe('2027-11-11')
  expect(releaseAge('99.1', today)).toEqual({ releasedOn: undefined, behind: 0, supportedUntil: undefined })
})
