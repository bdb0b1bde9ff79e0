import { type Id, isId, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, notUnderstood } from '../../platform/refusals.ts'
import { addAccount, addGrant } from './add-account.ts'
import { asDoorkeeper } from './as-doorkeeper.ts'
import { type AccountView, type identityContract, lastAdmin, nameTaken, notYourself, tooLong } from './contract.ts'
import { grantView, type RoleGrant } from './grant.ts'
import { listSessions } from './own-session.ts'
import { endSessions } from './session.ts'
import { identity } from './tables.ts'
import { hashOf, newSetUpCode, normaliseCode, normaliseName } from './tokens.ts'

type C = typeof identityContract

const dayMs = 86_400_000
const setUpDays = 7
/** A grant is confirmed again after a year. */
const grantDays = 366

/** What the administrator does to accounts of others. Residents' accounts are not listed. */

export async function listAccounts(ctx: Ctx, { query }: InputOf<C['GET /accounts']>) {
  if (query.after !== undefined && !isId(query.after)) throw notUnderstood()
  let accounts = identity(ctx)
    .selectFrom('identity.account as account')
    .selectAll('account')
    .where('account.district', '=', ctx.district)
    .where('account.kind', '=', 'staff')
  if (query.after && isId(query.after)) accounts = accounts.where('account.id', '<', query.after)
  if (query.name) accounts = accounts.where('account.name', 'like', `%${query.name.replace(/[\\%_]/g, '\\$&')}%`)
  if (query.ended) accounts = accounts.where('account.ended_at', query.ended === 'true' ? 'is not' : 'is', null)
  const { role } = query
  if (role)
    accounts = accounts.where(eb =>
      eb.exists(
        eb
          .selectFrom('identity.role_grant as held')
          .select('held.id')
          .where('held.district', '=', ctx.district)
          .whereRef('held.account_id', '=', 'account.id')
          .where('held.role', '=', role)
          .where('held.ended_at', 'is', null),
      ),
    )
  const rows = await accounts
    .orderBy('account.id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  const grants = await grantsOf(
    ctx,
    page.map(row => row.id),
  )
  return {
    items: page.map(row =>
      viewOf(
        row,
        grants.filter(grant => grant.account_id === row.id),
      ),
    ),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

export async function getAccount(
  ctx: Ctx,
  { params }: { readonly params: { readonly accountId: Id } },
): Promise<AccountView> {
  const row = await identity(ctx)
    .selectFrom('identity.account')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', params.accountId)
    .where('kind', '=', 'staff')
    .executeTakeFirst()
  if (!row) throw notFound()
  ctx.about({ kind: 'account', id: row.id })
  return viewOf(row, await grantsOf(ctx, [row.id]))
}

export async function createAccount(ctx: Ctx, { body }: InputOf<C['POST /accounts']>) {
  const id = newId(ctx.now.getTime())
  const grants = body.grants.map(grant => ({ ...grant, until: untilOf(ctx, grant.until) }))
  await addAccount(ctx, { id, kind: 'staff', name: body.name, grants })
  const code = await addCredential(ctx, id, body.signInName)
  return { ...(await getAccount(ctx, { params: { accountId: id } })), ...code }
}

/** @throws nameTaken */
export async function addCredential(ctx: Ctx, account: Id, signInName: string) {
  const code = newCode(ctx)
  return asDoorkeeper(ctx, async () => {
    const added = await identity(ctx)
      .insertInto('identity.credential')
      .values({
        district: ctx.district,
        account_id: account,
        sign_in_name: normaliseName(signInName),
        password_hash: null,
        password_set_at: null,
        set_up_hash: hashOf(normaliseCode(code.setUpCode)),
        set_up_until: new Date(code.validUntil),
        failures: 0,
        failed_at: null,
        locked_until: null,
      })
      .onConflict(conflict => conflict.columns(['district', 'sign_in_name']).doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows !== 1n) throw nameTaken()
    return code
  })
}

export async function renewSetUpCode(ctx: Ctx, { params }: InputOf<C['POST /accounts/:accountId/set-up-code']>) {
  await getOther(ctx, params.accountId)
  const code = newCode(ctx)
  await asDoorkeeper(ctx, async () => {
    await identity(ctx)
      .updateTable('identity.credential')
      .set({
        password_hash: null,
        set_up_hash: hashOf(normaliseCode(code.setUpCode)),
        set_up_until: new Date(code.validUntil),
        failures: 0,
        locked_until: null,
      })
      .where('district', '=', ctx.district)
      .where('account_id', '=', params.accountId)
      .execute()
  })
  await endSessions(ctx, params.accountId)
  return code
}

export async function endAccount(ctx: Ctx, { params }: InputOf<C['POST /accounts/:accountId/end']>) {
  await getOther(ctx, params.accountId)
  const mine = { ended_at: ctx.now, ended_by: ctx.actor.account }
  await identity(ctx)
    .updateTable('identity.account')
    .set(eb => ({ ...mine, version: eb('version', '+', 1) }))
    .where('district', '=', ctx.district)
    .where('id', '=', params.accountId)
    .where('ended_at', 'is', null)
    .execute()
  await identity(ctx)
    .updateTable('identity.role_grant')
    .set(mine)
    .where('district', '=', ctx.district)
    .where('account_id', '=', params.accountId)
    .where('ended_at', 'is', null)
    .execute()
  await requireAnAdmin(ctx)
  await endSessions(ctx, params.accountId)
  return getAccount(ctx, { params })
}

export async function grantRole(ctx: Ctx, { params, body }: InputOf<C['POST /accounts/:accountId/grants']>) {
  const account = await getOther(ctx, params.accountId)
  if (account.endedAt) throw notFound()
  await addGrant(ctx, params.accountId, { ...body, until: untilOf(ctx, body.until) })
  return getAccount(ctx, { params })
}

export async function endGrant(ctx: Ctx, { params }: InputOf<C['POST /accounts/:accountId/grants/:grantId/end']>) {
  const account = await getOther(ctx, params.accountId)
  if (!account.grants.some(grant => grant.id === params.grantId)) throw notFound()
  await identity(ctx)
    .updateTable('identity.role_grant')
    .set({ ended_at: ctx.now, ended_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('id', '=', params.grantId)
    .where('ended_at', 'is', null)
    .execute()
  await requireAnAdmin(ctx)
  await endSessions(ctx, params.accountId, { grant: params.grantId })
  return getAccount(ctx, { params })
}

export async function listSessionsOf(ctx: Ctx, { params }: InputOf<C['GET /accounts/:accountId/sessions']>) {
  await getAccount(ctx, { params })
  return listSessions(ctx, params.accountId)
}

export async function endSessionsOf(ctx: Ctx, { params }: InputOf<C['POST /accounts/:accountId/sessions/end']>) {
  await getAccount(ctx, { params })
  await endSessions(ctx, params.accountId)
  return { done: true as const }
}

/** @throws notYourself */
async function getOther(ctx: Ctx, account: Id): Promise<AccountView> {
  const found = await getAccount(ctx, { params: { accountId: account } })
  if (account === ctx.actor.account) throw notYourself()
  return found
}

/** Two who end each other at the same moment come here one after the other. @throws lastAdmin */
async function requireAnAdmin(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`zhulian administrators ${ctx.district}`}))`.execute(identity(ctx))
  if (!(await hasAdmin(ctx))) throw lastAdmin()
}

export async function hasAdmin(ctx: Ctx): Promise<boolean> {
  const admin = await identity(ctx)
    .selectFrom('identity.role_grant')
    .select('id')
    .where('district', '=', ctx.district)
    .where('role', '=', 'admin')
    .where('ended_at', 'is', null)
    .where(eb => eb.or([eb('until_at', 'is', null), eb('until_at', '>', ctx.now)]))
    .limit(1)
    .executeTakeFirst()
  return admin !== undefined
}

function untilOf(ctx: Ctx, asked: string | undefined): Date {
  const most = new Date(ctx.now.getTime() + grantDays * dayMs)
  if (asked === undefined) return most
  const until = new Date(asked)
  if (until > most || until <= ctx.now) throw tooLong()
  return until
}

const newCode = (ctx: Ctx) => ({
  setUpCode: newSetUpCode(),
  validUntil: new Date(ctx.now.getTime() + setUpDays * dayMs).toISOString(),
})

async function grantsOf(ctx: Ctx, accounts: readonly Id[]): Promise<RoleGrant[]> {
  if (accounts.length === 0) return []
  return identity(ctx)
    .selectFrom('identity.role_grant')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('account_id', 'in', accounts)
    .orderBy('id', 'desc')
    .execute()
}

const viewOf = (
  row: { id: Id; name: string; created_at: Date; ended_at: Date | null; made_up: boolean; version: number },
  grants: readonly RoleGrant[],
): AccountView => ({
  id: row.id,
  name: row.name,
  grants: grants.map(grantView),
  createdAt: row.created_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  madeUp: row.made_up,
  version: row.version,
})
