import path from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { SetupProblem } from '../setup-problem.ts'
import { roleNames, type Logins } from './connect.ts'
import { launch, superuser, type PrivateServer } from './launch.ts'
import type { ServerFacts } from './open.ts'

export interface FoundServer extends Omit<ServerFacts, 'version'> {
  readonly logins: Logins
  readonly stop: () => Promise<void>
}

const databaseName = 'zhulian'

/** DATABASE_URL; else the private server, from npm's programs or the system's. */
export async function findServer(config: Config, log: Log): Promise<FoundServer> {
  if (config.databaseUrl)
    return { source: 'url', folder: undefined, logins: await loginsOfUrl(config), stop: async () => {} }
  const announce = (words: { zh: string; en: string }) => void process.stderr.write(`${words.zh}\n${words.en}\n`)
  const keep = (failed: unknown) =>
    failed === undefined ? log.warn('database started again') : log.error('database did not start again', {}, failed)
  const folder = path.join(config.dataDir, 'database')
  const server = await launch({ folder, postgres: config.postgres, announce, keep })
  log.info(server.attached ? 'database joined' : 'database started', { source: server.source, pid: server.pid })
  await ensureDatabase(server, databaseName)
  return { source: server.source, folder: server.folder, logins: loginsOf(server, databaseName), stop: server.stop }
}

/** On the private server every role signs in as itself. */
export function loginsOf(server: Pick<PrivateServer, 'socket'>, database: string): Logins {
  const as = (user: string): pg.ClientConfig => ({ host: server.socket, port: 5432, database, user })
  return { maker: as(superuser), owner: as(roleNames.owner), app: as(roleNames.app), jobs: as(roleNames.jobs) }
}

/**
 * One login given for all acts as each role from its first statement on; own logins for requests and jobs (DATABASE_APP_URL,
 * DATABASE_JOBS_URL) are safer, since a session can never become more than its login.
 */
async function loginsOfUrl(config: Config): Promise<Logins> {
  const url = config.databaseUrl as string
  const maker: pg.ClientConfig = { connectionString: url }
  const as = (role: string, own?: string): pg.ClientConfig =>
    own ? { connectionString: own } : { ...maker, options: `-c role=${role}` }
  const client = new pg.Client({ ...maker, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).name
    throw new SetupProblem(
      {
        zh: `连不上 DATABASE_URL 指定的数据库（${why}）。请检查地址、用户名、密码和网络。`,
        en: `The database of DATABASE_URL does not answer (${why}). Check its address, user, password and the network.`,
      },
      error,
    )
  } finally {
    await client.end().catch(() => {})
  }
  return {
    maker,
    owner: as(roleNames.owner),
    app: as(roleNames.app, config.databaseAppUrl),
    jobs: as(roleNames.jobs, config.databaseJobsUrl),
  }
}

/** Two processes may both find it missing; the second's attempt fails, which is as good. */
export async function ensureDatabase(server: Pick<PrivateServer, 'socket'>, name: string): Promise<void> {
  const client = new pg.Client(loginsOf(server, 'postgres').maker)
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database "${name}"`)
  } catch (error) {
    if (!['42P04', '23505'].includes(String((error as { code?: string }).code))) throw error
  } finally {
    await client.end()
  }
}
