import {
  conflictsOf,
  type Edit,
  emptyPocket,
  type Pocket,
  type RowAnswer,
  sheetOn,
  takeAnswer,
  type Waiting,
  type Words,
} from '@zhulian/kernel'
import type { Result } from '../../../platform/api.ts'

/** What a telephone keeps of a day, what it asks, and what is left after an answer. Pure: where it lies is the keeper's. */
export type Synced = Result<'POST /sync'>
export type DayTask = Synced['tasks'][number]
export type Form = NonNullable<Synced['forms']>['all'][number]
type Head = NonNullable<Synced['sheets'][string]['heads']>[number]
export type AlarmKind = 'violence' | 'suicide' | 'childAbuse'

export interface KeptFile {
  readonly id: string
  readonly visit: string
  readonly kind: 'photo' | 'signature' | 'voice'
  readonly type: string
  readonly bytes: number
  readonly takenAt: string
  readonly sent: boolean
  readonly refused?: string
}
interface Hand {
  readonly visit: string
  readonly on: string
  readonly refused?: Words
  readonly conflict?: true
}

/** All that lies in the vault besides the files, as one record: it is whole or it is not there. */
export interface Day {
  readonly pocket: Pocket
  readonly tasks: readonly DayTask[]
  readonly forms: { readonly version: string; readonly all: readonly Form[] }
  readonly hands: readonly Hand[]
  readonly alarms: readonly {
    readonly id: string
    readonly visit: string
    readonly kind: AlarmKind
    readonly words?: string
    /** Why it did not reach the township; it is sent again each time, and stays until it does. */
    readonly refused?: Words
  }[]
  readonly files: readonly KeptFile[]
  readonly also: readonly string[]
  readonly today: string
  /** What the last answer said beside a kept row. */
  readonly said: readonly Words[]
}

export const emptyDay = (device: string): Day => ({
  pocket: emptyPocket(device),
  tasks: [],
  forms: { version: '', all: [] },
  hands: [],
  alarms: [],
  files: [],
  also: [],
  today: '',
  said: [],
})

/** How many rows, files and sheets have not reached the server. */
export const unsent = (d: Day): number =>
  d.pocket.waiting.length + d.files.filter(f => !f.sent).length + d.hands.length + d.alarms.length

/** What a sheet shows, with who wrote what. */
export const sheetOf = (d: Day, visit: string) => sheetOn(d.pocket, visit)
export const conflictsIn = (d: Day, visit: string): string[] => conflictsOf(sheetOn(d.pocket, visit))
/** Undefined for what was written on this telephone. */
export const writerOf = (d: Day, visit: string, id: string): string | undefined =>
  id.startsWith(`${d.pocket.device}:`)
    ? undefined
    : (d.pocket.known[visit] as readonly Head[] | undefined)?.find(h => h.id === id)?.by

/** What is asked of the server, with the rows that go now. */
export const askOf = (d: Day, batch: readonly Waiting[]) => ({
  device: d.pocket.device,
  edits: batch.map(({ sheet, counter, field, base, value, at }) => ({
    visit: sheet,
    counter,
    field,
    base: [...base],
    value: value as never,
    at,
  })),
  hand: ready(d, batch).map(({ visit, on }) => ({ visit, on })),
  alarms: d.alarms.map(({ refused: _refused, ...alarm }) => alarm),
  also: [...d.also],
  seen: { ...d.pocket.seen },
  forms: d.forms.version,
})

/** Sheets whose rows are all through with this sending; one with a row that came back waits until it is put right. */
const ready = (d: Day, batch: readonly { readonly id: string }[]): readonly Hand[] => {
  const going = new Set(batch.map(b => b.id))
  const held = new Set(d.pocket.waiting.filter(w => w.refused || !going.has(w.id)).map(w => w.sheet))
  return d.hands.filter(h => !h.refused && !held.has(h.visit))
}

/** The day after an answer to what was `asked`; what was done meanwhile is in `now`. */
export function dayAfter(asked: Day, now: Day, answer: Synced): Day {
  const pocket = takeAnswer(now.pocket, answer.rows as readonly RowAnswer[], answer.sheets as never, answer.lastCounter)
  const handed = new Map<string, Synced['handed'][number]>(answer.handed.map(h => [h.visit, h]))
  const hands = now.hands.flatMap((hand): Hand[] => {
    const result = handed.get(hand.visit)
    if (!result || hand.refused || !asked.hands.includes(hand)) return [hand]
    if (result.state === 'done') return []
    if (result.state === 'conflict') return [{ visit: hand.visit, on: hand.on, conflict: true }]
    return [{ ...hand, refused: result.words ?? { zh: '', en: '' } }]
  })
  const raised = new Map<string, Synced['alarms'][number]>(answer.alarms.map(a => [a.id, a]))
  const alarms = now.alarms.flatMap(alarm => {
    const result = raised.get(alarm.id)
    if (result?.state === 'raised') return []
    return result?.words ? [{ ...alarm, refused: result.words }] : [alarm]
  })
  const waits = new Set([
    ...pocket.waiting.map(w => w.sheet),
    ...hands.map(h => h.visit),
    ...now.files.filter(f => !f.sent).map(f => f.visit),
  ])
  // What is done leaves the telephone, unless something of it has not reached the server.
  const tasks = [
    ...answer.tasks,
    ...now.tasks.filter(t => waits.has(t.visit) && !answer.tasks.some(a => a.visit === t.visit)),
  ]
  const shown = new Set<string>(tasks.map(t => t.visit))
  const said = answer.rows.flatMap(r => (r.state === 'kept' && r.words ? [r.words] : []))
  return {
    ...now,
    pocket: { ...pocket, known: knownOf(pocket, tasks), seen: seenOf(pocket, tasks, now.tasks) },
    tasks,
    forms: (answer.forms as Day['forms'] | null) ?? now.forms,
    hands,
    alarms,
    files: now.files.filter(f => shown.has(f.visit)),
    today: answer.today,
    said: [...now.said, ...said].slice(-10),
  }
}

/** Whether a sheet has to be asked for anew, and at once: else what stands in it would be written over unseen. */
export const asksAnew = (asked: Day, after: Day): boolean =>
  after.tasks.some(t => asked.pocket.seen[t.visit] !== undefined && after.pocket.seen[t.visit] === undefined)

/** Of a sheet whose people are others than before it knows too much or too little, however many edits it was told of. */
const seenOf = (pocket: Pocket, tasks: readonly DayTask[], before: readonly DayTask[]): Pocket['seen'] => {
  const peopleOf = (task: DayTask) => JSON.stringify(task.members.map(m => m.id).toSorted())
  const peopleBefore = new Map(before.map(t => [t.visit, peopleOf(t)]))
  return Object.fromEntries(
    tasks.flatMap(task => {
      const seen = pocket.seen[task.visit]
      const changed = (peopleBefore.get(task.visit) ?? peopleOf(task)) !== peopleOf(task)
      return seen === undefined || changed ? [] : [[task.visit, seen]]
    }),
  )
}

/** Sheets of today, without what was written about people whose record is no longer open to who holds the telephone. */
function knownOf(pocket: Pocket, tasks: readonly DayTask[]): Pocket['known'] {
  return Object.fromEntries(
    tasks.flatMap((task): [string, readonly Edit[]][] => {
      const known = pocket.known[task.visit]
      if (!known) return []
      const members = new Set<string>(task.members.map(m => m.id))
      const of = (field: string) => /^person\.([^.]+)\./.exec(field)?.[1]
      return [[task.visit, known.filter(e => members.has(of(e.field) ?? '') || of(e.field) === undefined)]]
    }),
  )
}
