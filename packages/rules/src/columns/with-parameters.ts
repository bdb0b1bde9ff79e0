import type { Day } from '@zhulian/kernel'
import type { ParameterDocument } from '../documents.ts'
import type { Pool } from '../pool.ts'

/**
 * The pool with other figures from a day on, ready to judge with; nothing is compiled again.
 * @param figures by name without `params.`, such as `{ dibaoStandard: 1216 }`
 * @throws RangeError for a name that no parameter has
 */
export function withParameters(pool: Pool, figures: Readonly<Record<string, number>>, from: Day): Pool {
  for (const name of Object.keys(figures))
    if (!pool.parameters.some(p => p.name === name)) throw new RangeError(`there is no parameter ${name}`)
  const parameters = pool.parameters.map(parameter => {
    const value = Object.hasOwn(figures, parameter.name) ? figures[parameter.name] : undefined
    return value === undefined ? parameter : replaced(parameter, value, from)
  })
  return { ...pool, parameters, documents: { ...pool.documents, parameters } }
}

function replaced(parameter: ParameterDocument, value: number, from: Day): ParameterDocument {
  const before = parameter.rows.filter(row => row.from < from)
  return { ...parameter, rows: [...before, { from, value }] }
}
