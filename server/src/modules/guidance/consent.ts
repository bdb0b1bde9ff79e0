import { newId, type Id } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { consentText } from './consent-texts.ts'
import type { ConsentKind, ConsentRow, GuidanceTables } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

/** Writes down that somebody agreed, or took it back; the newest line counts. */
export async function noteConsent(
  ctx: Ctx,
  interview: Id,
  kind: ConsentKind,
  textVersion: string | undefined,
  given: boolean,
): Promise<void> {
  const before = await consentsOf(ctx, interview)
  await guidance(ctx)
    .insertInto('guidance.consent')
    .values({
      district: ctx.district,
      id: newId(ctx.now.getTime()),
      interview_id: interview,
      account_id: ctx.actor.account,
      kind,
      text_version: consentText(kind, textVersion).textVersion,
      given,
      turn: (before[0]?.turn ?? 0) + 1,
      at: ctx.now,
    })
    .execute()
}

/** All that was agreed and taken back in one's own interview, the newest first. */
export async function consentsOf(ctx: Ctx, interview: Id): Promise<ConsentRow[]> {
  return await guidance(ctx)
    .selectFrom('guidance.consent')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('interview_id', '=', interview)
    .orderBy('turn', 'desc')
    .execute()
}

export function consentView(all: readonly ConsentRow[], kind: ConsentKind) {
  const last = all.find(c => c.kind === kind)
  const given = all.find(c => c.kind === kind && c.given)
  const { text, textVersion } = consentText(kind, given?.text_version)
  return {
    kind,
    given: last?.given ?? false,
    textVersion,
    text,
    givenAt: given?.at.toISOString() ?? null,
    withdrawnAt: last && !last.given ? last.at.toISOString() : null,
  }
}
