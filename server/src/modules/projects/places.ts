import { type DivisionCode, type Id, isId } from '@zhulian/kernel'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { needForProject } from '../wishes/index.ts'
import { othersWait, projectFull } from './contract.ts'
import { judgeFor, type Judged } from './eligibility.ts'
import { projects } from './kept-project.ts'
import { byTurn, type InTurn } from './project.ts'
import type { EnrolmentRow, ProjectRow } from './tables.ts'

export interface Counted {
  readonly placed: number
  readonly waiting: number
  readonly designed: number
}

const none: Counted = { placed: 0, waiting: 0, designed: 0 }

/** How many have a place in each and how many wait, those among them that who asks may not see. */
export async function countIn(ctx: Ctx, ids: readonly Id[]): Promise<(id: Id) => Counted> {
  const { rows } = await asMachine(ctx, machine =>
    sql<{ project_id: Id } & Counted>`
      select project_id, count(*) filter (where state = 'placed')::int as placed,
             count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'designed')::int as designed
        from projects.enrolment where district = ${machine.district} and project_id = any(${ids}::uuid[]) and left_at is null
       group by 1`.execute(machine.transaction),
  )
  const found = new Map(rows.map(({ project_id, ...counts }) => [project_id, counts]))
  return id => found.get(id) ?? none
}

/** Those on the list of a project, whose turn it is first. */
export async function listInTurn(ctx: Ctx, project: Id): Promise<EnrolmentRow[]> {
  const rows = await asMachine(ctx, machine =>
    projects(machine)
      .selectFrom('projects.enrolment')
      .selectAll()
      .where('district', '=', machine.district)
      .where('project_id', '=', project)
      .where('state', 'in', ['waiting', 'designed'])
      .execute(),
  )
  return rows.toSorted(byTurn)
}

/**
 * Whether there is a place for somebody now. The project's row is locked by who asks (`lockProject`), so that of any number who press at
 * once no more get in than there are places; a free place is first for those who wait and whose turn comes before.
 * @param outOfTurn a person wrote why this one goes first: a full project stays full all the same
 * @throws projectFull, othersWait
 */
export async function takePlace(ctx: Ctx, row: ProjectRow, who: InTurn, outOfTurn: boolean): Promise<void> {
  const { placed, waiting } = (await countIn(ctx, [row.id]))(row.id)
  const free = row.places - placed
  if (free <= 0) throw projectFull({ name: row.name, places: row.places, waiting })
  if (outOfTurn) return
  const list = await listInTurn(ctx, row.id)
  const before = list.filter(other => other.id !== who.id && byTurn(other, who) < 0).length
  if (before >= free) throw othersWait({ before })
}

/** Works where the family lives: an area is a township, or the whole district. */
export const worksIn = (area: readonly string[], division: string): boolean =>
  area.some(code => division.startsWith(code))

export interface FreePlaces {
  readonly id: Id
  readonly number: string
  readonly name: string
  readonly services: readonly string[]
  /** Townships, nine digits; six: the whole district. */
  readonly area: readonly string[]
  readonly organisation: Id | null
  readonly organisationName: string | null
  readonly places: number
  readonly free: number
  /** Those who wait go first. */
  readonly waiting: number
  /** Of the family of the need that was asked for. */
  readonly judged: Judged | undefined
}

/**
 * Running projects that give a service, those with most free places first; for a need only those that work where its family lives and
 * give what it is about, with what their rules say of the family.
 * @throws needNotFound
 */
export async function freePlaces(
  ctx: Ctx,
  asked: { readonly service?: string | undefined; readonly need?: Id | undefined },
): Promise<FreePlaces[]> {
  const need = asked.need === undefined || !isId(asked.need) ? undefined : await needForProject(ctx, asked.need)
  const service = asked.service ?? need?.item ?? undefined
  if (need && service === undefined) return []
  let found = projects(ctx)
    .selectFrom('projects.project')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', '=', 'running')
    .where('until_on', '>=', ctx.today)
  if (service !== undefined) found = found.where(sql<boolean>`services @> array[${service}]::text[]`)
  const rows = (await found.orderBy('id').execute()).filter(
    row => need === undefined || worksIn(row.area, need.division),
  )
  const counted = await countIn(
    ctx,
    rows.map(row => row.id),
  )
  const judged = need
    ? await judgeFor(ctx, rows, { household: need.household, person: need.person ?? undefined })
    : undefined
  return rows
    .map(row => {
      const { placed, waiting } = counted(row.id)
      return {
        id: row.id,
        number: row.number,
        name: row.name,
        services: row.services,
        area: row.area as DivisionCode[],
        organisation: row.organisation_id,
        organisationName: row.organisation_name,
        places: row.places,
        free: Math.max(0, row.places - placed),
        waiting,
        judged: judged?.get(row.id),
      }
    })
    .toSorted((a, b) => b.free - b.waiting - (a.free - a.waiting) || (a.id < b.id ? -1 : 1))
}
