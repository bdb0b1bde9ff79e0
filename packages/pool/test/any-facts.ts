import { addDays, type Day } from '@zhulian/kernel'
import type { HouseholdFacts, Pool, ValueForm } from '@zhulian/rules'
import { anyHousehold, numbers } from './any-household.ts'

/**
 * A household as awkward as facts may be: much is not known, some of it null, members of whom nobody says whether they
 * live, nobody known to live, empty lists, sums exactly on the lines of the policies and far beyond every sum, and facts
 * that contradict one another.
 */
export function anyFacts(pool: Pool, seed: number, on: Day): HouseholdFacts {
  const made = anyHousehold(seed, on)
  const next = numbers(seed ^ 0x5f3759df)
  const chance = (share: number) => next() < share
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const lines = pool.parameters.flatMap(p => p.rows.map(r => r.value))
  const share = pick([0.3, 0.6, 0.85, 0.97, 1])
  const awkward = pick([0, 0.02, 0.1, 0.3])
  const nulls = pick([0, 0, 0.05])
  const allDead = chance(0.04)

  const amount = (form: ValueForm): number => {
    const line = pick(lines) * pick([1, 1, 2, 12, 3])
    const value = pick([0, line, line, line + 0.01, line - 0.01, Math.floor(next() * 2000), 1e10, 1e300, 0.1 + 0.2])
    return form.type === 'integer' ? Math.round(Math.min(value, 1e10)) : value
  }
  const value = (form: ValueForm): unknown => {
    if (form.none && chance(0.3)) return null
    switch (form.type) {
      case 'boolean':
        return chance(0.5)
      case 'integer':
        return pick([form.min ?? 0, form.max ?? 20, 1, 2, 3, 12, 16, 18, 60, amount(form)])
      case 'number':
      case 'money':
        return amount(form)
      case 'date':
        return pick([on, addDays(on, -90), addDays(on, -91), addDays(on, 1), '2008-02-29', '1961-09-26', '1890-01-01'])
      case 'enum':
        return pick(form.values ?? []).value
      case 'set':
        return (form.values ?? []).filter(() => chance(0.3)).map(v => v.value)
      default:
        return pick(['330111109203', '330106001001', '340102001001', '33', 'a', ''])
    }
  }
  const facts = (owner: 'household' | 'person', known: object): Record<string, unknown> => {
    const found: Record<string, unknown> = {}
    for (const [name, given] of Object.entries(known)) if (chance(share)) found[name] = given
    for (const { name, form, document, owner: whose } of pool.facts) {
      const key = name.slice(owner.length + 1)
      if (whose !== owner || !document || key === 'members' || key.includes('.')) continue
      if (chance(nulls)) found[key] = null
      else if (!chance(awkward)) continue
      else if (form.type !== 'list') found[key] = value(form)
      else
        found[key] = Array.from({ length: pick([0, 1, 2, 3]) }, () =>
          Object.fromEntries(
            Object.entries(document.fields ?? {})
              .filter(() => chance(0.8))
              .map(([field, its]) => [field, field === 'memberId' ? pick(['a', 'b', 'z']) : value(its)]),
          ),
        )
    }
    return found
  }
  const persons = made.persons.slice(0, chance(0.02) ? 0 : undefined).map(person => {
    const { alive, ...rest } = facts('person', person)
    const living = allDead ? false : chance(0.9) ? (alive ?? person.alive) : undefined
    return { ...rest, key: person.key, ...(living !== undefined && { alive: living }) }
  })
  return { household: facts('household', made.household), persons }
}
