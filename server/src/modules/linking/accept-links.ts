import { Refusal } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { enrol, holdProjects } from '../projects/index.ts'
import { holdNeeds, linkToResource } from '../wishes/index.ts'
import type { linkingContract } from './contract.ts'

type Route = (typeof linkingContract)['POST /linking/links']
type Link = InputOf<Route>['body']['links'][number]

/**
 * Each by itself: that one was taken meanwhile keeps nobody else from what was suggested for them. All projects are held first, then all
 * needs, then what the levels have, each kind in one order: of any who accept at once none waits for another in a ring.
 */
export async function acceptLinks(ctx: Ctx, { body }: InputOf<Route>): Promise<AnswerOf<Route>> {
  const links = body.links.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  await holdProjects(
    ctx,
    links.flatMap(({ taker }) => (taker.kind === 'project' ? [taker.id] : [])),
  )
  await holdNeeds(
    ctx,
    links.map(({ need }) => need),
  )
  const items: AnswerOf<Route>['items'] = []
  for (const link of links) {
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

const orderOf = ({ taker, need }: Link) => `${taker.kind} ${taker.id} ${need}`

/** Every check comes before the first thing written: a link that is refused leaves nothing behind. */
async function accept(ctx: Ctx, { need, taker, expectedVersion }: Link): Promise<void> {
  if (taker.kind === 'project') await enrol(ctx, taker.id, need, { expectedVersion })
  else await linkToResource(ctx, { need, resource: taker.id, expectedVersion })
}
