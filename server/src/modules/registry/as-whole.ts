import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'

/**
 * The records of children. Who works in a village opens them only with a standing grant of an office: what was said of a child, their
 * birth date and numbers, what was written about them at a door. That there is a child stays known, by a masked name.
 */
export const isInTheField = (role: string): boolean => role === 'guide' || role === 'villageGroup'

/**
 * Runs `work` past the walls in front of children's records and of what is for health workers, where what comes out is a judgement, a
 * count, a check, or a row taken back or carried along unread, and no record. The place stays the actor's.
 */
export async function asWhole<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  if (ctx.actor.role === 'machine') return work()
  if (deep(ctx, 1) === 1) await sql`set local app.role = 'machine'`.execute(ctx.transaction)
  try {
    return await work()
  } finally {
    if (deep(ctx, -1) === 0) await backAs(ctx)
  }
}

/** Work of this kind stands within work of this kind; only the outermost closes the walls again. */
const depth = new WeakMap<Ctx['transaction'], number>()

function deep({ transaction }: Ctx, step: 1 | -1): number {
  const now = (depth.get(transaction) ?? 0) + step
  depth.set(transaction, now)
  return now
}

/** After an error of the database nothing can be set, and nothing read either. */
const backAs = (ctx: Ctx) =>
  sql`set local app.role = '${sql.raw(ctx.actor.role)}'`.execute(ctx.transaction).catch((error: { code?: unknown }) => {
    if (error.code !== '25P02') throw error
  })
