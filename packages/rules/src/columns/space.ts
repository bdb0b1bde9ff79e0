import { padded } from './arena.ts'
import type { GivenList, Registry } from './registry.ts'

/** What a bound variable runs over: the persons, or the items of a list fact (by its name). */
export type Base = 'persons' | `items ${string}`

/**
 * The lanes an expression is evaluated on: one for each household and each combination, within it, of a lane of every
 * base; the last base runs fastest. Without bases it is the households themselves.
 */
export interface Space {
  readonly key: string
  readonly bases: readonly Base[]
  readonly size: number
  readonly lanes: number
  readonly householdOf: Int32Array
  /** By household: its first lane; one more than there are. */
  readonly start: Int32Array
  /** By base: the lane of the base in which each lane of the space stands. */
  readonly parts: readonly Int32Array[]
}

/** Where to find a base's lane: part `part` of a space, or the person who owns the item that stands there. */
export interface Pick {
  readonly part: number
  readonly owner: boolean
}

export class Spaces {
  readonly household: Space
  readonly registry: Registry
  readonly #spaces = new Map<string, Space>()
  readonly #maps = new Map<string, Int32Array>()
  /** Lists that nobody was given. */
  readonly #empty = new Map<string, GivenList>()

  constructor(registry: Registry) {
    this.registry = registry
    const { households } = registry
    const each = new Int32Array(padded(households))
    for (let i = 0; i < households; i++) each[i] = i
    const start = Int32Array.from({ length: households + 1 }, (_, i) => i)
    this.household = {
      key: '',
      bases: [],
      size: households,
      lanes: padded(households),
      householdOf: each,
      start,
      parts: [],
    }
    this.#spaces.set('', this.household)
  }

  of(bases: readonly Base[]): Space {
    const key = bases.join('×')
    let space = this.#spaces.get(key)
    if (!space) this.#spaces.set(key, (space = this.#make(key, bases)))
    return space
  }

  /** For every lane of `from`: the lane of `to` that holds the same, its bases being found by the picks. */
  map(from: Space, to: Space, picks: readonly Pick[]): Int32Array {
    if (to.bases.length === 0) return from.householdOf
    const key = `${from.key} ${to.key} ${picks.map(p => `${p.part}${p.owner ? '^' : ''}`).join()}`
    let map = this.#maps.get(key)
    if (!map) this.#maps.set(key, (map = this.#map(from, to, picks)))
    return map
  }

  #map(from: Space, to: Space, picks: readonly Pick[]): Int32Array {
    const parts = picks.map(({ part, owner }) => {
      const lanes = from.parts[part] as Int32Array
      if (!owner) return lanes
      const owners = this.#list(from.bases[part] as Base).ownerOf
      return lanes.map(lane => owners[lane] as number)
    })
    if (parts.length === 1) return parts[0] as Int32Array
    const firsts = to.bases.map(base => this.first(base))
    const map = new Int32Array(from.lanes)
    for (let lane = 0; lane < from.size; lane++) {
      const household = from.householdOf[lane] as number
      let at = 0
      for (const [i, first] of firsts.entries()) {
        const begin = first[household] as number
        at = at * ((first[household + 1] as number) - begin) + ((parts[i] as Int32Array)[lane] as number) - begin
      }
      map[lane] = (to.start[household] as number) + at
    }
    return map
  }

  /** By household: the first lane of a base. */
  first(base: Base): Int32Array {
    const { registry } = this
    if (base === 'persons') return registry.first
    const list = this.#list(base)
    if (list.owner === 'household') return list.first
    return registry.first.map(person => list.first[person] as number)
  }

  #list(base: Base) {
    const name = base.slice(6)
    let list = this.registry.lists.get(name) ?? this.#empty.get(name)
    if (!list) this.#empty.set(name, (list = emptyList(name, this.registry)))
    return list
  }

  list(base: Base) {
    return this.#list(base)
  }

  #make(key: string, bases: readonly Base[]): Space {
    const { households } = this.registry
    const firsts = bases.map(base => this.first(base))
    const start = new Int32Array(households + 1)
    for (let h = 0; h < households; h++) {
      let count = 1
      for (const first of firsts) count *= (first[h + 1] as number) - (first[h] as number)
      start[h + 1] = (start[h] as number) + count
    }
    const size = start[households] as number
    const lanes = padded(size)
    const householdOf = new Int32Array(lanes)
    const parts = bases.map(() => new Int32Array(lanes))
    for (let h = 0; h < households; h++) {
      const [from, to] = [start[h] as number, start[h + 1] as number]
      householdOf.fill(h, from, to)
      for (let lane = from; lane < to; lane++) {
        let rest = lane - from
        for (let i = bases.length - 1; i >= 0; i--) {
          const first = firsts[i] as Int32Array
          const begin = first[h] as number
          const count = (first[h + 1] as number) - begin
          ;(parts[i] as Int32Array)[lane] = begin + (rest % count)
          rest = Math.floor(rest / count)
        }
      }
    }
    return { key, bases, size, lanes, householdOf, start, parts }
  }
}

const emptyList = (name: string, registry: Registry): GivenList => {
  const owner: 'household' | 'person' = name.startsWith('person.') ? 'person' : 'household'
  const owners = owner === 'person' ? registry.persons : registry.households
  return {
    owner,
    first: new Int32Array(owners + 1),
    ownerOf: new Int32Array(128),
    known: new Int32Array(padded(owners) / 32),
    fields: new Map<string, never>(),
  }
}
