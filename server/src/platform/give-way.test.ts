import { setImmediate as breathe } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { machineActor, nobody } from './actor.ts'
import { first, giveWay, undisturbed } from './give-way.ts'

const job = { actor: machineActor('330111') }
const request = { actor: nobody('330111') }

/** Something somebody waits for, until it is told to end. */
function waitedFor() {
  const { promise, resolve: end } = Promise.withResolvers<void>()
  const ended = first(() => promise)
  return { end, ended }
}

// How fast the machine is says nothing here: its clock stands, and is moved on while work waits for it.
beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterAll(() => void vi.useRealTimers())

/** By the clock, from when it is asked to its end. */
async function msOf(ask: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  let isOver = false
  const over = ask().finally(() => (isOver = true))
  for (;;) {
    for (let turn = 0; turn < 3; turn++) await breathe()
    if (isOver) break
    vi.advanceTimersByTime(1)
  }
  await over
  return performance.now() - since
}

describe('what can wait', () => {
  it('goes on at once while nobody waits for an answer', async () => {
    expect(await msOf(() => giveWay(job))).toBe(0)
  })

  it('goes on when the last answer has been given', async () => {
    const [one, other] = [waitedFor(), waitedFor()]
    const steps: string[] = []
    const step = giveWay(job).then(() => steps.push('step'))
    one.end()
    await one.ended
    await breathe()
    vi.advanceTimersByTime(5)
    await breathe()
    steps.push('answered')
    other.end()
    await Promise.all([other.ended, step])
    expect(steps).toEqual(['answered', 'step'])
  })

  it('does not wait for ever, nor for itself', async () => {
    const long = waitedFor()
    const waited = await msOf(() => giveWay(job))
    expect(waited).toBeGreaterThan(20)
    expect(waited).toBeLessThan(400)
    expect(await msOf(() => giveWay(request))).toBe(0)
    long.end()
    await long.ended
  })

  it('does not begin between two questions of a hand that asks on, and begins when it rests', async () => {
    await undisturbed(() => Promise.resolve())
    expect(await msOf(() => first(() => giveWay(job)))).toBeGreaterThan(100)
    vi.advanceTimersByTime(200)
    expect(await msOf(() => giveWay(job))).toBe(0)
  })

  it('goes on also when what was waited for has failed', async () => {
    await expect(first(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await msOf(() => giveWay(job))).toBe(0)
  })
})
