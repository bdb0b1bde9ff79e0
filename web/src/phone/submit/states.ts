import { both, busy, calm, id, idle, nothing, refused, screening } from '../states/made-up.ts'
import type { DoneViewProps, SubmitViewProps } from './screen.tsx'

const base: SubmitViewProps = { screening, send: nothing, sending: idle, leave: nothing }
const done: DoneViewProps = {
  submitted: {
    id: id(4),
    case: id(3),
    canTakeBackUntil: '2099-01-01T00:00:00.000Z',
    toldTo: both('已告诉导服员徐晓雯', 'Your guide has been told'),
    calm: null,
  },
  takenBack: false,
  takeBack: nothing,
  takingBack: idle,
  result: '/result/1',
  progress: '/mine/1',
}

export const submitStates: Readonly<Record<string, SubmitViewProps>> = {
  fresh: base,
  'village not known': { ...base, screening: { ...screening, village: null } },
  sending: { ...base, sending: busy },
  'handed in already': { ...base, sending: refused('这份结果已经交给导服员了，不用再交一次。') },
}
export const doneStates: Readonly<Record<string, DoneViewProps>> = {
  'can be taken back': done,
  'something goes to a trained person first': {
    ...done,
    submitted: { ...done.submitted, calm, toldTo: both('已告诉镇里，会有人联系您', 'The township has been told') },
  },
  'too late': { ...done, submitted: { ...done.submitted, canTakeBackUntil: '2001-01-01T00:00:00.000Z' } },
  'taken back': { ...done, takenBack: true },
}
