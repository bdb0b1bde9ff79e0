import { numberIn } from '../../parts/number-in.ts'
import type { Question } from '../kinds.ts'

/** What is on the page before it is sent: everything as typed. */
export interface Draft {
  /** Chosen rows: option values as JSON, or one of the marks below. */
  readonly chosen: readonly string[]
  /** Number, money, text, day or village as typed. */
  readonly text: string
  readonly items: readonly Item[]
}

export type Item = Readonly<Record<string, string>>

/** Rows that are no option of the question. */
export const marks = {
  unsure: '?unsure',
  none: '?none',
  right: '?right',
  different: '?different',
  some: '?some',
} as const

/** The row of a rough amount that still asks for the figure. */
export const bandRow = (at: number): string => `?band ${at}`
const isBand = (row: string) => row.startsWith('?band ')

export type Kind = Question['kind']
type Value = NonNullable<Question['draft']>['value']

export type Wrong = 'choose' | 'number' | 'tooSmall' | 'tooLarge' | 'date' | 'text' | 'place' | 'item'
export type Answer = { readonly question: string } & (
  | { readonly value: NonNullable<Value> | null }
  | { readonly unknown: true }
  | { readonly confirmed: true }
)
export type Reading = { readonly answer: Answer } | { readonly wrong: Wrong; readonly item?: number }

/** The input a question needs: for one that confirms, the input to show when what is known is wrong. */
export const inputKind = (question: Question): Kind =>
  question.kind === 'confirm' ? (question.known?.kindOf ?? 'yesNo') : question.kind

export const encode = (value: string | number | boolean): string => JSON.stringify(value)
const decode = (row: string): string | number | boolean => JSON.parse(row) as string | number | boolean

export const emptyDraft: Draft = { chosen: [], text: '', items: [] }

/** Answers that are lists: “none” is the empty one. */
const many = new Set<Kind>(['several', 'who', 'list'])
const typed = new Set<Kind>(['number', 'money', 'text', 'date', 'place'])

/** What was answered here before going back, as it was typed. */
export function draftOf(question: Question): Draft {
  const { draft } = question
  if (!draft) return emptyDraft
  if (draft.unknown) return { ...emptyDraft, chosen: [marks.unsure] }
  const value = draft.value
  if (value === undefined) return emptyDraft
  const wrapped = question.kind === 'confirm' ? [marks.different] : []
  if (value === null) return { ...emptyDraft, chosen: [...wrapped, marks.none] }
  if (Array.isArray(value)) return draftOfList(question, value, wrapped)
  const kind = inputKind(question)
  const isOption = [...question.options, ...question.bands].some(option => option.value === value)
  if (typed.has(kind) && !isOption)
    return { ...emptyDraft, chosen: [...wrapped, ...bandOf(question, value)], text: String(value) }
  return { ...emptyDraft, chosen: [...wrapped, encode(value as string | number | boolean)] }
}

function bandOf(question: Question, value: unknown): readonly string[] {
  const at = question.bands.findIndex(
    band => typeof value === 'number' && value >= (band.min ?? -Infinity) && value < (band.max ?? Infinity),
  )
  return at < 0 ? [] : [bandRow(at)]
}

function draftOfList(question: Question, value: readonly unknown[], wrapped: readonly string[]): Draft {
  if (inputKind(question) !== 'list') {
    return {
      ...emptyDraft,
      chosen: [...wrapped, ...(value.length ? value.map(one => encode(one as string)) : [marks.none])],
    }
  }
  const items = value.map(item =>
    Object.fromEntries(
      Object.entries(item as Record<string, unknown>).map(([name, part]) => [name, itemText(question, name, part)]),
    ),
  )
  return { ...emptyDraft, chosen: [...wrapped, items.length ? marks.some : marks.none], items }
}

function itemText(question: Question, name: string, part: unknown): string {
  if (part === null || part === undefined) return ''
  const field = question.fields.find(one => one.name === name)
  return field && typed.has(field.kind) ? String(part as string) : JSON.stringify(part)
}

/** Reads the page. Nothing is guessed: what cannot be read is asked again beside its field. */
export function readDraft(question: Question, draft: Draft): Reading {
  const of = (value: NonNullable<Value> | null): Reading => ({ answer: { question: question.key, value } })
  if (draft.chosen.includes(marks.unsure)) return { answer: { question: question.key, unknown: true } }
  if (draft.chosen.includes(marks.right)) return { answer: { question: question.key, confirmed: true } }
  const kind = inputKind(question)
  const rows = draft.chosen.filter(row => row !== marks.different && !isBand(row))
  if (question.kind === 'confirm' && !draft.chosen.includes(marks.different)) return { wrong: 'choose' }
  if (rows.includes(marks.none)) return of(question.none || !many.has(kind) ? null : [])
  if (kind === 'list') return readItems(question, draft, rows)
  if (kind === 'several' || kind === 'who')
    return rows.length ? of(rows.map(row => decode(row) as string)) : { wrong: 'choose' }
  const [row] = rows
  if (row !== undefined) return of(decode(row))
  if (!typed.has(kind)) return { wrong: 'choose' }
  const read = readTyped(kind, draft.text, question.min, question.max)
  return 'wrong' in read ? read : of(read.value)
}

function readTyped(
  kind: Kind,
  text: string,
  min: number | null,
  max: number | null,
): { value: string | number } | { wrong: Wrong } {
  const written = text.trim()
  if (kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(written) ? { value: written } : { wrong: 'date' }
  if (kind === 'place') return /^\d{6}(\d{6})?$/.test(written) ? { value: written } : { wrong: 'place' }
  if (kind === 'text') return written ? { value: written } : { wrong: 'text' }
  const number = numberIn(written)
  if (number === undefined) return { wrong: 'number' }
  if (min !== null && number < min) return { wrong: 'tooSmall' }
  if (max !== null && number > max) return { wrong: 'tooLarge' }
  return { value: number }
}

function readItems(question: Question, draft: Draft, rows: readonly string[]): Reading {
  if (!rows.includes(marks.some)) return { wrong: 'choose' }
  const read: Record<string, string | number | boolean | null>[] = []
  for (const [i, item] of draft.items.entries()) {
    const parts: Record<string, string | number | boolean | null> = {}
    for (const field of question.fields) {
      const text = item[field.name] ?? ''
      if (text === '') {
        // The first field says what the item is; the rest may be left open.
        if (field === question.fields[0]) return { wrong: 'item', item: i }
        continue
      }
      const value = typed.has(field.kind) ? readTyped(field.kind, text, field.min, field.max) : { value: decode(text) }
      if ('wrong' in value) return { wrong: 'item', item: i }
      parts[field.name] = value.value
    }
    read.push(parts)
  }
  return read.length ? { answer: { question: question.key, value: read } } : { wrong: 'item', item: 0 }
}
