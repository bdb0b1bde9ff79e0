import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { Role } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { misplacedGrant, tooLong, unknownOrganisation } from './contract.ts'
import { fitsRole } from './grant.ts'
import { isListed, worksUnderContract } from './organisation-access.ts'
import { identity } from './tables.ts'

export interface NewGrant {
  readonly role: Role
  readonly scope?: DivisionCode | undefined
  readonly organisationId?: Id | undefined
  readonly until?: Date | undefined
}

export interface NewAccount {
  readonly id: Id
  readonly kind: 'staff' | 'resident'
  readonly name: string
  readonly village?: DivisionCode | undefined
  readonly madeUp?: boolean
  readonly grants: readonly NewGrant[]
}

/** @returns ids of the grants, in the order given @throws misplacedGrant */
export async function addAccount(ctx: Ctx, account: NewAccount): Promise<Id[]> {
  await identity(ctx)
    .insertInto('identity.account')
    .values({
      district: ctx.district,
      id: account.id,
      kind: account.kind,
      name: account.name,
      language: null,
      village: account.village ?? null,
      household_id: null,
      sealed_work_phone: null,
      made_up: account.madeUp ?? false,
      created_at: ctx.now,
      created_by: ctx.actor.account,
      ended_at: null,
      ended_by: null,
      version: 1,
    })
    .execute()
  const ids: Id[] = []
  for (const grant of account.grants) ids.push(await addGrant(ctx, account.id, grant))
  return ids
}

export async function addGrant(ctx: Ctx, account: Id, grant: NewGrant): Promise<Id> {
  const scope = grant.scope ?? null
  const organisation = grant.organisationId ?? null
  if (!fitsRole(grant.role, scope, organisation) || (scope && !scope.startsWith(ctx.district)))
    throw misplacedGrant({ role: grant.role })
  if (
    worksUnderContract({ role: grant.role, organisation_id: organisation }) &&
    !(await isListed(ctx, organisation as Id))
  )
    throw unknownOrganisation()
  if (grant.until && grant.until <= ctx.now) throw tooLong()
  const id = newId(ctx.now.getTime())
  await identity(ctx)
    .insertInto('identity.role_grant')
    .values({
      district: ctx.district,
      id,
      account_id: account,
      role: grant.role,
      scope,
      organisation_id: organisation,
      from_at: ctx.now,
      until_at: grant.until ?? null,
      granted_by: ctx.actor.account,
      ended_at: null,
      ended_by: null,
    })
    .execute()
  return id
}
