import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { outcomeOf, plainLetters } from './outcome.ts'
import { newSecret, webhookHeaders } from './sign.ts'
import { askedToWait, restAfter, waitAfter } from './waits.ts'

const hours = (ms: number) => ms / 3_600_000

describe('a message that does not arrive', () => {
  it('is tried ten times, each wait longer than the one before, over more than three days', () => {
    const waits = Array.from({ length: 9 }, (_, i) => waitAfter(i + 1, 0) ?? 0)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(hours(waits.reduce((sum, wait) => sum + wait, 0))).toBeCloseTo(75.58, 2)
    expect(waitAfter(10, 0)).toBeUndefined()
    expect(waitAfter(4, 1)).toBe(7_920_000)
  })

  it('lets a failing address rest, an hour at most', () => {
    expect([1, 2, 3, 4, 99].map(restAfter)).toEqual([5000, 300_000, 1_800_000, 3_600_000, 3_600_000])
  })

  it('waits as long as it is asked to, a day at most, and heeds no nonsense', () => {
    const now = new Date('2021-09-13T01:00:00Z')
    expect(askedToWait('120', now)).toBe(120_000)
    expect(askedToWait('Mon, 13 Sep 2021 01:05:00 GMT', now)).toBe(300_000)
    expect(askedToWait('999999999', now)).toBe(86_400_000)
    for (const none of [undefined, '', '-5', 'soon', 'Mon, 13 Sep 2021 00:00:00 GMT'])
      expect(askedToWait(none, now)).toBe(0)
  })
})

describe('an answer', () => {
  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [301, 'failed'],
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [408, 'failed'],
    [410, 'gone'],
    [425, 'failed'],
    [429, 'slowDown'],
    [500, 'failed'],
    [502, 'slowDown'],
    [503, 'slowDown'],
  ])('of %i means %s', (status, outcome) => {
    expect(outcomeOf({ status, text: '', retryAfter: undefined, isWhole: true }).outcome).toBe(outcome)
  })

  it('is kept in a few plain letters, without names, numbers and addresses of anybody', () => {
    const said = '{"error":"陆阿香 330111194605016021 not found","mail":"a.b@c.cn","code":404}\r\n\u0007'
    expect(plainLetters(said)).toBe('{"error":" * not found","mail":"*","code":404}')
    expect(plainLetters('x'.repeat(9000))?.length).toBe(200)
    expect(plainLetters('张三')).toBeNull()
  })
})

describe('a signature', () => {
  it('is that of Standard Webhooks, one for each secret that is good', () => {
    const at = new Date('2021-09-13T01:00:00.900Z')
    // The worked example of the specification.
    const given = webhookHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1614265330_000), '{"test": 2432232314}', [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ])
    expect(given['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
    const [now, old] = [newSecret(), newSecret()]
    const headers = webhookHeaders('msg_1', at, '{}', [now, old])
    expect(headers['webhook-timestamp']).toBe('1631494800')
    const signed = [now, old].map(
      secret =>
        `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
          .update('msg_1.1631494800.{}')
          .digest('base64')}`,
    )
    expect(headers['webhook-signature']).toBe(signed.join(' '))
    expect(Buffer.from(now.slice(6), 'base64').length).toBe(32)
  })
})
