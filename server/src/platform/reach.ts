import { lookup as lookUp } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/**
 * The only way out of the house: to an address that somebody typed. It goes to the open network over https and nowhere inside, by
 * the address a name really has at the moment of the connection and not by its spelling; it follows no redirect and waits for no one.
 * What an operator names in the configuration may be called although it lies inside.
 */
export interface Reach {
  /** What is wrong with an address by its spelling; undefined when it may be tried. */
  faultOf(url: string): AddressFault | undefined
  call(url: string, sent: Sent): Promise<Reached>
}

export type AddressFault = 'notUrl' | 'notHttps' | 'withPassword' | 'inside'

export interface Sent {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
  /** Of the answer no more is read. */
  readonly mostBytes: number
}

export type Reached =
  | {
      readonly status: number
      readonly retryAfter: string | undefined
      readonly text: string
      readonly isWhole: boolean
    }
  | { readonly failed: CallFault }

export type CallFault = AddressFault | 'unknownHost' | 'unreachable' | 'timeout' | 'certificate'

/** @param insideOrigins such as `https://10.32.1.5` or `http://127.0.0.1:9000`: exempt from https and from being outside */
export function reachOf(insideOrigins: readonly string[] = [], resolve: typeof lookUp = lookUp): Reach {
  const exempt = new Set(insideOrigins)
  const faultOf = (text: string): AddressFault | undefined => {
    if (!URL.canParse(text)) return 'notUrl'
    const url = new URL(text)
    if (url.username || url.password) return 'withPassword'
    if (exempt.has(url.origin)) return undefined
    if (url.protocol !== 'https:') return url.protocol === 'http:' ? 'notHttps' : 'notUrl'
    return isInsideName(url.hostname) ? 'inside' : undefined
  }
  return {
    faultOf,
    call: async (text, sent) => {
      const fault = faultOf(text)
      if (fault) return { failed: fault }
      const url = new URL(text)
      return await ask(url, sent, exempt.has(url.origin) ? undefined : onlyOutside(resolve))
    },
  }
}

/** A name of this machine or of its network, or an address that is. */
function isInsideName(hostname: string): boolean {
  const name = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
  if (isIP(name)) return isInside(name)
  return !name.includes('.') || /\.(localhost|local|internal|intranet|lan|home|corp|arpa)$/.test(name)
}

const inside = new BlockList()
for (const net of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]) {
  const [address = '', bits] = net.split('/')
  inside.addSubnet(address, Number(bits), 'ipv4')
}
// Of the open network, what stands for something else: Teredo and the like, examples, 6to4.
const notReally = new BlockList()
notReally.addSubnet('2001::', 23, 'ipv6')
notReally.addSubnet('2001:db8::', 32, 'ipv6')
notReally.addSubnet('2002::', 16, 'ipv6')
notReally.addSubnet('3fff::', 20, 'ipv6')
const open = new BlockList()
open.addSubnet('2000::', 3, 'ipv6')

/** Whether an address is no address of the open network: of IPv6 only what is given out as such is outside. */
export const isInside = (address: string): boolean =>
  isIP(address) === 4
    ? inside.check(address, 'ipv4')
    : isIP(address) !== 6 || !open.check(address, 'ipv6') || notReally.check(address, 'ipv6')

const insideCode = 'EINSIDE'

/** The addresses of a name are looked at as the connection takes them, so that an answer cannot change in between. One inside is enough. */
const onlyOutside =
  (resolve: typeof lookUp): LookupFunction =>
  (hostname, options, done) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      const refused =
        error ?? (!first || addresses.some(one => isInside(one.address)) ? withCode(insideCode) : undefined)
      if (refused || !first) done(refused ?? withCode(insideCode), '', 4)
      else if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })

const withCode = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code })

function ask(url: URL, sent: Sent, lookup: LookupFunction | undefined): Promise<Reached> {
  return new Promise(resolve => {
    const signal = AbortSignal.timeout(sent.timeoutMs)
    const failed = (error: NodeJS.ErrnoException) =>
      resolve({ failed: signal.aborted ? 'timeout' : faultOfCode(error) })
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: sent.method,
      headers: {
        'user-agent': 'Zhulian',
        ...sent.headers,
        ...(sent.body === undefined ? {} : { 'content-length': Buffer.byteLength(sent.body) }),
      },
      agent: false,
      signal,
      ...(lookup ? { lookup } : {}),
    })
    request.on('error', failed)
    request.on('response', response => {
      const parts: Buffer[] = []
      let bytes = 0
      const end = (isWhole: boolean) =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          text: Buffer.concat(parts).subarray(0, sent.mostBytes).toString('utf8'),
          isWhole,
        })
      response.on('data', (part: Buffer) => {
        parts.push(part)
        bytes += part.length
        if (bytes <= sent.mostBytes) return
        end(false)
        request.destroy()
      })
      response.on('end', () => end(true))
      response.on('error', failed)
    })
    request.end(sent.body)
  })
}

function faultOfCode({ code = '' }: NodeJS.ErrnoException): CallFault {
  if (code === insideCode) return 'inside'
  if (['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ENODATA'].includes(code)) return 'unknownHost'
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/.test(code)) return 'certificate'
  return code === 'ETIMEDOUT' ? 'timeout' : 'unreachable'
}
