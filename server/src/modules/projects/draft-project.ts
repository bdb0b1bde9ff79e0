import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import {
  charterClosed,
  periodTurned,
  placeUnknown,
  projectChanged,
  type projectsContract,
  serviceTwice,
  serviceUnknown,
} from './contract.ts'
import { checkRules, readRule } from './eligibility.ts'
import { asJson, lockProject, projects, standOf, takeProjectStep, writeProjectStep } from './kept-project.ts'
import { isWritable, projectDue, projectStateWords } from './project.ts'
import { wholeProject } from './read-projects.ts'
import type { ProjectRow } from './tables.ts'

type Input<K extends keyof typeof projectsContract> = InputOf<(typeof projectsContract)[K]>
export type Charter = Input<'POST /projects'>['body']

export async function addProject(ctx: Ctx, { body }: Input<'POST /projects'>) {
  return await wholeProject(ctx, await beginProject(ctx, body))
}

export async function changeProject(ctx: Ctx, { params, body }: Input<'PUT /projects/:projectId'>) {
  const row = await lockProject(ctx, params.projectId)
  if (body.expectedVersion !== undefined && body.expectedVersion !== row.version)
    throw projectChanged({ version: row.version })
  if (!isWritable(standOf(row))) throw charterClosed({ state: projectStateWords[row.state].words })
  const changed = await takeProjectStep(ctx, row, row.state, { step: 'change' }, await columnsOf(ctx, body))
  return await wholeProject(ctx, changed)
}

export interface BeginOptions {
  readonly designedItem?: string
  readonly provenance?: readonly string[]
  readonly madeUp?: boolean
}

export async function beginProject(ctx: Ctx, charter: Charter, options: BeginOptions = {}): Promise<ProjectRow> {
  const row: ProjectRow = {
    district: ctx.district,
    id: newId(ctx.now.getTime()),
    number: await nextNumber(ctx),
    state: 'draft',
    version: 1,
    ...(await columnsOf(ctx, charter)),
    ...nobody,
    due_on: projectDue('draft', ctx.today, { until: charter.untilOn }, ctx.calendar),
    since_on: ctx.today,
    designed_item: options.designedItem ?? null,
    provenance: [...(options.provenance ?? [])],
    made_up: options.madeUp ?? false,
    created_at: ctx.now,
    created_by: ctx.actor.account,
    created_name: ctx.actor.name,
    changed_at: ctx.now,
  }
  await projects(ctx)
    .insertInto('projects.project')
    .values({ ...row, items: asJson(row.items), indicators: asJson(row.indicators) })
    .execute()
  await writeProjectStep(ctx, row, null, { step: 'begin' })
  return row
}

export const noBudget = {
  fund_id: null,
  fund_name: null,
  fund_kind: null,
  budget_fen: null,
  budget_state: 'none',
  budget_asked_at: null,
  budget_asked_by: null,
  budget_asked_name: null,
  budget_approved_at: null,
  budget_approved_by: null,
  budget_approved_name: null,
} as const satisfies Partial<ProjectRow>

export const noContract = {
  organisation_id: null,
  organisation_name: null,
  organisation_named_at: null,
  organisation_named_by: null,
  organisation_named_name: null,
  signed_at: null,
  signed_by: null,
  signed_name: null,
} as const satisfies Partial<ProjectRow>

const nobody = { ...noBudget, ...noContract, evaluated_by: null }

/** @throws serviceUnknown, serviceTwice, placeUnknown, periodTurned, ruleNotReadable */
async function columnsOf(ctx: Ctx, charter: Charter) {
  const pool = await currentPool(ctx)
  const services = charter.items.map(item => item.service)
  for (const service of services) if (pool.service(service)?.id !== service) throw serviceUnknown({ service })
  if (new Set(services).size < services.length) throw serviceTwice()
  if (charter.untilOn <= charter.fromOn) throw periodTurned()
  const places = await placesOf(ctx)
  for (const code of charter.area)
    if (code !== ctx.district && !(code.length === 9 && places.has(code))) throw placeUnknown({ code })
  if (charter.eligibility !== undefined) await checkRules(ctx, [charter.eligibility])
  return {
    name: charter.name,
    brand: charter.brand,
    purpose: charter.purpose,
    what_is_done: charter.whatIsDone,
    for_whom: charter.forWhom,
    limits: charter.limits,
    safeguarding: charter.safeguarding,
    items: charter.items,
    services,
    places: charter.places,
    area: charter.area.includes(ctx.district as never) ? [ctx.district] : [...new Set<string>(charter.area)],
    eligibility: charter.eligibility ?? null,
    indicators: charter.indicators,
    from_on: charter.fromOn,
    until_on: charter.untilOn,
  }
}

/** `XM-<year>-<n>`, as it stands on paper. */
async function nextNumber(ctx: Ctx): Promise<string> {
  const year = Number(ctx.today.slice(0, 4))
  const { n } = await projects(ctx)
    .insertInto('projects.project_count')
    .values({ district: ctx.district, year, n: 1 })
    .onConflict(on =>
      on.columns(['district', 'year']).doUpdateSet(eb => ({ n: eb('projects.project_count.n', '+', 1) })),
    )
    .returning('n')
    .executeTakeFirstOrThrow()
  return `XM-${year}-${String(n).padStart(4, '0')}`
}

export async function tryRule(ctx: Ctx, { body }: Input<'POST /projects/rule'>) {
  const { sentences, problems } = await readRule(ctx, body.condition)
  return {
    ok: problems.length === 0,
    sentences,
    problems: problems
      .slice(0, 10)
      .map(({ words, at }) => ({ words, line: at?.line ?? null, column: at?.column ?? null })),
  }
}
