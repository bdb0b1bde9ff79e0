import type { Day, Words } from '@zhulian/kernel'
import {
  compile,
  type FactDocument,
  namesOf,
  type ParameterDocument,
  type PolicyDocument,
  type Pool,
  type PoolDocuments,
  type ServiceDocument,
  type ValueForm,
} from '@zhulian/rules'

/** A fact as the dictionary has it, with what a question page needs besides. */
export interface DictionaryFact extends Omit<FactDocument, 'fields'> {
  readonly hint?: Words | undefined
  /** Asked once of the whole family: who of them? */
  readonly questionForAll?: Words | undefined
  readonly noneLabel?: Words | undefined
  readonly bands?:
    | readonly { readonly label: Words; readonly value?: number; readonly min?: number; readonly max?: number }[]
    | undefined
  readonly fields?:
    | Readonly<Record<string, ValueForm & { label?: Words | undefined; unit?: Words | undefined }>>
    | undefined
}

/** A service with what is said of it besides its condition. */
export interface DescribedService extends ServiceDocument {
  readonly provider?: Words | undefined
  readonly dose?: Words | undefined
  readonly unitOfService?: Words | undefined
  readonly outcome?: Words | undefined
  readonly level?: string | undefined
  readonly price?: { readonly amount?: number; readonly per?: Words } | undefined
}

/** One version of the pool, ready to judge with and to be read aloud. Made once for each version and process. */
export class LoadedPool {
  /** Hash of everything it says. */
  readonly id: string
  readonly pool: Pool
  readonly documents: PoolDocuments
  readonly #facts: ReadonlyMap<string, DictionaryFact>
  readonly #labels: ReadonlyMap<string, Words>
  readonly #units: ReadonlyMap<string, Words>
  readonly #policies: ReadonlyMap<string, PolicyDocument>
  readonly #services: ReadonlyMap<string, DescribedService>
  readonly #parameters: ReadonlyMap<string, ParameterDocument>
  /** Names of dictionary facts that any result rests on. */
  readonly used: ReadonlySet<string>

  /** @throws Error when the documents do not compile: they were checked before they were stored */
  constructor(id: string, documents: PoolDocuments) {
    const compiled = compile(documents)
    if (!compiled.ok)
      throw new Error(
        `the pool ${id.slice(0, 12)} does not compile: ${compiled.problems.map(p => `${p.where} ${p.words.en}`).join('; ')}`,
      )
    this.id = id
    this.documents = documents
    this.pool = compiled.pool
    this.#facts = new Map(documents.facts.map(f => [f.name, f as DictionaryFact]))
    this.#units = new Map(documents.units.map(u => [u.id, u.name]))
    this.#policies = new Map(documents.policies.flatMap(p => [[p.id, p] as const, [p.slug, p] as const]))
    this.#services = new Map(
      documents.services.flatMap(s => [
        [s.id, s as DescribedService] as const,
        [s.slug, s as DescribedService] as const,
      ]),
    )
    this.#parameters = new Map(documents.parameters.map(p => [p.name, p]))
    this.#labels = new Map([
      ...documents.derived.map(f => [f.name, f.label] as const),
      ...documents.facts.map(f => [f.name, f.label] as const),
      ...documents.parameters.map(p => [`params.${p.name}`, p.label] as const),
      ...documents.policies.map(p => [`met.${p.id}`, { zh: `符合${p.name.zh}`, en: `fits ${p.name.en}` }] as const),
    ])
    this.used = usedFacts(documents)
  }

  fact(name: string): DictionaryFact | undefined {
    return this.#facts.get(name)
  }
  policy(idOrSlug: string): PolicyDocument | undefined {
    return this.#policies.get(idOrSlug)
  }
  service(idOrSlug: string): DescribedService | undefined {
    return this.#services.get(idOrSlug)
  }
  parameter(name: string): ParameterDocument | undefined {
    return this.#parameters.get(name)
  }
  unit(id: string): Words {
    return this.#units.get(id) ?? { zh: id, en: id }
  }
  /** Of a fact, a derived fact, `params.…` or `met.…`. */
  labelOf(name: string): Words | undefined {
    return this.#labels.get(name)
  }
  /** The form of a fact's value and its unit, given or derived. */
  formOf(name: string): (ValueForm & { readonly label: Words; readonly unit?: Words | undefined }) | undefined {
    return this.#facts.get(name) ?? this.documents.derived.find(d => d.name === name)
  }
  /** The words of one of a fact's choices. What is no fact may be a field of a list, known by its own name. */
  choiceOf(name: string, value: string): Words | undefined {
    const among = (form: ValueForm | undefined) => form?.values?.find(v => String(v.value) === value)?.label
    const whole = this.formOf(name)
    if (whole?.type === 'code' && !whole.values) return placeWords(value)
    if (whole) return among(whole)
    const field = name.slice(name.lastIndexOf('.') + 1)
    for (const fact of this.#facts.values()) {
      const found = among(fact.fields?.[field])
      if (found) return found
    }
    return undefined
  }
}

/** A code in a rule is that of this district, its city or its province; its digits say nothing to a person. */
const places: Readonly<Record<number, Words>> = {
  2: { zh: '本省', en: 'this province' },
  4: { zh: '本市', en: 'this city' },
  6: { zh: '本区', en: 'this district' },
}

export const placeWords = (code: unknown): Words | undefined =>
  typeof code === 'string' ? places[code.length] : undefined

/** The last version that has begun. */
export const versionOn = (policy: PolicyDocument, on: Day): PolicyDocument['versions'][number] | undefined =>
  policy.versions.findLast(v => v.from <= on)

/** The row of a dated figure in force on a day. */
export const rowOn = (parameter: ParameterDocument, on: Day): ParameterDocument['rows'][number] | undefined => {
  const row = parameter.rows.findLast(r => r.from <= on)
  return row && (row.until === undefined || on < row.until) ? row : undefined
}

/**
 * Shown as 示例: whatever rests on an illustrative figure, on another place or year, or on memory alone. Only what was
 * read for this very place, or calculated from it, goes without.
 */
export const isExample = (provenance: readonly string[] | undefined): boolean =>
  provenance === undefined || provenance.some(tag => !/^(S\w+|C|R:h)$/.test(tag))

/** What was read once: the same expressions are asked about with every interview. */
const namesRead = new Map<string, ReadonlySet<string>>()
const mostRead = 5000

/** Names in an expression; those of a bound member count as the member's. */
export function namesIn(expression: string): ReadonlySet<string> {
  const known = namesRead.get(expression)
  if (known) return known
  const names = namesOf(expression)
  if (namesRead.size >= mostRead) namesRead.clear()
  namesRead.set(expression, names)
  return names
}

/** Facts of the dictionary and derived ones that expressions rest on, at whatever depth. */
export function factsBehind(documents: PoolDocuments, texts: readonly (string | undefined)[]): Set<string> {
  const derived = new Map(documents.derived.map(d => [d.name, [d.formula, ...(d.versions ?? []).map(v => v.formula)]]))
  const dictionary = new Map(documents.facts.map(f => [f.name, f]))
  const used = new Set<string>()
  const follow = (expression: string | undefined) => {
    if (expression === undefined) return
    for (const name of namesIn(expression)) {
      if (used.has(name)) continue
      const fact = dictionary.get(name)
      const formulas = derived.get(name)
      if (!fact && !formulas) continue
      used.add(name)
      follow(fact?.when)
      if (fact?.impliedBy) used.add(fact.impliedBy)
      formulas?.forEach(follow)
    }
  }
  texts.forEach(follow)
  return used
}

function usedFacts(documents: PoolDocuments): Set<string> {
  const versions = documents.policies.flatMap(policy => policy.versions)
  const used = factsBehind(documents, [
    ...versions.flatMap(({ condition, benefit }) => [condition, benefit.amount, benefit.atLeast]),
    ...documents.services.map(service => service.condition),
  ])
  return new Set(documents.facts.map(fact => fact.name).filter(name => used.has(name)))
}
