import type { Day, Id } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import { closedIn, getHousehold, type HouseholdBrief, householdOfResident } from '../registry/index.ts'
import { noFamilyYet, type trackContract } from './contract.ts'
import { published } from './published.ts'
import { cameTo, type Quarter, quarterNamed, quarterOf } from './quarter.ts'
import { itemOf, shownRecord } from './read-track.ts'
import { amountWords, nameOf } from './read-whole.ts'
import { type RecordRow, track } from './tables.ts'

type Sheet = AnswerOf<(typeof trackContract)['GET /my/quarter']>

export async function readQuarter(
  ctx: Ctx,
  { params, query }: InputOf<(typeof trackContract)['GET /households/:householdId/quarter']>,
) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  await closedIn(ctx, [household.id])
  return await sheetOf(ctx, household, quarterNow(ctx, query.quarter))
}

export async function readMyQuarter(ctx: Ctx, { query }: InputOf<(typeof trackContract)['GET /my/quarter']>) {
  const household = await householdOfResident(ctx)
  if (!household) throw noFamilyYet()
  ctx.about({ kind: 'household', id: household.id })
  return await sheetOf(ctx, household, quarterNow(ctx, query.quarter))
}

const quarterNow = (ctx: Ctx, name: string | undefined) =>
  name === undefined ? quarterOf(ctx.today) : quarterNamed(name)

/** 幸福清单. It lies on the table at home: what is the offices' alone is never on it, whoever prints it. */
async function sheetOf(ctx: Ctx, household: HouseholdBrief, quarter: Quarter): Promise<Sheet> {
  const loaded = await currentPool(ctx)
  const receipts = await published(ctx)
    .selectFrom('entitlements.v_receipt')
    .select(['id', 'policy', 'from_on', 'until_on', 'amount', 'period', 'made_up'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household.id)
    .where('from_on', '<', quarter.until)
    .where('from_on', '<=', ctx.today)
    .where(eb => eb.or([eb('until_on', 'is', null), eb('until_on', '>', quarter.from)]))
    .orderBy('from_on')
    .limit(100)
    .execute()
  const ran = receipts.filter(r => r.period !== 'once' || r.from_on >= quarter.from)
  const rows = await recordsOf(ctx, household.id, quarter)
  const shown = (row: RecordRow) => ({ ...shownRecord(ctx, loaded, row, true), role: row.by_role })
  return {
    quarter: quarter.name,
    from: quarter.from,
    until: quarter.until,
    name: household.headName,
    place: household.place,
    village: household.division.slice(0, 12),
    madeUp: household.madeUp,
    benefits: ran.map(row => ({
      id: row.policy,
      name: nameOf(loaded, row.policy),
      amount: amountWords(row),
      from: row.from_on,
      until: row.until_on,
      cameTo: cameTo(row, quarter, ctx.today) ?? null,
    })),
    sum: ran.reduce((sum, row) => sum + (cameTo(row, quarter, ctx.today) ?? 0), 0),
    isWhole: ran.every(row => cameTo(row, quarter, ctx.today) !== undefined),
    services: rows.filter(row => row.kind === 'service' || row.kind === 'link').map(shown),
    visits: rows.filter(row => row.kind === 'visit').map(shown),
    items: [...new Set(rows.flatMap(row => row.item ?? []))].flatMap(id => itemOf(loaded, id) ?? []),
  }
}

const recordsOf = (ctx: Ctx, household: Id, { from, until }: { readonly from: Day; readonly until: Day }) =>
  track(ctx)
    .selectFrom('track.record')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('home_id', '=', household)
    .where('careful', '=', false)
    .where('elsewhere', '=', false)
    .where('on_day', '>=', from)
    .where('on_day', '<', until)
    .orderBy('on_day')
    .orderBy('turn')
    .limit(300)
    .execute()
