import { isId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { placesOf } from '../registry/index.ts'
import { standsOf } from '../wishes/index.ts'
import type { projectsContract } from './contract.ts'
import { projects, readProject } from './kept-project.ts'
import { listInTurn } from './places.ts'
import { enrolmentStateWords } from './project.ts'
import type { EnrolmentRow } from './tables.ts'

type List = (typeof projectsContract)['GET /projects/:projectId/needs']
export type Enrolment = AnswerOf<List>['items'][number]

export const sealedDespite = 'projects.enrolment.despite'

/** By id within a page; the screen orders what is here by turn. */
export async function listEnrolments(ctx: Ctx, { params, query }: InputOf<List>) {
  const project = await readProject(ctx, params.projectId)
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
  return { items: await enrolmentsShown(ctx, page), next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null }
}

export const enrolmentShown = async (ctx: Ctx, row: EnrolmentRow): Promise<Enrolment> =>
  (await enrolmentsShown(ctx, [row]))[0] as Enrolment

async function enrolmentsShown(ctx: Ctx, rows: readonly EnrolmentRow[]): Promise<Enrolment[]> {
  for (const { household_id } of rows) ctx.about({ kind: 'household', id: household_id })
  const places = await placesOf(ctx)
  const stands = await standsOf(
    ctx,
    rows.map(row => row.need_id),
  )
  const waits = rows.find(row => row.state === 'waiting' || row.state === 'designed')
  const list = waits ? (await listInTurn(ctx, waits.project_id)).map(row => row.id) : []
  return rows.map(row => {
    const place = places.get(row.division)
    const turn = list.indexOf(row.id)
    return {
      need: row.need_id,
      number: row.number,
      name: row.masked_name,
      village: place ? `${place.township}${place.name}` : row.division,
      state: row.state,
      stateWords: enrolmentStateWords[row.state],
      needWords: stands.get(row.need_id)?.words ?? null,
      verdict: row.verdict,
      urgent: row.urgent,
      circle: row.circle,
      toldOn: row.told_on,
      askedOn: row.asked_on,
      placedOn: row.placed_on,
      leftOn: row.left_on,
      leftAs: row.left_as,
      turn: turn < 0 ? null : turn + 1,
      despite: row.sealed_despite ? ctx.crypto.open(sealedDespite, row.id, row.sealed_despite) : null,
      version: row.version,
    }
  })
}
