import { z } from '@zhulian/kernel/contract'

type Def = z.core.$ZodTypeDef & Record<string, unknown>

/**
 * The same schema with every object in it refusing unknown keys, whatever the contract said: a forgotten `strictObject`
 * must not let a client set what it may not.
 */
export function strict<S extends z.ZodType>(schema: S): S {
  const def = schema.def as unknown as Def
  switch (def.type) {
    case 'object': {
      const shape = Object.fromEntries(
        Object.entries(def['shape'] as Record<string, z.ZodType>).map(([key, part]) => [key, strict(part)]),
      )
      return again(schema, { ...def, shape, catchall: def['catchall'] ?? z.never() })
    }
    case 'array':
      return again(schema, { ...def, element: strict(def['element'] as z.ZodType) })
    case 'record':
      return again(schema, { ...def, valueType: strict(def['valueType'] as z.ZodType) })
    case 'tuple':
      return again(schema, { ...def, items: (def['items'] as z.ZodType[]).map(strict) })
    case 'union':
      return again(schema, { ...def, options: (def['options'] as z.ZodType[]).map(strict) })
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
      return again(schema, { ...def, innerType: strict(def['innerType'] as z.ZodType) })
    case 'pipe':
      return again(schema, { ...def, in: strict(def['in'] as z.ZodType) })
    default:
      return schema
  }
}

/** What was said of a schema beside its form, such as an example, is said of this one too. */
function again<S extends z.ZodType>(schema: S, def: Def): S {
  const [made, meta] = [schema.clone(def as never), schema.meta()]
  return (meta ? made.meta(meta) : made) as S
}
