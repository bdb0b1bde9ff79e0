import fs from 'node:fs'
import path from 'node:path'
import { addDays, type Words } from '@zhulian/kernel'
import { readCalendar } from './calendar.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Config } from './config.ts'
import { migrationState, openDatabase, type Database } from './database/index.ts'
import { releaseAge } from './database/releases.ts'
import { compareKeys } from './key-check.ts'
import { readKeyring, type Keyring } from './keyring.ts'
import { silentLog } from './log.ts'
import { SetupProblem } from './setup-problem.ts'

/** One thing looked at. `warn` wants attention some day, `bad` today. */
export interface Finding {
  readonly about: string
  readonly state: 'good' | 'warn' | 'bad'
  readonly words: Words
}

type Found = Omit<Finding, 'about'>
const good = (zh: string, en: string): Found => ({ state: 'good', words: { zh, en } })
const warn = (zh: string, en: string): Found => ({ state: 'warn', words: { zh, en } })
const bad = (zh: string, en: string): Found => ({ state: 'bad', words: { zh, en } })

/**
 * Looks an installation over and changes nothing but this: a private server that does not run is started for the look
 * and stopped after it. Makes neither keys nor database where there are none.
 */
export async function examine(config: Config, clock: Clock = systemClock(config.zone)): Promise<Finding[]> {
  const findings: Finding[] = []
  const look = async (about: string, how: () => Found | Promise<Found>) => {
    findings.push({ about, ...(await Promise.resolve().then(how).catch(inWords)) })
  }
  await look('node', runtime)
  await look('folder', () => folder(config))
  const keyring = fs.existsSync(config.keysPath) ? await attempt(() => readKeyring(config.keysPath)) : undefined
  await look('keys', () => keys(config, keyring))
  await look('calendar', () => calendar(config, clock))
  const isNew = config.databaseUrl === undefined && !fs.existsSync(path.join(config.dataDir, 'database'))
  if (isNew) {
    findings.push({
      about: 'database',
      ...warn('还没有数据库：首次启动时会自动建立。', 'There is no database yet: the first start makes one.'),
    })
    return findings
  }
  const database = await attempt(() => openDatabase(config, silentLog))
  await look('database', () => server(database, clock))
  if (database instanceof Error) return findings
  try {
    await look('schema', () => schema(database))
    await look('sealed', () => sealed(database, keyring))
    await look('disk', () => size(database))
    await look('jobs', () => jobs(database))
    await look('clock', () => skew(database, clock))
  } finally {
    await database.stop()
  }
  return findings
}

const attempt = async <T>(how: () => T | Promise<T>): Promise<T | Error> =>
  Promise.resolve()
    .then(how)
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))

const inWords = (error: unknown): Found =>
  error instanceof SetupProblem
    ? { state: 'bad', words: error.words }
    : bad(`没能检查：${String(error)}`, `Could not be looked at: ${String(error)}`)

function runtime(): Found {
  const [major = 0] = process.versions.node.split('.').map(Number)
  const words = [
    `Node ${process.versions.node}，${process.platform} ${process.arch}`,
    `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
  ] as const
  return major >= 24 ? good(...words) : warn(`${words[0]}；推荐 24。`, `${words[1]}; 24 is recommended.`)
}

function folder({ dataDir }: Config): Found {
  if (!fs.existsSync(dataDir))
    return warn(`数据目录 ${dataDir} 还没有建立。`, `The data folder ${dataDir} is not there yet.`)
  const { bavail, bsize } = fs.statfsSync(dataDir)
  const free = Math.round((bavail * bsize) / 2 ** 30)
  const [zh, en] = [`数据目录 ${dataDir}，可用空间 ${free} GB`, `Data folder ${dataDir}, ${free} GB free`]
  if (free < 1)
    return bad(`${zh}。请立即腾出空间：写满后数据库会停止。`, `${en}. Make room now: a database on a full disk stops.`)
  return free < 5 ? warn(`${zh}，偏少。`, `${en}, which is little.`) : good(zh, en)
}

function keys({ keysPath, dataDir }: Config, keyring: Keyring | Error | undefined): Found {
  if (keyring === undefined)
    return warn(`密钥文件 ${keysPath} 还没有建立。`, `The key file ${keysPath} is not there yet.`)
  if (keyring instanceof Error) throw keyring
  const count = keyring.fingerprints.size - 1
  const [zh, en] = [
    `密钥文件 ${keysPath}，${count} 把密钥，当前第 ${keyring.current} 号`,
    `Key file ${keysPath}, ${count === 1 ? 'one key' : `${count} keys`}, sealing with number ${keyring.current}`,
  ]
  if (keysPath.startsWith(dataDir + path.sep))
    return warn(
      `${zh}。它与数据库在同一个数据目录：请另存副本，备份时分开存放。`,
      `${en}. It shares the data folder with the database: keep a copy elsewhere, and back the two up apart.`,
    )
  return good(zh, en)
}

function calendar({ shippedDir }: Config, clock: Clock): Found {
  const read = readCalendar(path.join(shippedDir, 'calendar'))
  const [year, ahead] = [clock.today(), addDays(clock.today(), 60)]
  if (read.isEstimated(year))
    return bad(
      `没有 ${year.slice(0, 4)} 年的节假日：工作日期限只按周末估算。`,
      `The holidays of ${year.slice(0, 4)} are missing: working days are reckoned by weekends alone.`,
    )
  if (read.isEstimated(ahead))
    return warn(
      `${ahead.slice(0, 4)} 年的节假日还没有录入，公布后请补上。`,
      `The holidays of ${ahead.slice(0, 4)} are not there yet; add them when they are announced.`,
    )
  return good('节假日和调休日齐全', 'Holidays and make-up days are there')
}

async function server(database: Database | Error, clock: Clock): Promise<Found> {
  if (database instanceof Error) throw database
  const { version, source, folder: place } = database.server
  const { releasedOn, behind, supportedUntil } = releaseAge(version, clock.today())
  const from = {
    url: ['DATABASE_URL', 'DATABASE_URL'],
    npm: ['npm 自带', 'from npm'],
    system: ['系统自带', 'of the system'],
  }[source]
  const age = releasedOn ? [`，${releasedOn} 发布`, `, released ${releasedOn}`] : ['', '']
  const [zh, en] = [
    `PostgreSQL ${version}（${from[0]}）${age[0]}${place ? `，文件在 ${place}` : ''}`,
    `PostgreSQL ${version} (${from[1]})${age[1]}${place ? `, files in ${place}` : ''}`,
  ]
  if (supportedUntil !== undefined && supportedUntil < clock.today())
    return bad(
      `${zh}。该大版本已于 ${supportedUntil} 停止维护，请升级。`,
      `${en}. This major version has not been looked after since ${supportedUntil}: upgrade.`,
    )
  if (source === 'npm')
    return warn(
      `${zh}，落后 ${behind} 轮修复。适合试用；正式运行请用发行版的 PostgreSQL（DATABASE_URL）。`,
      `${en}, ${behind} rounds of fixes behind. Good for a trial; for real work use the PostgreSQL of your distribution (DATABASE_URL).`,
    )
  return behind > 1
    ? warn(`${zh}，落后 ${behind} 轮修复，请更新。`, `${en}, ${behind} rounds of fixes behind: update it.`)
    : good(zh, en)
}

async function schema(database: Database): Promise<Found> {
  const { applied, pending } = await migrationState(database)
  if (pending.length > 0)
    return warn(
      `数据结构有 ${pending.length} 个更新待应用，启动时会自动进行：${pending.join('、')}`,
      `${pending.length} changes of the schema wait for the next start: ${pending.join(', ')}`,
    )
  return good(`数据结构是最新的（${applied} 个文件）`, `The schema is up to date (${applied} files)`)
}

async function sealed(database: Database, keyring: Keyring | Error | undefined): Promise<Found> {
  const { rows } = await database.owner.query<{ there: boolean }>(
    `select to_regclass('platform.key_fingerprint') is not null as there`,
  )
  if (!rows[0]?.there) return warn('还没有加密内容', 'Nothing is sealed yet')
  if (keyring === undefined || keyring instanceof Error)
    return bad(
      '有加密内容，但没有可用的密钥文件：请从备份恢复。',
      'Things are sealed, and there is no key file to open them: restore it from its backup.',
    )
  await compareKeys(database, keyring)
  return good('密钥与数据库相符', 'The keys belong to this database')
}

async function size(database: Database): Promise<Found> {
  const { rows } = await database.owner.query<{ size: string; failures: number | null }>(
    `select pg_size_pretty(pg_database_size(current_database())) as size, checksum_failures as failures from pg_stat_database where datname = current_database()`,
  )
  const { size: bytes = '', failures = null } = rows[0] ?? {}
  if (failures === null)
    return warn(
      `数据库大小 ${bytes}；未开启校验和，磁盘损坏难以发现。`,
      `The database holds ${bytes}; it keeps no checksums, so a failing disk would go unseen.`,
    )
  if (failures > 0)
    return bad(
      `数据库大小 ${bytes}；发现 ${failures} 处校验错误，磁盘可能损坏：请立即备份并换盘。`,
      `The database holds ${bytes}; ${failures} pages failed their checksum: back up at once and replace the disk.`,
    )
  return good(`数据库大小 ${bytes}，校验和无误`, `The database holds ${bytes}, no failed checksum`)
}

async function jobs(database: Database): Promise<Found> {
  const { rows } = await database.owner.query<{ there: boolean }>(`select to_regclass('jobs.job') is not null as there`)
  if (!rows[0]?.there) return warn('后台任务尚未启用', 'Jobs have not been set up yet')
  const found = await database.jobs.query<{ waiting: number; late: number; dead: number }>(
    `select count(*) filter (where name not like 'platform.%' and name not like '\\_\\_%' and state in ('created', 'retry'))::int as waiting,
            count(*) filter (where name not like 'platform.%' and name not like '\\_\\_%' and state in ('created', 'retry') and start_after < now() - interval '1 hour')::int as late,
            count(*) filter (where name = 'platform.dead' and state = 'created')::int as dead from jobs.job`,
  )
  const { waiting = 0, late = 0, dead = 0 } = found.rows[0] ?? {}
  const [zh, en] = [
    `后台任务：等待 ${waiting}，超时未办 ${late}，多次失败 ${dead}`,
    `Jobs: ${waiting} wait, ${late} are more than an hour late, ${dead} failed for good`,
  ]
  return late > 0 || dead > 0
    ? warn(`${zh}。原因见日志里的 job failed。`, `${en}. The log says why under "job failed".`)
    : good(zh, en)
}

async function skew(database: Database, clock: Clock): Promise<Found> {
  const { rows } = await database.owner.query<{ now: Date }>('select clock_timestamp() as now')
  const seconds = Math.round(Math.abs((rows[0]?.now.getTime() ?? 0) - clock.now().getTime()) / 1000)
  const zone = `${clock.zone} ${clock.today()}`
  return seconds > 5
    ? bad(
        `数据库与本机时间相差 ${seconds} 秒，请校时。`,
        `The clocks of the database and this machine differ by ${seconds} seconds: set them right.`,
      )
    : good(`时钟一致，${zone}`, `The clocks agree, ${zone}`)
}
