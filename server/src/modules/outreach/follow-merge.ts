import type { DivisionCode, Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { type Merge, mergeOf } from '../registry/index.ts'
import { giveTask } from './give-task.ts'
import { outreach } from './kept-case.ts'
import { tellGiven } from './open-task.ts'
import type { TaskRow } from './tables.ts'

/** Of a task what a merge may change. */
export type StoodBefore = Pick<
  TaskRow,
  'household_id' | 'person_id' | 'division' | 'village' | 'state' | 'holder_id' | 'holder_name' | 'held_by'
>

/** Two records are one person, or are two again: open visits and cases about the one that is gone follow, or go back. */
export async function followMerge(ctx: Ctx, { merge: id }: Readonly<Record<string, string | number>>): Promise<void> {
  const merge = await mergeOf(ctx, String(id) as Id)
  if (!merge) return
  if (merge.isUndone) return await putBack(ctx, merge.id)
  for (const row of await openTasks(ctx, merge)) await moveTask(ctx, merge, row)
  await moveCases(ctx, merge)
}

async function openTasks(ctx: Ctx, { kept, merged, emptied }: Merge): Promise<readonly TaskRow[]> {
  return await outreach(ctx)
    .selectFrom('outreach.task')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .where(eb => eb.or([eb('person_id', 'in', [kept, merged]), ...(emptied ? [eb('household_id', '=', emptied)] : [])]))
    .orderBy('id')
    .forUpdate()
    .execute()
}

async function moveTask(ctx: Ctx, { id, kept, merged, home, emptied }: Merge, row: TaskRow): Promise<void> {
  const person_id = row.person_id === merged ? kept : row.person_id
  const moves = home !== undefined && row.household_id !== home.household
  if (!moves && person_id === row.person_id) return
  const before: StoodBefore = {
    household_id: row.household_id,
    person_id: row.person_id,
    division: row.division,
    village: row.village,
    state: row.state,
    holder_id: row.holder_id,
    holder_name: row.holder_name,
    held_by: row.held_by,
  }
  const place = moves
    ? {
        household_id: home.household,
        village: home.division,
        division: row.careful ? home.division.slice(0, 9) : home.division,
      }
    : {}
  // Who goes to one village has no way into another.
  const isElsewhere = moves && row.village !== home.division
  const after = { ...row, ...place, person_id, ...(isElsewhere && (await givenIn(ctx, row, home.division))) }
  await setTask(ctx, row.id, { ...after, version: row.version + 1 })
  await keepBefore(ctx, { merge: id, kind: 'task', subject: row.id, before, version: row.version + 1 })
  for (const household of [home?.household, row.household_id])
    if (household && household !== emptied) ctx.about({ kind: 'household', id: household })
  tellGiven(ctx, after)
}

async function givenIn(ctx: Ctx, { careful }: TaskRow, village: string) {
  const given = careful ? undefined : await giveTask(ctx, village as DivisionCode)
  return {
    state: given ? ('given' as const) : ('handedOver' as const),
    holder_id: given?.account ?? null,
    holder_name: given?.name ?? null,
    held_by: given ? ('village' as const) : ('township' as const),
  }
}

/** The sheet that is not handed in yet lies where its task lies. */
async function setTask(ctx: Ctx, id: Id, stands: StoodBefore & { version: number }): Promise<void> {
  const { household_id, person_id, division, village, state, holder_id, holder_name, held_by, version } = stands
  await outreach(ctx)
    .updateTable('outreach.task')
    .set({
      household_id,
      person_id,
      division,
      village,
      state,
      holder_id,
      holder_name,
      held_by,
      version,
      changed_at: ctx.now,
    })
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .execute()
  await outreach(ctx)
    .updateTable('outreach.visit')
    .set({ household_id, division })
    .where('district', '=', ctx.district)
    .where('task_id', '=', id)
    .where('submitted_at', 'is', null)
    .execute()
}

/** A case is its applicant's and stays with its village; only whose family it is about follows. */
async function moveCases(ctx: Ctx, { id, home, emptied }: Merge): Promise<void> {
  if (!home || !emptied) return
  const moved = await outreach(ctx)
    .updateTable('outreach.case')
    .set({ household_id: home.household })
    .where('district', '=', ctx.district)
    .where('household_id', '=', emptied)
    .where('closed_at', 'is', null)
    .returning(['id', 'version'])
    .execute()
  for (const row of moved)
    await keepBefore(ctx, {
      merge: id,
      kind: 'case',
      subject: row.id,
      before: { household_id: emptied },
      version: row.version,
    })
}

interface Kept {
  readonly merge: Id
  readonly kind: 'task' | 'case'
  readonly subject: Id
  readonly before: StoodBefore | Pick<StoodBefore, 'household_id'>
  readonly version: number
}
async function keepBefore(ctx: Ctx, { merge, kind, subject, before, version }: Kept): Promise<void> {
  await outreach(ctx)
    .insertInto('outreach.merged_work')
    .values({
      district: ctx.district,
      merge_id: merge,
      kind,
      subject_id: subject,
      before: JSON.stringify(before),
      version_after: version,
      moved_at: ctx.now,
      put_back_at: null,
    })
    .execute()
}

/** What is still open goes back to whom it was about; it goes back to who held it where nobody did anything with it since. */
async function putBack(ctx: Ctx, merge: Id): Promise<void> {
  const moved = await outreach(ctx)
    .updateTable('outreach.merged_work')
    .set({ put_back_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('merge_id', '=', merge)
    .where('put_back_at', 'is', null)
    .returning(['kind', 'subject_id', 'before', 'version_after'])
    .execute()
  for (const { kind, subject_id, before, version_after } of moved) {
    if (kind === 'case') {
      await outreach(ctx)
        .updateTable('outreach.case')
        .set({ household_id: before.household_id })
        .where('district', '=', ctx.district)
        .where('id', '=', subject_id)
        .where('closed_at', 'is', null)
        .execute()
      continue
    }
    const row = await outreach(ctx)
      .selectFrom('outreach.task')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('id', '=', subject_id)
      .where('closed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!row) continue
    const isUntouched = row.version === version_after
    const isElsewhere = row.village !== before.village
    const held = isUntouched || !isElsewhere ? {} : await givenIn(ctx, row, before.village as string)
    const { household_id, person_id, division, village } = before as StoodBefore
    const stands = isUntouched
      ? (before as StoodBefore)
      : { ...row, household_id, person_id, division, village, ...held }
    await setTask(ctx, row.id, { ...stands, version: row.version + 1 })
    ctx.about({ kind: 'household', id: before.household_id })
    tellGiven(ctx, { ...row, ...stands })
  }
}
