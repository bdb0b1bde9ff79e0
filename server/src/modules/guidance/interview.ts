import { addMonths, type Day, type Id } from '@zhulian/kernel'
import type { HouseholdFacts, PersonFacts } from '@zhulian/rules'
import { followFromRoster, headOfHousehold } from './roster-facts.ts'
import type { SignalKind } from './tables.ts'

/**
 * What an interview knows: who lives in the home, what was answered in which order, what was answered before going back,
 * and what the registry says but nobody has confirmed yet. No I/O; the row keeps it sealed.
 */
export interface Interview {
  /** null until the roster was given. */
  readonly members: readonly Member[] | null
  /** In the order they were given. A later answer to the same question replaces the earlier one in its place. */
  readonly answers: readonly Answer[]
  /** By question: what was answered before going back. */
  readonly drafts: Readonly<Record<string, Draft>>
  /** By fact key: what the registry says and waits for a yes. */
  readonly known: Readonly<Record<string, Value>>
  /** By fact key: where what the registry says is from. */
  readonly sources?: Readonly<Record<string, FactSource>>
  /** The question gone back to. */
  readonly asking: string | null
  /** Members as the registry has them, waiting to be looked over. */
  readonly rosterDraft: readonly Member[] | null
  /** Policies and services still possible now, and before the last answer. */
  readonly possible: readonly string[] | null
  readonly possibleBefore: readonly string[] | null
  readonly onBehalfOf: { readonly household: Id | null; readonly name: string } | null
  /** Signals that a person was told of already. */
  readonly raised: readonly SignalKind[]
  readonly useRegistry: boolean
  /** Left out in those begun before there was a choice: everything. */
  readonly depth?: Depth
}

/** `likely`: only what one is likely to get is asked about; `everything`: all that is open. */
export type Depth = 'likely' | 'everything'

export type Value = boolean | number | string | null | readonly string[] | readonly Readonly<Record<string, unknown>>[]
export interface FactSource {
  readonly source: 'declared' | 'feed' | 'verified'
  /** As a person reads it: 人社, 医保. */
  readonly origin: string
  readonly asOf: Day
}
export type Draft = { readonly value: Value } | { readonly unknown: true }

export interface Member {
  /** `a`, `b`, … */
  readonly key: string
  readonly callName: string
  readonly relation: string | null
  readonly birthDate: Day | null
  readonly sex: 'male' | 'female' | null
  readonly self: boolean
}

export interface Answer {
  /** `household.certifiedTier`, `b:person.disabilityLevel`, `*:person.seriousIllness` for all who live in the home. */
  readonly key: string
  /** Left out when it is not known. Of a question about everybody: the keys of those it is true of. */
  readonly value?: Value
  readonly from: 'answer' | 'confirmed' | 'unknown'
  /** Of a question about everybody: who was asked about. */
  readonly about?: readonly string[]
}

export const emptyInterview: Interview = {
  members: null,
  answers: [],
  drafts: {},
  known: {},
  asking: null,
  rosterDraft: null,
  possible: null,
  possibleBefore: null,
  onBehalfOf: null,
  raised: [],
  useRegistry: false,
}

/** `b:person.disabilityLevel` apart; household facts have no person, `*` is everybody. */
export function splitKey(key: string): { fact: string; person?: string } {
  const at = key.indexOf(':')
  return at < 0 ? { fact: key } : { fact: key.slice(at + 1), person: key.slice(0, at) }
}
export const keyOf = (fact: string, person?: string): string => (person === undefined ? fact : `${person}:${fact}`)

/** Keys for new members that no member has or had in an answer. */
export function freshKeys(taken: ReadonlySet<string>, count: number): string[] {
  const keys: string[] = []
  for (let n = 0; keys.length < count; n++) {
    const key = n < 26 ? String.fromCharCode(97 + n) : `${String.fromCharCode(97 + (n % 26))}${Math.floor(n / 26)}`
    if (!taken.has(key)) keys.push(key)
  }
  return keys
}

/** A day of birth that gives exactly these completed years on the day: half a year past the birthday. */
export const birthDateOfAge = (age: number, on: Day): Day => addMonths(on, -(age * 12 + 6))

/** Every answer as single facts, those about everybody taken apart. Not known is a fact without `value`. */
export function* singleAnswers(interview: Interview): Generator<{ fact: string; person?: string; value?: Value }> {
  for (const answer of interview.answers) {
    const { fact, person } = splitKey(answer.key)
    if (person === '*') {
      const chosen = Array.isArray(answer.value) ? (answer.value as readonly string[]) : undefined
      for (const key of answer.about ?? [])
        yield { fact, person: key, ...(chosen ? { value: chosen.includes(key) } : {}) }
    } else {
      yield {
        fact,
        ...(person === undefined ? {} : { person }),
        ...(answer.value === undefined ? {} : { value: answer.value }),
      }
    }
  }
}

/**
 * What the engine judges: what was answered or confirmed, and what follows from who lives there.
 * @param homeDistrict six digits of the district that judges
 * @param on the day on which ages are counted
 */
export function factsOf(interview: Interview, homeDistrict: string, on: Day): HouseholdFacts {
  const household: Record<string, unknown> = {}
  const persons = new Map<string, Record<string, unknown>>()
  // Relations are given to whoever answers, unless the registry names another head.
  const headless = !interview.members?.some(m => m.relation === headOfHousehold)
  for (const m of interview.members ?? []) {
    const relation = m.relation ?? (m.self && headless ? headOfHousehold : null)
    persons.set(m.key, {
      key: m.key,
      alive: true,
      ...(m.birthDate ? { birthDate: m.birthDate } : {}),
      ...(m.sex ? { sex: m.sex } : {}),
      ...(relation ? { relationToHead: relation } : {}),
    })
  }
  for (const { fact, person, value } of singleAnswers(interview)) {
    if (value === undefined) continue
    const owner = person === undefined ? household : persons.get(person)
    if (owner) put(owner, fact.slice(fact.indexOf('.') + 1), value)
  }
  followFromRoster(household, [...persons.values()], homeDistrict, on)
  return { household, persons: [...persons.values()] as unknown as readonly PersonFacts[] }
}

/** `adl.eating` lies in `adl`. */
function put(into: Record<string, unknown>, path: string, value: unknown): void {
  const at = path.indexOf('.')
  if (at < 0) into[path] = value
  else put((into[path.slice(0, at)] ??= {}) as Record<string, unknown>, path.slice(at + 1), value)
}

/** The questions that need not be asked again, known or not. */
export function askedOf(interview: Interview): Set<string> {
  const asked = new Set<string>()
  for (const { fact, person } of singleAnswers(interview)) asked.add(keyOf(fact, person))
  return asked
}

export function withAnswer(interview: Interview, answer: Answer): Interview {
  const at = interview.answers.findIndex(a => a.key === answer.key)
  const answers = at < 0 ? [...interview.answers, answer] : interview.answers.with(at, answer)
  const { [answer.key]: _, ...drafts } = interview.drafts
  return { ...interview, answers, drafts, asking: interview.asking === answer.key ? null : interview.asking }
}

/** Back to a question: it is asked again, and everything from it on stays as drafts. Undefined when there is nothing to go back to. */
export function backTo(interview: Interview, key: string | undefined): Interview | undefined {
  const at = key === undefined ? interview.answers.length - 1 : interview.answers.findIndex(a => a.key === key)
  const first = interview.answers[at]
  if (!first) return undefined
  const drafts = { ...interview.drafts }
  for (const answer of interview.answers.slice(at))
    drafts[answer.key] = answer.value === undefined ? { unknown: true } : { value: answer.value }
  return { ...interview, answers: interview.answers.slice(0, at), drafts, asking: first.key, possibleBefore: null }
}

/** The members as now given; answers about those who are gone leave with them. */
export function withMembers(interview: Interview, members: readonly Member[]): Interview {
  const here = new Set(members.map(m => m.key))
  const stays = (key: string) => {
    const { person } = splitKey(key)
    return person === undefined || person === '*' || here.has(person)
  }
  return {
    ...interview,
    members,
    answers: interview.answers
      .filter(a => stays(a.key))
      .map(a =>
        a.about
          ? {
              ...a,
              about: a.about.filter(key => here.has(key)),
              ...(Array.isArray(a.value) ? { value: (a.value as string[]).filter(key => here.has(key)) } : {}),
            }
          : a,
      ),
    drafts: Object.fromEntries(Object.entries(interview.drafts).filter(([key]) => stays(key))),
    known: Object.fromEntries(Object.entries(interview.known).filter(([key]) => stays(key))),
    asking: interview.asking && stays(interview.asking) ? interview.asking : null,
    possibleBefore: null,
  }
}
