import { addDays, type Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { needOfAlert } from '../alerts/index.ts'
import { type HeardNeeds, needsOfFinding, needsOfHelperVisit, takeNeedsOfHandIn } from '../outreach/index.ts'
import { currentPool } from '../pools/index.ts'
import { briefsOf, getHousehold, needsInBatch } from '../registry/index.ts'
import { foundItem } from './item.ts'
import { sealedNeedWords, takeNeedStep, tellNeed, wishes } from './kept-need.ts'
import type { NeedRow, Origin } from './tables.ts'
import { childOf, type Need, writeNeed } from './tell-need.ts'

type Payload = Readonly<Record<string, string | number>>

/**
 * What was said to be needed at a door, to a helper, in an interview that was handed in, about an alert, or in a delivery of a bureau
 * becomes a need of the family. What is open already is not written twice: that it was said again stands in its steps.
 */
export async function hear(ctx: Ctx, { helperVisit, finding, handedIn, alert, batch, after }: Payload): Promise<void> {
  if (helperVisit !== undefined) {
    const heard = await needsOfHelperVisit(ctx, helperVisit as Id)
    if (heard) await writeAll(ctx, heard, 'helper', helperVisit as Id)
  }
  if (finding !== undefined) {
    const heard = await needsOfFinding(ctx, finding as Id)
    if (heard) await writeAll(ctx, heard, 'visit', finding as Id)
  }
  if (handedIn !== undefined) {
    const heard = await takeNeedsOfHandIn(ctx, handedIn as Id)
    if (heard) await writeAll(ctx, heard, 'interview', handedIn as Id)
  }
  if (alert !== undefined) {
    const heard = await needOfAlert(ctx, alert as Id)
    if (heard) {
      // Who has moved out since is no member any more; the need is of the family all the same.
      const names = (await briefsOf(ctx, [heard.household])).get(heard.household)?.names
      await writeHeard(ctx, heard.household, {
        words: heard.words.slice(0, mostLetters),
        origin: 'alert',
        originId: alert as Id,
        careful: heard.careful,
        minorUntil: heard.minorUntil,
        person: heard.person !== null && names?.has(heard.person) ? heard.person : undefined,
        urgent: heard.urgent,
        by: heard.by,
      })
    }
  }
  if (batch !== undefined) await hearBatch(ctx, batch as Id, after as Id | undefined)
}

const mostLetters = 500
const atOnce = 200
/** What was found longer ago than that is asked about on the next visit. */
const freshDays = 92

/** Some at a time, each lot a job of its own. */
async function hearBatch(ctx: Ctx, batch: Id, after: Id | undefined): Promise<void> {
  const rows = await needsInBatch(ctx, batch, after, atOnce)
  for (const { household, origin, items, asOf } of rows)
    if (asOf >= addDays(ctx.today, -freshDays))
      await writeAll(ctx, { household, by: origin, careful: false, words: null, items }, 'visit', batch)
  const last = rows.length === atOnce ? rows.at(-1) : undefined
  if (last) await ctx.later('wishes.hear', { batch, after: last.statement })
}

/** One thing and the words beside it are one need; words beside several, or beside none of the list, are one of their own. */
async function writeAll(ctx: Ctx, heard: HeardNeeds, origin: Origin, originId: Id): Promise<void> {
  const { household, careful, by, words } = heard
  const need = { origin, originId, careful, by }
  const pool = await currentPool(ctx)
  // “Something else” says nothing by itself: it stands in the note of the visit.
  const items = [...new Set(heard.items)].flatMap(id => foundItem(pool, id) ?? [])
  const [only] = heard.items.length === 1 ? items : []
  for (const item of items)
    await writeHeard(ctx, household, {
      ...need,
      item: item.id,
      words: item === only && words !== null ? `${item.name.zh}：${words}` : item.name.zh,
    })
  if (words !== null && !only) await writeHeard(ctx, household, { ...need, words })
}

/** A need of a family that a machine writes down; what is open already is said again. */
export async function writeHeard(ctx: Ctx, id: Id, need: Need & { readonly by: string }): Promise<void> {
  const household = await getHousehold(ctx, id)
  ctx.about({ kind: 'household', id })
  const open = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', id)
    .where('closed_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const isChild = (await childOf(ctx, need)) !== null
  const before = open.find(row => isSame(ctx, row, need, isChild))
  if (before) await saidAgain(ctx, before, need)
  else await writeNeed(ctx, household, need)
}

/** What needs care, or is about a child, is never said to be the same as something the village sees: it would see that somebody spoke of it. */
function isSame(ctx: Ctx, row: NeedRow, { item, words, careful }: Need, isChild: boolean): boolean {
  if ((careful && !row.careful) || (isChild && row.minor_until === null)) return false
  if (item !== undefined) return row.item === item
  return plain(ctx.crypto.open(sealedNeedWords, row.id, row.sealed_words)) === plain(words)
}

const plain = (words: string) => words.replace(/[\s，。、,.!！?？]/g, '')

/** What was said otherwise this time is kept with it; what is urgent now is urgent, and whoever would hear of a new one hears of it. */
async function saidAgain(ctx: Ctx, row: NeedRow, need: Need & { readonly by: string }): Promise<void> {
  const isNew = plain(ctx.crypto.open(sealedNeedWords, row.id, row.sealed_words)) !== plain(need.words)
  const isUrgent = (need.urgent ?? false) && !row.urgent
  const note = isNew && !(await isItemAlone(ctx, need)) ? need.words : undefined
  const said = { code: 'heardAgain', origin: need.origin } as const
  const set = isUrgent ? { urgent: true } : {}
  const changed = await takeNeedStep(
    ctx,
    row,
    row,
    { step: 'again', by: need.by, note, said, origin: need.originId },
    set,
  )
  if (isUrgent) await tellNeed(ctx, changed, row.level, 'wishes.urgentNeed')
}

/** A name of the list says no more than the need does. */
const isItemAlone = async (ctx: Ctx, { item, words }: Need): Promise<boolean> =>
  item !== undefined && foundItem(await currentPool(ctx), item)?.name.zh === words
