import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { getHousehold, openMinors } from '../registry/index.ts'
import { movedToProject, type NeedForProject, needForProject, standsOf } from '../wishes/index.ts'
import {
  alreadyThere,
  needNotHere,
  notMeant,
  notRunning,
  otherService,
  outsideArea,
  projectChanged,
  projectWordsMissing,
  type projectsContract,
} from './contract.ts'
import { judgeFor } from './eligibility.ts'
import { lockProject, projects, readProject } from './kept-project.ts'
import { takePlace, worksIn } from './places.ts'
import { projectStateWords } from './project.ts'
import { enrolmentShown, sealedDespite, sealedLeft } from './read-enrolments.ts'
import type { EnrolmentRow, EnrolmentVerdict, ProjectRow } from './tables.ts'

type Input<K extends keyof typeof projectsContract> = InputOf<(typeof projectsContract)[K]>

export interface EnrolOptions {
  /** On the list, where no place is free. */
  readonly wait?: boolean | undefined
  /** Why, where the rule does not mean the family or others wait. */
  readonly despite?: string | undefined
  /** Of the need, as who asks saw it. */
  readonly expectedVersion?: number | undefined
}

export async function enrolNeed(ctx: Ctx, { params, body }: Input<'POST /projects/:projectId/needs'>) {
  return await enrolmentShown(ctx, await enrol(ctx, params.projectId, body.need, body))
}

/**
 * Gives a need a place, and moves it to where help was found; or puts it on the list, where it goes on being looked after by whoever holds
 * it. Who holds the need presses; the project is held before the need, by everybody in the same order.
 * @throws projectNotFound, needNotHere, notRunning, outsideArea, otherService, notMeant, alreadyThere, projectFull, othersWait; needStepNotOpen, needChanged
 */
export async function enrol(ctx: Ctx, project: Id, needId: Id, options: EnrolOptions = {}): Promise<EnrolmentRow> {
  const row = await lockProject(ctx, project)
  checkRunning(ctx, row)
  const need = await needForProject(ctx, needId, true)
  if (need.isClosed) throw needNotHere()
  await checkNowhere(ctx, need.id)
  if (!worksIn(row.area, need.division)) throw outsideArea()
  if (need.item !== null && !row.services.includes(need.item)) throw otherService()
  const { verdict } = await judgedOn(ctx, row, need)
  if (verdict === 'ineligible' && options.despite === undefined) throw notMeant()
  const id = newId(ctx.now.getTime())
  const whole = await rowOf(ctx, row, need, id, verdict, options.despite)
  if (options.wait) return await write(ctx, { ...whole, state: 'waiting' })
  await takePlace(ctx, row, whole, options.despite !== undefined)
  await movedToProject(ctx, need.id, 'match', noteOf(row), row, options.expectedVersion)
  return await write(ctx, { ...whole, ...placedNow(ctx) })
}

export async function moveEnrolment(
  ctx: Ctx,
  { params, body }: Input<'POST /projects/:projectId/needs/:needId/steps'>,
) {
  const row = await lockProject(ctx, params.projectId)
  const here = await lockEnrolment(ctx, row.id, params.needId)
  if (body.expectedVersion !== undefined && body.expectedVersion !== here.version)
    throw projectChanged({ version: row.version })
  ctx.about({ kind: 'household', id: here.household_id })
  if (body.step === 'place') return await enrolmentShown(ctx, await place(ctx, row, here, body.despite))
  if (body.note === undefined) throw projectWordsMissing()
  return await enrolmentShown(ctx, await leave(ctx, row, here, body.note))
}

async function place(
  ctx: Ctx,
  row: ProjectRow,
  here: EnrolmentRow,
  despite: string | undefined,
): Promise<EnrolmentRow> {
  if (here.state === 'placed') return here
  checkRunning(ctx, row)
  const need = await needForProject(ctx, here.need_id, true)
  const { verdict } = await judgedOn(ctx, row, need)
  if (verdict === 'ineligible' && despite === undefined && here.sealed_despite === null) throw notMeant()
  await takePlace(ctx, row, here, despite !== undefined)
  await movedToProject(ctx, need.id, 'match', noteOf(row), row)
  return await change(ctx, here, {
    ...placedNow(ctx),
    verdict,
    ...(despite === undefined ? {} : { sealed_despite: ctx.crypto.seal(sealedDespite, here.id, despite) }),
  })
}

/** Off the list; out of a place while nobody is at work: then the need goes back to whoever holds it, and its order is called off. */
async function leave(ctx: Ctx, row: ProjectRow, here: EnrolmentRow, note: string): Promise<EnrolmentRow> {
  const stands = (await standsOf(ctx, [here.need_id])).get(here.need_id)?.state
  const said = `${noteOf(row)}：${note}`
  if (here.state === 'placed' && (stands === 'matched' || stands === 'assigned'))
    await movedToProject(ctx, here.need_id, 'decline', said, row)
  else if (here.state === 'placed') throw needNotHere()
  else if (here.state === 'designed' && stands === 'projectDesigned')
    await movedToProject(ctx, here.need_id, 'pool', said)
  return await change(ctx, here, {
    state: 'left',
    left_at: ctx.now,
    left_on: ctx.today,
    left_as: 'givenUp',
    left_by: ctx.actor.account,
    sealed_left: ctx.crypto.seal(sealedLeft, here.id, note),
  })
}

/** @throws notRunning */
function checkRunning(ctx: Ctx, { state, until_on }: ProjectRow): void {
  if (state !== 'running') throw notRunning({ state: projectStateWords[state].words })
  if (until_on < ctx.today) throw notRunning({ state: { zh: '已到期', en: 'past its last day' } })
}

const judgedOn = async (ctx: Ctx, row: ProjectRow, need: NeedForProject) =>
  (await judgeFor(ctx, [row], { household: need.household, person: need.person ?? undefined })).get(row.id) ?? {
    verdict: 'noRule' as const,
  }

/** In one project at a time: the family would be waited for twice. */
async function checkNowhere(ctx: Ctx, need: Id): Promise<void> {
  const there = await projects(ctx)
    .selectFrom('projects.enrolment as e')
    .innerJoin('projects.project as p', join =>
      join.onRef('p.district', '=', 'e.district').onRef('p.id', '=', 'e.project_id'),
    )
    .select('p.name')
    .where('e.district', '=', ctx.district)
    .where('e.need_id', '=', need)
    .where('e.left_at', 'is', null)
    .executeTakeFirst()
  if (there) throw alreadyThere({ name: there.name })
}

/** @throws needNotHere */
async function lockEnrolment(ctx: Ctx, project: Id, need: Id): Promise<EnrolmentRow> {
  await openMinors(ctx)
  const row = await projects(ctx)
    .selectFrom('projects.enrolment')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('project_id', '=', project)
    .where('need_id', '=', need)
    .where('left_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw needNotHere()
  return row
}

export async function rowOf(
  ctx: Ctx,
  project: Pick<ProjectRow, 'id'>,
  need: NeedForProject,
  id: Id,
  verdict: EnrolmentVerdict,
  despite?: string,
): Promise<EnrolmentRow> {
  const { circle } = await asMachine(ctx, machine => getHousehold(machine, need.household))
  return {
    district: ctx.district,
    id,
    project_id: project.id,
    need_id: need.id,
    number: need.number,
    division: need.division,
    household_id: need.household,
    person_id: need.person,
    masked_name: need.maskedName,
    careful: need.careful,
    minor_until: need.minorUntil,
    urgent: need.urgent,
    circle,
    told_on: need.toldOn,
    state: 'waiting',
    verdict,
    version: 1,
    asked_at: ctx.now,
    asked_on: ctx.today,
    asked_by: ctx.actor.account,
    asked_name: ctx.actor.name,
    placed_at: null,
    placed_on: null,
    placed_by: null,
    placed_name: null,
    left_at: null,
    left_on: null,
    left_as: null,
    left_by: null,
    sealed_despite: despite === undefined ? null : ctx.crypto.seal(sealedDespite, id, despite),
    sealed_left: null,
  }
}

export async function write(ctx: Ctx, row: EnrolmentRow): Promise<EnrolmentRow> {
  await projects(ctx).insertInto('projects.enrolment').values(row).execute()
  return row
}

const placedNow = (ctx: Ctx) => ({
  state: 'placed' as const,
  placed_at: ctx.now,
  placed_on: ctx.today,
  placed_by: ctx.actor.account,
  placed_name: ctx.actor.name,
})

/** @throws projectChanged where another was first */
export async function change(ctx: Ctx, row: EnrolmentRow, set: Partial<EnrolmentRow>): Promise<EnrolmentRow> {
  const changed = { ...row, ...set, version: row.version + 1 }
  const done = await projects(ctx)
    .updateTable('projects.enrolment')
    .set({ ...set, version: changed.version })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n) throw projectChanged({ version: row.version })
  return changed
}

const noteOf = ({ number, name }: ProjectRow) => `项目 Project ${number} ${name}`

/** What the rule of a project says of the family of a need. */
export async function judgeNeed(ctx: Ctx, { params }: Input<'GET /projects/:projectId/needs/:needId'>) {
  const row = await readProject(ctx, params.projectId)
  const need = await needForProject(ctx, params.needId)
  const whose = { household: need.household, person: need.person ?? undefined }
  const judged = (await judgeFor(ctx, [row], whose)).get(row.id)
  return judged ?? { verdict: 'noRule' as const, reasons: [], unknown: [] }
}
