import { isId, parseDay } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { wishesShown } from './kept-wish.ts'
import type { WishRow } from './tables.ts'
import type { publishedContract } from './wishes-contract.ts'

export async function listWishes(ctx: Ctx, { query }: InputOf<(typeof publishedContract)['GET /wishes']>) {
  const where: RawBuilder<unknown>[] = [
    sql`district = ${ctx.district}`,
    query.show === 'open'
      ? sql`state = 'open' and until_on >= ${ctx.today}`
      : sql`(taken_by = ${ctx.actor.account} or taken_organisation = ${ctx.actor.organisation ?? null}::uuid)`,
  ]
  if (query.township !== undefined) where.push(sql`township = ${query.township}`)
  if (query.item !== undefined) where.push(sql`item = ${query.item}`)
  if (query.after !== undefined) {
    const [on = '', id = ''] = query.after.split('_')
    if (!isId(id) || !parseDay(on)) throw notUnderstood()
    where.push(sql`(until_on, id) > (${on}::date, ${id}::uuid)`)
  }
  const { rows } = await sql<WishRow>`
    select * from wishes.wish where ${sql.join(where, sql` and `)} order by until_on, id limit ${query.limit + 1}`.execute(
    ctx.transaction,
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await wishesShown(ctx, page),
    next: rows.length > query.limit && last ? `${last.until_on}_${last.id}` : null,
  }
}
