import { type Id, maskName, newId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { briefsOf, getHousehold } from '../registry/index.ts'
import {
  dayNotFitting,
  type entitlementsContract,
  personMissing,
  policyUnknown,
  receiptNotFound,
  receiptOver,
} from './contract.ts'
import { named } from './finding-line.ts'
import { entitlements } from './receipts.ts'
import type { ReceiptRow } from './tables.ts'

type Input<K extends keyof typeof entitlementsContract> = InputOf<(typeof entitlementsContract)[K]>
export type Receipt = AnswerOf<(typeof entitlementsContract)['POST /households/:id/receipts']>

export async function addReceipt(ctx: Ctx, { params, body }: Input<'POST /households/:id/receipts'>): Promise<Receipt> {
  const household = await getHousehold(ctx, params.id)
  ctx.about({ kind: 'household', id: household.id })
  const pool = await currentPool(ctx)
  const policy = pool.policy(body.policy)
  if (!policy) throw policyUnknown({ policy: body.policy })
  const names = (await briefsOf(ctx, [household.id])).get(household.id)?.names ?? new Map<Id, string>()
  if (policy.scope === 'person' && (body.person === undefined || !names.has(body.person))) throw personMissing()
  if (body.fromOn > ctx.today) throw dayNotFitting()
  const row: ReceiptRow = {
    district: ctx.district,
    id: newId(ctx.now.getTime()),
    household_id: household.id,
    person_id: policy.scope === 'person' ? (body.person ?? null) : null,
    division: household.division,
    policy: policy.id,
    from_on: body.fromOn,
    until_on: null,
    term_on: null,
    amount: body.amount ?? null,
    period: body.period ?? policy.versions.at(-1)?.benefit.period ?? null,
    source: 'verified',
    origin: body.origin,
    as_of: ctx.today,
    made_up: false,
    recorded_at: ctx.now,
    recorded_by: ctx.actor.account,
    recorded_role: ctx.actor.role,
    ended_at: null,
    ended_by: null,
    ended_role: null,
    ended_reason: null,
  }
  await entitlements(ctx).insertInto('entitlements.receipt').values(row).execute()
  await ctx.later('entitlements.look', { household: household.id })
  return receiptView(ctx, pool, row, names)
}

export async function endReceipt(
  ctx: Ctx,
  { params, body }: Input<'POST /households/:id/receipts/:receiptId/end'>,
): Promise<Receipt> {
  const household = await getHousehold(ctx, params.id)
  ctx.about({ kind: 'household', id: household.id })
  const row = await entitlements(ctx)
    .selectFrom('entitlements.receipt')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', household.id)
    .where('id', '=', params.receiptId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw receiptNotFound()
  if (row.until_on !== null) throw receiptOver()
  if (body.untilOn < row.from_on) throw dayNotFitting()
  const ended = {
    until_on: body.untilOn,
    ended_at: ctx.now,
    ended_by: ctx.actor.account,
    ended_role: ctx.actor.role,
    ended_reason: body.reason,
  }
  await entitlements(ctx)
    .updateTable('entitlements.receipt')
    .set(ended)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  await ctx.later('entitlements.look', { household: household.id })
  const names = (await briefsOf(ctx, [household.id])).get(household.id)?.names ?? new Map<Id, string>()
  return receiptView(ctx, await currentPool(ctx), { ...row, ...ended }, names)
}

export const receiptView = (
  ctx: Pick<Ctx, 'today'>,
  pool: LoadedPool,
  row: ReceiptRow,
  names: ReadonlyMap<Id, string>,
): Receipt => ({
  id: row.id,
  policy: named(pool, row.policy),
  person: row.person_id && { id: row.person_id, name: maskName(names.get(row.person_id) ?? '') },
  fromOn: row.from_on,
  untilOn: row.until_on,
  amount: row.amount,
  period: row.period,
  source: row.source,
  origin: row.origin,
  asOf: row.as_of,
  running: row.from_on <= ctx.today && (row.until_on === null || row.until_on > ctx.today),
  endedReason: row.ended_reason,
})
