import fs from 'node:fs'
import path from 'node:path'
import type pg from 'pg'

export interface Finding {
  /** `E06 primary key does not begin with district` */
  readonly rule: string
  readonly object: string
  readonly detail: string
}

const text = fs.readFileSync(path.join(import.meta.dirname, 'catalogue-lint.sql'), 'utf8')

/** Looks over every schema of ours; that of jobs belongs to pg-boss. */
export async function lintCatalogue(
  client: Pick<pg.ClientBase, 'query'>,
  schemas?: readonly string[],
): Promise<Finding[]> {
  const looked = schemas ?? (await ownSchemas(client))
  return (await client.query<Finding>(text, [looked])).rows
}

export async function ownSchemas(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'jobs') order by 1`,
  )
  return rows.map(r => r.name)
}
