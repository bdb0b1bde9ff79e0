import type pg from 'pg'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { connect } from './connect.ts'
import { findServer } from './find.ts'
import { prepare } from './roles.ts'

/**
 * The open database. Requests go through `app` and nothing else, jobs are kept through `jobs`, migrations run through
 * `owner`.
 */
export interface Database {
  /** Login that owns the tables: migrations, checks, tests. Row-level security is forced on it too. */
  readonly owner: pg.Pool
  /** Login of requests: owns nothing, cannot step over row-level security. Use it through `inTransaction`. */
  readonly app: pg.Pool
  /** Login that owns the schema of jobs and nothing else. */
  readonly jobs: pg.Pool
  readonly server: ServerFacts
  /** Closes the connections; a private server that nobody else uses is stopped in order. */
  readonly stop: () => Promise<void>
}

export interface ServerFacts {
  /** Where it comes from: DATABASE_URL, npm's binaries, the system's. */
  readonly source: 'url' | 'npm' | 'system'
  /** As the server says it, such as `18.4`. */
  readonly version: string
  /** Folder of the private server's data; undefined with DATABASE_URL. */
  readonly folder: string | undefined
}

/** Finds or starts PostgreSQL, makes roles and database where missing, opens the pools. Migrates nothing. */
export async function openDatabase(config: Config, log: Log): Promise<Database> {
  const found = await findServer(config, log)
  try {
    const version = await prepare(found.logins)
    const database = connect(found.logins, { source: found.source, version, folder: found.folder }, log)
    return {
      ...database,
      stop: async () => {
        await database.stop()
        await found.stop()
      },
    }
  } catch (error) {
    await found.stop()
    throw error
  }
}
