import { type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { projectNotFound } from './contract.ts'
import { projectDue, type ProjectStand, type ProjectState } from './project.ts'
import { sayProject } from './say.ts'
import { handSteps, type ProjectRow, type ProjectsTables, type ProjectStepRow } from './tables.ts'

export const projects = tablesOf<ProjectsTables>()

export const sealedProjectNote = 'projects.step.note'

/** @throws projectNotFound for one that is not there, or not for who asks */
export async function readProject(ctx: Ctx, id: Id): Promise<ProjectRow> {
  const row = await projects(ctx)
    .selectFrom('projects.project')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw projectNotFound()
  return row
}

/** Whoever changes it or gives a place in it holds it first: who may read it may not write it, so the machine locks. */
export async function lockProject(ctx: Ctx, id: Id): Promise<ProjectRow> {
  await readProject(ctx, id)
  return await asMachine(ctx, machine =>
    projects(machine)
      .selectFrom('projects.project')
      .selectAll()
      .where('district', '=', machine.district)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow(),
  )
}

/** Holds projects until the transaction is over, in one order whoever asks; those out of sight are left out. */
export async function holdProjects(ctx: Ctx, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return
  const seen = await projects(ctx)
    .selectFrom('projects.project')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', 'in', ids)
    .execute()
  await asMachine(ctx, machine =>
    projects(machine)
      .selectFrom('projects.project')
      .select('id')
      .where('district', '=', machine.district)
      .where('id', '=', sql<Id>`any(${seen.map(row => row.id)}::uuid[])`)
      .orderBy('id')
      .forUpdate()
      .execute(),
  )
}

export const standOf = (row: ProjectRow): ProjectStand => ({
  state: row.state,
  budget: row.budget_state,
  named: row.organisation_name !== null,
  signed: row.signed_by !== null,
  budgetAsker: row.budget_asked_by,
  organisationNamer: row.organisation_named_by,
  evaluator: row.evaluated_by,
})

export interface ProjectNote {
  readonly step: ProjectStepRow['step']
  readonly note?: string | undefined
}

/** Writes a step and what it changes; the clock of a new state begins today. */
export async function takeProjectStep(
  ctx: Ctx,
  row: ProjectRow,
  to: ProjectState,
  note: ProjectNote,
  set: Partial<ProjectRow> = {},
  call?: ProjectRow['due_on'],
): Promise<ProjectRow> {
  const moved = to !== row.state
  const until = set.until_on ?? row.until_on
  const changed: ProjectRow = {
    ...row,
    ...set,
    state: to,
    version: row.version + 1,
    changed_at: ctx.now,
    since_on: moved ? ctx.today : row.since_on,
    due_on: moved ? projectDue(to, ctx.today, { until, call: call ?? undefined }, ctx.calendar) : row.due_on,
  }
  await putDownHand(ctx, row.id, note.step)
  const { version, changed_at, since_on, due_on } = changed
  await projects(ctx)
    .updateTable('projects.project')
    .set({
      ...set,
      ...(set.items && { items: asJson(set.items) }),
      ...(set.indicators && { indicators: asJson(set.indicators) }),
      state: to,
      version,
      changed_at,
      since_on,
      due_on,
    })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  await writeProjectStep(ctx, changed, row.state, note)
  if (moved) await sayProject(ctx, changed)
  return changed
}

/** Before the project points at it: whoever stands in it as having done this has written so by their own name. */
async function putDownHand(ctx: Ctx, project_id: Id, step: ProjectStepRow['step']): Promise<void> {
  const own = handSteps.find(one => one === step)
  if (own === undefined) return
  await projects(ctx)
    .insertInto('projects.hand')
    .values({ district: ctx.district, project_id, step: own, by_id: ctx.actor.account })
    .onConflict(on => on.columns(['district', 'project_id', 'step', 'by_id']).doNothing())
    .execute()
}

/** The driver would send a list as one of the database. */
export const asJson = <T>(value: T): T => JSON.stringify(value) as unknown as T

export async function writeProjectStep(
  ctx: Ctx,
  row: ProjectRow,
  from: ProjectState | null,
  { step, note }: ProjectNote,
): Promise<void> {
  const id = newId(ctx.now.getTime())
  await projects(ctx)
    .insertInto('projects.step')
    .values({
      district: ctx.district,
      id,
      project_id: row.id,
      turn: row.version,
      step,
      from_state: from,
      to_state: row.state,
      at: ctx.now,
      on_day: ctx.today,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      by_role: ctx.actor.role,
      sealed_note: note === undefined ? null : ctx.crypto.seal(sealedProjectNote, id, note),
    })
    .execute()
}
