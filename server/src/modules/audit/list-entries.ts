import type { Day } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { addDays } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { namesOf } from '../identity/index.ts'
import type { auditContract } from './contract.ts'
import { afterOf, nextOf } from './keyset.ts'
import { audit } from './tables.ts'

/** Newest first. */
export async function listEntries(ctx: Ctx, { query }: InputOf<(typeof auditContract)['GET /audit']>) {
  const after = afterOf(query.after)
  let entries = audit(ctx).selectFrom('audit.entry').selectAll().where('district', '=', ctx.district)
  if (query.account) entries = entries.where('account_id', '=', query.account)
  if (query.subject) entries = entries.where('subject_id', '=', query.subject)
  if (query.action?.includes('.')) entries = entries.where('action', '=', query.action)
  else if (query.action)
    entries = entries.where('action', '>=', `${query.action}.`).where('action', '<', `${query.action}/`)
  if (query.outcome) entries = entries.where('outcome', '=', query.outcome)
  if (query.from) entries = entries.where('at', '>=', startOf(query.from))
  if (query.until) entries = entries.where('at', '<', startOf(addDays(query.until, 1)))
  if (after) entries = entries.where(eb => eb(eb.refTuple('at', 'id'), '<', eb.tuple(after.at, after.id)))
  const rows = await entries
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const shown = rows.slice(0, query.limit)
  const names = await namesOf(
    ctx,
    shown.flatMap(row =>
      row.subject_kind === 'account' && row.subject_id ? [row.account_id, row.subject_id] : [row.account_id],
    ),
  )
  return {
    items: shown.map(row => ({
      id: row.id,
      at: row.at.toISOString(),
      accountId: row.account_id,
      who: names.get(row.account_id) ?? null,
      role: row.role,
      scope: row.scope,
      action: row.action,
      words: { zh: row.zh, en: row.en },
      purpose: row.purpose,
      outcome: row.outcome,
      refusal: row.refusal,
      reason: row.reason,
      subject:
        row.subject_kind && row.subject_id
          ? { kind: row.subject_kind, id: row.subject_id, name: names.get(row.subject_id) ?? null }
          : null,
      subjectCount: row.subject_count,
      requestId: row.request_id,
      address: row.address,
    })),
    next: nextOf(rows, query.limit),
  }
}

/** Days of the trail are days in Shanghai, whose offset has not changed since 1991. */
export const startOf = (day: Day) => new Date(`${day}T00:00:00+08:00`)
