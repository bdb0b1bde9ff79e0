import { type Day, type DivisionCode, type Duty, type Id, newId, type Words } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { getHousehold } from '../registry/index.ts'
import { giveTask } from './give-task.ts'
import { outreach } from './kept-case.ts'
import type { TaskRow } from './tables.ts'
import type { Level, OriginKind, VisitKind } from './task.ts'

export interface TaskToOpen {
  readonly kind: VisitKind
  readonly household: Id
  readonly person?: Id | undefined
  /** Where it comes from; one task at a time is open for one origin. */
  readonly origin: { readonly kind: OriginKind; readonly id: Id }
  readonly dueOn: Day
  readonly level?: Level | undefined
  /** A visit after help came is a piece of the help plan, unless it is said to be something else. */
  readonly duty?: Duty | undefined
  /** Violence, suicide, harm to a child: the township's alone, no guide of the village sees or hears of it. */
  readonly careful?: boolean | undefined
  /** Why somebody has to go, as the guide reads it at the door. Sealed. */
  readonly why?: Words | undefined
}

export const sealedWhy = 'outreach.task.why'
/** Before which level another one goes. */
const weight: Readonly<Record<Level, number>> = { red: 3, orange: 2, yellow: 1, blue: 0 }

/**
 * Opens a task and gives it to the guide of the household's village or who stands in, or to the township where it is careful or
 * the village has nobody. Of an origin
 * whose task is open already there is no second one: the open one becomes more urgent where this one is.
 * @returns the id of the open task
 * @throws notFound for a household that is not there or not in reach
 */
export async function openTask(ctx: Ctx, wanted: TaskToOpen): Promise<Id> {
  const household = await getHousehold(ctx, wanted.household)
  ctx.about({ kind: 'household', id: household.id })
  const open = await outreach(ctx)
    .selectFrom('outreach.task')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('origin_kind', '=', wanted.origin.kind)
    .where('origin_id', '=', wanted.origin.id)
    .where('kind', '=', wanted.kind)
    .where('closed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (open) return await makeUrgent(ctx, open, wanted)
  const careful = wanted.careful ?? false
  const village = household.division
  const given = careful ? undefined : await giveTask(ctx, village as DivisionCode)
  const townships = given === undefined
  const id = newId(ctx.now.getTime())
  const division = careful ? village.slice(0, 9) : village
  await outreach(ctx)
    .insertInto('outreach.task')
    .values({
      district: ctx.district,
      id,
      division,
      village,
      careful,
      household_id: household.id,
      person_id: wanted.person ?? null,
      kind: wanted.kind,
      origin_kind: wanted.origin.kind,
      origin_id: wanted.origin.id,
      duty: wanted.duty ?? (wanted.kind === 'followUp' ? 'plan' : null),
      level: wanted.level ?? null,
      state: townships ? 'handedOver' : 'given',
      version: 1,
      sealed_why: wanted.why === undefined ? null : ctx.crypto.seal(sealedWhy, id, JSON.stringify(wanted.why)),
      holder_id: given?.account ?? null,
      holder_name: given?.name ?? null,
      held_by: townships ? 'township' : 'village',
      due_on: wanted.dueOn,
      opened_at: ctx.now,
      changed_at: ctx.now,
      closed_at: null,
      sealed_reason: null,
      late_told_on: null,
    })
    .execute()
  await openVisit(ctx, { id, household_id: household.id, division, careful, kind: wanted.kind })
  tellGiven(ctx, { id, division, careful, holder_id: given?.account ?? null })
  return id
}

/** The sheet that is filled in at the door; where two telephones ask for it at once there is one. */
export async function openVisit(
  ctx: Ctx,
  task: Pick<TaskRow, 'id' | 'household_id' | 'division' | 'careful' | 'kind'>,
): Promise<void> {
  await outreach(ctx)
    .insertInto('outreach.visit')
    .values({
      district: ctx.district,
      id: newId(ctx.now.getTime()),
      task_id: task.id,
      household_id: task.household_id,
      division: task.division,
      careful: task.careful,
      form: task.kind,
      edits: 0,
      opened_at: ctx.now,
      visited_on: null,
      submitted_at: null,
      submitted_by: null,
      submitted_name: null,
    })
    .onConflict(on => on.doNothing())
    .execute()
}

async function makeUrgent(ctx: Ctx, row: TaskRow, wanted: TaskToOpen): Promise<Id> {
  const level = wanted.level && weight[wanted.level] > (row.level ? weight[row.level] : -1) ? wanted.level : row.level
  const dueOn = wanted.dueOn < row.due_on ? wanted.dueOn : row.due_on
  if (level === row.level && dueOn === row.due_on) return row.id
  await outreach(ctx)
    .updateTable('outreach.task')
    .set({ level, due_on: dueOn, version: row.version + 1, changed_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  tellGiven(ctx, row)
  return row.id
}

/** The guide it was given to; where nobody holds it everybody who may, so that it does not lie. */
export function tellGiven(ctx: Ctx, task: Pick<TaskRow, 'id' | 'division' | 'careful' | 'holder_id'>): void {
  const name = 'outreach.taskGiven'
  if (task.holder_id) ctx.tell({ name, to: { account: task.holder_id }, id: task.id })
  else
    ctx.tell({
      name,
      to: { roles: task.careful ? ['townshipClerk'] : ['guide', 'townshipClerk'], division: task.division },
      id: task.id,
    })
}
