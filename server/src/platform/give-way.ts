import { setImmediate as breathe } from 'node:timers/promises'
import type { Ctx } from './ctx.ts'

/**
 * How long a job waits at one step: for an answer somebody waits for, and for a hand that asks many times a second. It
 * comes to its end however many there are.
 */
const patienceMs = { answer: 25, hand: 120 }
/** A hand on a slider asks again within this. */
const restMs = 150

let answers = 0
let hands = 0
let handRestsAt = 0
const givingWay = new Set<() => void>()

/** Somebody waits for this: what runs by the clock steps back until it has ended. */
export async function first<T>(work: () => Promise<T>): Promise<T> {
  answers += 1
  try {
    return await work()
  } finally {
    answers -= 1
    if (answers === 0 && !isHandAtWork()) goOn()
  }
}

/** As {@link first}, where the next question follows at once: the pause between two is no time to begin something. */
export async function undisturbed<T>(work: () => Promise<T>): Promise<T> {
  hands += 1
  try {
    return await work()
  } finally {
    hands -= 1
    handRestsAt = performance.now() + restMs
  }
}

const isHandAtWork = () => hands > 0 || performance.now() < handRestsAt

function goOn(): void {
  for (const done of givingWay) done()
}

/**
 * Between two small steps of work that can wait: others are answered, and a job begins its next step once nobody waits for an
 * answer, or when its patience ends. Steps are to take a few milliseconds: a registry of 42,000 judged in batches of 500 kept
 * the server from everything else for up to 234 ms at a time, and a hand on a slider waited 252 ms for every hundredth answer.
 */
export async function giveWay({ actor }: Pick<Ctx, 'actor'>): Promise<void> {
  await breathe()
  // In a request the one who waits is this very work.
  if (actor.role !== 'machine') return
  const ms = isHandAtWork() ? patienceMs.hand : answers > 0 ? patienceMs.answer : 0
  if (ms === 0) return
  await new Promise<void>(resolve => {
    const done = () => {
      clearTimeout(timer)
      givingWay.delete(done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    givingWay.add(done)
  })
}
