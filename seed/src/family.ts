import { addDays, addMonths, type Day, day } from '@zhulian/kernel'
import type { Facts, MadeUpHousehold, MadeUpPerson, MadeUpStatement, Source } from './household.ts'
import { givenNameOf, surnameOf } from './names.ts'
import type { Random } from './random.ts'

export type Marital = 'single' | 'married' | 'widowed' | 'divorced'

export interface Sketch {
  readonly age: number | readonly [lo: number, hi: number]
  readonly sex?: 'male' | 'female'
  /** GB/T 4761; 02 is the head. */
  readonly relation: string
  readonly surname?: string
  readonly name?: string
  readonly marital?: Marital
}

export interface Member {
  readonly name: string
  readonly surname: string
  readonly age: number
  readonly birthDate: Day
  readonly sex: 'male' | 'female'
  readonly relation: string
  readonly marital: Marital | undefined
  say(source: Source, origin: string, facts: Facts): Member
  /** What the same source had said on an earlier day. */
  saidOn(on: Day, source: Source, origin: string, facts: Facts): Member
}

export interface Family {
  readonly random: Random
  readonly today: Day
  /** The low-income line the figures are drawn around, yuan a head and month. */
  readonly line: number
  readonly members: readonly Member[]
  /** The day the family came into the registry; nothing of it is older. */
  readonly since: Day
  add(sketch: Sketch): Member
  /** Of another family. */
  surname(): string
  say(source: Source, origin: string, facts: Facts): Family
  saidOn(on: Day, source: Source, origin: string, facts: Facts): Family
  build(registerNo: string, division: string, idNumber: (birthDate: Day) => string): MadeUpHousehold
}

/** The line of the policy pool's published figures, so that made-up tiers agree with made-up incomes. */
const lineOn = (today: Day): number =>
  today < '2022-10-01' ? 1102 : today < '2023-07-31' ? 1216 : today < '2025-01-01' ? 1259 : 1301

/** What is said in one go by one source: facts of the same source and origin become one statement. */
function notes(random: Random, today: Day) {
  const said = new Map<string, { source: Source; origin: string; facts: Facts }>()
  const earlier: MadeUpStatement[] = []
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
    saidOn(on: Day, source: Source, origin: string, facts: Facts) {
      earlier.push({ source, origin, asOf: on, facts })
    },
    statements: (): MadeUpStatement[] => [...earlier, ...[...said.values()].map(s => ({ ...s, asOf: asOf(s.source) }))],
  }
}

/** A family being made up: members are added, things are said of them, and {@link Family.build} hands it over. */
export function familyOf(random: Random, today: Day): Family {
  const members: (Member & { statements(): MadeUpStatement[] })[] = []
  const own = notes(random, today)
  const headName = surnameOf(random)
  const since = addDays(today, -random.int(400, 3000))
  const family: Family = {
    random,
    today,
    line: lineOn(today),
    members,
    since,
    surname: () => surnameOf(random),
    add(sketch) {
      const age = typeof sketch.age === 'number' ? sketch.age : random.int(...sketch.age)
      const sex = sketch.sex ?? (random.chance(0.5) ? 'male' : 'female')
      const birthDate = addDays(addMonths(today, -12 * age), -random.int(1, 363))
      const marriedIn = ['10', '11', '12', '52'].includes(sketch.relation)
      const surname = sketch.surname ?? (marriedIn ? surnameOf(random) : headName)
      const year = Number(birthDate.slice(0, 4))
      let name = sketch.name ?? surname + givenNameOf(random, sex, year)
      while (!sketch.name && members.some(m => m.name.endsWith(name.slice(surname.length))))
        name = surname + givenNameOf(random, sex, year)
      const said = notes(random, today)
      const member = {
        name,
        surname,
        age,
        birthDate,
        sex,
        relation: sketch.relation,
        marital: sketch.marital,
        saidOn(on: Day, source: Source, origin: string, facts: Facts) {
          said.saidOn(on, source, origin, facts)
          return member
        },
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
    saidOn(on, source, origin, facts) {
      own.saidOn(on, source, origin, facts)
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
          ...(m.birthDate > since && { since: m.birthDate }),
          // 100 is no prefix of a telephone company.
          ...(adult && { phone: `100${String(random.int(0, 99_999_999)).padStart(8, '0')}` }),
          statements: m.statements(),
        }
      })
      return { registerNo, division, madeUp: true, since, members: built, statements: own.statements() }
    },
  }
  return family
}
