import type { ServerResponse } from 'node:http'
import type { Actor } from './actor.ts'
import type { LiveEvent } from './ctx.ts'
import type { Door } from './door.ts'

/** An open browser that wants to know. */
interface Listener {
  readonly actor: Actor
  readonly token: string
  readonly out: ServerResponse
}

const perAccount = 6
const beatMs = 25_000
/** A browser that does not read for so many bytes is let go; it will come back. */
const backlogBytes = 262_144

/**
 * Server-sent events. They are hints: a client that missed some reads again, so nothing is kept for it. Ids only, filtered by
 * account or by role and division.
 */
export class LiveHub {
  readonly #listeners = new Set<Listener>()
  readonly #door: Door
  readonly #beat: NodeJS.Timeout
  #last = 0

  constructor(door: Door) {
    this.#door = door
    this.#beat = setInterval(() => void this.#check([...this.#listeners]), beatMs)
    this.#beat.unref()
  }

  get size(): number {
    return this.#listeners.size
  }

  listen(actor: Actor, token: string, out: ServerResponse): void {
    const mine = [...this.#listeners].filter(other => other.actor.account === actor.account)
    for (const oldest of mine.slice(0, Math.max(0, mine.length - perAccount + 1))) this.#drop(oldest)
    const listener = { actor, token, out }
    this.#listeners.add(listener)
    out.on('close', () => void this.#listeners.delete(listener))
    // Whoever comes back after a break reads again: the client takes `hello` as "anything may have changed".
    out.write(`retry: 2000\nevent: hello\ndata: {}\n\n`)
  }

  /** Called after the commit. */
  tell(events: readonly LiveEvent[]): void {
    for (const event of events) {
      this.#last += 1
      const line = `id: ${this.#last}\nevent: change\ndata: ${JSON.stringify({ name: event.name, id: event.id, ...(event.words ? { words: event.words } : {}) })}\n\n`
      const told = [...this.#listeners].filter(listener => concerns(event, listener.actor))
      for (const listener of told) this.#send(listener, line)
      if (event.name === sessionEnded || event.name === sessionChanged) void this.#check(told)
    }
  }

  close(): void {
    clearInterval(this.#beat)
    for (const listener of this.#listeners) this.#drop(listener)
  }

  #send(listener: Listener, line: string): void {
    if (listener.out.writableLength > backlogBytes) this.#drop(listener)
    else listener.out.write(line)
  }

  #drop(listener: Listener): void {
    this.#listeners.delete(listener)
    listener.out.end()
  }

  /** A line of comment keeps proxies from closing; whoever's session has ended, or acts as something else, is let go. */
  async #check(listeners: readonly Listener[]): Promise<void> {
    for (const listener of listeners) {
      const still = await this.#door.whoHolds(listener.token, false).catch(() => undefined)
      if (still && !still.refused && hearsTheSame(still.actor, listener.actor)) this.#send(listener, ': still here\n\n')
      else this.#drop(listener)
    }
  }
}

const hearsTheSame = (now: Actor, then: Actor): boolean =>
  now.account === then.account &&
  now.role === then.role &&
  now.scope === then.scope &&
  now.organisation === then.organisation

/** Tell an account this after one of its sessions began to act in another grant: what it hears must follow. */
export const sessionChanged = 'identity.sessionChanged'

/** Tell an account this after ending a session or a grant of its: open streams of it are checked at once. */
export const sessionEnded = 'identity.sessionEnded'

function concerns({ to }: LiveEvent, actor: Actor): boolean {
  if ('account' in to) return to.account === actor.account
  if (!to.roles.some(role => role === actor.role)) return false
  // Who keeps the house reaches no family by place, and hears what is said to them anywhere in the district.
  const reach = actor.role === 'admin' ? actor.district : actor.scope
  return reach !== undefined && to.division.startsWith(reach)
}
