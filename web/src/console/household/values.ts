import type { Result } from '../../platform/api.ts'
import { formatDay, formatYuan } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { api } from '../../platform/api.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useDivisions } from '../shell/place-name.ts'
import { useHouseholdWords } from './words/index.ts'

export type Household = Result<'GET /households/:id'>
export type Member = Household['members'][number]
export type Known = Household['facts'][number]
export type FactKind = Result<'GET /facts'>['items'][number]
export type Scope = 'household' | 'person'

export interface Dictionary {
  readonly of: (scope: Scope, fact: string) => FactKind | undefined
  readonly all: readonly FactKind[]
}

/** The dictionary of facts, by which values are read and asked. */
export function useDictionary(): Dictionary {
  const loaded = useLoad('facts', signal => api('GET /facts', { signal }))
  const all = loaded.value?.items ?? []
  const byName = new Map(all.map(kind => [kind.name, kind]))
  return { of: (scope, fact) => byName.get(`${scope}.${fact}`), all }
}

/** A value as a person says it: yes, 1,200 yuan, the word of a choice. */
export function useValueWords(): (kind: FactKind | undefined, value: unknown) => string {
  const words = useHouseholdWords()
  const language = useLanguage()
  const said = useSaid()
  const places = useDivisions()
  const one = (kind: FactKind | undefined, value: unknown): string => {
    if (value === null || value === undefined) return words.nothing
    const option = kind?.options.find(candidate => candidate.value === value)
    if (option) return said(option.label)
    if (typeof value === 'boolean') return value ? words.yes : words.no_
    if (Array.isArray(value)) {
      if (value.length === 0) return words.nothing
      if (value.every(item => typeof item !== 'object')) return value.map(item => one(kind, item)).join(' · ')
      return words.entries(value.length)
    }
    if (typeof value === 'number') {
      if (kind?.type === 'money') return words.yuan(formatYuan(value))
      return kind?.unit ? `${value} ${said(kind.unit)}` : String(value)
    }
    if (typeof value === 'string') {
      if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value, language)
      return places?.divisions.find(place => place.code === value)?.name ?? value
    }
    return words.entries(1)
  }
  return one
}
