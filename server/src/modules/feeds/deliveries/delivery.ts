import type { Words } from '@zhulian/kernel'

/**
 * What a delivery is: one file of a bureau, and the table of what can happen to it. It decides what the server lets through and
 * which buttons a screen shows.
 */
export const deliveryStates = [
  'received',
  'reading',
  'read',
  'needsTwo',
  'releasing',
  'released',
  'undoing',
  'undone',
  'refused',
  'cancelled',
] as const
export type DeliveryState = (typeof deliveryStates)[number]

export const deliverySteps = [
  'read',
  'readDone',
  'mend',
  'rerun',
  'release',
  'askSecond',
  'confirm',
  'refuse',
  'takeBack',
  'releaseDone',
  'fail',
  'undo',
  'undoDone',
  'undoRefused',
  'cancel',
] as const
export type DeliveryStep = (typeof deliverySteps)[number]

/** What is not here cannot happen. Rows may be mended before and after the rest is released; what was mended is released again. */
export const deliveryLife: Readonly<Record<DeliveryState, Partial<Record<DeliveryStep, DeliveryState>>>> = {
  received: { read: 'reading', cancel: 'cancelled' },
  reading: { readDone: 'read', fail: 'received', cancel: 'cancelled' },
  read: { mend: 'read', rerun: 'reading', release: 'releasing', askSecond: 'needsTwo', cancel: 'cancelled' },
  needsTwo: { confirm: 'releasing', refuse: 'refused', takeBack: 'read', cancel: 'cancelled' },
  releasing: { releaseDone: 'released', fail: 'read', cancel: 'cancelled' },
  released: { mend: 'released', rerun: 'reading', release: 'releasing', askSecond: 'needsTwo', undo: 'undoing' },
  undoing: { undoDone: 'undone', undoRefused: 'released', fail: 'released' },
  undone: {},
  refused: {},
  cancelled: {},
}

/** Once something of it stands in the registry it is undone, not cancelled: a later "no" leaves what was released as it is. */
const afterRelease: Readonly<Partial<typeof deliveryLife>> = {
  received: { read: 'reading' },
  reading: { readDone: 'released', fail: 'received' },
  needsTwo: { confirm: 'releasing', refuse: 'released', takeBack: 'released' },
  releasing: { releaseDone: 'released', fail: 'released', cancel: 'released' },
}

type Standing = { readonly state: DeliveryState; readonly applied_at: Date | null }

export const nextState = ({ state, applied_at }: Standing, step: DeliveryStep): DeliveryState | undefined =>
  ((applied_at && afterRelease[state]) || deliveryLife[state])[step]

export const openSteps = (standing: Standing): DeliveryStep[] =>
  deliverySteps.filter(step => nextState(standing, step) !== undefined)

export const deliveryWords: Readonly<Record<DeliveryState, Words>> = {
  received: { zh: '已收到，待读入', en: 'received, to be read' },
  reading: { zh: '正在读入', en: 'being read' },
  read: { zh: '已读入，待放行', en: 'read, to be released' },
  needsTwo: { zh: '等第二个人确认', en: 'waits for a second person' },
  releasing: { zh: '正在入库', en: 'being released' },
  released: { zh: '已入库', en: 'released' },
  undoing: { zh: '正在撤销', en: 'being undone' },
  undone: { zh: '已撤销', en: 'undone' },
  refused: { zh: '第二个人没有同意', en: 'refused by the second person' },
  cancelled: { zh: '已取消', en: 'cancelled' },
}

/** What becomes of a row. Every row of a file has exactly one of these once it is read. */
export const outcomes = ['accepted', 'duplicate', 'unchanged', 'look', 'notInRegistry', 'quarantined'] as const
export type Outcome = (typeof outcomes)[number]

/** Of the registry's people; a file that would change more of them stops and asks a second person. */
export const mostShare = 0.03

export type TwoBecause = 'dangerous' | 'share'

/** Why two people must release it. */
export const twoBecause = (
  source: { readonly dangerous?: true | undefined },
  people: number,
  known: number,
): TwoBecause[] => [
  ...(source.dangerous ? (['dangerous'] as const) : []),
  ...(people > known * mostShare ? (['share'] as const) : []),
]
