import type { Words } from '@zhulian/kernel'
import type { DraftState, DraftStep } from './workbench-contract.ts'

/** The life of a draft. Whoever wrote in it hands it on; only somebody else puts it in force. */
export const transitions: readonly {
  readonly step: DraftStep
  readonly from: readonly DraftState[]
  readonly to: DraftState
  /** `second`: not one of its authors. */
  readonly by: 'anyone' | 'second'
}[] = [
  { step: 'edit', from: ['draft', 'returned'], to: 'draft', by: 'anyone' },
  { step: 'submit', from: ['draft', 'returned'], to: 'submitted', by: 'anyone' },
  { step: 'publish', from: ['submitted'], to: 'published', by: 'second' },
  { step: 'return', from: ['submitted'], to: 'returned', by: 'anyone' },
  { step: 'withdraw', from: ['draft', 'submitted', 'returned'], to: 'withdrawn', by: 'anyone' },
]

export const stateWords: Readonly<Record<DraftState, Words>> = {
  draft: { zh: '草稿', en: 'draft' },
  submitted: { zh: '待复核发布', en: 'waiting for a second person' },
  returned: { zh: '已退回', en: 'given back' },
  published: { zh: '已发布', en: 'published' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
}

export const openStates: readonly DraftState[] = ['draft', 'submitted', 'returned']

export const stepsOpen = (state: DraftState, mine: boolean): readonly DraftStep[] =>
  transitions.filter(t => t.from.includes(state) && (t.by === 'anyone' || !mine)).map(t => t.step)

/** Where a step leads, or undefined when it is not open in this state. */
export const leadsTo = (step: DraftStep, state: DraftState): DraftState | undefined =>
  transitions.find(t => t.step === step && t.from.includes(state))?.to
