import { type Id, maskName } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { readNeed, takeNeedStep, tellNeed, wishes } from './kept-need.ts'
import {
  backInPool,
  changeWish,
  lockItsNeed,
  readWish,
  readWishOfNeed,
  sealedWish,
  tellTaker,
  type Wish,
  wishShown,
} from './kept-wish.ts'
import { needTransitions } from './need-transitions.ts'
import { landing, needStateWords } from './need.ts'
import { checkWords, knownOf } from './publish-wish.ts'
import { sayWish } from './say.ts'
import type { WishRow } from './tables.ts'
import { wishStateWords } from './wish.ts'
import {
  alreadyTaken,
  type publishedContract,
  tooMany,
  whomMissing,
  wishChanged,
  wishNotFound,
  wishOver,
} from './wishes-contract.ts'

type Input<K extends keyof typeof publishedContract> = InputOf<(typeof publishedContract)[K]>

/** Wishes somebody may have taken and not seen to: who takes all leaves nobody a chance. */
const mostOpen = 20

const noName = '一位居民'

/**
 * One statement takes it: of however many who press at the same moment the database lets one through, and the others are told who, and
 * how many wishes wait. Who presses again, in another window, has it still.
 */
export async function claimWish(ctx: Ctx, { params }: Input<'POST /wishes/:wishId/claim'>): Promise<Wish> {
  // One of theirs at a time: of two pressed at once neither would count the other.
  await sql`select pg_advisory_xact_lock(hashtext(${`wishes claim ${ctx.actor.account}`}))`.execute(ctx.transaction)
  const { n } = await wishes(ctx)
    .selectFrom('wishes.wish')
    .select(eb => eb.fn.countAll<string>().as('n'))
    .where('district', '=', ctx.district)
    .where('taken_by', '=', ctx.actor.account)
    .where('state', '=', 'claimed')
    .executeTakeFirstOrThrow()
  if (Number(n) >= mostOpen) throw tooMany({ most: mostOpen })
  if ((await lockItsNeed(ctx, params.wishId)) !== 'inWishPool') return await theirsAlready(ctx, params.wishId)
  const name = ctx.actor.name || noName
  const taken = await wishes(ctx)
    .updateTable('wishes.wish')
    .set({
      state: 'claimed',
      version: sql<number>`version + 1`,
      taken_by: ctx.actor.account,
      taken_name: name,
      taken_organisation: ctx.actor.organisation ?? null,
      taken_at: ctx.now,
      taken_on: ctx.today,
    })
    .where('district', '=', ctx.district)
    .where('id', '=', params.wishId)
    .where('state', '=', 'open')
    .where('until_on', '>=', ctx.today)
    .returningAll()
    .executeTakeFirst()
  if (!taken) return await theirsAlready(ctx, params.wishId)
  await moveItsNeed(ctx, taken, 'claim', name)
  await sayWish(ctx, taken)
  return await wishShown(ctx, taken)
}

/** @throws wishNotFound, alreadyTaken where it is another's */
async function theirsAlready(ctx: Ctx, id: Id): Promise<Wish> {
  const own = await wishes(ctx)
    .selectFrom('wishes.wish')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .where('taken_by', '=', ctx.actor.account)
    .executeTakeFirst()
  if (!own) throw await lost(ctx, id)
  return await wishShown(ctx, own)
}

/** Why somebody did not get it: it is not there, or another was faster. */
async function lost(ctx: Ctx, id: Id) {
  return await asMachine(ctx, async machine => {
    const row = await wishes(machine)
      .selectFrom('wishes.wish')
      .selectAll()
      .where('district', '=', machine.district)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row || row.state === 'withdrawn' || row.state === 'expired' || row.state === 'open') return wishNotFound()
    const { n } = await wishes(machine)
      .selectFrom('wishes.wish')
      .select(eb => eb.fn.countAll<string>().as('n'))
      .where('district', '=', machine.district)
      .where('state', '=', 'open')
      .where('until_on', '>=', machine.today)
      .executeTakeFirstOrThrow()
    const by = row.taken_name ?? noName
    // An organisation is named; a person only as far as a list would.
    return alreadyTaken({ by: row.taken_organisation || by === noName ? by : maskName(by), more: Number(n) })
  })
}

export async function unclaimWish(ctx: Ctx, { params, body }: Input<'POST /wishes/:wishId/unclaim'>): Promise<Wish> {
  const stands = await lockItsNeed(ctx, params.wishId)
  const row = await readWish(ctx, params.wishId)
  if (row.state !== 'claimed') throw wishOver({ state: wishStateWords[row.state] })
  // What has begun is not let go of behind the back of who holds the need.
  if (stands !== 'claimed') throw wishOver({ state: stands ? needStateWords[stands].words : wishStateWords[row.state] })
  const changed = await asMachine(ctx, machine => changeWish(machine, row, backInPool(machine, row)))
  await moveItsNeed(ctx, row, 'unclaim', ctx.actor.name || '认领人', body.reason)
  tellTaker(ctx, row, 'wishes.wishMoved')
  return await wishShown(ctx, changed)
}

/** Asked of the family by somebody they know; a no sets the wish free again, and is nobody's fault. */
export async function agreeToWish(ctx: Ctx, { params, body }: Input<'POST /wishes/:wishId/consent'>): Promise<Wish> {
  const stands = await lockItsNeed(ctx, params.wishId)
  const { row } = await readWishOfNeed(ctx, params.wishId)
  if (row.state !== 'claimed') throw wishOver({ state: wishStateWords[row.state] })
  // Between the question and the answer another may have taken it, whom the family was not asked about.
  if (body.expectedVersion !== row.version) throw wishChanged()
  const change = async (set: Partial<WishRow>) =>
    await wishShown(ctx, await asMachine(ctx, machine => changeWish(machine, row, set)))
  if (!body.agreed) {
    tellTaker(ctx, row, 'wishes.wishMoved')
    // What has begun goes on, without a name.
    if (stands !== 'claimed') return await change({ agreed_at: null, agreed_name: null, sealed_whom: null })
    await moveItsNeed(ctx, row, 'unclaim', ctx.actor.name, '这家人不想让认领人知道是谁 The family did not agree')
    return await change(backInPool(ctx, row))
  }
  if (body.name === undefined || body.reach === undefined) throw whomMissing()
  tellTaker(ctx, row, 'wishes.wishAgreed')
  return await change({
    agreed_at: ctx.now,
    agreed_name: ctx.actor.name,
    sealed_whom: ctx.crypto.seal(sealedWish, row.id, JSON.stringify({ name: body.name, reach: body.reach })),
  })
}

export async function relayThanks(ctx: Ctx, { params, body }: Input<'POST /wishes/:wishId/thanks'>): Promise<Wish> {
  const { row, need } = await readWishOfNeed(ctx, params.wishId)
  if (row.state !== 'claimed' && row.state !== 'kept') throw wishOver({ state: wishStateWords[row.state] })
  checkWords(body.words, await knownOf(ctx, need, row.township))
  const changed = await asMachine(ctx, machine => changeWish(machine, row, { thanks: body.words }))
  tellTaker(ctx, row, 'wishes.thanked')
  return await wishShown(ctx, changed)
}

/** Who takes a wish sees no need: it moves behind the wall, with their name in its steps. */
async function moveItsNeed(ctx: Ctx, wish: WishRow, step: 'claim' | 'unclaim', by: string, note?: string) {
  await asMachine(ctx, async machine => {
    const need = await readNeed(machine, wish.need_id, true)
    const way = needTransitions.find(t => t.step === step && t.from.includes(need.state))
    if (!way) throw wishNotFound()
    const changed = await takeNeedStep(machine, need, landing(way, need, undefined), { step, note, by })
    await tellNeed(machine, changed, need.level)
  })
}
