import { createHmac, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { suiteNames, type SuiteName } from './cipher-suites.ts'
import { cannotUse, SetupProblem } from './setup-problem.ts'

/**
 * The keys of the installation, in one file that never lies beside the database. A new key is added, never put in place
 * of an old one: every sealed value names its key, so old values open until they are sealed again.
 */
export interface Keyring {
  /** Number of the key that new values are sealed with. */
  readonly current: number
  /** @throws SetupProblem when the file does not hold this key */
  key(number: number): Buffer
  readonly blind: Buffer
  /** How new values are sealed. */
  readonly suite: SuiteName
  /** How blind indexes are made: as at the beginning, since all of one column must be made alike. */
  readonly blindSuite: SuiteName
  /** Tells a key without telling anything of it: kept in the database to notice a wrong or lost key file. */
  readonly fingerprints: ReadonlyMap<string, string>
}

interface KeyFile {
  readonly about: string
  readonly current: number
  readonly keys: Readonly<Record<string, string>>
  readonly blind: string
  readonly suite: SuiteName
  readonly blindSuite: SuiteName
}

/** Reads the key file, or makes it (owner may read, nobody else) when there is none. @param suite of a new file */
export function openKeyring(file: string, suite: SuiteName): Keyring {
  if (!fs.existsSync(file)) {
    try {
      write(file, fresh(suite))
    } catch (error) {
      throw cannotUse(path.dirname(file), error)
    }
  }
  return readKeyring(file)
}

export function readKeyring(file: string): Keyring {
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8')
    if (process.platform !== 'win32' && (fs.statSync(file).mode & 0o077) !== 0) fs.chmodSync(file, 0o600)
  } catch (error) {
    throw new SetupProblem(
      {
        zh: `密钥文件 ${file} 读不了或权限过宽且无法收紧。请检查文件归属，或用 ZHULIAN_KEYS 指定密钥文件。`,
        en: `The key file ${file} cannot be read, or others may read it and that cannot be changed. Check who owns it, or name the key file with ZHULIAN_KEYS.`,
      },
      error,
    )
  }
  return keyringOf(parse(text, file))
}

/** Adds a key and makes it the one new values are sealed with, in another suite if so wished. Old values still open. */
export function rotateKeyring(file: string, suite?: SuiteName): Keyring {
  const held = parse(fs.readFileSync(file, 'utf8'), file)
  const next = Math.max(...Object.keys(held.keys).map(Number)) + 1
  const part = `${file}.part`
  fs.writeFileSync(
    part,
    format({ ...held, suite: suite ?? held.suite, current: next, keys: { ...held.keys, [next]: secret() } }),
    { mode: 0o600 },
  )
  fs.renameSync(part, file)
  return readKeyring(file)
}

/** Keys that live as long as the process, for tests. */
export const passingKeyring = (suite: SuiteName = 'aes'): Keyring => keyringOf(fresh(suite))

function keyringOf(held: KeyFile): Keyring {
  const keys = new Map(Object.entries(held.keys).map(([number, key]) => [Number(number), Buffer.from(key, 'base64')]))
  const blind = Buffer.from(held.blind, 'base64')
  return {
    current: held.current,
    blind,
    suite: held.suite,
    blindSuite: held.blindSuite,
    key(number) {
      const key = keys.get(number)
      if (key) return key
      throw new SetupProblem({
        zh: `密钥文件里没有第 ${number} 号密钥，用它加密的内容无法打开。请从备份恢复密钥文件。`,
        en: `The key file holds no key ${number}, and what was sealed with it cannot be opened. Restore the key file from its backup.`,
      })
    },
    fingerprints: new Map([
      ...[...keys].map(([n, key]) => [`seal ${n}`, print(key)] as const),
      ['blind', print(blind)],
    ]),
  }
}

const about = 'Keys of the sealed columns. Keep a copy in a safe place, never beside a copy of the database.'
const secret = () => randomBytes(32).toString('base64')
const fresh = (suite: SuiteName): KeyFile => ({
  about,
  suite,
  blindSuite: suite,
  current: 1,
  keys: { 1: secret() },
  blind: secret(),
})
const print = (key: Buffer) => createHmac('sha256', key).update('zhulian key fingerprint').digest('hex').slice(0, 16)
const format = (held: KeyFile) => `${JSON.stringify(held, null, 2)}\n`

/** Two processes that start together must end with one key: the link fails for the second, who then reads the first's. */
function write(file: string, held: KeyFile): void {
  // Only the folder of the keys is closed: the database's user must get through the one above it.
  fs.mkdirSync(path.dirname(path.dirname(file)), { recursive: true, mode: 0o755 })
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const part = `${file}.${process.pid}.part`
  fs.writeFileSync(part, format(held), { mode: 0o600, flush: true })
  try {
    fs.linkSync(part, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.rmSync(part)
  }
}

function parse(text: string, file: string): KeyFile {
  try {
    const held = JSON.parse(text) as KeyFile
    if (![held.suite, held.blindSuite].every(s => suiteNames.includes(s))) throw new RangeError('unknown suite')
    const secrets = [held.blind, ...Object.values(held.keys)]
    if (held.keys[held.current] === undefined || secrets.some(s => Buffer.from(s, 'base64').length !== 32))
      throw new RangeError('keys missing')
    return held
  } catch (error) {
    throw new SetupProblem(
      {
        zh: `密钥文件 ${file} 内容不完整。请从备份恢复，不要新建：新密钥打不开已有的内容。`,
        en: `The key file ${file} is not complete. Restore it from its backup; do not make a new one, which could not open what is already sealed.`,
      },
      error,
    )
  }
}
