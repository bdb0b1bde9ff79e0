import type { Day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import {
  birthDateOfAge,
  emptyInterview,
  factsOf,
  type Interview,
  type Value,
  withAnswer,
  withMembers,
} from './interview.ts'

const on = '2021-09-26' as Day
const home = '330111'
type Someone = readonly [relation: string, age: number]

const family = (people: readonly Someone[], answers: Readonly<Record<string, Value>> = {}): Interview => {
  const start = withMembers(
    emptyInterview,
    people.map(([relation, age], i) => ({
      key: 'abcdef'[i] as string,
      callName: relation,
      relation: relation || null,
      birthDate: birthDateOfAge(age, on),
      sex: null,
      self: i === 0,
    })),
  )
  return Object.entries(answers).reduce((told, [key, value]) => withAnswer(told, { key, value, from: 'answer' }), start)
}
const able = (...keys: string[]) =>
  Object.fromEntries(
    keys.flatMap(key => [
      [`${key}:person.hasDisabilityCertificate`, false],
      [`${key}:person.seriousIllness`, false],
    ]),
  )
const persons = (told: Interview) => factsOf(told, home, on).persons as unknown as Record<string, unknown>[]

describe('what the roster says already', () => {
  it('of somebody alone: the savings of the home are their own, and they live alone', () => {
    const told = family([['02', 76]], { 'household.financialAssets': 3000 })
    expect(persons(told)[0]).toMatchObject({ livingAlone: true, financialAssets: 3000 })
    const other = family([['02', 76]], { 'household.financialAssets': 3000, 'a:person.financialAssets': 100 })
    expect(persons(other)[0]).toMatchObject({ financialAssets: 100 })
    expect(
      persons(
        family(
          [
            ['02', 76],
            ['12', 70],
          ],
          { 'household.financialAssets': 3000 },
        ),
      )[0],
    ).not.toHaveProperty('financialAssets')
  })

  it('members are registered where the household is, unless one of them says otherwise', () => {
    const told = family(
      [
        ['02', 40],
        ['20', 8],
      ],
      {
        'household.hukouDivisionCode': '330111',
        'b:person.hukouDivisionCode': '340000',
      },
    )
    expect(persons(told).map(p => p['hukouDivisionCode'])).toEqual(['330111', '340000'])
  })

  it('a child at home with parents who can care is no orphan and has who must support it', () => {
    const couple = family(
      [
        ['02', 38],
        ['12', 36],
        ['20', 8],
      ],
      able('a', 'b'),
    )
    expect(persons(couple)[2]).toMatchObject({ orphanClass: 'none', obligorCount: 2, allObligorsUnable: false })
    expect(persons(couple)[2]?.['parents']).toHaveLength(2)
    const father = family(
      [
        ['02', 45],
        ['30', 16],
      ],
      able('a'),
    )
    expect(persons(father)[1]).toMatchObject({ orphanClass: 'none', obligorCount: 1, leftBehind: false })
    expect(persons(father)[1]).not.toHaveProperty('parents')
  })

  it('who answers is the head, where nobody else is said to be', () => {
    const told = family(
      [
        ['', 38],
        ['20', 8],
      ],
      able('a'),
    )
    expect(persons(told)[0]).toMatchObject({ relationToHead: '02' })
    expect(persons(told)[1]).toMatchObject({ obligorCount: 1 })
    expect(
      persons(
        family([
          ['', 38],
          ['02', 60],
        ]),
      )[0],
    ).not.toHaveProperty('relationToHead')
  })

  it('takes nothing for granted where a parent is disabled, ill or old, not heard about yet, or no older than the child', () => {
    const unheard = family([
      ['02', 38],
      ['12', 36],
      ['20', 8],
    ])
    expect(persons(unheard)[2]).toMatchObject({ obligorCount: 2 })
    for (const open of [
      unheard,
      family(
        [
          ['02', 38],
          ['20', 8],
        ],
        { ...able('a'), 'a:person.seriousIllness': true },
      ),
      family(
        [
          ['02', 66],
          ['20', 8],
        ],
        able('a'),
      ),
    ])
      for (const child of persons(open).slice(-1)) {
        expect(child).not.toHaveProperty('orphanClass')
        expect(child).not.toHaveProperty('allObligorsUnable')
      }
    expect(
      persons(
        family(
          [
            ['02', 20],
            ['20', 15],
          ],
          able('a'),
        ),
      )[1],
    ).not.toHaveProperty('obligorCount')
  })

  it('an old parent has the grown child at home, and a spouse the other', () => {
    const three = family(
      [
        ['02', 45],
        ['12', 44],
        ['52', 76],
      ],
      able('a', 'b'),
    )
    expect(persons(three)[2]).toMatchObject({ obligorCount: 1, allObligorsUnable: false })
    expect(persons(three)[0]).toMatchObject({ obligorCount: 1 })
    expect(persons(family([['02', 76]]))[0]).not.toHaveProperty('obligorCount')
  })
})
