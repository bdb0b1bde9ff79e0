import { addDays, addMonths, type Day, day } from '@zhulian/kernel'
import type { Facts, MadeUpHousehold, MadeUpPerson, MadeUpStatement, Source } from './household.ts'
import { givenNameOf, surnameOf } from './names.ts'
import type { Random } from './random.ts'

export interface Sketch {
  readonly age: number | readonly [lo: number, hi: number]
  readonly sex?: 'male' | 'female'
  /** GB/T 4761; 02 is the head. */
  readonly relation: string
  readonly surname?: string
  readonly name?: string
}

export interface Member {
  readonly name: string
  readonly surname: string
  readonly age: number
  readonly birthDate: Day
  readonly sex: 'male' | 'female'
  readonly relation: string
  say(source: Source, origin: string, facts: Facts): Member
}

export interface Family {
  readonly random: Random
  readonly today: Day
  /** The low-income line the figures are drawn around, yuan a head and month. */
  readonly line: number
  readonly members: readonly Member[]
  add(sketch: Sketch): Member
  say(source: Source, origin: string, facts: Facts): Family
  build(registerNo: string, division: string, idNumber: (birthDate: Day) => string): MadeUpHousehold
}

/** The line of the policy pool's published figures, so that made-up tiers agree with made-up incomes. */
const lineOn = (today: Day): number =>
  today < '2022-10-01' ? 1102 : today < '2023-07-31' ? 1216 : today < '2025-01-01' ? 1259 : 1301

/** What is said in one go by one source: facts of the same source and origin become one statement. */
function notes(random: Random, today: Day) {
  const said = new Map<string, { source: Source; origin: string; facts: Facts }>()
  // A feed is of the first of a month, a person speaks on any day of the last year.
  const asOf = (source: Source): Day => {
    if (source === 'feed') return day(`${addMonths(today, -random.int(1, 3)).slice(0, 7)}-01`)
    return addDays(today, -random.int(source === 'verified' ? 5 : 20, source === 'verified' ? 150 : 330))
  }
  return {
    say(source: Source, origin: string, facts: Facts) {
      const key = `${source} ${origin}`
      const before = said.get(key)
      if (before) Object.assign(before.facts, facts)
      else said.set(key, { source, origin, facts: { ...facts } })
    },
    statements: (): MadeUpStatement[] => [...said.values()].map(s => ({ ...s, asOf: asOf(s.source) })),
  }
}

/** A family being made up: members are added, things are said of them, and {@link Family.build} hands it over. */
export function familyOf(random: Random, today: Day): Family {
  const members: (Member & { statements(): MadeUpStatement[] })[] = []
  const own = notes(random, today)
  const headName = surnameOf(random)
  const family: Family = {
    random,
    today,
    line: lineOn(today),
    members,
    add(sketch) {
      const age = typeof sketch.age === 'number' ? sketch.age : random.int(...sketch.age)
      const sex = sketch.sex ?? (random.chance(0.5) ? 'male' : 'female')
      const birthDate = addDays(addMonths(today, -12 * age), -random.int(1, 363))
      const marriedIn = ['10', '12', '52'].includes(sketch.relation) && sex === 'female'
      const surname = sketch.surname ?? (marriedIn ? surnameOf(random) : headName)
      const name = sketch.name ?? surname + givenNameOf(random, sex, Number(birthDate.slice(0, 4)))
      const said = notes(random, today)
      const member = {
        name,
        surname,
        age,
        birthDate,
        sex,
        relation: sketch.relation,
        say(source: Source, origin: string, facts: Facts) {
          said.say(source, origin, facts)
          return member
        },
        statements: said.statements,
      }
      members.push(member)
      return member
    },
    say(source, origin, facts) {
      own.say(source, origin, facts)
      return family
    },
    build(registerNo, division, idNumber) {
      const built = members.map((m): MadeUpPerson => {
        const adult = m.age >= 18 && random.chance(0.8)
        return {
          name: m.name,
          idNumber: idNumber(m.birthDate),
          birthDate: m.birthDate,
          sex: m.sex,
          relation: m.relation,
          // 100 is no prefix of a telephone company.
          ...(adult && { phone: `100${String(random.int(0, 99_999_999)).padStart(8, '0')}` }),
          statements: m.statements(),
        }
      })
      const since = addDays(today, -random.int(400, 3000))
      return { registerNo, division, madeUp: true, since, members: built, statements: own.statements() }
    },
  }
  return family
}
