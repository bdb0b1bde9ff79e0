import { divisionRange } from '@zhulian/kernel'
import { sql } from 'kysely'
import { machineActor } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'

/**
 * Runs `work` as the district's machine account, for a request that a machine of a bureau has signed: nobody is signed in. Row-level
 * security is set back afterwards; when `work` throws, the transaction is rolled back and the setting with it.
 */
export async function asMachine<T>(ctx: Ctx, work: (machine: Ctx) => Promise<T>): Promise<T> {
  const actor = machineActor(ctx.district)
  const { lo, hi } = divisionRange(actor.scope ?? '')
  const set = (name: string, value: string) =>
    sql`select set_config(${`app.${name}`}, ${value}, true)`.execute(ctx.transaction)
  const before = { role: ctx.actor.role, lo: '', hi: '', actor: ctx.actor.account }
  for (const [name, value] of Object.entries({ role: 'machine', lo, hi, actor: actor.account })) await set(name, value)
  const result = await work({ ...ctx, actor })
  for (const [name, value] of Object.entries(before)) await set(name, value)
  return result
}
