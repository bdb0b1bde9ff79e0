import type { Words } from '@zhulian/kernel'
import type { Actor } from '../../platform/actor.ts'

/**
 * What a task is: a knock on a door that has to be made by a day. One table of transitions decides what the server lets
 * through, which buttons a screen shows and what is said of it.
 */

export const visitKinds = ['verification', 'routine', 'key', 'followUp'] as const
export type VisitKind = (typeof visitKinds)[number]
export const originKinds = ['alert', 'slip', 'lead', 'rhythm'] as const
export type OriginKind = (typeof originKinds)[number]
export const levels = ['red', 'orange', 'yellow', 'blue'] as const
export type Level = (typeof levels)[number]

export const taskStates = ['given', 'taken', 'handedOver', 'done', 'cancelled'] as const
export type TaskState = (typeof taskStates)[number]

export type TaskStep = 'take' | 'visit' | 'handOver' | 'takeOver' | 'giveBack' | 'cancel' | 'reopen'

/**
 * `reaches`: a guide or clerk in whose part it lies; a colleague may stand in. `holder`: to whom it was given, and
 * whoever took it. `township`: a clerk of the township. `anyClerk`: clerks and officers.
 */
type By = 'reaches' | 'holder' | 'township' | 'anyClerk'

export interface TaskTransition {
  readonly step: TaskStep
  readonly from: readonly TaskState[]
  readonly to: TaskState
  readonly by: readonly By[]
  readonly asksReason: boolean
  /** On the button. */
  readonly words: Words
  /** On the household's line. */
  readonly done: Words
}

export const taskTransitions: readonly TaskTransition[] = [
  {
    step: 'take',
    from: ['given'],
    to: 'taken',
    by: ['reaches'],
    asksReason: false,
    words: { zh: '我去', en: 'I go' },
    done: { zh: '接下了走访', en: 'took the visit' },
  },
  {
    step: 'visit',
    from: ['given', 'taken', 'handedOver'],
    to: 'done',
    by: ['reaches'],
    asksReason: false,
    words: { zh: '交走访记录', en: 'Hand in the visit' },
    done: { zh: '上门走访了', en: 'visited at home' },
  },
  {
    step: 'handOver',
    from: ['given', 'taken'],
    to: 'handedOver',
    by: ['holder'],
    asksReason: true,
    words: { zh: '交给镇里', en: 'Hand to the township' },
    done: { zh: '交给了镇里', en: 'handed it to the township' },
  },
  {
    step: 'takeOver',
    from: ['handedOver', 'given'],
    to: 'taken',
    by: ['township'],
    asksReason: false,
    words: { zh: '镇里去', en: 'The township goes' },
    done: { zh: '镇里接下了', en: 'the township took it' },
  },
  {
    step: 'giveBack',
    from: ['handedOver', 'taken'],
    to: 'given',
    by: ['township'],
    asksReason: true,
    words: { zh: '退回村里', en: 'Give back to the village' },
    done: { zh: '退回了村里', en: 'gave it back to the village' },
  },
  {
    step: 'cancel',
    from: ['given', 'taken', 'handedOver'],
    to: 'cancelled',
    by: ['anyClerk'],
    asksReason: true,
    words: { zh: '不用去了', en: 'Call it off' },
    done: { zh: '取消了走访', en: 'called the visit off' },
  },
  {
    step: 'reopen',
    from: ['done', 'cancelled'],
    to: 'given',
    by: ['anyClerk'],
    asksReason: true,
    words: { zh: '再去一次', en: 'Go once more' },
    done: { zh: '要求再去一次', en: 'asked for another visit' },
  },
]

export const taskStateWords: Readonly<Record<TaskState, Words>> = {
  given: { zh: '待上门', en: 'To visit' },
  taken: { zh: '已接下', en: 'Taken' },
  handedOver: { zh: '等镇里接', en: 'With the township' },
  done: { zh: '已走访', en: 'Visited' },
  cancelled: { zh: '已取消', en: 'Called off' },
}

export const visitKindWords: Readonly<Record<VisitKind, Words>> = {
  verification: { zh: '核查', en: 'Verification' },
  routine: { zh: '日常走访', en: 'Routine visit' },
  key: { zh: '重点走访', en: 'Key visit' },
  followUp: { zh: '回访', en: 'Follow-up' },
}

/** The part of a task that decides what may be done with it. */
export interface TaskStand {
  readonly state: TaskState
  readonly holder_id: string | null
  readonly held_by: 'village' | 'township'
  readonly careful: boolean
}
type Who = Pick<Actor, 'account' | 'role'>

/** The row of the table for a step, whoever asks. */
export const taskTransitionOf = (step: TaskStep, state: TaskState): TaskTransition | undefined =>
  taskTransitions.find(t => t.step === step && t.from.includes(state))

export function mayTaskStep(transition: TaskTransition, stand: TaskStand, who: Who): boolean {
  const clerk = who.role === 'townshipClerk'
  if (who.role !== 'guide' && !clerk && who.role !== 'districtOfficer') return false
  // What needs care stays with the township, whoever would like to pass it on.
  if (stand.careful && (transition.step === 'giveBack' || who.role === 'guide')) return false
  return transition.by.some(by => {
    if (by === 'reaches') return clerk || (who.role === 'guide' && stand.held_by === 'village')
    if (by === 'holder') return stand.holder_id === who.account || (stand.holder_id === null && who.role === 'guide')
    if (by === 'township') return clerk
    return clerk || who.role === 'districtOfficer'
  })
}

/** The buttons for who asks, in the order of the table. */
export const taskStepsOpen = (stand: TaskStand, who: Who): TaskTransition[] =>
  taskTransitions.filter(t => t.from.includes(stand.state) && mayTaskStep(t, stand, who))
