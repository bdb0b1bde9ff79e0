import { disabled, ill, young } from './life.ts'
import type { Family, Member } from './family.ts'

// Who belongs to whom, at ages that can be: a wife about as old as her husband, children born to a mother of 19 to 43,
// a grandmother a generation older.

type Ages = readonly [lo: number, hi: number]

const within = (age: number, lo: number, hi: number) => Math.min(hi, Math.max(lo, Math.round(age)))

/** Two married people, the man a little older as a rule. One in eight households is headed by the wife. */
export function couple(family: Family, husbandAge: Ages): { readonly husband: Member; readonly wife: Member } {
  const { random } = family
  const age = random.int(...husbandAge)
  const wifeAge = within(age - 2 + random.bell() * 4, 20, age + 6)
  const wifeHeads = random.chance(0.12)
  const first = { marital: 'married' as const }
  if (wifeHeads) {
    const wife = family.add({ ...first, age: wifeAge, sex: 'female', relation: '02' })
    return { wife, husband: family.add({ ...first, age, sex: 'male', relation: '11' }) }
  }
  const husband = family.add({ ...first, age, sex: 'male', relation: '02' })
  return { husband, wife: family.add({ ...first, age: wifeAge, sex: 'female', relation: '12' }) }
}

/** The age of somebody old: fewer each year from `lo` on. */
export function oldAge(family: Family, lo = 60, hi = 97): number {
  const age = lo - 11 * Math.log(1 - family.random.next())
  return age <= hi ? Math.floor(age) : family.random.int(lo, hi)
}

/** A person who lives without wife or husband: the older, the more often a widow. */
export function alone(family: Family, age: number): Member {
  const { random } = family
  const sex = random.chance(age >= 60 ? 0.42 + (age - 60) * 0.009 : 0.4) ? 'female' : 'male'
  const widowed = age >= 60 && random.chance(sex === 'female' ? 0.85 : 0.55)
  const marital = widowed ? 'widowed' : random.chance(age >= 60 ? 0.3 : 0.5) ? 'divorced' : 'single'
  return family.add({ age, sex, relation: '02', marital })
}

const oldestAtHome = 22

/**
 * Children of a mother of this age, as many as can be: each born when she was 19 to 43, mostly in her twenties. One in
 * thirty has a disability, one in eighty a serious illness.
 */
export function children(family: Family, mother: { readonly age: number }, n: number, surname?: string): Member[] {
  const { random } = family
  const found: Member[] = []
  for (let i = 0; i < n; i++) {
    const atBirth = 19 + Math.min(random.int(0, 24), random.int(0, 24))
    const age = mother.age - atBirth
    const fits = age >= 0 && age <= oldestAtHome
    const last = within(random.int(1, 17), Math.max(0, mother.age - 43), Math.min(oldestAtHome, mother.age - 19))
    if (!fits && (mother.age < 20 || mother.age - 43 > oldestAtHome)) return found
    found.push(child(family, fits ? age : last, surname))
  }
  return found
}

export function child(family: Family, age: number, surname?: string): Member {
  const { random } = family
  const sex = random.chance(0.52) ? 'male' : 'female'
  const relation = sex === 'male' ? '20' : '30'
  const made = young(family, family.add({ age, sex, relation, marital: 'single', ...(surname && { surname }) }))
  if (age >= 2 && random.chance(0.033)) disabled(family, made, random.chance(0.5))
  else if (random.chance(0.012)) ill(family, made)
  return made
}

/** The mother of the head, a generation older; a widow. */
export const grandmother = (family: Family, head: Member): Member =>
  family.add({
    age: within(head.age + 25 + family.random.bell() * 6, head.age + 18, 98),
    sex: 'female',
    relation: '52',
    marital: 'widowed',
  })

/** Somebody grown who still lives with the parent: born when the parent was 20 to 42. */
export function grownChild(family: Family, parent: Member, surname?: string): Member {
  const { random } = family
  const sex = random.chance(0.6) ? 'male' : 'female'
  const age = within(parent.age - 28 + random.bell() * 8, Math.max(20, parent.age - 42), parent.age - 20)
  const marital = random.weighted([
    [age < 35 ? 9 : 6, 'single'],
    [age < 35 ? 1 : 3, 'divorced'],
  ] as const)
  return family.add({ age, sex, relation: sex === 'male' ? '20' : '30', marital, ...(surname && { surname }) })
}

/** The children of a mother who heads the family bear their father's name, mostly. */
export const fathersName = (family: Family, head: Member): string =>
  head.sex === 'female' && family.random.chance(0.85) ? family.surname() : head.surname
