import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBinaries } from './binaries.ts'
import { launch, type PrivateServer } from './launch.ts'
import { isAlive, programOf, wait } from './process.ts'

const settings = { fsync: 'off', shared_buffers: '32MB', max_connections: '20' }
const isRoot = process.getuid?.() === 0
let folder: string
let started: { stop(): Promise<void> }[] = []
let others: ChildProcess[] = []

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'zhulian-launch-'))
  fs.chmodSync(folder, 0o755)
})
afterEach(async () => {
  for (const other of others.splice(0)) {
    if (other.exitCode === null && other.signalCode === null) {
      other.kill('SIGTERM')
      await new Promise(resolve => other.once('exit', resolve))
    }
  }
  for (const server of started.splice(0)) await server.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

const start = async (more: Partial<Parameters<typeof launch>[0]> = {}): Promise<PrivateServer> => {
  const server = await launch({ folder, settings, ...more })
  started.push(server)
  return server
}

async function ask<Row>(server: Pick<PrivateServer, 'socket'>, text: string): Promise<Row> {
  const client = new pg.Client({ host: server.socket, port: 5432, user: 'postgres', database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows[0] as Row
  } finally {
    await client.end()
  }
}

/** Another process that launches the same folder, says how it went, and stops in order on SIGTERM. */
async function another(
  at = folder,
  as: { uid?: number; gid?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<ChildProcess & { said: { pid: number; attached: boolean; socket: string; folder: string } }> {
  const script = `
    import { launch } from ${JSON.stringify(path.join(import.meta.dirname, 'launch.ts'))}
    const server = await launch({ folder: process.argv[1], settings: ${JSON.stringify(settings)}, announce: w => console.error(w.en) })
    process.on('SIGTERM', async () => { await server.stop(); process.exit(0) })
    console.log(JSON.stringify(server))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, at], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...as,
  })
  others.push(child)
  let said = ''
  let wrong = ''
  child.stdout.on('data', part => (said += String(part)))
  child.stderr.on('data', part => (wrong += String(part)))
  while (!said.includes('\n')) {
    if (child.exitCode !== null) throw new Error(wrong)
    await wait(20)
  }
  return Object.assign(child, {
    said: JSON.parse(said) as never,
    get wrong() {
      return wrong
    },
  })
}

const ended = (child: ChildProcess) =>
  new Promise(resolve =>
    child.exitCode !== null || child.signalCode !== null ? resolve(0) : child.once('exit', resolve),
  )
const kill = async (child: ChildProcess) => {
  child.kill('SIGKILL')
  await ended(child)
}
const runs = (pid: number) => isAlive(pid) && programOf(pid).startsWith('postgres')

describe('the private server', () => {
  test('starts in an empty folder, listens on a closed socket only, sorts by bytes, knows Chinese', async () => {
    const server = await start()
    expect(server.attached).toBe(false)
    const found = await ask<Record<string, unknown>>(
      server,
      `
      select current_setting('listen_addresses') as network, current_setting('data_checksums') as checksums,
             current_setting('log_parameter_max_length') as quoted, '王' ~ '[[:alpha:]]' as letters, '330111999999' < '330111:' as sorted`,
    )
    expect(found).toEqual({ network: '', checksums: 'on', quoted: '0', letters: true, sorted: true })
    expect(fs.statSync(server.socket).mode & 0o777).toBe(0o700)
    if (isRoot) expect(fs.statSync(server.socket).uid).not.toBe(0)
  })

  test('keeps what was written over a stop and a start', async () => {
    const first = await start()
    await ask(first, 'create table kept (a int)')
    await first.stop()
    expect(runs(first.pid)).toBe(false)
    const second = await start()
    expect(await ask(second, `select count(*)::int as n from kept`)).toEqual({ n: 0 })
  })

  test('a second process joins it, and it stays until the last has left', async () => {
    const server = await start()
    const other = await another()
    expect(other.said).toMatchObject({ pid: server.pid, attached: true })
    await server.stop()
    expect(runs(server.pid)).toBe(true)
    other.kill('SIGTERM')
    await ended(other)
    expect(runs(server.pid)).toBe(false)
  })

  test('processes that start at once get one server', async () => {
    const all = await Promise.all([another(), another(), another(), another()])
    expect(new Set(all.map(other => other.said.pid)).size).toBe(1)
    expect(all.filter(other => !other.said.attached)).toHaveLength(1)
  })

  test('left behind by a killed process, it is adopted and stopped in the end', async () => {
    const other = await another()
    await kill(other)
    expect(runs(other.said.pid)).toBe(true)
    const server = await start()
    expect(server).toMatchObject({ pid: other.said.pid, attached: true })
    await server.stop()
    expect(runs(server.pid)).toBe(false)
  })

  test('killed under us, it is started again on the same socket, once those it left behind have ended', async () => {
    const told: unknown[] = []
    const server = await start({ settings: { ...settings, fsync: 'on' }, keep: failed => void told.push(failed) })
    await ask(server, 'create table kept as select 1 as a')
    const before = server.pid
    const busy = new pg.Client({ host: server.socket, port: 5432, user: 'postgres', database: 'postgres' })
    busy.on('error', () => {})
    await busy.connect()
    const left = (await busy.query('select pg_backend_pid() as pid')).rows[0] as { pid: number }
    const counting = busy
      .query('select count(*) from generate_series(1, 3000000000) as g where g % 7 = 3')
      .catch(() => {})
    // One that is not at work yet would end with its server.
    const isAtWork = `select 1 as one from pg_stat_activity where pid = ${left.pid} and state = 'active'`
    while (!(await ask(server, isAtWork))) await wait(20)
    process.kill(server.pid, 'SIGKILL')
    await wait(2500)
    expect([runs(left.pid), runs(server.pid)]).toEqual([true, false])
    process.kill(left.pid, 'SIGTERM')
    await counting
    for (let i = 0; i < 1000 && !runs(server.pid); i++) await wait(20)
    expect(server.pid).not.toBe(before)
    expect(await ask(server, 'select a from kept')).toEqual({ a: 1 })
    expect(told.at(-1)).toBeUndefined()
  }, 60_000)

  test('killed itself, it starts again with what was committed', async () => {
    const first = await start({ settings: { ...settings, fsync: 'on' } })
    await ask(first, 'create table kept (a int)')
    process.kill(first.pid, 'SIGKILL')
    while (runs(first.pid)) await wait(20)
    await first.stop()
    const second = await start()
    expect(second.attached).toBe(false)
    expect(await ask(second, `select count(*)::int as n from kept`)).toEqual({ n: 0 })
  })

  test('a pid file that now names another program is not in the way', async () => {
    const first = await start()
    const file = path.join(first.folder, 'pg', 'postmaster.pid')
    const text = fs.readFileSync(file, 'utf8')
    await first.stop()
    const stranger = spawn('sleep', ['60'], first.pid && isRoot ? { uid: fs.statSync(first.socket).uid } : {})
    others.push(stranger)
    fs.writeFileSync(file, text.replace(/^\d+/, String(stranger.pid)))
    const second = await start()
    expect(second.attached).toBe(false)
    expect(stranger.exitCode).toBe(null)
  })

  test('a lock left by a process that is gone is taken away', async () => {
    const gone = spawnSync('true')
    fs.writeFileSync(path.join(folder, 'lock'), JSON.stringify({ pid: gone.pid, mark: 'long ago' }))
    expect((await start()).attached).toBe(false)
  })

  test('an initdb that was cut short is begun again', async () => {
    fs.mkdirSync(path.join(folder, 'pg.part'))
    fs.writeFileSync(path.join(folder, 'pg.part', 'PG_VERSION'), '18\n')
    expect((await start()).attached).toBe(false)
  })

  test('a folder with a long name gets a socket with a short one', async () => {
    const long = path.join(
      folder,
      'a-folder-with-a-name-that-goes-on-and-on',
      '名字很长的文件夹',
      'and-on-and-on-and-on-and-on-and-on',
    )
    fs.mkdirSync(long, { recursive: true })
    const server = await start({ folder: long })
    expect(Buffer.byteLength(`${server.socket}/.s.PGSQL.5432`)).toBeLessThanOrEqual(100)
    expect(await ask(server, 'select 1 as one')).toEqual({ one: 1 })
    expect(fs.statSync(server.socket).mode & 0o777).toBe(0o700)
  })

  test('says in words when it cannot start', async () => {
    await expect(start({ settings: { ...settings, shared_buffers: 'much' } })).rejects.toThrow(
      /did not start.*\n.*shared_buffers/s,
    )
  })

  test('a process that ends without stopping takes the server along', async () => {
    const script = `
      import { launch } from ${JSON.stringify(path.join(import.meta.dirname, 'launch.ts'))}
      const server = await launch({ folder: process.argv[1], settings: ${JSON.stringify(settings)} })
      console.log(server.pid)
      process.exit(0)`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder], { encoding: 'utf8' })
    for (let i = 0; i < 400 && runs(Number(stdout)); i++) await wait(50)
    expect(Number(stdout)).toBeGreaterThan(1)
    expect(runs(Number(stdout))).toBe(false)
  })
})

if (isRoot)
  describe('as root', () => {
    const nobody = { uid: 65534, gid: 65534 }

    test('a folder below /root is left alone: the data lie in /var/lib, and that is said', async () => {
      const closed = fs.mkdtempSync('/root/zhulian-launch-')
      const other = await another(closed)
      expect(other.said.folder).toMatch(/^\/var\/lib\/zhulian-[0-9a-f]{10}$/)
      expect((other as unknown as { wrong: string }).wrong).toContain(other.said.folder)
      expect(await ask(other.said, 'select 1 as one')).toEqual({ one: 1 })
      const second = await another(closed)
      expect(second.said).toMatchObject({ attached: true, pid: other.said.pid })
      for (const process of [other, second]) {
        process.kill('SIGTERM')
        await ended(process)
      }
      fs.rmSync(other.said.folder, { recursive: true })
      fs.rmSync(closed, { recursive: true })
    })

    test('the database’s user is found though the PATH names nothing of the system', () => {
      const script = `
        import { canReach, databaseUser } from ${JSON.stringify(path.join(import.meta.dirname, 'os-user.ts'))}
        const user = databaseUser()
        console.log(user.uid > 0 && canReach(user, '/usr/bin'))`
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        env: { ...process.env, PATH: '/nowhere' },
      })
      expect(stdout).toBe('true\n')
    })

    test('a folder it makes itself is open to the database’s user, whatever the umask', async () => {
      const before = process.umask(0o077)
      try {
        const server = await start({ folder: path.join(folder, 'data', 'database') })
        expect(server.folder).toBe(path.join(fs.realpathSync(folder), 'data', 'database'))
      } finally {
        process.umask(before)
      }
    })

    test('a program below /root is copied to where the database’s user can run it', async () => {
      const npm = findBinaries('npm')[0]
      if (!npm?.root) return expect(findBinaries('system').length).toBeGreaterThan(0)
      const closed = fs.mkdtempSync('/root/zhulian-checkout-')
      fs.cpSync(path.join(npm.root, '..'), path.join(closed, 'package'), { recursive: true })
      const { makeRunnable } = await import('./binaries.ts')
      const user = { name: 'nobody', ...nobody }
      const made = makeRunnable(
        { ...npm, root: path.join(closed, 'package', 'native'), bin: path.join(closed, 'package', 'native', 'bin') },
        folder,
        user,
      )
      expect(made.bin.startsWith(folder)).toBe(true)
      const { stdout } = spawnSync(path.join(made.bin, 'postgres'), ['--version'], {
        ...nobody,
        cwd: '/',
        encoding: 'utf8',
      })
      expect(stdout).toContain('PostgreSQL')
      fs.rmSync(closed, { recursive: true })
    })

    test('an ordinary user runs it as himself', async () => {
      fs.chownSync(folder, nobody.uid, nobody.gid)
      const other = await another(folder, { ...nobody, env: { PATH: process.env['PATH'], TMPDIR: os.tmpdir() } })
      expect(fs.statSync(other.said.socket).uid).toBe(nobody.uid)
      expect(fs.statSync(path.join(other.said.folder, 'pg')).uid).toBe(nobody.uid)
      other.kill('SIGTERM')
      await ended(other)
      expect(runs(other.said.pid)).toBe(false)
    })

    test('a folder of another user is refused in words', async () => {
      await (await start()).stop()
      await expect(another(folder, { ...nobody, env: { PATH: process.env['PATH'] } })).rejects.toThrow(
        'belongs to another user',
      )
    })
  })

if (findBinaries('system').length > 0)
  describe('with the system’s programs', () => {
    test(`starts PostgreSQL ${findBinaries('system')[0]?.major ?? ''} of the system`, async () => {
      const server = await start({ postgres: 'system' })
      expect(server.source).toBe('system')
      const { version } = await ask<{ version: string }>(server, `select current_setting('server_version') as version`)
      expect(Number.parseInt(version, 10)).toBe(findBinaries('system')[0]?.major)
    })

    test('data of one version are not opened by the programs of another', async () => {
      const system = await start({ postgres: 'system' })
      await system.stop()
      const npm = findBinaries('npm')[0]
      if (!npm || npm.major === findBinaries('system')[0]?.major) return
      await expect(start({ postgres: 'npm' })).rejects.toThrow(/pg_dump/)
      expect((await start()).source).toBe('system')
    })
  })
