import type { DivisionCode } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { type Colleague, listGuidesOf } from '../identity/index.ts'
import { outreach } from './kept-case.ts'

/** Who goes: of the village's own guides the one with the fewest open tasks, else a guide of the township; undefined where there is none. */
export async function giveTask(ctx: Ctx, village: DivisionCode): Promise<Colleague | undefined> {
  const guides = await listGuidesOf(ctx, village)
  const own = guides.filter(g => g.scope === village)
  const candidates = own.length > 0 ? own : guides
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
