/** A JSON Schema as the description has it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly format?: string
  readonly minimum?: number
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

/** Deeper, parts that contain themselves would never end. */
const deepest = 6

/**
 * A body to begin from: the example that is given, or what must be there, empty or with its first choice. It is to be filled in, not sent
 * as it is.
 * @param parts the components of the description, by `#/components/schemas/…`
 */
export function exampleOf(schema: Schema, parts: Readonly<Record<string, Schema>>, depth = 0): unknown {
  if (depth > deepest) return null
  const inner = (part: Schema | undefined) => (part ? exampleOf(part, parts, depth + 1) : null)
  if (schema.$ref !== undefined) return inner(parts[schema.$ref.replace('#/components/schemas/', '')])
  if (schema.examples?.length) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return inner(choices[0])
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(inner)) as unknown
  if (schema.properties) {
    const must = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name))
    return Object.fromEntries(must.map(([name, part]) => [name, inner(part)]))
  }
  if (schema.prefixItems) return schema.prefixItems.map(inner)
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0]
  if (type === 'array') return (schema.minItems ?? 0) > 0 ? [inner(schema.items)] : []
  if (type === 'object') return {}
  if (type === 'boolean') return false
  if (type === 'integer' || type === 'number')
    return schema.minimum !== undefined && schema.minimum > 0 ? schema.minimum : 0
  if (type === 'null') return null
  return ''
}
