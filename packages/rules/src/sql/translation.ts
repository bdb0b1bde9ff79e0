import type { Day } from '@zhulian/kernel'
import type { Range } from '../fault.ts'
import type { List, Node, Slot, Type } from '../ir.ts'
import { inForce, type Fact, type Pool } from '../pool.ts'
import { compare, either as eitherOf, equal, lift, within, type Scalar, type Value } from '../value.ts'
import { typeOf } from '../vocabulary.ts'
import { calculations, type Calculation } from '../calculations.ts'
import { calculationOf, type Calculated } from './calculations.ts'
import { compareSql, equalSql, withinSql } from './comparisons.ts'
import {
  constantOf,
  countOf,
  distinct,
  either,
  isKnown,
  mapped,
  mostCombined,
  saidNo,
  ofSeveral,
  possibilities,
  settled,
  sqlType,
  typed,
  type Expression,
} from './expression.ts'
import {
  bound,
  columnOf,
  conjunction,
  isNotNull,
  joined,
  literals,
  named,
  allPersons,
  quoted,
  sql,
  written,
  type Row,
  type Sql,
  type SqlType,
} from './fragment.ts'
import {
  factsColumn,
  isPlainText,
  itemColumn,
  keyColumn,
  keyOf,
  listConstant,
  placeColumn,
  readGiven,
} from './given.ts'
import { Lanes } from './lanes.ts'
import { counted, extremeOf, filtered, quantified, summed, type Elements } from './lists.ts'
import { added, ofConstant, ofCounts, widestOf } from './reach.ts'
import { SqlRefused } from './refusal.ts'

/** Where variables stand. */
type Rows = ReadonlyMap<number, Row>

/**
 * Turns trees into SQL. What a rule rests on becomes columns of two lanes, one row for the household and one for each of
 * its persons, each column later than what it is made from; a part that speaks of both, or of items of a list, is worked out
 * where it stands. Nothing is evaluated for its side: every expression here is total.
 */
export class Translation {
  readonly pool: Pool
  readonly on: Day
  readonly lanes = new Lanes()
  readonly #facts = new Map<number, Expression>()
  readonly #met = new Map<number, Expression>()
  #aliases = 0

  constructor(pool: Pool, on: Day) {
    this.pool = pool
    this.on = on
  }

  /** A condition, ready to be selected: what is "none" is a no. */
  condition(node: Node): Sql {
    return settled(this.#node(node, new Map([[0, this.lanes.person]])), false)
  }

  /** A policy's own conditions. */
  conditionOf(policy: number): Sql {
    return settled(this.#policy(policy), false)
  }

  truthOf(fact: number): Sql {
    return settled(this.#fact(fact), false)
  }

  // — trees —

  #node(node: Node, rows: Rows): Expression {
    const of = (child: Node) => this.#node(child, rows)
    const { at } = node
    switch (node.op) {
      case 'constant':
        return this.#constant(node.value, node.type, at)
      case 'today':
        return constantOf(this.on, 'date')
      case 'parameter': {
        const value = this.#parameter(node.parameter)
        return { ...constantOf(value, 'float8'), constant: { value } }
      }
      case 'fact':
        return this.#at(this.#fact(node.fact), rows, node.of)
      case 'key':
        if (node.of === 'household') return constantOf('', 'text')
        return { type: 'text', value: columnOf(keyColumn, rows.get(node.of) as Row) }
      case 'field':
        return this.#field(node, rows)
      case 'element':
        return { type: 'text', value: sql`(${columnOf(itemColumn, rows.get(node.of as number) as Row)} #>> '{}')` }
      case 'met':
        return this.#at(this.#policy(node.policy), rows, node.of)
      case 'held':
        throw new SqlRefused('held', at, 'held 要在排除之后才知道', 'held is known only after the exclusion pass')
      case 'and':
      case 'or':
        return this.#junction(node.args.map(of), node.op === 'or')
      case 'not':
        return this.#not(of(node.arg))
      case 'order': {
        const [a, b] = [of(node.left), of(node.right)].map(e => this.lanes.short(e)) as [Expression, Expression]
        if (a.constant?.value === null || b.constant?.value === null) return constantOf(false, 'boolean')
        if (a.constant && b.constant)
          return constantOf(compare(node.order, a.constant.value, b.constant.value), 'boolean')
        this.#comparable(a, b, at)
        return truth(compareSql(node.order, a, b), a, b)
      }
      case 'equal': {
        const [a, b] = [of(node.left), of(node.right)].map(e => this.lanes.short(e)) as [Expression, Expression]
        if (a.constant && b.constant) {
          const same = equal(a.constant.value, b.constant.value)
          return constantOf(same === undefined ? undefined : same !== node.negated, 'boolean')
        }
        this.#comparable(a, b, at)
        const same = truth(equalSql(a, b), a, b)
        return node.negated ? this.#not(same) : same
      }
      case 'in': {
        const arg = this.lanes.short(of(node.arg))
        if (arg.constant) return constantOf(within(arg.constant.value, node.values), 'boolean')
        for (const value of node.values) this.#holds(value, at)
        return truth(withinSql(arg, node.values), arg)
      }
      case 'choice':
        return this.#choice(of(node.test), of(node.yes), of(node.no), sqlType(node.type))
      case 'known':
        return { type: 'boolean', value: isKnown(this.lanes.short(of(node.arg))), certain: true }
      case 'calculate':
        return this.#calculate(node, node.args.map(of))
      case 'some':
      case 'every': {
        const [elements, body] = this.#over(node.list, node.slot, node.body, rows)
        const value = this.lanes.beside(elements.row, this.lanes.named(body.value))
        return { type: 'boolean', value: quantified(this.#gone(elements), value, node.op === 'some') }
      }
      case 'count':
        return this.#count(node.list, rows)
      case 'sum': {
        const [elements, body] = this.#over(node.list, node.slot, node.body, rows)
        const short = mapped(this.lanes.short(body), piece => this.lanes.beside(elements.row, piece))
        const place = columnOf(placeColumn, elements.row)
        const { value, several, reach } = summed(this.#gone(elements), short, place, at)
        if (several) return ofSeveral('float8', this.lanes.named(several), reach)
        return { type: 'float8', value: value as Sql, reach }
      }
      case 'most':
      case 'least': {
        const [elements, body] = this.#over(node.list, node.slot, node.body, rows)
        const short = mapped(this.lanes.short(body), piece => this.lanes.beside(elements.row, piece))
        const several = extremeOf(this.#gone(elements), short, node.op === 'most')
        return ofSeveral('float8', this.lanes.named(several), short.reach ?? ofCounts)
      }
    }
  }

  #constant(value: Scalar, type: Type, at: Range): Expression {
    this.#holds(value, at)
    return constantOf(value, sqlType(type))
  }

  #holds(value: unknown, at: Range): void {
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) this.#holds(part, at)
    if (typeof value === 'string' && !isPlainText(value))
      throw new SqlRefused('text', at, '文字里有数据库存不了的字符', 'A text with characters the database cannot hold')
  }

  #parameter(number: number): number | undefined {
    const parameter = this.pool.parameters[number]
    const row = parameter && inForce(parameter.rows, this.on)
    return row === undefined || (row.until !== undefined && row.until <= this.on) ? undefined : row.value
  }

  #junction(args: readonly Expression[], any: boolean): Expression {
    const kept = args.filter(arg => !(arg.constant && settledValue(arg.constant.value, !any) === !any))
    if (kept.some(arg => arg.constant && settledValue(arg.constant.value, !any) === any))
      return constantOf(any, 'boolean')
    if (kept.length === 0) return constantOf(!any, 'boolean')
    const pieces = kept.map(arg => settled(arg.none ? this.lanes.short(arg) : arg, !any))
    const value = pieces.length === 1 ? (pieces[0] as Sql) : sql`(${joined(pieces, any ? sql` OR ` : sql` AND `)})`
    return { type: 'boolean', value, certain: kept.every(arg => arg.certain) }
  }

  #not(arg: Expression): Expression {
    if (arg.constant) {
      const { value } = arg.constant
      return constantOf(value === undefined ? undefined : !value, 'boolean')
    }
    return { type: 'boolean', value: sql`(NOT ${settled(this.lanes.short(arg), false)})`, certain: arg.certain }
  }

  #choice(given: Expression, yes: Expression, no: Expression, type: SqlType): Expression {
    if (given.constant && given.constant.value !== undefined) return typed(given.constant.value ? yes : no, type)
    const test = given.none ? { ...given, value: settled(this.lanes.short(given), false), none: undefined } : given
    if (yes.constant && no.constant && test.constant) {
      const value = eitherOf([yes.constant.value, no.constant.value])
      if (value === undefined || typeof value !== 'object' || value === null)
        return constantOf(value as Scalar | undefined, type)
    }
    const t = this.lanes.named(test.value)
    const [y, n] = [yes, no].map(branch => this.lanes.short(typed(branch, type))) as [Expression, Expression]
    if (test.certain) return this.#picked(t, y, n)
    if (type === 'boolean') return this.#chosenTruth(t, y, n)
    const [a, b] = [y, n].map(branch => this.lanes.named(possibilities(branch))) as [Sql, Sql]
    const atMost = countOf(y) + countOf(n)
    const several = sql`CASE WHEN ${t} THEN ${a} WHEN NOT ${t} THEN ${b} ELSE ${either(a, b, atMost)} END`
    const reach = widestOf(y.reach, n.reach)
    const chosen = ofSeveral(type, this.lanes.named(several), reach, Math.min(atMost, 12))
    if (!y.between && !n.between) return chosen
    const bounds = (which: 'min' | 'max') =>
      sql`CASE WHEN ${t} THEN ${y.between?.[which] ?? null_} WHEN NOT ${t} THEN ${n.between?.[which] ?? null_} END`
    return { ...chosen, between: { min: bounds('min'), max: bounds('max') } }
  }

  /** The last part holds where the test is open and both branches agree. */
  #chosenTruth(test: Sql, yes: Expression, no: Expression): Expression {
    if (!yes.none && !no.none) {
      const value = sql`((${test} AND ${yes.value}) OR (NOT ${test} AND ${no.value}) OR (${yes.value} AND ${no.value}))`
      return { type: 'boolean', value }
    }
    const [a, b] = [yes.none ?? saidNo, no.none ?? saidNo]
    const agreed = sql`CASE WHEN ${yes.value} = ${no.value} THEN ${yes.value} END`
    return {
      type: 'boolean',
      value: sql`CASE WHEN ${test} THEN ${yes.value} WHEN NOT ${test} THEN ${no.value} ELSE ${agreed} END`,
      none: sql`CASE WHEN ${test} THEN ${a} WHEN NOT ${test} THEN ${b} ELSE ${a} AND ${b} END`,
    }
  }

  /** By a test that is never NULL. */
  #picked(test: Sql, yes: Expression, no: Expression): Expression {
    const { type } = yes
    const pick = (a: Sql, b: Sql) => {
      const [one, other] = [a, b].map(piece => written(piece, literals, ''))
      if (one === other) return a
      if (one === 'true' && other === 'false') return test
      return sql`CASE WHEN ${test} THEN ${a} ELSE ${b} END`
    }
    const reach = widestOf(yes.reach, no.reach)
    const between =
      (yes.between ?? no.between)
        ? {
            min: pick(yes.between?.min ?? null_, no.between?.min ?? null_),
            max: pick(yes.between?.max ?? null_, no.between?.max ?? null_),
          }
        : undefined
    if (yes.several ?? no.several) {
      const several = this.lanes.named(pick(possibilities(yes), possibilities(no)))
      return { ...ofSeveral(type, several, reach, Math.max(countOf(yes), countOf(no))), between }
    }
    return {
      type,
      value: pick(yes.value, no.value),
      none: (yes.none ?? no.none) ? pick(yes.none ?? saidNo, no.none ?? saidNo) : undefined,
      between,
      reach,
      certain: yes.certain && no.certain,
    }
  }

  #calculate(node: Node & { op: 'calculate' }, given: readonly Expression[]): Expression {
    const { takes } = calculations[node.name] as Calculation
    const args = given.map((arg, i) => typed(arg, sqlType({ is: takes[Math.min(i, takes.length - 1)] as 'text' })))
    if (args.every(arg => arg.constant))
      return this.#figure(
        lift(
          node.by,
          args.map(arg => arg.constant?.value),
        ),
        node,
      )
    const calculated = calculationOf(node.name, args, node.at)
    const { type, by, reach } = calculated
    if (args.some(arg => arg.several))
      return this.#calculateSeveral(
        args.map(arg => this.lanes.short(arg)),
        calculated,
      )
    const mayBeNone = Boolean(calculated.mayBeNone) || args.some(arg => arg.none)
    const once = new Set(['+', '-', '*', 'round', 'prefix', 'addMonths', 'daysBetween', 'completedYears'])
    const short = mayBeNone || !once.has(node.name) ? args.map(arg => this.lanes.short(arg)) : args
    const value = by(...short.map(arg => arg.value))
    if (!mayBeNone) return { type, value, reach }
    const result = this.lanes.named(value)
    return {
      type,
      value: result,
      none: sql`(${conjunction([...short.filter(arg => !arg.constant).map(isKnown), sql`${result} IS NULL`])})`,
      reach,
    }
  }

  #figure(value: Value, { type, at }: Node): Expression {
    if (typeof value === 'number') added([ofConstant(value)], 0, at)
    return constantOf(value as Scalar | undefined, sqlType(type))
  }

  /** Their difference is a double. */
  #comparable(a: Expression, b: Expression, at: Range): void {
    if (a.type === 'float8') added([a.reach ?? ofCounts, b.reach ?? ofCounts], 0.5, at)
  }

  #calculateSeveral(args: readonly Expression[], { type, by, reach }: Calculated): Expression {
    // What is one value at most stands as it is; of the others every combination is tried.
    const isOne = (arg: Expression) => !arg.several && !arg.none
    const open = args
      .filter(arg => !isOne(arg))
      .map((arg, i) => ({ arg, name: quoted(`v${i}`), set: this.lanes.named(possibilities(arg)) }))
    const from = joined(
      open.map(({ set, name }, i) => sql`unnest(${set}) AS ${quoted(`a${i}`)}(${name})`),
      sql`, `,
    )
    const values = args.map(arg => open.find(o => o.arg === arg)?.name ?? arg.value)
    const atMost = open.reduce((product, { arg }) => product * countOf(arg), 1)
    const all = distinct(sql`${from}, LATERAL (SELECT ${by(...values)} AS v) AS r`, atMost)
    const few = joined(
      open.map(({ set }) => sql`cardinality(${set})`),
      sql` * `,
    )
    const conditions = [
      ...args.filter(isOne).map(arg => isNotNull(arg.value)),
      atMost <= mostCombined ? undefined : sql`${few} <= 24`,
    ].filter(condition => condition !== undefined)
    const several = conditions.length === 0 ? all : sql`CASE WHEN ${joined(conditions, sql` AND `)} THEN ${all} END`
    return ofSeveral(type, this.lanes.named(several), reach, Math.min(atMost, 12))
  }

  // — lists —

  #over(list: List, slot: number, body: Node, rows: Rows): [Elements, Expression] {
    const elements = this.#list(list, rows)
    return [elements, this.#node(body, new Map([...rows, [slot, elements.row]]))]
  }

  #count(list: List, rows: Rows): Expression {
    const elements = this.#list(list, rows)
    const found = counted(this.#gone(elements))
    const [min, max] = [this.lanes.named(found.min), this.lanes.named(found.max)]
    const value = sql`CASE WHEN ${min} = ${max} THEN ${min} END`
    return {
      type: 'float8',
      value,
      between: {
        min: sql`CASE WHEN ${min} <> ${max} THEN ${min} END`,
        max: sql`CASE WHEN ${min} <> ${max} THEN ${max} END`,
      },
      reach: ofCounts,
    }
  }

  #list(list: List, rows: Rows): Elements {
    switch (list.op) {
      case 'everyone': {
        const row = this.#row('person', rows)
        return { row, from: sql``, known: this.lanes.named(sql`(SELECT count(*) > 0 FROM ${allPersons})`) }
      }
      case 'members': {
        const row = this.#row('person', rows)
        const alive = this.#fact(this.pool.known.alive).value
        const of = (which: Row) => alive.of(this.lanes.person, which)
        const other = this.#row('person', rows)
        const found = sql`coalesce((SELECT bool_or(${of(other)} IS NOT FALSE) FROM ${allPersons} AS ${named(other)}), false)`
        return { row, from: sql``, inside: of(row), known: this.lanes.named(found.closed(other)) }
      }
      case 'items': {
        const { source } = list
        const given = this.lanes.short(this.#at(this.#fact(source.fact), rows, source.of))
        const row = this.#row('item', rows)
        const from = sql`jsonb_array_elements(${given.value}) WITH ORDINALITY`
        return { row, from, known: isKnown(given) }
      }
      case 'filter': {
        const inner = this.#list(list.list, rows)
        const body = this.#node(list.body, new Map([...rows, [list.slot, inner.row]]))
        return { ...inner, inside: this.lanes.beside(inner.row, this.lanes.named(filtered(inner.inside, body))) }
      }
    }
  }

  #row(is: 'person' | 'item', rows: Rows): Row {
    const depth = 1 + Math.max(0, ...[...rows.values()].map(row => row.depth))
    return { is, alias: `${is === 'person' ? 'm' : 'e'}${++this.#aliases}`, depth, columns: [] }
  }

  /** The elements as a query, when all that is asked of each has been worked out. */
  #gone(elements: Elements): Elements {
    const { row } = elements
    const name = named(row)
    const first = row.is === 'person' ? allPersons : elements.from
    let from = row.is === 'person' ? sql`${first} AS ${name}` : sql`${first} AS ${name}(item, place)`
    for (let stage = 1; row.columns.some(c => c.stage === stage); stage++) {
      const columns = row.columns.filter(c => c.stage === stage).map(c => sql`, ${c.definition} AS ${quoted(c.name)}`)
      from = sql`(SELECT ${name}.*${joined(columns, sql``)} FROM ${from} OFFSET 0) AS ${name}`
    }
    return { ...elements, from: from.closed(row) }
  }

  #field(node: Node & { op: 'field' }, rows: Rows): Expression {
    const form = this.pool.facts[node.source.fact]?.document?.fields?.[node.field]
    const item = columnOf(itemColumn, rows.get(node.of as number) as Row)
    return readGiven(item, node.field, sqlType(node.type), form?.none === true)
  }

  // — facts and policies —

  /** Of the row its variable stands for. */
  #at(expression: Expression, rows: Rows, of: Slot): Expression {
    if (of === 'household') return expression
    const row = rows.get(of) as Row
    return mapped(expression, piece => piece.of(this.lanes.person, row))
  }

  #policy(number: number): Expression {
    let found = this.#met.get(number)
    if (!found) {
      const policy = this.pool.policies[number] as Pool['policies'][number]
      const rule = inForce(policy.rules, this.on)
      found = rule
        ? this.lanes.kept(this.#node(rule.condition, new Map([[0, this.lanes.person]])), policy.id, policy.scope)
        : constantOf(false, 'boolean')
      this.#met.set(number, found)
    }
    return found
  }

  #fact(number: number): Expression {
    let found = this.#facts.get(number)
    if (!found) {
      const fact = this.pool.facts[number] as Fact
      found = this.lanes.kept(this.#found(fact), fact.name, fact.owner)
      this.#facts.set(number, found)
    }
    return found
  }

  /** As `Household.fact`: what is implied, else what was given, else what follows where it was not. */
  #found(fact: Fact): Expression {
    const isList = fact.form.type === 'list' || fact.form.type === 'set'
    const type = isList ? 'jsonb' : sqlType(typeOf(fact.form))
    const formula = inForce(fact.formulas, this.on)?.node
    const fixed = (value: unknown): Expression => {
      this.#holds(value, nowhere)
      return isList ? listConstant(value) : constantOf(value as Scalar | undefined, type)
    }
    let value: Expression =
      fact.formulas.length === 0
        ? fixed(fact.absent)
        : formula
          ? typed(this.#node(formula, new Map([[0, this.lanes.person]])), type)
          : constantOf(undefined, type)
    if (fact.when) {
      const test = this.#node(fact.when, new Map([[0, this.lanes.person]]))
      const denied = test.constant ? bound(test.constant.value === false, 'boolean') : sql`${test.value} IS FALSE`
      value = this.#picked(this.lanes.named(denied), fixed(fact.otherwise), this.lanes.short(value))
    }
    if (fact.document) {
      const given = this.#given(fact, type)
      const isPlain = !given.none && !value.none && !value.several && !value.between
      if (value.constant && value.constant.value === undefined) value = given
      else if (isPlain && !isList)
        value = {
          type,
          value: sql`coalesce(${given.value}, ${value.value})`,
          reach: widestOf(given.reach, value.reach),
          certain: value.certain,
        }
      else value = this.#picked(isKnown(given), given, this.lanes.short(value))
    }
    if (fact.impliedBy === undefined) return value
    const kinds = this.#given(this.pool.facts[fact.impliedBy] as Fact, 'jsonb').value
    const named = this.lanes.named(sql`coalesce(${kinds} <> '[]'::jsonb, false)`)
    return this.#picked(named, constantOf(true, 'boolean'), this.lanes.short(value))
  }

  /** As it stands in the tables. */
  #given(fact: Fact, type: SqlType): Expression {
    const row = fact.owner === 'household' ? this.lanes.household : this.lanes.person
    const source = columnOf(factsColumn, row)
    const { value, none, ...rest } = readGiven(source, keyOf(fact), type, fact.form.none === true || type === 'jsonb')
    const isDerived = fact.formulas.length > 0 || fact.when || fact.absent !== undefined || fact.impliedBy !== undefined
    const name = isDerived ? `${fact.name} given` : fact.name
    return {
      ...rest,
      value: this.lanes.column(fact.owner, value, name, 0),
      none: none && this.lanes.column(fact.owner, none, `${name} none`, 0),
    }
  }
}

const nowhere: Range = { start: 0, end: 0 }
const null_ = sql`NULL::float8`
const truth = (value: Sql, ...from: readonly Expression[]): Expression => ({
  type: 'boolean',
  value,
  certain: from.every(e => e.certain),
})

const settledValue = (value: Value, as: boolean): Value => (value === null ? as : value)
