import type { Day, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { openMinors } from '../registry/index.ts'
import { readNeed, takeNeedStep, tellNeed, wishes } from './kept-need.ts'
import { openTransition } from './move-need.ts'
import { landing, type Level, levelOfRole, type NeedState } from './need.ts'
import { type Card, cardsOf, within } from './read-needs.ts'
import { shelfOf, takenOf, takePlace } from './resources.ts'
import type { NeedRow, ResourceRow } from './tables.ts'
import { wishFollows } from './wish-follows.ts'

/** A need that looks for a way, as whoever suggests one knows it: no name and no words. */
export interface NeedToLink {
  readonly id: Id
  /** The village where the family lives. */
  readonly division: string
  /** Whose list it is looked for in. */
  readonly shelf: string
  readonly item: string | null
  readonly guess: string | null
  readonly urgent: boolean
  readonly toldOn: Day
}

/** What a level has, with places that are free. */
export interface ResourceToLink {
  readonly id: Id
  readonly division: string
  readonly name: string
  readonly kind: ResourceRow['kind']
  readonly items: readonly string[]
  readonly places: number
  readonly free: number
}

const looking = {
  village: ['acceptedVillage'],
  township: ['escalatedTownship'],
  district: ['screened', 'inWishPool'],
} as const satisfies Record<Level, readonly NeedState[]>

const most = 5_000

const toLink = (row: NeedRow): NeedToLink => ({
  id: row.id,
  division: row.division,
  shelf: shelfOf(row),
  item: row.item,
  guess: row.guess,
  urgent: row.urgent,
  toldOn: row.told_on,
})

/**
 * Needs that the actor's own level holds and looks for a way for, those told first first; what needs care goes by hand.
 * @returns those that are looked at, and how many there are beyond
 */
export async function needsToLink(
  ctx: Ctx,
  division: string | undefined,
): Promise<{ readonly needs: readonly NeedToLink[]; readonly beyond: number }> {
  const level = levelOfRole(ctx.actor.role)
  if (level === undefined) return { needs: [], beyond: 0 }
  await openMinors(ctx)
  const { rows } = await sql<NeedRow & { n: number }>`
    select id, division, level, item, guess, urgent, told_on, count(*) over ()::int as n from wishes.need
     where district = ${ctx.district} and level = ${level} and state = any(${[...looking[level]]}::text[]) and not careful
       and ${division === undefined ? sql`true` : within(division)}
     order by urgent desc, told_on, id limit ${most}`.execute(ctx.transaction)
  return { needs: rows.map(toLink), beyond: (rows[0]?.n ?? 0) - rows.length }
}

/** @throws needNotFound */
export const needToLink = async (ctx: Ctx, id: Id): Promise<NeedToLink & { readonly careful: boolean }> => {
  const row = await readNeed(ctx, id)
  return { ...toLink(row), careful: row.careful }
}

/** What levels have that can be used today, in the actor's reach. */
export async function resourcesToLink(ctx: Ctx, divisions: readonly string[]): Promise<ResourceToLink[]> {
  const rows = await wishes(ctx)
    .selectFrom('wishes.resource')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('division', '=', sql<string>`any(${[...divisions]}::text[])`)
    .where(eb => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', ctx.today)]))
    .orderBy('id')
    .execute()
  const taken = await takenOf(
    ctx,
    rows.map(row => row.id),
  )
  return rows.map(({ id, division, name, kind, items, places }) => ({
    id,
    division,
    name,
    kind,
    items,
    places,
    free: Math.max(0, places - (taken.get(id) ?? 0)),
  }))
}

/** Cards of needs in the actor's reach, by id. */
export async function cardsToLink(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, Card>> {
  if (ids.length === 0) return new Map()
  await openMinors(ctx)
  const rows = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${[...ids]}::uuid[])`)
    .execute()
  return new Map((await cardsOf(ctx, rows)).map(card => [card.id as Id, card]))
}

/** @throws needNotFound, needStepNotOpen, needChanged, resourceMissing, resourceFull */
export async function linkToResource(
  ctx: Ctx,
  link: { readonly need: Id; readonly resource: Id; readonly expectedVersion?: number | undefined },
): Promise<void> {
  const row = await readNeed(ctx, link.need, true)
  const transition = openTransition(ctx, row, 'match', link.expectedVersion)
  const { id } = await takePlace(ctx, row, link.resource)
  const changed = await takeNeedStep(
    ctx,
    row,
    landing(transition, row, undefined),
    { step: 'match' },
    { resource_id: id },
  )
  await wishFollows(ctx, changed)
  await tellNeed(ctx, changed, row.level)
}

/** Holds needs until the transaction is over, in one order whoever asks; those out of reach are left out. */
export async function holdNeeds(ctx: Ctx, ids: readonly Id[]): Promise<void> {
  await openMinors(ctx)
  await wishes(ctx)
    .selectFrom('wishes.need')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${[...ids]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
}
