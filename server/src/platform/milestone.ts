import { sql } from 'kysely'
import type { Ctx } from './ctx.ts'

/** Something that is done to an installation as a whole, once. */
export type Milestone = 'demo loaded'

export async function isReached({ transaction }: Ctx, name: Milestone): Promise<boolean> {
  const { rows } = await sql`select from platform.milestone where name = ${name}`.execute(transaction)
  return rows.length > 0
}

export async function reach({ transaction, now }: Ctx, name: Milestone): Promise<void> {
  await sql`insert into platform.milestone (name, at) values (${name}, ${now})`.execute(transaction)
}
