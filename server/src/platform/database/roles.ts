import pg from 'pg'
import { SetupProblem } from '../setup-problem.ts'
import { roleNames, type Logins } from './connect.ts'

/**
 * Makes what migrations need and may not make themselves: the three roles and the schema of jobs. Checks what row-level
 * security stands on. Does nothing the second time. @returns the server's version, such as `18.4`
 */
export async function prepare(logins: Logins): Promise<string> {
  const client = new pg.Client({ ...logins.maker, options: '-c search_path=pg_catalog' })
  client.on('error', () => {})
  await client.connect()
  try {
    const version = await checkServer(client)
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('zhulian roles'))`)
    await makeRoles(client)
    await client.query('commit')
    await checkRoles(client)
    return version
  } catch (error) {
    if ((error as { code?: string }).code === '42501') throw mayNot(error)
    throw error
  } finally {
    await client.end()
  }
}

async function checkServer(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string; number: number; ordered: boolean; utf8: boolean }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            '330111999999' < '330111:' and '330111:' < '330112' as ordered, current_setting('server_encoding') = 'UTF8' as utf8`,
  )
  const found = rows[0]
  if (!found || found.number < 150_000) {
    throw new SetupProblem({
      zh: `数据库版本是 ${found?.version}，要求 PostgreSQL 15 或更新。请升级数据库。`,
      en: `The database is version ${found?.version}; PostgreSQL 15 or newer is needed. Upgrade it.`,
    })
  }
  // The range of a division, '330111' <= code < '330111:', holds only where text sorts by its bytes.
  if (!found.ordered || !found.utf8) {
    throw new SetupProblem({
      zh: `数据库的编码或排序规则不对（要求 UTF8 与 C.UTF-8）。请重建：create database zhulian template template0 encoding 'UTF8' locale 'C.UTF-8'。`,
      en: `The database has the wrong encoding or sorting (UTF8 and C.UTF-8 are needed). Make it anew: create database zhulian template template0 encoding 'UTF8' locale 'C.UTF-8'.`,
    })
  }
  return found.version.split(' ')[0] ?? found.version
}

async function makeRoles(client: pg.Client): Promise<void> {
  const { rows: there } = await client.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any($1)',
    [Object.values(roleNames)],
  )
  for (const role of Object.values(roleNames)) {
    if (!there.some(r => r.rolname === role)) await client.query(`create role ${role} login`)
    const { rows } = await client.query<{ member: boolean }>(
      `select pg_has_role(current_user, $1, 'member') as member`,
      [role],
    )
    if (!rows[0]?.member) await client.query(`grant ${role} to current_user`)
  }
  const { rows } = await client.query<{ database: string; creates: boolean; jobs: boolean }>(
    `select current_database() as database, has_database_privilege('${roleNames.owner}', current_database(), 'create') as creates,
            exists (select from pg_namespace where nspname = 'jobs') as jobs`,
  )
  if (!rows[0]?.creates)
    await client.query(`grant create on database ${pg.escapeIdentifier(rows[0]?.database ?? '')} to ${roleNames.owner}`)
  if (!rows[0]?.jobs) {
    await client.query(`create schema jobs authorization ${roleNames.jobs}`)
    await client.query(`grant usage on schema jobs to ${roleNames.app}, ${roleNames.owner}`)
  }
}

/**
 * A request role that may step over row-level security would make every wall behind it a painted one; so would an owner who may, with
 * whose rights the views that are walls read.
 */
async function checkRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles where rolname in ('${roleNames.app}', '${roleNames.jobs}')
       and (rolsuper or rolbypassrls or rolcreaterole or pg_has_role(oid, '${roleNames.owner}', 'member'))`,
  )
  if (rows.length === 0) return checkOwner(client)
  const names = rows.map(r => r.rolname).join(', ')
  throw new SetupProblem({
    zh: `数据库角色 ${names} 权限过大，可以绕过行级安全。请执行：alter role … nosuperuser nobypassrls nocreaterole，并撤销其 ${roleNames.owner} 成员身份。`,
    en: `The database role ${names} may step over row-level security. Run: alter role … nosuperuser nobypassrls nocreaterole, and revoke its membership of ${roleNames.owner}.`,
  })
}

async function checkOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `select from pg_roles where rolname = '${roleNames.owner}' and (rolsuper or rolbypassrls)`,
  )
  if (rows.length === 0) return
  throw new SetupProblem({
    zh: `数据库角色 ${roleNames.owner} 可以绕过行级安全。请执行：alter role ${roleNames.owner} nosuperuser nobypassrls。`,
    en: `The database role ${roleNames.owner} may step over row-level security. Run: alter role ${roleNames.owner} nosuperuser nobypassrls.`,
  })
}

const mayNot = (cause: unknown) =>
  new SetupProblem(
    {
      zh: `DATABASE_URL 的用户不能建立所需角色。请让数据库管理员执行：${dba('该用户')}`,
      en: `The user of DATABASE_URL may not make the roles it needs. Ask the administrator of the database to run: ${dba('that user')}`,
    },
    cause,
  )

const dba = (user: string) =>
  [
    ...Object.values(roleNames).map(role => `create role ${role} login;`),
    `grant ${Object.values(roleNames).join(', ')} to <${user}>;`,
    `grant create on database <database> to ${roleNames.owner};`,
    `create schema jobs authorization ${roleNames.jobs};`,
    `grant usage on schema jobs to ${roleNames.app}, ${roleNames.owner};`,
  ].join(' ')
