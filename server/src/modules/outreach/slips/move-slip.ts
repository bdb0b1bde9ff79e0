import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { slipChanged, type slipsContract, slipStepNotOpen, whoAnsweredMissing, wordsMissing } from './contract.ts'
import { readSlip, takeSlipStep, tellSlip } from './kept-slip.ts'
import { wholeOf } from './read-slips.ts'
import { maySlipStep, slipStateWords, slipStepsOpen, slipTransitionOf } from './slip.ts'

export async function moveSlip(
  ctx: Ctx,
  { params, body }: InputOf<(typeof slipsContract)['POST /slips/:slipId/steps']>,
) {
  const row = await readSlip(ctx, params.slipId, true)
  const transition = slipTransitionOf(body.step, row.state)
  if (!transition || !maySlipStep(transition, row, ctx.actor)) {
    const open = slipStepsOpen(row, ctx.actor)
    throw slipStepNotOpen({
      state: slipStateWords[row.state],
      open:
        open.length > 0
          ? { zh: open.map(t => t.words.zh).join('、'), en: open.map(t => t.words.en).join(', ') }
          : { zh: '没有', en: 'nothing' },
    })
  }
  if (body.expectedVersion !== undefined && body.expectedVersion !== row.version)
    throw slipChanged({ version: row.version })
  if (transition.asks && body.note === undefined) throw wordsMissing()
  const onPaper = transition.by === 'bureau' && ctx.actor.role !== 'bureauOfficer'
  if (onPaper && body.answeredBy === undefined) throw whoAnsweredMissing()
  const changed = await takeSlipStep(ctx, row, {
    step: body.step,
    to: transition.to,
    note: body.note,
    answeredBy: onPaper ? body.answeredBy : undefined,
  })
  if (changed.state !== row.state) await ctx.later('wishes.followSlip', { slip: row.id }, { ifThere: true })
  await tellSlip(ctx, changed)
  return await wholeOf(ctx, changed)
}
