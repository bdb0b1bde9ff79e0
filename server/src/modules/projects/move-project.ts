import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { hasAccess, organisationOf } from '../organisations/index.ts'
import { needsLeftOver } from '../wishes/index.ts'
import {
  amountMissing,
  anotherPerson,
  fundForElse,
  fundUnknown,
  needsStillHere,
  organisationMissing,
  organisationOver,
  placesMissing,
  placesTaken,
  projectChanged,
  projectStepNotOpen,
  type projectsContract,
  projectWordsMissing,
  spendingWaits,
  untilMissing,
} from './contract.ts'
import { noBudget, noContract } from './draft-project.ts'
import { fundsOf } from './funds.ts'
import { lockProject, projects, standOf, takeProjectStep } from './kept-project.ts'
import { countIn } from './places.ts'
import { brandWords, isForAnother, projectStateWords, projectStepsOpen, type ProjectTransition } from './project.ts'
import { wholeProject, wordsOfStep } from './read-projects.ts'
import { sumsOf } from './spending.ts'
import type { ProjectRow } from './tables.ts'

type Input = InputOf<(typeof projectsContract)['POST /projects/:projectId/steps']>
type Body = Input['body']

export async function moveProject(ctx: Ctx, { params, body }: Input) {
  return await wholeProject(ctx, await stepProject(ctx, params.projectId, body))
}

export async function stepProject(ctx: Ctx, id: Id, body: Body): Promise<ProjectRow> {
  const row = await lockProject(ctx, id)
  const transition = openTransition(ctx, row, body)
  const { asks, step } = transition
  if ((asks.includes('reason') || asks.includes('note')) && body.note === undefined) throw projectWordsMissing()
  const set = await changedBy(ctx, row, transition, body)
  const to = transition.to === 'same' ? row.state : transition.to
  const call = asks.includes('until') ? body.until : undefined
  const changed = await takeProjectStep(ctx, row, to, { step, note: body.note }, set, call)
  if (step === 'drop') await letGo(ctx, changed, body.note ?? '')
  ctx.tell({
    name: 'projects.projectMoved',
    to: { roles: ['operator', 'districtOfficer'], division: ctx.district },
    id: row.id,
  })
  return changed
}

/** @throws projectStepNotOpen, anotherPerson, projectChanged */
function openTransition(ctx: Ctx, row: ProjectRow, { step, expectedVersion }: Body): ProjectTransition {
  const stand = standOf(row)
  const { role, account } = ctx.actor
  const open = projectStepsOpen(stand, role, account)
  const transition = open.find(t => t.step === step)
  if (!transition) {
    if (isForAnother(stand, role, account, step)) throw anotherPerson({ step: wordsOfStep(step, row.state) })
    throw projectStepNotOpen({
      state: projectStateWords[row.state].words,
      open:
        open.length > 0
          ? { zh: open.map(t => t.words.zh).join('、'), en: open.map(t => t.words.en).join(', ') }
          : { zh: '没有', en: 'nothing' },
    })
  }
  if (expectedVersion !== undefined && expectedVersion !== row.version) throw projectChanged({ version: row.version })
  return transition
}

/** What a step changes besides the state, and whose hand it was. */
async function changedBy(
  ctx: Ctx,
  row: ProjectRow,
  { step }: ProjectTransition,
  body: Body,
): Promise<Partial<ProjectRow>> {
  const { account, name } = ctx.actor
  switch (step) {
    case 'askBudget':
      return {
        ...(await fundFor(row, body)),
        budget_state: 'asked',
        budget_asked_at: ctx.now,
        budget_asked_by: account,
        budget_asked_name: name,
      }
    case 'approveBudget':
      return {
        budget_state: 'approved',
        budget_approved_at: ctx.now,
        budget_approved_by: account,
        budget_approved_name: name,
      }
    case 'takeBackBudget':
    case 'refuseBudget':
      return noBudget
    case 'reopenBudget':
      return { ...noBudget, ...noContract }
    case 'openCall':
      if (body.until === undefined || body.until <= ctx.today) throw untilMissing()
      return {}
    case 'name':
      return {
        ...(await named(ctx, body)),
        organisation_named_at: ctx.now,
        organisation_named_by: account,
        organisation_named_name: name,
      }
    case 'start':
      await checkContract(ctx, row)
      return {}
    case 'sign':
      await checkContract(ctx, row)
      return { signed_at: ctx.now, signed_by: account, signed_name: name }
    case 'changePlaces':
      return { places: await placesFor(ctx, row, body.places) }
    case 'end':
      await checkNobodyLeft(ctx, row)
      return {}
    case 'evaluate':
      return { evaluated_by: account }
    case 'settle':
      await checkNothingWaits(ctx, row)
      return {}
    case 'sendBack':
      return { evaluated_by: null }
    case 'drop':
      return noContract
    default:
      return {}
  }
}

/** Money bound to a purpose goes to it alone. @throws amountMissing, fundUnknown, fundForElse */
async function fundFor(row: ProjectRow, { amountFen, fund: id }: Body) {
  if (amountFen === undefined || id === undefined) throw amountMissing()
  const fund = (await fundsOf()).find(one => one.id === id)
  if (!fund) throw fundUnknown()
  if (fund.purpose !== row.brand) throw fundForElse({ fund: fund.name, purpose: brandWords[fund.purpose] })
  return { budget_fen: amountFen, fund_id: fund.id, fund_name: fund.name, fund_kind: fund.kind }
}

/** One of the list of organisations by its own name, or a name alone. @throws organisationMissing */
async function named(ctx: Ctx, { organisation }: Body) {
  if (organisation === undefined) throw organisationMissing()
  if (organisation.id === undefined) return { organisation_id: null, organisation_name: organisation.name }
  const known = await organisationOf(ctx, organisation.id)
  if (!known) throw organisationMissing()
  return { organisation_id: known.id, organisation_name: known.name.zh }
}

/** Whose contract ended yesterday carries nothing from today on. @throws organisationOver */
async function checkContract(ctx: Ctx, { organisation_id, organisation_name }: ProjectRow): Promise<void> {
  if (organisation_id !== null && !(await hasAccess(ctx, organisation_id)))
    throw organisationOver({ name: organisation_name ?? '' })
}

/** @throws placesMissing, placesTaken */
async function placesFor(ctx: Ctx, row: ProjectRow, places: number | undefined): Promise<number> {
  if (places === undefined) throw placesMissing()
  const { placed } = (await countIn(ctx, [row.id]))(row.id)
  if (places < placed) throw placesTaken({ taken: placed })
  return places
}

/** Nobody falls off the end of a project. @throws needsStillHere */
async function checkNobodyLeft(ctx: Ctx, row: ProjectRow): Promise<void> {
  const { placed, waiting, designed } = (await countIn(ctx, [row.id]))(row.id)
  if (placed + waiting + designed > 0) throw needsStillHere({ placed, waiting: waiting + designed })
}

/** @throws spendingWaits */
async function checkNothingWaits(ctx: Ctx, row: ProjectRow): Promise<void> {
  const { waitingFen } = await sumsOf(ctx, row)
  if (waitingFen > 0) throw spendingWaits({ waitingFen })
}

/** Needs for which it was designed go back to the pool; those that only waited are with whoever holds them. */
async function letGo(ctx: Ctx, row: ProjectRow, note: string): Promise<void> {
  const rows = await projects(ctx)
    .updateTable('projects.enrolment')
    .set({
      state: 'left',
      left_at: ctx.now,
      left_on: ctx.today,
      left_as: 'movedOn',
      left_by: ctx.actor.account,
      version: sql<number>`version + 1`,
    })
    .where('district', '=', ctx.district)
    .where('project_id', '=', row.id)
    .where('left_at', 'is', null)
    .returning('need_id')
    .execute()
  await needsLeftOver(
    ctx,
    rows.map(({ need_id }) => need_id),
    `项目不做了 Dropped: ${row.number} ${note}`,
  )
}
