/**
 * What a work telephone keeps, sealed. The key lies wrapped under one that is made of the PIN and of a secret the server
 * gave this telephone; five wrong PINs, a day without contact or a revoked telephone empty it. Names of records are ids and
 * tell nothing.
 */
const name = 'zhulian-visits'
/** SHA-256 rounds. About half a second on a telephone of 1000 yuan; 0.2 s on a desk computer. */
const rounds = 600_000
export const mostTries = 5
export const keepMs = 24 * 3_600_000

interface Lock {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly wrapped: ArrayBuffer
  /** Of the server's secret; can be used and not be read. */
  readonly secretKey: CryptoKey
  readonly account: string
  readonly device: string
  readonly tries: number
  /** Last contact with the server, ms since 1970. */
  readonly contactAt: number
}
interface Sealed {
  readonly waits?: number | undefined
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

let opened: Promise<IDBDatabase> | undefined
const database = () =>
  (opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const ask = indexedDB.open(name, 1)
    ask.addEventListener('upgradeneeded', () => {
      ask.result.createObjectStore('lock')
      ask.result.createObjectStore('sealed')
    })
    ask.addEventListener('success', () => resolve(ask.result))
    ask.addEventListener('error', () => reject(ask.error ?? new Error('no storage')))
  }))

async function within<T>(
  store: 'lock' | 'sealed',
  mode: IDBTransactionMode,
  work: (s: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await database()
  return await new Promise<T>((resolve, reject) => {
    // Strict: what was said to be kept lies on the disk, also when the battery dies in the next moment.
    const transaction = db.transaction(store, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' })
    const ask = work(transaction.objectStore(store))
    transaction.addEventListener('complete', () => resolve(ask.result))
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('storage refused')))
  })
}

const readLock = () => within<Lock | undefined>('lock', 'readonly', s => s.get('lock') as IDBRequest<Lock | undefined>)
const writeLock = (lock: Lock) => within('lock', 'readwrite', s => s.put(lock, 'lock'))

const bytes = (text: string) => new TextEncoder().encode(text)

/** Made of the PIN, slowly, and then of the telephone's secret: neither is enough alone. */
async function keyOf(pin: string, salt: Uint8Array<ArrayBuffer>, secretKey: CryptoKey): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', bytes(pin), 'PBKDF2', false, ['deriveBits'])
  const slow = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, typed, 256)
  const mixed = await crypto.subtle.sign('HMAC', secretKey, slow)
  return await crypto.subtle.importKey('raw', mixed, 'AES-KW', false, ['wrapKey', 'unwrapKey'])
}

/** An open vault: the only hands on the key. */
export interface Vault {
  readonly account: string
  readonly device: string
  read<T>(key: string): Promise<T | undefined>
  /** @param waits how many rows wait to be sent, kept beside in the open */
  write(key: string, value: unknown, waits?: number): Promise<void>
  readBytes(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  writeBytes(key: string, content: Uint8Array<ArrayBuffer>, waits?: number): Promise<void>
  remove(key: string): Promise<void>
  /** The server was reached: another day. */
  touch(): Promise<void>
}

function vaultOf(key: CryptoKey, { account, device }: Pick<Lock, 'account' | 'device'>): Vault {
  const readBytes = async (at: string) => {
    const sealed = await within<Sealed | undefined>(
      'sealed',
      'readonly',
      s => s.get(at) as IDBRequest<Sealed | undefined>,
    )
    if (!sealed) return undefined
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.iv, additionalData: bytes(at) },
      key,
      sealed.data,
    )
    return new Uint8Array(plain)
  }
  const writeBytes = async (at: string, content: Uint8Array<ArrayBuffer>, waits?: number) => {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytes(at) }, key, content)
    await within('sealed', 'readwrite', s => s.put({ iv, data, waits } satisfies Sealed, at))
  }
  return {
    account,
    device,
    readBytes,
    writeBytes,
    async read<T>(at: string) {
      const content = await readBytes(at)
      return content && (JSON.parse(new TextDecoder().decode(content)) as T)
    },
    write: (at, value, waits) => writeBytes(at, bytes(JSON.stringify(value)), waits),
    async remove(at) {
      await within('sealed', 'readwrite', s => s.delete(at))
    },
    async touch() {
      const lock = await readLock()
      if (lock) await writeLock({ ...lock, contactAt: Date.now() })
    },
  }
}

/** Makes the vault of this telephone; what was there before is gone. */
export async function makeVault(
  pin: string,
  given: { readonly account: string; readonly device: string; readonly secret: string },
): Promise<Vault> {
  await wipeVault()
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const secretKey = await crypto.subtle.importKey(
    'raw',
    bytes(given.secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])
  const over = await keyOf(pin, salt, secretKey)
  const wrapped = await crypto.subtle.wrapKey('raw', fresh, over, 'AES-KW')
  const { account, device } = given
  await writeLock({ salt, wrapped, secretKey, account, device, tries: 0, contactAt: Date.now() })
  const vault = vaultOf(await unwrap(wrapped, over), { account, device })
  // For the question whether the telephone still stands, which is asked without a session.
  await vault.write('secret', given.secret)
  return vault
}

const unwrap = (wrapped: ArrayBuffer, over: CryptoKey) =>
  crypto.subtle.unwrapKey('raw', wrapped, over, 'AES-KW', { name: 'AES-GCM' }, false, ['encrypt', 'decrypt'])

export type Standing =
  | { readonly state: 'none' }
  | { readonly state: 'locked'; readonly account: string; readonly left: number; readonly until: number }
  /** A day went by without contact: it was emptied just now. */
  | { readonly state: 'expired' }

/** Whether there is a vault here. One that is too old is emptied before anything is shown. */
export async function standingOfVault(): Promise<Standing> {
  const lock = await readLock()
  if (!lock) return { state: 'none' }
  const until = lock.contactAt + keepMs
  // A clock set back would keep it for ever.
  if (Date.now() > until || Date.now() < lock.contactAt - keepMs) {
    await wipeVault()
    return { state: 'expired' }
  }
  return { state: 'locked', account: lock.account, left: mostTries - lock.tries, until }
}

export type Opened = Vault | { readonly wrong: true; readonly left: number }

/** Opens with the PIN. A try is counted before it is made, so that killing the app gives none back. The fifth wrong one empties the telephone. */
export async function openVault(pin: string): Promise<Opened> {
  const lock = await readLock()
  if (!lock || lock.tries >= mostTries) {
    await wipeVault()
    return { wrong: true, left: 0 }
  }
  const tries = lock.tries + 1
  await writeLock({ ...lock, tries })
  try {
    const key = await unwrap(lock.wrapped, await keyOf(pin, lock.salt, lock.secretKey))
    await writeLock({ ...lock, tries: 0 })
    return vaultOf(key, lock)
  } catch {
    if (tries >= mostTries) await wipeVault()
    return { wrong: true, left: mostTries - tries }
  }
}

/** Nothing is left, the key first. */
export async function wipeVault(): Promise<void> {
  await within('lock', 'readwrite', s => s.clear())
  await within('sealed', 'readwrite', s => s.clear())
}

/** How many rows wait to be sent, whether or not the vault is open. */
export const notedUnsent = async (): Promise<number> => {
  const day = await within<Sealed | undefined>(
    'sealed',
    'readonly',
    s => s.get('day') as IDBRequest<Sealed | undefined>,
  )
  return day?.waits ?? 0
}
