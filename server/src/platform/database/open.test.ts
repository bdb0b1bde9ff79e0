import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testServer } from '../../../test/database.ts'
import { readConfig } from '../config.ts'
import { silentLog } from '../log.ts'
import { ensureDatabase, loginsOf } from './find.ts'
import type { PrivateServer } from './launch.ts'
import { migrate, openDatabase } from './index.ts'

describe('with DATABASE_URL', () => {
  let server: PrivateServer
  let admin: pg.Client
  const name = `given_url_${process.pid}`
  const url = (user: string) => `postgresql://${user}@localhost/${name}?host=${encodeURIComponent(server.socket)}`

  beforeAll(async () => {
    server = await testServer()
    await ensureDatabase(server, name)
    admin = new pg.Client(loginsOf(server, name).maker)
    await admin.connect()
  })
  afterAll(() => admin.end())

  test('the database is prepared, migrated, and used as the roles', async () => {
    const database = await openDatabase(readConfig({ DATABASE_URL: url('postgres') }), silentLog)
    expect(database.server).toMatchObject({ source: 'url', folder: undefined })
    expect((await migrate(database)).length).toBeGreaterThan(0)
    const who = async (pool: pg.Pool) =>
      (await pool.query('select session_user as login, current_user as acts')).rows[0] as unknown
    expect(await who(database.owner)).toEqual({ login: 'postgres', acts: 'zhulian_owner' })
    expect(await who(database.app)).toEqual({ login: 'postgres', acts: 'zhulian_app' })
    await database.stop()
  })

  test('requests may have a login of their own, which can never be more', async () => {
    const database = await openDatabase(
      readConfig({
        DATABASE_URL: url('postgres'),
        DATABASE_APP_URL: url('zhulian_app'),
        DATABASE_JOBS_URL: url('zhulian_jobs'),
      }),
      silentLog,
    )
    expect((await database.app.query('select session_user as login')).rows).toEqual([{ login: 'zhulian_app' }])
    await expect(database.app.query('set role zhulian_owner')).rejects.toMatchObject({ code: '42501' })
    await database.stop()
  })

  test('that does not answer is said in words that hold no password', async () => {
    const attempt = openDatabase(
      readConfig({ DATABASE_URL: 'postgresql://zhulian:secret-word@127.0.0.1:1/zhulian' }),
      silentLog,
    )
    await expect(attempt).rejects.toThrow('does not answer (ECONNREFUSED)')
    await expect(attempt).rejects.not.toThrow('secret-word')
  })

  test('a database that sorts by words is refused, since ranges of divisions need bytes', async () => {
    const { rows } = await admin.query<{ collation: string }>(
      `select collname as collation from pg_collation where collname in ('en_US.utf8', 'en-US-x-icu')`,
    )
    if (rows.length === 0) return expect(rows).toEqual([])
    const worded = `worded_${process.pid}`
    await admin.query(
      `create database ${worded} template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US' locale 'C.UTF-8'`,
    )
    const attempt = openDatabase(readConfig({ DATABASE_URL: url('postgres').replace(name, worded) }), silentLog)
    await expect(attempt).rejects.toThrow(`locale 'C.UTF-8'`)
  })
})

describe('without', () => {
  test('a private server is started in the data folder, and stopped with the last who leaves', async () => {
    const data = fs.mkdtempSync(path.join(os.tmpdir(), 'zhulian-open-'))
    fs.chmodSync(data, 0o755)
    const config = readConfig({ ZHULIAN_DATA: data })
    const [one, two] = await Promise.all([openDatabase(config, silentLog), openDatabase(config, silentLog)])
    const pid = Number(fs.readFileSync(path.join(data, 'database', 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
    expect(one.server.folder).toBe(path.join(fs.realpathSync(data), 'database'))
    await migrate(one)
    await one.stop()
    expect((await two.app.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await two.stop()
    expect(() => process.kill(pid, 0)).toThrow()
    fs.rmSync(data, { recursive: true })
  })
})
