import { getConformanceSuite, type IncrementalTestSuite } from '@bufbuild/cel-spec/testdata/tests.js'
import type { Evaluated } from '../src/index.ts'

type SimpleTest = IncrementalTestSuite['tests'][number]['original']

/** A case of the standard's own suite as a line of `zhulian rules eval`. */
export interface ConformanceCase {
  readonly name: string
  readonly expr: string
  readonly types: Readonly<Record<string, string>>
  readonly bindings: Readonly<Record<string, unknown>>
  /** What CEL says: a value of the kinds there are here, another kind of value, or an error. */
  readonly expected: { readonly value: unknown } | 'other' | 'error'
  /** Typed CEL refuses it too; only unchecked evaluation has a result. */
  readonly unchecked: boolean
}

const core = new Set(
  'logic comparisons timestamps parse conversions string integer_math macros basic fp_math lists fields'.split(' '),
)

export function conformanceCases(files: ReadonlySet<string> | 'all' = core): readonly ConformanceCase[] {
  const cases: ConformanceCase[] = []
  const walk = (suite: IncrementalTestSuite, path: string) => {
    for (const { original, name } of suite.tests) cases.push(caseOf(original, `${path}/${name}`))
    for (const inner of suite.suites) walk(inner, `${path}/${inner.name}`)
  }
  for (const suite of getConformanceSuite().suites)
    if (files === 'all' || files.has(suite.name)) walk(suite, suite.name)
  return cases
}

const primitives: Readonly<Record<number, string>> = { 1: 'bool', 2: 'int', 4: 'double', 5: 'string' }

function caseOf(test: SimpleTest, name: string): ConformanceCase {
  const types = Object.fromEntries(
    test.typeEnv.flatMap(({ name: variable, declKind }) => {
      const kind = declKind.case === 'ident' ? declKind.value.type?.typeKind : undefined
      const type = kind?.case === 'primitive' ? primitives[kind.value] : undefined
      return [[variable, type ?? kind?.case ?? 'dyn']]
    }),
  )
  const bindings = Object.fromEntries(
    Object.entries(test.bindings).flatMap(([variable, { kind }]) => {
      const known = kind.case === 'value' ? plain(kind.value.kind) : undefined
      return known ? [[variable, known.value]] : []
    }),
  )
  const { resultMatcher: result } = test
  const expected =
    result.case === 'value' || result.case === 'typedResult'
      ? (plain((result.case === 'value' ? result.value : result.value.result)?.kind) ?? 'other')
      : result.case === undefined
        ? { value: true }
        : 'error'
  return { name, expr: test.expr, types, bindings, expected, unchecked: test.disableCheck }
}

function plain(kind: { case?: string | undefined; value?: unknown } | undefined): { value: unknown } | undefined {
  switch (kind?.case) {
    case 'boolValue':
    case 'doubleValue':
    case 'stringValue':
      return { value: kind.value }
    case 'int64Value':
      return { value: Number(kind.value) }
    default:
      return undefined
  }
}

/** `supported`: CEL's value or an error of CEL's; `refused`: not part of the language; `wrong`: anything else. */
export function verdict({ expected }: ConformanceCase, said: Evaluated): 'supported' | 'refused' | 'wrong' {
  if (!said.ok) return expected === 'error' ? 'supported' : said.code === 'unsupported' ? 'refused' : 'wrong'
  if ('unknown' in said || typeof expected === 'string') return 'wrong'
  return said.value === expected.value ? 'supported' : 'wrong'
}
