import type { Client } from '../../server/test/client.ts'

/** A guide's phone with the list of alerts open: what it hears by the live stream it reads again, as the page does. */
export interface Phone {
  /** On it now. */
  readonly alerts: number
  /** When it first showed one, and when it last showed one more. */
  readonly firstAt: number
  readonly lastAt: number
  /** Resolves once it shows all there are. */
  isUpToDate(): Promise<void>
  close(): void
}

export async function phoneOf(guide: Client): Promise<Phone> {
  let [alerts, firstAt, lastAt] = [0, Infinity, 0]
  let closed = false
  const live = await guide.live()
  const read = async () => {
    const { body, problem, text } = await guide.get('GET /alerts', {})
    if (problem || !body.counts) throw new Error(text)
    const { red, orange, yellow, blue } = body.counts
    return red + orange + yellow + blue
  }
  const show = async () => {
    const now = await read()
    if (now > alerts) {
      lastAt = performance.now()
      if (alerts === 0) firstAt = lastAt
    }
    alerts = now
  }
  alerts = await read()
  const hear = async (name: string) => {
    while (!closed) {
      await live.next(name, 600_000)
      await show()
    }
  }
  for (const name of ['alerts.red', 'alerts.raised'])
    void hear(name).catch((error: unknown) => {
      if (!closed) throw error
    })
  return {
    get alerts() {
      return alerts
    },
    get firstAt() {
      return firstAt
    },
    get lastAt() {
      return lastAt
    },
    isUpToDate: async () => {
      while ((await read()) > alerts) await new Promise(done => setTimeout(done, 50))
    },
    close: () => {
      closed = true
      live.close()
    },
  }
}
