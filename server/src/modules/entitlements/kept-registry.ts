import type { Day, Id } from '@zhulian/kernel'
import type { HouseholdFacts } from '@zhulian/rules'
import type { LoadedPool } from '../pools/index.ts'
import {
  costOf,
  groupOf,
  type Home,
  noGroup,
  registryInMemory,
  type Resident,
  townshipOf,
  type WholeRegistry,
} from './whole-registry.ts'

/** Lanes of persons of the households that are kept free for whoever comes. */
const room = [...Array<number>(24).fill(3), ...Array<number>(12).fill(6), ...Array<number>(4).fill(12)]
/** Each that is judged beside the columns costs every question some 0.2 ms; putting all into columns anew takes a second. */
const most = 64
/** More than these are put into columns when nobody asks. */
const mostAtRest = 24

/**
 * The registry in columns, kept up with what is written down: a household of which something else is known is judged anew,
 * alone, on its own lanes; whoever comes is given free ones. Only another day or other rules, or many at once, put everybody
 * into columns again.
 */
export class KeptRegistry {
  readonly #homes = new Map<Id, Home>()
  readonly #changed = new Set<Id>()
  readonly #laneOf = new Map<Id, number>()
  #free = new Set<number>()
  #whole: WholeRegistry | undefined

  put(households: readonly Resident[], gone: readonly Id[]): void {
    for (const id of gone) if (this.#homes.delete(id)) this.#changed.add(id)
    for (const { id, division, facts } of households) {
      const before = this.#homes.get(id)
      // A new version may say the same.
      if (before?.division === division && JSON.stringify(before.facts) === JSON.stringify(facts)) continue
      this.#homes.set(id, { division, facts })
      this.#changed.add(id)
    }
  }

  /** Everybody as told so far, by the rules of that day. A registry once given does not change, but shares its run. */
  on(loaded: LoadedPool, on: Day, asOf: Date): WholeRegistry {
    const whole = this.#whole
    const isSame = whole?.loaded === loaded && whole.run.on === on
    if (isSame && this.#changed.size === 0) return whole
    this.#whole = (isSame ? this.#follow(whole, asOf) : undefined) ?? this.#anew(loaded, on, asOf)
    this.#changed.clear()
    return this.#whole
  }

  /** When nobody asks: whoever is judged beside the columns comes into them. */
  rest(): void {
    const whole = this.#whole
    if (whole && besideColumns(whole.others) > mostAtRest)
      this.#whole = this.#anew(whole.loaded, whole.run.on, whole.asOf)
  }

  #anew(loaded: LoadedPool, on: Day, asOf: Date): WholeRegistry {
    const whole = registryInMemory(loaded, this.#homes, on, asOf, room)
    this.#changed.clear()
    this.#laneOf.clear()
    this.#free = new Set()
    whole.homes.forEach((home, lane) => {
      if (home) this.#laneOf.set(home.id, lane)
      else this.#free.add(lane)
    })
    return whole
  }

  /** Undefined where there are too many of them, or no room. */
  #follow(whole: WholeRegistry, asOf: Date): WholeRegistry | undefined {
    if (besideColumns(whole.others) + this.#changed.size > most) return undefined
    const { first } = whole.registry
    const [homes, township, group] = [[...whole.homes], whole.township.slice(), whole.group.slice()]
    const changed = new Map<number, HouseholdFacts | undefined>()
    const settle = (lane: number, id: Id, home: Home | undefined) => {
      homes[lane] = home && { id, ...home }
      changed.set(lane, home?.facts)
      for (let i = first[lane] as number; i < (first[lane + 1] as number); i++) {
        const person = home?.facts.persons[i - (first[lane] as number)]
        group[i] = person ? groupOf(person, whole.run.on) : noGroup
      }
      if (home) this.#laneOf.set(id, lane)
      else this.#laneOf.delete(id)
      if (home) this.#free.delete(lane)
      else this.#free.add(lane)
      const place = home ? whole.townships.indexOf(townshipOf(home.division)) : 0
      township[lane] = place
      return place >= 0
    }
    const lanes = (lane: number) => (first[lane + 1] as number) - (first[lane] as number)
    const coming: [Id, Home][] = []
    // Who leaves makes room for who comes.
    for (const id of this.#changed) {
      const [lane, home] = [this.#laneOf.get(id), this.#homes.get(id)]
      const stays = lane !== undefined && home !== undefined && home.facts.persons.length <= lanes(lane)
      if (lane !== undefined && !settle(lane, id, stays ? home : undefined)) return undefined
      if (home && !stays) coming.push([id, home])
    }
    for (const [id, home] of coming) {
      const fitting = [...this.#free].filter(lane => lanes(lane) >= home.facts.persons.length)
      const [smallest] = fitting.sort((a, b) => lanes(a) - lanes(b))
      if (smallest === undefined || !settle(smallest, id, home)) return undefined
    }
    whole.run.withParameters({})
    const inForce = whole.run.rescreen(changed)
    return {
      ...whole,
      inForce,
      cost: costOf(inForce),
      homes,
      township,
      group,
      households: this.#homes.size,
      people: homes.reduce((sum, home) => sum + (home?.facts.persons.length ?? 0), 0),
      asOf,
      others: new Map([...whole.others, ...changed]),
    }
  }
}

const besideColumns = (others: WholeRegistry['others']): number =>
  [...others.values()].reduce((count, facts) => (facts ? count + 1 : count), 0)
