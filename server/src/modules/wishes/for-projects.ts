import type { Day, DivisionCode, Id, Words } from '@zhulian/kernel'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type NeedNote, readNeed, wishes } from './kept-need.ts'
import { openTransition, takeWay } from './move-need.ts'
import { isNeedClosed, type Level, levelOfRole, needStateWords, type NeedState, type NeedStep } from './need.ts'
import type { NeedRow } from './tables.ts'

/** What a project knows of a need it may take on: no name but a masked one, and no words. */
export interface NeedForProject {
  readonly id: Id
  readonly number: string
  readonly maskedName: string
  /** The village where the family lives. */
  readonly division: DivisionCode
  readonly household: Id
  readonly person: Id | null
  readonly careful: boolean
  readonly urgent: boolean
  readonly item: string | null
  readonly state: NeedState
  readonly level: Level
  readonly isClosed: boolean
  /** It is about a child, who comes of age on this day. */
  readonly minorUntil: Day | null
  readonly toldOn: NeedRow['told_on']
}

const shown = (row: NeedRow): NeedForProject => ({
  id: row.id,
  number: row.number,
  maskedName: row.masked_name,
  division: row.division as DivisionCode,
  household: row.household_id,
  person: row.person_id,
  careful: row.careful,
  urgent: row.urgent,
  item: row.item,
  state: row.state,
  level: row.level,
  isClosed: isNeedClosed(row.state),
  minorUntil: row.minor_until,
  toldOn: row.told_on,
})

/** @throws needNotFound for one that is not there or not in the actor's reach */
export const needForProject = async (ctx: Ctx, id: Id, lock = false): Promise<NeedForProject> =>
  shown(await readNeed(ctx, id, lock))

/**
 * Moves a need by its own table of ways, where who asks may take that step: into a project (`design`, `match`), out of one (`decline`,
 * `pool`). What a step asks besides words is the project itself, which remembers it.
 * @param project which one, for the track of the family
 * @param expectedVersion of the need, as who asks saw it
 * @throws needNotFound, needStepNotOpen, needChanged
 */
export async function movedToProject(
  ctx: Ctx,
  id: Id,
  step: NeedStep,
  note: string,
  project?: NeedNote['project'],
  expectedVersion?: number,
): Promise<NeedForProject> {
  const row = await readNeed(ctx, id, true)
  const way = openTransition(ctx, row, step, expectedVersion)
  return shown(await takeWay(ctx, row, way, { step, note, project }, { resource_id: null }))
}

/** Whether who asks is of the level that holds it: only they move it. */
export const holdsNeed = (ctx: Ctx, need: NeedForProject): boolean => levelOfRole(ctx.actor.role) === need.level

const uncovered = ['screened', 'inWishPool'] as const

/** A project takes in as many at once; those told later are another's. */
const mostTogether = 500

/**
 * Open needs about the same service that nobody could meet, of the whole district; those told first first.
 * @returns those a project would take in, and how many there are beyond
 */
export async function needsTogether(
  ctx: Ctx,
  item: string,
): Promise<{ readonly needs: readonly NeedForProject[]; readonly beyond: number }> {
  const rows = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .select(sql<number>`count(*) over ()::int`.as('n'))
    .where('district', '=', ctx.district)
    .where('item', '=', item)
    .where('state', 'in', [...uncovered])
    .where('careful', '=', false)
    .orderBy('told_on')
    .orderBy('id')
    .limit(mostTogether)
    .execute()
  return { needs: rows.map(shown), beyond: (rows[0]?.n ?? 0) - rows.length }
}

/** Back to the pool, from a project that will not come; those that are elsewhere meanwhile stay there. */
export async function needsLeftOver(ctx: Ctx, ids: readonly Id[], note: string): Promise<void> {
  const rows = await wishes(ctx)
    .selectFrom('wishes.need')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
    .where('state', '=', 'projectDesigned')
    .orderBy('id')
    .execute()
  for (const { id } of rows) await movedToProject(ctx, id, 'pool', note)
}

/** Where needs stand, whoever asks: a project that has them counts them. */
export async function standsOf(
  ctx: Ctx,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, NeedForProject & { readonly words: Words }>> {
  const rows = await asMachine(ctx, machine =>
    wishes(machine)
      .selectFrom('wishes.need')
      .selectAll()
      .where('district', '=', machine.district)
      .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
      .execute(),
  )
  return new Map(rows.map(row => [row.id, { ...shown(row), words: needStateWords[row.state].words }]))
}
