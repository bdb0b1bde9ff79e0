import { newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { OpenTransaction } from '../../platform/ctx.ts'
import type { TrailLine } from '../../platform/trail.ts'

/**
 * Writes one row for each subject of the request, or one without a subject. Part of the request's own transaction: when it
 * throws, nothing happened.
 */
export async function writeTrail(transaction: OpenTransaction, line: TrailLine): Promise<void> {
  const { actor } = line
  const count = line.subjects.length
  const subjects = count > 0 ? line.subjects : [{ kind: null, id: null }]
  const rows = subjects.map(({ kind, id }) => ({ id: newId(line.at.getTime()), kind, subject: id }))
  await sql`
    insert into audit.entry (district, id, at, account_id, role, scope, organisation_id, session_id, action, zh, en, purpose,
      outcome, refusal, reason, subject_kind, subject_id, subject_count, request_id, address)
    select ${actor.district}, row.id, ${line.at}, ${actor.account}, ${actor.role}, ${actor.scope ?? null}, ${actor.organisation ?? null},
      ${actor.session ?? null}, ${line.action}, ${line.words.zh}, ${line.words.en}, ${line.purpose}, ${line.outcome}, ${line.code ?? null},
      ${line.reason ?? null}, row.kind, row.subject, ${count}::int, ${line.requestId}, ${line.address}
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (id uuid, kind text, subject uuid)`.execute(
    transaction,
  )
}
