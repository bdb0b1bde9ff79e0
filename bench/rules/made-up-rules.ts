import type { FactDocument, HouseholdFacts, PoolDocuments } from '@zhulian/rules'

/** A table of made-up households of 42 facts and 45 made-up rules over them, the same for the same seeds. No real policy. */
export type Fact = { readonly name: string } & (
  | { readonly kind: 'whole' | 'money' | 'day'; readonly draw: (random: Random) => number }
  | { readonly kind: 'truth'; readonly share: number }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly weights: readonly number[] }
)
export type Random = () => number

/** Whole numbers and days since 1970 in four bytes, money in eight, yes or no (0, 1) and choices (their place) in one. */
export interface Table {
  readonly rows: number
  readonly columns: Readonly<Record<string, Float64Array | Int32Array | Int8Array>>
}

export type Tree =
  | { readonly op: 'all'; readonly args: readonly Tree[] }
  | { readonly op: 'any'; readonly args: readonly Tree[] }
  | { readonly op: 'not'; readonly arg: Tree }
  | Atom
export type Atom =
  | { readonly op: 'is'; readonly fact: string }
  | { readonly op: 'compare'; readonly fact: string; readonly order: Order; readonly than: number }
  | { readonly op: 'pair'; readonly fact: string; readonly order: Order; readonly other: string }
  | { readonly op: 'in'; readonly fact: string; readonly values: readonly string[] }
  | {
      readonly op: 'sum'
      readonly terms: readonly (readonly [number, string])[]
      readonly order: Order
      readonly than: number
    }
export type Order = '<' | '<=' | '>' | '>='

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const whole = (name: string, draw: (random: Random) => number): Fact => ({ name, kind: 'whole', draw })
const few = (name: string, share: number, from: number, to: number) =>
  whole(name, random => Math.min(to, from + Math.floor(Math.log(1 - random()) / Math.log(1 - share))))
const around = (name: string, mean: number, spread: number, from: number, to: number) =>
  whole(name, random => Math.max(from, Math.min(to, Math.round(mean + spread * normal(random)))))
const money = (name: string, mean: number, none = 0): Fact => ({
  name,
  kind: 'money',
  draw: random => (random() < none ? 0 : Math.round(mean * Math.exp(0.7 * normal(random) - 0.245))),
})
const truth = (name: string, share: number): Fact => ({ name, kind: 'truth', share })
const choice = (name: string, weights: Readonly<Record<string, number>>): Fact => ({
  name,
  kind: 'choice',
  values: Object.keys(weights),
  weights: Object.values(weights),
})
const days = (name: string, from: number, to: number): Fact => ({
  name,
  kind: 'day',
  draw: random => Math.floor(from + random() * (to - from)),
})

export const facts: readonly Fact[] = [
  around('headAge', 44, 15, 18, 95),
  few('persons', 0.25, 1, 14),
  few('minors', 0.35, 0, 9),
  few('elders', 0.7, 0, 3),
  few('disabled', 0.8, 0, 4),
  few('pupils', 0.5, 0, 6),
  few('orphans', 0.85, 0, 5),
  few('illMembers', 0.7, 0, 4),
  few('rooms', 0.4, 1, 8),
  around('monthsKnown', 30, 18, 0, 120),
  few('aidCount', 0.5, 0, 12),
  money('wages', 900, 0.15),
  money('otherIncome', 200, 0.5),
  money('rent', 250, 0.4),
  money('debt', 1500, 0.3),
  money('medicine', 120, 0.4),
  money('savings', 400, 0.5),
  money('aidYear', 600, 0.35),
  money('schoolYear', 300, 0.5),
  money('power', 45, 0.05),
  money('perHead', 220, 0.12),
  truth('headIsWoman', 0.35),
  truth('moved', 0.25),
  truth('ownsHome', 0.45),
  truth('ownsCar', 0.2),
  truth('hasAccount', 0.4),
  truth('headWorks', 0.5),
  truth('expecting', 0.08),
  truth('registered', 0.92),
  truth('certificate', 0.12),
  truth('sheltered', 0.1),
  truth('earnerAway', 0.15),
  truth('damaged', 0.07),
  choice('area', {
    a01: 20,
    a02: 15,
    a03: 12,
    a04: 10,
    a05: 9,
    a06: 8,
    a07: 7,
    a08: 6,
    a09: 5,
    a10: 4,
    a11: 3,
    a12: 1,
  }),
  choice('ring', { r1: 10, r2: 20, r3: 30, r4: 25, r5: 15 }),
  choice('housing', { owned: 40, rented: 30, lodged: 12, hut: 5, public: 8, other: 5 }),
  choice('marriage', { single: 12, married: 60, widowed: 14, divorced: 9, separated: 5 }),
  choice('work', { none: 30, daily: 20, company: 15, state: 10, own: 12, retired: 10, pupil: 3 }),
  choice('school', { none: 12, primary: 22, junior: 22, senior: 22, college: 8, university: 14 }),
  days('knownSince', 18_600, 20_400),
  days('visitedOn', 19_600, 20_500),
  days('helpedOn', 19_400, 20_500),
]
const byName = new Map(facts.map(fact => [fact.name, fact]))
export const factOf = (name: string): Fact => byName.get(name) as Fact

export const unknownWhole = -2_147_483_648
export const unknownByte = -128

export function madeUpTable(rows: number, { seed = 7, missing = 0.1 } = {}): Table {
  const random = randomOf(seed)
  const columns: Record<string, Float64Array | Int32Array | Int8Array> = {}
  for (const fact of facts) {
    const column =
      fact.kind === 'money'
        ? new Float64Array(rows)
        : fact.kind === 'truth' || fact.kind === 'choice'
          ? new Int8Array(rows)
          : new Int32Array(rows)
    const total = fact.kind === 'choice' ? fact.weights.reduce((a, b) => a + b) : 0
    for (let i = 0; i < rows; i++) {
      let value: number
      if (fact.kind === 'truth') value = random() < fact.share ? 1 : 0
      else if (fact.kind === 'choice') {
        let left = random() * total
        value = fact.weights.findIndex(weight => (left -= weight) < 0)
        if (value < 0) value = fact.weights.length - 1
      } else value = fact.draw(random)
      if (missing > 0 && random() < missing)
        value = fact.kind === 'money' ? Number.NaN : column instanceof Int8Array ? unknownByte : unknownWhole
      column[i] = value
    }
    columns[fact.name] = column
  }
  return { rows, columns }
}

/** Undefined where it is not known. */
export function valueAt({ columns }: Table, name: string, row: number): number | undefined {
  const column = columns[name] as Float64Array
  const value = column[row] as number
  if (column instanceof Float64Array) return Number.isNaN(value) ? undefined : value
  return value === unknownWhole || (value === unknownByte && (column as unknown) instanceof Int8Array)
    ? undefined
    : value
}

/** 3 to 10 conditions a rule, a good third of them shared between rules; thresholds near the middle of what occurs. */
export function madeUpRules(count = 45, seed = 11): readonly Tree[] {
  const random = randomOf(seed)
  const sample = madeUpTable(4000, { seed: 99, missing: 0 })
  const sorted = new Map(facts.map(f => [f.name, Array.from(sample.columns[f.name] ?? []).sort((a, b) => a - b)]))
  const quantile = (fact: string, share: number) => {
    const all = sorted.get(fact) as number[]
    return all[Math.min(all.length - 1, Math.floor(share * all.length))] as number
  }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const of = (kind: Fact['kind']) => facts.filter(f => f.kind === kind)
  const compare = (kind: 'whole' | 'money' | 'day', low: number, range: number): Atom => {
    const fact = pick(of(kind)).name
    const order = pick(['<', '<=', '>', '>='] as const)
    const share = low + range * random()
    const than = quantile(fact, order[0] === '<' ? share : 1 - share)
    return { op: 'compare', fact, order, than: kind === 'money' && than > 50 ? Math.round(than / 10) * 10 : than }
  }
  const atom = (loose: boolean): Tree => {
    const kind = random()
    if (kind < 0.25) return compare('whole', loose ? 0.6 : 0.3, loose ? 0.3 : 0.4)
    if (kind < 0.5) return compare('money', loose ? 0.6 : 0.35, loose ? 0.3 : 0.4)
    if (kind < 0.58) return compare('day', 0.4, 0.5)
    if (kind < 0.76) {
      const is: Atom = { op: 'is', fact: pick(of('truth')).name }
      return random() < 0.35 ? { op: 'not', arg: is } : is
    }
    if (kind < 0.94) {
      const fact = pick(of('choice')) as Fact & { kind: 'choice' }
      const size = 1 + Math.floor(random() * (fact.values.length - 2))
      const keyed = fact.values.map(value => [random(), value] as const).sort((a, b) => a[0] - b[0])
      const most = loose ? Math.max(size, Math.ceil(fact.values.length * 0.6)) : size
      const values = keyed.slice(0, most).map(([, value]) => value)
      const among: Atom = { op: 'in', fact: fact.name, values: values.sort() }
      return values.length === 1 && random() < 0.3 ? { op: 'not', arg: among } : among
    }
    if (kind < 0.97) {
      const [fact, other] = [pick(of('money')).name, pick(of('money')).name]
      return fact === other ? atom(loose) : { op: 'pair', fact, order: pick(['<', '<=', '>', '>='] as const), other }
    }
    return random() < 0.5
      ? {
          op: 'sum',
          terms: [
            [1, 'wages'],
            [1, 'otherIncome'],
            [-1, 'medicine'],
            [-150, 'persons'],
          ],
          order: '<',
          than: 100 * Math.floor(1 + 6 * random()),
        }
      : {
          op: 'sum',
          terms: [
            [1, 'rent'],
            [1, 'medicine'],
            [-0.5, 'wages'],
          ],
          order: '>',
          than: 50 * Math.floor(random() * 4),
        }
  }
  const some = (n: number) => Array.from({ length: n }, () => atom(false))
  return Array.from({ length: count }, () => {
    const top: Tree[] = []
    for (let left = 3 + Math.floor(random() * 8); left > 0; ) {
      const shape = random()
      if (left >= 2 && shape < 0.35) {
        const size = Math.min(left, 2 + Math.floor(random() * 3))
        const group = some(size)
        if (size >= 3 && random() < 0.5) group.push({ op: 'all', args: group.splice(0, 2) })
        top.push({ op: 'any', args: group })
        left -= size
      } else if (left >= 2 && shape < 0.45) {
        top.push({ op: 'not', arg: { op: 'all', args: some(2) } })
        left -= 2
      } else {
        top.push(atom(true))
        left--
      }
    }
    return top.length === 1 ? (top[0] as Tree) : { op: 'all', args: top }
  })
}

export function atomsOf(tree: Tree): readonly Atom[] {
  if (tree.op === 'all' || tree.op === 'any') return tree.args.flatMap(atomsOf)
  return tree.op === 'not' ? atomsOf(tree.arg) : [tree]
}

export const holds = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
}

/** The reference: Kleene's logic, a tree and a row at a time. 0 no, 1 unknown, 2 yes. */
export function reference(tree: Tree, table: Table, row: number): 0 | 1 | 2 {
  switch (tree.op) {
    case 'all':
      return Math.min(...tree.args.map(arg => reference(arg, table, row))) as 0 | 1 | 2
    case 'any':
      return Math.max(...tree.args.map(arg => reference(arg, table, row))) as 0 | 1 | 2
    case 'not':
      return (2 - reference(tree.arg, table, row)) as 0 | 1 | 2
    case 'sum': {
      let sum = 0
      for (const [factor, fact] of tree.terms) {
        const value = valueAt(table, fact, row)
        if (value === undefined) return 1
        sum += factor * value
      }
      return holds[tree.order](sum, tree.than) ? 2 : 0
    }
    default: {
      const value = valueAt(table, tree.fact, row)
      if (value === undefined) return 1
      if (tree.op === 'is') return value === 1 ? 2 : 0
      if (tree.op === 'compare') return holds[tree.order](value, tree.than) ? 2 : 0
      if (tree.op === 'in') {
        const fact = factOf(tree.fact) as Fact & { kind: 'choice' }
        return tree.values.includes(fact.values[value] as string) ? 2 : 0
      }
      const other = valueAt(table, tree.other, row)
      return other === undefined ? 1 : holds[tree.order](value, other) ? 2 : 0
    }
  }
}

const decimal = (n: number) => (Number.isInteger(n) ? `${n}.0` : `${n}`)
export const dayText = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10)

/** The language of the pool (`household.`), which is also CEL where days are numbers (`dates` false). */
export function languageOf(tree: Tree, prefix = 'household.', dates = true): string {
  const of = (t: Tree): string => languageOf(t, prefix, dates)
  switch (tree.op) {
    case 'all':
      return `(${tree.args.map(of).join(' && ')})`
    case 'any':
      return `(${tree.args.map(of).join(' || ')})`
    case 'not':
      return `!(${of(tree.arg)})`
    case 'is':
      return prefix + tree.fact
    case 'compare': {
      const than = dates && factOf(tree.fact).kind === 'day' ? `date("${dayText(tree.than)}")` : decimal(tree.than)
      return `${prefix}${tree.fact} ${tree.order} ${than}`
    }
    case 'pair':
      return `${prefix}${tree.fact} ${tree.order} ${prefix}${tree.other}`
    case 'in':
      return `${prefix}${tree.fact} in [${tree.values.map(v => `"${v}"`).join(', ')}]`
    case 'sum':
      return `${tree.terms
        .map(([c, f]) => `${decimal(c)} * ${prefix}${f}`)
        .join(' + ')
        .replaceAll('+ -', '- ')} ${tree.order} ${decimal(tree.than)}`
  }
}

const words = { zh: '编造', en: 'made up' }

/** The rules as a pool in our language, each giving 120 yuan a year. `line` becomes a parameter of the rules it stands in. */
export function documentsOf(rules: readonly Tree[], line?: Atom & { op: 'compare' }): PoolDocuments {
  const text = (tree: Tree) => {
    const plain = languageOf(tree)
    return line
      ? plain.replaceAll(
          `household.${line.fact} ${line.order} ${decimal(line.than)}`,
          `household.${line.fact} ${line.order} params.line`,
        )
      : plain
  }
  const choices = (values: readonly string[]) => values.map(value => ({ value, label: words }))
  const documents = facts.map(
    (fact): FactDocument => ({
      name: `household.${fact.name}`,
      label: words,
      ask: 'person',
      ...(fact.kind === 'choice'
        ? { type: 'enum', values: choices(fact.values) }
        : { type: ({ whole: 'integer', money: 'money', day: 'date', truth: 'boolean' } as const)[fact.kind] }),
    }),
  )
  return {
    facts: [...documents, { name: 'person.alive', label: words, type: 'boolean', ask: 'person' }],
    derived: ['household.tier', 'person.tier'].map(name => ({
      name,
      label: words,
      type: 'enum',
      values: choices(['none']),
      formula: '"none"',
    })),
    parameters: line ? [{ name: 'line', label: words, rows: [{ from: '2000-01-01', value: line.than }] }] : [],
    policies: rules.map((tree, i) => ({
      id: `P${i + 1}`,
      slug: `p${i + 1}`,
      name: words,
      summary: words,
      unit: 'unit',
      kind: 'basic',
      scope: 'household',
      materials: [],
      procedure: { apply: words, level: 'district', steps: [] },
      legalBasis: [],
      versions: [
        { from: '2000-01-01', condition: text(tree), benefit: { kind: 'cash', period: 'year', amount: '120', words } },
      ],
    })),
    exclusions: [],
    services: [],
    circle: { lines: [] },
    class: { classes: [], primary: [] },
    units: [],
  }
}

/** A row as an object of its known facts, days as numbers. */
export function rowOf(table: Table, row: number): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const fact of facts) {
    const value = valueAt(table, fact.name, row)
    if (value === undefined) continue
    found[fact.name] = fact.kind === 'truth' ? value === 1 : fact.kind === 'choice' ? fact.values[value] : value
  }
  return found
}

/** {@link rowOf} as a household of its own, days as days. */
export function homeOf(row: Readonly<Record<string, unknown>>): HouseholdFacts {
  const known = Object.entries(row).map(([name, value]) => [
    name,
    factOf(name).kind === 'day' ? dayText(value as number) : value,
  ])
  return { household: Object.fromEntries(known), persons: [{ key: 'm', alive: true }] }
}
