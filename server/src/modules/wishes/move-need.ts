import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { getHousehold } from '../registry/index.ts'
import {
  needChanged,
  needKindMissing,
  needStepNotOpen,
  needWordsMissing,
  otherNeedMissing,
  ratingMissing,
  resourceMissing,
  type wishesContract,
} from './contract.ts'
import { checkReadable, isAboutChild } from './about-child.ts'
import { isOfTheSame } from './alike.ts'
import { openSlip } from './follow-slip.ts'
import { itemOf } from './item.ts'
import { type NeedNote, readNeed, stoodBefore, takeNeedStep, tellNeed, wishes } from './kept-need.ts'
import { isNeedClosed, landing, needStateWords, needStepsOpen, type NeedStep, type NeedTransition } from './need.ts'
import { wholeNeed } from './read-needs.ts'
import { takePlace } from './resources.ts'
import type { NeedRow } from './tables.ts'
import { writeNeed } from './tell-need.ts'
import { wishFollows } from './wish-follows.ts'

type Body = InputOf<(typeof wishesContract)['POST /needs/:needId/steps']>['body']

export async function moveNeed(
  ctx: Ctx,
  { params, body }: InputOf<(typeof wishesContract)['POST /needs/:needId/steps']>,
) {
  const row = await readNeed(ctx, params.needId, true)
  const transition = openTransition(ctx, row, body.step, body.expectedVersion)
  if (transition.level === 'village') await checkReadable(ctx, row, landing(transition, row, undefined))
  const set = await askedFor(ctx, row, transition, body)
  const note = transition.asks.includes('need') ? body.need : body.note
  const changed = await takeWay(ctx, row, transition, { step: body.step, note }, set)
  if (transition.step === 'reExplore' && body.need !== undefined) await findAnother(ctx, row, body.need)
  return await wholeNeed(ctx, changed)
}

/** Goes a way that is open: the need, the wish made of it, and who hears of it. */
export async function takeWay(
  ctx: Ctx,
  row: NeedRow,
  way: NeedTransition,
  note: NeedNote,
  set: Partial<NeedRow> = {},
): Promise<NeedRow> {
  const before = way.to === 'before' ? await stoodBefore(ctx, row) : undefined
  const changed = await takeNeedStep(ctx, row, landing(way, row, before), note, set)
  await wishFollows(ctx, changed)
  await tellNeed(ctx, changed, row.level)
  return changed
}

/** Begins where the family lives, out of reach of a hub that found it; what follows on something careful, or about a child, is as closed. */
async function findAnother(
  ctx: Ctx,
  { id, household_id, careful, minor_until }: NeedRow,
  words: string,
): Promise<void> {
  await asMachine(ctx, async machine => {
    const household = await getHousehold(machine, household_id)
    await writeNeed(machine, household, {
      words,
      careful,
      minorUntil: minor_until,
      origin: 'evaluation',
      originId: id,
      after: id,
      by: ctx.actor.name,
    })
  })
}

/** @throws needStepNotOpen, needChanged */
export function openTransition(ctx: Ctx, row: NeedRow, step: NeedStep, expected: number | undefined): NeedTransition {
  const open = needStepsOpen(row, ctx.actor.role)
  const transition = open.find(t => t.step === step)
  if (!transition)
    throw needStepNotOpen({
      state: needStateWords[row.state].words,
      open:
        open.length > 0
          ? { zh: open.map(t => t.words.zh).join('、'), en: open.map(t => t.words.en).join(', ') }
          : { zh: '没有', en: 'nothing' },
    })
  if (expected !== undefined && expected !== row.version) throw needChanged({ version: row.version })
  return transition
}

/** What the step has to bring, and what it changes besides where the need is. */
async function askedFor(ctx: Ctx, row: NeedRow, { asks, to }: NeedTransition, body: Body): Promise<Partial<NeedRow>> {
  const asksWords = asks.includes('reason') || asks.includes('note')
  if (asksWords && body.note === undefined && body.slip === undefined) throw needWordsMissing()
  if (asks.includes('need') && body.need === undefined) throw needWordsMissing()
  const set: Partial<NeedRow> = {}
  if (asks.includes('rating')) {
    if (body.rating === undefined) throw ratingMissing()
    set.rating = body.rating
  }
  if (asks.includes('kind')) {
    if (body.kind === undefined) throw needKindMissing()
    set.kind = body.kind
    if (body.item !== undefined) set.item = (await itemOf(ctx, body.item)).id
  }
  if (asks.includes('resource')) {
    if (body.resource === undefined) throw resourceMissing()
    set.resource_id = (await takePlace(ctx, row, body.resource)).id
  }
  // What could not be taken leaves its place to another.
  if (to === 'held') set.resource_id = null
  if (asks.includes('slip')) set.slip_id = body.slip === undefined ? null : (await openSlip(ctx, row, body.slip)).id
  if (asks.includes('other')) set.joined_id = await openOther(ctx, row, body.other)
  return set
}

/** Locked: of two that are joined to each other at once, one would be left that nobody looks at. */
async function openOther(ctx: Ctx, row: NeedRow, id: Id | undefined): Promise<Id> {
  if (id === undefined || id === row.id) throw otherNeedMissing()
  const other = await wishes(ctx)
    .selectFrom('wishes.need')
    .select(['id', 'state', 'household_id', 'person_id', 'careful', 'minor_until'])
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!other || isNeedClosed(other.state) || !(await isOfTheSame(ctx, row, other))) throw otherNeedMissing()
  // The village would see that there is one it may not see.
  if (other.careful !== row.careful || isAboutChild(ctx, other) !== isAboutChild(ctx, row)) throw otherNeedMissing()
  return other.id
}
