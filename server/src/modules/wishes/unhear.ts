import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { namesOf } from '../identity/index.ts'
import { isFamilyOfCase } from '../outreach/index.ts'
import { takeNeedStep, tellNeed, wishes } from './kept-need.ts'
import { landing } from './need.ts'
import { needTransitions } from './need-transitions.ts'
import type { NeedRow } from './tables.ts'

type Payload = Readonly<Record<string, string | number>>

const atOnce = 200

/**
 * Somebody took back what needs were heard from: a delivery, or which family a case is about. What nobody has touched since is taken back in
 * their name, and can be taken up again; what somebody has, or what was told otherwise too, stays, with a line that says so, and whoever
 * holds it looks again.
 */
export async function unhear(ctx: Ctx, payload: Payload): Promise<void> {
  const { batch, handedIn, household, by, after } = payload
  const origin = (batch ?? handedIn) as Id
  // Told of the same family again meanwhile.
  if (handedIn !== undefined && (await isFamilyOfCase(ctx, handedIn as Id, household as Id))) return
  const rows = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .where(
      sql<boolean>`(origin_id = ${origin} or id in (
        select need_id from wishes.need_step where district = ${ctx.district} and origin_id = ${origin} and step = 'again'))`,
    )
    .$if(household !== undefined, found => found.where('household_id', '=', household as Id))
    .$if(after !== undefined, found => found.where('id', '>', after as Id))
    .orderBy('id')
    .limit(atOnce)
    .forUpdate()
    .execute()
  const name = (await namesOf(ctx, [by as Id])).get(by as Id) ?? ''
  for (const row of rows) await takeBack(ctx, row, { origin, by: by as Id, name })
  const last = rows.length === atOnce ? rows.at(-1) : undefined
  if (last) await ctx.later('wishes.unhear', { ...payload, after: last.id })
}

async function takeBack(
  ctx: Ctx,
  row: NeedRow,
  { origin, by, name }: { readonly origin: Id; readonly by: Id; readonly name: string },
): Promise<void> {
  ctx.about({ kind: 'household', id: row.household_id })
  const said = { code: 'groundGone', origin: row.origin } as const
  const way = needTransitions.find(t => t.by.includes('source') && t.from.includes(row.state))
  if (way && row.origin_id === origin && !(await isTouched(ctx, row))) {
    const to = landing(way, row, undefined)
    const changed = await takeNeedStep(ctx, row, to, { step: way.step, by: name, said }, { ground_gone_by: by })
    return await tellNeed(ctx, changed, row.level)
  }
  const changed = await takeNeedStep(ctx, row, row, { step: 'groundGone', by: name, said }, { look_again: true })
  await tellNeed(ctx, changed, row.level)
}

/** Anything but the clock has moved it, or somebody told of it too; what the same source said twice is one telling. */
async function isTouched(ctx: Ctx, row: NeedRow): Promise<boolean> {
  const step = await wishes(ctx)
    .selectFrom('wishes.need_step')
    .select('id')
    .where('district', '=', ctx.district)
    .where('need_id', '=', row.id)
    .where('step', '<>', 'tell')
    .where(sql<boolean>`not (step in ('rise', 'overdue') and by_role = 'machine')`)
    .where(sql<boolean>`not (step = 'again' and origin_id is not distinct from ${row.origin_id}::uuid)`)
    .limit(1)
    .executeTakeFirst()
  return step !== undefined
}
