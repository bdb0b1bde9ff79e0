import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'

/**
 * Runs `work` with the doorkeeper's eyes: credentials, sessions and accounts of people who are not in yet. Row-level security is
 * set back afterwards; when `work` throws, the transaction is rolled back and the setting with it.
 */
export async function asDoorkeeper<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  if (ctx.actor.role === 'machine' || ctx.actor.role === 'doorkeeper') return work()
  await sql`set local app.role = 'doorkeeper'`.execute(ctx.transaction)
  const result = await work()
  // Roles are a closed list of plain words.
  await sql`set local app.role = '${sql.raw(ctx.actor.role)}'`.execute(ctx.transaction)
  return result
}
