import { type Day, dayOf, type DivisionCode, divisionRange, type Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Actor, machineActor, type Role } from './actor.ts'
import type { Ctx } from './ctx.ts'
import type { RequestEdges } from './route.ts'

/** Somebody of the made-up district, in whose name something is made up. */
export const actorOf = (
  ctx: Ctx,
  role: Role,
  account: Id,
  name: string,
  scope: DivisionCode | undefined,
  organisation?: Id,
): Actor => ({
  account,
  role,
  name,
  district: ctx.district,
  scope,
  organisation,
  household: undefined,
  session: undefined,
  provedAt: undefined,
})

/** What a request brings along besides what is asked, where there is no request. */
export const edges = { ifMatch: undefined, query: {} } as unknown as RequestEdges & { query: never }

/** Runs `work` as somebody else and at another time, within the machine's transaction; row-level security goes along. */
export async function as<T>(machine: Ctx, actor: Actor, now: Date, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  await become(machine, actor)
  const today = dayOf(now, 'Asia/Shanghai') as Day
  const result = await work({ ...machine, actor, now, today, tell: () => {}, about: () => {} })
  await become(machine, machine.actor)
  return result
}

/**
 * Runs `work` as the machine within the same transaction, for what follows for others out of what somebody did who may not see it. Whom
 * it is about and who is told stay as they are.
 */
export async function asMachine<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const machine = machineActor(ctx.district)
  await become(ctx, machine)
  const result = await work({ ...ctx, actor: machine })
  await become(ctx, ctx.actor)
  return result
}

async function become(ctx: Ctx, actor: Actor): Promise<void> {
  const range = actor.scope === undefined ? { lo: '', hi: '' } : divisionRange(actor.scope)
  await sql`select set_config('app.actor', ${actor.account}, true), set_config('app.role', ${actor.role}, true),
    set_config('app.lo', ${range.lo}, true), set_config('app.hi', ${range.hi}, true),
    set_config('app.organisation', ${actor.organisation ?? ''}, true)`.execute(ctx.transaction)
}
