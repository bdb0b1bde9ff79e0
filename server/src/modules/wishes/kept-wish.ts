import type { Id } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { cannotBeOpened, readSealedJson } from '../../platform/open-sealed.ts'
import { currentPool } from '../pools/index.ts'
import { openMinors, placesOf } from '../registry/index.ts'
import { foundItem } from './item.ts'
import { wishes } from './kept-need.ts'
import type { NeedState } from './need.ts'
import { sayWish } from './say.ts'
import type { NeedRow, WishRow } from './tables.ts'
import { bandWords, type WishState, wishStateWords } from './wish.ts'
import { type publishedContract, wishNotFound } from './wishes-contract.ts'

export type Wish = AnswerOf<(typeof publishedContract)['POST /wishes/:wishId/claim']>

export const sealedWish = 'wishes.wish.whom'

/** @throws wishNotFound for one that is not there, or not for who asks */
export async function readWish(ctx: Ctx, id: Id): Promise<WishRow> {
  const row = await wishes(ctx)
    .selectFrom('wishes.wish')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw wishNotFound()
  return row
}

/**
 * A wish by whoever may read its need, held: the village and the township see no other. To be changed as the machine.
 * @throws wishNotFound
 */
export async function readWishOfNeed(ctx: Ctx, id: Id): Promise<{ readonly row: WishRow; readonly need: NeedRow }> {
  const row = await asMachine(ctx, machine => readWish(machine, id))
  await openMinors(ctx)
  const [need] = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', row.need_id)
    .execute()
  if (!need) throw wishNotFound()
  ctx.about({ kind: 'household', id: need.household_id })
  return { row, need }
}

/** The one that is open or taken. */
export async function publishedOf(ctx: Ctx, need: Id, lock = false): Promise<WishRow | undefined> {
  const found = wishes(ctx)
    .selectFrom('wishes.wish')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('need_id', '=', need)
    .where('ended_at', 'is', null)
  return await (lock ? found.forUpdate() : found).executeTakeFirst()
}

/**
 * Where the need of a wish stands, out of sight of who asks. Whoever changes both holds the need first: of a claim and a withdrawal that
 * meet, the second sees what the first did.
 */
export async function lockItsNeed(ctx: Ctx, wish: Id): Promise<NeedState | undefined> {
  return await asMachine(ctx, async machine => {
    const found = await wishes(machine)
      .selectFrom('wishes.wish as w')
      .innerJoin('wishes.need as n', join =>
        join.onRef('n.district', '=', 'w.district').onRef('n.id', '=', 'w.need_id'),
      )
      .select('n.state')
      .where('w.district', '=', machine.district)
      .where('w.id', '=', wish)
      .forUpdate('n')
      .executeTakeFirst()
    return found?.state
  })
}

export async function changeWish(ctx: Ctx, row: WishRow, set: Partial<WishRow>): Promise<WishRow> {
  const changed = { ...row, ...set, version: row.version + 1 }
  const { district: _district, id: _id, ...columns } = changed
  await wishes(ctx)
    .updateTable('wishes.wish')
    .set(columns)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  if (changed.state !== row.state) await sayWish(ctx, changed)
  return changed
}

/** What a claim left behind is gone with it. */
export const untaken = {
  taken_by: null,
  taken_name: null,
  taken_organisation: null,
  taken_at: null,
  taken_on: null,
  agreed_at: null,
  agreed_name: null,
  sealed_whom: null,
  thanks: null,
} as const

/** Open again where it may still be, else at its end. */
export const backInPool = (ctx: Ctx, row: WishRow): Partial<WishRow> & { state: WishState } =>
  row.until_on < ctx.today
    ? { ...untaken, state: 'expired', ended_at: ctx.now }
    : { ...untaken, state: 'open', ended_at: null }

/** Who took it, unless they did it themselves. */
export function tellTaker(
  ctx: Ctx,
  { id, taken_by }: WishRow,
  name: 'wishes.wishAgreed' | 'wishes.wishMoved' | 'wishes.thanked',
): void {
  if (taken_by && taken_by !== ctx.actor.account) ctx.tell({ name, to: { account: taken_by }, id })
}

const offices = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator']

export async function wishesShown(ctx: Ctx, rows: readonly WishRow[]): Promise<Wish[]> {
  const [pool, places] = [await currentPool(ctx), await placesOf(ctx)]
  return rows.map(row => {
    // Colleagues of one organisation took it together.
    const own =
      row.taken_by === ctx.actor.account ||
      (row.taken_organisation !== null && row.taken_organisation === ctx.actor.organisation)
    return {
      id: row.id,
      words: row.words,
      age: bandWords(row.band),
      place: row.township === null ? null : (places.get(row.township)?.name ?? null),
      item: foundItem(pool, row.item) ?? null,
      state: row.state,
      stateWords: wishStateWords[row.state],
      publishedOn: row.published_on,
      untilOn: row.until_on,
      version: row.version,
      taken:
        row.taken_on && row.taken_name !== null && (own || offices.includes(ctx.actor.role))
          ? {
              by: row.taken_name,
              on: row.taken_on,
              agreed: row.agreed_at !== null,
              whom:
                own && row.sealed_whom
                  ? readSealedJson(ctx, sealedWish, row.id, row.sealed_whom, { name: cannotBeOpened, reach: '' })
                  : null,
              thanks: row.thanks,
            }
          : null,
    }
  })
}

export async function wishShown(ctx: Ctx, row: WishRow): Promise<Wish> {
  const [shown] = await wishesShown(ctx, [row])
  return shown as Wish
}
