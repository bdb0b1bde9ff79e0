import fc from 'fast-check'
import type { HouseholdFacts } from '../src/index.ts'

/** The facts that small rules are made of. */
export const names = ['a', 'b', 'c', 'x', 'y', 'kind'] as const

const atom = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('household.a', 'household.b', 'household.c') },
  fc
    .tuple(fc.constantFrom('x', 'y'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.integer({ min: 0, max: 3 }))
    .map(([name, op, n]) => `household.${name} ${op} ${n}`),
  fc
    .subarray(['red', 'green', 'blue'], { minLength: 1, maxLength: 2 })
    .map(v => `household.kind in ${JSON.stringify(v)}`),
)
/** Conditions of a few tests, in which one fact may stand several times. */
export const smallRule: fc.Arbitrary<string> = fc.letrec<{ rule: string }>(tie => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    atom,
    tie('rule').map(r => `!(${r})`),
    fc.array(tie('rule'), { minLength: 2, maxLength: 3 }).map(rs => `(${rs.join(' && ')})`),
    fc.array(tie('rule'), { minLength: 2, maxLength: 3 }).map(rs => `(${rs.join(' || ')})`),
  ),
})).rule

const answers: Readonly<Record<(typeof names)[number], readonly unknown[]>> = {
  a: [true, false],
  b: [true, false],
  c: [true, false],
  x: [-1, 0, 1, 2, 3, 4],
  y: [-1, 0, 1, 2, 3, 4],
  kind: ['red', 'green', 'blue'],
}

/** Every way to answer what is not known. */
export function completions(known: HouseholdFacts['household']): HouseholdFacts['household'][] {
  let all = [known]
  for (const name of names)
    if (known[name] === undefined) all = all.flatMap(one => answers[name].map(value => ({ ...one, [name]: value })))
  return all
}
