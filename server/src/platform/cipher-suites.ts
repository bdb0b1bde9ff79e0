import {
  type Cipheriv,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** A way to seal: authenticated, with the place of the value (`aad`) under the seal. */
export interface Suite {
  /** First byte of every value sealed this way. */
  readonly number: number
  /** @param key 32 bytes @param start what the value begins with, unsealed: a large value is put together once */
  seal(key: Buffer, aad: Buffer, plain: string | Uint8Array, start: Buffer): Buffer
  /** @returns undefined when the seal does not hold */
  open(key: Buffer, aad: Buffer, sealed: Buffer): string | undefined
  /** Keyed hash for blind indexes, 32 bytes. */
  hash(key: Buffer, text: string): Buffer
}

export const suiteNames = ['aes', 'sm'] as const
export type SuiteName = (typeof suiteNames)[number]

const tag = 16

const updated = (cipher: Cipheriv, plain: string | Uint8Array): Buffer =>
  typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)

/** Keys as objects: handed over as bytes, each use costs five times as much (12 µs against 2.4 for a keyed hash). */
const objects = new WeakMap<
  Buffer,
  { readonly whole: KeyObject; readonly first: KeyObject; readonly second: KeyObject }
>()

function objectOf(key: Buffer) {
  let known = objects.get(key)
  if (!known) {
    known = {
      whole: createSecretKey(key),
      first: createSecretKey(key.subarray(0, 16)),
      second: createSecretKey(key.subarray(16)),
    }
    objects.set(key, known)
  }
  return known
}

/** AES-256-GCM and HMAC-SHA-256: iv 12, ciphertext, tag 16. About 6 µs to seal and 3 µs to open an ID number. */
const aes: Suite = {
  number: 1,
  seal(key, aad, plain, start) {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', objectOf(key).whole, iv, { authTagLength: tag }).setAAD(aad)
    return Buffer.concat([start, iv, updated(cipher, plain), cipher.final(), cipher.getAuthTag()])
  },
  open(key, aad, sealed) {
    if (sealed.length < 12 + tag) return undefined
    const decipher = createDecipheriv('aes-256-gcm', objectOf(key).whole, sealed.subarray(0, 12), {
      authTagLength: tag,
    })
    decipher.setAAD(aad).setAuthTag(sealed.subarray(-tag))
    try {
      return Buffer.concat([decipher.update(sealed.subarray(12, -tag)), decipher.final()]).toString('utf8')
    } catch {
      return undefined
    }
  },
  hash: (key, text) => createHmac('sha256', objectOf(key).whole).update(text).digest(),
}

/**
 * SM4-CTR, then HMAC-SM3 over place and ciphertext: iv 16, ciphertext, mac 16. Where commercial cryptography is assessed
 * (商用密码应用安全性评估). OpenSSL has no SM4-GCM. About 8 µs to seal. The key's first half encrypts, its second authenticates.
 * @source GB/T 32907-2016, GB/T 32905-2016
 */
const sm: Suite = {
  number: 2,
  seal(key, aad, plain, start) {
    const iv = randomBytes(16)
    const cipher = createCipheriv('sm4-ctr', objectOf(key).first, iv)
    const body = Buffer.concat([iv, updated(cipher, plain), cipher.final()])
    return Buffer.concat([start, body, smMac(key, aad, body)])
  },
  open(key, aad, sealed) {
    if (sealed.length < 16 + tag) return undefined
    const body = sealed.subarray(0, -tag)
    if (!timingSafeEqual(smMac(key, aad, body), sealed.subarray(-tag))) return undefined
    const decipher = createDecipheriv('sm4-ctr', objectOf(key).first, body.subarray(0, 16))
    return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()]).toString('utf8')
  },
  hash: (key, text) => createHmac('sm3', objectOf(key).whole).update(text).digest(),
}

/** The length of the place goes in too, so that no other split of the same bytes has this mac. */
function smMac(key: Buffer, aad: Buffer, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(aad.length)
  return createHmac('sm3', objectOf(key).second).update(length).update(aad).update(body).digest().subarray(0, tag)
}

export const suites: Readonly<Record<SuiteName, Suite>> = { aes, sm }
export const suiteOf = (number: number): Suite | undefined => Object.values(suites).find(s => s.number === number)
