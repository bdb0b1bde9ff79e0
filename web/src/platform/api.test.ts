import { beforeEach, describe, expect, it } from 'vitest'
import { addressOf, api, setCsrf } from './api.ts'
import { Problem } from './problem.ts'
import { setTransport, type Received, type Sending } from './transport.ts'

const answer = (status: number, body: unknown): Received => ({
  status,
  header: () => undefined,
  text: () => Promise.resolve(JSON.stringify(body)),
  blob: () => Promise.reject(new Error('no file')),
})
let sent: Sending[] = []
const answering = (...answers: (Received | Problem)[]) =>
  setTransport(sending => {
    sent.push(sending)
    const next = answers.shift() ?? answer(500, {})
    return next instanceof Problem ? Promise.reject(next) : Promise.resolve(next)
  })

beforeEach(() => {
  sent = []
  setCsrf('token')
})

describe('asking the platform', () => {
  it('writes parameters and queries into the address', () => {
    expect(addressOf('GET /cases/:caseId', { caseId: 'a b' }, { on: '2021-09-26', mine: undefined, limit: 5 })).toEqual(
      { method: 'GET', path: '/cases/a%20b?on=2021-09-26&limit=5' },
    )
  })

  it('reads without a key, writes with one and with the token of the session', async () => {
    answering(answer(200, { items: [] }), answer(200, { done: true }))
    await api('GET /interviews')
    await api('DELETE /session')
    expect(sent[0]?.headers).not.toHaveProperty('idempotency-key')
    expect(sent[1]?.headers).toMatchObject({ 'x-csrf-token': 'token', 'accept-language': 'zh' })
    expect(sent[1]?.headers['idempotency-key']).toMatch(/^[\w-]{16,64}$/)
  })

  it('sends a write again under the same key when the net fails for a moment', async () => {
    answering(new Problem('offline', 0), answer(200, { done: true }))
    await api('DELETE /session')
    expect(sent).toHaveLength(2)
    expect(sent[1]?.headers['idempotency-key']).toBe(sent[0]?.headers['idempotency-key'])
  })

  it('does not insist when it is refused, and keeps the words of the refusal', async () => {
    answering(
      answer(409, { code: 'outreach.alreadyAccepted', detail: '羊利民刚接下了这件事。', facts: { by: '羊利民' } }),
    )
    const refused = await api('POST /cases/:caseId/accept', { params: { caseId: 'x' }, body: {} }).catch(
      (thrown: unknown) => thrown,
    )
    expect(sent).toHaveLength(1)
    expect(refused).toMatchObject({
      kind: 'refused',
      status: 409,
      code: 'outreach.alreadyAccepted',
      detail: '羊利民刚接下了这件事。',
    })
  })

  it('calls a fault of ours a fault, with the number to quote', async () => {
    answering(answer(500, { code: 'bug', detail: 'x', requestId: 'r-1' }))
    await expect(api('GET /interviews')).rejects.toMatchObject({ kind: 'fault', reference: 'r-1' })
  })
})
