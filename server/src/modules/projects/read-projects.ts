import { type DivisionCode, type Id, isId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { daysLeft } from '../../platform/days-left.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { currentPool, type LoadedPool, sentencesOf } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import type { projectsContract } from './contract.ts'
import { projects, readProject, sealedProjectNote, standOf } from './kept-project.ts'
import { countIn, freePlaces } from './places.ts'
import {
  brandWords,
  isForAnother,
  isWritable,
  projectStateWords,
  projectSteps,
  projectStepsOpen,
  type ProjectState,
} from './project.ts'
import { projectTransitions } from './project-transitions.ts'
import type { ProjectRow, ProjectStepRow } from './tables.ts'

type Input<K extends keyof typeof projectsContract> = InputOf<(typeof projectsContract)[K]>
type Card = AnswerOf<(typeof projectsContract)['GET /projects']>['items'][number]
export type Whole = AnswerOf<(typeof projectsContract)['GET /projects/:projectId']>

const openStates = ['draft', 'callOpen', 'contracted', 'running', 'ended', 'evaluated', 'settled']
export async function listProjects(ctx: Ctx, { query }: Input<'GET /projects'>) {
  const where: RawBuilder<unknown>[] = [
    sql`p.district = ${ctx.district}`,
    {
      open: sql`p.state = any(${openStates}::text[])`,
      free: query.show === 'free' ? sql`p.id = any(${await withFreePlaces(ctx, query.service)}::uuid[])` : sql`true`,
      late: sql`p.due_on < ${ctx.today}`,
      closed: sql`p.state = 'archived'`,
      all: sql`true`,
    }[query.show],
  ]
  if (query.state !== undefined) where.push(sql`p.state = ${query.state}`)
  if (query.brand !== undefined) where.push(sql`p.brand = ${query.brand}`)
  if (query.service !== undefined) where.push(sql`p.services @> array[${query.service}]::text[]`)
  if (query.division !== undefined)
    where.push(sql`exists (select from unnest(p.area) a where ${query.division}::text like a || '%')`)
  const all = sql`from projects.project p where ${sql.join(where, sql` and `)}`
  if (query.after !== undefined && !isId(query.after)) throw notUnderstood()
  const after = query.after === undefined ? sql`true` : sql`p.id < ${query.after}::uuid`
  const { rows } = await sql<ProjectRow>`
    select p.* ${all} and ${after} order by p.id desc limit ${query.limit + 1}`.execute(ctx.transaction)
  const page = rows.slice(0, query.limit)
  return {
    items: await cardsOf(ctx, page),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    sums: await sumsOf(ctx, all),
  }
}

const withFreePlaces = async (ctx: Ctx, service: string | undefined): Promise<Id[]> =>
  (await freePlaces(ctx, { service })).filter(project => project.free > 0).map(project => project.id)

async function sumsOf(ctx: Ctx, all: RawBuilder<unknown>) {
  const { rows } = await sql<{ id: Id; places: number; budget: string | null }>`
    select p.id, p.places, p.budget_fen as budget ${all} limit 5000`.execute(ctx.transaction)
  const counted = await countIn(
    ctx,
    rows.map(row => row.id),
  )
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((n, row) => n + of(row), 0)
  return {
    projects: rows.length,
    places: sum(row => row.places),
    placed: sum(row => counted(row.id).placed),
    waiting: sum(row => counted(row.id).waiting),
    budgetFen: sum(row => Number(row.budget ?? 0)),
  }
}

export async function getProject(ctx: Ctx, { params }: Input<'GET /projects/:projectId'>): Promise<Whole> {
  return await wholeProject(ctx, await readProject(ctx, params.projectId))
}

async function cardsOf(ctx: Ctx, rows: readonly ProjectRow[]): Promise<Card[]> {
  const [pool, places] = [await currentPool(ctx), await placesOf(ctx)]
  const counted = await countIn(
    ctx,
    rows.map(row => row.id),
  )
  return rows.map(row => {
    const { placed: taken, waiting } = counted(row.id)
    return {
      id: row.id,
      number: row.number,
      name: row.name,
      brand: { id: row.brand, words: brandWords[row.brand] },
      state: row.state,
      stateWords: projectStateWords[row.state].words,
      services: row.services.map(id => serviceOf(pool, id)),
      places: row.places,
      placed: taken,
      waiting,
      free: row.state === 'running' ? Math.max(0, row.places - taken) : 0,
      area: row.area.flatMap(code => (code === ctx.district ? [] : (places.get(code)?.name ?? code))),
      budgetFen: row.budget_fen === null ? null : Number(row.budget_fen),
      budgetState: row.budget_state,
      fund:
        row.fund_id && row.fund_name && row.fund_kind
          ? { id: row.fund_id, name: row.fund_name, kind: row.fund_kind }
          : null,
      organisation: row.organisation_name,
      fromOn: row.from_on,
      untilOn: row.until_on,
      dueOn: row.due_on,
      daysLeft: row.due_on === null ? null : daysLeft(ctx, row.due_on),
      isExample: row.made_up,
      version: row.version,
    }
  })
}

export const serviceOf = (pool: LoadedPool, id: string) => ({
  id,
  name: pool.service(id)?.name ?? { zh: id, en: id },
})

export async function wholeProject(ctx: Ctx, row: ProjectRow): Promise<Whole> {
  const pool = await currentPool(ctx)
  const [card] = await cardsOf(ctx, [row])
  const counted = (await countIn(ctx, [row.id]))(row.id)
  const steps = await projects(ctx)
    .selectFrom('projects.step')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('project_id', '=', row.id)
    .orderBy('turn')
    .execute()
  const stand = standOf(row)
  const { role, account } = ctx.actor
  const items = row.items.map(({ service, units, unitFen }) => ({
    service: serviceOf(pool, service),
    unit: pool.service(service)?.unitOfService ?? { zh: '次', en: 'unit' },
    units,
    unitFen,
    costFen: units * unitFen,
  }))
  return {
    ...(card as Card),
    purpose: row.purpose,
    whatIsDone: row.what_is_done,
    forWhom: row.for_whom,
    limits: row.limits,
    safeguarding: row.safeguarding,
    items,
    costFen: items.reduce((sum, item) => sum + item.costFen, 0),
    areaCodes: row.area as DivisionCode[],
    eligibility:
      row.eligibility === null ? null : { condition: row.eligibility, sentences: sentencesOf(row.eligibility, pool) },
    indicators: [...row.indicators],
    organisationId: row.organisation_id,
    budgetAskedBy: row.budget_asked_name,
    budgetApprovedBy: row.budget_approved_name,
    organisationNamedBy: row.organisation_named_name,
    signedBy: row.signed_name,
    designed:
      row.designed_item === null ? null : { service: serviceOf(pool, row.designed_item), needs: counted.designed },
    provenance: row.provenance,
    isWritable: isWritable(stand) && (role === 'districtOfficer' || role === 'operator'),
    steps: steps.map(step => ({
      at: step.at.toISOString(),
      words: doneWords(step),
      by: step.by_name,
      note: step.sealed_note ? readSealed(ctx, sealedProjectNote, step.id, step.sealed_note) : null,
    })),
    next: projectStepsOpen(stand, role, account).map(t => ({ step: t.step, words: t.words, asks: [...t.asks] })),
    forAnother: projectSteps.flatMap(step =>
      isForAnother(stand, role, account, step) ? [wordsOfStep(step, row.state)] : [],
    ),
  }
}

export const wordsOfStep = (step: string, state: ProjectState) =>
  projectTransitions.find(t => t.step === step && t.from.includes(state))?.words ?? { zh: step, en: step }

function doneWords({ step, from_state }: ProjectStepRow) {
  if (step === 'begin') return { zh: '开始起草', en: 'drafted' }
  if (step === 'change') return { zh: '改了章程', en: 'changed the charter' }
  const ways = projectTransitions.filter(t => t.step === step)
  return (
    ways.find(t => from_state !== null && t.from.includes(from_state))?.done ?? ways[0]?.done ?? { zh: step, en: step }
  )
}
