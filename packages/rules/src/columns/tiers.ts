import { Either, roundHalfUp, type Value } from '../value.ts'
import { eachLane } from './arena.ts'
import type { Numbers, Truth } from './column.ts'
import type { RegistryJudgement } from './outcome.ts'
import type { Step } from './plan.ts'
import type { Registry } from './registry.ts'
import { nobody } from './sheet.ts'

export type Owner = 'household' | 'person'

/** A condition that may rest on a tier nobody has granted: as it is, and without what is only predicted. */
export interface OnTier {
  readonly ungranted: Step
  readonly ungrantedOfPersons: Step
}

/** A column, or what is the same for everybody. */
export type Told = Step | { readonly always: () => Value }
export const stepOf = (told: Told): Step | undefined => ('always' in told ? undefined : told)

/** A tier that would be granted, of a household or a person; `word` is the one that stands for none. */
export interface Predicted {
  readonly owner: Owner
  readonly value: Step
  readonly asPredicted: Step
  readonly word: Value
}

/** Tiers by number, in the order in which they came; and what rests on one that nobody has granted yet. */
export class Tiers {
  readonly names: string[] = []
  readonly #registry: Registry
  readonly #predicted: readonly Predicted[]
  readonly #told: { readonly household: Told; readonly person: Told }

  constructor(
    registry: Registry,
    predicted: readonly Predicted[],
    told: { readonly household: Told; readonly person: Told },
  ) {
    this.#registry = registry
    this.#predicted = predicted
    this.#told = told
  }

  /** Of whom something is predicted that is not sure to be "none". */
  whoIsPredicted(): Record<Owner, Int32Array> {
    const { households, persons, householdOf } = this.#registry
    const [household, person, ofPersons] = [nobody(households), nobody(persons), nobody(persons)]
    for (const { owner, asPredicted } of this.#predicted) {
      const { yes } = asPredicted.column as Truth
      const into = owner === 'household' ? household : ofPersons
      for (let w = 0; w < into.length; w++) (into[w] as number) |= ~(yes.words[w] as number)
    }
    for (let i = 0; i < persons; i++) {
      const h = householdOf[i] as number
      if (((household[h >>> 5] as number) >>> (h & 31)) & 1) (person[i >>> 5] as number) |= 1 << (i & 31)
    }
    eachLane(
      0,
      persons,
      w => ofPersons[w] as number,
      i => {
        ;(person[i >>> 5] as number) |= 1 << (i & 31)
      },
    )
    eachLane(
      0,
      persons,
      w => ofPersons[w] as number,
      i => {
        const h = householdOf[i] as number
        ;(household[h >>> 5] as number) |= 1 << (h & 31)
      },
    )
    return { household, person }
  }

  needed(of: Owner, size: number, eligible: Int32Array, onTier: OnTier, predicts: Int32Array): Int8Array | undefined {
    const without = (onTier.ungranted.column as Truth).yes
    const ofPersons = (onTier.ungrantedOfPersons.column as Truth).yes
    let needed: Int8Array | undefined
    eachLane(
      0,
      size,
      w => (eligible[w] as number) & (predicts[w] as number) & ~(without.words[w] as number),
      lane => {
        needed ??= new Int8Array(size).fill(-1)
        needed[lane] = this.#predictedTier(of, lane, !ofPersons.has(lane))
      },
    )
    return needed
  }

  neededForAmount(
    of: Owner,
    size: number,
    amount: Float64Array,
    eligible: Int32Array,
    onTier: OnTier,
    predicts: Int32Array,
  ): Int8Array | undefined {
    const [without, ofPersons] = [onTier.ungranted.column as Numbers, onTier.ungrantedOfPersons.column as Numbers]
    const differs = (other: Numbers, lane: number) => {
      if (other.known.has(lane)) return roundHalfUp(other.values[lane] as number) !== amount[lane]
      const value = other.read(lane)
      return typeof value !== 'number' || roundHalfUp(value) !== amount[lane]
    }
    let needed: Int8Array | undefined
    eachLane(
      0,
      size,
      w => (eligible[w] as number) & (predicts[w] as number),
      lane => {
        if (Number.isNaN(amount[lane]) || !differs(without, lane)) return
        needed ??= new Int8Array(size).fill(-1)
        needed[lane] = this.#predictedTier(of, lane, differs(ofPersons, lane))
      },
    )
    return needed
  }

  /** Of the person where it is theirs, else of the household. */
  #predictedTier(of: Owner, lane: number, ofPerson: boolean): number {
    const owner = of === 'person' && ofPerson ? 'person' : 'household'
    const at = of === 'person' && owner === 'household' ? (this.#registry.householdOf[lane] as number) : lane
    for (const { owner: whose, value, word } of this.#predicted) {
      if (whose !== owner) continue
      const found = value.column.read(at)
      const tier = found instanceof Either ? found.values.findLast(v => v !== word) : found
      if (typeof tier === 'string') return this.numberOf(tier)
    }
    return -1
  }

  numberOf(tier: string): number {
    const number = this.names.indexOf(tier)
    return number < 0 ? this.names.push(tier) - 1 : number
  }

  of(households: Int32Array, alive: Int32Array): RegistryJudgement['tier'] {
    const ofHousehold = this.#predicted.find(p => p.owner === 'household')
    const numbers = (told: Told, size: number, looked: Int32Array) => {
      const found = new Int8Array(size).fill(-1)
      if ('always' in told) {
        const tier = told.always()
        if (typeof tier !== 'string') return found
        found.fill(this.numberOf(tier))
        eachLane(
          0,
          size,
          w => ~(looked[w] as number),
          lane => {
            found[lane] = -1
          },
        )
        return found
      }
      const { column } = told
      if (column.kind === 'choices') {
        // One bit is one word; looked up by its place.
        const byBit = Int8Array.from({ length: 31 }, (_, i) => {
          const word = column.choices[i]
          return word === undefined ? -1 : this.numberOf(word)
        })
        const { masks } = column
        for (let lane = 0; lane < size; lane++) {
          const mask = masks[lane] as number
          if (mask !== 0 && (mask & (mask - 1)) === 0 && (looked[lane >>> 5] as number) & (1 << (lane & 31)))
            found[lane] = byBit[31 - Math.clz32(mask)] as number
        }
        return found
      }
      eachLane(
        0,
        size,
        w => looked[w] as number,
        lane => {
          const value = column.read(lane)
          if (typeof value === 'string') found[lane] = this.numberOf(value)
        },
      )
      return found
    }
    const { households: count, persons } = this.#registry
    return {
      household: numbers(this.#told.household, count, households),
      predicted: ofHousehold ? numbers(ofHousehold.value, count, households) : new Int8Array(count).fill(-1),
      persons: numbers(this.#told.person, persons, alive),
    }
  }
}

export const stepsOf = (onTier: OnTier | undefined): readonly Step[] =>
  onTier ? [onTier.ungranted, onTier.ungrantedOfPersons] : []
