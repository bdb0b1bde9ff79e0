import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import type { OpenTransaction } from '../ctx.ts'

/** Kysely on one connection that somebody else begins, commits and gives back. */
export function kyselyOn(client: pg.ClientBase): OpenTransaction {
  const held = { query: client.query.bind(client), release() {} } as unknown as PostgresPoolClient
  return new Kysely({
    dialect: new PostgresDialect({ pool: { connect: () => Promise.resolve(held), end: () => Promise.resolve() } }),
  })
}
