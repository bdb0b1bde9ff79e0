import { type Id, newId } from '@zhulian/kernel'
import type { Role } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { sessionEnded } from '../../platform/live.ts'
import { asDoorkeeper } from './as-doorkeeper.ts'
import { identity } from './tables.ts'
import { hashOf, newToken } from './tokens.ts'

const day = 86_400

/** How long a session lasts without being used, and at most. Staff: a working day; a resident's phone: months. */
export const lifetimes = {
  staff: { idleSeconds: 30 * 60, mostSeconds: day / 2 },
  resident: { idleSeconds: 180 * day, mostSeconds: 365 * day },
} as const

export const lifetimeOf = (role: Role) => (role === 'resident' ? lifetimes.resident : lifetimes.staff)

export interface Opened {
  readonly id: Id
  readonly token: string
  readonly until: Date
}

/** Doorkeeper's work. @param proved whether a password was given just now */
export async function openSession(
  ctx: Ctx,
  account: Id,
  grant: { readonly id: Id; readonly role: Role },
  proved: boolean,
): Promise<Opened> {
  const { idleSeconds, mostSeconds } = lifetimeOf(grant.role)
  const [id, token] = [newId(ctx.now.getTime()), newToken()]
  const until = new Date(ctx.now.getTime() + mostSeconds * 1000)
  await identity(ctx)
    .insertInto('identity.session')
    .values({
      district: ctx.district,
      id,
      token_hash: hashOf(token),
      account_id: account,
      grant_id: grant.id,
      created_at: ctx.now,
      seen_at: ctx.now,
      expires_at: until,
      idle_seconds: idleSeconds,
      proved_at: proved ? ctx.now : null,
      ended_at: null,
    })
    .execute()
  return { id, token, until }
}

/** Ends sessions of an account at once, open live streams included. */
export async function endSessions(
  ctx: Ctx,
  account: Id,
  which: { only?: Id; except?: Id; grant?: Id } = {},
): Promise<void> {
  let ended = identity(ctx)
    .updateTable('identity.session')
    .set({ ended_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('account_id', '=', account)
    .where('ended_at', 'is', null)
  if (which.only) ended = ended.where('id', '=', which.only)
  if (which.except) ended = ended.where('id', '<>', which.except)
  if (which.grant) ended = ended.where('grant_id', '=', which.grant)
  await ended.execute()
  ctx.tell({ name: sessionEnded, to: { account }, id: account })
}

/** For a lost telephone: whoever holds it is signed out, and its owner signs in anew. Who says so of their own stays in here. */
export const signOutEverywhere = (ctx: Ctx, account: Id): Promise<void> =>
  asDoorkeeper(ctx, () => endSessions(ctx, account, ctx.actor.session ? { except: ctx.actor.session } : {}))
