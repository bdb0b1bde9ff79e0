import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import type { guidanceContract } from './contract.ts'
import { noteConsent } from './consent.ts'
import type { Interview } from './interview.ts'
import { keepInterview, lockInterview } from './kept-interview.ts'
import { knownOf } from './known-facts.ts'

/** From here on what the registry knows of the resident's own family is shown for confirmation. */
export async function agreeToRegistry(
  ctx: Ctx,
  { params, body }: InputOf<(typeof guidanceContract)['PUT /interviews/:interviewId/consent']>,
) {
  const { row, interview } = await lockInterview(ctx, params.interviewId, undefined)
  await noteConsent(ctx, row.id, 'useRegistry', body.textVersion, true)
  const household = row.household_id
  if (!household) return await keepInterview(ctx, row, { ...interview, useRegistry: true })
  const known = await knownOf(ctx, await currentPool(ctx), household)
  const fresh: Partial<Interview> =
    interview.members === null
      ? { rosterDraft: known.members, known: known.facts }
      : { known: ofHousehold(known.facts) }
  return await keepInterview(ctx, row, { ...interview, ...fresh, sources: known.sources, useRegistry: true })
}

/** People were named by the resident already; only what is the household's own can be laid beside it. */
const ofHousehold = (facts: Interview['known']): Interview['known'] =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => key.startsWith('household.')))

/** What came from the registry leaves the interview, confirmed or not. */
export async function takeRegistryBack(
  ctx: Ctx,
  { params }: InputOf<(typeof guidanceContract)['DELETE /interviews/:interviewId/consent']>,
) {
  const { row, interview } = await lockInterview(ctx, params.interviewId, undefined)
  await noteConsent(ctx, row.id, 'useRegistry', undefined, false)
  return await keepInterview(ctx, row, {
    ...interview,
    known: {},
    sources: {},
    rosterDraft: null,
    answers: interview.answers.filter(a => a.from !== 'confirmed'),
    useRegistry: false,
    possibleBefore: null,
  })
}
