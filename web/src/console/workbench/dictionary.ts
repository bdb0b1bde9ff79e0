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
  readonly alerts: readonly Ruled[]
}

/** What a condition may speak of, with its words. */
export function useDictionary(): Dictionary | undefined {
  const all = useLoad('workbench dictionary', async signal => {
    const [facts, figures, policies, services, alerts] = await Promise.all([
      api('GET /facts', { signal }),
      api('GET /parameters', { signal }),
      api('GET /policies', { signal }),
      api('GET /services', { signal }),
      api('GET /rules', { query: { kind: 'alert' }, signal }),
    ])
    return {
      facts: new Map(facts.items.map(fact => [fact.name, fact])),
      figures: figures.items.map(figure => ({ name: `params.${figure.key}`, label: figure.label })),
      policies: policies.items.map(({ id, name, scope }) => ({ id, name, scope })),
      services: services.items.map(({ id, name }) => ({ id, name, scope: 'person' as const })),
      alerts: alerts.items.map(({ key, name, scope }) => ({ id: key, name, scope: scope ?? 'household' })),
    }
  })
  return all.value
}

/** How one of a list is called in the conditions about it. */
export interface Bound {
  readonly as: string
  readonly list: string
}

/** What a condition compares: a fact, or a part of one line of a list. */
export type Compared = Pick<Fact, 'name' | 'label' | 'type' | 'options'>

/** The parts of the lines of a list; undefined where its items are persons or plain values. */
export const fieldsOf = (list: string, dictionary: Dictionary) => dictionary.facts.get(list)?.fields ?? undefined

/** The fact a name means; inside a group about members `m.age` is the member's, `e.kind` a part of an event. */
export function factOf(name: string, bound: readonly Bound[], dictionary: Dictionary): Compared | undefined {
  const [first = '', ...rest] = name.split('.')
  const inner = bound.find(one => one.as === first)
  if (!inner) return dictionary.facts.get(name)
  const fields = fieldsOf(inner.list, dictionary)
  return fields ? fields.find(field => field.name === rest.join('.')) : dictionary.facts.get(`person.${rest.join('.')}`)
}
