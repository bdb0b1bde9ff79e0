import { describe, expect, it } from 'vitest'
import { screening } from '../states/made-up.ts'
import { firstToSay, linesOf, rowsOf, type Line } from './lines.ts'

const [service] = linesOf(screening, 'canApply').filter(line => line.kind === 'service')
const [policy] = linesOf(screening, 'canApply').filter(line => line.kind === 'policy')
const forPerson = (line: Line | undefined, key: string) =>
  ({ ...line, line: { ...line?.line, key: `${line?.line.id}:${key}`, person: { key, callName: key } } }) as Line

describe('the rows of a result', () => {
  it('say the same help for several people once, with all their names', () => {
    const rows = rowsOf([forPerson(service, 'a'), forPerson(service, 'b')])
    expect(rows.map(row => row.people.map(person => person?.callName))).toEqual([['a', 'b']])
  })

  it('keep apart what brings each of them an amount', () => {
    expect(rowsOf([forPerson(policy, 'a'), forPerson(policy, 'b')])).toHaveLength(2)
  })

  it('offer to answer only what is asked of the family', () => {
    const open = forPerson(policy, 'a')
    const missing = (['nobody', 'guide', 'person'] as const).map(askedOf => ({
      question: askedOf,
      words: { zh: askedOf, en: askedOf },
      askedOf,
    }))
    expect(firstToSay({ ...open, line: { ...open.line, missing } } as Line)?.question).toBe('person')
    expect(firstToSay({ ...open, line: { ...open.line, missing: missing.slice(0, 2) } } as Line)).toBeUndefined()
  })
})
