import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { levelName, placesOf } from '../registry/index.ts'
import { noSuchLevel, type wishesContract } from './contract.ts'
import { wishes } from './kept-need.ts'
import { levelOf, takenOf } from './resources.ts'

/** More than these nobody reads on a wall. */
const shownResources = 100

/** 幸福码: what a level says of itself to anybody. It stands for a place, never for a family. */
export async function readLevel(ctx: Ctx, { params: { code } }: InputOf<(typeof wishesContract)['GET /levels/:code']>) {
  const name = levelName(ctx, await placesOf(ctx), code)
  if (name === undefined) throw noSuchLevel()
  const found = await wishes(ctx)
    .selectFrom('wishes.resource')
    .select(['id', 'kind', 'name', 'offers', 'hours', 'places'])
    .where('district', '=', ctx.district)
    .where('division', '=', code)
    .where('shown', '=', true)
    .where(eb => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', ctx.today)]))
    .orderBy('id')
    .limit(shownResources + 1)
    .execute()
  const rows = found.slice(0, shownResources)
  const taken = await takenOf(
    ctx,
    rows.map(row => row.id),
  )
  let open = wishes(ctx)
    .selectFrom('wishes.wish')
    .select(eb => eb.fn.countAll<string>().as('n'))
    .where('district', '=', ctx.district)
    .where('state', '=', 'open')
    .where('until_on', '>=', ctx.today)
  if (code.length > 6) open = open.where('township', '=', code.slice(0, 9))
  const { n } = await open.executeTakeFirstOrThrow()
  return {
    code,
    level: levelOf(code),
    name,
    resources: rows.map(({ places, ...row }) => ({ ...row, room: (taken.get(row.id) ?? 0) < places })),
    more: found.length > rows.length,
    wishes: Number(n),
  }
}
