import pg from 'pg'
import type { Log } from '../log.ts'
import { columnTypes } from './types.ts'
import type { Database, ServerFacts } from './open.ts'

/** How each role signs in to the database. `maker` may create roles. */
export interface Logins {
  readonly maker: pg.ClientConfig
  readonly owner: pg.ClientConfig
  readonly app: pg.ClientConfig
  readonly jobs: pg.ClientConfig
}

export const roleNames = { owner: 'zhulian_owner', app: 'zhulian_app', jobs: 'zhulian_jobs' } as const

/** No request may hold the database longer than this. */
const limits = { statement_timeout: '15s', lock_timeout: '10s', idle_in_transaction_session_timeout: '30s' }

export function connect(logins: Logins, server: ServerFacts, log: Log, max = { app: 12, owner: 3, jobs: 5 }): Database {
  const pool = (name: keyof typeof max, settings: Record<string, string>) => {
    const login = logins[name]
    const made = new pg.Pool({
      ...login,
      options: [login.options, ...Object.entries(settings).map(([key, value]) => `-c ${key}=${value}`)]
        .filter(Boolean)
        .join(' '),
      application_name: `zhulian ${name}`,
      max: max[name],
      ...(name === 'jobs' ? {} : { types: columnTypes }),
      connectionTimeoutMillis: 10_000,
      allowExitOnIdle: true,
    })
    // Without listeners a server that stops takes the process with it, whether the connection idles or is in use.
    const lost = (error: Error) => {
      if (!made.ending) log.warn('database connection lost', { database: name }, error)
    }
    made.on('error', lost)
    made.on('connect', client => void client.on('error', lost))
    return made
  }
  const common = { timezone: 'UTC', search_path: 'pg_catalog' }
  const pools = { owner: pool('owner', common), app: pool('app', { ...common, ...limits }), jobs: pool('jobs', common) }
  return {
    ...pools,
    server,
    stop: async () => {
      await Promise.all(Object.values(pools).map(p => p.end()))
    },
  }
}
