import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { connect } from '../src/platform/database/connect.ts'
import { ensureDatabase, loginsOf } from '../src/platform/database/find.ts'
import type { PrivateServer } from '../src/platform/database/launch.ts'
import { migrate, readMigrations } from '../src/platform/database/migrate.ts'
import { prepare } from '../src/platform/database/roles.ts'
import { installJobs } from '../src/platform/jobs.ts'
import { silentLog } from '../src/platform/log.ts'

/**
 * A migrated database to copy from, made once a run and named by what the migrations hold; copying it takes a thirtieth of
 * a second. @returns its name
 */
export async function template(server: PrivateServer, admin: pg.Client): Promise<string> {
  const checksum = createHash('sha256').update(JSON.stringify(readMigrations())).digest('hex').slice(0, 16)
  const name = `template_${checksum}`
  await admin.query(`select pg_advisory_lock(hashtext('zhulian template'))`)
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) {
      const draft = `draft_${randomUUID()}`
      await migrateNew(server, draft)
      await admin.query(`alter database "${draft}" rename to ${name}`)
    }
  } finally {
    await admin.query(`select pg_advisory_unlock(hashtext('zhulian template'))`)
  }
  return name
}

async function migrateNew(server: PrivateServer, name: string): Promise<void> {
  await ensureDatabase(server, name)
  const logins = loginsOf(server, name)
  const version = await prepare(logins)
  const database = connect(logins, { source: server.source, version, folder: server.folder }, silentLog)
  try {
    await migrate(database)
    await installJobs(database)
  } finally {
    await database.stop()
  }
}
