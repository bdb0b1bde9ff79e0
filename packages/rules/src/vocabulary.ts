import type { ValueForm } from './documents.ts'
import type { List, Type } from './ir.ts'

/** What the names of an expression mean: built from the documents, used by the type check. */
export interface Vocabulary {
  readonly facts: ReadonlyMap<string, FactWord>
  readonly parameters: ReadonlyMap<string, number>
  readonly policies: ReadonlyMap<string, PolicyWord>
  /** The names are the caller's own, without owners, and the arithmetic is CEL's to the letter. */
  readonly exact?: true
}

export interface FactWord {
  readonly fact: number
  readonly form: ValueForm
  readonly fields?: Readonly<Record<string, ValueForm>> | undefined
  /** A derived list is read in place of its name. */
  readonly list?: string | undefined
}

export interface PolicyWord {
  readonly policy: number
  readonly scope: 'household' | 'person'
}

/** What the elements of a list are. */
export type Element =
  | { readonly of: 'person' }
  | { readonly of: 'item'; readonly fields: Readonly<Record<string, ValueForm>>; readonly list: List & { op: 'items' } }
  | { readonly of: 'element'; readonly type: Type; readonly list: List & { op: 'items' } }

export function typeOf(form: ValueForm, exact?: true): Type {
  if (exact && form.type === 'integer') return { is: 'number', as: 'int' }
  if (exact && form.type === 'number') return { is: 'number', as: 'double' }
  switch (form.type) {
    case 'boolean':
      return { is: 'boolean' }
    case 'integer':
    case 'number':
    case 'money':
      return { is: 'number' }
    case 'date':
      return { is: 'date' }
    case 'enum':
    case 'set':
      return form.values ? { is: 'text', values: form.values.map(v => v.value) } : { is: 'text' }
    default:
      return { is: 'text' }
  }
}

export const typeWords: Record<Type['is'], { zh: string; en: string }> = {
  boolean: { zh: '是或否', en: 'yes or no' },
  number: { zh: '数', en: 'a number' },
  date: { zh: '日期', en: 'a day' },
  text: { zh: '文字', en: 'a word' },
  null: { zh: '无（null）', en: 'none (null)' },
}
