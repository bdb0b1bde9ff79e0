import { Refusal } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { enrol } from '../projects/index.ts'
import { holdNeeds, linkToResource } from '../wishes/index.ts'
import type { linkingContract } from './contract.ts'

type Route = (typeof linkingContract)['POST /linking/links']
type Link = InputOf<Route>['body']['links'][number]

/** Each by itself: that one was taken meanwhile keeps nobody else from what was suggested for them. */
export async function acceptLinks(ctx: Ctx, { body }: InputOf<Route>): Promise<AnswerOf<Route>> {
  const items: AnswerOf<Route>['items'] = []
  const links = body.links.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  const ofResources = links.filter(({ taker }) => taker.kind === 'resource')
  for (const link of links) {
    if (link === ofResources[0])
      await holdNeeds(
        ctx,
        ofResources.map(({ need }) => need),
      )
    try {
      await accept(ctx, link)
      items.push({ need: link.need, refused: null })
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      items.push({ need: link.need, refused: thrown.kind.words(thrown.facts) })
    }
  }
  return { items }
}

/**
 * A project is held before its need, a need before what a level has, each in the same order: of two who accept at once none waits for the
 * other in a ring.
 */
const orderOf = ({ taker, need }: Link) => `${taker.kind} ${taker.id} ${need}`

/** Every check comes before the first thing written: a link that is refused leaves nothing behind. */
async function accept(ctx: Ctx, { need, taker, expectedVersion }: Link): Promise<void> {
  if (taker.kind === 'project') await enrol(ctx, taker.id, need)
  else await linkToResource(ctx, { need, resource: taker.id, expectedVersion })
}
