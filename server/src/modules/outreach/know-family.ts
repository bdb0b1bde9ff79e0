import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { shownScreenings } from '../guidance/index.ts'
import { confirmHousehold, forgetHousehold } from '../identity/index.ts'
import { getHousehold } from '../registry/index.ts'
import { stateWords, takeBackMs } from './case.ts'
import { changedElsewhere, familyKnown, notYourCase, type outreachContract, stepNotOpen } from './contract.ts'
import { movedTo, noteAccepted, readCase, standOf, takeStep, tellMoved } from './kept-case.ts'
import type { CaseRow } from './tables.ts'

type Input<K extends keyof typeof outreachContract> = InputOf<(typeof outreachContract)[K]>

/**
 * Somebody who has seen who the family is says which of the register it is. From then on the case stands with the family's others, what it
 * said it needs are needs of the household, and who handed in reads their own record.
 */
export async function knowFamily(ctx: Ctx, { params, body }: Input<'POST /cases/:caseId/family'>) {
  const row = await lockToKnow(ctx, params.caseId, body.expectedVersion)
  if (row.household_id !== null && row.household_id !== body.household) throw familyKnown()
  if (row.household_id !== null) return await movedTo(ctx, row)
  const household = await getHousehold(ctx, body.household)
  ctx.about({ kind: 'household', id: household.id })
  const changed = await takeStep(ctx, row, { step: 'knowFamily', to: row.state }, { household_id: household.id })
  await confirmHousehold(ctx, row.account_id, household.id, row.id)
  const until = row.came_in_at.getTime() + takeBackMs
  await ctx.later(
    'wishes.hear',
    { handedIn: row.id },
    { after: new Date(Math.max(until, ctx.now.getTime())), ifThere: true },
  )
  if (row.accepted_at !== null) await noteAccepted(ctx, changed)
  tellMoved(ctx, changed)
  return await movedTo(ctx, changed)
}

/** It was another family: nobody reads that household's record for it any more, unless another of their cases told of it. Needs heard from it that nobody touched go with it. */
export async function unknowFamily(ctx: Ctx, { params, body }: Input<'POST /cases/:caseId/family/undo'>) {
  const row = await lockToKnow(ctx, params.caseId, body.expectedVersion)
  if (row.household_id === null) return await movedTo(ctx, row)
  const changed = await takeStep(
    ctx,
    row,
    { step: 'unknowFamily', to: row.state, note: body.reason },
    { household_id: null, needs_heard_at: null },
  )
  await ctx.later(
    'wishes.unhear',
    { handedIn: row.id, household: row.household_id, by: ctx.actor.account },
    { ifThere: true },
  )
  await forgetHousehold(ctx, row.account_id, row.id)
  tellMoved(ctx, changed)
  return await movedTo(ctx, changed)
}

/** Who looks after it, or the township; not of what its family has taken back. */
export const mayKnowFamily = (ctx: Ctx, row: CaseRow, consent: boolean): boolean =>
  consent &&
  row.state !== 'withdrawn' &&
  (ctx.actor.role === 'townshipClerk' || (ctx.actor.role === 'guide' && row.holder_id === ctx.actor.account))

/** @throws caseNotFound, notYourCase, changedElsewhere, stepNotOpen */
async function lockToKnow(ctx: Ctx, id: CaseRow['id'], expected: number): Promise<CaseRow> {
  const row = await readCase(ctx, id, true)
  const { consent } = standOf(row, await shownScreenings(ctx, [row.screening_id]))
  if (!mayKnowFamily(ctx, row, consent)) {
    if (row.holder_name !== null && row.holder_id !== ctx.actor.account) throw notYourCase({ by: row.holder_name })
    throw stepNotOpen({ state: stateWords[row.state], open: { zh: '先接下这件事', en: 'take the case first' } })
  }
  if (expected !== row.version) throw changedElsewhere({ version: row.version })
  return row
}
