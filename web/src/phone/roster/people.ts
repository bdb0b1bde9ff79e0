import { numberIn } from '../../parts/number-in.ts'
import type { Member } from '../kinds.ts'

/** One person as being written. */
export interface PersonDraft {
  readonly key: string | undefined
  readonly callName: string
  readonly relation: string
  readonly by: 'year' | 'age'
  readonly year: string
  readonly age: string
  readonly sex: 'male' | 'female' | ''
  readonly self: boolean
}

/** One person as it is sent. */
export interface Person {
  readonly key?: string
  readonly callName: string
  readonly relation: string | null
  readonly sex: 'male' | 'female' | null
  readonly self: boolean
  readonly age?: number
  readonly birthYear?: number
  readonly birthDate?: string
}

export const oldestAge = 120

export const newPerson = (self: boolean): PersonDraft => ({
  key: undefined,
  callName: '',
  relation: '',
  by: 'year',
  year: '',
  age: '',
  sex: '',
  self,
})

/** The head of the household is who answers, as far as we ask. */
export const selfRelation = '02'

export const personOf = (member: Member): Person => ({
  key: member.key,
  callName: member.callName,
  relation: member.relation,
  sex: member.sex,
  self: member.self,
  ...(member.birthDate ? { birthDate: member.birthDate } : member.age === null ? {} : { age: member.age }),
})

export const draftOfPerson = (person: Person): PersonDraft => ({
  key: person.key,
  callName: person.callName,
  relation: person.relation ?? '',
  by: person.age !== undefined && person.birthDate === undefined ? 'age' : 'year',
  year: person.birthDate?.slice(0, 4) ?? (person.birthYear === undefined ? '' : `${person.birthYear}`),
  age: person.age === undefined ? '' : `${person.age}`,
  sex: person.sex ?? '',
  self: person.self,
})

export type WrongPerson = 'name' | 'birth' | 'year' | 'age'

/** Reads one person. A year that was not touched keeps the exact day that is on record. */
export function readPerson(
  draft: PersonDraft,
  before: Person | undefined,
  thisYear: number,
): { person: Person } | { wrong: WrongPerson } {
  const callName = draft.callName.trim()
  if (callName === '') return { wrong: 'name' }
  const rest = {
    ...(draft.key === undefined ? {} : { key: draft.key }),
    callName,
    relation: draft.self ? selfRelation : draft.relation || null,
    sex: draft.sex || null,
    self: draft.self,
  }
  const written = draft.by === 'year' ? draft.year : draft.age
  if (written.trim() === '') return { wrong: 'birth' }
  const number = numberIn(written)
  if (draft.by === 'age') {
    if (number === undefined || !Number.isInteger(number) || number > oldestAge) return { wrong: 'age' }
    return { person: { ...rest, age: number } }
  }
  if (number === undefined || !Number.isInteger(number) || number < thisYear - oldestAge || number > thisYear)
    return { wrong: 'year' }
  if (before?.birthDate?.startsWith(`${number}-`)) return { person: { ...rest, birthDate: before.birthDate } }
  return { person: { ...rest, birthYear: number } }
}

export function ageOf(person: Person, thisYear: number): number | undefined {
  if (person.age !== undefined) return person.age
  const year = person.birthYear ?? (person.birthDate ? Number(person.birthDate.slice(0, 4)) : undefined)
  return year === undefined ? undefined : Math.max(0, thisYear - year)
}
