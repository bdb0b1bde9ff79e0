import type { Day, Id } from '@zhulian/kernel'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { needStepNotOpen } from './contract.ts'
import { readNeed, sealedNeedWords } from './kept-need.ts'
import { openTransition, takeWay } from './move-need.ts'
import { isNeedClosed, type NeedState, needStateWords } from './need.ts'
import { needTransitions } from './need-transitions.ts'
import type { NeedRow } from './tables.ts'

export type StepWithOrder = 'decline' | 'start' | 'deliver' | 'redo'

/** What an order has to know of the need it is for. */
export interface OrderedNeed {
  readonly id: Id
  readonly household: Id
  readonly person: Id | null
  readonly division: string
  readonly elsewhere: boolean
  readonly careful: boolean
  readonly item: string | null
  readonly state: NeedState
  readonly closed: boolean
  readonly minorUntil: Day | null
  readonly maskedName: string
  readonly words: string
}

/** A need that somebody with the right assigns: theirs is the step, the order says to whom. @throws needNotFound, needStepNotOpen */
export async function assignNeed(ctx: Ctx, id: Id, note: string, expected?: number): Promise<OrderedNeed> {
  const row = await readNeed(ctx, id, true)
  const way = openTransition(ctx, row, 'assign', expected)
  return orderedOf(ctx, await takeWay(ctx, row, way, { step: 'assign', note }))
}

/**
 * Moves a need as its order moves, on its own ways, with the name of who moved the order: who delivers does not see it. A need that is
 * where the step leads already stays as it is.
 * @throws needStepNotOpen where the need went another way
 */
export async function moveNeedWithOrder(
  ctx: Ctx,
  id: Id,
  step: StepWithOrder,
  { note, by }: { readonly note?: string | undefined; readonly by: string },
): Promise<void> {
  await asMachine(ctx, async machine => {
    const row = await readNeed(machine, id, true)
    const way = needTransitions.find(t => t.step === step && t.from.includes(row.state) && row.state !== 'matched')
    if (!way) {
      if (isThere(step, row.state)) return
      throw needStepNotOpen({ state: needStateWords[row.state].words, open: { zh: '没有', en: 'nothing' } })
    }
    await takeWay(machine, row, way, { step, note, by }, step === 'decline' ? { resource_id: null } : {})
  })
}

const after: Readonly<Record<StepWithOrder, readonly NeedState[]>> = {
  start: ['inService'],
  deliver: ['delivered', 'confirmed', 'evaluated', 'closed'],
  redo: ['inService'],
  decline: [],
}
const isThere = (step: StepWithOrder, state: NeedState): boolean =>
  after[step].includes(state) || (step === 'decline' && !['assigned', 'inService', 'suspended'].includes(state))

/** As the machine, for what stands beside an order. */
export async function orderedNeed(ctx: Ctx, id: Id): Promise<OrderedNeed> {
  return await asMachine(ctx, async machine => orderedOf(machine, await readNeed(machine, id)))
}

const orderedOf = (ctx: Ctx, row: NeedRow): OrderedNeed => ({
  id: row.id,
  household: row.household_id,
  person: row.person_id,
  division: row.division,
  elsewhere: row.elsewhere,
  careful: row.careful,
  item: row.item,
  state: row.state,
  closed: isNeedClosed(row.state),
  minorUntil: row.minor_until,
  maskedName: row.masked_name,
  words: ctx.crypto.open(sealedNeedWords, row.id, row.sealed_words),
})
