import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { readSealed } from '../../../platform/open-sealed.ts'
import { formerHomesOf, getHousehold, householdOfResident } from '../../registry/index.ts'
import { alreadyKept, keptByTownship, type keptContract, noHousehold, notKept } from './contract.ts'
import { type KeptRow, keptTables } from './tables.ts'

type Input<K extends keyof typeof keptContract> = InputOf<(typeof keptContract)[K]>

const sealedReason = 'doors.kept_household.reason'
const sealedEnded = 'doors.kept_household.ended_reason'
const mostShown = 50

export async function listMarks(ctx: Ctx, { params }: Input<'GET /households/:householdId/kept-from-partners'>) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const rows = await marksOf(ctx, household.id).then(all => all.slice(0, mostShown))
  const isGuide = ctx.actor.role === 'guide'
  const words = (column: string, row: KeptRow, sealed: Buffer | null, writer: Id | null) =>
    sealed && (!isGuide || writer === ctx.actor.account) ? readSealed(ctx, column, row.id, sealed) : null
  return {
    items: rows.map(row => ({
      id: row.id,
      setBy: row.set_by,
      from: row.from_on,
      by: row.by_name,
      reason: words(sealedReason, row, row.sealed_reason, row.by_id),
      ended:
        row.ended_on === null
          ? null
          : {
              on: row.ended_on,
              by: row.ended_name ?? '',
              reason: words(sealedEnded, row, row.sealed_ended_reason, row.ended_by),
            },
      mayTakeBack: row.set_by === 'office' && row.ended_on === null && !(isGuide && row.township),
    })),
    mayKeep: !rows.some(row => row.set_by === 'office' && row.ended_on === null),
  }
}

export async function keepHousehold(
  ctx: Ctx,
  { params, body }: Input<'POST /households/:householdId/kept-from-partners'>,
) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const id = await setMark(ctx, household.id, 'office', body.reason)
  if (!id) throw alreadyKept()
  tell(ctx, household)
  return { id }
}

export async function takeMarkBack(
  ctx: Ctx,
  { params, body }: Input<'POST /households/:householdId/kept-from-partners/take-back'>,
) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const standing = (await marksOf(ctx, household.id)).filter(row => row.set_by === 'office' && row.ended_on === null)
  if (standing.length === 0) throw notKept()
  if (ctx.actor.role === 'guide' && standing.some(row => row.township)) throw keptByTownship()
  for (const row of standing) await endMark(ctx, row, body.reason)
  tell(ctx, household)
  return {}
}

/** What an office set is not shown on the telephone: who holds it may be whom somebody is kept safe from. */
export async function readMyMark(ctx: Ctx) {
  const household = await householdOfResident(ctx)
  if (!household) return { kept: null, since: null }
  ctx.about({ kind: 'household', id: household.id })
  const own = (await marksOf(ctx, household.id)).find(row => row.set_by === 'family' && row.ended_on === null)
  return { kept: own !== undefined, since: own?.from_on ?? null }
}

/** Said twice is said once. */
export async function setMyMark(ctx: Ctx, { body }: Input<'PUT /my/kept-from-partners'>) {
  const household = await householdOfResident(ctx)
  if (!household) throw noHousehold()
  ctx.about({ kind: 'household', id: household.id })
  if (body.kept) await setMark(ctx, household.id, 'family')
  else
    for (const row of await marksOf(ctx, household.id))
      if (row.set_by === 'family' && row.ended_on === null) await endMark(ctx, row)
  tell(ctx, household)
  return {}
}

/** Of a household that who asks may read, and of those that became part of it. */
async function marksOf(ctx: Ctx, household: Id): Promise<readonly KeptRow[]> {
  const homes = [household, ...(await formerHomesOf(ctx, [household])).keys()]
  return await asMachine(ctx, machine =>
    keptTables(machine)
      .selectFrom('doors.kept_household')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('household_id', 'in', homes)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(200)
      .execute(),
  )
}

/** @returns undefined where one of the kind stands already */
async function setMark(ctx: Ctx, household: Id, by: KeptRow['set_by'], reason?: string): Promise<Id | undefined> {
  if ((await marksOf(ctx, household)).some(row => row.set_by === by && row.ended_on === null)) return undefined
  const id = newId(ctx.now.getTime())
  const made = await asMachine(ctx, machine =>
    keptTables(machine)
      .insertInto('doors.kept_household')
      .values({
        district: ctx.district,
        id,
        household_id: household,
        set_by: by,
        township: by === 'office' && ctx.actor.role !== 'guide',
        sealed_reason: reason === undefined ? null : ctx.crypto.seal(sealedReason, id, reason),
        from_on: ctx.today,
        at: ctx.now,
        by_id: ctx.actor.account,
        by_name: by === 'family' ? '' : ctx.actor.name,
        ended_on: null,
        ended_at: null,
        ended_by: null,
        ended_name: null,
        sealed_ended_reason: null,
      })
      .onConflict(on => on.doNothing())
      .executeTakeFirst(),
  )
  return made.numInsertedOrUpdatedRows === 1n ? id : undefined
}

const endMark = async (ctx: Ctx, row: KeptRow, reason?: string) =>
  await asMachine(ctx, machine =>
    keptTables(machine)
      .updateTable('doors.kept_household')
      .set({
        ended_on: ctx.today,
        ended_at: ctx.now,
        ended_by: ctx.actor.account,
        ended_name: row.set_by === 'family' ? '' : ctx.actor.name,
        sealed_ended_reason: reason === undefined ? null : ctx.crypto.seal(sealedEnded, row.id, reason),
      })
      .where('district', '=', ctx.district)
      .where('id', '=', row.id)
      .where('ended_at', 'is', null)
      .execute(),
  )

const tell = (ctx: Ctx, { id, division }: { readonly id: Id; readonly division: string }) =>
  ctx.tell({ name: 'doors.kept', to: { roles: ['guide', 'townshipClerk', 'districtOfficer'], division }, id })
