import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
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

async function msOf(work: Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work
  return performance.now() - since
}

describe('what can wait', () => {
  it('goes on at once while nobody waits for an answer', async () => {
    expect(await msOf(giveWay(job))).toBeLessThan(20)
  })

  it('goes on when the last answer has been given', async () => {
    const [one, other] = [waitedFor(), waitedFor()]
    const steps: string[] = []
    const step = giveWay(job).then(() => steps.push('step'))
    one.end()
    await one.ended
    await wait(5)
    steps.push('answered')
    other.end()
    await Promise.all([other.ended, step])
    expect(steps).toEqual(['answered', 'step'])
  })

  it('does not wait for ever, nor for itself', async () => {
    const long = waitedFor()
    const waited = await msOf(giveWay(job))
    expect(waited).toBeGreaterThan(20)
    expect(waited).toBeLessThan(400)
    expect(await msOf(giveWay(request))).toBeLessThan(20)
    long.end()
    await long.ended
  })

  it('does not begin between two questions of a hand that asks on, and begins when it rests', async () => {
    await undisturbed(() => Promise.resolve())
    expect(await msOf(first(() => giveWay(job)))).toBeGreaterThan(100)
    await wait(200)
    expect(await msOf(giveWay(job))).toBeLessThan(20)
  })

  it('goes on also when what was waited for has failed', async () => {
    await expect(first(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await msOf(giveWay(job))).toBeLessThan(20)
  })
})
