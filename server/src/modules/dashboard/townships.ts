import { type Ctx, tablesOf } from '../../platform/ctx.ts'

const views = tablesOf<{ 'registry.v_division': { district: string; code: string; name: string; kind: string } }>()

/** The townships of the district that are in reach of who asks, or hold their place. */
export async function townshipsIn(ctx: Ctx): Promise<{ code: string; name: string }[]> {
  const scope = ctx.actor.scope ?? ':'
  const rows = await views(ctx)
    .selectFrom('registry.v_division')
    .select(['code', 'name'])
    .where('district', '=', ctx.district)
    .where('kind', 'in', ['subdistrict', 'town', 'township'])
    .orderBy('code')
    .execute()
  return rows.filter(row => row.code.startsWith(scope) || scope.startsWith(row.code))
}
