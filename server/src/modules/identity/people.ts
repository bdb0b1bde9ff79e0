import type { DivisionCode, Id } from '@zhulian/kernel'
import type { Role } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { asDoorkeeper } from './as-doorkeeper.ts'
import { heldNow } from './held-now.ts'
import { identity } from './tables.ts'
import { openPhone } from './work-phone.ts'

export interface Colleague {
  readonly account: Id
  readonly name: string
  readonly scope: DivisionCode
  /** Where residents may call, once the guide has given a number. */
  readonly phone: string | null
}

/** Guides who work in a village today, those of the village itself before those of its township. */
export async function listGuidesOf(ctx: Ctx, village: DivisionCode): Promise<Colleague[]> {
  return asDoorkeeper(ctx, async () => {
    const rows = await heldNow(ctx)
      .select(['account.id', 'account.name', 'account.sealed_work_phone', 'held.scope'])
      .where('held.role', '=', 'guide')
      .where('held.scope', 'in', [village, village.slice(0, 9) as DivisionCode])
      .orderBy('held.scope', 'desc')
      .orderBy('account.id')
      .execute()
    return rows.flatMap(row =>
      row.scope
        ? [{ account: row.id, name: row.name, scope: row.scope, phone: openPhone(ctx, row.id, row.sealed_work_phone) }]
        : [],
    )
  })
}

export interface Worker {
  readonly account: Id
  readonly name: string
  readonly role: Role
}

/** Who works today in some of these roles where a village lies, those of the village before those of its township; each once. */
export async function listWorkersOf(
  ctx: Ctx,
  village: DivisionCode,
  roles: readonly Role[],
): Promise<readonly Worker[]> {
  return asDoorkeeper(ctx, async () => {
    const rows = await heldNow(ctx)
      .select(['account.id', 'account.name', 'held.role', 'held.scope'])
      .where('held.role', 'in', roles)
      .where(
        'held.scope',
        'in',
        [12, 9, 6].map(digits => village.slice(0, digits) as DivisionCode),
      )
      .orderBy('held.scope', 'desc')
      .orderBy('account.id')
      .execute()
    const found = new Map<Id, Worker>()
    for (const { id, name, role } of rows) if (!found.has(id)) found.set(id, { account: id, name, role })
    return [...found.values()]
  })
}

/** Who works today in some of these roles in a part of the district, once for each place they work in, by place. */
export async function listWorkersUnder(
  ctx: Ctx,
  part: DivisionCode,
  roles: readonly Role[],
): Promise<Pick<Colleague, 'account' | 'name' | 'scope'>[]> {
  return asDoorkeeper(ctx, async () => {
    const rows = await heldNow(ctx)
      .select(['account.id', 'account.name', 'held.scope'])
      .distinct()
      .where('held.role', 'in', roles)
      .where('held.scope', '>=', part)
      .where('held.scope', '<', `${part}:` as DivisionCode)
      .orderBy('held.scope')
      .orderBy('account.id')
      .execute()
    return rows.flatMap(row => (row.scope ? [{ account: row.id, name: row.name, scope: row.scope }] : []))
  })
}

/** Guides who work today in a part of the district, once for each place they work in, by place. */
export const listGuidesUnder = (ctx: Ctx, part: DivisionCode) => listWorkersUnder(ctx, part, ['guide'])

/** Clerks of the townships in a part of the district, in the same way. */
export const listClerksUnder = (ctx: Ctx, part: DivisionCode) => listWorkersUnder(ctx, part, ['townshipClerk'])

/** Helpers of today, by name; all whose name holds what was given, or the one of an account. */
export async function listHelpersNamed(
  ctx: Ctx,
  of: { readonly name?: string | undefined; readonly account?: Id | undefined },
): Promise<Pick<Colleague, 'account' | 'name'>[]> {
  return asDoorkeeper(ctx, async () => {
    let found = heldNow(ctx).select(['account.id', 'account.name']).distinct().where('held.role', '=', 'helper')
    if (of.account !== undefined) found = found.where('account.id', '=', of.account)
    if (of.name !== undefined) found = found.where('account.name', 'like', `%${of.name.replace(/[\\%_]/g, '\\$&')}%`)
    const rows = await found.orderBy('account.name').orderBy('account.id').limit(200).execute()
    return rows.map(row => ({ account: row.id, name: row.name }))
  })
}

/** Accounts of those who work for a bureau today. */
export async function listOfficersOf(
  ctx: Ctx,
  organisation: Id,
  role: 'bureauOfficer' | 'provider' = 'bureauOfficer',
): Promise<Id[]> {
  return asDoorkeeper(ctx, async () => {
    const rows = await heldNow(ctx)
      .select('account.id')
      .distinct()
      .where('held.role', '=', role)
      .where('held.organisation_id', '=', organisation)
      .execute()
    return rows.map(row => row.id)
  })
}

/** Who works for an organisation that gives help, or runs a hub for one, by name. */
export async function listPeopleOf(
  ctx: Ctx,
  organisation: Id,
): Promise<{ readonly account: Id; readonly name: string; readonly role: 'provider' | 'operator' }[]> {
  return asDoorkeeper(ctx, async () => {
    const rows = await heldNow(ctx)
      .select(['account.id', 'account.name', 'held.role'])
      .distinct()
      .where('held.role', 'in', ['provider', 'operator'])
      .where('held.organisation_id', '=', organisation)
      .orderBy('account.name')
      .orderBy('account.id')
      .limit(200)
      .execute()
    return rows.map(row => ({ account: row.id, name: row.name, role: row.role as 'provider' | 'operator' }))
  })
}

/** Names of members of staff by account; residents and strangers have none. */
export async function namesOf(ctx: Ctx, accounts: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  if (accounts.length === 0) return new Map()
  return asDoorkeeper(ctx, async () => {
    const rows = await identity(ctx)
      .selectFrom('identity.account')
      .select(['id', 'name'])
      .where('district', '=', ctx.district)
      .where('kind', '=', 'staff')
      .where('id', 'in', [...new Set(accounts)])
      .execute()
    return new Map(rows.map(row => [row.id, row.name]))
  })
}

/** The village whose QR code a visitor came in by. */
export async function findVillageOf(ctx: Ctx, account: Id = ctx.actor.account): Promise<DivisionCode | undefined> {
  return asDoorkeeper(ctx, async () => {
    const row = await identity(ctx)
      .selectFrom('identity.account')
      .select('village')
      .where('district', '=', ctx.district)
      .where('id', '=', account)
      .executeTakeFirst()
    return (row?.village ?? undefined) as DivisionCode | undefined
  })
}

/** Whether an account stands and holds a right at this moment. */
export async function isAtWork(ctx: Ctx, account: Id): Promise<boolean> {
  return asDoorkeeper(ctx, async () => {
    const row = await heldNow(ctx).select('account.id').where('account.id', '=', account).limit(1).executeTakeFirst()
    return row !== undefined
  })
}
