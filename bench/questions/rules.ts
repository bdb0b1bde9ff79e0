import type { FactDocument } from '../../packages/rules/src/index.ts'
import { documents, facts as someFacts, policy, poolOf } from '../../packages/rules/test/small-pool.ts'

/** Made-up rules of 3 to 10 tests over 40 facts, with what is needed to solve the small ones exactly. */
export type Tree =
  | { readonly op: 'all' | 'any'; readonly args: readonly Tree[] }
  | { readonly op: 'not'; readonly arg: Tree }
  | { readonly op: 'test'; readonly fact: string; readonly text: string; readonly holds: (value: unknown) => boolean }

export type Known = Readonly<Record<string, unknown>>

const words = { zh: '词', en: 'word' }
const kinds = ['k0', 'k1', 'k2', 'k3', 'k4']

export function randomly(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

interface Made {
  readonly name: string
  readonly document: FactDocument
  readonly draw: (next: () => number) => unknown
}

export const made: readonly Made[] = Array.from({ length: 40 }, (_, i) => {
  const name = `f${String(i).padStart(2, '0')}`
  const base = { name: `household.${name}`, label: words, ask: 'person' as const }
  if (i % 5 < 2) {
    const share = [0.35, 0.25, 0.45, 0.2, 0.4, 0.5, 0.08, 0.92][i % 8] as number
    return { name, document: { ...base, type: 'boolean' }, draw: next => next() < share }
  }
  if (i % 5 < 4)
    return { name, document: { ...base, type: 'integer' }, draw: next => Math.floor(100 * next() ** (1 + (i % 3))) }
  const values = kinds.map(value => ({ value, label: words }))
  return { name, document: { ...base, type: 'enum', values }, draw: next => kinds[Math.floor(5 * next() ** 1.5)] }
})

export const household = (next: () => number): Record<string, unknown> =>
  Object.fromEntries(made.map(f => [f.name, f.draw(next)]))

export function rulesOf(count: number, seed: number): readonly Tree[] {
  const next = randomly(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const test = (loose: boolean): Tree => {
    const fact = pick(made)
    const path = fact.document.name
    if (fact.document.type === 'boolean') {
      const yes: Tree = { op: 'test', fact: fact.name, text: path, holds: v => v === true }
      return next() < 0.35 ? { op: 'not', arg: yes } : yes
    }
    if (fact.document.type === 'integer') {
      const line = Math.floor(loose ? 40 + 40 * next() : 15 + 50 * next())
      return next() < 0.6
        ? { op: 'test', fact: fact.name, text: `${path} < ${line}`, holds: v => Number(v) < line }
        : { op: 'test', fact: fact.name, text: `${path} >= ${100 - line}`, holds: v => Number(v) >= 100 - line }
    }
    const some = kinds.filter(() => next() < (loose ? 0.6 : 0.4))
    const values = some.length === 0 || some.length === kinds.length ? kinds.slice(0, 2) : some
    return {
      op: 'test',
      fact: fact.name,
      text: `${path} in ${JSON.stringify(values)}`,
      holds: v => values.includes(String(v)),
    }
  }
  return Array.from({ length: count }, () => {
    let left = 3 + Math.floor(next() * 8)
    const top: Tree[] = []
    while (left > 0) {
      const x = next()
      if (left >= 2 && x < 0.35) {
        const size = Math.min(left, 2 + Math.floor(next() * 3))
        top.push({ op: 'any', args: Array.from({ length: size }, () => test(false)) })
        left -= size
      } else if (left >= 2 && x < 0.45) {
        top.push({ op: 'not', arg: { op: 'all', args: [test(false), test(false)] } })
        left -= 2
      } else {
        top.push(test(true))
        left--
      }
    }
    return { op: 'all', args: top }
  })
}

const textOf = (tree: Tree): string =>
  tree.op === 'test'
    ? `(${tree.text})`
    : tree.op === 'not'
      ? `!${textOf(tree.arg)}`
      : `(${tree.args.map(textOf).join(tree.op === 'all' ? ' && ' : ' || ')})`

export const poolOfRules = (rules: readonly Tree[]) =>
  poolOf(
    documents(
      rules.map((rule, i) => policy(`R${i}`, textOf(rule))),
      { facts: [...someFacts, ...made.map(f => f.document)] },
    ),
  )

export function truth(tree: Tree, known: Known): boolean | undefined {
  if (tree.op === 'test') return known[tree.fact] === undefined ? undefined : tree.holds(known[tree.fact])
  if (tree.op === 'not') {
    const value = truth(tree.arg, known)
    return value === undefined ? undefined : !value
  }
  let open = false
  for (const arg of tree.args) {
    const value = truth(arg, known)
    if (value === (tree.op === 'any')) return value
    if (value === undefined) open = true
  }
  return open ? undefined : tree.op === 'all'
}

export function factsIn(tree: Tree, found = new Map<string, (Tree & { op: 'test' })[]>()) {
  if (tree.op === 'test') found.set(tree.fact, [...(found.get(tree.fact) ?? []), tree])
  else for (const part of tree.op === 'not' ? [tree.arg] : tree.args) factsIn(part, found)
  return found
}

/** The classes of answers to each fact of a rule, with a value and the share of each. */
const classesOf = (rule: Tree, sample: readonly Known[]) =>
  [...factsIn(rule)].map(([fact, tests]) => {
    const shares = new Map<string, { value: unknown; share: number }>()
    for (const one of sample) {
      const key = tests.map(t => Number(t.holds(one[fact]))).join('')
      const seen = shares.get(key) ?? { value: one[fact], share: 0 }
      seen.share += 1 / sample.length
      shares.set(key, seen)
    }
    return { fact, answers: [...shares.values()] }
  })

/**
 * The expected number of questions until a rule is decided, exactly: with `choose` by that order, without it the least
 * over all orders that may depend on the answers. Facts are independent.
 */
export function expectedQuestions(
  rule: Tree,
  sample: readonly Known[],
  choose?: (known: Known) => string | undefined,
): number {
  const classes = classesOf(rule, sample)
  const known: Record<string, unknown> = {}
  const state = classes.map(() => 0)
  const kept = new Map<string, number>()
  const from = (): number => {
    const name = state.join()
    const seen = kept.get(name)
    if (seen !== undefined) return seen
    let least = truth(rule, known) === undefined ? Number.POSITIVE_INFINITY : 0
    const chosen = least > 0 ? choose?.(known) : undefined
    if (least > 0)
      for (const [i, { fact, answers }] of classes.entries()) {
        if (state[i] !== 0 || (choose && fact !== chosen)) continue
        let cost = 1
        for (const [j, { value, share }] of answers.entries()) {
          if (cost >= least) break
          state[i] = j + 1
          known[fact] = value
          cost += share * from()
        }
        state[i] = 0
        delete known[fact]
        least = Math.min(least, cost)
      }
    kept.set(name, least)
    return least
  }
  return from()
}

/**
 * As {@link expectedQuestions}, the least, until all of several rules are decided. What was answered no longer counts once the
 * tests that are still needed are the same. Undefined where more than `most` such states would have to be solved.
 */
export function leastForAll(rules: readonly Tree[], sample: readonly Known[], most: number): number | undefined {
  const together: Tree = { op: 'all', args: rules }
  const classes = new Map(classesOf(together, sample).map(c => [c.fact, c.answers]))
  const known: Record<string, unknown> = {}
  const kept = new Map<string, number>()
  const from = (): number => {
    const needed = rules.flatMap((rule, i) => [...needs(rule, known, `${i}`)])
    if (needed.length === 0) return 0
    const name = needed.map(([place]) => place).join()
    const seen = kept.get(name)
    if (seen !== undefined) return seen
    if (kept.size >= most) return 0
    let least = Number.POSITIVE_INFINITY
    for (const fact of new Set(needed.map(([, f]) => f))) {
      let cost = 1
      for (const { value, share } of classes.get(fact) ?? []) {
        if (cost >= least) break
        known[fact] = value
        cost += share * from()
      }
      delete known[fact]
      least = Math.min(least, cost)
    }
    kept.set(name, least)
    return least
  }
  const found = from()
  return kept.size < most ? found : undefined
}

/** The open tests under which a tree is still open, each by its place. */
function* needs(tree: Tree, known: Known, place: string): Generator<readonly [place: string, fact: string]> {
  if (truth(tree, known) !== undefined) return
  if (tree.op === 'test') yield [place, tree.fact]
  else
    for (const [i, part] of (tree.op === 'not' ? [tree.arg] : tree.args).entries())
      yield* needs(part, known, `${place}.${i}`)
}
