import type { Day, Words } from '@zhulian/kernel'
import { Parameters, literals } from './fragment.ts'
import type { Pool } from '../pool.ts'
import { SqlRefused, type SqlRefusalCode } from './refusal.ts'
import { block, mostColumns, type Asked } from './statement.ts'
import { Translation } from './translation.ts'

/** A rule that is not said in SQL, and why; `at` are the characters of the expression that stands in the way. */
export interface SqlRefusal {
  readonly id: string
  readonly code: SqlRefusalCode
  readonly words: Words
  readonly at: { readonly start: number; readonly end: number }
}

export interface SqlPredicate {
  /** Beside which rows it stands: `household`, or `household` and `person`. */
  readonly of: 'household' | 'person'
  /** A boolean expression: true and false are yes and no, NULL is "cannot be told yet". */
  readonly text: string
  /** `$1`, `$2`, …; numbers and days travel as text. */
  readonly parameters: readonly unknown[]
  /** The same with its values written into it: for reading, and for psql. */
  readonly readable: string
}

export type SqlResult = ({ readonly ok: true } & SqlPredicate) | { readonly ok: false; readonly refusal: SqlRefusal }

export interface SqlOptions {
  /** Where the tables `household` and `person` are; without it they are found by the search path. */
  readonly schema?: string
}

/**
 * A rule of the pool as of a day, as a predicate over the tables of `sqlTables`: the own conditions of a policy (before the
 * exclusion pass) or of a service, a fact that is yes or no, a line of the circles (`circle/0`) or of the classes
 * (`class/0`, `primary/0`). It says of every household that `rowsOf` takes what `judge` says. What it cannot say so is
 * refused.
 * @example client.query(`SELECT id FROM household WHERE ${p.text}`, p.parameters)
 */
export function sqlOf(pool: Pool, id: string, on: Day, options: SqlOptions = {}): SqlResult {
  const translated = translate(pool, [id], on)
  const [refusal] = translated.refused
  const [asked] = translated.asked
  if (refusal || !asked) return { ok: false, refusal: refusal ?? unknownRule(id) }
  const parameters = new Parameters()
  const of = (values: Parameters | typeof literals) =>
    `(${block(translated.translation, [asked], values, options.schema, asked.of === 'person')})`
  return { ok: true, of: asked.of, text: of(parameters), parameters: parameters.all, readable: of(literals) }
}

/** Many rules of households, or of persons, in one statement; what they rest on is worked out once for all of them. */
export interface SqlStatement {
  readonly text: string
  readonly parameters: readonly unknown[]
  /** Names of the columns: after `id`, and of persons `place`. */
  readonly columns: readonly string[]
}

/** As {@link sqlOf} for all households; what is refused is left out and named. */
export function sqlOfAll(
  pool: Pool,
  ids: readonly string[],
  on: Day,
  options: SqlOptions = {},
): { readonly household: SqlStatement; readonly person: SqlStatement; readonly refused: readonly SqlRefusal[] } {
  const all = translate(pool, ids, on)
  const statement = (of: 'household' | 'person'): SqlStatement => {
    const names = all.asked.filter(asked => asked.of === of).map(asked => asked.name)
    const { translation, asked } = translate(pool, names, on)
    const parameters = new Parameters()
    const text =
      asked.length === 0
        ? 'SELECT NULL WHERE false'
        : `SELECT household.id, verdict.*\nFROM ${options.schema === undefined ? '' : `"${options.schema.replaceAll('"', '""')}".`}household CROSS JOIN LATERAL (${block(translation, asked, parameters, options.schema, false)}) AS verdict`
    return { text, parameters: parameters.all, columns: names }
  }
  return { household: statement('household'), person: statement('person'), refused: all.refused }
}

function translate(pool: Pool, ids: readonly string[], on: Day) {
  const asked: Asked[] = []
  const refused: SqlRefusal[] = []
  let translation = new Translation(pool, on)
  for (const id of ids) {
    try {
      const found = one(translation, pool, id)
      if (!found) refused.push(unknownRule(id))
      else asked.push({ name: id, ...found })
    } catch (error) {
      if (!(error instanceof SqlRefused)) throw error
      refused.push({ id, code: error.code, words: error.words, at: error.at })
    }
  }
  if (refused.length > 0 && asked.length > 0) {
    // Without what was begun for those that were refused.
    translation = new Translation(pool, on)
    asked.splice(
      0,
      asked.length,
      ...asked.map(({ name }) => ({ name, ...(one(translation, pool, name) as Omit<Asked, 'name'>) })),
    )
  }
  const size = Math.max(translation.lanes.household.columns.length, translation.lanes.person.columns.length)
  if (size <= mostColumns) return { translation, asked, refused }
  const tooLarge = asked.map(
    ({ name }): SqlRefusal => ({
      id: name,
      code: 'too_large',
      at: { start: 0, end: 0 },
      words: { zh: '规则太长，一张表放不下', en: 'The rules take more columns than a table has' },
    }),
  )
  return { translation, asked: [], refused: [...refused, ...tooLarge] }
}

const unknownRule = (id: string): SqlRefusal => ({
  id,
  code: 'unknown_rule',
  at: { start: 0, end: 0 },
  words: { zh: '没有这一项', en: 'There is no such rule' },
})

function one(translation: Translation, pool: Pool, id: string): Omit<Asked, 'name'> | undefined {
  const policy = pool.policies.find(p => p.id === id)
  if (policy) return { of: policy.scope, value: translation.conditionOf(policy.number) }
  const service = pool.services.find(s => s.id === id)
  if (service) return { of: 'person', value: translation.condition(service.condition) }
  const fact = pool.facts[pool.factNumbers.get(id) ?? -1]
  if (fact?.form.type === 'boolean') return { of: fact.owner, value: translation.truthOf(fact.number) }
  // To the letter: `circle/` and `circle/00` are no names of the first line.
  const [, what, number] = /^(circle|class|primary)\/(0|[1-9]\d*)$/.exec(id) ?? []
  if (what !== 'circle' && what !== 'class' && what !== 'primary') return undefined
  const line = { circle: pool.circle.lines, class: pool.classes, primary: pool.primary }[what][Number(number)]
  return line && { of: what === 'circle' ? 'person' : 'household', value: translation.condition(line.node) }
}
