import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import type { RequestEdges } from '../../platform/route.ts'
import type { guidanceContract } from './contract.ts'
import { keepInterview, lockInterview } from './kept-interview.ts'

/** Goes on to everything, or back to what is likely; what was answered stays. */
export async function changeDepth(
  ctx: Ctx,
  { params, body, ifMatch }: InputOf<(typeof guidanceContract)['PUT /interviews/:interviewId/depth']> & RequestEdges,
) {
  const { row, interview } = await lockInterview(ctx, params.interviewId, body.expectedVersion ?? ifMatch)
  return await keepInterview(ctx, row, { ...interview, depth: body.depth, possibleBefore: null })
}
