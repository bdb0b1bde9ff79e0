import { createHmac, randomUUID } from 'node:crypto'
import type { Id } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliveredHouse } from '../test/delivered.ts'

let words: Awaited<ReturnType<typeof deliveredHouse>>
beforeAll(async () => {
  words = await deliveredHouse(400)
}, 60_000)
afterAll(() => words.house.close())

interface Key {
  readonly id: Id
  readonly secret: string
}
const admin = () => words.house.as('admin')
async function newKey(source = 'unemployment'): Promise<Key> {
  const made = await admin().post('POST /sender-keys', { body: { source, sender: '人社局就业系统' } })
  expect(made.problem).toBeUndefined()
  return made.body
}
const now = () => Math.floor(words.house.app.installation.clock.now().getTime() / 1000)

const recordOf = (n: number) => ({
  recordId: `J${n}`,
  idNumber: words.person(n).number,
  name: words.person(n).name,
  registrationDate: '2021-09-20',
})
const envelope = (records: readonly object[], over: object = {}) => ({
  feedId: 'unemployment',
  batchId: `hrss-${randomUUID()}`,
  asOfDate: '2021-09-26',
  recordCount: records.length,
  records,
  ...over,
})

interface Signing {
  readonly at?: number
  readonly nonce?: string
  readonly source?: string
  /** What is sent instead of what was signed. */
  readonly sent?: string
}
async function send(
  key: Key,
  body: object,
  { at = now(), nonce = randomUUID(), source = 'unemployment', sent }: Signing = {},
) {
  const text = JSON.stringify(body)
  const signature = createHmac('sha256', key.secret).update(`${at}\n${nonce}\n${text}`).digest('hex')
  const response = await fetch(`${words.house.url}/api/deliveries/signed/${source}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-zhulian-key': key.id,
      'x-zhulian-at': String(at),
      'x-zhulian-nonce': nonce,
      'x-zhulian-signature': signature,
    },
    body: sent ?? text,
  })
  const answer = (await response.json()) as { id: Id; rows: number; isAgain: boolean; code?: string; detail: string }
  return { status: response.status, ...answer }
}
const count = async () => (await words.house.sql('select from feeds.delivery')).length

describe('a machine of a bureau', () => {
  it('sends records signed with its key; they become a delivery like any other', async () => {
    const key = await newKey()
    const wrong = { ...recordOf(1), registrationDate: '2021-02-30' }
    const sent = await send(key, envelope([recordOf(0), wrong]))
    expect(sent).toMatchObject({ status: 200, rows: 2, isAgain: false })
    await words.settled()
    const delivery = await words.seen(sent.id)
    expect(delivery).toMatchObject({
      state: 'read',
      sender: '人社局就业系统',
      format: 'json',
      account: { rows: 2, accepted: 1, quarantined: 1 },
    })
    const [row] = await words.rowsOf(sent.id, 'quarantined')
    expect(row?.faults[0]?.words.zh).toContain('2021-02-30，这一天不存在')
    expect((await words.house.trail(30)).find(line => line.action === 'feeds.sendDelivery')).toMatchObject({
      outcome: 'done',
      reason: '由“人社局就业系统”签名送来',
      subject_id: sent.id,
    })
    expect((await admin().get('GET /sender-keys')).body.items.find(k => k.id === key.id)?.usedAt).not.toBeNull()
  })

  it('may send the same again, which changes nothing; other content under the same number is refused', async () => {
    const key = await newKey()
    const body = envelope([recordOf(2)])
    const first = await send(key, body)
    expect(await send(key, { ...body, sentAt: '2021-09-26T10:00:00Z' })).toMatchObject({ id: first.id, isAgain: true })
    const other = await send(key, envelope([recordOf(3)], { batchId: body.batchId }))
    expect(other).toMatchObject({ status: 409, code: 'feeds.sentAsOther' })
  })

  it('is turned away when the signature, the key, the source, the time or the nonce is not good, and nothing is kept', async () => {
    const key = await newKey()
    const body = envelope([recordOf(4)])
    const before = await count()
    const changed = JSON.stringify(body).replace('J4', 'J5')
    expect(await send(key, body, { sent: changed })).toMatchObject({ status: 401, code: 'feeds.signatureWrong' })
    expect(await send({ ...key, secret: 'x' }, body)).toMatchObject({ status: 401, code: 'feeds.signatureWrong' })
    expect(await send({ ...key, id: randomUUID() as Id }, body)).toMatchObject({ code: 'feeds.signatureWrong' })
    expect(await send(key, body, { source: 'disability' })).toMatchObject({ code: 'feeds.signatureWrong' })
    for (const off of [-301, 301]) {
      const late = await send(key, body, { at: now() + off })
      expect(late).toMatchObject({ status: 401, code: 'feeds.clockOff' })
      expect(late.detail).toContain('301 秒')
    }
    expect(await count()).toBe(before)
    const nonce = randomUUID()
    expect(await send(key, body, { at: now() - 299, nonce })).toMatchObject({ status: 200 })
    expect(await send(key, body, { nonce })).toMatchObject({ status: 409, code: 'feeds.replayed' })
    const bare = await fetch(`${words.house.url}/api/deliveries/signed/unemployment`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect([bare.status, ((await bare.json()) as { code: string }).code]).toEqual([401, 'request.signatureMissing'])
  })

  it('is told in plain words when it signs with yesterday’s key; for the hours of the change both are good', async () => {
    const old = await newKey()
    const changed = await admin().post('POST /sender-keys/:keyId/rotate', {
      params: { keyId: old.id },
      body: { overlapHours: 24 },
    })
    expect((await send(old, envelope([recordOf(6)]))).status).toBe(200)
    expect((await send(changed.body, envelope([recordOf(7)]))).status).toBe(200)
    words.house.later(24 * 3_600_000)
    const refused = await send(old, envelope([recordOf(8)]))
    expect(refused).toMatchObject({ status: 401, code: 'feeds.keyEnded' })
    expect(refused.detail).toContain('已于 2021-09-27 09:00 停用')
    expect((await send(changed.body, envelope([recordOf(8)]))).status).toBe(200)
    await admin().post('POST /sender-keys/:keyId/end', { params: { keyId: changed.body.id }, body: {} })
    expect(await send(changed.body, envelope([recordOf(9)]))).toMatchObject({ code: 'feeds.keyEnded' })
    const again = await admin().post('POST /sender-keys/:keyId/end', { params: { keyId: old.id }, body: {} })
    expect(again.problem?.code).toBe('feeds.keyHasEnded')
  })

  it('is told what is wrong with an envelope: cut off, for another feed, without records, too large', async () => {
    const key = await newKey()
    const before = await count()
    const cut = await send(key, envelope([recordOf(10)], { recordCount: 2 }))
    expect(cut).toMatchObject({ status: 422, code: 'feeds.envelopeWrong' })
    expect(cut.detail).toContain('实际有 1 条')
    expect((await send(key, envelope([recordOf(10)], { feedId: 'disability' }))).detail).toContain('disability')
    expect((await send(key, envelope([]))).detail).toContain('records')
    expect((await send(key, envelope([recordOf(10)], { asOfDate: '2021-02-30' }))).detail).toContain('asOfDate')
    expect((await send(key, envelope([{ note: 'x'.repeat(9_000_000) }]))).status).toBe(413)
    expect(await count()).toBe(before)
  })

  it('is turned away with a request played again for as long as its time is good; then nobody needs the nonce', async () => {
    const key = await newKey()
    const [body, nonce, at] = [envelope([recordOf(5)]), randomUUID(), now() + 299]
    expect((await send(key, body, { nonce, at })).status).toBe(200)
    const forget = async () => expect((await words.house.run('feeds.forgetDelivered')).failures).toEqual([])
    words.house.later(598_000)
    await forget()
    expect(await send(key, body, { nonce, at })).toMatchObject({ status: 409, code: 'feeds.replayed' })
    words.house.later(3_600_000)
    await forget()
    expect(await words.house.sql('select from feeds.nonce where key_id = $1', [key.id])).toEqual([])
    expect(await send(key, body, { nonce, at })).toMatchObject({ status: 401, code: 'feeds.clockOff' })
  })
})

it('keys lie sealed, are told once, and nobody but the administrator sees that they are there', async () => {
  const key = await newKey()
  const stored = await words.house.sql(
    `select encode(secret, 'escape') as secret from feeds.sender_key where id = $1`,
    [key.id],
  )
  expect(JSON.stringify(stored)).not.toContain(key.secret)
  expect(JSON.stringify((await admin().get('GET /sender-keys')).body)).not.toContain(key.secret)
  expect((await words.officer.get('GET /sender-keys')).problem?.code).toBe('request.notAllowed')
  expect((await admin().get('GET /deliveries', { query: {} })).problem?.code).toBe('request.notAllowed')
  const unproved = words.house.as('admin', { proved: false })
  const asked = await unproved.post('POST /sender-keys', { body: { source: 'unemployment', sender: '某系统' } })
  expect(asked.problem?.code).toBe('request.proofNeeded')
})
