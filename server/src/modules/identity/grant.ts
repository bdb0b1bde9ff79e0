import type { Id } from '@zhulian/kernel'
import type { Selectable } from 'kysely'
import type { Role } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { accessOf, worksUnderContract } from './organisation-access.ts'
import { type IdentityTables, identity } from './tables.ts'

export type RoleGrant = Selectable<IdentityTables['identity.role_grant']>

/** What a grant must name: where it reaches, and for whom it works. */
export const scopeNeeded: Readonly<
  Record<Role, 'none' | 'village' | 'township' | 'district' | 'villageOrTownship' | 'organisation'>
> = {
  resident: 'none',
  guide: 'villageOrTownship',
  villageGroup: 'village',
  townshipClerk: 'township',
  districtOfficer: 'district',
  operator: 'district',
  provider: 'organisation',
  auditor: 'district',
  admin: 'district',
  healthWorker: 'township',
  bureauOfficer: 'organisation',
  helper: 'none',
}

export function fitsRole(role: Role, scope: string | null, organisation: Id | null): boolean {
  const length = scope?.length ?? 0
  switch (scopeNeeded[role]) {
    case 'none':
      return length === 0 && organisation === null
    case 'village':
      return length === 12
    case 'township':
      return length === 9
    case 'district':
      return length === 6
    case 'villageOrTownship':
      return length === 12 || length === 9
    case 'organisation':
      return length === 0 && organisation !== null
  }
}

/** Grants of an account that are good now, the newest first; those for an organisation whose contract is over are not. */
export async function listGrants(ctx: Ctx, account: Id): Promise<RoleGrant[]> {
  const grants = await listHeld(ctx, account)
  const closed = await closedOf(ctx, grants)
  return grants.filter(grant => !closed.has(grant))
}

/** Those of them whose organisation has no contract today, with the last day of one there was. */
export async function closedOf(
  ctx: Ctx,
  grants: readonly RoleGrant[],
): Promise<ReadonlyMap<RoleGrant, string | undefined>> {
  const bound = grants.filter(worksUnderContract)
  const closed = await accessOf(
    ctx,
    bound.flatMap(grant => grant.organisation_id ?? []),
  )
  return new Map(
    bound.flatMap(grant =>
      grant.organisation_id && closed.has(grant.organisation_id)
        ? [[grant, closed.get(grant.organisation_id)] as const]
        : [],
    ),
  )
}

export async function listHeld(ctx: Ctx, account: Id): Promise<RoleGrant[]> {
  return identity(ctx)
    .selectFrom('identity.role_grant')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('account_id', '=', account)
    .where('ended_at', 'is', null)
    .where('from_at', '<=', ctx.now)
    .where(eb => eb.or([eb('until_at', 'is', null), eb('until_at', '>', ctx.now)]))
    .orderBy('id', 'desc')
    .execute()
}

export const grantView = (grant: RoleGrant) => ({
  id: grant.id,
  role: grant.role,
  scope: grant.scope,
  organisationId: grant.organisation_id,
  from: grant.from_at.toISOString(),
  until: grant.until_at?.toISOString() ?? null,
  endedAt: grant.ended_at?.toISOString() ?? null,
})
