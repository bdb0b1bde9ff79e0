import { describe, expect, it } from 'vitest'
import { namesOf } from './index.ts'

describe('an expression speaks of', () => {
  it.each([
    ['household.size >= 2 && params.line > 3', ['household.size', 'params.line']],
    ['household . size\n>= 2', ['household.size']],
    ['household.members.exists(m, m.age > 60)', ['household.members', 'person.age']],
    ['household.members.exists(who, (who).age > 60)', ['household.members', 'person.age']],
    ['household.everyone.filter(a, a.met.P05).exists(b, b . age > 3)', ['household.everyone', 'met.P05', 'person.age']],
    [
      '[person.age, 3].exists(x, x == 3) ? -household.size : max(person.wage, 0)',
      ['person.age', 'household.size', 'person.wage'],
    ],
    ['!(held.P10 || met.P01)', ['held.P10', 'met.P01']],
    ['household.events.kind == "household.size"', ['household.events.kind', 'household.events']],
    ['household.size >', []],
  ])('%s', (text, names) => {
    expect([...namesOf(text)].toSorted()).toEqual(names.toSorted())
  })
})
