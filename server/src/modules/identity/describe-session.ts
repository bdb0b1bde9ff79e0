import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { csrfOf } from '../../platform/http/cookie.ts'
import type { RequestEdges } from '../../platform/route.ts'
import type { SessionView } from './contract.ts'
import { grantView, listGrants } from './grant.ts'
import { identity } from './tables.ts'
import { hashOf } from './tokens.ts'
import { openPhone } from './work-phone.ts'

const proofLastsMs = 5 * 60_000

/** Who is at this browser; nobody when the token is not good. */
export async function getSession(ctx: Ctx, { cookie }: RequestEdges): Promise<SessionView> {
  if (!ctx.actor.session || !cookie.token) {
    return {
      signedIn: false,
      account: null,
      acting: null,
      grants: [],
      language: ctx.language,
      csrf: null,
      hasHousehold: false,
      provedUntil: null,
    }
  }
  return describeSession(ctx, cookie.token)
}

/** Reads the session a token stands for, as the doorkeeper or as its owner. */
export async function describeSession(ctx: Ctx, token: string): Promise<SessionView> {
  const row = await identity(ctx)
    .selectFrom('identity.session as session')
    .innerJoin('identity.account as account', join =>
      join.onRef('account.district', '=', 'session.district').onRef('account.id', '=', 'session.account_id'),
    )
    .select([
      'session.account_id',
      'session.grant_id',
      'session.proved_at',
      'account.name',
      'account.kind',
      'account.language',
      'account.household_id',
      'account.sealed_work_phone',
    ])
    .where('session.district', '=', ctx.district)
    .where('session.token_hash', '=', hashOf(token))
    .executeTakeFirstOrThrow()
  const grants = await listGrants(ctx, row.account_id)
  const acting = grants.find(grant => grant.id === (row.grant_id as Id))
  return {
    signedIn: true,
    account: {
      id: row.account_id,
      name: row.name,
      kind: row.kind,
      workPhone: openPhone(ctx, row.account_id, row.sealed_work_phone),
    },
    acting: acting ? grantView(acting) : null,
    grants: grants.map(grantView),
    language: row.language ?? ctx.language,
    csrf: csrfOf(token),
    hasHousehold: row.household_id !== null,
    provedUntil: row.proved_at ? new Date(row.proved_at.getTime() + proofLastsMs).toISOString() : null,
  }
}
