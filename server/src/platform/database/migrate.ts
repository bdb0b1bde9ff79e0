import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { checkout } from '../config.ts'
import { SetupProblem } from '../setup-problem.ts'
import type { Database } from './open.ts'
import { statementsOf } from './statements.ts'

export interface Migration {
  /** `0003-registry.sql` */
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

const migrationsFolder = path.join(checkout, 'server', 'migrations')

/** The files `NNNN-name.sql` of a folder, by number. */
export function readMigrations(folder = migrationsFolder): Migration[] {
  const names = fs.readdirSync(folder).filter(name => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
  return names.sort().map(name => {
    const sql = fs.readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Brings the schema up to the newest file, each file in one transaction. Files go forward only and are never edited once
 * applied. Processes that migrate at the same time take turns.
 * @returns names of the files applied now
 * @throws SetupProblem when a file fails, was changed after it was applied, or comes before one already applied
 */
export async function migrate(database: Pick<Database, 'owner'>, folder?: string): Promise<string[]> {
  const migrations = readMigrations(folder)
  const client = await database.owner.connect()
  try {
    await inTurn(client, () => client.query(ledger))
    const applied: string[] = []
    for (const migration of migrations) {
      await inTurn(client, async () => {
        const { rows } = await client.query<Applied>('select name, checksum from platform.migration order by name')
        if (!isNew(migration, rows, migrations)) return
        await apply(client, migration)
        applied.push(migration.name)
      })
    }
    return applied
  } finally {
    client.release()
  }
}

/** What a database has had applied, and what waits. Changes nothing. */
export async function migrationState(
  database: Pick<Database, 'owner'>,
  folder?: string,
): Promise<{ applied: number; pending: string[] }> {
  const all = readMigrations(folder)
  const { rows } = await database.owner.query<{ there: boolean }>(
    `select to_regclass('platform.migration') is not null as there`,
  )
  if (!rows[0]?.there) return { applied: 0, pending: all.map(m => m.name) }
  const { rows: applied } = await database.owner.query<Applied>(
    'select name, checksum from platform.migration order by name',
  )
  return { applied: applied.length, pending: all.filter(m => isNew(m, applied, all)).map(m => m.name) }
}

interface Applied {
  readonly name: string
  readonly checksum: string
}

const ledger = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    name text primary key, checksum text not null, applied_at timestamptz not null default now());
  comment on table platform.migration is '@local Which migration files were applied, and their checksums';`

async function inTurn(client: pg.PoolClient, work: () => Promise<unknown>): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('zhulian migrations'))`)
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

function isNew(migration: Migration, applied: readonly Applied[], all: readonly Migration[]): boolean {
  const unknown = applied.find(a => !all.some(m => m.name === a.name))
  if (unknown) {
    throw new SetupProblem({
      zh: `数据库已升级到 ${unknown.name}，而本程序没有这个文件：程序比数据库旧。请使用新版程序。`,
      en: `The database has had ${unknown.name} applied, which this program does not have: it is older than the database. Use the newer program.`,
    })
  }
  const before = applied.find(a => a.name === migration.name)
  if (before && before.checksum !== migration.checksum) {
    throw new SetupProblem({
      zh: `${migration.name} 在应用之后被改动过。请恢复原文件，把改动写进新的文件；若只是试用数据，可删除数据目录重来。`,
      en: `${migration.name} was changed after it was applied. Put the old file back and write the change in a new one; where the data are only for trial, delete the data folder and start again.`,
    })
  }
  const later = applied.find(a => a.name > migration.name)
  if (!before && later) {
    throw new SetupProblem({
      zh: `${migration.name} 排在已应用的 ${later.name} 之前。请改用更大的编号。`,
      en: `${migration.name} comes before ${later.name}, which is applied already. Give it a higher number.`,
    })
  }
  return !before
}

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  for (const { text, line } of statementsOf(sql)) {
    try {
      await client.query(text)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new SetupProblem(
        { zh: `${name} 第 ${line} 行执行失败：${why}`, en: `${name} failed at the statement on line ${line}: ${why}` },
        error,
      )
    }
  }
  await client.query('insert into platform.migration (name, checksum) values ($1, $2)', [name, checksum])
}
