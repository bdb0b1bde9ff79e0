import { parseDay, type Day, type Words } from '@zhulian/kernel'
import type { DerivedDocument, FactDocument, PoolDocuments, ValueForm } from './documents.ts'
import { deadConditions, neverFirst, type OrderedLine } from './dead-conditions.ts'
import { Fault, problemOf } from './fault.ts'
import type { Node, Type } from './ir.ts'
import type { Problem } from './judgement.ts'
import { choice, lower, type Scope } from './lower.ts'
import type { Alert, Exclusion, Fact, PointsRule, Policy, PolicyRule, Pool, Service } from './pool.ts'
import { references, type Reference } from './references.ts'
import {
  benefitUnits,
  declaredUnit,
  mustBe,
  ofOnePerson,
  readMeasure,
  unitsOf,
  type Unit,
  type UnitSource,
} from './units.ts'
import type { Value } from './value.ts'
import { typeOf, type FactWord, type Vocabulary } from './vocabulary.ts'

export type Compiled =
  | { readonly ok: true; readonly pool: Pool }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * How far what was not answered may be presumed. Literal: what is absent is unknown, but for what follows from an answer
 * (`always`); then more knowledge never takes a verdict back. Else someone of 70 is presumed not to be in school until
 * somebody says otherwise, which saves most of the questions.
 */
export interface Reading {
  readonly literal?: boolean | undefined
  /** Unlike units and conditions that can only come out one way are no problem: for generated rules, never for an officer's. */
  readonly formOnly?: boolean | undefined
}

/**
 * Checks every expression of the documents against the dictionary and makes them ready to judge with: names, kinds,
 * units, and conditions that can only come out one way. All problems are returned (the first hundred), each with its
 * place; rules that wait for each other in a circle are one of them.
 */
export function compile(documents: PoolDocuments, reading: Reading = {}): Compiled {
  const compiler = new Compiler(documents, reading)
  const pool = compiler.pool()
  return compiler.problems.length > 0 ? { ok: false, problems: firstOf(compiler.problems) } : { ok: true, pool }
}

const most = 100
const firstOf = (problems: readonly Problem[]): readonly Problem[] => {
  const more = problems.length - most
  if (more <= 0) return problems
  return [
    ...problems.slice(0, most),
    { where: '', words: { zh: `还有 ${more} 处错误`, en: `and ${more} more problems` } },
  ]
}

const boolean: Type = { is: 'boolean' }
const circleForm: ValueForm = { type: 'integer', min: 1, max: 3, none: true }
const circleFacts: readonly DerivedDocument[] = [
  { name: 'person.circle', label: { zh: '圈层', en: 'Circle' }, ...circleForm },
  {
    name: 'household.circle',
    label: { zh: '家庭圈层', en: 'Circle of the household' },
    ...circleForm,
    formula: 'household.members.map(m, m.circle).min()',
  },
]

interface Entry {
  readonly name: string
  readonly document?: FactDocument
  readonly derived?: DerivedDocument
}

/** An expression that was read, for the checks that need all documents. */
interface Lowered {
  readonly node: Node
  readonly where: string
  readonly text: string
  /** In force from … until, half-open; empty where it is not dated. */
  readonly from: string
  readonly until: string
  readonly wanted?: readonly Unit[] | undefined
}
type Dated = Partial<Pick<Lowered, 'from' | 'until' | 'wanted'>>

class Compiler {
  readonly problems: Problem[] = []
  readonly #lowered: Lowered[] = []
  readonly #documents: PoolDocuments
  readonly #vocabulary: Vocabulary
  readonly #entries: readonly Entry[]

  readonly #reading: Reading

  constructor(documents: PoolDocuments, reading: Reading) {
    this.#documents = documents
    this.#reading = reading
    const entries = new Map<string, Entry>()
    for (const document of documents.facts) {
      if (entries.has(document.name)) this.#twice('facts', document.name)
      entries.set(document.name, { name: document.name, document })
    }
    const derived = [...documents.derived, ...circleFacts.filter(c => !documents.derived.some(d => d.name === c.name))]
    for (const document of derived) {
      const before = entries.get(document.name)
      if (before?.derived) this.#twice('facts/derived', document.name)
      entries.set(document.name, { ...before, name: document.name, derived: document })
    }
    this.#entries = [...entries.values()]
    const facts = new Map<string, FactWord>()
    this.#entries.forEach(({ name, document, derived: calculated }, fact) => {
      const form = document ?? calculated
      if (!form) return
      const list = form.type === 'list' ? calculated?.formula : undefined
      facts.set(name, { fact, form, fields: document?.fields, list })
    })
    for (const [what, all] of [
      ['parameters', documents.parameters.map(p => p.name)],
      ['policies', documents.policies.map(p => p.id)],
      ['services', documents.services.map(s => s.id)],
      ['alerts', (documents.alerts ?? []).map(a => a.id)],
    ] as const)
      all.filter((name, i) => all.indexOf(name) !== i).forEach(name => this.#twice(what, name))
    this.#vocabulary = {
      facts,
      parameters: new Map(documents.parameters.map((p, i) => [p.name, i])),
      policies: new Map(documents.policies.map((p, policy) => [p.id, { policy, scope: p.scope }])),
    }
  }

  pool(): Pool {
    const documents = this.#documents
    const lines = documents.circle.lines.map((line, i) => ({
      ...line,
      node: this.#lower(line.condition, `circles/circle lines[${i}]`, true, boolean),
    }))
    const facts = this.#entries.map((entry, number) => this.#fact(entry, number, lines))
    const number = (name: string) => this.#vocabulary.facts.get(name)?.fact ?? this.#lacks(name)
    const predicted = facts.filter(f => f.predicted !== undefined).map(f => f.number)
    const known = {
      alive: number('person.alive'),
      tier: number('household.tier'),
      personTier: number('person.tier'),
      predicted,
    }
    let policies: readonly Policy[] = documents.policies.map((document, i) => this.#policy(document, i))
    const reach = this.#reach(facts, policies)
    const onTier = (node: Node | undefined) =>
      node !== undefined && [...references(node)].some(r => predicted.some(p => reach.get(r)?.has(`f${p}`)))
    policies = policies.map(policy => ({
      ...policy,
      grantsTier: predicted.some(p => facts[p]?.formulas.some(f => references(f.node).has(`m${policy.number}`))),
      rules: policy.rules.map(rule => ({
        ...rule,
        onTier: onTier(rule.condition),
        amountOnTier: onTier(rule.amount) || onTier(rule.atLeast),
      })),
    }))
    const services: Service[] = documents.services.map(document => {
      const condition = this.#lower(document.condition, `services/${document.slug} condition`, true, boolean)
      return { id: document.id, condition, onTier: onTier(condition), document }
    })
    const household = (what: 'classes' | 'primary') =>
      documents.class[what].map((line, i) => ({
        class: line.class,
        node: this.#lower(line.condition, `circles/class ${what}[${i}]`, false, boolean),
      }))
    const classes = household('classes')
    const primary = household('primary')
    const alerts = this.#alerts()
    const points = this.#points()
    if (!this.#reading.formOnly) {
      this.#checkUnits()
      this.#checkDead(facts)
      this.#checkOrder('circles/circle lines', lines, facts)
      const among = (name: string) => classes.filter(line => line.class === name).map(line => line.node)
      const ordered = primary.map(line => ({ node: line.node, among: among(line.class) }))
      this.#checkOrder('circles/class primary', ordered, facts)
      for (const { id, levels } of alerts) this.#checkOrder(`alerts/${id} levels`, levels, facts)
      for (const { item, bands } of points) this.#checkOrder(`alerts/points ${item.id} bands`, bands, facts)
      this.#checkRestricted(facts)
    }
    return {
      documents,
      facts,
      factNumbers: new Map(this.#entries.map((e, i) => [e.name, i])),
      parameters: documents.parameters,
      policies,
      services,
      exclusions: this.#exclusions(policies),
      circle: { lines, person: number('person.circle'), household: number('household.circle') },
      classes,
      primary,
      alerts,
      points,
      known,
    }
  }

  #alerts(): readonly Alert[] {
    return (this.#documents.alerts ?? []).map(document => {
      const where = `alerts/${document.id}`
      const isPerson = document.about === 'person'
      const own = (text: string, at: string, type: Type) => this.#lower(text, `${where} ${at}`, isPerson, type)
      const levels = document.levels.map(({ level, condition }, i) => ({
        level,
        node: own(condition, `levels[${i}].condition`, boolean),
      }))
      return {
        id: document.id,
        about: document.about,
        everyone: document.persons === 'everyone',
        levels,
        ...(document.occurrence !== undefined && {
          occurrence: own(document.occurrence, 'occurrence', { is: 'date' }),
        }),
        ...(document.careful !== undefined && { careful: own(document.careful, 'careful', boolean) }),
        document,
      }
    })
  }

  #points(): readonly PointsRule[] {
    return (this.#documents.points?.items ?? []).map(item => ({
      item,
      bands: item.bands.map((band, i) => ({
        node: this.#lower(band.condition, `alerts/points ${item.id} bands[${i}].condition`, false, boolean),
        points: band.points,
        label: band.label,
      })),
    }))
  }

  #fact(
    { name, document, derived }: Entry,
    number: number,
    circle: readonly { readonly circle: number; readonly node: Node }[],
  ): Fact {
    const owner = name.startsWith('person.') ? 'person' : 'household'
    const form = (document ?? derived) as ValueForm & { readonly label: Words }
    const where = `facts ${name}`
    const isPerson = owner === 'person'
    const formulas: { from: Day | ''; node: Node }[] = []
    const wanted = this.#unitsOfFact(name)
    if (name === 'person.circle' && derived?.formula === undefined)
      formulas.push({ from: '', node: choice(circle.map(line => [line.node, line.circle])) })
    else if (form.type !== 'list') {
      if (derived?.formula !== undefined)
        formulas.push({
          from: '',
          node: this.#lower(derived.formula, `${where} formula`, isPerson, typeOf(form), { wanted }),
        })
      derived?.versions?.forEach((version, i) =>
        formulas.push({
          from: this.#day(version.from, `${where} versions[${i}].from`),
          node: this.#lower(version.formula, `${where} versions[${i}].formula`, isPerson, typeOf(form), {
            wanted,
            from: version.from,
            until: derived.versions?.[i + 1]?.from ?? '',
          }),
        }),
      )
      this.#inOrder(formulas, where)
      if (derived && formulas.length === 0) this.#problem(where, { zh: '没有公式', en: 'It has no formula' })
    } else if (derived?.formula !== undefined)
      this.#lower(`${derived.formula}.size()`, `${where} formula`, isPerson, { is: 'number' })
    const impliedBy = document?.impliedBy === undefined ? undefined : this.#vocabulary.facts.get(document.impliedBy)
    if (
      document?.impliedBy !== undefined &&
      (impliedBy?.form.type !== 'set' || document.type !== 'boolean' || !document.impliedBy.startsWith(owner))
    )
      this.#problem(`${where} impliedBy`, {
        zh: 'impliedBy 要写同一主体的一个多选事实',
        en: 'impliedBy names a set fact of the same owner',
      })
    return {
      number,
      name,
      owner,
      label: form.label,
      form,
      formulas,
      ...(document && { document }),
      ...(derived && { derived }),
      ...(document?.when !== undefined &&
        (document.always || !this.#reading.literal) && {
          when: this.#lower(document.when, `${where} when`, isPerson, boolean),
          otherwise: document.otherwise as Value,
        }),
      ...(document && 'absent' in document && document.absent !== undefined && { absent: document.absent as Value }),
      ...(impliedBy && { impliedBy: impliedBy.fact }),
      ...(derived?.predicted !== undefined && { predicted: derived.predicted }),
    }
  }

  #inOrder(versions: readonly { readonly from: string }[], where: string): void {
    versions.forEach((version, i) => {
      const before = versions[i - 1]
      if (before && before.from >= version.from)
        this.#problem(`${where} versions[${i}].from`, {
          zh: '各个版本要按日期先后写，不能重叠',
          en: 'Versions stand in the order of their days and may not overlap',
        })
    })
  }

  #policy(document: PoolDocuments['policies'][number], number: number): Policy {
    const isPerson = document.scope === 'person'
    const where = `policies/${document.slug}`
    const rules: PolicyRule[] = document.versions.map((version, i) => {
      const at = `${where} versions[${i}]`
      const dated = { from: version.from, until: document.versions[i + 1]?.from ?? '' }
      const { period } = version.benefit
      const wanted = period && benefitUnits(period, document.scope)
      const amount = (what: 'amount' | 'atLeast') => {
        const text = version.benefit[what]
        return text === undefined
          ? {}
          : {
              [what]: this.#lower(
                text,
                `${at}.benefit.${what}`,
                isPerson,
                { is: 'number' },
                { ...dated, wanted },
                true,
              ),
            }
      }
      const rule = {
        from: this.#day(version.from, `${at}.from`),
        condition: this.#lower(version.condition, `${at}.condition`, isPerson, boolean, dated),
        ...(amount('amount') as { amount?: Node }),
        ...(amount('atLeast') as { atLeast?: Node }),
        document: version,
        onTier: false,
        amountOnTier: false,
      }
      const held = [rule.amount, rule.atLeast].some(n => n && [...references(n)].some(r => r[0] === 'h'))
      return { ...rule, readsHeld: held }
    })
    this.#inOrder(rules, where)
    return {
      number,
      id: document.id,
      scope: document.scope,
      everyone: document.persons === 'everyone',
      grantsTier: false,
      rules,
      document,
    }
  }

  #exclusions(policies: readonly Policy[]): Exclusion[] {
    const find = (id: string, where: string) => {
      const policy = policies.find(p => p.id === id)
      if (!policy) this.#problem(where, { zh: `没有「${id}」这项政策`, en: `There is no policy "${id}"` })
      return policy
    }
    return this.#documents.exclusions.flatMap((document, i) => {
      const where = `policies/exclusions[${i}]`
      const [a, b] = [find(document.between[0], `${where}.between`), find(document.between[1], `${where}.between`)]
      if (!a || !b) return []
      const named =
        document.winner === 'higher' || document.winner === 'choose'
          ? document.winner
          : find(document.winner, `${where}.winner`)
      const tie = document.tie === undefined ? undefined : find(document.tie, `${where}.tie`)
      for (const p of [named, tie])
        if (p && typeof p !== 'string' && p !== a && p !== b)
          this.#problem(where, { zh: '胜出的政策要是这两项之一', en: 'The winner must be one of the pair' })
      if (named === 'higher' && [a, b].some(p => p.rules.some(r => r.readsHeld)))
        this.#problem(where, {
          zh: '待遇里用了 held 的政策不能按高低比较',
          en: 'A policy whose benefit reads held cannot be compared by amount',
        })
      return named === undefined
        ? []
        : [{ between: [a, b] as const, winner: named, ...(tie && { tie }), any: document.members === 'any', document }]
    })
  }

  /** Everything each name rests on; rules in a circle are a problem. */
  #reach(facts: readonly Fact[], policies: readonly Policy[]): ReadonlyMap<Reference, ReadonlySet<Reference>> {
    const direct = new Map<Reference, Set<Reference>>()
    for (const fact of facts) {
      const found = new Set<Reference>()
      for (const { node } of fact.formulas) references(node, found)
      if (fact.when) references(fact.when, found)
      direct.set(`f${fact.number}`, found)
    }
    for (const policy of policies) {
      const found = new Set<Reference>()
      for (const rule of policy.rules) references(rule.condition, found)
      direct.set(`m${policy.number}`, found)
    }
    const name = (r: Reference) =>
      r[0] === 'f' ? facts[Number(r.slice(1))]?.name : `met.${policies[Number(r.slice(1))]?.id}`
    const reach = new Map<Reference, Set<Reference>>()
    const path: Reference[] = []
    const follow = (from: Reference): Set<Reference> => {
      const done = reach.get(from)
      if (done) return done
      if (path.includes(from)) {
        const circle = [...path.slice(path.indexOf(from)), from].map(name).join(' → ')
        this.#problem(String(name(from)), {
          zh: `规则绕成了一圈：${circle}`,
          en: `These rules wait for each other in a circle: ${circle}`,
        })
        return new Set()
      }
      path.push(from)
      const all = new Set<Reference>([from])
      for (const next of direct.get(from) ?? []) for (const r of follow(next)) all.add(r)
      path.pop()
      reach.set(from, all)
      return all
    }
    for (const from of direct.keys()) follow(from)
    return reach
  }

  /** The unit a fact is counted in: a person's own yuan may also be yuan a head. */
  #unitsOfFact(name: string): readonly Unit[] | undefined {
    const entry = this.#entries[this.#vocabulary.facts.get(name)?.fact ?? -1]
    const unit = declaredUnit(entry?.document, entry?.derived)
    if (unit === undefined) return undefined
    return name.startsWith('person.') ? ofOnePerson(unit) : [unit]
  }

  #checkDead(facts: readonly Fact[]): void {
    const { parameters } = this.#documents
    for (const { node, where, text, from, until } of this.#lowered)
      for (const fault of deadConditions(node, { facts, parameters }, from, until))
        this.problems.push(problemOf(fault, where, text))
  }

  /** What few may see is read by alerts that go to them alone: whoever sees the reasons of another rule would learn it. */
  #checkRestricted(facts: readonly Fact[]): void {
    for (const { node, where } of this.#lowered) {
      const alert = this.#documents.alerts?.find(({ id }) => where.startsWith(`alerts/${id} `))
      const isForOffices = alert?.goesTo === 'township' || alert?.careful !== undefined
      for (const reference of references(node)) {
        const document = reference[0] === 'f' ? facts[Number(reference.slice(1))]?.document : undefined
        if (document?.restricted === undefined || alert?.goesTo === 'health') continue
        if (document.restricted === 'office' && isForOffices) continue
        this.#problem(where, {
          zh: `「${document.name}」只有少数人能看，只能写在只发给他们的预警里`,
          en: `Few may see "${document.name}"; only an alert that goes to them alone may read it`,
        })
      }
    }
  }

  /** Of lines in order the first that holds counts: one that another always goes before says nothing. */
  #checkOrder(where: string, lines: readonly OrderedLine[], facts: readonly Fact[]): void {
    for (const { line, alone } of neverFirst(lines, { facts, parameters: this.#documents.parameters })) {
      const at = `${where}[${line}]`
      // Why it cannot hold was said already, with the place.
      if (!alone && this.problems.some(problem => problem.where.startsWith(at))) continue
      this.#problem(
        at,
        alone
          ? {
              zh: '轮不到这一行：它成立的时候，前面总有一行先成立',
              en: 'This line is never reached: whenever it holds, one before it does',
            }
          : { zh: '这一行永远不成立', en: 'This line never holds' },
      )
    }
  }

  #checkUnits(): void {
    const { parameters, facts, derived } = this.#documents
    for (const { name, measure } of [...parameters, ...facts, ...derived])
      if (measure !== undefined && readMeasure(measure) === undefined)
        this.#problem(`${name} measure`, {
          zh: `「${measure}」不是单位，写法如 yuan/person/month`,
          en: `"${measure}" is not a unit; write yuan/person/month`,
        })
    const source: UnitSource = {
      fact: fact => this.#unitsOfFact(this.#entries[fact]?.name ?? '') ?? 'any',
      parameter: parameter => {
        const unit = declaredUnit(parameters[parameter])
        return unit === undefined ? 'any' : [unit]
      },
      field: (fact, field) => {
        const unit = declaredUnit(this.#entries[fact]?.document?.fields?.[field])
        return unit === undefined ? 'any' : [unit]
      },
    }
    for (const { node, where, text, wanted } of this.#lowered)
      try {
        if (wanted && node.type.is === 'number') mustBe(node, wanted, source)
        else unitsOf(node, source)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        this.problems.push(problemOf(error, where, text))
      }
  }

  #lower(text: string, where: string, person: boolean, wanted: Type, dated: Dated = {}, held = false): Node {
    const scope: Scope = { vocabulary: this.#vocabulary, person, held }
    try {
      const node = lower(text, scope, wanted)
      this.#lowered.push({ node, where, text, from: '', until: '', ...dated })
      return node
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.problems.push(problemOf(error, where, text))
      return choice([])
    }
  }

  #day(text: string, where: string): Day {
    const day = parseDay(text)
    if (!day) this.#problem(where, { zh: `「${text}」不是日子`, en: `"${text}" is not a day` })
    return day ?? ('' as Day)
  }

  #lacks(name: string): number {
    this.#problem('facts', { zh: `字典里缺少 ${name}`, en: `The dictionary lacks ${name}` })
    return -1
  }

  #twice(where: string, name: string): void {
    this.#problem(where, { zh: `「${name}」写了两次`, en: `"${name}" stands twice` })
  }

  #problem(where: string, words: Words): void {
    this.problems.push({ where, words })
  }
}
