/** What can be known of a person in a list. `id` names the row and `household` its family; neither is evidence of identity. */
export const fields = [
  'id',
  'household',
  'name',
  'givenName',
  'surname',
  'sex',
  'birthDate',
  'idNumber',
  'number',
  'phone',
  'email',
  'address',
  'houseNumber',
  'street',
  'locality',
  'suburb',
  'postcode',
  'region',
  'birthPlace',
  'occupation',
] as const
export type Field = (typeof fields)[number]

/** A list of people by columns: each as long as the list, texts as they stood in the file, `''` for nothing. */
export interface People {
  readonly size: number
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>
}
export type Person = Readonly<Partial<Record<Field, string>>>

/** @example peopleOf([{ id: 'F1', name: '许琴', birthDate: '1949-04-15' }]) */
export function peopleOf(persons: readonly Person[]): People {
  const used = fields.filter(field => persons.some(p => (p[field] ?? '') !== ''))
  return {
    size: persons.length,
    columns: Object.fromEntries(used.map(field => [field, persons.map(p => p[field] ?? '')])),
  }
}
