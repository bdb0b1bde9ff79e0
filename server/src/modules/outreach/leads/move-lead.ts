import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { getHousehold, noteChannel } from '../../registry/index.ts'
import { outreach } from '../kept-case.ts'
import { openTask } from '../open-task.ts'
import {
  leadChanged,
  leadJoinsClosed,
  leadNamesNothing,
  leadNoteMissing,
  type leadsContract,
  leadStepNotOpen,
} from './contract.ts'
import { isLeadClosed, leadClocks, leadStateWords, leadStepsOpen } from './lead.ts'
import { readLead, sealedLeadNote, wholeLead } from './read-leads.ts'
import { sealedLeadWords } from './tell.ts'
import type { LeadRow } from './tables.ts'

/** A person says whether it is so, which family is meant, and what came of it; nothing follows by itself. */
export async function moveLead(
  ctx: Ctx,
  { params, body }: InputOf<(typeof leadsContract)['POST /leads/:leadId/steps']>,
) {
  const row = await readLead(ctx, params.leadId, true)
  const transition = leadStepsOpen(row.state, ctx.actor).find(t => t.step === body.step)
  if (!transition) throw leadStepNotOpen({ state: leadStateWords[row.state] })
  if (body.expectedVersion !== undefined && body.expectedVersion !== row.version)
    throw leadChanged({ version: row.version })
  if (transition.asksNote && body.note === undefined) throw leadNoteMissing()
  const household = transition.names === 'household' ? (body.household ?? row.household_id) : row.household_id
  if (transition.names === 'household') {
    if (!household) throw leadNamesNothing()
    await getHousehold(ctx, household)
    ctx.about({ kind: 'household', id: household })
  }
  if (transition.names === 'lead') {
    if (!body.lead || body.lead === row.id) throw leadNamesNothing()
    // Locked: of two that are joined to each other at once, one would be left that nobody looks at.
    const other = await readLead(ctx, body.lead, true)
    if (isLeadClosed(other.state)) throw leadJoinsClosed({ state: leadStateWords[other.state] })
  }
  const to = transition.to ?? row.state
  const closed = isLeadClosed(to)
  const set: LeadRow = {
    ...row,
    state: to,
    version: row.version + 1,
    household_id: to === 'found' && body.step === 'reopen' ? null : household,
    joined_id: to === 'joined' ? (body.lead ?? null) : null,
    task_id: body.step === 'visit' && household ? await askForVisit(ctx, row, household) : row.task_id,
    verified_on: to === 'verified' ? ctx.today : to === 'found' ? null : row.verified_on,
    helped_on: to === 'helped' ? ctx.today : null,
    due_on: closed
      ? null
      : to === row.state
        ? row.due_on
        : ctx.calendar.addWorkingDays(ctx.today, to === 'verified' ? leadClocks.verified : leadClocks.found),
    late_told_on: to === row.state ? row.late_told_on : null,
    closed_at: closed ? ctx.now : null,
    changed_at: ctx.now,
  }
  const { district: _district, id: _id, ...columns } = set
  await outreach(ctx)
    .updateTable('outreach.lead')
    .set(columns)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  const id = newId(ctx.now.getTime())
  await outreach(ctx)
    .insertInto('outreach.lead_step')
    .values({
      district: ctx.district,
      id,
      lead_id: row.id,
      turn: set.version,
      division: row.division,
      careful: row.careful,
      step: body.step,
      from_state: row.state,
      to_state: to,
      at: ctx.now,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      sealed_note: body.note === undefined ? null : ctx.crypto.seal(sealedLeadNote, id, body.note),
    })
    .execute()
  if (to === 'verified' && household) await noteChannel(ctx, household, row.channel)
  ctx.tell({
    name: 'outreach.leadMoved',
    to: { roles: row.careful ? ['townshipClerk'] : ['guide', 'townshipClerk'], division: row.division },
    id: row.id,
  })
  return await wholeLead(ctx, set)
}

/** A verification by the guide of the village, who reads at the door what was said. */
async function askForVisit(ctx: Ctx, row: LeadRow, household: NonNullable<LeadRow['household_id']>) {
  const said = ctx.crypto.open(sealedLeadWords, row.id, row.sealed_words)
  return await openTask(ctx, {
    kind: 'verification',
    household,
    origin: { kind: 'lead', id: row.id },
    // Of a lead that lay too long nobody is late who hears of it only now.
    dueOn: row.due_on !== null && row.due_on > ctx.today ? row.due_on : ctx.today,
    careful: row.careful,
    why: { zh: said, en: said },
  })
}
