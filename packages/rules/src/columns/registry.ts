import { epochDay, parseDay } from '@zhulian/kernel'
import type { ValueForm } from '../documents.ts'
import type { HouseholdFacts } from '../judgement.ts'
import type { Fact, Pool } from '../pool.ts'
import { padded } from './arena.ts'
import { Lexicon, type Given, type Is } from './column.ts'

/** The items of a list fact, or the elements of a set, in the order of their owners. */
export interface GivenList {
  readonly owner: 'household' | 'person'
  /** By owner, one more than there are owners. */
  readonly first: Int32Array
  readonly ownerOf: Int32Array
  /** Owners of whom a list, perhaps empty, was given. */
  readonly known: Int32Array
  /** By name; the one of a set's elements is ''. */
  readonly fields: ReadonlyMap<string, Given>
}

/**
 * The given facts of many households as columns, by full names: one lane for each household, each person, and each item
 * of a list. It knows nothing of rules, so every pool with the same dictionary can judge it.
 */
export interface Registry {
  readonly households: number
  readonly persons: number
  /** By household, one more than there are: its persons are the lanes from this to the next. */
  readonly first: Int32Array
  readonly householdOf: Int32Array
  readonly keys: Given
  readonly given: ReadonlyMap<string, Given>
  readonly lists: ReadonlyMap<string, GivenList>
  readonly lexicon: Lexicon
  /** Households with values that their facts' forms do not allow; they are judged one by one. */
  readonly odd: ReadonlyMap<number, HouseholdFacts>
}

/** The households in the order in which they come; facts are read as `judge` reads them. */
export function registryOf(pool: Pool, households: Iterable<HouseholdFacts>): Registry {
  const builder = new Builder(pool)
  for (const facts of households) builder.add(facts)
  return builder.registry()
}

/**
 * Rows without persons, from columns: for each fact of the household its values, undefined where unknown.
 * Faster than {@link registryOf} where a table is at hand; values that do not fit their fact throw.
 */
export function tableOf(
  pool: Pool,
  rows: number,
  columns: Readonly<Record<string, { readonly [row: number]: unknown }>>,
): Registry {
  const builder = new Builder(pool)
  for (const [name, values] of Object.entries(columns)) builder.column(`household.${name}`, rows, values)
  return builder.registry(rows)
}

const misfit = Symbol('not what the form allows')
type Encoded = number | null | undefined | typeof misfit

class Builder {
  readonly #pool: Pool
  readonly #lexicon = new Lexicon()
  readonly #given = new Map<string, Growing>()
  readonly #lists = new Map<string, GrowingList>()
  /** By what stands before a name (`person`, `person.adl`), then by the name; null where it is no fact. */
  readonly #names = new Map<string, Map<string, Named | null>>()
  readonly #keys = new Growing('text')
  readonly #odd = new Map<number, HouseholdFacts>()
  readonly #first: number[] = [0]
  #households = 0
  #persons = 0

  constructor(pool: Pool) {
    this.#pool = pool
  }

  add(facts: HouseholdFacts): void {
    const household = this.#households++
    let fits = this.#put('household', household, facts.household)
    for (const person of facts.persons) {
      this.#keys.put(this.#persons, this.#lexicon.code(person.key))
      if (!this.#put('person', this.#persons++, person)) fits = false
    }
    this.#first.push(this.#persons)
    if (!fits) this.#odd.set(household, facts)
  }

  column(name: string, rows: number, values: { readonly [row: number]: unknown }): void {
    const named = this.#named(name)
    if (!named?.fact.document) throw new Error(`there is no fact ${name}`)
    const growing = this.#growing(name, named.fact.form)
    for (let row = 0; row < rows; row++) {
      const value = named.encode(values[row])
      if (value === misfit) throw new Error(`${name} of row ${row} is ${String(values[row])}`)
      if (value !== undefined) growing.put(row, value)
    }
  }

  registry(rows = this.#households): Registry {
    const first = Int32Array.from({ length: rows + 1 }, (_, i) => this.#first[i] ?? this.#persons)
    return {
      households: rows,
      persons: this.#persons,
      first,
      householdOf: ownersOf(first, this.#persons),
      keys: this.#keys.given(this.#persons),
      given: new Map(
        [...this.#given].map(([name, growing]) => [
          name,
          growing.given(name.startsWith('person.') ? this.#persons : rows),
        ]),
      ),
      lists: new Map(
        [...this.#lists].map(([name, list]) => [name, list.given(name.startsWith('person.') ? this.#persons : rows)]),
      ),
      lexicon: this.#lexicon,
      odd: this.#odd,
    }
  }

  /** False when something does not fit. */
  #put(prefix: string, lane: number, entries: Readonly<Record<string, unknown>>): boolean {
    let fits = true
    let names = this.#names.get(prefix)
    if (!names) this.#names.set(prefix, (names = new Map()))
    for (const key in entries) {
      const value = entries[key]
      let named = names.get(key)
      if (named === undefined) names.set(key, (named = this.#named(`${prefix}.${key}`)))
      if (!named) {
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
          fits = this.#put(`${prefix}.${key}`, lane, value as Record<string, unknown>) && fits
        continue
      }
      const { fact } = named
      if (!fact.document || value === undefined || (value === 'unknown' && fact.form.type === 'enum')) continue
      if (fact.form.type === 'list' || fact.form.type === 'set') {
        if (!this.#list(fact.name, fact).add(lane, value)) fits = false
        continue
      }
      const encoded = named.encode(value)
      if (encoded === misfit) fits = false
      else if (encoded !== undefined) (named.into ??= this.#growing(fact.name, fact.form)).put(lane, encoded)
    }
    return fits
  }

  #named(name: string): Named | null {
    const fact = this.#pool.facts[this.#pool.factNumbers.get(name) ?? -1]
    return fact ? { fact, encode: encoder(fact.form, this.#lexicon) } : null
  }

  #growing(name: string, form: ValueForm): Growing {
    let growing = this.#given.get(name)
    if (!growing) this.#given.set(name, (growing = growingOf(form)))
    return growing
  }

  #list(name: string, fact: Fact): GrowingList {
    let list = this.#lists.get(name)
    if (!list) this.#lists.set(name, (list = new GrowingList(fact, this.#lexicon)))
    return list
  }
}

interface Named {
  readonly fact: Fact
  readonly encode: (value: unknown) => Encoded
  into?: Growing
}

const ownersOf = (first: Int32Array, count: number): Int32Array => {
  const owners = new Int32Array(padded(count))
  for (let owner = 0; owner + 1 < first.length; owner++) owners.fill(owner, first[owner], first[owner + 1])
  return owners
}

/** More values than that are words of the lexicon rather than bits of a mask. */
const closed = (form: ValueForm): readonly string[] | undefined =>
  form.values && form.values.length <= 30 && (form.type === 'enum' || form.type === 'set')
    ? form.values.map(v => v.value)
    : undefined

function kindOf(form: ValueForm): Is | 'choice' | 'truth' {
  if (form.type === 'boolean') return 'truth'
  if (form.type === 'date') return 'date'
  if (form.type === 'integer' || form.type === 'number' || form.type === 'money') return 'number'
  return closed(form) ? 'choice' : 'text'
}

const growingOf = (form: ValueForm) => new Growing(kindOf(form), closed(form))

function encoder(form: ValueForm, lexicon: Lexicon): (value: unknown) => Encoded {
  const kind = kindOf(form)
  const choices = new Map((form.values ?? []).map((v, i) => [v.value, i]))
  const plain = (value: unknown): Encoded => {
    if (kind === 'truth') return typeof value === 'boolean' ? Number(value) : misfit
    if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : misfit
    if (typeof value !== 'string') return misfit
    if (kind === 'date') {
      const day = parseDay(value)
      return day ? epochDay(day) : misfit
    }
    if ((form.type === 'enum' || form.type === 'set') && form.values && !choices.has(value)) return misfit
    return kind === 'choice' ? choices.get(value) : lexicon.code(value)
  }
  return value => (value === undefined ? undefined : value === null ? null : plain(value))
}

const [known, none] = [1, 2]

/** Values of lanes in whatever order they come. */
class Growing {
  readonly #is: Is | 'choice' | 'truth'
  readonly #choices: readonly string[] | undefined
  #values = new Float64Array(256)
  #states = new Uint8Array(256)

  constructor(is: Is | 'choice' | 'truth', choices?: readonly string[]) {
    this.#is = is
    this.#choices = choices
  }

  put(lane: number, value: number | null): void {
    if (lane >= this.#values.length) this.#grow(lane + 1)
    this.#states[lane] = value === null ? (none as number) : (known as number)
    this.#values[lane] = value ?? 0
  }

  #grow(atLeast: number): void {
    const length = padded(Math.max(atLeast, this.#values.length * 2))
    const [values, states] = [new Float64Array(length), new Uint8Array(length)]
    values.set(this.#values)
    states.set(this.#states)
    this.#values = values
    this.#states = states
  }

  given(lanes: number): Given {
    const length = padded(lanes)
    if (this.#values.length < length) this.#grow(length)
    const [values, states] = [this.#values, this.#states]
    const planes = [new Int32Array(length / 32), new Int32Array(length / 32), new Int32Array(length / 32)] as const
    let nones = false
    let most = 0
    for (let i = 0; i < lanes; i++) {
      if (states[i] === known) {
        ;(planes[0][i >>> 5] as number) |= 1 << (i & 31)
        const value = values[i] as number
        if (this.#is === 'truth' && value === 1) (planes[1][i >>> 5] as number) |= 1 << (i & 31)
        if (Math.abs(value) > most) most = Math.abs(value)
      } else if (states[i] === none) {
        nones = true
        ;(planes[2][i >>> 5] as number) |= 1 << (i & 31)
      }
    }
    const narrow =
      this.#is === 'truth' ? { values: planes[1], by: 1 } : narrowed(values.subarray(0, length), this.#is === 'number')
    return {
      is: this.#is,
      ...narrow,
      known: planes[0],
      none: nones ? planes[2] : undefined,
      most,
      choices: this.#choices,
    }
  }
}

/** The fewest bytes that hold every value exactly; amounts with cents as whole cents where that gives the same number. */
function narrowed(values: Float64Array, mayBeCents: boolean): Pick<Given, 'values' | 'by'> {
  for (const by of mayBeCents ? [1, 100] : [1]) {
    let size = 0
    for (const value of values) {
      const whole = by === 1 ? value : Math.round(value * by)
      if (!Number.isInteger(whole) || whole / by !== value) size = Number.POSITIVE_INFINITY
      else size = Math.max(size, whole < 0 ? -whole - 1 : whole)
      if (size > 0x7fffffff) break
    }
    if (size > 0x7fffffff) continue
    const whole = by === 1 ? values : values.map(value => Math.round(value * by))
    return {
      values: size < 0x80 ? Int8Array.from(whole) : size < 0x8000 ? Int16Array.from(whole) : Int32Array.from(whole),
      by,
    }
  }
  return { values: values.slice(), by: 1 }
}

class GrowingList {
  readonly #fact: Fact
  readonly #owners: number[] = []
  readonly #known: number[] = []
  readonly #fields: ReadonlyMap<string, { readonly encode: (value: unknown) => Encoded; readonly into: Growing }>

  constructor(fact: Fact, lexicon: Lexicon) {
    this.#fact = fact
    const forms: [string, ValueForm][] =
      fact.form.type === 'set' ? [['', fact.form]] : Object.entries(fact.document?.fields ?? {})
    this.#fields = new Map(
      forms.map(([name, form]) => [name, { encode: encoder(form, lexicon), into: growingOf(form) }]),
    )
  }

  /** Owners come in order. False when something does not fit. */
  add(owner: number, value: unknown): boolean {
    if (value !== null && !Array.isArray(value)) return false
    this.#known.push(owner)
    let fits = true
    for (const item of (value ?? []) as readonly unknown[]) {
      const lane = this.#owners.push(owner) - 1
      if (this.#fact.form.type === 'list' && (typeof item !== 'object' || item === null)) {
        fits = false
        continue
      }
      for (const [name, { encode, into }] of this.#fields) {
        const field = name === '' ? item : (item as Record<string, unknown>)[name]
        const encoded = field === 'unknown' && name !== '' ? undefined : encode(field)
        if (encoded === misfit || (name === '' && typeof encoded !== 'number')) fits = false
        else if (encoded !== undefined) into.put(lane, encoded)
      }
    }
    return fits
  }

  given(owners: number): GivenList {
    const first = new Int32Array(owners + 1)
    for (const owner of this.#owners) (first[owner + 1] as number)++
    for (let i = 0; i < owners; i++) (first[i + 1] as number) += first[i] as number
    const plane = new Int32Array(padded(owners) / 32)
    for (const owner of this.#known) (plane[owner >>> 5] as number) |= 1 << (owner & 31)
    const count = this.#owners.length
    return {
      owner: this.#fact.owner,
      first,
      ownerOf: ownersOf(first, count),
      known: plane,
      fields: new Map([...this.#fields].map(([name, { into }]) => [name, into.given(count)])),
    }
  }
}
