import type { DivisionCode } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import type { Colleague } from '../identity/index.ts'
import { outreach } from './kept-case.ts'
import { servingIn } from './who-is-away.ts'

/** Who goes: of those who serve the village today the one with the fewest open tasks; undefined where it is the township's. */
export async function giveTask(ctx: Ctx, village: DivisionCode): Promise<Colleague | undefined> {
  const candidates = await servingIn(ctx, village)
  if (candidates.length < 2) return candidates[0]
  const loads = await outreach(ctx)
    .selectFrom('outreach.task')
    .select(eb => ['holder_id', eb.fn.countAll<string>().as('n')])
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .where(
      'holder_id',
      'in',
      candidates.map(g => g.account),
    )
    .groupBy('holder_id')
    .execute()
  const load = new Map(loads.map(l => [l.holder_id, Number(l.n)]))
  return candidates.toSorted((a, b) => (load.get(a.account) ?? 0) - (load.get(b.account) ?? 0))[0]
}
