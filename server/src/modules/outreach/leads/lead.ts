import type { Words } from '@zhulian/kernel'
import type { Actor } from '../../../platform/actor.ts'

/** What a lead is (线索): a family somebody told of, until a person has seen whether it is so and what came of it. */
export const leadStates = ['found', 'verified', 'helped', 'notSo', 'joined', 'withdrawn'] as const
export type LeadState = (typeof leadStates)[number]
export const leadSteps = ['name', 'visit', 'verify', 'help', 'notSo', 'join', 'withdraw', 'reopen'] as const
export type LeadStep = (typeof leadSteps)[number]

export interface LeadTransition {
  readonly step: LeadStep
  readonly from: readonly LeadState[]
  /** Undefined: it stays where it is. */
  readonly to: LeadState | undefined
  readonly by: 'reaches' | 'office'
  /** What has to be named besides words. */
  readonly names: 'household' | 'lead' | null
  readonly asksNote: boolean
  readonly words: Words
  readonly done: Words
}

export const leadTransitions: readonly LeadTransition[] = [
  {
    step: 'name',
    from: ['found'],
    to: undefined,
    by: 'reaches',
    names: 'household',
    asksNote: false,
    words: { zh: '就是这家', en: 'It is this family' },
    done: { zh: '选定了是哪一家', en: 'said which family it is' },
  },
  {
    step: 'visit',
    from: ['found'],
    to: undefined,
    by: 'reaches',
    names: 'household',
    asksNote: false,
    words: { zh: '请导服员上门', en: 'Ask for a visit' },
    done: { zh: '请导服员上门核查', en: 'asked for a visit' },
  },
  {
    step: 'verify',
    from: ['found'],
    to: 'verified',
    by: 'reaches',
    names: 'household',
    asksNote: true,
    words: { zh: '核实了，需要帮', en: 'It is so' },
    done: { zh: '核实了', en: 'saw that it is so' },
  },
  {
    step: 'help',
    from: ['verified'],
    to: 'helped',
    by: 'reaches',
    names: null,
    asksNote: true,
    words: { zh: '已经帮上', en: 'Helped' },
    done: { zh: '帮上了', en: 'helped' },
  },
  {
    step: 'join',
    from: ['found'],
    to: 'joined',
    by: 'reaches',
    names: 'lead',
    asksNote: false,
    words: { zh: '和另一条是同一家', en: 'Same family as another' },
    done: { zh: '并到了另一条', en: 'joined it to another' },
  },
  {
    step: 'notSo',
    from: ['found', 'verified'],
    to: 'notSo',
    by: 'reaches',
    names: null,
    asksNote: true,
    words: { zh: '情况不是这样', en: 'It is not so' },
    done: { zh: '看过，不是这样', en: 'saw that it is not so' },
  },
  {
    step: 'withdraw',
    from: ['found'],
    to: 'withdrawn',
    by: 'office',
    names: null,
    asksNote: true,
    words: { zh: '作废', en: 'Void' },
    done: { zh: '作废了', en: 'voided it' },
  },
  {
    step: 'reopen',
    from: ['helped', 'notSo', 'joined', 'withdrawn'],
    to: 'found',
    by: 'reaches',
    names: null,
    asksNote: true,
    words: { zh: '重新看', en: 'Look again' },
    done: { zh: '重新看', en: 'took it up again' },
  },
]

export const leadStateWords: Readonly<Record<LeadState, Words>> = {
  found: { zh: '待核实', en: 'To verify' },
  verified: { zh: '已核实', en: 'Verified' },
  helped: { zh: '已帮上', en: 'Helped' },
  notSo: { zh: '不是这样', en: 'Not so' },
  joined: { zh: '已合并', en: 'Joined' },
  withdrawn: { zh: '已作废', en: 'Void' },
}

/** Working days in which somebody has to have looked, and in which help should have come. Illustrative. */
export const leadClocks = { found: 5, verified: 20 } as const

export const isLeadClosed = (state: LeadState): boolean => state !== 'found' && state !== 'verified'

const mayStep = (t: LeadTransition, who: Pick<Actor, 'role'>) =>
  who.role === 'townshipClerk' || who.role === 'districtOfficer' || (who.role === 'guide' && t.by === 'reaches')

export const leadStepsOpen = (state: LeadState, who: Pick<Actor, 'role'>): LeadTransition[] =>
  leadTransitions.filter(t => t.from.includes(state) && mayStep(t, who))
