import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { needWordsMissing, type wishesContract } from './contract.ts'
import { readNeed, sealedNeedWords, takeNeedStep, tellNeed, wishes } from './kept-need.ts'
import { openTransition } from './move-need.ts'
import { isNeedClosed, landing, needStateWords, needStepsOpen } from './need.ts'
import type { NeedRow } from './tables.ts'
import { wishFollows } from './wish-follows.ts'

const shownNeeds = 50

/** Of a family's own, what is open before what is over; what needs care is not among them, whoever holds the telephone. */
export async function listMyNeeds(ctx: Ctx) {
  if (!ctx.actor.household) return { items: [], more: false }
  ctx.about({ kind: 'household', id: ctx.actor.household })
  const rows = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', ctx.actor.household)
    .orderBy(sql`closed_at is null`, 'desc')
    .orderBy('id', 'desc')
    .limit(shownNeeds + 1)
    .execute()
  const items = rows.slice(0, shownNeeds).toSorted((a, b) => (a.id < b.id ? 1 : -1))
  return { items: items.map(row => mineOf(ctx, row)), more: rows.length > shownNeeds }
}

export async function moveMyNeed(
  ctx: Ctx,
  { params, body }: InputOf<(typeof wishesContract)['POST /my/needs/:needId/steps']>,
) {
  const row = await readNeed(ctx, params.needId, true)
  const transition = openTransition(ctx, row, body.step, body.expectedVersion)
  if (transition.asks.includes('reason') && body.note === undefined) throw needWordsMissing()
  const changed = await takeNeedStep(ctx, row, landing(transition, row, undefined), {
    step: body.step,
    note: body.note,
  })
  await wishFollows(ctx, changed)
  await tellNeed(ctx, changed, row.level)
  return mineOf(ctx, changed)
}

const mineOf = (ctx: Ctx, row: NeedRow) => ({
  id: row.id,
  words: readSealed(ctx, sealedNeedWords, row.id, row.sealed_words),
  told: needStateWords[row.state].told,
  toldOn: row.told_on,
  sinceOn: row.since_on,
  closed: isNeedClosed(row.state),
  version: row.version,
  next: needStepsOpen(row, ctx.actor.role).map(t => ({
    step: t.step,
    words: t.words,
    asksReason: t.asks.includes('reason'),
  })),
})
