import { Outage } from '../outage.ts'
import { tooMany } from '../refusals.ts'
import type { Limits } from './limits.ts'

/** Where one request stands. */
export interface Stand {
  /** Remembered, since a connection that is gone has none. */
  readonly address: string
  /** Being worked on, its body on the way, or neither. */
  place: 'working' | 'receiving' | undefined
  /** A use case is at work for it, whether or not somebody still waits for the answer. */
  busy: boolean
  /** Answered, or the browser went away. */
  gone: boolean
}

export const atTheDoor = (address: string): Stand => ({ address, place: undefined, busy: false, gone: false })

/**
 * Places for what is worked on at once. While its body is on the way a request holds a connection and no place, or two
 * hundred slow senders would keep everybody else out; how many bodies one address may send at once is counted apart.
 */
export class Places {
  readonly #limits: Pick<Limits, 'inFlight' | 'bodiesPerAddress'>
  readonly #receiving = new Map<string, number>()
  #working = 0

  constructor(limits: Pick<Limits, 'inFlight' | 'bodiesPerAddress'>) {
    this.#limits = limits
  }

  /** @throws Outage when all places are taken, or nobody waits any more */
  work(stand: Stand): void {
    if (stand.place === 'working') return
    this.#leave(stand)
    if (stand.gone) throw new Outage('browserGone', 1)
    if (this.#working >= this.#limits.inFlight) throw new Outage('inFlight', 1)
    this.#working += 1
    stand.place = 'working'
  }

  /** @throws tooMany when the address sends too many bodies at once */
  receive(stand: Stand): void {
    this.#leave(stand)
    if (stand.gone) throw new Outage('browserGone', 1)
    const count = this.#receiving.get(stand.address) ?? 0
    if (count >= this.#limits.bodiesPerAddress) throw tooMany({ retryAfterSeconds: 1 })
    this.#receiving.set(stand.address, count + 1)
    stand.place = 'receiving'
  }

  /** The place is kept until the work is done: going away early makes no room for more of it. */
  async during<T>(stand: Stand, work: () => Promise<T>): Promise<T> {
    stand.busy = true
    try {
      return await work()
    } finally {
      stand.busy = false
      if (stand.gone) this.#leave(stand)
    }
  }

  close(stand: Stand): void {
    stand.gone = true
    if (!stand.busy) this.#leave(stand)
  }

  #leave(stand: Stand): void {
    if (stand.place === 'working') this.#working -= 1
    if (stand.place === 'receiving') {
      const count = (this.#receiving.get(stand.address) ?? 1) - 1
      if (count > 0) this.#receiving.set(stand.address, count)
      else this.#receiving.delete(stand.address)
    }
    stand.place = undefined
  }
}
