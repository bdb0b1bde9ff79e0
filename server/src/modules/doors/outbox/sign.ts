import { createHmac, randomBytes } from 'node:crypto'
import { signatureOf, signedHeaders } from '../../../platform/signed-body.ts'

const prefix = 'whsec_'

/** 32 random bytes as Standard Webhooks writes them. */
export const newSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`

/** Of a message with this id, at this second: `v1,…` for each secret that is good, the newest first. */
export function webhookHeaders(
  id: string,
  at: Date,
  body: string,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(at.getTime() / 1000))
  const signed = secrets.map(secret => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signed.join(' ') }
}

/** As machines of bureaus sign what they send here. */
export function machineHeaders(key: string, secret: string, at: Date, nonce: string, body: string) {
  const seconds = String(Math.floor(at.getTime() / 1000))
  return {
    [signedHeaders.key]: key,
    [signedHeaders.at]: seconds,
    [signedHeaders.nonce]: nonce,
    [signedHeaders.signature]: signatureOf(secret, seconds, nonce, Buffer.from(body)).toString('hex'),
  }
}
