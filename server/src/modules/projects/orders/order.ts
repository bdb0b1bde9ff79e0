import type { Day, Words } from '@zhulian/kernel'
import type { Calendar } from '../../../platform/calendar.ts'
import { orderTransitions } from './order-transitions.ts'

/**
 * What a work order is (工单): a provider is asked to do so many units of a service for one family, by a day. The states are here, the
 * ways between them in `order-transitions.ts`; what the server lets through, buttons, clocks, the words of its steps and the picture in
 * docs/orders.md come from these two. Paying for it is the funds' matter.
 * @source domain §7.3; working days are illustrative [I]
 */
export const orderStates = ['created', 'accepted', 'inProgress', 'done', 'checked', 'declined', 'cancelled'] as const
export type OrderState = (typeof orderStates)[number]

/** What is waited for, and by when. */
type Clock = { readonly work: number } | 'startBy' | 'dueBy'

interface StateWords {
  readonly words: Words
  /** For the family. */
  readonly told: Words
  readonly by?: Clock
}

export const orderStateWords: Readonly<Record<OrderState, StateWords>> = {
  created: {
    words: { zh: '待接单', en: 'To be taken on' },
    told: { zh: '已经请人来，等他们回话', en: 'Somebody was asked; they have not answered yet' },
    by: { work: 1 },
  },
  accepted: {
    words: { zh: '已接单', en: 'Taken on' },
    told: { zh: '他们答应来了', en: 'They will come' },
    by: 'startBy',
  },
  inProgress: { words: { zh: '服务中', en: 'Under way' }, told: { zh: '正在帮', en: 'Under way' }, by: 'dueBy' },
  done: {
    words: { zh: '待核对', en: 'To be checked' },
    told: { zh: '他们说做完了', en: 'They say it is done' },
    by: { work: 5 },
  },
  checked: { words: { zh: '已核对', en: 'Checked' }, told: { zh: '做完了', en: 'Done' } },
  declined: {
    words: { zh: '接不了', en: 'Declined' },
    told: { zh: '他们接不了，正在另想办法', en: 'They cannot; another way is looked for' },
  },
  cancelled: { words: { zh: '已取消', en: 'Called off' }, told: { zh: '取消了', en: 'Called off' } },
}

export const endedStates = ['checked', 'declined', 'cancelled'] as const satisfies OrderState[]
export const isOrderEnded = (state: OrderState): boolean => (endedStates as readonly OrderState[]).includes(state)

/** The day by which somebody should have done something, from the day the state began. */
export function orderDue(
  state: OrderState,
  { startBy, dueBy }: { readonly startBy: Day; readonly dueBy: Day },
  from: Day,
  calendar: Calendar,
): Day | null {
  const { by } = orderStateWords[state]
  if (by === undefined) return null
  if (by === 'startBy') return startBy
  return by === 'dueBy' ? dueBy : calendar.addWorkingDays(from, by.work)
}

export const orderSteps = ['accept', 'decline', 'begin', 'finish', 'check', 'redo', 'cancel'] as const
export type OrderStep = (typeof orderSteps)[number]

/** Whose hand it is: of who delivers, of who sent it out, of who checks, or of what became of the need. */
export type OrderBy = 'provider' | 'office' | 'checker' | 'need'

export interface OrderTransition {
  readonly step: OrderStep
  readonly from: readonly OrderState[]
  readonly to: OrderState
  readonly by: readonly OrderBy[]
  /** `deviation`: why, where what was done is not what was planned. */
  readonly asks: readonly ('reason' | 'deviation')[]
  /** The step its need takes with it. */
  readonly need?: 'decline' | 'start' | 'deliver' | 'redo'
  readonly words: Words
  readonly done: Words
}

export function isOrderBy(by: OrderBy, role: string): boolean {
  if (by === 'provider') return role === 'provider'
  if (by === 'need') return role === 'machine'
  if (by === 'office') return ['guide', 'townshipClerk', 'districtOfficer', 'operator'].includes(role)
  return ['townshipClerk', 'districtOfficer', 'operator'].includes(role)
}

export const orderStepsOpen = (state: OrderState, role: string): OrderTransition[] =>
  orderTransitions.filter(t => t.from.includes(state) && t.by.some(by => isOrderBy(by, role)))
