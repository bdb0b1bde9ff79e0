import type { lookup } from 'node:dns'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isInside, reachOf } from './reach.ts'

let server: Server
let origin: string
let asked = 0
beforeAll(async () => {
  server = createServer((request, response) => {
    asked++
    if (request.url === '/away') response.writeHead(302, { location: `${origin}/here` }).end()
    else if (request.url === '/long') response.end('x'.repeat(5000))
    else if (request.url === '/slow') setTimeout(() => response.end(), 2000).unref()
    else response.writeHead(429, { 'retry-after': '7' }).end('later')
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const sent = { method: 'POST', headers: {}, body: '{}', timeoutMs: 1000, mostBytes: 1000 } as const
/** A resolver whose every name has these addresses. */
const named = (...addresses: string[]) =>
  ((_name: string, _options: object, done: (...all: unknown[]) => void) =>
    done(
      null,
      addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof lookup

describe('an address that somebody typed', () => {
  it.each([
    ['https://hooks.example.gov.cn/a', undefined],
    ['https://hooks.example.gov.cn:8443/a?b=c', undefined],
    ['http://hooks.example.gov.cn/a', 'notHttps'],
    ['ftp://hooks.example.gov.cn/a', 'notUrl'],
    ['file:///etc/passwd', 'notUrl'],
    ['hooks.example.gov.cn', 'notUrl'],
    ['https://a:b@hooks.example.gov.cn', 'withPassword'],
    ['https://localhost/', 'inside'],
    ['https://database/', 'inside'],
    ['https://metadata.google.internal/', 'inside'],
    ['https://printer.local./', 'inside'],
    ['https://127.0.0.1/', 'inside'],
    ['https://2130706433/', 'inside'],
    ['https://0x7f.1/', 'inside'],
    ['https://017700000001/', 'inside'],
    ['https://169.254.169.254/latest/meta-data', 'inside'],
    ['https://100.100.100.200/', 'inside'],
    ['https://10.1.2.3/', 'inside'],
    ['https://172.31.0.1/', 'inside'],
    ['https://192.168.0.1/', 'inside'],
    ['https://0.0.0.0/', 'inside'],
    ['https://[::1]/', 'inside'],
    ['https://[::ffff:127.0.0.1]/', 'inside'],
    ['https://[64:ff9b::7f00:1]/', 'inside'],
    ['https://[2002:7f00:1::]/', 'inside'],
    ['https://[fe80::1]/', 'inside'],
    ['https://[fd00::1]/', 'inside'],
    ['https://[2400:3200::1]/', undefined],
    ['https://223.5.5.5/', undefined],
  ])('%s is %s', (url, fault) => {
    expect(reachOf().faultOf(url)).toBe(fault)
  })

  it('is let through inside only where the configuration names its origin, to the letter', () => {
    const reach = reachOf([origin])
    expect(reach.faultOf(`${origin}/x`)).toBeUndefined()
    expect(reach.faultOf('http://127.0.0.1:1/x')).toBe('notHttps')
    expect(reach.faultOf(`${origin.replace('127.0.0.1', 'localhost')}/x`)).toBe('notHttps')
  })
})

describe('a call', () => {
  it('goes by the addresses the name has now: one inside among them is enough, and nothing is sent', async () => {
    const url = `https://hooks.example.gov.cn:${new URL(origin).port}/`
    const before = asked
    for (const addresses of [['127.0.0.1'], ['223.5.5.5', '127.0.0.1'], ['::1'], ['::ffff:10.0.0.1'], []])
      expect(await reachOf([], named(...addresses)).call(url, sent)).toEqual({ failed: 'inside' })
    expect(asked).toBe(before)
  })

  it('tells what came back, no more of it than asked for, and follows nothing', async () => {
    const reach = reachOf([origin])
    expect(await reach.call(`${origin}/x`, sent)).toEqual({
      status: 429,
      retryAfter: '7',
      text: 'later',
      isWhole: true,
    })
    expect(await reach.call(`${origin}/away`, sent)).toMatchObject({ status: 302 })
    const long = await reach.call(`${origin}/long`, sent)
    expect(long).toMatchObject({ status: 200, isWhole: false })
    expect('text' in long && long.text.length).toBe(1000)
  })

  it('says why nothing came back', async () => {
    const reach = reachOf([origin, 'http://127.0.0.1:1'])
    expect(await reach.call(`${origin}/slow`, { ...sent, timeoutMs: 60 })).toEqual({ failed: 'timeout' })
    expect(await reach.call('http://127.0.0.1:1/', sent)).toEqual({ failed: 'unreachable' })
    expect(await reach.call('http://hooks.example.gov.cn/', sent)).toEqual({ failed: 'notHttps' })
  })

  it('knows addresses that only look like the open network', () => {
    for (const address of ['203.0.113.9', '198.18.0.1', '224.0.0.1', '255.255.255.255', '2001:db8::1', '2001::1', 'x'])
      expect([address, isInside(address)]).toEqual([address, true])
    for (const address of ['1.1.1.1', '223.5.5.5', '2606:4700::1'])
      expect([address, isInside(address)]).toEqual([address, false])
  })
})
