import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { readProject } from './kept-project.ts'
import type { ProjectState } from './project.ts'
import type { ProjectItem, ProjectRow } from './tables.ts'

/** The door of projects: which have room, for whom, and a place in one. */
export { seedOrders } from './orders/seed-orders.ts'
export { enrol, type EnrolOptions } from './enrol.ts'
export { holdProjects } from './kept-project.ts'
export { freePlaces, type FreePlaces } from './places.ts'
export { type ProjectPeople, seedProjects, type Suited } from './seed-projects.ts'

export interface ProjectBrief {
  readonly id: Id
  readonly number: string
  readonly name: string
  readonly state: ProjectState
  readonly items: readonly ProjectItem[]
  /** Townships, nine digits; six: the whole district. */
  readonly area: readonly string[]
  readonly organisation: Id | null
  readonly organisationName: string | null
  readonly fromOn: ProjectRow['from_on']
  readonly untilOn: ProjectRow['until_on']
}

/** @throws projectNotFound for one that is not there, or not for who asks */
export async function projectOf(ctx: Ctx, id: Id): Promise<ProjectBrief> {
  const row = await readProject(ctx, id)
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    state: row.state,
    items: row.items,
    area: row.area,
    organisation: row.organisation_id,
    organisationName: row.organisation_name,
    fromOn: row.from_on,
    untilOn: row.until_on,
  }
}
