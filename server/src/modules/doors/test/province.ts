import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { type Heard, otherSystem } from './other-system.ts'

export interface Key {
  readonly id: string
  readonly secret: string
}

const sign = (secret: string, at: string, nonce: string, body: string) =>
  createHmac('sha256', secret).update(`${at}\n${nonce}\n${body}`).digest('hex')

/** A stand-in for the province's platform, as docs/adapters/provincial.md describes it: gives needs page by page, takes results once each. */
export async function standInProvince() {
  const system = await otherSystem()
  let key: Key = { id: '', secret: '' }
  let offered: object[] = []
  let [down, endsWithNull] = [false, false]
  const seen = new Set<string>()
  const results: { externalId: string; state: string; level?: string; why?: string; at: string }[] = []
  const isSigned = ({ headers, body }: Heard) => {
    const of = (name: string) => String(headers[`x-zhulian-${name}`])
    const good = sign(key.secret, of('at'), of('nonce'), body)
    const given = of('signature')
    return (
      of('key') === key.id && given.length === good.length && timingSafeEqual(Buffer.from(given), Buffer.from(good))
    )
  }
  system.answers(heard => {
    if (down) return { status: 503 }
    if (!isSigned(heard)) return { status: 401 }
    const url = new URL(heard.path, system.origin)
    if (heard.method === 'GET' && url.pathname === '/api/needs') {
      const from = Number(url.searchParams.get('after') ?? 0)
      const needs = offered.slice(from, from + 2)
      const isOver = needs.length === 0 || (endsWithNull && from + needs.length === offered.length)
      return { body: JSON.stringify({ needs, next: isOver ? null : String(from + needs.length) }) }
    }
    const id = String(heard.headers['idempotency-key'])
    const { timestamp, data } = JSON.parse(heard.body) as { timestamp: string; data: (typeof results)[number] }
    if (!seen.has(id)) results.push({ ...data, at: timestamp })
    seen.add(id)
    return { status: 204 }
  })
  return {
    origin: system.origin,
    url: `${system.origin}/api`,
    results,
    heard: system.heard,
    knows: (next: Key) => void (key = next),
    /** @param how whether its last page names where the next begins */
    offers: (needs: object[], how = { endsWithNull: false }) => {
      offered = needs
      endsWithNull = how.endsWithNull
    },
    isDown: (is: boolean) => void (down = is),
    close: system.close,
    /** Sends what a request of its own would hold. */
    async push(
      house: string,
      now: Date,
      body: object,
      { off = 0, nonce = randomUUID() as string, secret = key.secret, id = key.id, sent = '' } = {},
    ) {
      const text = JSON.stringify(body)
      const at = String(Math.floor(now.getTime() / 1000) + off)
      const response = await fetch(`${house}/api/province/needs`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-zhulian-key': id,
          'x-zhulian-at': at,
          'x-zhulian-nonce': nonce,
          'x-zhulian-signature': sign(secret, at, nonce, text),
        },
        body: sent || text,
      })
      return {
        status: response.status,
        ...((await response.json()) as {
          code?: string
          account?: { messages: number; accepted: number; duplicate: number; quarantined: number }
          needs?: { externalId: string; outcome: string; why: string | null }[]
        }),
      }
    },
  }
}
