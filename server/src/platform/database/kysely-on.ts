import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import type { OpenTransaction } from '../ctx.ts'

/**
 * Kysely on one connection that somebody else begins, commits and gives back. Statements sent side by side take turns.
 */
export function kyselyOn(client: pg.ClientBase): OpenTransaction {
  let last: Promise<unknown> = Promise.resolve()
  const connect = async () => {
    const before = last
    let release!: () => void
    last = new Promise<void>(resolve => (release = resolve))
    await before
    return { query: client.query.bind(client), release } as unknown as PostgresPoolClient
  }
  return new Kysely({ dialect: new PostgresDialect({ pool: { options: {}, connect, end: () => Promise.resolve() } }) })
}
