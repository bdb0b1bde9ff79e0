import type { Id } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { positionsOf } from '../registry/index.ts'
import { needToLink } from '../wishes/index.ts'
import type { linkingContract } from './contract.ts'
import { declinedNow, declinedShown, keyOf } from './declined.ts'
import { barredOf, costOf, kmBetween } from './placing.ts'
import { meantBy } from './meant.ts'
import type { Other } from './suggest-links.ts'
import { takerKeyOf, takerShown, takersFor } from './takers.ts'
import { wantingOf } from './wanting.ts'

const most = 3
const mostOthers = 6

/** For one need by itself, whatever else waits: what is near and free first. */
export async function listCandidates(
  ctx: Ctx,
  { params }: InputOf<(typeof linkingContract)['GET /needs/:needId/candidates']>,
): Promise<AnswerOf<(typeof linkingContract)['GET /needs/:needId/candidates']>> {
  const { at: villages, illustrative } = await positionsOf(ctx)
  const asked = await needToLink(ctx, params.needId)
  // A person finds who can be trusted with it.
  if (asked.careful) return { items: [], others: [], illustrative }
  const need = wantingOf(asked, ctx.today)
  const declined = await declinedNow(ctx, [need.id as Id])
  const none = new Map<string, 'saidNo' | 'notMeant'>([...declined.values()].map(row => [row.taker, 'saidNo']))
  const meant = await meantBy(ctx, params.needId)
  for (const [id, { verdict }] of meant)
    if (verdict === 'ineligible') none.set(takerKeyOf({ kind: 'project', id }), 'notMeant')
  const no = new Map([[need.id, none]])
  const all = (await takersFor(ctx, villages, [need])).map(taker => {
    const km = kmBetween(need, taker, villages)
    return { taker, km, barred: barredOf(need, taker, no), cost: costOf(need, taker, km) }
  })
  const open = all
    .filter(({ taker, barred }) => barred === undefined && taker.free > 0)
    .toSorted((a, b) => a.cost - b.cost || (a.taker.key < b.taker.key ? -1 : 1))
  const others = all.flatMap(({ taker, km, barred }): Other[] => {
    const why = barred ?? (taker.free === 0 ? 'full' : undefined)
    if (why === undefined || why === 'elsewhere' || why === 'otherService') return []
    const said = declinedShown(ctx, declined.get(keyOf(need.id, taker.key)))
    return [{ taker: takerShown(taker), km, why, before: [], farther: null, declined: said }]
  })
  return {
    items: open.slice(0, most).map(({ taker, km }) => ({
      taker: takerShown(taker),
      km,
      fits: need.item === null ? 'guessed' : taker.items.length === 0 ? 'unsaid' : 'listed',
      meant:
        taker.kind === 'project' ? (meant.get(taker.id) ?? { verdict: 'unasked', reasons: [], unknown: [] }) : null,
    })),
    others: others.slice(0, mostOthers),
    illustrative,
  }
}
