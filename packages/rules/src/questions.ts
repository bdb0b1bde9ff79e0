import type { Day } from '@zhulian/kernel'
import { draftAll, exclude, type Drafts } from './drafts.ts'
import { Explainer, factOfKey } from './explain.ts'
import type { HouseholdFacts, OpenQuestion } from './judgement.ts'
import type { Pool } from './pool.ts'
import { Relevances, type Goal } from './relevance.ts'
import { Household } from './world.ts'

export interface QuestionOptions {
  /** Also what only a guide can see or know. */
  readonly guide?: boolean
  /** Ids of the policies and services that matter to the asker; all, when left out. */
  readonly wanted?: readonly string[]
  /** Only questions of which it is not certain that no answer can change a result; see {@link Interview.unproven}. */
  readonly proven?: boolean
}

export interface Interview {
  /** Best first: the opening questions, then by how much they settle for what they cost. */
  readonly questions: readonly OpenQuestion[]
  /** Results still undetermined: household policies, and person policies and services for each person. */
  readonly openCount: number
  /** With `proven`: how often the search for a completion that makes a question matter ended without an answer. */
  readonly unproven?: number
}

/** Place, members, certificate, disability, illness, work, income: they fix most rules, so they go first. */
const opening = [
  'household.members',
  'household.hukouDivisionCode',
  'household.hasLocalHukouOrPermit',
  'person.alive',
  'person.birthDate',
  'person.sex',
  'person.relationToHead',
  'household.certifiedTier',
  'person.hasDisabilityCertificate',
  // While the certificate is at hand.
  'person.disabilityKind',
  'person.disabilityLevel',
  'person.seriousIllness',
  'person.employmentStatus',
  'person.wageMonthly',
]

/**
 * What is still worth asking: only facts of which some answer could change a wanted result, never one whose parent
 * question is still open.
 */
export function interview(pool: Pool, facts: HouseholdFacts, on: Day, options: QuestionOptions = {}): Interview {
  const world = new Household(pool, facts, on)
  const explainer = new Explainer(world)
  const drafts = draftAll(pool, world, explainer)
  exclude(pool, drafts, world, explainer)
  const open = openGoals(pool, world, explainer, drafts, options)
  if (!options.proven)
    return {
      questions: order(
        pool,
        world,
        open.map(o => o.missing),
        options,
      ),
      openCount: open.length,
    }
  const relevances = new Relevances(world)
  let unproven = 0
  const matters = (goal: Goal) => (key: string) => {
    const found = relevances.of(goal, key)
    if (found === 'undecided') unproven++
    return found !== 'irrelevant'
  }
  const left = open.map(({ goal, missing }) => new Set([...missing].filter(matters(goal)))).filter(set => set.size > 0)
  return { questions: order(pool, world, left, options), openCount: left.length, unproven }
}

/** Results that cannot be told yet, and the facts each rests on. */
export function openGoals(
  pool: Pool,
  world: Household,
  explainer: Explainer,
  drafts: Drafts,
  options: Pick<QuestionOptions, 'wanted'>,
): { readonly goal: Goal; readonly missing: ReadonlySet<string> }[] {
  const wanted = options.wanted && new Set(options.wanted)
  const open: { readonly goal: Goal; readonly missing: ReadonlySet<string> }[] = []
  for (const draft of drafts.flat()) {
    const { policy, who } = draft
    if (draft.verdict === 'undetermined' && (!wanted || wanted.has(policy.id)))
      open.push({ goal: { id: policy.id, policy, who }, missing: draft.missing })
  }
  for (const service of pool.services) {
    if (wanted && !wanted.has(service.id)) continue
    for (let who = 0; who < world.size; who++) {
      if (world.living(who) === false || service.condition.run(world.frame(who)) !== undefined) continue
      open.push({ goal: { id: service.id, service, who }, missing: explainer.missing(service.condition, who) })
    }
  }
  return open
}

/** As {@link interview}, the questions alone. */
export const openQuestions = (
  pool: Pool,
  facts: HouseholdFacts,
  on: Day,
  options?: QuestionOptions,
): readonly OpenQuestion[] => interview(pool, facts, on, options).questions

/** Best first, of what the open results rest on. */
export function order(
  pool: Pool,
  world: Household,
  open: readonly ReadonlySet<string>[],
  options: QuestionOptions,
): readonly OpenQuestion[] {
  const votes = new Map<string, { settles: number; weight: number }>()
  for (const missing of open)
    for (const key of missing) {
      const vote = votes.get(key) ?? { settles: 0, weight: 0 }
      vote.settles++
      vote.weight += 1 / missing.size
      votes.set(key, vote)
    }
  const person = new Map(world.persons.map((key, i) => [key, i]))
  const asked: {
    readonly question: OpenQuestion
    readonly rank: number
    readonly who: number
    readonly value: number
  }[] = []
  for (const [key, vote] of votes) {
    const fact = factOfKey(key)
    const who = fact.person === undefined ? -1 : (person.get(fact.person) ?? -1)
    const document = pool.facts[pool.factNumbers.get(fact.fact) ?? -1]
    const ask = document?.document?.ask ?? (fact.fact === 'household.members' ? 'person' : 'never')
    if (ask === 'never' || (ask === 'guide' && !options.guide)) continue
    if (document?.when && document.when.run(world.frame(who)) === undefined) continue
    const first = opening.indexOf(fact.fact)
    asked.push({
      question: { ...fact, settles: vote.settles },
      rank: first < 0 ? opening.length : first,
      who,
      value: vote.weight / (document?.document?.cost ?? 1),
    })
  }
  asked.sort(
    (a, b) =>
      a.rank - b.rank ||
      (a.rank < opening.length
        ? a.who - b.who
        : b.value - a.value || (a.question.fact < b.question.fact ? -1 : 1) || a.who - b.who),
  )
  return asked.map(a => a.question)
}
