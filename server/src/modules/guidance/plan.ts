import {
  judgeAndAsk,
  type Priors,
  type Judgement,
  type PersonPolicyResult,
  type PolicyResult,
  type Verdict,
} from '@zhulian/rules'
import type { Day, Words } from '@zhulian/kernel'
import type { LoadedPool } from '../pools/index.ts'
import { askedOf, factsOf, keyOf, splitKey, type Interview, type Member } from './interview.ts'
import { questionOf, type Question } from './question.ts'
import { reasonWords } from './reason-words.ts'

/** Where an interview stands: what to ask next, and what is still possible. Pure. */
export interface Plan {
  readonly judgement: Judgement
  /** null: nothing asked can change a result any more, or enough was asked. */
  readonly next: Question | null
  /** Keys of everything that may be answered now. */
  readonly open: ReadonlySet<string>
  readonly tiles: readonly Tile[]
  readonly atMostLeft: number
  readonly saved: number
  /** Items that are open and are not asked about any more; where an interview goes on, those it would leave now. */
  readonly undecided: Undecided
}

export interface Undecided {
  /** Hardly any family like this one has them. */
  readonly improbable: number
  /** One can say more about them in the result. */
  readonly others: number
}

export interface Tile {
  readonly id: string
  readonly kind: 'policy' | 'service'
  readonly name: Words
  readonly state: 'certain' | 'possible' | 'gone' | 'not'
  readonly because: Words | null
}

/** After so many pages the interview ends by itself; what is open then stands under 还差一点. @source domain 2.15 [I] */
export const enoughPages = 25
/** After so many pages only what settles more than one item is still asked: single ones are one tap away in the results. */
const pagesForSingles = 12
/** Of what one is likely to get, so soon: @source domain 2.15 [I] */
const likelyPagesForSingles = 6
/** Less probable than this is not asked about where one looks for what one is likely to get. [I] */
export const likely = 0.1

export interface Asking {
  readonly on: Day
  /** Six digits. */
  readonly district: string
  /** Also what only a guide can see or know. */
  readonly guide: boolean
  readonly priors?: Priors | undefined
}

export function planInterview(loaded: LoadedPool, interview: Interview, { on, district, guide, priors }: Asking): Plan {
  const members = interview.members ?? []
  const facts = factsOf(interview, district, on)
  const {
    judgement,
    interview: { questions, improbable },
    matters,
  } = judgeAndAsk(loaded.pool, facts, on, {
    guide,
    ...(priors && { priors }),
    ...(interview.depth === 'likely' && { likely }),
  })
  const asked = askedOf(interview)
  const open = questions.filter(
    q =>
      loaded.fact(q.fact)?.question !== undefined &&
      !asked.has(keyOf(q.fact, q.person)) &&
      q.fact !== 'household.members',
  )
  const settles = (fact: string, person?: string) => settledBy(loaded, judgement, fact, person)

  const askAbout = (fact: string, person: string | undefined): Question | undefined => {
    const document = loaded.fact(fact)
    if (!document) return undefined
    const everybody = document.questionForAll
      ? members.filter(m => open.some(q => q.fact === fact && q.person === m.key))
      : []
    const all =
      person !== undefined && (person === '*' || everybody.length > 1)
        ? everybody.length > 0
          ? everybody
          : members
        : undefined
    const known = all ? undefined : interview.known[keyOf(fact, person)]
    return questionOf(
      document,
      { member: all ? undefined : members.find(m => m.key === person), everybody: all },
      {
        draft: interview.drafts[keyOf(fact, all ? '*' : person)],
        known,
        settles: settles(fact, all || person === undefined ? undefined : person),
      },
    )
  }

  const singles = interview.depth === 'likely' ? likelyPagesForSingles : pagesForSingles
  const pages = interview.answers.filter(a => a.from !== 'confirmed').length
  let next: Question | null = null
  if (interview.asking !== null) {
    const { fact, person } = splitKey(interview.asking)
    next = askAbout(fact, person) ?? null
  }
  // What the registry knows is only confirmed, so it goes before what costs thought.
  const first =
    open.find(q => interview.known[keyOf(q.fact, q.person)] !== undefined) ??
    (pages < enoughPages ? open.find(q => (pages < singles || q.settles > 1) && matters(q)) : undefined)
  if (!next && first) next = askAbout(first.fact, first.person) ?? null

  const openKeys = new Set(open.map(q => keyOf(q.fact, q.person)))
  for (const q of open)
    if (q.person !== undefined && loaded.fact(q.fact)?.questionForAll) openKeys.add(keyOf(q.fact, '*'))
  if (next) openKeys.add(next.key)

  const whole = fullLength(loaded, members)
  return {
    judgement,
    next,
    open: openKeys,
    tiles: tilesOf(loaded, judgement, members, interview.possibleBefore),
    undecided: undecidedOf(loaded, judgement, new Set(improbable?.map(i => nameOf(i.id, i.person)))),
    atMostLeft: next ? Math.max(1, Math.min(enoughPages, whole) - pages) : 0,
    saved: Math.max(0, whole - pages),
  }
}

const nameOf = (id: string, person?: string) => (person === undefined ? id : `${id}:${person}`)

function undecidedOf(loaded: LoadedPool, judgement: Judgement, improbable: ReadonlySet<string>): Undecided {
  const count = { improbable: 0, others: 0 }
  for (const { id, results } of itemsOf(loaded, judgement)) {
    if (bestVerdict(results) !== 'undetermined') continue
    const open = results.filter(r => r.verdict === 'undetermined')
    const never = open.every(r =>
      improbable.has(nameOf(id, 'person' in r ? (r as PersonPolicyResult).person : undefined)),
    )
    count[never ? 'improbable' : 'others']++
  }
  return count
}

/** Pages of a form that asks everything a result may rest on. */
function fullLength(loaded: LoadedPool, members: readonly Member[]): number {
  let pages = 0
  for (const name of loaded.used) {
    const fact = loaded.fact(name)
    if (fact?.ask !== 'person' || !fact.question || given.has(name)) continue
    pages += name.startsWith('household.') || fact.questionForAll ? 1 : members.length
  }
  return pages
}
/** Given with the roster. */
const given = new Set(['household.members', 'person.birthDate', 'person.sex', 'person.relationToHead'])

const listOf = (result: PolicyResult | readonly PersonPolicyResult[]): readonly PolicyResult[] =>
  Array.isArray(result) ? (result as readonly PersonPolicyResult[]) : [result as PolicyResult]

export function bestVerdict(results: readonly PolicyResult[]): Verdict {
  return results.some(r => r.verdict === 'eligible')
    ? 'eligible'
    : results.some(r => r.verdict === 'undetermined')
      ? 'undetermined'
      : 'ineligible'
}

export function* itemsOf(loaded: LoadedPool, judgement: Judgement) {
  for (const p of loaded.documents.policies)
    yield { id: p.id, kind: 'policy' as const, name: p.name, results: listOf(judgement.policies[p.id] ?? []) }
  for (const s of loaded.documents.services)
    yield { id: s.id, kind: 'service' as const, name: s.name, results: listOf(judgement.services[s.id] ?? []) }
}

function tilesOf(
  loaded: LoadedPool,
  judgement: Judgement,
  members: readonly Member[],
  before: readonly string[] | null,
): Tile[] {
  const was = new Set(before)
  return [...itemsOf(loaded, judgement)].map(({ id, kind, name, results }) => {
    const verdict = bestVerdict(results)
    const state =
      verdict === 'eligible' ? 'certain' : verdict === 'undetermined' ? 'possible' : was.has(id) ? 'gone' : 'not'
    const reason = verdict === 'ineligible' ? results[0]?.reasons[0] : undefined
    return { id, kind, name, state, because: reason ? reasonWords(loaded, reason, members, false).words : null }
  })
}

function settledBy(loaded: LoadedPool, judgement: Judgement, fact: string, person: string | undefined) {
  const names: Words[] = []
  let count = 0
  for (const { name, results } of itemsOf(loaded, judgement)) {
    const rests = results.some(r =>
      r.missing.some(m => m.fact === fact && (person === undefined || m.person === person)),
    )
    if (!rests) continue
    count++
    if (names.length < 3) names.push(name)
  }
  return { count, names }
}

/** Still possible or certain: what the next answer may make go. */
export const possibleNow = (tiles: readonly Tile[]): string[] =>
  tiles.filter(t => t.state === 'possible' || t.state === 'certain').map(t => t.id)
