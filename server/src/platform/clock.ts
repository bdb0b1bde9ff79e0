import { dayOf, type Day } from '@zhulian/kernel'

/** The only thing on the server that knows what time it is. */
export interface Clock {
  readonly zone: string
  now(): Date
  /** The office's calendar day. */
  today(): Day
}

export const systemClock = (zone: string): Clock => clock(zone, () => new Date())

/** A clock that stands still until it is set. */
export interface TestClock extends Clock {
  /** @param instant ISO 8601 with an offset, or a Date */
  set(instant: string | Date): void
  /** @param ms milliseconds, forward */
  advance(ms: number): void
}

export function testClock(instant: string | Date, zone = 'Asia/Shanghai'): TestClock {
  let at = instantOf(instant)
  return {
    ...clock(zone, () => new Date(at)),
    set: to => void (at = instantOf(to)),
    advance: ms => void (at += ms),
  }
}

const clock = (zone: string, now: () => Date): Clock => ({ zone, now, today: () => dayOf(now(), zone) })

function instantOf(instant: string | Date): number {
  const at = new Date(instant).getTime()
  if (Number.isNaN(at)) throw new RangeError(`not an instant: ${String(instant)}`)
  return at
}
