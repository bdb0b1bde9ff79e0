import path from 'node:path'
import { isDivisionCode } from '@zhulian/kernel'
import { type SuiteName, suiteNames } from './cipher-suites.ts'
import { SetupProblem } from './setup-problem.ts'

/** What the environment decides; everything else is data. */
export interface Config {
  /** Six digits: the district whose machine actor runs the clockwork. */
  readonly district: string
  /** IANA zone of the office: its calendar day is "today". */
  readonly zone: string
  /** Where the installation keeps what it must not lose: the private database and, apart from it, the keys. */
  readonly dataDir: string
  /** The file of keys; by default `keys/keyring.json` in the data folder. */
  readonly keysPath: string
  /** How a new key file seals: `aes`, or `sm` for SM4 and SM3. */
  readonly cipher: SuiteName
  /** What the district ships: policies, calendar, divisions. */
  readonly shippedDir: string
  /** An own PostgreSQL instead of the private one. */
  readonly databaseUrl: string | undefined
  /** Logins of its request and job roles, when the first login is not to act as them. */
  readonly databaseAppUrl: string | undefined
  readonly databaseJobsUrl: string | undefined
  /** `npm` or `system` insists on where the private PostgreSQL comes from; by default the first found. */
  readonly postgres: 'npm' | 'system' | undefined
  readonly host: string
  readonly port: number
  /** Address of the reverse proxy whose forwarded headers are believed; undefined believes nobody. */
  readonly trustedProxy: string | undefined
  /** The address people type where it is https; cookies are then tied to it. */
  readonly origin: string | undefined
  /** Origins of other systems that may be called although they lie in the network of the office, such as the province's. */
  readonly insideOrigins: readonly string[]
  /** Made-up people, known passwords, and a clock that may be set. Never beside real people. */
  readonly demo: boolean
}

/** The folder that holds `server`, `data` and `packages`. */
export const checkout = path.resolve(import.meta.dirname, '../../..')

/** @throws SetupProblem naming the variable that is wrong */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = (name: string) => env[name]?.trim() || undefined
  const dataDir = path.resolve(given('ZHULIAN_DATA') ?? path.join(checkout, '.data'))
  const district = given('ZHULIAN_DISTRICT') ?? '330111'
  if (!isDivisionCode(district) || district.length !== 6)
    throw wrong('ZHULIAN_DISTRICT', '六位行政区划代码', 'a six-digit division code')
  const port = Number(given('PORT') ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw wrong('PORT', '0–65535 的整数', 'a whole number from 0 to 65535')
  const zone = given('ZHULIAN_ZONE') ?? 'Asia/Shanghai'
  if (!isZone(zone)) throw wrong('ZHULIAN_ZONE', '时区名，例如 Asia/Shanghai', 'a time zone such as Asia/Shanghai')
  const postgres = given('ZHULIAN_PG')
  if (postgres !== undefined && postgres !== 'npm' && postgres !== 'system')
    throw wrong('ZHULIAN_PG', 'npm 或 system', 'npm or system')
  const cipher = suiteNames.find(name => name === (given('ZHULIAN_CIPHER') ?? 'aes'))
  if (!cipher) throw wrong('ZHULIAN_CIPHER', 'aes 或 sm（国密）', 'aes or sm (SM4 and SM3)')
  const origin = given('ZHULIAN_ORIGIN')
  if (origin !== undefined && !(URL.canParse(origin) && new URL(origin).origin === origin))
    throw wrong(
      'ZHULIAN_ORIGIN',
      '网址的开头部分，例如 https://zhulian.example.gov.cn',
      'an origin such as https://zhulian.example.gov.cn',
    )
  const insideOrigins = (given('ZHULIAN_INSIDE') ?? '').split(',').flatMap(text => text.trim() || [])
  if (!insideOrigins.every(text => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text))
    throw wrong(
      'ZHULIAN_INSIDE',
      '以逗号分隔的网址开头部分，例如 https://10.32.1.5',
      'origins with commas between them, such as https://10.32.1.5',
    )
  return {
    district,
    zone,
    dataDir,
    keysPath: path.resolve(given('ZHULIAN_KEYS') ?? path.join(dataDir, 'keys', 'keyring.json')),
    cipher,
    shippedDir: path.resolve(given('ZHULIAN_SHIPPED') ?? path.join(checkout, 'data')),
    databaseUrl: given('DATABASE_URL'),
    databaseAppUrl: given('DATABASE_APP_URL'),
    databaseJobsUrl: given('DATABASE_JOBS_URL'),
    postgres,
    host: given('HOST') ?? '127.0.0.1',
    port,
    trustedProxy: given('TRUSTED_PROXY'),
    origin,
    insideOrigins,
    demo: given('ZHULIAN_DEMO') === '1',
  }
}

const wrong = (name: string, zh: string, en: string) =>
  new SetupProblem({
    zh: `环境变量 ${name} 的值不对，应为${zh}。请改正后重新启动。`,
    en: `The environment variable ${name} must be ${en}. Correct it and start again.`,
  })

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
