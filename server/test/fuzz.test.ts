import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../src/platform/actor.ts'
import { csrfOf } from '../src/platform/http/cookie.ts'
import type { Route } from '../src/platform/http/routes-of.ts'
import { type Shot, shots } from './hostile.ts'
import { type Client, send } from './client.ts'
import { type House, openHouse } from './house.ts'
import { plants } from './plants.ts'

let house: House
const clients = new Map<Role, Client>()
beforeAll(async () => {
  house = await openHouse()
  for (const plant of plants) await plant(house)
})
afterAll(() => house.close())

const seed = Number(process.env['FUZZ_SEED'] ?? 20210926)

test('nothing that can be sent to any route brings the server down, makes it stumble, or hang, or tell of its inside', {
  timeout: 400_000,
}, async () => {
  const known = await ids()
  const { routes } = house.app.http
  const faults = new Map<string, string>()
  const statuses = new Map<number, number>()
  const each = 60
  let count = 0
  for (const route of routes) {
    const queue = fc.sample(shots(route, known), { numRuns: each, seed })
    const work = async () => {
      for (let shot = queue.pop(); shot; shot = queue.pop()) {
        const start = performance.now()
        const answer = await fire(route, shot).catch((error: unknown) => ({
          status: 0,
          text: String((error as Error).cause ?? error),
        }))
        count++
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        // Others work on the machine too: what took long is slow when it does so again.
        let ms = performance.now() - start
        if (ms > slowMs) {
          const again = performance.now()
          await fire(route, shot).catch(() => undefined)
          ms = Math.min(ms, performance.now() - again)
        }
        const fault = faultOf(answer, ms)
        if (fault && !faults.has(`${route.key}: ${fault}`))
          faults.set(`${route.key}: ${fault}`, `${JSON.stringify(shot).slice(0, 400)} → ${answer.text.slice(0, 200)}`)
      }
    }
    await Promise.all(Array.from({ length: 6 }, work))
  }
  expect(Object.fromEntries(faults)).toEqual({})
  expect(count).toBe(routes.length * each)
  // Both what fits and what does not must have been tried, or the test proves little.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(50)
  expect(statuses.get(400) ?? 0).toBeGreaterThan(200)
  expect((await house.nobody().get('GET /session')).status).toBe(200)
  if (process.env['FUZZ_SEED']) console.log(count, Object.fromEntries(statuses))
})

const slowMs = 5_000

function faultOf({ status, text }: { status: number; text: string }, ms: number): string | undefined {
  if (status === 0) return `connection lost: ${text.slice(0, 80)}`
  if (status >= 500) return `status ${status}`
  if (/\bat .*\.[mc]?[jt]s:\d+|syntax error at or near|SQLSTATE|node_modules|relation "/.test(text))
    return 'tells of its inside'
  if (ms > slowMs) return 'slow'
  return undefined
}

/** Asked by somebody who may ask, so that the request goes as deep as it can. */
async function fire(route: Route, shot: Shot): Promise<{ status: number; text: string }> {
  const token = await tokenFor(route)
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encode(shot.params[name] ?? ''))
  const query = Object.entries(shot.query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
  const headers = {
    ...(token ? { cookie: `zhulian=${token}`, 'x-csrf-token': csrfOf(token) } : {}),
    'idempotency-key': crypto.randomUUID(),
    ...(shot.ifMatch === undefined ? {} : { 'if-match': shot.ifMatch }),
  }
  const { body, type } = await bodyOf(route, shot)
  const url = new URL(`${house.url}${path}${query ? `?${query}` : ''}`)
  return await send(url, route.method, type ? { ...headers, 'content-type': type } : headers, body, 20_000)
}

/** As it travels, and what it is called. */
async function bodyOf(route: Route, shot: Shot): Promise<{ body?: string | Uint8Array; type?: string | undefined }> {
  const called = shot.body === undefined ? {} : { type: 'application/json' }
  if (route.endpoint.takes === 'multipart' && route.method !== 'GET') {
    const packed = new Response(formOf(shot))
    return { body: new Uint8Array(await packed.arrayBuffer()), type: packed.headers.get('content-type') ?? undefined }
  }
  if (route.method === 'GET' || shot.body === undefined) return called
  return { ...called, body: shot.raw && typeof shot.body === 'string' ? shot.body : JSON.stringify(shot.body) }
}

function formOf(shot: Shot): FormData {
  const form = new FormData()
  if (typeof shot.body === 'object' && shot.body !== null)
    for (const [name, value] of Object.entries(shot.body))
      form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  form.append('file', new Blob([JSON.stringify(shot.query)]), 'a.csv')
  return form
}

/** Lone surrogates cannot be escaped; half of a sequence stands for them. */
function encode(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return '%ED%A0%80'
  }
}

async function tokenFor({ entry, key }: Route): Promise<string | undefined> {
  if (entry.may === 'anyone') return undefined
  const role = entry.may === 'signedIn' ? 'guide' : (entry.may.find(r => r !== 'resident') ?? 'resident')
  // Some routes end the session that asks.
  if (/session/.test(key)) return house.as(role).token()
  let client = clients.get(role)
  if (!client) {
    client = house.as(role)
    clients.set(role, client)
  }
  return client.token()
}

async function ids(): Promise<string[]> {
  const rows = await house.sql<{ id: string }>(
    `select id::text from registry.household union all select id::text from registry.person union all (select id::text from identity.account limit 5)`,
  )
  return rows.map(row => row.id)
}
