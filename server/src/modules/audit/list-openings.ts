import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import type { auditContract } from './contract.ts'
import { afterOf, nextOf } from './keyset.ts'
import { audit } from './tables.ts'

/** Who opened the own record; empty until a guide has confirmed which household the resident belongs to. */
export async function listMyOpenings(ctx: Ctx, { query }: InputOf<(typeof auditContract)['GET /my/record/openings']>) {
  if (!ctx.actor.household) return { items: [], next: null }
  return listOpenings(ctx, ctx.actor.household, query)
}

/** What is done alike for every family, and is told as it was. */
const told = new Set([
  'registry.open',
  'registry.history',
  'registry.recordFacts',
  'registry.moveMember',
  'registry.revealPerson',
  'registry.revealHousehold',
  'track.read',
  'track.readWhole',
  'track.readQuarter',
])
/** All else reads alike, so that whoever holds the telephone cannot tell that somebody is being protected. */
const worked = { zh: '办了和您家有关的事', en: 'worked on something of your family’s' }

/** Newest first: who looked at or changed a household or person, the asking person excepted. Roles and places, no names. */
export async function listOpenings(
  ctx: Ctx,
  subject: Id,
  page: { readonly after?: string | undefined; readonly limit: number },
) {
  const after = afterOf(page.after)
  let entries = audit(ctx)
    .selectFrom('audit.entry')
    .select(['id', 'at', 'role', 'scope', 'action', 'zh', 'en', 'purpose'])
    .where('district', '=', ctx.district)
    .where('subject_id', '=', subject)
    .where('outcome', '=', 'done')
    .where('account_id', '<>', ctx.actor.account)
  if (after) entries = entries.where(eb => eb(eb.refTuple('at', 'id'), '<', eb.tuple(after.at, after.id)))
  const rows = await entries
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return {
    items: rows.slice(0, page.limit).map(row => ({
      at: row.at.toISOString(),
      role: row.role,
      scope: row.scope,
      words: told.has(row.action) ? { zh: row.zh, en: row.en } : worked,
      purpose: row.purpose,
    })),
    next: nextOf(rows, page.limit),
  }
}
