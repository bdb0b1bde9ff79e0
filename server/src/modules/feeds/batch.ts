import type { Words } from '@zhulian/kernel'

export const batchStates = [
  'staged',
  'checking',
  'checked',
  'applying',
  'applied',
  'undoing',
  'undone',
  'discarded',
] as const
export type BatchState = (typeof batchStates)[number]
export type BatchStep =
  | 'check'
  | 'checkDone'
  | 'apply'
  | 'applyDone'
  | 'undo'
  | 'undoDone'
  | 'undoRefused'
  | 'discard'
  | 'fail'

/** The life of a file. What is not here cannot happen. */
export const life: Readonly<Record<BatchState, Partial<Record<BatchStep, BatchState>>>> = {
  staged: { check: 'checking', discard: 'discarded' },
  checking: { checkDone: 'checked', fail: 'staged' },
  checked: { check: 'checking', apply: 'applying', discard: 'discarded' },
  applying: { applyDone: 'applied', fail: 'checked' },
  applied: { undo: 'undoing' },
  undoing: { undoDone: 'undone', undoRefused: 'applied', fail: 'applied' },
  undone: { check: 'checking', discard: 'discarded' },
  discarded: {},
}

export const stateWords: Readonly<Record<BatchState, Words>> = {
  staged: { zh: '已上传，待检查', en: 'uploaded, to be checked' },
  checking: { zh: '正在检查', en: 'being checked' },
  checked: { zh: '已检查，待入库', en: 'checked, to be applied' },
  applying: { zh: '正在入库', en: 'being applied' },
  applied: { zh: '已入库', en: 'applied' },
  undoing: { zh: '正在撤销', en: 'being undone' },
  undone: { zh: '已撤销', en: 'undone' },
  discarded: { zh: '已放弃', en: 'discarded' },
}
