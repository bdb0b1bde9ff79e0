import type { Between } from './between.ts'
import { type Candidates, candidatesOf, Patterns } from './candidates.ts'
import { address, birthDate, byDistance, exact, idNumber, phone, postcode, wording } from './compare-fields.ts'
import { chineseName, furtherNames, latinName, namesAreHan } from './compare-names.ts'
import type { Both, Comparison } from './comparison.ts'
import { householdsOf } from './households.ts'
import { indexPass, type Pass, type PassIndex, passesOf } from './passes.ts'
import type { Prepared, Tables } from './prepared.ts'

/** What two lists can be compared by: everything both of them have. */
export function comparisonsOf(both: Both): readonly Comparison[] {
  const { tables, left, right } = both
  const have = (field: Parameters<Prepared['has']>[0]) => left.has(field) && right.has(field)
  const made: Comparison[] = []
  const add = (field: Parameters<Prepared['has']>[0], make: () => Comparison) => {
    if (have(field)) made.push(make())
  }
  const isHan = hasHanNames(both)
  if (isHan) add('name', () => chineseName(both))
  else {
    add('givenName', () => latinName(both, 'givenName'))
    add('surname', () => latinName(both, 'surname'))
    if (have('name') && have('surname')) made.push(furtherNames(both))
    else add('name', () => wording(both, 'name', '姓名', 'name'))
  }
  add('birthDate', () => birthDate(both, !isHan))
  add('idNumber', () => idNumber(both, householdsOf(tables, right)))
  add('number', () => byDistance(both, 'number', '证件号', 'number'))
  add('phone', () => phone(both))
  add('email', () => wording(both, 'email', '电子邮箱', 'e-mail'))
  add('village', () => address(both))
  add('houseNumber', () => exact(both, 'houseNumber', '门牌', 'house number'))
  add('street', () => wording(both, 'street', '街道', 'street'))
  add('locality', () => wording(both, 'locality', '小区', 'locality'))
  add('suburb', () => wording(both, 'suburb', '地名', 'suburb'))
  add('postcode', () => postcode(both))
  add('region', () => exact(both, 'region', '省州', 'region'))
  add('birthPlace', () => wording(both, 'birthPlace', '出生地', 'place of birth'))
  add('occupation', () => wording(both, 'occupation', '职业', 'occupation'))
  add('sex', () => exact(both, 'sex', '性别', 'sex'))
  return made
}

export const hasHanNames = ({ tables, right }: Both): boolean =>
  right.has('name') && namesAreHan(tables.of('name').texts, right.column('name'))

/** Rows one key may bring together: more say too little and cost too much. */
export const mostOfOneKey = 400

/** The right list made ready to be asked. */
export interface Opened {
  readonly tables: Tables
  readonly right: Prepared
  readonly passes: readonly Pass[]
  readonly indexes: readonly PassIndex[]
}

/** @param room how many people may be added to the right list */
export function open(tables: Tables, right: Prepared, leftHas: Prepared['has'], room = 0): Opened {
  const isHan = hasHanNames({ tables, left: right, right })
  const passes = passesOf(tables, key => right.has(key) && leftHas(key), isHan)
  return { tables, right, passes, indexes: passes.map(pass => indexPass(pass, right, mostOfOneKey, room)) }
}

export interface Compared {
  readonly patterns: Patterns
  readonly candidates: Candidates
}

export function compareWith({ tables, right, passes, indexes }: Opened, left: Prepared, between?: Between): Compared {
  const patterns = new Patterns(comparisonsOf({ tables, left, right, isOneList: left === right }))
  return { patterns, candidates: candidatesOf(left, passes, indexes, patterns, left === right, right.size, between) }
}
