import type { Day } from '@zhulian/kernel'
import type { List, Node, Type } from '../ir.ts'
import { inForce, type Fact, type Pool } from '../pool.ts'
import { compare, either, equal, isKnown, lift, within, type Scalar, type Value } from '../value.ts'
import { typeOf } from '../vocabulary.ts'
import type { Ungranted } from '../world.ts'
import { Arena } from './arena.ts'
import { Choices, Lexicon, maskOf, Narrow, Numbers, Truth, type Column, type Given, type Is } from './column.ts'
import * as gather from './gather.ts'
import { Inner } from './inner.ts'
import * as lists from './lists.ts'
import {
  fixed,
  compose,
  isStatic,
  isUnknown,
  isOne,
  isNarrow,
  isText,
  slotsOf,
  renamed,
  minimal,
  bases,
  picks,
  placed,
  freshSlot,
  kindOf,
  isOf,
  type Lanes,
  type Fixed,
  type Bound,
  type Bounds,
  type Operand,
} from './operand.ts'
import type { Registry } from './registry.ts'
import { Spaces, type Base, type Pick, type Space } from './space.ts'
import * as truths from './truths.ts'
import { Program } from './program.ts'
import type { Run, Work } from './truths.ts'
import * as values from './values.ts'

/** One thing to work out, once, for every lane of a space; whatever rules need it share it. */
export interface Step {
  readonly number: number
  readonly space: Space
  readonly column: Column
  readonly inputs: readonly Step[]
  /** Parameters it reads itself. */
  readonly parameters: readonly number[]
  /** Undefined for what is given, and for a view of another step's planes. */
  readonly run: Run | Work | undefined
  /** Needs every lane of its inputs, so it cannot go through them in blocks. */
  readonly whole: boolean
}

type Mode = Ungranted | undefined

const household: Bounds = new Map()
const person: Bounds = new Map([[0, { base: 'persons' }]])
const boolean: Type = { is: 'boolean' }

/**
 * Turns trees into steps. Every part is worked out on the smallest lanes it depends on (what speaks of the household only,
 * once a household) and once for all rules that hold it, whatever names their variables have.
 */
export class Plan {
  readonly arena = new Arena()
  readonly spaces: Spaces
  readonly steps: Step[] = []
  /** As of now, by number; a change is followed by running the steps that read them. */
  readonly parameters: Value[]
  readonly pool: Pool
  readonly on: Day
  readonly #lexicon: Lexicon
  readonly #byKey = new Map<string, Step>()
  readonly #made = new Map<string, Operand>()
  readonly #held = new Map<number, Step>()
  /** Steps whose columns are read outside. */
  readonly #kept = new Set<Step>()

  constructor(pool: Pool, registry: Registry, on: Day) {
    this.pool = pool
    this.on = on
    this.spaces = new Spaces(registry)
    this.#lexicon = new Lexicon(registry.lexicon)
    this.parameters = [...this.valuesOf(pool)]
  }

  /** A program with room for all steps; before the plan is opened. */
  program(): Program {
    let [records, addresses] = [0, 0]
    for (const { run } of this.steps)
      if (run && typeof run !== 'function') {
        records += run.records ?? 4
        addresses += run.addresses ?? 0
      }
    return new Program(this.arena, records, addresses)
  }

  /** Which columns a whole run need not write out; before the plan is opened. */
  inner(): Inner {
    return new Inner(this.arena, this.steps, this.#kept)
  }

  /** Makes room for everything that was asked for; then the steps can run. */
  open(): void {
    this.arena.open()
  }

  // — what is asked for —

  /** A policy's own conditions in force, of a household or a person. */
  condition(policy: number, mode?: Mode): Operand {
    return this.#once(`policy ${policy} ${mode}`, () => {
      const { rules, scope } = this.pool.policies[policy] as Pool['policies'][number]
      const rule = inForce(rules, this.on)
      return rule ? this.#node(rule.condition, scope === 'person' ? person : household, mode) : fixed(false, boolean)
    })
  }

  expression(node: Node, of: 'household' | 'person', mode?: Mode): Operand {
    return this.#node(node, of === 'person' ? person : household, mode)
  }

  fact(number: number, mode?: Mode): Operand {
    return this.#fact(number, mode)
  }

  /** For every household or person, null taken as false. */
  truth(operand: Operand, of: 'household' | 'person'): Step {
    return this.#asked(this.#settled(this.#at(operand, ...this.#whole(of), 'truth'), false))
  }

  numbers(operand: Operand, of: 'household' | 'person'): Step {
    return this.#asked(this.#at(operand, ...this.#whole(of), 'numbers'))
  }

  /** In whatever kind of column it has. */
  column(operand: Operand, of: 'household' | 'person'): Step {
    return this.#asked(this.#column(operand, of))
  }

  #column(operand: Operand, of: 'household' | 'person'): Step {
    const [space, slots, bounds] = this.#whole(of)
    if (!operand.step) {
      const list = operand.type.is === 'text' ? this.#listOf(operand) : undefined
      if (list) return this.#inList(operand, list, space, slots, bounds)
      return this.#at(operand, space, slots, bounds, kindOf(operand.type))
    }
    return this.#at({ ...operand, step: this.#wide(operand.step) }, space, slots, bounds)
  }

  #asked(step: Step): Step {
    this.#kept.add(step)
    return step
  }

  /** Is it this one value, for certain? */
  same(operand: Operand, value: Value): Operand {
    return this.#equal(operand, fixed(value, { is: 'text' }), person)
  }

  /** The figures of a pool with the same parameters, by number. */
  valuesOf(pool: Pool): readonly Value[] {
    return pool.parameters.map(parameter => parameterOn(parameter.rows, this.on))
  }

  /** By policy: where the exclusion pass writes who holds it. */
  heldSteps(): ReadonlyMap<number, Step> {
    return this.#held
  }

  #whole(of: 'household' | 'person'): [Space, number[], Bounds] {
    return of === 'person' ? [this.spaces.of(['persons']), [0], person] : [this.spaces.household, [], household]
  }

  // — trees —

  #node(node: Node, bounds: Bounds, mode: Mode): Operand {
    const of = (child: Node) => this.#node(child, bounds, mode)
    switch (node.op) {
      case 'constant':
        return fixed(node.value, node.type)
      case 'today':
        return fixed(this.on, node.type)
      case 'parameter': {
        const { parameter } = node
        return {
          key: `p${parameter}`,
          type: node.type,
          parameters: [parameter],
          value: () => this.parameters[parameter],
        }
      }
      case 'fact':
        return renamed(this.#fact(node.fact, mode), 0, node.of)
      case 'key':
        if (node.of === 'household') return fixed('', node.type)
        return { step: this.#given('key', ['persons'], this.spaces.registry.keys), slots: [node.of] }
      case 'field':
      case 'element':
        return this.#item(node.of as number, node.op === 'field' ? node.field : '', node.type, bounds)
      case 'met':
        return renamed(this.condition(node.policy, mode), 0, node.of)
      case 'held':
        return renamed(
          { step: this.#heldStep(node.policy), slots: this.#isOfPerson(node.policy) ? [0] : [] },
          0,
          node.of,
        )
      case 'and':
      case 'or':
        return this.#junction(node.args.map(of), node.op === 'or', bounds)
      case 'not':
        return this.#not(of(node.arg))
      case 'order':
        return this.#order(of(node.left), node.order, of(node.right), bounds)
      case 'equal': {
        const same = this.#equal(of(node.left), of(node.right), bounds)
        return node.negated ? this.#not(same) : same
      }
      case 'in':
        return this.#in(of(node.arg), node.values)
      case 'choice':
        return this.#choice(of(node.test), of(node.yes), of(node.no), node.type, bounds)
      case 'known':
        return this.#known(of(node.arg))
      case 'calculate':
        return this.#calculate(node, node.args.map(of), bounds)
      case 'some':
      case 'every':
      case 'count':
      case 'sum':
      case 'most':
      case 'least':
        return this.#overList(node, bounds, mode)
    }
  }

  #fact(number: number, mode: Mode): Operand {
    return this.#once(`fact ${number} ${mode}`, () => {
      const fact = this.pool.facts[number] as Fact
      const type = typeOf(fact.form)
      if (fact.predicted !== undefined && mode && (mode === 'household' || fact.owner === 'person'))
        return fixed(fact.predicted, type)
      const bounds = fact.owner === 'person' ? person : household
      const slots = fact.owner === 'person' ? [0] : []
      let value: Operand = this.#withoutAnswer(fact, type, bounds, mode)
      const given = fact.document && this.spaces.registry.given.get(fact.name)
      if (given) {
        const answer = { step: this.#given(fact.name, bases(bounds, slots), given), slots }
        value = isUnknown(value) ? answer : this.#choice(this.#known(answer), answer, value, type, bounds)
      }
      if (fact.impliedBy === undefined) return value
      const named = { step: this.#named(fact.impliedBy), slots }
      return this.#choice(named, fixed(true, boolean), value, type, bounds)
    })
  }

  /** What a fact is where nobody gave it. */
  #withoutAnswer(fact: Fact, type: Type, bounds: Bounds, mode: Mode): Operand {
    const formula = inForce(fact.formulas, this.on)?.node
    const value =
      fact.formulas.length > 0
        ? formula
          ? this.#node(formula, bounds, mode)
          : fixed(undefined, type)
        : fixed(fact.absent, type)
    if (!fact.when) return value
    const denied = this.#denied(this.#node(fact.when, bounds, mode))
    return this.#choice(denied, fixed(fact.otherwise, type), value, type, bounds)
  }

  #item(slot: number, field: string, type: Type, bounds: Bounds): Operand {
    const { base } = bounds.get(slot) as Bound
    const given = this.spaces.list(base).fields.get(field)
    return given ? { step: this.#given(`${base}.${field}`, [base], given), slots: [slot] } : fixed(undefined, type)
  }

  #junction(args: readonly Operand[], any: boolean, bounds: Bounds): Operand {
    const kept: Operand[] = []
    for (const arg of args) {
      if (!isStatic(arg)) kept.push(arg)
      else if (arg.value() === any) return fixed(any, boolean)
      else if (arg.value() === undefined) kept.push(arg)
    }
    if (kept.every(arg => !arg.step))
      return compose(any ? 'or' : 'and', boolean, kept as Fixed[], found => {
        if (found.includes(any)) return any
        return found.includes(undefined) ? undefined : !any
      })
    const [space, slots] = this.#together(kept, bounds)
    const inputs = kept.map(arg => this.#settled(this.#at(arg, space, slots, bounds, 'truth'), !any))
    const distinct = [...new Set(inputs)]
    if (distinct.length === 1) return { step: distinct[0] as Step, slots }
    return this.#lanes(`${any ? 'or' : 'and'}`, space, slots, distinct, () => {
      const column = Truth.of(this.arena, space.lanes)
      return { column, run: truths.junction(distinct.map(truth), any, column) }
    })
  }

  #not(arg: Operand): Operand {
    if (!arg.step) return compose('not', boolean, [arg], ([v]) => (v === undefined ? undefined : !v))
    const step = this.#settled(arg.step, false)
    const { yes, no } = truth(step)
    return this.#lanes('not', step.space, arg.slots, [step], () => ({ column: new Truth(no, yes), run: undefined }))
  }

  #settled(step: Step, as: boolean): Step {
    if (!truth(step).none) return step
    return this.#step(`settled ${as}`, step.space, [step], () => {
      const column = Truth.of(this.arena, step.space.lanes)
      return { column, run: truths.settled(truth(step), as, column) }
    })
  }

  #denied(arg: Operand): Operand {
    if (!arg.step) return compose('denied', boolean, [arg], ([v]) => v === false)
    const { step, slots } = arg
    return this.#lanes('denied', step.space, slots, [step], () => {
      const column = Truth.of(this.arena, step.space.lanes)
      return { column, run: truths.denied(truth(step), column) }
    })
  }

  #known(arg: Operand): Operand {
    if (!arg.step) return compose('known', boolean, [arg], ([v]) => isKnown(v))
    const { step, slots } = arg
    return this.#lanes('known', step.space, slots, [step], () => {
      const column = Truth.of(this.arena, step.space.lanes)
      return { column, run: truths.known(step.column, column) }
    })
  }

  #order(left: Operand, order: '<' | '<=' | '>' | '>=', right: Operand, bounds: Bounds): Operand {
    if (!left.step && !right.step) return compose(order, boolean, [left, right], ([a, b]) => compare(order, a, b))
    if (!left.step) return this.#order(right, turned[order], left, bounds)
    if (!right.step) {
      const { step, slots } = left
      return this.#lanes(
        `${order} ${right.key}`,
        step.space,
        slots,
        [step],
        () => {
          const column = Truth.of(this.arena, step.space.lanes)
          const arg = step.column as Numbers | Narrow
          return { column, run: truths.orderWith(arg, order, right.value, column) }
        },
        right.parameters,
      )
    }
    const [space, slots] = this.#together([left, right], bounds)
    const inputs = [left, right].map(arg => this.#at(arg, space, slots, bounds, 'numbers'))
    const [a, b] = inputs.map(step => step.column as Numbers) as [Numbers, Numbers]
    return this.#lanes(order, space, slots, inputs, () => {
      const column = Truth.of(this.arena, space.lanes)
      const both = Truth.of(this.arena, space.lanes).yes
      return { column, run: truths.orderColumns(a, order, b, column, both) }
    })
  }

  #equal(left: Operand, right: Operand, bounds: Bounds): Operand {
    if (!left.step && !right.step) return compose('==', boolean, [left, right], ([a, b]) => equal(a, b))
    if (!left.step) return this.#equal(right, left, bounds)
    if (!right.step) return this.#equalTo(left, right)
    const [space, slots] = this.#together([left, right], bounds)
    const words = [left, right].some(arg => isText(arg.step.column))
    const inputs = [left, right].map(arg => {
      const step = this.#at(arg, space, slots, bounds)
      return words ? this.#words(step) : this.#wide(step)
    })
    return this.#lanes('==', space, slots, inputs, () => {
      const column = Truth.of(this.arena, space.lanes)
      const [a, b] = inputs.map(step => step.column) as [Column, Column]
      const run =
        a.kind === 'numbers' && b.kind === 'numbers'
          ? truths.equalColumns(a, b, column)
          : truths.laneByLane(column, [a, b], ([x, y]) => equal(x, y))
      return { column, run }
    })
  }

  #equalTo({ step, slots }: Lanes, right: Fixed): Operand {
    if (step.column.kind === 'truth' && isStatic(right) && typeof right.value() === 'boolean') {
      const same = { step: this.#settled(step, false), slots }
      return right.value() ? same : this.#not(this.#settledLanes({ step, slots }, true))
    }
    return this.#lanes(
      `== ${right.key}`,
      step.space,
      slots,
      [step],
      () => {
        const column = Truth.of(this.arena, step.space.lanes)
        const arg = step.column
        const run =
          arg.kind === 'numbers' || arg.kind === 'narrow'
            ? truths.equalTo(arg, right.value, column)
            : arg.kind === 'choices'
              ? truths.maskEquals(arg, right.value, column)
              : truths.laneByLane(column, [arg], ([x]) => equal(x, right.value()))
        return { column, run }
      },
      right.parameters,
    )
  }

  #settledLanes({ step, slots }: Lanes, as: boolean): Lanes {
    return { step: this.#settled(step, as), slots }
  }

  #in(arg: Operand, list: readonly Scalar[]): Operand {
    if (!arg.step) return compose(`in ${JSON.stringify(list)}`, boolean, [arg], ([v]) => within(v, list))
    const narrow = arg.step.column.kind === 'narrow' && arg.step.column.is === 'choice'
    const step = narrow ? arg.step : this.#wide(arg.step)
    return this.#lanes(`in ${JSON.stringify(list)}`, step.space, arg.slots, [step], () => {
      const column = Truth.of(this.arena, step.space.lanes)
      const from = step.column
      const run =
        from.kind === 'narrow'
          ? truths.listed(this.arena, from, list, column)
          : from.kind === 'numbers'
            ? truths.inList(this.arena, from, list, column)
            : from.kind === 'choices'
              ? truths.maskWithin(
                  from,
                  () => list.reduce<number>((m, v) => m | (maskOf(v, from.choices) ?? 0), 0),
                  column,
                )
              : truths.laneByLane(column, [from], ([x]) => within(x, list))
      return { column, run }
    })
  }

  #choice(test: Operand, yes: Operand, no: Operand, type: Type, bounds: Bounds): Operand {
    if (isStatic(test)) {
      const found = test.value()
      if (found !== undefined) return found ? yes : no
    }
    if (isStatic(yes) && isStatic(no) && yes.key === no.key) return yes
    if (!test.step && !yes.step && !no.step)
      return compose('?', type, [test, yes, no], ([t, y, n]) => (t === undefined ? either([y, n]) : t ? y : n))
    const [space, slots] = this.#together([test, yes, no], bounds)
    const when = this.#settled(this.#at(test, space, slots, bounds, 'truth'), false)
    if (type.is === 'boolean') {
      const [y, n] = [yes, no].map(b => this.#at(b, space, slots, bounds, 'truth')) as [Step, Step]
      return this.#lanes('?', space, slots, [when, y, n], () => {
        const none = Boolean(truth(y).none ?? truth(n).none)
        const column = Truth.of(this.arena, space.lanes, none)
        return { column, run: truths.chooseTruth(truth(when), truth(y), truth(n), column) }
      })
    }
    const all = [...new Set([yes, no].flatMap(b => this.#listOf(b) ?? []))]
    if (type.is === 'text' && [yes, no].every(b => this.#listOf(b)) && all.length <= 30) {
      const [y, n] = [yes, no].map(b => this.#inList(b, all, space, slots, bounds)) as [Step, Step]
      return this.#lanes('?', space, slots, [when, y, n], () => {
        const column = new Choices(this.arena, space.lanes, all)
        const [a, b] = [y.column as Choices, n.column as Choices]
        return { column, run: values.chooseChoices(truth(when), a, b, column) }
      })
    }
    const [y, n] = [yes, no].map(b => {
      const step = this.#at(b, space, slots, bounds, 'numbers', isOf(type))
      return type.is === 'text' ? this.#words(step) : step
    }) as [Step, Step]
    return this.#lanes('?', space, slots, [when, y, n], () => {
      const [a, b] = [y.column as Numbers, n.column as Numbers]
      const column = new Numbers(this.arena, space.lanes, a.is, this.#lexicon)
      return { column, run: values.chooseNumbers(truth(when), a, b, column) }
    })
  }

  /** The closed list an operand's words come from; undefined when it has none. */
  #listOf(operand: Operand): readonly string[] | undefined {
    if (operand.step) {
      const { column } = operand.step
      return column.kind === 'choices' || (column.kind === 'narrow' && column.is === 'choice')
        ? column.choices
        : undefined
    }
    if (operand.parameters.length > 0) return operand.type.is === 'text' ? operand.type.values : undefined
    const value = operand.value()
    return typeof value === 'string' ? [value] : value === null || value === undefined ? [] : undefined
  }

  #calculate(node: Node & { op: 'calculate' }, args: readonly Operand[], bounds: Bounds): Operand {
    const { name, by, type } = node
    if (args.every(arg => !arg.step)) return compose(name, type, args as Fixed[], found => lift(by, found))
    if (args.some(isUnknown)) return fixed(undefined, type)
    const [a, b] = args as [Operand, Operand | undefined]
    if (name === '*' && b && isOne(a) && isNarrow(b)) return b
    if (name === '*' && b && isOne(b) && isNarrow(a)) return a
    const [space, slots] = this.#together(args, bounds)
    const bare = name === '+' || name === '*' ? args.find(arg => !arg.step) : name === '-' && !b?.step ? b : undefined
    const inputs = args.flatMap(arg => {
      if (arg === bare) return []
      const step = this.#at(arg, space, slots, bounds, 'numbers', arg.step ? 'number' : isOf(arg.type))
      return step.column.kind === 'choices' ? this.#words(step) : step
    })
    const one = bare as Fixed | undefined
    return this.#lanes(
      `${name}${one ? ` ${args.indexOf(one)} ${one.key}` : ''}`,
      space,
      slots,
      inputs,
      () => {
        const column = new Numbers(this.arena, space.lanes, isOf(type), this.#lexicon)
        const rest = [...inputs]
        const readers = args.map((arg): values.Argument => {
          if (arg === bare) return { column: undefined, read: () => (arg as Fixed).value() }
          const from = rest.shift()?.column as Numbers
          return { column: from, read: lane => from.read(lane) }
        })
        return { column, run: values.calculation(this.arena, name, by, readers, column) }
      },
      one?.parameters,
    )
  }

  // — lists —

  #overList(node: Node & { list: List }, bounds: Bounds, mode: Mode): Operand {
    const slot = node.op === 'count' ? freshSlot(node.list, bounds) : (node as { slot: number }).slot
    const list = this.#list(node.list, slot, bounds, mode)
    const inner = new Map(bounds).set(slot, list.bound)
    const body = node.op === 'count' ? undefined : this.#node((node as { body: Node }).body, inner, mode)
    const outer = [
      ...slotsOf(list.inside),
      ...(body ? slotsOf(body) : []),
      ...slotsOf(list.known),
      ...(list.bound.owner === undefined ? [] : [list.bound.owner]),
    ].filter(s => s !== slot)
    const ownSlots = minimal(outer, inner)
    const own = this.spaces.of(bases(inner, ownSlots))
    const allSlots = minimal([...ownSlots, slot], inner)
    const all = this.spaces.of(bases(inner, allSlots))
    const inside = this.#at(list.inside, all, allSlots, inner, 'truth')
    const known = this.#at(list.known, own, ownSlots, inner, 'truth')
    const elements: lists.Elements = {
      size: all.size,
      up: this.spaces.map(all, own, picks(ownSlots, allSlots, inner)),
      inside: truth(inside),
      known: truth(known),
      owners: own.size,
    }
    const kind = node.op === 'some' || node.op === 'every' ? 'truth' : 'numbers'
    const of = body && this.#at(body, all, allSlots, inner, kind)
    const inputs = of ? [inside, known, of] : [inside, known]
    return this.#lanes(
      `${node.op} ${all.key} ${placed(picks(ownSlots, allSlots, inner))}`,
      own,
      ownSlots,
      inputs,
      () => {
        if (kind === 'truth') {
          const column = Truth.of(this.arena, own.lanes)
          return { column, run: lists.quantified(elements, node.op === 'some', truth(of as Step), column), whole: true }
        }
        const column = new Numbers(this.arena, own.lanes, 'number', this.#lexicon)
        const numbers = of?.column as Numbers
        const run =
          node.op === 'count'
            ? lists.counted(elements, column)
            : node.op === 'sum'
              ? lists.summed(elements, numbers, column)
              : lists.extreme(elements, node.op === 'most', numbers, column)
        return { column, run, whole: true }
      },
    )
  }

  /** What a list runs over, with the variable in the slot; who is in it; whether it is known what it holds. */
  #list(list: List, slot: number, bounds: Bounds, mode: Mode): { bound: Bound; inside: Operand; known: Operand } {
    switch (list.op) {
      case 'everyone':
        return { bound: { base: 'persons' }, inside: fixed(true, boolean), known: { step: this.#peopled(), slots: [] } }
      case 'members': {
        const alive = this.#fact(this.pool.known.alive, mode)
        return {
          bound: { base: 'persons' },
          inside: renamed(alive, 0, slot),
          known: { step: this.#roster(alive), slots: [] },
        }
      }
      case 'items': {
        const fact = this.pool.facts[list.source.fact] as Fact
        const { of } = list.source
        return {
          bound: { base: `items ${fact.name}`, ...(of !== 'household' && { owner: of }) },
          inside: fixed(true, boolean),
          known: renamed(this.#listKnown(fact, mode), 0, of),
        }
      }
      case 'filter': {
        const from = this.#list(list.list, slot, bounds, mode)
        const passes = this.#node(list.body, new Map(bounds).set(list.slot, from.bound), mode)
        const inner = new Map(bounds).set(slot, from.bound)
        return { ...from, inside: this.#both(from.inside, renamed(passes, list.slot, slot), inner) }
      }
    }
  }

  /** As `and`, but null leaves it open. */
  #both(inside: Operand, passes: Operand, bounds: Bounds): Operand {
    if (isStatic(inside) && inside.value() === true && (!passes.step || !truth(passes.step).none)) return passes
    const [space, slots] = this.#together([inside, passes], bounds)
    const inputs = [inside, passes].map(arg => this.#at(arg, space, slots, bounds, 'truth'))
    return this.#lanes('both', space, slots, inputs, () => {
      const column = Truth.of(this.arena, space.lanes)
      return { column, run: truths.junction(inputs.map(truth), false, column) }
    })
  }

  /** Is it known that somebody is there at all, dead or alive? */
  #peopled(): Step {
    const { household: space, registry } = this.spaces
    return this.#step('peopled', space, [], () => {
      const column = Truth.of(this.arena, space.lanes)
      const run: Run = () => {
        column.clear(0, space.lanes)
        for (let h = 0; h < space.size; h++)
          column.put(h, (registry.first[h + 1] as number) > (registry.first[h] as number))
      }
      return { column, run, whole: true }
    })
  }

  /** Is somebody living, or may be? */
  #roster(alive: Operand): Step {
    const persons = this.spaces.of(['persons'])
    const input = this.#at(alive, persons, [0], person, 'truth')
    const { household: space } = this.spaces
    return this.#step('roster', space, [input], () => {
      const column = Truth.of(this.arena, space.lanes)
      const run: Run = () => {
        column.clear(0, space.lanes)
        for (let i = 0; i < persons.size; i++)
          if (!truth(input).no.has(i)) column.yes.add(persons.householdOf[i] as number)
        for (let w = 0; w < space.lanes / 32; w++) column.no.words[w] = ~(column.yes.words[w] as number)
      }
      return { column, run, whole: true }
    })
  }

  #listKnown(fact: Fact, mode: Mode): Operand {
    return this.#once(`list ${fact.number} ${mode}`, () => {
      const bounds = fact.owner === 'person' ? person : household
      const slots = fact.owner === 'person' ? [0] : []
      const { known } = this.spaces.list(`items ${fact.name}`)
      const given = { step: this.#plane(`list ${fact.name}`, bases(bounds, slots), known), slots }
      const standing = (value: Value) => {
        if (Array.isArray(value) && value.length > 0)
          throw new Error(`${fact.name}: a list that stands where nothing was answered must be empty`)
        return fixed(Array.isArray(value) || value === null, boolean)
      }
      const absent = standing(fact.formulas.length > 0 ? undefined : fact.absent)
      const rest = fact.when
        ? this.#choice(
            this.#denied(this.#node(fact.when, bounds, mode)),
            standing(fact.otherwise),
            absent,
            boolean,
            bounds,
          )
        : absent
      return this.#choice(given, fixed(true, boolean), rest, boolean, bounds)
    })
  }

  /** Owners for whom a set names something. */
  #named(fact: number): Step {
    const { name, owner } = this.pool.facts[fact] as Fact
    const { first } = this.spaces.list(`items ${name}`)
    const lanes = this.spaces.of(owner === 'person' ? ['persons'] : []).lanes
    const plane = new Int32Array(lanes / 32)
    for (let i = 0; i + 1 < first.length; i++)
      if ((first[i + 1] as number) > (first[i] as number)) (plane[i >>> 5] as number) |= 1 << (i & 31)
    return this.#plane(`named ${name}`, owner === 'person' ? ['persons'] : [], plane)
  }

  // — columns of one space —

  /** The smallest space that holds all of them. */
  #together(operands: readonly Operand[], bounds: Bounds): [Space, readonly number[]] {
    const slots = minimal(operands.flatMap(slotsOf), bounds)
    return [this.spaces.of(bases(bounds, slots)), slots]
  }

  /** An operand on the lanes of a space: gathered, filled, or as it is; with a kind, as a wide column of that kind. */
  #at(
    operand: Operand,
    space: Space,
    slots: readonly number[],
    bounds: Bounds,
    kind?: 'truth' | 'numbers' | 'choices',
    is: Is = 'number',
  ): Step {
    if (!operand.step) return this.#filled(operand, space, kind ?? kindOf(operand.type), isOf(operand.type, is))
    const same = operand.slots.length === slots.length && operand.slots.every((s, i) => s === slots[i])
    const step = kind ? this.#wide(operand.step) : operand.step
    return same ? step : this.#gathered(this.#wide(step), space, picks(operand.slots, slots, bounds))
  }

  #filled(operand: Fixed, space: Space, kind: 'truth' | 'numbers' | 'choices', is: Is): Step {
    const { value, key, parameters } = operand
    return this.#step(
      `fill ${kind} ${is} ${key}`,
      space,
      [],
      () => {
        if (kind === 'truth') {
          const column = Truth.of(this.arena, space.lanes, isStatic(operand) ? value() === null : true)
          return {
            column,
            run: (from, to) => truths.copyTruth(value() as boolean | null | undefined, column)(from, to),
          }
        }
        const column = new Numbers(this.arena, space.lanes, is, this.#lexicon)
        return { column, run: values.fillNumbers(value, space.size, column) }
      },
      parameters,
    )
  }

  #gathered(step: Step, space: Space, from: readonly Pick[]): Step {
    const map = this.spaces.map(space, step.space, from)
    return this.#step(`gather ${placed(from)}`, space, [step], () => {
      const source = step.column
      const { lanes } = space
      if (source.kind === 'truth') {
        const column = Truth.of(this.arena, lanes, source.none !== undefined)
        const isOfHousehold = step.space.bases.length === 0
        const run = isOfHousehold
          ? gather.spreadTruth(source, space.start, column)
          : gather.gatherTruth(source, map, column)
        return { column, run, whole: true }
      }
      if (source.kind === 'choices') {
        const column = new Choices(this.arena, lanes, source.choices)
        return { column, run: gather.gatherChoices(source, map, column), whole: true }
      }
      const numbers = source as Numbers
      const column = new Numbers(this.arena, lanes, numbers.is, this.#lexicon)
      return { column, run: gather.gatherNumbers(numbers, map, space.size, column), whole: true }
    })
  }

  #wide(step: Step): Step {
    const { column: narrow } = step
    if (narrow.kind !== 'narrow') return step
    return this.#step('wide', step.space, [step], () => {
      if (narrow.is === 'choice') {
        const column = new Choices(this.arena, step.space.lanes, narrow.choices)
        return { column, run: values.widenChoices(this.arena, narrow, column) }
      }
      const column = new Numbers(this.arena, step.space.lanes, narrow.is, this.#lexicon)
      return { column, run: values.widen(this.arena, narrow, column) }
    })
  }

  #words(step: Step): Step {
    const wide = this.#wide(step)
    const choices = wide.column
    if (choices.kind !== 'choices') return wide
    return this.#step('words', step.space, [wide], () => {
      const column = new Numbers(this.arena, step.space.lanes, 'text', this.#lexicon)
      return { column, run: values.wordsOf(choices, column) }
    })
  }

  #inList(operand: Operand, list: readonly string[], space: Space, slots: readonly number[], bounds: Bounds): Step {
    if (!operand.step)
      return this.#step(
        `fill ${operand.key} ${list.join()}`,
        space,
        [],
        () => {
          const column = new Choices(this.arena, space.lanes, list)
          return { column, run: values.fillChoices(() => maskOf(operand.value(), list) ?? 0, column) }
        },
        operand.parameters,
      )
    const step = this.#at(operand, space, slots, bounds, 'choices')
    const from = step.column as Choices
    if (from.choices.length === list.length && from.choices.every((w, i) => w === list[i])) return step
    return this.#step(`translated ${list.join()}`, space, [step], () => {
      const column = new Choices(this.arena, space.lanes, list)
      return { column, run: values.translated(from, column) }
    })
  }

  #given(name: string, on: readonly Base[], given: Given): Step {
    const space = this.spaces.of(on)
    return this.#step(`given ${name}`, space, [], () => {
      if (given.is !== 'truth')
        return { column: new Narrow(this.arena, space.lanes, given, this.#lexicon), run: undefined }
      const column = Truth.of(this.arena, space.lanes, given.none !== undefined)
      this.arena.whenOpen(() => {
        column.yes.words.set(given.values)
        column.no.words.set(given.known.map((k, w) => k & ~(given.values[w] as number)))
        if (given.none) column.none?.words.set(given.none)
      })
      return { column, run: undefined }
    })
  }

  #plane(name: string, on: readonly Base[], plane: Int32Array): Step {
    const space = this.spaces.of(on)
    return this.#step(name, space, [], () => {
      const column = Truth.of(this.arena, space.lanes)
      this.arena.whenOpen(() => {
        column.yes.words.set(plane)
        column.no.words.set(plane.map(w => ~w))
      })
      return { column, run: undefined }
    })
  }

  #heldStep(policy: number): Step {
    let step = this.#held.get(policy)
    if (!step) {
      const [space] = this.#whole(this.#isOfPerson(policy) ? 'person' : 'household')
      step = this.#step(`held ${policy}`, space, [], () => ({
        column: Truth.of(this.arena, space.lanes),
        run: undefined,
      }))
      this.#held.set(policy, step)
    }
    return step
  }

  #isOfPerson(policy: number): boolean {
    return this.pool.policies[policy]?.scope === 'person'
  }

  // — steps —

  #lanes(
    key: string,
    space: Space,
    slots: readonly number[],
    inputs: readonly Step[],
    make: () => Made,
    parameters?: readonly number[],
  ): Lanes {
    return { step: this.#step(key, space, inputs, make, parameters), slots }
  }

  #step(
    key: string,
    space: Space,
    inputs: readonly Step[],
    make: () => Made,
    parameters: readonly number[] = [],
  ): Step {
    const whole = `${space.key}|${key}|${inputs.map(i => i.number).join()}`
    let step = this.#byKey.get(whole)
    if (!step) {
      const { column, run, whole: needsAll = false } = make()
      step = { number: this.steps.length, space, column, inputs, parameters, run, whole: needsAll }
      this.steps.push(step)
      this.#byKey.set(whole, step)
    }
    return step
  }

  #once(key: string, make: () => Operand): Operand {
    let made = this.#made.get(key)
    if (!made) this.#made.set(key, (made = make()))
    return made
  }
}

interface Made {
  readonly column: Column
  readonly run: Run | Work | undefined
  readonly whole?: boolean
}

const turned = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

const truth = (step: Step): Truth => {
  if (step.column.kind !== 'truth') throw new Error('yes or no is wanted here')
  return step.column
}

function parameterOn(rows: Pool['parameters'][number]['rows'], on: Day): Value {
  const row = inForce(rows, on)
  return row === undefined || (row.until !== undefined && row.until <= on) ? undefined : row.value
}
