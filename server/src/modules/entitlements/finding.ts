import type { Words } from '@zhulian/kernel'
import type { Role } from '../../platform/actor.ts'

/**
 * Where what the rules say and what is received differ. `unclaimed` 应享未享: entitled by what is known, and not receiving.
 * `recheck` 待复核: receiving, and no longer matching by what is known. Both are questions for a person. Nothing here
 * stops, cuts or marks a benefit, and the database lets the machine neither decide one nor end a receipt.
 */
export const findingKinds = ['unclaimed', 'recheck'] as const
export type FindingKind = (typeof findingKinds)[number]
export const findingStates = ['open', 'taken', 'closed'] as const
export type FindingState = (typeof findingStates)[number]

export const outcomes = {
  unclaimed: ['applied', 'receives', 'notWanted', 'factsWrong', 'notFitting', 'unreachable'],
  recheck: ['stays', 'officeActs', 'factsWrong'],
} as const satisfies Record<FindingKind, readonly string[]>
export type Outcome = (typeof outcomes)[FindingKind][number]

export const outcomeWords: Readonly<Record<Outcome, Words>> = {
  applied: { zh: '已经帮忙申请', en: 'Applied for' },
  receives: { zh: '其实在领', en: 'Receives it already' },
  notWanted: { zh: '家里不想要', en: 'Not wanted' },
  factsWrong: { zh: '登记的情况不对，已改', en: 'What was written down was wrong; mended' },
  notFitting: { zh: '看过，不符合', en: 'Looked at; does not fit' },
  unreachable: { zh: '多次联系不上', en: 'Could not be reached' },
  stays: { zh: '核实过，照旧', en: 'Looked at; stays as it is' },
  officeActs: { zh: '核实过，由经办单位按程序处理', en: 'Looked at; the office in charge goes on by its procedure' },
}

export type Step = 'take' | 'giveBack' | 'close' | 'reopen'

export interface Transition {
  readonly step: Step
  readonly from: FindingState
  readonly to: FindingState
  /** `holder`: who took it; `free`: whoever reaches it. */
  readonly by: 'free' | 'holder' | 'office'
  readonly words: Words
  readonly done: Words
}

export const transitions: readonly Transition[] = [
  {
    step: 'take',
    from: 'open',
    to: 'taken',
    by: 'free',
    words: { zh: '我去看看', en: 'I look into it' },
    done: { zh: '接了下来', en: 'took it' },
  },
  {
    step: 'giveBack',
    from: 'taken',
    to: 'open',
    by: 'holder',
    words: { zh: '放回去', en: 'Put it back' },
    done: { zh: '放了回去', en: 'put it back' },
  },
  {
    step: 'close',
    from: 'taken',
    to: 'closed',
    by: 'holder',
    words: { zh: '记下结果', en: 'Write down the outcome' },
    done: { zh: '记下了结果', en: 'wrote down the outcome' },
  },
  {
    step: 'reopen',
    from: 'closed',
    to: 'open',
    by: 'office',
    words: { zh: '再看一次', en: 'Look again' },
    done: { zh: '要再看一次', en: 'asked to look again' },
  },
]

/** Who may work on which list: a recheck is for the office alone. */
export const workers = {
  unclaimed: ['guide', 'townshipClerk', 'districtOfficer'],
  recheck: ['townshipClerk', 'districtOfficer'],
} as const satisfies Record<FindingKind, readonly Role[]>

export const stateWords: Readonly<Record<FindingState, Words>> = {
  open: { zh: '等人去看', en: 'Waiting' },
  taken: { zh: '有人在看', en: 'Being looked into' },
  closed: { zh: '有结果了', en: 'Done' },
}

interface Stand {
  readonly kind: FindingKind
  readonly state: FindingState
  readonly taken_by: string | null
}

export const transitionOf = (step: Step, stand: Stand): Transition | undefined =>
  transitions.find(t => t.step === step && t.from === stand.state)

export function mayStep(
  transition: Transition,
  stand: Stand,
  who: { readonly account: string; readonly role: string },
) {
  if (!(workers[stand.kind] as readonly string[]).includes(who.role)) return false
  if (transition.by === 'holder') return stand.taken_by === who.account
  return transition.by === 'free' || who.role !== 'guide'
}

export const stepsOpen = (stand: Stand, who: { readonly account: string; readonly role: string }): Transition[] =>
  transitions.filter(t => t.from === stand.state && mayStep(t, stand, who))
