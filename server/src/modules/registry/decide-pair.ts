import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { othersOf, type PairRow, pairRow, setState, waitingPairs } from './pair-row.ts'
import { pairDecided, pairIsDouble, pairNotDecided, type pairsContract, pairTold } from './pairs-contract.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
type Contract = typeof pairsContract

/** Others who look at the same list see it move. */
async function said(ctx: Ctx, row: PairRow) {
  ctx.tell({
    name: 'registry.pairs',
    to: { roles: ['townshipClerk', 'districtOfficer'], division: row.division },
    id: row.id,
  })
  return { waiting: await waitingPairs(ctx) }
}

/** How long a decision can be taken back before anything follows from it. */
const takeBackMs = 60_000

export async function decidePair(ctx: Ctx, { params, body }: InputOf<Contract['POST /pairs/:pairId/decide']>) {
  const row = await pairRow(ctx, params.pairId, true)
  if (row.state !== 'open') throw pairDecided()
  if (row.other_id && body.answer === 'same') throw pairIsDouble()
  await setState(ctx, [row.id], body.answer)
  if (body.answer === 'same')
    await setState(
      ctx,
      (await othersOf(ctx, row)).filter(o => o.state === 'open').map(o => o.id),
      'different',
    )
  if (row.delivery_id && row.row_id)
    await ctx.later(
      'registry.tellPair',
      { delivery: row.delivery_id, row: row.row_id },
      { after: new Date(ctx.now.getTime() + takeBackMs) },
    )
  return await said(ctx, row)
}

/** Opens the pair again, and with it what was decided of the same row by the same answer. */
export async function takeBackPair(ctx: Ctx, { params }: InputOf<Contract['POST /pairs/:pairId/take-back']>) {
  const row = await pairRow(ctx, params.pairId, true)
  if (row.state === 'open') throw pairNotDecided()
  if (row.told_at !== null || (row.other_id && row.state === 'same')) throw pairTold()
  const isOneAnswer = (at: Date | null) => at?.getTime() === row.decided_at?.getTime()
  const others = row.state === 'same' ? (await othersOf(ctx, row)).filter(o => isOneAnswer(o.decided_at)) : []
  await setState(ctx, [row.id, ...others.map(o => o.id)], 'open')
  return await said(ctx, row)
}

/** Tells whoever brought the delivery what the row is, once nothing of it is open any more. */
export async function tellPair(ctx: Ctx, delivery: Id, row: string): Promise<void> {
  const pairs = await registry(ctx)
    .selectFrom('registry.pair_review')
    .select(['id', 'person_id', 'state', 'told_at', 'decided_at'])
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('row_id', '=', row)
    .forUpdate()
    .execute()
  const isSettled = pairs.length > 0 && pairs.every(p => p.state === 'same' || p.state === 'different')
  // One that was opened again and decided again has a job of its own.
  const isEarly = pairs.some(p => p.decided_at && ctx.now.getTime() - p.decided_at.getTime() < takeBackMs)
  if (!isSettled || isEarly || pairs.some(p => p.told_at)) return
  await registry(ctx)
    .updateTable('registry.pair_review')
    .set({ told_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('row_id', '=', row)
    .execute()
  const person = pairs.find(p => p.state === 'same')?.person_id
  await ctx.later('feeds.pairDecided', { delivery, row, ...(person && { person }) })
}
