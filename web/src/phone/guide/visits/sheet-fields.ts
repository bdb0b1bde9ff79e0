import type { FieldValue } from '@zhulian/kernel'
import type { Words } from '@zhulian/kernel'
import type { DayTask, Form } from './day.ts'

/** One thing to fill in, whatever it is about. */
export interface SheetField {
  readonly field: string
  readonly words: Words
  readonly about: string | undefined
  readonly kind: 'choice' | 'yesNo' | 'number' | 'money' | 'text' | 'date' | 'several'
  readonly options: readonly { readonly value: string | number | boolean; readonly words: Words }[]
  readonly unit: Words | undefined
  /** What the registry has; undefined where it has nothing. */
  readonly known: FieldValue | undefined
}

/** The facts to check at this door: of the household, and of each member of an age. */
export function factFields(form: Form, task: DayTask): SheetField[] {
  const home = form.household.map(f => ({
    ...f,
    field: `household.${f.fact}`,
    about: undefined,
    unit: f.unit ?? undefined,
    known: task.facts[f.fact] as FieldValue | undefined,
  }))
  const people = task.members.flatMap(m =>
    form.person
      .filter(f => m.age !== null && m.age >= f.from && m.age <= f.to)
      .map(f => ({
        ...f,
        field: `person.${m.id}.${f.fact}`,
        about: m.name,
        unit: f.unit ?? undefined,
        known: m.facts[f.fact] as FieldValue | undefined,
      })),
  )
  return [...people, ...home]
}

export const askFields = (form: Form): SheetField[] =>
  form.asks.map(a => ({
    field: `ask.${a.id}`,
    words: a.words,
    about: undefined,
    kind: 'choice',
    options: a.options,
    unit: undefined,
    known: undefined,
  }))

type Found = 'result' | 'risk' | 'needs' | 'duties'

export function foundFields(form: Form, words: Readonly<Record<Found, Words>>): SheetField[] {
  const of = (field: Found, options: SheetField['options']): SheetField => ({
    field,
    words: words[field],
    about: undefined,
    kind: field === 'needs' || field === 'duties' ? 'several' : 'choice',
    options,
    unit: undefined,
    known: undefined,
  })
  const { duties = [] } = form as Partial<Form>
  return [
    of('result', form.results),
    of('risk', form.risks),
    of('needs', form.needs),
    // Forms that a telephone kept from before have none.
    ...(duties.length > 0 ? [of('duties', duties)] : []),
  ]
}

/** A value as a person reads it. */
export function saidOf(
  field: Pick<SheetField, 'options' | 'unit'>,
  value: FieldValue,
  say: (words: Words) => string,
  empty: string,
  list: string,
): string {
  if (value === null || value === '') return empty
  if (Array.isArray(value)) return value.map(v => saidOf(field, v as FieldValue, say, empty, list)).join(list)
  const option = field.options.find(o => o.value === value)
  if (option) return say(option.words)
  const plain = typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`
  return field.unit ? `${plain} ${say(field.unit)}` : plain
}
