import { type Id, newId } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { clueColumn, divisionsOf, leastOf } from './pair-row.ts'
import type { RegistryTables } from './tables.ts'
import type { Candidate, PersonClues } from './who-is.ts'

const registry = tablesOf<RegistryTables>()

/** A row of a delivery that may mean somebody of the registry. */
export interface RowToReview {
  readonly delivery: Id
  /** How the delivery names its row: letters, digits, `.`, `:` and `-`. */
  readonly row: string | number
  readonly clues: PersonClues
  /** As {@link whoIs} answered; the row itself may be somebody new. */
  readonly candidates: readonly Candidate[]
}

/**
 * Lays rows of a delivery before a person, each beside everybody it might be. What was decided comes back as the job
 * `feeds.pairDecided {delivery, row, person}`, without `person` where the row is nobody the registry knows.
 */
export async function reviewRows(ctx: Ctx, rows: readonly RowToReview[]): Promise<void> {
  const ids = [...new Set(rows.flatMap(r => r.candidates.map(c => c.person)))]
  const divisions = await divisionsOf(ctx, ids)
  for (const { delivery, row, clues, candidates } of rows) {
    const division = leastOf(candidates.map(c => divisions.get(c.person) ?? ctx.district))
    for (const { person, probability, reason, explanation } of candidates) {
      const id = newId(ctx.now.getTime())
      await registry(ctx)
        .insertInto('registry.pair_review')
        .values({
          district: ctx.district,
          id,
          division,
          person_id: person,
          other_id: null,
          delivery_id: delivery,
          row_id: String(row),
          clues: ctx.crypto.seal(clueColumn, id, JSON.stringify(clues)),
          probability,
          reason: reason ?? null,
          explanation: JSON.stringify(explanation),
          raised_at: ctx.now,
          decided_at: null,
          decided_by: null,
          told_at: null,
        })
        .onConflict(c => c.doNothing())
        .execute()
    }
  }
}

/** A delivery that was taken back asks nobody any more; nor does a row of which it was said elsewhere who is meant. */
export async function withdrawRows(ctx: Ctx, delivery: Id, row?: string | number): Promise<void> {
  await registry(ctx)
    .updateTable('registry.pair_review')
    .set({ state: 'withdrawn' })
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('state', '=', 'open')
    .$if(row !== undefined, query => query.where('row_id', '=', String(row)))
    .execute()
}
