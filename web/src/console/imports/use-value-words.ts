import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { formatDay } from '../../platform/format.ts'
import { useImportWords } from './words.ts'

/** What a fact's value says to a person: the words of its choices, its unit, its day. */
export function useValueWords(): (fact: string | null, value: unknown) => string {
  const { report: say } = useImportWords()
  const said = useSaid()
  const language = useLanguage()
  const { list } = useMarks()
  const facts = useLoad('facts', signal => api('GET /facts', { query: {}, signal }))
  const words = (fact: string | null, value: unknown): string => {
    const known = facts.value?.items.find(one => one.name === fact)
    if (value === null || value === undefined) return say.nothing
    if (Array.isArray(value)) return value.length === 0 ? say.nothing : value.map(one => words(fact, one)).join(list)
    const option = known?.options.find(one => one.value === value)
    if (option) return said(option.label)
    if (typeof value === 'boolean') return value ? say.yes : say.no
    if (typeof value === 'number') return `${value.toLocaleString('en-US')}${known?.unit ? ` ${said(known.unit)}` : ''}`
    if (typeof value === 'string') return known?.type === 'date' ? formatDay(value, language) : value
    return JSON.stringify(value)
  }
  return words
}
