import type { Words } from './words.ts'

/**
 * A sheet that several telephones fill in without a network. Each writes a field over what it had seen of it (`base`); what
 * nobody has written over since is a head. One head is the field's value; heads that say the same are one; heads that
 * differ were written at the same time by people who did not see each other, and a person picks. Nothing here decides by
 * the time of a clock or by who came first, so any order of arrival ends in the same sheet.
 *
 * @source multi-value register: Shapiro et al., A comprehensive study of convergent replicated data types, 2011, 3.2.3
 */

/** `device:counter` */
export type EditId = string

export type FieldValue =
  | null
  | boolean
  | number
  | string
  | readonly FieldValue[]
  | { readonly [key: string]: FieldValue }

export interface Edit {
  readonly id: EditId
  readonly field: string
  /** The edits of this field that who wrote had seen; they are written over. */
  readonly base: readonly EditId[]
  readonly value: FieldValue
}

export const editId = (device: string, counter: number): EditId => `${device}:${counter}`

/** Equal whatever the order of an object's keys. */
export const sameValue = (a: FieldValue, b: FieldValue): boolean => canonical(a) === canonical(b)

const canonical = (value: FieldValue): string =>
  JSON.stringify(value, (_, v: FieldValue) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  )

/** What is written in a field and was not written over. @returns in the order of their ids, which all telephones share */
export function headsOf<E extends Edit>(edits: Iterable<E>, field: string): E[] {
  const own = [...edits].filter(e => e.field === field)
  const over = new Set(own.flatMap(e => [...e.base]))
  const byId = new Map(own.map(e => [e.id, e]))
  return [...byId.values()].filter(e => !over.has(e.id)).sort((a, b) => (a.id < b.id ? -1 : 1))
}

export type FieldState<E extends Edit = Edit> =
  | { readonly kind: 'empty' }
  | { readonly kind: 'value'; readonly value: FieldValue; readonly heads: readonly E[] }
  /** One of each value, at least two. */
  | { readonly kind: 'conflict'; readonly sides: readonly E[]; readonly heads: readonly E[] }

export function fieldOf<E extends Edit>(edits: Iterable<E>, field: string): FieldState<E> {
  const heads = headsOf(edits, field)
  const sides: E[] = []
  for (const head of heads) if (!sides.some(s => sameValue(s.value, head.value))) sides.push(head)
  const [first] = sides
  if (!first) return { kind: 'empty' }
  return sides.length === 1 ? { kind: 'value', value: first.value, heads } : { kind: 'conflict', sides, heads }
}

export const fieldsOf = (edits: Iterable<Edit>): string[] => [...new Set([...edits].map(e => e.field))].sort()

/** Fields that a person has to settle. */
export const conflictsOf = (edits: readonly Edit[]): string[] =>
  fieldsOf(edits).filter(field => fieldOf(edits, field).kind === 'conflict')

export interface RowAnswer {
  readonly id: EditId
  /**
   * `conflict`: kept, and somebody else's value stands beside it. `renumber`: its number was used for something else, as by a
   * telephone that went back to an old copy of itself; it counts on and sends again.
   */
  readonly state: 'kept' | 'conflict' | 'refused' | 'renumber'
  readonly words?: Words | undefined
}

/**
 * Takes what one telephone sent, in its order, into what is kept of a sheet. The same sent again changes nothing. What was
 * written over an edit whose number was taken waits with it: else it would stand over what is kept under that number.
 */
export function takeEdits<E extends Edit>(
  edits: readonly E[],
  batch: readonly E[],
): { readonly edits: readonly E[]; readonly rows: readonly RowAnswer[] } {
  const all = new Map(edits.map(e => [e.id, e]))
  const again = new Set<EditId>()
  const states = batch.map(edit => {
    const before = all.get(edit.id)
    const isSame = before?.field === edit.field && sameValue([before.value, before.base], [edit.value, edit.base])
    if ((before && !isSame) || edit.base.some(id => again.has(id))) again.add(edit.id)
    else all.set(edit.id, before ?? edit)
    return { id: edit.id, field: edit.field, renumber: again.has(edit.id) }
  })
  const kept = [...all.values()]
  const torn = new Set(conflictsOf(kept))
  return {
    edits: kept,
    rows: states.map(({ id, field, renumber }) => ({
      id,
      state: renumber ? 'renumber' : torn.has(field) ? 'conflict' : 'kept',
    })),
  }
}

/** What waits on a telephone to be sent. Once `sent` it may have arrived, whatever came back, and is never changed again. */
export interface Waiting extends Edit {
  readonly sheet: string
  readonly counter: number
  readonly at: string
  readonly sent: boolean
  /** Why it was not taken, in words; who writes the field anew replaces it. */
  readonly refused?: Words
}

/** What a telephone knows: for each sheet the heads it was told, and what it wrote since. All of it lies on its disk before anything is sent. */
export interface Pocket {
  readonly device: string
  /** The last number given to an edit. */
  readonly counter: number
  readonly known: Readonly<Record<string, readonly Edit[]>>
  /** Of how many edits of each sheet it knows. */
  readonly seen: Readonly<Record<string, number>>
  readonly waiting: readonly Waiting[]
}

export const emptyPocket = (device: string): Pocket => ({ device, counter: 0, known: {}, seen: {}, waiting: [] })

/** The sheet as its screen shows it: what was told and what was written here since, without what was refused. */
export const sheetOn = (pocket: Pocket, sheet: string): readonly Edit[] => [
  ...(pocket.known[sheet] ?? []),
  ...pocket.waiting.filter(w => w.sheet === sheet && !w.refused),
]

/**
 * Writes a field over what the screen shows of it; over a conflict, this settles it. While nothing of it was sent the same
 * edit grows with each keystroke.
 */
export function writeField(pocket: Pocket, sheet: string, field: string, value: FieldValue, at: string): Pocket {
  const heads = headsOf(sheetOn(pocket, sheet), field)
  const rest = pocket.waiting.filter(w => !(w.refused && w.sheet === sheet && w.field === field))
  const here = rest.filter(w => w.sheet === sheet && w.field === field)
  const [only] = heads
  const own = heads.length === 1 ? here.find(w => w.id === only?.id && !w.sent) : undefined
  if (own) return { ...pocket, waiting: rest.map(w => (w === own ? { ...own, value, at } : w)) }
  const counter = pocket.counter + 1
  // What an edit that has not arrived was written over is named too: should that edit never arrive, this one still does not stand against it.
  const under = heads.flatMap(h => here.find(w => w.id === h.id)?.base ?? [])
  const base = [...new Set([...heads.map(h => h.id), ...under])]
  const edit = { id: editId(pocket.device, counter), sheet, field, base, value, counter, at, sent: false }
  return { ...pocket, counter, waiting: [...rest, edit] }
}

/** Marks what is about to be sent. To be kept on the disk before it is. */
export function markSent(
  pocket: Pocket,
  limit: number,
): { readonly pocket: Pocket; readonly batch: readonly Waiting[] } {
  const batch = pocket.waiting.filter(w => !w.refused).slice(0, limit)
  const ids = new Set(batch.map(w => w.id))
  const waiting = pocket.waiting.map(w => (ids.has(w.id) && !w.sent ? { ...w, sent: true } : w))
  return { pocket: { ...pocket, waiting }, batch: waiting.filter(w => ids.has(w.id)) }
}

/** How a sheet is answered: `heads` is null where the telephone had seen all before, and only what it sent has come to it. */
export interface SheetAnswer {
  readonly edits: number
  readonly heads: readonly Edit[] | null
}

/** Whether a telephone that knew of so many edits before it sent its own can work out for itself what stands now. */
export const knowsAll = (editsBefore: number, seen: number): boolean => editsBefore === seen

/** Takes an answer in: what arrived no longer waits, sheets are as the server has them. */
export function takeAnswer(
  pocket: Pocket,
  rows: readonly RowAnswer[],
  sheets: Readonly<Record<string, SheetAnswer>>,
  lastCounter: number,
): Pocket {
  const answers = new Map(rows.map(r => [r.id, r]))
  let counter = Math.max(pocket.counter, lastCounter)
  // One number used twice: any other that waits may be one too.
  const wentBack = rows.some(r => r.state === 'renumber')
  const renamed = new Map<EditId, EditId>()
  const waiting: Waiting[] = []
  const arrived: Waiting[] = []
  for (const row of pocket.waiting) {
    const answer = answers.get(row.id)
    if (answer?.state === 'kept' || answer?.state === 'conflict') {
      arrived.push(row)
      continue
    }
    if (answer?.state === 'renumber' || (wentBack && !answer && !row.refused)) {
      counter++
      const id = editId(pocket.device, counter)
      renamed.set(row.id, id)
      waiting.push({ ...row, id, counter, sent: false })
    } else if (answer?.state === 'refused' && answer.words) waiting.push({ ...row, refused: answer.words })
    else waiting.push(row)
  }
  return {
    ...pocket,
    counter,
    known: {
      ...pocket.known,
      ...Object.fromEntries(
        Object.entries(sheets).map(([sheet, { heads }]) => [
          sheet,
          heads ?? standingOf([...(pocket.known[sheet] ?? []), ...arrived.filter(a => a.sheet === sheet).map(plainOf)]),
        ]),
      ),
    },
    seen: { ...pocket.seen, ...Object.fromEntries(Object.entries(sheets).map(([sheet, { edits }]) => [sheet, edits])) },
    waiting: waiting.map(w =>
      w.base.some(b => renamed.has(b)) ? { ...w, base: w.base.map(b => renamed.get(b) ?? b) } : w,
    ),
  }
}

const standingOf = (edits: readonly Edit[]): readonly Edit[] => fieldsOf(edits).flatMap(field => headsOf(edits, field))
const plainOf = ({ id, field, base, value, at }: Waiting): Edit & { readonly at: string } => ({
  id,
  field,
  base,
  value,
  at,
})
