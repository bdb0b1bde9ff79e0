import { isId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { openMinors, placesOf } from '../registry/index.ts'
import { holdsNeed, type NeedForProject, standsOf } from '../wishes/index.ts'
import type { projectsContract } from './contract.ts'
import { projects, readProject } from './kept-project.ts'
import { countIn, listInTurn } from './places.ts'
import { enrolmentStateWords } from './project.ts'
import type { EnrolmentRow, ProjectRow } from './tables.ts'

type List = (typeof projectsContract)['GET /projects/:projectId/needs']
export type Enrolment = AnswerOf<List>['items'][number]

export const sealedDespite = 'projects.enrolment.despite'
export const sealedLeft = 'projects.enrolment.left'

/** By id within a page; the screen orders what is here by turn. */
export async function listEnrolments(ctx: Ctx, { params, query }: InputOf<List>) {
  const project = await readProject(ctx, params.projectId)
  await openMinors(ctx)
  let found = projects(ctx)
    .selectFrom('projects.enrolment')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('project_id', '=', project.id)
    .where('left_at', query.show === 'here' ? 'is' : 'is not', null)
  if (query.after !== undefined) {
    if (!isId(query.after)) throw notUnderstood()
    found = found.where(sql<boolean>`id > ${query.after}::uuid`)
  }
  const rows = await found
    .orderBy('id')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return {
    items: await enrolmentsShown(ctx, project, page),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

export const enrolmentShown = async (ctx: Ctx, row: EnrolmentRow): Promise<Enrolment> =>
  (await enrolmentsShown(ctx, await readProject(ctx, row.project_id), [row]))[0] as Enrolment

async function enrolmentsShown(ctx: Ctx, project: ProjectRow, rows: readonly EnrolmentRow[]): Promise<Enrolment[]> {
  for (const { household_id } of rows) ctx.about({ kind: 'household', id: household_id })
  const places = await placesOf(ctx)
  const stands = await standsOf(
    ctx,
    rows.map(row => row.need_id),
  )
  const hasRoom = project.state === 'running' && (await countIn(ctx, [project.id]))(project.id).placed < project.places
  const waits = rows.find(row => row.state === 'waiting' || row.state === 'designed')
  const list = waits ? (await listInTurn(ctx, waits.project_id)).map(row => row.id) : []
  return rows.map(row => {
    const place = places.get(row.division)
    const turn = list.indexOf(row.id)
    const need = stands.get(row.need_id)
    return {
      need: row.need_id,
      number: row.number,
      name: row.masked_name,
      village: place ? `${place.township}${place.name}` : row.division,
      state: row.state,
      stateWords: enrolmentStateWords[row.state],
      needWords: need?.words ?? null,
      verdict: row.verdict,
      urgent: row.urgent,
      circle: row.circle,
      toldOn: row.told_on,
      askedOn: row.asked_on,
      placedOn: row.placed_on,
      leftOn: row.left_on,
      leftAs: row.left_as,
      leftNote: row.sealed_left ? readSealed(ctx, sealedLeft, row.id, row.sealed_left) : null,
      turn: turn < 0 ? null : turn + 1,
      despite: row.sealed_despite ? readSealed(ctx, sealedDespite, row.id, row.sealed_despite) : null,
      isOpen: need !== undefined && (ctx.actor.role !== 'operator' || isOfHub(ctx, need)),
      next: need ? nextOf(ctx, row, need, hasRoom) : [],
      version: row.version,
    }
  })
}

/** What came up to the district or is urgent, and is not about a child. */
const isOfHub = (ctx: Ctx, { level, urgent, minorUntil }: NeedForProject): boolean =>
  (level === 'district' || urgent) && (minorUntil === null || minorUntil <= ctx.today)

/** Who holds the need gives it its place and takes it out of one; off the list anybody takes it who sees it there. */
function nextOf(ctx: Ctx, row: EnrolmentRow, need: NeedForProject, hasRoom: boolean): Enrolment['next'] {
  const holds = holdsNeed(ctx, need)
  if (row.state === 'left') return []
  if (row.state === 'placed') return holds && ['matched', 'assigned'].includes(need.state) ? ['leave'] : []
  return [
    ...(holds && hasRoom ? (['place'] as const) : []),
    ...(row.state === 'waiting' || holds ? (['leave'] as const) : []),
  ]
}
