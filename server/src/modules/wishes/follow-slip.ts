import type { Id } from '@zhulian/kernel'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type SlipStands, slipStands } from '../outreach/index.ts'
import { slipMissing } from './contract.ts'
import { takeNeedStep, tellNeed, wishes } from './kept-need.ts'
import { landing, type NeedStep } from './need.ts'
import { needTransitions } from './need-transitions.ts'
import type { NeedRow } from './tables.ts'

/** What a slip's state means for a need that went with it. */
const stepFor: Partial<Record<SlipStands['state'], NeedStep>> = {
  done: 'answered',
  declined: 'decline',
  withdrawn: 'recall',
  sent: 'askAgain',
}

/**
 * What the bureau answered moves the need, in the name of who answered: done it is for the family to say so, declined it comes back to
 * its level with the reason. What has gone on otherwise since stays where it is.
 */
export async function followSlip(ctx: Ctx, { slip: id }: Readonly<Record<string, string | number>>): Promise<void> {
  const slip = await slipStands(ctx, id as Id)
  const step = slip && stepFor[slip.state]
  if (!slip || !step) return
  const row = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('slip_id', '=', slip.id)
    .where('closed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  const way = row && needTransitions.find(t => t.step === step && t.by.includes('bureau') && t.from.includes(row.state))
  if (!row || !way || (step === 'askAgain' && !(await isAsAnswered(ctx, row)))) return
  ctx.about({ kind: 'household', id: row.household_id })
  const note = [slip.unit.zh, slip.note].filter(Boolean).join('：')
  const changed = await takeNeedStep(ctx, row, landing(way, row, undefined), { step, note, by: slip.by })
  await tellNeed(ctx, changed, row.level)
}

/** Nobody has taken a step since the bureau's. */
async function isAsAnswered(ctx: Ctx, row: NeedRow): Promise<boolean> {
  const last = await wishes(ctx)
    .selectFrom('wishes.need_step')
    .select('step')
    .where('district', '=', ctx.district)
    .where('need_id', '=', row.id)
    .where('step', 'not in', ['again', 'overdue'])
    .orderBy('turn', 'desc')
    .executeTakeFirst()
  return last?.step === 'answered' || last?.step === 'decline'
}

/**
 * A slip of the same family that is open, carries no other need, and is as careful. Held until the need goes with it: no other takes it,
 * and what the bureau answers comes after.
 * @throws slipMissing
 */
export async function openSlip(ctx: Ctx, row: NeedRow, id: Id): Promise<SlipStands> {
  const mine = await slipStands(ctx, id)
  const slip = mine && (await asMachine(ctx, machine => slipStands(machine, id, true)))
  if (!slip || slip.household !== row.household_id || !['sent', 'takenOn', 'askedBack'].includes(slip.state))
    throw slipMissing()
  if (row.careful && !slip.careful) throw slipMissing()
  // Also one that who asks may not see.
  const other = await asMachine(ctx, machine =>
    wishes(machine)
      .selectFrom('wishes.need')
      .select('id')
      .where('district', '=', machine.district)
      .where('slip_id', '=', id)
      .where('id', '<>', row.id)
      .executeTakeFirst(),
  )
  if (other) throw slipMissing()
  return slip
}
