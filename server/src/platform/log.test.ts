import { expect, test } from 'vitest'
import { testClock } from './clock.ts'
import { makeLog, type LogFacts } from './log.ts'

const clock = testClock('2021-09-26T09:00:00+08:00')

function written(use: (log: ReturnType<typeof makeLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  use(
    makeLog(
      line => void lines.push(line),
      () => clock.now(),
    ),
  )
  return lines.map(line => JSON.parse(line) as Record<string, unknown>)
}

test('a line is JSON with the instant, the level, the event and the facts', () => {
  const lines = written(log =>
    log.with({ requestId: 'r1' }).info('request', { route: 'GET /wishes', status: 200, ms: 12 }),
  )
  expect(lines).toEqual([
    {
      at: '2021-09-26T01:00:00.000Z',
      level: 'info',
      event: 'request',
      requestId: 'r1',
      route: 'GET /wishes',
      status: 200,
      ms: 12,
    },
  ])
})

test('what has no key is not written, whoever passes it', () => {
  const [line] = written(log =>
    log.info('seen', { name: '王伟芳', idNumber: '330111195001010008', status: 200 } as LogFacts),
  )
  expect(line).toEqual({ at: '2021-09-26T01:00:00.000Z', level: 'info', event: 'seen', status: 200 })
})

test('an error tells its place and its codes, not its message', () => {
  const error = Object.assign(new Error('Key (name)=(王伟芳) already exists'), {
    code: '23505',
    constraint: 'person_pkey',
    detail: 'Key (name)=(王伟芳)',
  })
  const [line] = written(log => log.error('request', {}, new Error('about 李娜敏', { cause: error })))
  expect(JSON.stringify(line)).not.toMatch(/王伟芳|李娜敏/)
  expect(line).toMatchObject({ error: 'Error', cause: { error: 'Error', code: '23505', constraint: 'person_pkey' } })
  expect(String(line?.['frames'])).toMatch(/^server\/src\/platform\/log\.test\.ts/)
})

test('a thing that is thrown and is no error is not quoted', () => {
  const [line] = written(log => log.warn('odd', {}, '王伟芳'))
  expect(line).toMatchObject({ error: 'string' })
  expect(JSON.stringify(line)).not.toContain('王')
})
