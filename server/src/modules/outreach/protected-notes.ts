import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { getHousehold } from '../registry/index.ts'
import { outreach } from './kept-case.ts'
import type { visitsContract } from './visits-contract.ts'

const sealedText = 'outreach.protected_note.text'

/** Writes a note that nobody but the named workers will ever see a trace of. */
export async function writeProtectedNote(
  ctx: Ctx,
  { params, body }: InputOf<(typeof visitsContract)['POST /households/:householdId/protected-notes']>,
) {
  const household = await getHousehold(ctx, params.householdId)
  const id = newId(ctx.now.getTime())
  await outreach(ctx)
    .insertInto('outreach.protected_note')
    .values({
      district: ctx.district,
      id,
      household_id: household.id,
      readers: [...new Set([ctx.actor.account, ...body.readers])],
      sealed_text: ctx.crypto.seal(sealedText, id, body.text),
      at: ctx.now,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
    })
    .execute()
  // The trail says that who wrote was about a household; it does not say of which kind the note is to who may not read it.
  ctx.about({ kind: 'household', id: household.id })
  return { id }
}

/** The notes of some households that name who asks; row-level security leaves out all others. */
export async function notesFor(ctx: Ctx, households: readonly Id[]) {
  if (households.length === 0) return new Map<Id, never[]>()
  const rows = await outreach(ctx)
    .selectFrom('outreach.protected_note')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', 'in', households)
    .orderBy('id')
    .execute()
  return new Map(
    [...Map.groupBy(rows, r => r.household_id)].map(([household, notes]) => [
      household,
      notes.map(n => ({
        id: n.id,
        text: ctx.crypto.open(sealedText, n.id, n.sealed_text),
        by: n.by_name,
        at: n.at.toISOString(),
      })),
    ]),
  )
}
