import { type Day, type Id, isId, newId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import {
  anotherPerson,
  overBudget,
  ownCarrier,
  paperTwice,
  projectChanged,
  type projectsContract,
  projectWordsMissing,
  spendingClosed,
  spendingDayWrong,
  spendingNotFound,
  spendingStepNotOpen,
} from './contract.ts'
import { secondFromFen } from './funds.ts'
import { lockProject, projects, readProject } from './kept-project.ts'
import { projectStateWords, type ProjectState } from './project.ts'
import type { ProjectRow, SpendingRow } from './tables.ts'

type Input<K extends keyof typeof projectsContract> = InputOf<(typeof projectsContract)[K]>
type List = AnswerOf<(typeof projectsContract)['GET /projects/:projectId/spending']>
type Entry = List['items'][number]

/** From the start until the accounts are settled. */
const written: readonly ProjectState[] = ['running', 'ended', 'evaluated']
const isOwn = (ctx: Ctx, { organisation_id }: Pick<ProjectRow, 'organisation_id'>): boolean =>
  organisation_id !== null && ctx.actor.organisation === organisation_id
const mayWrite = (ctx: Ctx, row: ProjectRow): boolean =>
  (ctx.actor.role === 'districtOfficer' || ctx.actor.role === 'operator') &&
  !isOwn(ctx, row) &&
  written.includes(row.state)

/** The newest first; what was struck stays to be read. */
export async function listSpending(ctx: Ctx, { params, query }: Input<'GET /projects/:projectId/spending'>) {
  const project = await readProject(ctx, params.projectId)
  let found = projects(ctx)
    .selectFrom('projects.spending')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('project_id', '=', project.id)
  if (query.after !== undefined) {
    if (!isId(query.after)) throw notUnderstood()
    found = found.where('id', '<', query.after)
  }
  const rows = await found
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return {
    items: page.map(row => shown(ctx, project, row)),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    sums: await sumsOf(ctx, project),
    secondFromFen: await secondFromFen(),
    mayWrite: mayWrite(ctx, project),
  }
}

/** What a project paid, by its paper; no more than was approved, with what still waits for a second person. */
export async function writeSpending(ctx: Ctx, { params, body }: Input<'POST /projects/:projectId/spending'>) {
  const project = await lockToWrite(ctx, params.projectId)
  const from = await firstDayOf(ctx, project)
  if (body.on > ctx.today || body.on < from) throw spendingDayWrong({ from })
  const { leftFen } = await sumsOf(ctx, project)
  if (body.amountFen > leftFen) throw overBudget({ leftFen })
  const row: SpendingRow = {
    district: ctx.district,
    id: newId(ctx.now.getTime()),
    project_id: project.id,
    on_day: body.on,
    amount_fen: body.amountFen,
    what: body.what,
    paper: body.paper,
    needs_second: body.amountFen >= (await secondFromFen()),
    version: 1,
    written_at: ctx.now,
    written_by: ctx.actor.account,
    written_name: ctx.actor.name,
    confirmed_at: null,
    confirmed_by: null,
    confirmed_name: null,
    struck_at: null,
    struck_by: null,
    struck_name: null,
    struck_why: null,
  }
  const done = await projects(ctx)
    .insertInto('projects.spending')
    .values(row)
    .onConflict(on => on.columns(['district', 'project_id', 'paper']).where('struck_at', 'is', null).doNothing())
    .executeTakeFirst()
  if (done.numInsertedOrUpdatedRows !== 1n) throw paperTwice({ paper: body.paper })
  tell(ctx, project.id)
  return shown(ctx, project, row)
}

/** Of one that was begun before the day its charter names, the day on which it was. */
async function firstDayOf(ctx: Ctx, { id, from_on }: ProjectRow): Promise<Day> {
  const began = await projects(ctx)
    .selectFrom('projects.step')
    .select('on_day')
    .where('district', '=', ctx.district)
    .where('project_id', '=', id)
    .where('step', '=', 'start')
    .orderBy('turn')
    .limit(1)
    .executeTakeFirst()
  return began && began.on_day < from_on ? began.on_day : from_on
}

/** Another confirms what is large; whoever finds a mistake strikes it with the reason. */
export async function moveSpending(
  ctx: Ctx,
  { params, body }: Input<'POST /projects/:projectId/spending/:entryId/steps'>,
) {
  const project = await lockToWrite(ctx, params.projectId)
  const row = await projects(ctx)
    .selectFrom('projects.spending')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('project_id', '=', project.id)
    .where('id', '=', params.entryId)
    .executeTakeFirst()
  if (!row) throw spendingNotFound()
  if (body.expectedVersion !== undefined && body.expectedVersion !== row.version)
    throw projectChanged({ version: project.version })
  if (!nextOf(ctx, project, row).includes(body.step)) {
    if (body.step === 'confirm' && stateOf(row) === 'waits' && row.written_by === ctx.actor.account)
      throw anotherPerson({ step: { zh: '确认这笔支出', en: 'Confirm what was paid' } })
    throw spendingStepNotOpen()
  }
  const { account, name } = ctx.actor
  if (body.step === 'strike' && body.note === undefined) throw projectWordsMissing()
  const set =
    body.step === 'confirm'
      ? { confirmed_at: ctx.now, confirmed_by: account, confirmed_name: name }
      : { struck_at: ctx.now, struck_by: account, struck_name: name, struck_why: body.note ?? '' }
  const changed: SpendingRow = { ...row, ...set, version: row.version + 1 }
  await projects(ctx)
    .updateTable('projects.spending')
    .set({ ...set, version: changed.version })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  tell(ctx, project.id)
  return shown(ctx, project, changed)
}

/** Held, so that two who write at once do not spend the same money. @throws projectNotFound, spendingClosed, ownCarrier */
async function lockToWrite(ctx: Ctx, id: Id): Promise<ProjectRow> {
  const project = await lockProject(ctx, id)
  if (isOwn(ctx, project)) throw ownCarrier()
  if (!written.includes(project.state)) throw spendingClosed({ state: projectStateWords[project.state].words })
  return project
}

/** Per head: of families who have a place, or were served. */
export async function sumsOf(ctx: Ctx, { id, budget_fen }: ProjectRow): Promise<List['sums']> {
  const { rows } = await asMachine(ctx, machine =>
    sql<{ spent: string; waiting: string; heads: number }>`
      select coalesce(sum(amount_fen) filter (where confirmed_at is not null or not needs_second), 0)::text as spent,
             coalesce(sum(amount_fen) filter (where confirmed_at is null and needs_second), 0)::text as waiting,
             (select count(*)::int from projects.enrolment e where e.district = ${ctx.district} and e.project_id = ${id}
                and (e.state = 'placed' or e.left_as = 'served')) as heads
        from projects.spending where district = ${ctx.district} and project_id = ${id} and struck_at is null`.execute(
      machine.transaction,
    ),
  )
  const [{ spent = '0', waiting = '0', heads = 0 } = {}] = rows
  const [budgetFen, spentFen, waitingFen] = [Number(budget_fen ?? 0), Number(spent), Number(waiting)]
  return {
    budgetFen,
    spentFen,
    waitingFen,
    leftFen: budgetFen - spentFen - waitingFen,
    heads,
    perHeadFen: heads === 0 ? null : Math.round(spentFen / heads),
  }
}

const stateOf = (row: SpendingRow): Entry['state'] =>
  row.struck_at ? 'struck' : row.needs_second && !row.confirmed_at ? 'waits' : 'counts'

function nextOf(ctx: Ctx, project: ProjectRow, row: SpendingRow): Entry['next'] {
  if (!mayWrite(ctx, project) || row.struck_at) return []
  const isOfficer = ctx.actor.role === 'districtOfficer'
  const isMine = row.written_by === ctx.actor.account
  return [
    ...(isOfficer && !isMine && stateOf(row) === 'waits' ? (['confirm'] as const) : []),
    // What another confirmed an officer strikes.
    ...(isOfficer || (isMine && !row.confirmed_at) ? (['strike'] as const) : []),
  ]
}

const shown = (ctx: Ctx, project: ProjectRow, row: SpendingRow): Entry => ({
  id: row.id,
  on: row.on_day,
  amountFen: Number(row.amount_fen),
  what: row.what,
  paper: row.paper,
  state: stateOf(row),
  written: { by: row.written_name, at: row.written_at.toISOString() },
  confirmed: row.confirmed_at ? { by: row.confirmed_name ?? '', at: row.confirmed_at.toISOString() } : null,
  struck: row.struck_at
    ? { by: row.struck_name ?? '', at: row.struck_at.toISOString(), why: row.struck_why ?? '' }
    : null,
  next: nextOf(ctx, project, row),
  version: row.version,
})

const tell = (ctx: Ctx, id: Id) =>
  ctx.tell({
    name: 'projects.projectMoved',
    to: { roles: ['operator', 'districtOfficer'], division: ctx.district },
    id,
  })
