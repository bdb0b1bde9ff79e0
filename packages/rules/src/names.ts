import { parse, type Syntax } from './cel.ts'
import { Fault } from './fault.ts'

/**
 * The names an expression speaks of, however it is written: `household.size`, `params.dibaoStandard`, `met.P05`, `held.P10`, and
 * what each begins with (`household.events` of `household.events.kind`). Those of a bound member count as the member's,
 * whatever it is called: `….exists(m, m.age > 60)` speaks of `person.age`. None of a text that cannot be read.
 */
export function namesOf(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  try {
    gather(parse(text), new Set(), found)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return new Set()
  }
  return found
}

const owners = new Set(['household', 'person', 'params', 'met', 'held'])
const binding = new Set(['exists', 'all', 'filter', 'map'])

function gather(syntax: Syntax, bound: ReadonlySet<string>, found: Set<string>): void {
  const into = (...parts: readonly Syntax[]) => parts.forEach(part => gather(part, bound, found))
  switch (syntax.kind) {
    case 'literal':
    case 'name':
      return
    case 'select': {
      const [root, ...rest] = pathOf(syntax) ?? []
      if (root === undefined) return into(syntax.of)
      const own = !bound.has(root) ? [root, ...rest] : rest[0] === 'met' ? rest : ['person', ...rest]
      if (owners.has(own[0] ?? '')) for (let n = own.length; n > 1; n--) found.add(own.slice(0, n).join('.'))
      return
    }
    case 'method': {
      const [member, ...rest] = syntax.args
      into(syntax.of)
      if (!binding.has(syntax.name) || member?.kind !== 'name') return into(...syntax.args)
      const within = new Set([...bound, member.name])
      return rest.forEach(part => gather(part, within, found))
    }
    case 'call':
      return into(...syntax.args)
    case 'list':
      return into(...syntax.items)
    case 'unary':
      return into(syntax.arg)
    case 'binary':
      return into(syntax.left, syntax.right)
    case 'choice':
      return into(syntax.test, syntax.yes, syntax.no)
  }
}

function pathOf(syntax: Syntax): readonly string[] | undefined {
  if (syntax.kind === 'name') return [syntax.name]
  if (syntax.kind !== 'select') return undefined
  const path = pathOf(syntax.of)
  return path && [...path, syntax.field]
}
