import { type Day, type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Selectable, sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { indexNames } from './enrol.ts'
import {
  changedSinceMerge,
  chooseHousehold,
  keepTheNumbered,
  mergeUndone,
  pairDecided,
  pairNotFound,
  type pairsContract,
  twoNumbers,
} from './pairs-contract.ts'
import { leastOf, pairRow, setState, waitingPairs } from './pair-row.ts'
import { bump } from './record-facts.ts'
import { recountHouseholds } from './recount.ts'
import type { BeforeMerge, PersonMergeRow, PersonRow, RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
type Contract = typeof pairsContract
type Merge = Selectable<PersonMergeRow>

/**
 * Two who are registered are one person. Nothing is deleted: the other one stands for this one from now on, and what was said of
 * either counts for this one, by the usual order of weight.
 */
export async function mergePersons(ctx: Ctx, { params, body }: InputOf<Contract['POST /persons/:id/merge']>) {
  const [kept, other] = await lockedPersons(ctx, [params.id, body.other])
  ctx.because(body.reason)
  if (kept.id_number && other.id_number) throw twoNumbers()
  if (other.id_number) throw keepTheNumbered()
  const household = householdAfter(kept, other, body.household)
  const memberships = await openMemberships(ctx, [kept.id, other.id])
  const versions = await versionsOf(ctx, [kept.household_id, other.household_id])
  const ended: { household: Id; person: Id; from: Day }[] = []
  const end = async (person: Id, asIfNever: boolean) => {
    for (const m of memberships.filter(one => one.person_id === person)) {
      ended.push({ household: m.household_id, person, from: m.from_on })
      await endMembership(ctx, m, asIfNever)
    }
  }
  // The other one was never a second member; the one who is kept may have lived elsewhere until today.
  await end(other.id, true)
  const moves = household !== null && household !== kept.household_id
  const joined = memberships.find(m => m.person_id === other.id && m.household_id === household)
  const begun = moves ? { household, from: joined?.from_on ?? ctx.today } : null
  if (moves) await end(kept.id, false)
  const place = moves ? await divisionOf(ctx, household) : kept.division
  const relation = moves ? other.relation : kept.relation
  if (begun) await beginMembership(ctx, kept.id, { ...begun, relation, division: place })
  const filled = (['phone', 'birth_date', 'sex'] as const).filter(c => kept[c] === null && other[c] !== null)
  await registry(ctx)
    .updateTable('registry.person')
    .set({ household_id: household, division: place, relation, ...filledFrom(ctx, kept, other, filled) })
    .where('district', '=', ctx.district)
    .where('id', '=', kept.id)
    .execute()
  await registry(ctx)
    .updateTable('registry.person')
    .set({ merged_into: kept.id, withdrawn_at: ctx.now, household_id: null })
    .where('district', '=', ctx.district)
    .where('id', '=', other.id)
    .execute()
  await indexNames(ctx, [kept.id, other.id])
  const left = [kept.household_id, other.household_id].find(id => id !== null && id !== household) ?? null
  const emptied =
    left && household && (await isEmpty(ctx, left)) ? await moveHousehold(ctx, left, household) : undefined
  const merge = newId(ctx.now.getTime())
  const before: BeforeMerge = {
    filled,
    kept: { household: kept.household_id, relation: kept.relation, division: kept.division },
    merged: { household: other.household_id, relation: other.relation, division: other.division },
    ended,
    begun,
    statements: emptied ?? [],
    emptied: emptied ? left : null,
    versions: { kept: versions.get(kept.household_id) ?? null, merged: versions.get(other.household_id) ?? null },
  }
  const pair = body.pair ? await pairRow(ctx, body.pair, true) : undefined
  if (pair && ![pair.person_id, pair.other_id].every(id => id === kept.id || id === other.id)) throw pairNotFound()
  if (pair && pair.state !== 'open') throw pairDecided()
  await registry(ctx)
    .insertInto('registry.person_merge')
    .values({
      district: ctx.district,
      id: merge,
      division: leastOf([kept.division, other.division, place]),
      kept_id: kept.id,
      merged_id: other.id,
      pair_id: pair?.id ?? null,
      household_id: household,
      left_household_id: left,
      reason: body.reason,
      before: JSON.stringify(before),
      merged_at: ctx.now,
      merged_by: ctx.actor.account,
      undone_at: null,
      undone_by: null,
      undone_reason: null,
    })
    .execute()
  if (pair) await setState(ctx, [pair.id], 'same')
  await countAgain(ctx, [household, left], emptied ? left : null)
  return { merge, person: kept.id, household, emptied: emptied ? left : null, waiting: await waitingPairs(ctx) }
}

/** @throws changedSinceMerge, mergeUndone */
export async function undoMerge(ctx: Ctx, { params, body }: InputOf<Contract['POST /merges/:mergeId/undo']>) {
  const merge = await registry(ctx)
    .selectFrom('registry.person_merge')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', params.mergeId)
    .forUpdate()
    .executeTakeFirst()
  if (!merge?.division.startsWith(ctx.actor.scope ?? '-')) throw pairNotFound()
  ctx.because(body.reason)
  for (const id of [merge.kept_id, merge.merged_id]) ctx.about({ kind: 'person', id })
  if (merge.undone_at) throw mergeUndone()
  await registry(ctx)
    .selectFrom('registry.person')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', 'in', [merge.kept_id, merge.merged_id])
    .orderBy('id')
    .forUpdate()
    .execute()
  if (!(await canUndo(ctx, merge))) throw changedSinceMerge()
  const { before } = merge
  if (before.emptied) await restoreHousehold(ctx, before.emptied, before.statements)
  if (before.begun)
    await membership(ctx, merge.kept_id, before.begun.household, before.begun.from, sql`withdrawn_at = ${ctx.now}`)
  for (const m of before.ended)
    await membership(ctx, m.person, m.household, m.from, sql`withdrawn_at = null, until_on = null, ended_at = null`)
  const was = (column: BeforeMerge['filled'][number]) => before.filled.includes(column)
  const emptyAgain = {
    ...(was('phone') && { phone: null, phone_blind: null }),
    ...(was('birth_date') && { birth_date: null }),
    ...(was('sex') && { sex: null }),
  }
  const back = async (id: Id, stood: BeforeMerge['kept'], more: object) =>
    await registry(ctx)
      .updateTable('registry.person')
      .set({ household_id: stood.household, relation: stood.relation, division: stood.division, ...more })
      .where('district', '=', ctx.district)
      .where('id', '=', id)
      .execute()
  await back(merge.kept_id, before.kept, emptyAgain)
  await back(merge.merged_id, before.merged, { merged_into: null, withdrawn_at: null })
  await indexNames(ctx, [merge.kept_id, merge.merged_id])
  await registry(ctx)
    .updateTable('registry.person_merge')
    .set({ undone_at: ctx.now, undone_by: ctx.actor.account, undone_reason: body.reason })
    .where('district', '=', ctx.district)
    .where('id', '=', merge.id)
    .execute()
  if (merge.pair_id) await setState(ctx, [merge.pair_id], 'open')
  await countAgain(ctx, [before.kept.household, before.merged.household, merge.household_id], null)
  return { person: merge.kept_id, other: merge.merged_id, waiting: await waitingPairs(ctx) }
}

/** Whether nothing was written down of either since, and the households they were in are still there to go back to. */
export async function canUndo(
  ctx: Ctx,
  merge: Pick<Merge, 'id' | 'kept_id' | 'merged_id' | 'merged_at' | 'undone_at' | 'before'>,
): Promise<boolean> {
  if (merge.undone_at) return false
  const { kept, merged, emptied } = merge.before
  const homes = [kept.household, merged.household].filter(id => id !== null && id !== emptied)
  const both = sql`any(${[merge.kept_id, merge.merged_id]}::uuid[])`
  const { rows } = await sql<{ changed: boolean }>`
    select exists (select from registry.statement s where s.district = ${ctx.district} and s.person_id = ${both}
                     and greatest(s.recorded_at, s.withdrawn_at) > ${merge.merged_at})
        or exists (select from registry.membership m where m.district = ${ctx.district} and m.person_id = ${both}
                     and greatest(m.recorded_at, m.ended_at, m.withdrawn_at) > ${merge.merged_at})
        or exists (select from registry.person_merge o where o.district = ${ctx.district} and o.id <> ${merge.id} and o.undone_at is null
                     and (o.kept_id = ${both} or o.merged_id = ${both}) and o.merged_at >= ${merge.merged_at})
        or exists (select from registry.household h where h.district = ${ctx.district} and h.id = any(${homes}::uuid[])
                     and h.withdrawn_at is not null)
      as changed`.execute(ctx.transaction)
  return rows[0]?.changed === false
}

/** In the order asked for. @throws pairNotFound */
async function lockedPersons(ctx: Ctx, ids: readonly [Id, Id]): Promise<[PersonRow, PersonRow]> {
  const rows = (await registry(ctx)
    .selectFrom('registry.person')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', 'in', [...ids])
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()) as unknown as PersonRow[]
  const [kept, other] = ids.map(id => rows.find(r => r.id === id && r.division.startsWith(ctx.actor.scope ?? '-')))
  if (!kept || !other || kept === other) throw pairNotFound()
  for (const { id, household_id } of [kept, other]) {
    ctx.about({ kind: 'person', id })
    if (household_id) ctx.about({ kind: 'household', id: household_id })
  }
  return [kept, other]
}

/** @throws chooseHousehold where they are in two and neither was chosen */
function householdAfter(kept: PersonRow, other: PersonRow, chosen: Id | undefined): Id | null {
  const [own, others] = [kept.household_id, other.household_id]
  if (own === null || others === null || own === others) return own ?? others
  if (chosen === own || chosen === others) return chosen
  throw chooseHousehold({ kept: own, other: others })
}

interface Membership {
  readonly household_id: Id
  readonly person_id: Id
  readonly from_on: Day
}
const openMemberships = async (ctx: Ctx, ids: readonly Id[]): Promise<readonly Membership[]> =>
  await registry(ctx)
    .selectFrom('registry.membership')
    .select(['household_id', 'person_id', 'from_on'])
    .where('district', '=', ctx.district)
    .where('person_id', 'in', [...ids])
    .where('until_on', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()

const membership = async (ctx: Ctx, person: Id, household: Id, from: Day, set: ReturnType<typeof sql>) => {
  await sql`update registry.membership set ${set} where district = ${ctx.district} and household_id = ${household}
    and person_id = ${person} and from_on = ${from}`.execute(ctx.transaction)
}

const endMembership = async (ctx: Ctx, m: Membership, asIfNever: boolean) => {
  const today = sql`until_on = greatest(from_on, ${ctx.today}::date), ended_at = ${ctx.now}`
  await membership(ctx, m.person_id, m.household_id, m.from_on, asIfNever ? sql`withdrawn_at = ${ctx.now}` : today)
}

async function beginMembership(
  ctx: Ctx,
  person: Id,
  { household, from, relation, division }: { household: Id; from: Day; relation: string; division: string },
): Promise<void> {
  await registry(ctx)
    .insertInto('registry.membership')
    .values({
      district: ctx.district,
      household_id: household,
      person_id: person,
      from_on: from,
      until_on: null,
      ended_at: null,
      relation,
      division,
      batch_id: null,
      ended_batch_id: null,
      recorded_at: ctx.now,
      recorded_by: ctx.actor.account,
      withdrawn_at: null,
    })
    .onConflict(c =>
      c
        .columns(['district', 'household_id', 'person_id', 'from_on'])
        .doUpdateSet({ withdrawn_at: null, until_on: null, ended_at: null }),
    )
    .execute()
}

/** A telephone is sealed for its row, so it is sealed anew. */
function filledFrom(ctx: Ctx, kept: PersonRow, other: PersonRow, filled: BeforeMerge['filled']) {
  const { phone } = other
  return {
    ...(filled.includes('phone') &&
      phone && {
        phone: ctx.crypto.seal(
          'registry.person.phone',
          kept.id,
          ctx.crypto.open('registry.person.phone', other.id, phone),
        ),
        phone_blind: other.phone_blind,
      }),
    ...(filled.includes('birth_date') && { birth_date: other.birth_date }),
    ...(filled.includes('sex') && { sex: other.sex }),
  }
}

async function versionsOf(ctx: Ctx, ids: readonly (Id | null)[]): Promise<ReadonlyMap<Id | null, number>> {
  const rows = await registry(ctx)
    .selectFrom('registry.household')
    .select(['id', 'version'])
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${ids.filter(id => id !== null)}::uuid[])`)
    .execute()
  return new Map(rows.map(r => [r.id, r.version]))
}

async function divisionOf(ctx: Ctx, household: Id): Promise<string> {
  const row = await registry(ctx)
    .selectFrom('registry.household')
    .select('division')
    .where('district', '=', ctx.district)
    .where('id', '=', household)
    .executeTakeFirstOrThrow()
  return row.division
}

async function isEmpty(ctx: Ctx, household: Id): Promise<boolean> {
  const member = await registry(ctx)
    .selectFrom('registry.membership')
    .select('person_id')
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('until_on', 'is', null)
    .where('withdrawn_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return member === undefined
}

/** What was said of a household that was the same family is said of the other one; it is in the registry no more. @returns the statements */
async function moveHousehold(ctx: Ctx, left: Id, to: Id): Promise<Id[]> {
  const division = await divisionOf(ctx, to)
  const { rows } = await sql<{ id: Id }>`
    update registry.statement set household_id = ${to}, division = ${division}
    where district = ${ctx.district} and household_id = ${left} and person_id is null and withdrawn_at is null returning id`.execute(
    ctx.transaction,
  )
  const moved = rows.map(r => r.id)
  await moveSealed(ctx, moved, to, division)
  await sql`update registry.household set withdrawn_at = ${ctx.now}, version = version + 1, changed_at = ${ctx.now}
    where district = ${ctx.district} and id = ${left}`.execute(ctx.transaction)
  return moved
}

const moveSealed = async (ctx: Ctx, statements: readonly Id[], to: Id, division: string) => {
  await sql`update registry.sealed_fact set household_id = ${to}, division = ${division}
    where district = ${ctx.district} and statement_id = any(${statements}::uuid[])`.execute(ctx.transaction)
}

async function restoreHousehold(ctx: Ctx, household: Id, statements: readonly Id[]): Promise<void> {
  const division = await divisionOf(ctx, household)
  await sql`update registry.household set withdrawn_at = null where district = ${ctx.district} and id = ${household}`.execute(
    ctx.transaction,
  )
  await sql`update registry.statement set household_id = ${household}, division = ${division}
    where district = ${ctx.district} and id = any(${statements}::uuid[])`.execute(ctx.transaction)
  await moveSealed(ctx, statements, household, division)
}

/** Households somebody came to or left have a new version and are judged again. */
async function countAgain(ctx: Ctx, households: readonly (Id | null)[], gone: Id | null): Promise<void> {
  const ids = [...new Set(households)].filter(id => id !== null && id !== gone) as Id[]
  for (const id of ids) await bump(ctx, id)
  await recountHouseholds(ctx, ids)
}
