import { newId, refusal } from '@zhulian/kernel'
import { contract, idSchema, text, z } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { KeptRefusal } from '../kept-refusal.ts'
import { csrfOf } from './cookie.ts'
import type { Module } from '../module.ts'
import { Outage } from '../outage.ts'
import { requireVersion, versionMissing, versionStale } from '../refusals.ts'
import { routes } from '../route.ts'

const full = refusal('shelf.full', 409, () => ({ zh: '放不下了。', en: 'The shelf is full.' }))
const boxId = z.object({ boxId: idSchema })
const note = z.object({ note: text(1, 2000) })

/** A room with the least of everything: what the platform promises to every room. */
const shelfContract = contract({
  'GET /boxes/:boxId': { summary: 'One box.', params: boxId, answer: z.object({ id: idSchema, version: z.number() }) },
  'PUT /boxes/:boxId': {
    summary: 'Writes on a box.',
    params: boxId,
    body: note,
    answer: z.object({ note: z.string(), version: z.number() }),
    refusals: [versionMissing, versionStale],
  },
  'POST /boxes': { summary: 'Puts a box up.', body: note, answer: z.object({ id: idSchema }), refusals: [full] },
  'GET /boxes/sneaky': { summary: 'A read that writes.', answer: z.object({}) },
  'POST /boxes/out': { summary: 'Leans on something that is gone.', answer: z.object({}) },
  'POST /boxes/wrong': { summary: 'Answers what its contract does not say.', answer: z.object({ count: z.number() }) },
  'POST /boxes/contested': {
    summary: 'Is asked by the database to try again.',
    answer: z.object({ tries: z.number() }),
  },
  'POST /boxes/slow': { summary: 'Takes too long.', answer: z.object({}) },
  'POST /boxes/list': {
    summary: 'Counts the lines of a file.',
    takes: 'multipart',
    body: z.object({ kind: text(1, 20) }),
    answer: z.object({ bytes: z.number(), name: z.string(), kind: z.string() }),
  },
  'GET /boxes/file': { summary: 'A file.', answer: 'file' },
  'POST /boxes/:boxId/shout': {
    summary: 'Tells the township.',
    params: boxId,
    answer: z.object({ done: z.literal(true) }),
  },
})

let tries = 0
const write = (ctx: Parameters<NonNullable<Module['open']>>[0]) =>
  sql`insert into platform.answered (district, account_id, key, request_hash, at) values (${ctx.district}, ${ctx.actor.account}, ${newId()}, '\\x00', ${ctx.now})`.execute(
    ctx.transaction,
  )
const audit = { action: 'shelf.touch', zh: '动了架子', en: 'touched the shelf' } as const
const anybody = { may: 'signedIn', purpose: 'operation', audit } as const

const shelf: Module = {
  name: 'shelf',
  routes: routes(shelfContract, {
    'GET /boxes/:boxId': {
      ...anybody,
      do: async (ctx, { params }) => {
        ctx.about({ kind: 'household', id: params.boxId })
        ctx.because('look at the box')
        return { id: params.boxId, version: 3, secretColumn: 'canary' }
      },
    },
    'PUT /boxes/:boxId': {
      ...anybody,
      do: async (_ctx, { body, ifMatch }) => {
        requireVersion(ifMatch, 3)
        return { note: body.note, version: 4 }
      },
    },
    'POST /boxes': {
      ...anybody,
      do: async (ctx, { body }) => {
        await write(ctx)
        if (body.note === 'keep') throw new KeptRefusal(full())
        if (body.note === 'refuse') throw full()
        return { id: newId() }
      },
    },
    'GET /boxes/sneaky': { ...anybody, do: async ctx => (await write(ctx), {}) },
    'POST /boxes/out': { ...anybody, do: () => Promise.reject(new Outage('sms', 17)) },
    'POST /boxes/wrong': { ...anybody, do: async ctx => (await write(ctx), { count: 'many' as unknown as number }) },
    'POST /boxes/contested': {
      ...anybody,
      do: async ctx => {
        tries++
        ctx.tell({ name: 'shelf.tried', to: { account: ctx.actor.account }, id: newId() })
        if (tries === 1)
          await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(ctx.transaction)
        return { tries }
      },
    },
    'POST /boxes/slow': {
      ...anybody,
      do: async ctx => {
        await sql`set local statement_timeout = 50`.execute(ctx.transaction)
        await sql`select pg_sleep(5)`.execute(ctx.transaction)
        return {}
      },
    },
    'POST /boxes/list': {
      ...anybody,
      do: (_ctx, { file, body }) =>
        Promise.resolve({ bytes: readFileSync(file.path).length, name: file.name, kind: body.kind }),
    },
    'GET /boxes/file': {
      ...anybody,
      do: () => Promise.resolve({ name: "名单's.csv", type: 'text/csv; charset=utf-8', content: '一,二\n' }),
    },
    'POST /boxes/:boxId/shout': {
      ...anybody,
      do: async (ctx, { params }) => {
        ctx.tell({
          name: 'shelf.shouted',
          to: { roles: ['guide', 'townshipClerk'], division: '330111109203' },
          id: params.boxId,
        })
        return { done: true as const }
      },
    },
  }),
}

let house: House
let dist: string
beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'zhulian-dist-'))
  mkdirSync(join(dist, 'assets'))
  writeFileSync(
    join(dist, 'index.html'),
    '<!doctype html><meta property="csp-nonce" nonce="__NONCE__"><title>phone</title>',
  )
  writeFileSync(
    join(dist, 'console.html'),
    '<!doctype html><meta property="csp-nonce" nonce="__NONCE__"><title>desk</title>',
  )
  writeFileSync(join(dist, 'assets', 'index-abc.js'), `console.log("${'x'.repeat(5000)}")`)
  writeFileSync(join(dist, 'sw.js'), 'self')
  house = await openHouse({ modules: [shelf], dist, limits: { fileBytes: 3_000_000 } })
})
afterAll(async () => {
  await house.close()
  rmSync(dist, { recursive: true })
})

const kept = async () =>
  Number(
    (await house.sql<{ n: number }>(`select count(*)::int as n from platform.answered where request_hash = '\\x00'`))[0]
      ?.n,
  )

describe('a room may lean on the platform for this:', () => {
  test('keys its contract does not name never leave, and a version becomes an ETag', async () => {
    const answer = await house.as('guide').get('GET /boxes/:boxId', { params: { boxId: newId() } })
    expect(Object.keys(answer.body as object)).toEqual(['id', 'version'])
    expect(answer.headers.get('etag')).toBe('"3"')
  })

  test('an answer that does not fit its contract is our fault, and nothing is kept', async () => {
    const before = await kept()
    const answer = await house.as('guide').post('POST /boxes/wrong')
    expect([answer.status, answer.problem?.code]).toEqual([500, 'bug'])
    expect(answer.problem?.detail).toContain(answer.problem?.requestId)
    expect(await kept()).toBe(before)
    expect(await house.trail(1)).toMatchObject([{ outcome: 'failed', refusal: 'bug' }])
    expect(
      house.log.some(line => line.includes(answer.problem?.requestId ?? '-') && line.includes('"level":"error"')),
    ).toBe(true)
  })

  test('edits say which version they edit', async () => {
    const guide = house.as('guide')
    const call = { params: { boxId: newId() }, body: { note: 'n' } }
    expect((await guide.put('PUT /boxes/:boxId', call)).status).toBe(428)
    expect((await guide.put('PUT /boxes/:boxId', { ...call, ifMatch: 2 })).status).toBe(412)
    const done = await guide.put('PUT /boxes/:boxId', { ...call, ifMatch: 3 })
    expect([done.status, done.headers.get('etag')]).toEqual([200, '"4"'])
    expect((await guide.put('PUT /boxes/:boxId', { ...call, headers: { 'if-match': 'W/"3"' } })).status).toBe(400)
  })

  test('a body whose contract forgot to be strict still refuses unknown keys', async () => {
    const answer = await house.as('guide').post('POST /boxes', { body: { note: 'n', role: 'admin' } })
    expect(answer.problem?.fields).toEqual([{ path: '', words: '有不认识的字段：role。' }])
  })

  test('a refusal undoes what was written, a kept one does not', async () => {
    const guide = house.as('guide')
    const before = await kept()
    expect((await guide.post('POST /boxes', { body: { note: 'refuse' } })).problem?.code).toBe('shelf.full')
    expect(await kept()).toBe(before)
    expect((await guide.post('POST /boxes', { body: { note: 'keep' } })).problem?.code).toBe('shelf.full')
    expect(await kept()).toBe(before + 1)
    expect((await house.trail(2)).map(line => [line.outcome, line.refusal])).toEqual([
      ['refused', 'shelf.full'],
      ['refused', 'shelf.full'],
    ])
  })

  test('a read cannot write, although its trail is written', async () => {
    const before = await kept()
    expect((await house.as('guide').get('GET /boxes/sneaky')).status).toBe(500)
    expect(await kept()).toBe(before)
  })

  test('the trail names the subject and the reason given', async () => {
    const boxId = newId()
    await house.as('guide').get('GET /boxes/:boxId', { params: { boxId } })
    expect(await house.trail(1)).toMatchObject([
      { subject_kind: 'household', subject_id: boxId, reason: 'look at the box' },
    ])
  })

  test('what leans on something that is gone says when to come back', async () => {
    const answer = await house.as('guide').post('POST /boxes/out')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '17'])
    expect(answer.text).not.toContain('sms')
  })

  test('what the database cuts off for taking too long is told so', async () => {
    const answer = await house.as('guide').post('POST /boxes/slow')
    expect([answer.status, answer.problem?.code]).toEqual([503, 'outage.slow'])
  })

  test('what the database wants tried again is tried once more, and tells only once', async () => {
    const guide = house.as('guide')
    const live = await guide.live()
    const answer = await guide.post('POST /boxes/contested')
    expect(answer.body).toEqual({ tries: 2 })
    await live.next('shelf.tried')
    await expect(live.next('shelf.tried', 100)).rejects.toThrow('no event')
    live.close()
  })

  test('a file comes in with its fields, and a larger one than allowed is refused in words', async () => {
    const guide = house.as('guide')
    const call = (size: number) => ({
      body: { kind: '失业' },
      file: { name: '名单.csv', content: new Uint8Array(size) },
    })
    expect((await guide.post('POST /boxes/list', call(2_900_000))).body).toEqual({
      bytes: 2_900_000,
      name: '名单.csv',
      kind: '失业',
    })
    const large = await guide.post('POST /boxes/list', call(3_000_001))
    expect([large.status, large.problem?.code]).toEqual([413, 'request.tooLarge'])
    const unnamed = await guide.post('POST /boxes/list', { file: { name: 'a.csv', content: 'x' } })
    expect(unnamed.problem?.fields?.[0]?.path).toBe('kind')
    const json = await guide.post('POST /boxes/list', { body: { kind: 'x' } })
    expect([json.status, json.problem?.code]).toEqual([415, 'request.wrongType'])
  })

  test('a file that comes slowly holds no connection of the database, and nothing of it stays on disk', async () => {
    const guide = house.as('guide')
    const form = [
      '--part\r\nContent-Disposition: form-data; name="kind"\r\n\r\n失业',
      '\r\n--part\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n一,二',
      '\r\n--part--\r\n',
    ].map(part => Buffer.from(part))
    const token = (await guide.token()) ?? ''
    const sending = net.connect(Number(new URL(house.url).port), '127.0.0.1')
    const answer = new Promise<string>(resolve => {
      let text = ''
      sending.on('data', chunk => (text += chunk)).on('close', () => resolve(text))
    })
    sending.write(
      [
        'POST /api/boxes/list HTTP/1.1',
        'host: here',
        'connection: close',
        `cookie: zhulian=${token}`,
        `x-csrf-token: ${csrfOf(token)}`,
        `idempotency-key: ${newId()}`,
        'content-type: multipart/form-data; boundary=part',
        `content-length: ${form.reduce((sum, part) => sum + part.length, 0)}`,
        '',
        '',
      ].join('\r\n'),
    )
    for (const part of form.slice(0, 2)) sending.write(part)
    const incoming = () => readdirSync(tmpdir()).filter(name => name.startsWith(`zhulian-incoming-${process.pid}-`))
    await waitUntil(() => incoming().length > 0)
    const held = await house.sql(
      `select from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
    )
    expect(held).toHaveLength(0)
    sending.write(form[2] ?? '')
    expect(await answer).toContain('"bytes":7')
    await waitUntil(() => incoming().length === 0)
    expect(incoming()).toEqual([])
  })

  test('another file of the same length under the same key is another request', async () => {
    const guide = house.as('guide')
    const send = (content: string) =>
      guide.post('POST /boxes/list', { body: { kind: 'x' }, file: { name: 'a.csv', content }, key: 'k'.repeat(20) })
    expect((await send('one')).status).toBe(200)
    expect((await send('one')).status).toBe(200)
    expect((await send('two')).problem?.code).toBe('request.keyReused')
  })

  test('a file goes out as an attachment under its own name', async () => {
    const answer = await house.as('guide').get('GET /boxes/file')
    expect(answer.text).toBe('一,二\n')
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95%27s.csv")
  })

  test('what is shouted for a village is heard by its guide and its township, by nobody of another place or role', async () => {
    const hears = await Promise.all([
      house.as('guide', { scope: '330111109203' }).live(),
      house.as('townshipClerk', { scope: '330111109' }).live(),
    ])
    const deaf = await Promise.all([
      house.as('guide', { scope: '330111109205' }).live(),
      house.as('townshipClerk', { scope: '330111110' }).live(),
      house.as('districtOfficer').live(),
      house.as('provider').live(),
    ])
    const boxId = newId()
    await house.as('guide').post('POST /boxes/:boxId/shout', { params: { boxId } })
    for (const stream of hears) expect(await stream.next('shelf.shouted')).toEqual({ name: 'shelf.shouted', id: boxId })
    for (const stream of deaf) await expect(stream.next('shelf.shouted', 50)).rejects.toThrow('no event')
    for (const stream of [...hears, ...deaf]) stream.close()
  })
})

describe('pages', () => {
  test('have a nonce of their own each time, the phone at the root and the desk at /console', async () => {
    const [first, second] = await Promise.all([fetch(house.url), fetch(`${house.url}/m`)])
    const nonces = [await first.text(), await second.text()].map(page => /nonce="([\w+/=]{24})"/.exec(page)?.[1])
    expect(nonces[0]).toBeDefined()
    expect(nonces[0]).not.toBe(nonces[1])
    expect(first.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonces[0]}'`)
    expect(first.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'")
    expect(first.headers.get('cache-control')).toBe('no-cache')
    expect(await (await fetch(`${house.url}/console/households/1`)).text()).toContain('<title>desk')
  })

  test('assets are kept for ever and come packed; the service worker is asked for each time', async () => {
    const asset = await fetch(`${house.url}/assets/index-abc.js`, { headers: { 'accept-encoding': 'identity' } })
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const packed = await fetch(`${house.url}/assets/index-abc.js`, { headers: { 'accept-encoding': 'br' } })
    expect(packed.headers.get('content-encoding')).toBe('br')
    expect((await packed.text()).length).toBe(5015)
    const etag = asset.headers.get('etag') ?? ''
    expect((await fetch(`${house.url}/assets/index-abc.js`, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await fetch(`${house.url}/sw.js`)).headers.get('cache-control')).toBe('no-cache')
  })

  test('a name with points at the end of a desk address is no file', async () => {
    const page = await fetch(`${house.url}/console/workbench/parameter/educationGrant.senior`)
    expect(await page.text()).toContain('<title>')
    expect((await fetch(`${house.url}/console/none.js`)).status).toBe(404)
    expect((await fetch(`${house.url}/phone.senior`)).status).toBe(404)
  })

  test.each(['/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '/assets/none.js', '/.env'])(
    'nothing outside is served: %s',
    async path => {
      const response = await fetch(`${house.url}${path}`)
      expect(response.status === 404 || /<title>phone/.test(await response.text())).toBe(true)
    },
  )
})

async function waitUntil(holds: () => boolean): Promise<void> {
  for (const until = performance.now() + 20_000; performance.now() < until && !holds(); )
    await new Promise(done => setTimeout(done, 10))
}
