import fc from 'fast-check'
import type { DerivedDocument, FactDocument, HouseholdFacts } from '../src/index.ts'
import { documents, facts, poolOf } from './small-pool.ts'

/** Expressions of every form the language has, households about which little is known, and a pool to try them in. */
const words = { zh: '词', en: 'word' }
const dictionary: readonly FactDocument[] = [
  ...facts,
  { name: 'household.code', label: words, type: 'code', ask: 'person' },
  { name: 'household.since', label: words, type: 'date', none: true, ask: 'person' },
  { name: 'person.born', label: words, type: 'date', ask: 'person' },
  { name: 'person.code', label: words, type: 'code', none: true, ask: 'person' },
  { name: 'person.cooks', label: words, type: 'boolean', ask: 'person', impliedBy: 'person.skills' },
]
const tiers = ['none', 'dibao'].map(value => ({ value, label: words }))
export const inDictionary = (name: string) => dictionary.some(f => f.name === name)

export const number: fc.Arbitrary<(person: string) => string> = fc.letrec<{ number: (person: string) => string }>(
  tie => ({
    number: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(
        ...[
          '0',
          '1',
          '2',
          '20.5',
          'params.line',
          'household.x',
          'household.level',
          'household.money',
          '1e300',
          'null',
        ].map(
          text => () =>
            text === '1e300'
              ? `${'9'.repeat(15)} * ${'9'.repeat(15)}`
              : text === 'null'
                ? '(household.a ? null : 3)'
                : text,
        ),
        ...['age', 'wage'].map(fact => (person: string) => `${person}.${fact}`),
        () => 'household.money * household.money',
        () => '(household.money * household.money - household.money * household.money)',
        () => 'household.members.size()',
        (person: string) => `${person}.skills.size()`,
        (person: string) => `completedYears(${person}.born, today)`,
        (person: string) => `monthsBetween(${person}.born, household.day)`,
        () => 'daysBetween(household.since, today)',
      ),
      fc
        .tuple(fc.constantFrom('+', '-', '*', '/'), tie('number'), tie('number'))
        .map(([op, a, b]) => (person: string) => {
          // A written zero is refused when the rule is saved; one that comes out is not.
          const divisor = op === '/' && b(person) === '0' ? '(household.a ? 0 : 0)' : b(person)
          return `(${a(person)} ${op} ${divisor})`
        }),
      fc.tuple(fc.constantFrom('min', 'max'), tie('number'), tie('number'), tie('number')).map(
        ([f, a, b, c]) =>
          (person: string) =>
            `${f}(${a(person)}, ${b(person)}, ${c(person)})`,
      ),
      fc.tuple(tie('number'), tie('number')).map(
        ([a, b]) =>
          (person: string) =>
            `(household.b ? ${a(person)} : round(${b(person)}))`,
      ),
      fc
        .tuple(
          fc.constantFrom('members', 'everyone', 'members.filter(f, f.p)'),
          fc.constantFrom('sum', 'max', 'min'),
          tie('number'),
        )
        .map(
          ([list, end, a]) =>
            (person: string) =>
              person !== 'person' ? '1' : `household.${list}.map(m, ${a('m')}).${end}()`,
        ),
    ),
  }),
).number

export const truth: fc.Arbitrary<(person: string) => string> = fc.letrec<{ truth: (person: string) => string }>(
  tie => ({
    truth: fc.oneof(
      { maxDepth: 3 },
      fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), number, number).map(
        ([op, a, b]) =>
          (person: string) =>
            `${a(person)} ${op} ${b(person)}`,
      ),
      number.map(a => (person: string) => `${a(person)} in [0, 2, 20]`),
      fc.constantFrom(
        ...[
          'household.a',
          'household.kind == "red"',
          'household.kind != null',
          'household.kind in ["red", "green"]',
          '(household.b ? household.kind : "blue") in ["red", "blue"]',
          '(household.b ? household.kind : household.c ? "green" : "blue") == household.kind',
          'household.level == null',
          'household.since > household.day',
          'household.since == household.day',
          'household.since < today',
          'household.since <= date("2021-09-26")',
          'household.since > today',
          'household.day >= date("2021-08-27")',
          'household.since == date("2021-09-26")',
          'addMonths(household.day, 1) >= today',
          'household.code in ["33", "3301"]',
          'prefix(household.code, 2) == "33"',
          'household.events.exists(e, e.kind == "fire" && e.on > household.day)',
          'household.events.filter(e, e.kind != "fire").size() == 1',
          'known(household.events.size())',
          '(household.a ? household.b : household.c) == false',
          '(household.a ? household.day : household.since) < today',
          '(household.a ? household.day : household.since) == household.day',
          '(household.b ? household.kind : household.c ? "green" : "blue") != null',
          'addMonths((household.a ? household.day : household.since), 1) >= today',
          'completedYears((household.b ? household.day : household.since), today) >= 1',
          'prefix((household.a ? household.code : "4401"), 2) in ["33", "44"]',
          'clamp(household.x, 1, (household.b ? 2 : household.y)) == 2',
          'household.x * (household.a ? 2 : household.b ? 3 : household.money) <= 4',
          `household.code == "'; DROP TABLE household; --"`,
        ].map(text => () => text),
        ...['P.p', 'P.cooks', 'P.key == household.code', 'P.code == household.code', 'prefix(P.code, 2) == "33"'].map(
          text => (person: string) => text.replace('P', person),
        ),
        (person: string) => `${person}.skills.exists(k, k == "cook")`,
        (person: string) => `${person}.skills.all(k, k != "cook" || ${person}.p)`,
        (person: string) => `household.events.exists(e, e.kind == "fire" && ${person}.born < e.on)`,
        ...[
          'household.members.map(m, (m.p ? m.age : m.wage) * (household.c ? 1 : 3)).sum() > 60',
          // Hangs on the order of the sum.
          'household.everyone.map(m, (m.p ? m.wage : 0 - m.wage)).sum() > 5',
          // More than are told apart, of a family that is large enough.
          'household.everyone.map(m, (household.a ? m.age : 13 * m.age + 1)).sum() >= 0',
        ].map(text => (person: string) => (person === 'person' ? text : `${person}.p`)),
        // A list is not asked again inside itself; `n` is one of everyone.
        (person: string) =>
          person === 'n'
            ? 'n.p'
            : `household.everyone.exists(o, o.skills.exists(k, k == "drive" && ${person}.p && o.age > 2))`,
      ),
      tie('truth').map(a => (person: string) => `!(${a(person)})`),
      fc.tuple(fc.constantFrom('&&', '||'), tie('truth'), tie('truth')).map(
        ([op, a, b]) =>
          (person: string) =>
            `(${a(person)} ${op} ${b(person)})`,
      ),
      fc.tuple(tie('truth'), tie('truth'), tie('truth')).map(
        ([a, b, c]) =>
          (person: string) =>
            `(${a(person)} ? ${b(person)} : ${c(person)})`,
      ),
      tie('truth').map(a => (person: string) => `known(${a(person)})`),
      fc
        .tuple(
          fc.constantFrom('exists', 'all'),
          fc.constantFrom('members', 'everyone', 'members.filter(f, f.age > 2)'),
          tie('truth'),
        )
        .map(([how, list, a]) => (person: string) => {
          if (person !== 'person') return `${person}.p`
          const own = list === 'everyone' ? 'n' : 'm'
          return `household.${list}.${how}(${own}, ${a(own)} && (${own}.p || ${own}.age > ${person}.age))`
        }),
    ),
  }),
).truth

export const ofPerson = (expression: fc.Arbitrary<(person: string) => string>) => expression.map(text => text('person'))
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 4 })
const known = <T extends object>(facts: T) =>
  Object.fromEntries(Object.entries(facts).filter(([, v]) => v !== undefined))
const days = fc.constantFrom(
  '2021-09-26',
  '2021-08-27',
  '2020-02-29',
  '1899-12-31',
  '2021-10-31',
  '2021-09-27',
  '2021-08-26',
)
const small = fc.constantFrom(0, 1, 2, 3, 20)
const sums = fc.constantFrom(0, 2, 20, 20.000_000_5, 19.999_999_5, 19.999_999, 0.1 + 0.2, 330.55, 1e300, -5)
const codes = fc.constantFrom('33', '3301', 'm0', '', "'; DROP TABLE household; --")
const household = fc
  .record({
    a: maybe(fc.boolean()),
    b: maybe(fc.option(fc.boolean(), { freq: 8 })),
    c: maybe(fc.boolean()),
    x: maybe(small),
    y: maybe(small),
    money: maybe(sums),
    kind: maybe(fc.constantFrom('red', 'green', 'blue')),
    level: maybe(fc.option(small)),
    day: maybe(days),
    since: maybe(fc.option(days)),
    code: maybe(codes),
    events: maybe(
      fc.option(
        fc.array(fc.record({ kind: maybe(fc.constantFrom('fire', 'flood', 'unknown')), on: maybe(days) }), {
          maxLength: 2,
        }),
      ),
    ),
  })
  .map(known)
const somebody = fc
  .record({
    alive: fc.constantFrom(true, true, false, undefined),
    p: maybe(fc.boolean()),
    age: maybe(fc.constantFrom(1, 3, 15, 16, 40)),
    wage: maybe(sums),
    born: maybe(days),
    code: maybe(fc.option(codes)),
    skills: maybe(fc.subarray(['cook', 'drive'])),
  })
  .map(known)
const anyoneOf = (mostPersons: number): fc.Arbitrary<HouseholdFacts> =>
  fc.record({
    household,
    persons: fc.array(somebody, { maxLength: mostPersons }).map(ps => ps.map((p, i) => ({ ...p, key: `m${i}` }))),
  })
export const anyone = anyoneOf(3)
/** As many as a family has at times: what of each of them is open comes to more than is told apart. */
export const anyFamily = anyoneOf(7)

export function poolWith(
  formulas: readonly (readonly [name: string, type: DerivedDocument['type'], formula: string])[],
) {
  return poolOf(
    documents([], {
      facts: dictionary,
      derived: [
        {
          name: 'household.predictedTier',
          label: words,
          type: 'enum',
          values: tiers,
          predicted: 'none',
          formula: '"none"',
        },
        { name: 'household.tier', label: words, type: 'enum', values: tiers, formula: 'household.predictedTier' },
        { name: 'person.tier', label: words, type: 'enum', values: tiers, formula: 'household.tier' },
        ...formulas.map(([name, type, formula]): DerivedDocument => ({ name, label: words, type, formula })),
      ],
    }),
  )
}
