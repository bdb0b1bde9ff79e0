import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { type Merge, mergeOf } from '../registry/index.ts'
import { judgeHouseholds } from './judge-households.ts'
import { alerts, keepNotice, tellMoved } from './kept-alert.ts'
import type { AlertRow } from './tables.ts'

/** Of an alert what a merge may change. */
export type StoodBefore = Pick<AlertRow, 'household_id' | 'person_id' | 'division' | 'village' | 'twin_of'>

/**
 * Two records are one person, or are two again: open alerts about the one that is gone follow, or go back, and the rules look at the
 * households anew. Of the same happening told of both two alerts stay: none is closed but by a person.
 */
export async function followMerge(ctx: Ctx, { merge: id }: Readonly<Record<string, string | number>>): Promise<void> {
  const merge = await mergeOf(ctx, String(id) as Id)
  if (!merge) return
  if (merge.isUndone) await putBack(ctx, merge.id)
  else for (const row of await openAlerts(ctx, merge)) await moveAlert(ctx, merge, row)
  await judgeHouseholds(ctx, merge.households)
}

async function openAlerts(ctx: Ctx, { kept, merged, emptied }: Merge): Promise<readonly AlertRow[]> {
  return await alerts(ctx)
    .selectFrom('alerts.alert')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', '<>', 'closed')
    .where(eb => eb.or([eb('person_id', 'in', [kept, merged]), ...(emptied ? [eb('household_id', '=', emptied)] : [])]))
    .orderBy('id')
    .forUpdate()
    .execute()
}

async function moveAlert(ctx: Ctx, { id, kept, merged, home }: Merge, row: AlertRow): Promise<void> {
  const household_id = home?.household ?? row.household_id
  const person_id = row.person_id === merged ? kept : row.person_id
  if (household_id === row.household_id && person_id === row.person_id) return
  const village = home?.division ?? row.village
  const isTownships = row.careful || row.audience === 'township'
  const stands = { household_id, person_id, village, division: isTownships ? village.slice(0, 9) : village }
  await setAlert(ctx, row, { ...stands, twin_of: await twinOf(ctx, row, stands) })
  const { household_id: household, person_id: person, division, village: lived, twin_of } = row
  const before: StoodBefore = { household_id: household, person_id: person, division, village: lived, twin_of }
  await alerts(ctx)
    .insertInto('alerts.merged_work')
    .values({
      district: ctx.district,
      merge_id: id,
      alert_id: row.id,
      before: JSON.stringify(before),
      moved_at: ctx.now,
      put_back_at: null,
    })
    .execute()
}

/** The alert about the same happening that is there already. */
async function twinOf(ctx: Ctx, row: AlertRow, to: Pick<AlertRow, 'household_id' | 'person_id'>): Promise<Id | null> {
  const twin = await alerts(ctx)
    .selectFrom('alerts.alert')
    .select('id')
    .where('district', '=', ctx.district)
    .where('household_id', '=', to.household_id)
    .where('rule', '=', row.rule)
    .where('person_id', to.person_id === null ? 'is' : '=', to.person_id)
    .where('occurred_on', '=', row.occurred_on)
    .where('twin_of', 'is', null)
    .where('id', '<>', row.id)
    .executeTakeFirst()
  return twin?.id ?? null
}

async function setAlert(ctx: Ctx, row: AlertRow, stands: StoodBefore): Promise<void> {
  const version = row.version + 1
  const change = { ...stands, version, changed_at: ctx.now }
  await alerts(ctx)
    .updateTable('alerts.alert')
    .set(change)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  await keepNotice(ctx, { ...row, ...change })
  await alerts(ctx)
    .updateTable('alerts.seen')
    .set({ household_id: stands.household_id, division: stands.division })
    .where('district', '=', ctx.district)
    .where('alert_id', '=', row.id)
    .execute()
  // What it rests on is only ever added to; who reaches the alert now reads it there.
  if (stands.division !== row.division || stands.household_id !== row.household_id)
    await copyGround(ctx, row.id, version, stands)
  ctx.about({ kind: 'household', id: stands.household_id })
  tellMoved(ctx, { ...row, ...stands })
}

async function copyGround(ctx: Ctx, alert: Id, turn: number, { household_id, division }: StoodBefore): Promise<void> {
  const newest = sql`(select max(turn) from alerts.ground where district = ${ctx.district} and alert_id = ${alert})`
  const place = sql`${turn}, ${household_id}, ${division}`
  await sql`insert into alerts.minor_ground
      (district, alert_id, turn, household_id, division, audience, careful, minor_until, facts, reasons, missing)
    select district, alert_id, ${place}, audience, careful, minor_until, facts, reasons, missing
    from alerts.minor_ground where district = ${ctx.district} and alert_id = ${alert} and turn = ${newest}`.execute(
    ctx.transaction,
  )
  await sql`insert into alerts.ground
      (district, alert_id, turn, household_id, division, audience, careful, facts, reasons, missing, counted, tells_of_child, judged_on, at)
    select district, alert_id, ${place}, audience, careful, facts, reasons, missing, counted, tells_of_child, judged_on, ${ctx.now}
    from alerts.ground where district = ${ctx.district} and alert_id = ${alert} and turn = ${newest}`.execute(
    ctx.transaction,
  )
}

/** What is still open goes back to whom it was about. */
async function putBack(ctx: Ctx, merge: Id): Promise<void> {
  const moved = await alerts(ctx)
    .updateTable('alerts.merged_work')
    .set({ put_back_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('merge_id', '=', merge)
    .where('put_back_at', 'is', null)
    .returning(['alert_id', 'before'])
    .execute()
  for (const { alert_id, before } of moved) {
    const row = await alerts(ctx)
      .selectFrom('alerts.alert')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('id', '=', alert_id)
      .where('state', '<>', 'closed')
      .forUpdate()
      .executeTakeFirst()
    // The rules may have looked there first, and said the same happening anew.
    if (row) await setAlert(ctx, row, { ...before, twin_of: before.twin_of ?? (await twinOf(ctx, row, before)) })
  }
}
