import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testClock } from './clock.ts'
import { readConfig } from './config.ts'
import { migrate, openDatabase } from './database/index.ts'
import { examine, type Finding } from './doctor.ts'
import { installJobs } from './jobs.ts'
import { checkKeys } from './key-check.ts'
import { openKeyring, readKeyring } from './keyring.ts'
import { silentLog } from './log.ts'

let data: string
beforeEach(() => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), 'zhulian-doctor-'))
  fs.chmodSync(data, 0o755)
})
afterEach(() => fs.rmSync(data, { recursive: true, force: true }))

const states = (findings: Finding[]) => Object.fromEntries(findings.map(f => [f.about, f.state]))

test('before the first start nothing is made, and nothing is wrong', async () => {
  const findings = await examine(readConfig({ ZHULIAN_DATA: data }))
  expect(states(findings)).toMatchObject({ keys: 'warn', database: 'warn' })
  expect(findings.filter(f => f.state === 'bad')).toEqual([])
  expect(fs.readdirSync(data)).toEqual([])
})

test('a lost key file, holidays that ran out and a wrong clock are found', async () => {
  const config = readConfig({ ZHULIAN_DATA: data })
  openKeyring(config.keysPath, config.cipher)
  const database = await openDatabase(config, silentLog)
  await migrate(database)
  await installJobs(database)
  await checkKeys(database, readKeyring(config.keysPath), new Date('2021-09-26T01:00:00Z'))
  const well = await examine(config)
  expect(states(well)).toMatchObject({ schema: 'good', sealed: 'good', disk: 'good', jobs: 'good', clock: 'good' })

  fs.rmSync(config.keysPath)
  openKeyring(config.keysPath, config.cipher)
  const ill = await examine(config, testClock('2040-01-01T00:00:00+08:00'))
  expect(states(ill)).toMatchObject({ sealed: 'bad', calendar: 'bad', clock: 'bad', database: 'bad' })
  expect(ill.find(f => f.about === 'sealed')?.words.en).toContain('does not belong to this database')
  await database.stop()
})

test('a database that does not answer is one finding, not the end of the look', async () => {
  const findings = await examine(readConfig({ ZHULIAN_DATA: data, DATABASE_URL: 'postgresql://x@127.0.0.1:1/x' }))
  expect(findings.at(-1)).toMatchObject({ about: 'database', state: 'bad' })
})
