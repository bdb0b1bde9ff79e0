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

const strange = fc.constantFrom<unknown>(null, [], {}, -1, 0, 0.1, 1e21, 9007199254740993, 2 ** 31, true, [[[[[]]]]], {
  a: { b: { c: 1 } },
})

const texts = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
)

type Schema = { readonly [key: string]: unknown }

/** Mostly what the schema wants, sometimes a hostile thing in its place. @param known ids that exist */
function likeSchema(schema: Schema, known: readonly string[], depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 8, arbitrary: fitting(schema, known, depth) },
    { weight: 2, arbitrary: texts },
    { weight: 1, arbitrary: strange },
  )
}

function fitting(schema: Schema, known: readonly string[], depth: number): fc.Arbitrary<unknown> {
  if (depth > 5) return fc.constant(null)
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined
  if (choices?.length) return fc.oneof(...choices.map(choice => fitting(choice, known, depth + 1)))
  if (schema['const'] !== undefined) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  switch (schema['type']) {
    case 'object': {
      const properties = (schema['properties'] ?? {}) as Record<string, Schema>
      const record = fc.record(
        Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, likeSchema(part, known, depth + 1)])),
        { requiredKeys: fc.sample(fc.subarray(Object.keys(properties)), 1)[0] ?? [] },
      )
      const whole = fc.record(
        Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, fitting(part, known, depth + 1)])),
      )
      const open =
        typeof schema['additionalProperties'] === 'object' ? (schema['additionalProperties'] as Schema) : undefined
      const more = open
        ? fc.dictionary(
            fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 20 })),
            likeSchema(open, known, depth + 1),
            { maxKeys: 3 },
          )
        : fc.constant({})
      const unknown = fc.oneof(
        { weight: 6, arbitrary: fc.constant({}) },
        {
          weight: 1,
          arbitrary: fc.dictionary(
            fc.constantFrom('role', 'district', 'status', 'id', 'version', 'account_id'),
            texts,
            { maxKeys: 2 },
          ),
        },
      )
      return fc
        .tuple(fc.oneof({ weight: 2, arbitrary: whole }, { weight: 3, arbitrary: record }), more, unknown)
        .map(parts => Object.assign({}, ...parts) as unknown)
    }
    case 'array':
      return fc.array(likeSchema((schema['items'] ?? {}) as Schema, known, depth + 1), { maxLength: 4 })
    case 'integer':
      return fc.oneof(fc.integer({ min: -2, max: 120 }), fc.constantFrom(2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, 2 ** 53))
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

/** Requests for one route. */
export function shots({ path, endpoint }: Route, known: readonly string[]): fc.Arbitrary<Shot> {
  const asText = (arbitrary: fc.Arbitrary<unknown>) =>
    arbitrary.map(value => (typeof value === 'string' ? value : JSON.stringify(value)))
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const params = endpoint.params ? (schemaOf(endpoint.params, 'input')['properties'] as Record<string, Schema>) : {}
  const query = endpoint.query ? (schemaOf(endpoint.query, 'input')['properties'] as Record<string, Schema>) : {}
  const body = endpoint.body ? schemaOf(endpoint.body as z.ZodType, 'input') : undefined
  return fc.record({
    params: fc.record(
      Object.fromEntries(names.map(name => [name, asText(likeSchema(params[name] ?? { type: 'string' }, known))])),
    ),
    query: fc
      .tuple(
        fc.record(
          Object.fromEntries(Object.entries(query).map(([name, part]) => [name, asText(likeSchema(part, known))])),
          { requiredKeys: [] },
        ),
        fc.oneof(
          { weight: 6, arbitrary: fc.constant({}) },
          {
            weight: 1,
            arbitrary: fc.dictionary(fc.constantFrom('role', 'x', 'after', 'limit'), texts, { maxKeys: 1 }),
          },
        ),
      )
      .map(([wanted, more]) => ({ ...wanted, ...more })),
    body: body
      ? likeSchema(body, known)
      : fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: texts }),
    raw: fc.oneof({ weight: 12, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    ifMatch: fc.option(
      fc.oneof(
        fc.constantFrom('"1"', '"0"', '*', 'W/"1"', '"99999999999"'),
        fc.string({ maxLength: 8 }).filter(s => /^[\x20-\x7e]*$/.test(s)),
      ),
      { nil: undefined },
    ),
  })
}
