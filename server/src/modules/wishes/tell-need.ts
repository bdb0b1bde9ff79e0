import { addDays, type Day, type Id, maskName, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { calmView, needsCare } from '../guidance/index.ts'
import {
  briefsOf,
  getHousehold,
  type HouseholdBrief,
  householdOfResident,
  minorUntilOf,
  notFound,
  openMinors,
} from '../registry/index.ts'
import { isAboutChild, readersInVillage } from './about-child.ts'
import { noHouseholdYet, toldTooMuch, type wishesContract } from './contract.ts'
import { itemOf } from './item.ts'
import { sealedNeedWords, tellNeed, wishes, writeNeedStep } from './kept-need.ts'
import { levelOfRole, needDue } from './need.ts'
import { suggest } from './suggest.ts'
import type { NeedRow, Origin } from './tables.ts'

type Input<K extends keyof typeof wishesContract> = InputOf<(typeof wishesContract)[K]>

/** Open needs of one family after which a resident is asked to speak to somebody instead. */
const mostOpen = 10

export async function noteNeed(ctx: Ctx, { params, body }: Input<'POST /households/:householdId/needs'>) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const row = await writeNeed(ctx, household, {
    words: body.words,
    person: body.person,
    item: body.item,
    origin: body.origin,
    urgent: body.urgent,
    careful: body.careful,
  })
  return { id: row.id, careful: row.careful, isYours: await isReadBy(ctx, row) }
}

async function isReadBy(ctx: Ctx, row: NeedRow): Promise<boolean> {
  if (levelOfRole(ctx.actor.role) !== 'village') return true
  return !row.careful && (!isAboutChild(ctx, row) || ((await openMinors(ctx))?.has(row.household_id) ?? true))
}

/** A family says it in its own words. What hints at violence goes to the township, and the answer names whom to call. */
export async function tellMyNeed(ctx: Ctx, { body }: Input<'POST /my/needs'>) {
  const household = await householdOfResident(ctx)
  if (!household) throw noHouseholdYet()
  ctx.about({ kind: 'household', id: household.id })
  const { n } = await wishes(ctx)
    .selectFrom('wishes.need')
    .select(eb => eb.fn.countAll<string>().as('n'))
    .where('district', '=', ctx.district)
    .where('household_id', '=', household.id)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(n) >= mostOpen) throw toldTooMuch()
  const row = await writeNeed(ctx, household, { words: body.words, item: body.item, origin: 'resident' })
  return { calm: row.careful ? calmView : null }
}

export interface Need {
  readonly words: string
  readonly person?: Id | undefined
  readonly item?: string | undefined
  readonly origin: Origin
  readonly originId?: Id | undefined
  readonly urgent?: boolean
  readonly careful?: boolean
  /** The need after which it was found. */
  readonly after?: Id
  /** It is about a child, who comes of age on this day; of who is named the registry knows it. */
  readonly minorUntil?: Day | null
  /** Who heard it, where the machine writes it down; empty: the family. */
  readonly by?: string
}

/**
 * Writes a need down where the family lives: with its village, or, where it needs care, with the township and out of the village's sight;
 * so too one about a child where nobody of the village may open the children's records.
 * @throws unknownItem, notFound for somebody who is not of the household
 */
export async function writeNeed(ctx: Ctx, household: HouseholdBrief, need: Need): Promise<NeedRow> {
  const item = need.item === undefined ? null : await itemOf(ctx, need.item)
  const names = need.person === undefined ? undefined : (await briefsOf(ctx, [household.id])).get(household.id)?.names
  const name = need.person === undefined ? household.headName : names?.get(need.person)
  if (name === undefined) throw notFound()
  const id = newId(ctx.now.getTime())
  const careful = (need.careful ?? false) || needsCare(need.words)
  const minor_until = await childOf(ctx, need)
  const isChild = isAboutChild(ctx, { minor_until })
  const isAbove =
    careful ||
    (isChild &&
      (await readersInVillage(ctx, { household_id: household.id, division: household.division })).length === 0)
  const state = isAbove ? 'escalatedTownship' : 'submitted'
  const row: NeedRow = {
    district: ctx.district,
    id,
    number: await nextNumber(ctx, household.division.slice(0, 9)),
    division: household.division,
    household_id: household.id,
    person_id: need.person ?? null,
    careful,
    urgent: need.urgent ?? false,
    state,
    level: isAbove ? 'township' : 'village',
    lane: isAbove ? 'township' : 'village',
    version: 1,
    kind: null,
    item: item?.id ?? null,
    origin: need.origin,
    origin_id: need.originId ?? null,
    masked_name: maskName(name),
    sealed_words: ctx.crypto.seal(sealedNeedWords, id, need.words),
    told_on: ctx.today,
    told_at: ctx.now,
    told_by: ctx.actor.account,
    told_name: need.by ?? (ctx.actor.role === 'resident' ? '' : ctx.actor.name),
    due_on: needDue(state, ctx.today, ctx.calendar, addDays),
    since_on: ctx.today,
    changed_at: ctx.now,
    closed_at: null,
    late_told_on: null,
    resource_id: null,
    joined_id: null,
    after_id: need.after ?? null,
    slip_id: null,
    guess: item ? null : (suggest(need.words)[0]?.item ?? null),
    rating: null,
    elsewhere: false,
    minor_until,
    ground_gone_by: null,
    look_again: false,
  }
  const { lane: _lane, ...columns } = row
  await wishes(ctx).insertInto('wishes.need').values(columns).execute()
  await writeNeedStep(ctx, row, null, { step: 'tell', ...(need.by === undefined ? {} : { by: need.by }) })
  await tellNeed(ctx, row, row.level, row.urgent ? 'wishes.urgentNeed' : 'wishes.needTold')
  return row
}

export const childOf = async (ctx: Ctx, { person, minorUntil = null }: Need): Promise<Day | null> =>
  minorUntil ?? (person === undefined ? null : await minorUntilOf(ctx, person))

/** `XQ-<township>-<day>-<n>`, as it stands on paper. */
async function nextNumber(ctx: Ctx, township: string): Promise<string> {
  const { n } = await wishes(ctx)
    .insertInto('wishes.need_count')
    .values({ district: ctx.district, township, on_day: ctx.today, n: 1 })
    .onConflict(on =>
      on.columns(['district', 'township', 'on_day']).doUpdateSet(eb => ({ n: eb('wishes.need_count.n', '+', 1) })),
    )
    .returning('n')
    .executeTakeFirstOrThrow()
  return `XQ-${township}-${ctx.today.replaceAll('-', '')}-${String(n).padStart(4, '0')}`
}
