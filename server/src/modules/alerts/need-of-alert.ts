import type { Day, Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { minorUntilOf } from '../registry/index.ts'
import { alerts, sealedNote } from './kept-alert.ts'

/** Help that an office wants at once after an alert, in the words of its opinion. */
export interface AlertNeed {
  readonly household: Id
  readonly person: Id | null
  /** The village is not told of the alert, and so not of the need. */
  readonly careful: boolean
  readonly urgent: boolean
  /** About a child, or raised on what tells of children: the day the last of them comes of age. */
  readonly minorUntil: Day | null
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
    minorUntil: row.person_id === null ? await childrenIn(ctx, id) : await minorUntilOf(ctx, row.person_id),
    by: opinion.by_name,
    words: ctx.crypto.open(sealedNote, opinion.id, opinion.sealed_note),
  }
}

/** Of an alert about a family as a whole, whose newest ground tells of its children. */
async function childrenIn(ctx: Ctx, alert: Id): Promise<Day | null> {
  const ground = await alerts(ctx)
    .selectFrom('alerts.ground as g')
    .leftJoin('alerts.minor_ground as m', join =>
      join.onRef('m.district', '=', 'g.district').onRef('m.alert_id', '=', 'g.alert_id').onRef('m.turn', '=', 'g.turn'),
    )
    .select('m.minor_until')
    .where('g.district', '=', ctx.district)
    .where('g.alert_id', '=', alert)
    .orderBy('g.turn', 'desc')
    .limit(1)
    .executeTakeFirst()
  return ground?.minor_until ?? null
}
