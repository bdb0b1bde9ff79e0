import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { listWorkersOf, namesOf } from '../identity/index.ts'
import { formerHomesOf, getHousehold, homeNow } from '../registry/index.ts'
import { outreach } from './kept-case.ts'
import { noSuchWorker, noteNotFound, type visitsContract } from './visits-contract.ts'

type Input<K extends keyof typeof visitsContract> = InputOf<(typeof visitsContract)[K]>

const sealedText = 'outreach.protected_note.text'
const roles = ['guide', 'townshipClerk', 'districtOfficer'] as const

/** Who works where a family lives. */
export async function listWorkers(ctx: Ctx, { params }: Input<'GET /households/:householdId/workers'>) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const workers = await listWorkersOf(ctx, household.division as DivisionCode, roles)
  return {
    items: workers.map(({ account, name, role }) => ({ id: account, name, role: role as (typeof roles)[number] })),
  }
}

/** The notes of a family that name who asks. Asked for by everybody who opens a family, so that asking tells nothing either. */
export async function listProtectedNotes(ctx: Ctx, { params }: Input<'GET /households/:householdId/protected-notes'>) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const rows = await rowsOf(ctx, [household.id])
  const names = await namesOf(ctx, [...new Set(rows.flatMap(r => r.readers as Id[]))])
  return {
    items: rows.map(row => ({
      ...shown(ctx, row),
      mine: row.by_id === ctx.actor.account,
      readers: (row.readers as Id[]).filter(id => id !== row.by_id).map(id => ({ id, name: names.get(id) ?? '' })),
    })),
  }
}

/** Writes a note that nobody but the named workers will ever see a trace of. */
export async function writeProtectedNote(
  ctx: Ctx,
  { params, body }: Input<'POST /households/:householdId/protected-notes'>,
) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const id = newId(ctx.now.getTime())
  await outreach(ctx)
    .insertInto('outreach.protected_note')
    .values({
      district: ctx.district,
      id,
      household_id: household.id,
      readers: await readersOf(ctx, household, body.readers),
      sealed_text: ctx.crypto.seal(sealedText, id, body.text),
      at: ctx.now,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
    })
    .execute()
  await asMachine(ctx, machine =>
    outreach(machine)
      .insertInto('outreach.protected_household')
      .values({ district: ctx.district, household_id: household.id })
      .onConflict(on => on.doNothing())
      .execute(),
  )
  return { id }
}

/** Who wrote it names anew who else reads it; to everybody else it is as if there were none. */
export async function nameReaders(ctx: Ctx, { params, body }: Input<'PUT /protected-notes/:noteId/readers'>) {
  const row = await outreach(ctx)
    .selectFrom('outreach.protected_note')
    .select(['id', 'household_id'])
    .where('district', '=', ctx.district)
    .where('id', '=', params.noteId)
    .where('by_id', '=', ctx.actor.account)
    .executeTakeFirst()
  if (!row) throw noteNotFound()
  const household = await getHousehold(ctx, await homeNow(ctx, row.household_id))
  ctx.about({ kind: 'household', id: household.id })
  await outreach(ctx)
    .updateTable('outreach.protected_note')
    .set({ readers: await readersOf(ctx, household, body.readers) })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return { id: row.id }
}

/** Who wrote it, and whom they name: people who work where the family lives. */
async function readersOf(ctx: Ctx, household: { readonly division: string }, named: readonly Id[]): Promise<Id[]> {
  const workers = new Set(
    named.length === 0 ? [] : (await listWorkersOf(ctx, household.division as DivisionCode, roles)).map(w => w.account),
  )
  if (named.some(id => !workers.has(id))) throw noSuchWorker()
  return [...new Set([ctx.actor.account, ...named])]
}

/** The notes of some households that name who asks; row-level security leaves out all others. */
export async function notesFor(ctx: Ctx, households: readonly Id[]) {
  const rows = await rowsOf(ctx, households)
  return new Map(
    [...Map.groupBy(rows, r => r.household_id)].map(([household, notes]) => [household, notes.map(n => shown(ctx, n))]),
  )
}

/** No job may see a note, so none can carry it along with a merge: it is found by where the family lives now. */
async function rowsOf(ctx: Ctx, households: readonly Id[]) {
  if (households.length === 0) return []
  const former = await formerHomesOf(ctx, households)
  const rows = await outreach(ctx)
    .selectFrom('outreach.protected_note')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', 'in', [...households, ...former.keys()])
    .orderBy('id')
    .execute()
  return rows.map(row => ({ ...row, household_id: former.get(row.household_id) ?? row.household_id }))
}

const shown = (ctx: Ctx, row: Awaited<ReturnType<typeof rowsOf>>[number]) => ({
  id: row.id,
  text: readSealed(ctx, sealedText, row.id, row.sealed_text),
  by: row.by_name,
  at: row.at.toISOString(),
})
