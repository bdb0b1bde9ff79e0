import { execFileSync, spawnSync } from 'node:child_process'
import path from 'node:path'
import { SetupProblem } from '../setup-problem.ts'

/** Where `id` and `test` are, also for a service or a script whose PATH names only what it needs. */
const PATH = [process.env['PATH'], '/usr/bin', '/bin'].filter(Boolean).join(path.delimiter)
const env = { ...process.env, PATH }

/** Who runs the database server; undefined is ourselves. */
export interface OsUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root: then it runs as PG_OS_USER, postgres or nobody. */
export function databaseUser(wanted = process.env['PG_OS_USER']): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of [wanted, 'postgres', 'nobody']) {
    if (!name) continue
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { env, stdio: ['ignore', 'pipe', 'ignore'] }).toString())
    try {
      const user = { name, uid: id('-u'), gid: id('-g') }
      if (user.uid !== 0) return user
    } catch {
      // no such user here
    }
  }
  throw new SetupProblem({
    zh: '数据库不能以 root 身份运行，而本机没有 postgres 或 nobody 用户。请用普通用户启动，或用 PG_OS_USER 指定一个用户。',
    en: 'The database refuses to run as root, and this machine has neither the user postgres nor nobody. Start as an ordinary user, or name one with PG_OS_USER.',
  })
}

/** May this user go to this place (a folder to enter, a program to run)? */
export function canReach(user: OsUser | undefined, place: string): boolean {
  const as = user ? { uid: user.uid, gid: user.gid } : {}
  return spawnSync('test', ['-x', place], { cwd: '/', env, stdio: 'ignore', ...as }).status === 0
}
