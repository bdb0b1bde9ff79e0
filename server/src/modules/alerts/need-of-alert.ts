import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { alerts, sealedNote } from './kept-alert.ts'

/** Help that an office wants at once after an alert, in the words of its opinion. */
export interface AlertNeed {
  readonly household: Id
  readonly person: Id | null
  /** The village is not told of the alert, and so not of the need. */
  readonly careful: boolean
  readonly urgent: boolean
  readonly by: string
  readonly words: string
}

/** @returns undefined where the opinion is another; a health matter stays with the health workers */
export async function needOfAlert(ctx: Ctx, id: Id): Promise<AlertNeed | undefined> {
  const row = await alerts(ctx)
    .selectFrom('alerts.alert')
    .select(['household_id', 'person_id', 'careful', 'audience', 'level', 'opinion'])
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row?.opinion !== 'helpNow' || row.audience === 'health') return undefined
  const opinion = await alerts(ctx)
    .selectFrom('alerts.step')
    .select(['id', 'by_name', 'sealed_note'])
    .where('district', '=', ctx.district)
    .where('alert_id', '=', id)
    .where('step', '=', 'opine')
    .orderBy('turn', 'desc')
    .executeTakeFirst()
  if (!opinion?.sealed_note) return undefined
  return {
    household: row.household_id,
    person: row.person_id,
    careful: row.careful || row.audience === 'township',
    urgent: row.level === 'red',
    by: opinion.by_name,
    words: ctx.crypto.open(sealedNote, opinion.id, opinion.sealed_note),
  }
}
