import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { consentView, consentsOf, noteConsent } from './consent.ts'
import { consentTexts } from './consent-texts.ts'
import { type guidanceContract, screeningNotFound } from './contract.ts'
import type { GuidanceTables, ScreeningRow } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

async function lockOwn(ctx: Ctx, id: Id): Promise<ScreeningRow> {
  const row = await guidance(ctx)
    .selectFrom('guidance.screening')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('account_id', '=', ctx.actor.account)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw screeningNotFound()
  ctx.about({ kind: 'interview', id: row.interview_id })
  return row
}

/** The guide may see this result: from now on where it was handed in, or once it is. */
export async function giveConsent(
  ctx: Ctx,
  { params, body }: InputOf<(typeof guidanceContract)['PUT /screenings/:screeningId/consent']>,
) {
  const row = await lockOwn(ctx, params.screeningId)
  await noteConsent(ctx, row.interview_id, body.kind, body.textVersion, true)
  await showTo(ctx, row.id, row.handed_to)
  return consentView(await consentsOf(ctx, row.interview_id), body.kind)
}

/** From now on nobody but its owner sees it. */
export async function withdrawConsent(
  ctx: Ctx,
  { params, query }: InputOf<(typeof guidanceContract)['DELETE /screenings/:screeningId/consent']>,
) {
  const row = await lockOwn(ctx, params.screeningId)
  await noteConsent(ctx, row.interview_id, query.kind, undefined, false)
  if (query.kind === 'tellGuide') {
    await showTo(ctx, row.id, '')
    if (row.handed_to)
      ctx.tell({
        name: 'guidance.consentWithdrawn',
        to: { roles: ['guide', 'townshipClerk'], division: row.handed_to },
        id: row.id,
      })
  }
  return consentView(await consentsOf(ctx, row.interview_id), query.kind)
}

/** Shows a result to the staff of a division; '' to nobody. */
export async function showTo(ctx: Ctx, id: Id, division: string): Promise<void> {
  await guidance(ctx)
    .updateTable('guidance.screening')
    .set({ division })
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('account_id', '=', ctx.actor.account)
    .execute()
}

export async function listConsentTexts() {
  return { items: [...consentTexts] }
}
