import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Role } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { misplacedGrant } from './contract.ts'
import { fitsRole } from './grant.ts'
import { hashPassword } from './password.ts'
import { normaliseName } from './tokens.ts'
import { sealPhone } from './work-phone.ts'

export interface DemoAccount {
  readonly name: string
  readonly signInName: string
  readonly role: Exclude<Role, 'resident'>
  readonly scope?: DivisionCode | undefined
  readonly organisationId?: Id | undefined
  readonly phone?: string | undefined
}

/**
 * Accounts of made-up people with one known password, for a made-up district only. One hash for all, one statement a table: 750
 * guides take about as long as one. They have worked for a year, so that what is made up of the past finds them there. Those
 * whose sign-in name exists are left as they are.
 * @returns ids by sign-in name
 */
export async function createDemoAccounts(
  ctx: Ctx,
  accounts: readonly DemoAccount[],
  password: string,
): Promise<ReadonlyMap<string, Id>> {
  const wrong = accounts.find(a => !fitsRole(a.role, a.scope ?? null, a.organisationId ?? null))
  if (wrong) throw misplacedGrant({ role: wrong.role })
  const at = ctx.now.getTime()
  const named = accounts.map(a => ({
    phone: a.phone,
    sign_in_name: normaliseName(a.signInName),
    name: a.name,
    role: a.role,
    scope: a.scope ?? null,
    organisation_id: a.organisationId ?? null,
    id: newId(at),
    grant_id: newId(at),
  }))
  const { rows: known } = await sql<{ sign_in_name: string; account_id: Id }>`
    select sign_in_name, account_id from identity.credential
     where district = ${ctx.district} and sign_in_name = any (${named.map(a => a.sign_in_name)})`.execute(
    ctx.transaction,
  )
  const ids = new Map(known.map(row => [row.sign_in_name, row.account_id]))
  const fresh = named.filter(a => !ids.has(a.sign_in_name))
  const passwordHash = await hashPassword(password)
  const sealed = fresh.map(({ phone, ...a }) => ({ ...a, phone: phone && sealPhone(ctx, a.id, phone).toString('hex') }))
  const rows = sql`jsonb_to_recordset(${JSON.stringify(sealed)}::text::jsonb)
    as row (id uuid, grant_id uuid, name text, sign_in_name text, role text, scope text, organisation_id uuid, phone text)`
  const by = ctx.actor.account
  await sql`insert into identity.account (district, id, kind, name, sealed_work_phone, made_up, created_at, created_by)
    select ${ctx.district}, row.id, 'staff', row.name, decode(row.phone, 'hex'), true, ${ctx.now}::timestamptz, ${by}::uuid from ${rows}`.execute(
    ctx.transaction,
  )
  await sql`insert into identity.credential (district, account_id, sign_in_name, password_hash, password_set_at)
    select ${ctx.district}, row.id, row.sign_in_name, ${passwordHash}, ${ctx.now}::timestamptz from ${rows}`.execute(
    ctx.transaction,
  )
  await sql`insert into identity.role_grant (district, id, account_id, role, scope, organisation_id, from_at, granted_by)
    select ${ctx.district}, row.grant_id, row.id, row.role, row.scope, row.organisation_id,
      ${ctx.now}::timestamptz - interval '1 year', ${by}::uuid from ${rows}`.execute(ctx.transaction)
  for (const { sign_in_name, id } of fresh) ids.set(sign_in_name, id)
  return ids
}
