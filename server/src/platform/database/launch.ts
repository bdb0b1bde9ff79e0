import { createHash } from 'node:crypto'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Words } from '@zhulian/kernel'
import pg from 'pg'
import { cannotUse, SetupProblem } from '../setup-problem.ts'
import { binariesFor, makeRunnable, type Binaries } from './binaries.ts'
import { withFolderLock } from './folder-lock.ts'
import { canReach, databaseUser, type OsUser } from './os-user.ts'
import { isAlive, programOf, wait } from './process.ts'
import { serverSettings } from './settings.ts'
import { countTenants, enter, expel } from './tenants.ts'

export interface LaunchOptions {
  /** Folder of the private server; made when missing. */
  readonly folder: string
  /** Insist on npm's or the system's programs. */
  readonly postgres?: 'npm' | 'system' | undefined
  readonly settings?: Readonly<Record<string, string>>
  /** Process on whose behalf the server runs; this one by default. */
  readonly tenant?: number
  /** Told what whoever starts the platform should know. */
  readonly announce?: (words: Words) => void
  /** Given where the server is to be started again when it dies under us; told how that went, undefined for well. */
  readonly keep?: (failed: unknown) => void
}

/** A private PostgreSQL that answers on a socket in a folder only its user may enter. */
export interface PrivateServer {
  readonly source: 'npm' | 'system'
  /** Where it really lies. */
  readonly folder: string
  readonly socket: string
  readonly pid: number
  /** It ran before we came: another process uses it, or one that was killed left it behind. */
  readonly attached: boolean
  /** Leaves it; the last to leave stops it and waits until it has ended in order. */
  readonly stop: () => Promise<void>
}

export const superuser = 'postgres'
const port = 5432

/**
 * Starts the private server of a folder, or joins it when it runs. Processes that start together take turns. It listens
 * on no network; whoever may enter the socket folder (mode 0700) is trusted, so no password lies anywhere.
 */
export async function launch(options: LaunchOptions): Promise<PrivateServer> {
  if (process.platform === 'win32') throw noWindows
  const user = databaseUser()
  const folder = homeFor(path.resolve(options.folder), user, options.announce)
  return withFolderLock(folder, async () => {
    const data = path.join(folder, 'pg')
    const running = await joinable(data)
    const binaries = binariesFor(majorOf(data), options.postgres)
    const begin = () => startServer(folder, data, binaries, user, options.settings ?? {})
    let server = running ?? (await begin())
    const revive = () => withFolderLock(folder, async () => void (server = (await joinable(data)) ?? (await begin())))
    const keeper = options.keep ? keepRunning(() => server, revive, options.keep) : undefined
    const { leave } = enter(folder, options.tenant ?? process.pid)
    // What process.exit() skips: a server nobody uses any more is told to end, though nobody waits for it.
    const atExit = () => {
      leave()
      if (countTenants(folder) === 0) signal(server.pid)
    }
    if (options.tenant === undefined) process.once('exit', atExit)
    return {
      source: binaries.source,
      folder,
      socket: server.socket,
      get pid() {
        return server.pid
      },
      attached: running !== undefined,
      stop: async () => {
        clearInterval(keeper)
        await withFolderLock(folder, async () => {
          process.removeListener('exit', atExit)
          leave()
          if (countTenants(folder) === 0) await stopServer(server)
        })
      },
    }
  })
}

/**
 * Looks each second whether the server still runs: one that the machine killed (out of memory, a slip of the hand) would
 * otherwise be gone until somebody starts the platform again.
 */
function keepRunning(
  server: () => Running,
  revive: () => Promise<void>,
  tell: (failed: unknown) => void,
): NodeJS.Timeout {
  let busy = false
  const look = async () => {
    if (busy || isServer(server().pid)) return
    busy = true
    await revive().then(() => tell(undefined), tell)
    busy = false
  }
  return setInterval(() => void look(), 1000).unref()
}

/** Ends the use of a server on behalf of another process, and the server when nobody else uses it. */
export async function stopOnBehalf(folder: string, tenant: number): Promise<void> {
  const home = homeFor(path.resolve(folder), databaseUser(), undefined)
  await withFolderLock(home, async () => {
    expel(home, tenant)
    const running = readPidFile(path.join(home, 'pg'))
    if (running && countTenants(home) === 0) await stopServer(running)
  })
}

/** Where the database can lie: a folder below /root is closed to the user the server runs as. */
function homeFor(wanted: string, user: OsUser | undefined, announce: LaunchOptions['announce']): string {
  try {
    openFolder(wanted)
  } catch (error) {
    throw cannotUse(wanted, error)
  }
  const real = fs.realpathSync(wanted)
  if (!canWrite(real)) throw belongsToAnother(real)
  if (!user || canReach(user, real)) return real
  const other = `/var/lib/zhulian-${shortHash(real)}`
  try {
    openFolder(other)
    if (canReach(user, other)) {
      announce?.({
        zh: `数据库以用户 ${user.name} 运行，进不了 ${real}，因此数据库文件放在 ${other}。`,
        en: `The database runs as the user ${user.name}, who cannot enter ${real}: its files lie in ${other}.`,
      })
      return other
    }
  } catch {
    // the words below say what to do
  }
  throw new SetupProblem({
    zh: `数据库以用户 ${user.name} 运行，进不了 ${real}，也建不了 ${other}。请用 ZHULIAN_DATA 指定一个该用户能进入的目录。`,
    en: `The database runs as the user ${user.name}, who can enter neither ${real} nor ${other}. Name a folder that user can enter with ZHULIAN_DATA.`,
  })
}

/** Makes a folder others may pass through, whatever the umask; a folder that is there keeps its rights. */
function openFolder(wanted: string): void {
  const first = fs.mkdirSync(wanted, { recursive: true })
  for (let made = wanted; first !== undefined && made.length >= first.length; made = path.dirname(made))
    fs.chmodSync(made, 0o755)
}

interface Running {
  readonly pid: number
  readonly socket: string
}

/** The server that runs on this data, once it answers; undefined when none does and one may be started. */
async function joinable(data: string): Promise<Running | undefined> {
  const running = readPidFile(data)
  if (!running) return undefined
  const since = Date.now()
  for (let now = readPidFile(data); now?.pid === running.pid; now = readPidFile(data)) {
    // The line with the socket is written a moment after the first.
    const answer = now.socket ? await ask(now.socket) : 'not yet'
    if (answer === 'ready') return now
    // Its socket was swept away (a cleaner of temporary folders): nobody can use it, so it is stopped and started anew.
    if (answer === 'no socket' && Date.now() - since > 3000) {
      await stopServer(running)
      return undefined
    }
    if (Date.now() - since > 600_000) throw stuck(data, running.pid)
    await wait(50)
  }
  return undefined
}

const isServer = (pid: number): boolean => isAlive(pid) && programOf(pid).startsWith('postgres')

/** @returns undefined for no file, and for the file of a server that was killed, which is removed where it would be in the way */
function readPidFile(data: string): Running | undefined {
  const file = path.join(data, 'postmaster.pid')
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : []
  const pid = Number(lines[0])
  const socket = lines[4]?.trim()
  if (!pid) return undefined
  if (isServer(pid)) return { pid, socket: socket ?? '' }
  // The number may by now belong to any other process, which PostgreSQL would take for a running server.
  fs.rmSync(file, { force: true })
  return undefined
}

async function startServer(
  folder: string,
  data: string,
  found: Binaries,
  user: OsUser | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<Running> {
  const binaries = makeRunnable(found, folder, user)
  const socket = socketFolder(folder, user)
  const as = user ? { uid: user.uid, gid: user.gid } : {}
  const env = { PATH: process.env['PATH'], LC_ALL: process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8' }
  if (!fs.existsSync(data)) {
    // Made aside: an initdb that was cut short must not look like a database.
    const part = `${data}.part`
    fs.rmSync(part, { recursive: true, force: true })
    ownFolder(part, user)
    run(
      path.join(binaries.bin, 'initdb'),
      [
        '-D',
        part,
        '-U',
        superuser,
        '-A',
        'trust',
        '-E',
        'UTF8',
        '--data-checksums',
        ...localeFlags,
        ...(settings['fsync'] === 'off' ? ['--no-sync'] : []),
      ],
      { ...as, env },
    )
    fs.renameSync(part, data)
  }
  const all = {
    ...serverSettings(),
    ...settings,
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    port: String(port),
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const begin = () => {
    const log = openLog(folder)
    // Detached: Ctrl-C reaches the platform, which then stops the server in order.
    const child = spawn(path.join(binaries.bin, 'postgres'), ['-D', data, ...flags], {
      ...as,
      env,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
    })
    fs.closeSync(log)
    const state: { child: ChildProcess; ended: string | undefined } = { child, ended: undefined }
    child.on('error', error => (state.ended = error.message))
    child.on('exit', (code, by) => (state.ended ??= `exit ${code ?? by}`))
    child.unref()
    return state
  }
  const since = Date.now()
  let begun = begin()
  while ((await ask(socket)) !== 'ready') {
    await wait(20)
    if (begun.ended === undefined && begun.child.pid !== undefined) continue
    if (!isStillInUse(folder) || Date.now() - since > leftoverMs) throw didNotStart(folder, begun.ended ?? 'no process')
    await wait(250)
    begun = begin()
  }
  return { pid: begun.child.pid as number, socket }
}

/** How long what a killed server left behind may take to notice; PostgreSQL starts nothing beside it. */
const leftoverMs = 15_000

const isStillInUse = (folder: string): boolean => / is still in use$/m.test(endOfLog(folder))

/** `C.UTF-8` and not `C`, under which PostgreSQL does not know Chinese characters for letters. */
const localeFlags = process.platform === 'darwin' ? ['--locale=en_US.UTF-8', '--lc-collate=C'] : ['--locale=C.UTF-8']

/** A path of a socket may not be longer than about 100 bytes. */
function socketFolder(folder: string, user: OsUser | undefined): string {
  const near = path.join(folder, 'run')
  const fits = (place: string) => Buffer.byteLength(path.join(place, `.s.PGSQL.${port}`)) <= 100
  const name = `zhulian-${user?.uid ?? process.getuid?.() ?? 0}-${shortHash(folder)}`
  const place = [near, path.join(os.tmpdir(), name), path.join('/tmp', name)].find(fits) ?? near
  ownFolder(place, user)
  return place
}

/** A folder only its user may enter. @throws SetupProblem when somebody else made it before us */
function ownFolder(place: string, user: OsUser | undefined): void {
  fs.mkdirSync(place, { recursive: true, mode: 0o700 })
  if (user && fs.lstatSync(place).uid === 0) fs.lchownSync(place, user.uid, user.gid)
  const { uid } = fs.lstatSync(place)
  if (!fs.lstatSync(place).isDirectory() || uid !== (user?.uid ?? process.getuid?.())) {
    throw belongsToAnother(place)
  }
  fs.chmodSync(place, 0o700)
}

async function ask(socket: string): Promise<'ready' | 'not yet' | 'no socket'> {
  const client = new pg.Client({
    host: socket,
    port,
    user: superuser,
    database: 'postgres',
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return 'ready'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no socket' : 'not yet'
  } finally {
    await client.end().catch(() => {})
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is written down. */
async function stopServer({ pid, socket }: Running): Promise<void> {
  signal(pid)
  while (isServer(pid)) await wait(20)
  if (path.basename(socket).startsWith('zhulian-')) fs.rmSync(socket, { recursive: true, force: true })
}

function signal(pid: number): void {
  try {
    if (programOf(pid).startsWith('postgres')) process.kill(pid, 'SIGINT')
  } catch {
    // it has ended already
  }
}

function openLog(folder: string): number {
  const file = path.join(folder, 'server.log')
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) fs.renameSync(file, `${file}.1`)
  return fs.openSync(file, 'a', 0o600)
}

function run(
  program: string,
  args: readonly string[],
  how: { uid?: number; gid?: number; env: NodeJS.ProcessEnv },
): void {
  try {
    execFileSync(program, args, { ...how, cwd: '/', stdio: 'pipe' })
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? error).trim()
    throw new SetupProblem(
      {
        zh: `数据库初始化失败：${said}。请检查磁盘空间和目录权限。`,
        en: `The database could not be set up: ${said}. Check the free space and the rights of the folder.`,
      },
      error,
    )
  }
}

const majorOf = (data: string): number | undefined => {
  const file = path.join(data, 'PG_VERSION')
  return fs.existsSync(file) ? Number.parseInt(fs.readFileSync(file, 'utf8'), 10) : undefined
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10)

const stuck = (data: string, pid: number) =>
  new SetupProblem({
    zh: `数据库（进程 ${pid}，${data}）十分钟没有应答。请查看旁边的 server.log。`,
    en: `The database (process ${pid}, ${data}) has not answered for ten minutes. See server.log beside it.`,
  })

function didNotStart(folder: string, how: string): SetupProblem {
  const file = path.join(folder, 'server.log')
  const said = endOfLog(folder)
  return new SetupProblem({
    zh: `数据库没有启动（${how}）。日志 ${file} 最后几行：\n${said}`,
    en: `The database did not start (${how}). The end of its log ${file}:\n${said}`,
  })
}

const endOfLog = (folder: string): string =>
  fs.readFileSync(path.join(folder, 'server.log'), 'utf8').trimEnd().split('\n').slice(-5).join('\n')

function canWrite(place: string): boolean {
  try {
    fs.accessSync(place, fs.constants.W_OK)
    return true
  } catch {
    return false
  }
}

const belongsToAnother = (place: string) =>
  new SetupProblem({
    zh: `目录 ${place} 属于另一个用户，数据库不能使用。请以原来的用户启动，或改用另一个 ZHULIAN_DATA。`,
    en: `The folder ${place} belongs to another user, so the database cannot use it. Start as the user who made it, or choose another ZHULIAN_DATA.`,
  })

const noWindows = new SetupProblem({
  zh: 'Windows 上不能自带数据库。请在 WSL 里运行，或用 DATABASE_URL 指定已有的 PostgreSQL。',
  en: 'On Windows the platform brings no database. Run it in WSL, or name a PostgreSQL with DATABASE_URL.',
})
