import type { DivisionCode, Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { asDoorkeeper, type Colleague, listGuidesOf } from '../identity/index.ts'
import { whoServes } from './absence.ts'
import { outreach } from './kept-case.ts'
import type { AbsenceRow } from './tables.ts'

/** Absences of some guides that hold today, wherever who asks may look. */
async function awayToday(ctx: Ctx, guides: readonly Id[]): Promise<AbsenceRow[]> {
  if (guides.length === 0) return []
  return asDoorkeeper(ctx, () =>
    outreach(ctx)
      .selectFrom('outreach.absence')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('guide_id', 'in', [...new Set(guides)])
      .where('ended_at', 'is', null)
      .where('from_on', '<=', ctx.today)
      .where('back_on', '>', ctx.today)
      .orderBy('id')
      .execute(),
  )
}

/** Who serves a village today, who stands in included; nobody means the township. */
export async function servingIn(ctx: Ctx, village: DivisionCode): Promise<Colleague[]> {
  const guides = await listGuidesOf(ctx, village)
  const rows = await awayToday(
    ctx,
    guides.map(g => g.account),
  )
  return whoServes(
    guides,
    rows.map(r => ({ guide: r.guide_id, standIn: r.stand_in_id })),
    village,
  )
}

/** Guides who reach a village and are at work today. */
export async function guidesAtWork(ctx: Ctx, village: DivisionCode): Promise<Colleague[]> {
  const guides = await listGuidesOf(ctx, village)
  const rows = await awayToday(
    ctx,
    guides.map(g => g.account),
  )
  const away = new Set(rows.map(r => r.guide_id))
  return guides.filter(g => !away.has(g.account))
}
