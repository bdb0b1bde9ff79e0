import { z } from '@zhulian/kernel/contract'
import fc from 'fast-check'
import type { Route } from '../src/platform/http/routes-of.ts'
import { schemaOf } from '../src/platform/openapi.ts'

/** Texts that have broken other people's servers. */
export const nasty = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '𠮷野家',
  '﷽'.repeat(50),
  "' or 1=1--",
  '"; drop table person;--',
  '${7*7}',
  '{{7*7}}',
  '../../etc/passwd',
  '%00',
  '%c0%ae',
  '-1',
  '0',
  '1e309',
  'NaN',
  '99999999999999999999',
  '-9223372036854775809',
  '2147483648',
  'true',
  'null',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  '2021-02-30',
  '2021-13-01T00:00:00Z',
  '9999-12-31T23:59:59+14:00',
  '0001-01-01',
  'x'.repeat(5000),
  '\r\nSet-Cookie:a=b',
  '=cmd|calc!A1',
  '<script>alert(1)</script>',
  '330111194904150001',
  '１２３',
  '٣',
  '\u202e\u200b',
  'id desc, (select 1)',
  '1;select pg_sleep(2)',
  '_',
  '%',
  '\\',
  '330111',
  '330111109203',
] as const

const strange = fc.constantFrom<unknown>(null, [], {}, -1, 0, 0.1, 1e21, 2 ** 53, 2 ** 31, true, [[[[[]]]]], {
  a: { b: { c: 1 } },
})

const texts = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
)

type Schema = { readonly [key: string]: unknown }

/** `fits`: as the schema wants it through and through, so that the request gets to the use case; `mixed`: hostile here and there. */
type Mood = 'fits' | 'mixed'

/** @param known ids that exist */
function like(schema: Schema, known: readonly string[], mood: Mood, depth = 0): fc.Arbitrary<unknown> {
  const fitting = shaped(schema, known, mood, depth)
  if (mood === 'fits') return fitting
  return fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 2, arbitrary: texts }, { weight: 1, arbitrary: strange })
}

function shaped(schema: Schema, known: readonly string[], mood: Mood, depth: number): fc.Arbitrary<unknown> {
  if (depth > 5) return fc.constant(null)
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined
  if (choices?.length) return fc.oneof(...choices.map(choice => shaped(choice, known, mood, depth + 1)))
  if (schema['const'] !== undefined) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  switch (schema['type']) {
    case 'object':
      return objectLike(schema, known, mood, depth)
    case 'array':
      return fc.array(like((schema['items'] ?? {}) as Schema, known, mood, depth + 1), {
        minLength: Math.min(3, Number(schema['minItems'] ?? 0)),
        maxLength: 4,
      })
    case 'integer': {
      const min = Math.max(-2, Number(schema['minimum'] ?? -2))
      const max = Math.min(Math.max(120, min + 120), Number(schema['maximum'] ?? Number.POSITIVE_INFINITY))
      const within = fc.integer({ min, max })
      return mood === 'fits' ? within : fc.oneof(within, fc.constantFrom(2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, 2 ** 53))
    }
    case 'number':
      return fc.oneof(fc.double(), fc.integer({ min: -2, max: 120 }))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return stringLike(schema, known)
    default:
      return fc.oneof(texts, strange)
  }
}

function objectLike(schema: Schema, known: readonly string[], mood: Mood, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>)
  const required = (schema['required'] ?? []) as string[]
  const parts = fc.record(
    Object.fromEntries(properties.map(([key, part]) => [key, like(part, known, mood, depth + 1)])),
    {
      requiredKeys: mood === 'fits' ? required : required.slice(1),
    },
  )
  const open =
    typeof schema['additionalProperties'] === 'object' ? (schema['additionalProperties'] as Schema) : undefined
  const more = open
    ? fc.dictionary(
        fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 20 })),
        like(open, known, mood, depth + 1),
        { maxKeys: 3 },
      )
    : fc.constant({})
  const unknown = fc.dictionary(fc.constantFrom('role', 'district', 'status', 'id', 'account_id'), texts, {
    maxKeys: 2,
  })
  const none = fc.constant({})
  const extra = mood === 'fits' ? none : fc.oneof({ weight: 6, arbitrary: none }, { weight: 1, arbitrary: unknown })
  return fc.tuple(parts, more, extra).map(all => Object.assign({}, ...all) as unknown)
}

function stringLike(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const ids = known.length > 0 ? fc.constantFrom(...known) : fc.uuid()
  switch (schema['format']) {
    case 'uuid':
      return fc.oneof(ids, fc.uuid())
    case 'date':
      return fc.oneof(
        fc.constantFrom('2021-02-29', '2021-02-30', '1800-01-01', '2199-12-31', '2021-09-26', '2024-02-29'),
        fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
          .map(d => d.toISOString().slice(0, 10)),
      )
    case 'date-time':
      return fc.date({ noInvalidDate: true }).map(d => d.toISOString())
    default:
      return fc.oneof(
        fc.constantFrom(
          '330111',
          '330111109',
          '330111109203',
          '张三',
          '2021',
          'a',
          '很好的一段话，足够长，可以当理由。',
        ),
        fc.string({ minLength: Math.min(40, Number(schema['minLength'] ?? 0)), maxLength: 40 }),
      )
  }
}

export interface Shot {
  readonly params: Record<string, string>
  readonly query: Record<string, string>
  readonly body: unknown
  /** Sent as it is instead of as JSON. */
  readonly raw: boolean
  readonly ifMatch: string | undefined
}

/** Requests for one route; half of them fit, so that they get as far as the use case. */
export const shots = (route: Route, known: readonly string[]): fc.Arbitrary<Shot> =>
  fc.oneof(shot(route, known, 'fits'), shot(route, known, 'mixed'))

function shot({ path, endpoint }: Route, known: readonly string[], mood: Mood): fc.Arbitrary<Shot> {
  const asText = (arbitrary: fc.Arbitrary<unknown>) =>
    arbitrary.map(value => (typeof value === 'string' ? value : JSON.stringify(value)))
  const partsOf = (schema: z.ZodObject | undefined) =>
    Object.entries(schema ? (schemaOf(schema, 'input')['properties'] as Record<string, Schema>) : {}).map(
      ([name, part]) => [name, asText(like(part, known, mood))] as const,
    )
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, asText(texts)] as const)
  const rarely = <T>(usual: T, odd: fc.Arbitrary<T>) =>
    mood === 'fits'
      ? fc.constant(usual)
      : fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd })
  const oddQuery = fc.dictionary(fc.constantFrom('role', 'x', 'after', 'limit'), texts, { maxKeys: 1 })
  const version = fc.oneof(
    fc.constantFrom('"1"', '"0"', '*', 'W/"1"', '"99999999999"'),
    fc.string({ maxLength: 8 }).filter(s => /^[\x21-\x7e]*$/.test(s)),
  )
  return fc.record({
    params: fc.record(Object.fromEntries([...names, ...partsOf(endpoint.params)])),
    query: fc
      .tuple(
        fc.record(Object.fromEntries(partsOf(endpoint.query)), { requiredKeys: [] }),
        rarely<Record<string, string>>({}, oddQuery),
      )
      .map(([wanted, more]) => ({ ...wanted, ...more }) as Record<string, string>),
    body: endpoint.body
      ? like(schemaOf(endpoint.body as z.ZodType, 'input'), known, mood)
      : rarely<unknown>(undefined, texts),
    raw: rarely(false, fc.constant(true)),
    ifMatch: fc.option(mood === 'fits' ? fc.constant('"1"') : version, { nil: undefined }),
  })
}
