import type { Words } from '@zhulian/kernel'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'

export type Fact = Result<'GET /facts'>['items'][number]
interface Ruled {
  readonly id: string
  readonly name: Words
  readonly scope: 'household' | 'person'
}
export interface Dictionary {
  readonly facts: ReadonlyMap<string, Fact>
  readonly figures: readonly { readonly name: string; readonly label: Words }[]
  readonly policies: readonly Ruled[]
  readonly services: readonly Ruled[]
}

/** What a condition may speak of, with its words. */
export function useDictionary(): Dictionary | undefined {
  const all = useLoad('workbench dictionary', async signal => {
    const [facts, figures, policies, services] = await Promise.all([
      api('GET /facts', { signal }),
      api('GET /parameters', { signal }),
      api('GET /policies', { signal }),
      api('GET /services', { signal }),
    ])
    return {
      facts: new Map(facts.items.map(fact => [fact.name, fact])),
      figures: figures.items.map(figure => ({ name: `params.${figure.key}`, label: figure.label })),
      policies: policies.items.map(({ id, name, scope }) => ({ id, name, scope })),
      services: services.items.map(({ id, name }) => ({ id, name, scope: 'person' as const })),
    }
  })
  return all.value
}

/** The fact a name means; inside a group about members `m.age` is the member's. */
export function factOf(name: string, bound: readonly string[], dictionary: Dictionary): Fact | undefined {
  const [first = '', ...rest] = name.split('.')
  return dictionary.facts.get(bound.includes(first) ? `person.${rest.join('.')}` : name)
}
