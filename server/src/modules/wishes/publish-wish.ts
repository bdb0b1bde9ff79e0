import { addDays, newId, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { ageOf, briefsOf, countAlike, placesOf } from '../registry/index.ts'
import { readNeed, sealedNeedWords, wishes } from './kept-need.ts'
import { changeWish, publishedOf, readWish, type Wish, wishShown } from './kept-wish.ts'
import { needStateWords } from './need.ts'
import { sayWish } from './say.ts'
import { scrub, type Tell, tellWords } from './scrub.ts'
import type { NeedRow, WishRow } from './tables.ts'
import { bandOf, bandWords, fewestAlike, wishStateWords } from './wish.ts'
import {
  alreadyPublished,
  carefulIsNotPublished,
  notInPool,
  type publishedContract,
  tellsWho,
  tooFewAlike,
  unread,
  wishOver,
} from './wishes-contract.ts'

type Input<K extends keyof typeof publishedContract> = InputOf<(typeof publishedContract)[K]>

/** How long a wish stays open where nothing else is said. Illustrative. */
const openDays = 90
/** No wish stays open longer than a year. */
const mostDays = 365

/** What would be published, before anybody presses. */
export async function draftWish(
  ctx: Ctx,
  { params }: Input<'GET /needs/:needId/wish'>,
): Promise<AnswerOf<(typeof publishedContract)['GET /needs/:needId/wish']>> {
  const need = await readNeed(ctx, params.needId)
  if (need.careful) throw carefulIsNotPublished()
  const published = await publishedOf(ctx, need.id)
  const shape = await shapeOf(ctx, need)
  const known = await knownOf(ctx, need, shape?.township ?? null)
  const { text, found } = scrub(ctx.crypto.open(sealedNeedWords, need.id, need.sealed_words), known)
  return {
    published: published ? await wishShown(ctx, published) : null,
    draft: {
      words: text,
      found: found.map(tell => tellWords[tell]),
      age: bandWords(shape?.band ?? null),
      place: shape?.township ? ((await placesOf(ctx)).get(shape.township)?.name ?? null) : null,
      alike: shape?.alike ?? null,
    },
  }
}

export async function publishWish(ctx: Ctx, { params, body }: Input<'POST /needs/:needId/wish'>): Promise<Wish> {
  const need = await readNeed(ctx, params.needId, true)
  if (need.careful) throw carefulIsNotPublished()
  if (need.state !== 'inWishPool') throw notInPool({ state: needStateWords[need.state].words })
  const before = await publishedOf(ctx, need.id)
  if (before && before.words !== body.words) throw alreadyPublished({ version: before.version })
  if (before) return await wishShown(ctx, before)
  if (!body.read) throw unread()
  const shape = await shapeOf(ctx, need)
  if (!shape) throw tooFewAlike()
  checkWords(body.words, await knownOf(ctx, need, shape.township))
  const [least, most] = [addDays(ctx.today, 1), addDays(ctx.today, mostDays)]
  const until = body.untilOn ?? addDays(ctx.today, openDays)
  const row: WishRow = {
    district: ctx.district,
    id: newId(ctx.now.getTime()),
    need_id: need.id,
    township: shape.township,
    band: shape.band,
    item: need.item,
    words: body.words,
    alike: shape.alike,
    state: 'open',
    version: 1,
    published_on: ctx.today,
    published_at: ctx.now,
    published_by: ctx.actor.account,
    until_on: until < least ? least : until > most ? most : until,
    taken_by: null,
    taken_name: null,
    taken_organisation: null,
    taken_at: null,
    taken_on: null,
    agreed_at: null,
    agreed_name: null,
    sealed_whom: null,
    thanks: null,
    ended_at: null,
  }
  await wishes(ctx).insertInto('wishes.wish').values(row).execute()
  await sayWish(ctx, row, true)
  return await wishShown(ctx, row)
}

export async function withdrawWish(ctx: Ctx, { params, body }: Input<'POST /wishes/:wishId/withdraw'>): Promise<Wish> {
  const row = await readWish(ctx, params.wishId)
  if (row.state !== 'open') throw wishOver({ state: wishStateWords[row.state] })
  ctx.because(body.reason)
  return await wishShown(ctx, await changeWish(ctx, row, { state: 'withdrawn', ended_at: ctx.now }))
}

/** @throws tellsWho */
export function checkWords(words: string, known: Awaited<ReturnType<typeof knownOf>>): void {
  const { found } = scrub(words, known)
  if (found.length > 0) throw tellsWho({ what: listed(found) })
}

const listed = (found: readonly Tell[]): Words => ({
  zh: found.map(tell => tellWords[tell].zh).join('、'),
  en: found.map(tell => tellWords[tell].en).join(', '),
})

/**
 * Names of the household, and what its village is called; its township too where the wish does not tell it. Of a need that followed a
 * merge also those of the home in which it was told.
 */
export async function knownOf(ctx: Ctx, need: Pick<NeedRow, 'id' | 'household_id' | 'division'>, told: string | null) {
  const { homes, names } = await asMachine(ctx, async machine => {
    const left = await wishes(machine)
      .selectFrom('wishes.merged_need')
      .select(['household_id', 'village as division'])
      .where('district', '=', machine.district)
      .where('need_id', '=', need.id)
      .execute()
    const homes = [need, ...left]
    const briefs = await briefsOf(
      machine,
      homes.map(home => home.household_id),
    )
    return { homes, names: [...briefs.values()].flatMap(brief => [...brief.names.values(), brief.headName]) }
  })
  const named = await placesOf(ctx)
  const places = homes.flatMap(({ division }) => {
    const place = named.get(division)
    return [place?.name ?? '', told === division.slice(0, 9) ? '' : (place?.township ?? '')]
  })
  return {
    // Neighbours say 阿香 for 陆阿香, and 青龙 for 青龙村.
    names: names.flatMap(name => [name, name.slice(1)]),
    places: places.flatMap(name => [name, name.replace(/(村|社区|镇|乡|街道)$/, '')]),
  }
}

interface Shape {
  readonly township: string | null
  readonly band: string | null
  readonly alike: number
}

/**
 * As much as may be told: township and age where at least five are alike, else the age alone, else the township alone; undefined where
 * even that points at too few.
 */
async function shapeOf(ctx: Ctx, need: NeedRow): Promise<Shape | undefined> {
  const band = bandOf(await asMachine(ctx, machine => ageOf(machine, need.household_id, need.person_id)))
  const township = need.division.slice(0, 9)
  const shapes = [
    { township, band: band?.id ?? null, within: township, of: band?.band ?? null },
    { township: null, band: band?.id ?? null, within: ctx.district, of: band?.band ?? null },
    { township, band: null, within: township, of: null },
  ]
  for (const shape of shapes) {
    const alike = await asMachine(ctx, machine => countAlike(machine, shape.within, shape.of))
    if (alike >= fewestAlike) return { township: shape.township, band: shape.band, alike }
  }
  return undefined
}
