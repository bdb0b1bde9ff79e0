import type { Day } from '@zhulian/kernel'
import { draftAll, exclude, type Drafts } from './drafts.ts'
import { Explainer, factOfKey } from './explain.ts'
import type { FactOf, HouseholdFacts, OpenQuestion } from './judgement.ts'
import { inForce, type Pool } from './pool.ts'
import { costOf, Ratio, type Priors } from './ratio.ts'
import { budgets, Relevances, type Goal } from './relevance.ts'
import { Household } from './world.ts'

export interface QuestionOptions {
  /** Also what only a guide can see or know. */
  readonly guide?: boolean
  /** Ids of the policies and services that matter to the asker; all, when left out. */
  readonly wanted?: readonly string[]
  /** How often conditions hold among households one knows, see `priorsOf`; usual shares, when left out. */
  readonly priors?: Priors
  /**
   * Ask only for what one is likely to get: open results that are less probable than this are left open and listed as
   * {@link Interview.improbable}. Everything is decided, when left out.
   */
  readonly likely?: number
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
  /** With `likely`: results nobody is asked about any more, and how probable a yes was judged. */
  readonly improbable?: readonly Improbable[]
}

export interface Improbable {
  readonly id: string
  readonly person?: string
  readonly probability: number
}

/** Up to so many open results the order looks into each of them. */
const few = 10

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
  const all = openGoals(pool, world, explainer, drafts, options)
  const { open, improbable } = likelyOnes(pool, world, explainer, all, options)
  const also = options.likely === undefined ? {} : { improbable }
  if (!options.proven)
    return { questions: order(pool, world, explainer, open, options), openCount: open.length, ...also }
  const relevances = new Relevances(world, budgets.proof)
  let unproven = 0
  const matters = (goal: Goal) => (key: string) => {
    const found = relevances.of(goal, key)
    if (found === 'undecided') unproven++
    return found !== 'irrelevant'
  }
  const left = open
    .map(({ goal, missing }) => ({ goal, missing: new Set([...missing].filter(matters(goal))) }))
    .filter(({ missing }) => missing.size > 0)
  return { questions: order(pool, world, explainer, left, options), openCount: left.length, unproven, ...also }
}

/** With `likely`, apart from those of which hardly any household like this one has a yes. */
function likelyOnes(
  pool: Pool,
  world: Household,
  explainer: Explainer,
  open: readonly OpenGoal[],
  { likely, priors }: QuestionOptions,
): { readonly open: readonly OpenGoal[]; readonly improbable: readonly Improbable[] } {
  if (likely === undefined) return { open, improbable: [] }
  const ratio = new Ratio(world, explainer, priors, key => costOf(pool, key))
  const improbable: Improbable[] = []
  const left = open.filter(({ goal }) => {
    const { probability } = outlookOf(ratio, world, goal)
    if (probability >= likely) return true
    improbable.push({ id: goal.id, ...(goal.who >= 0 && { person: world.key(goal.who) }), probability })
    return false
  })
  return { open: left, improbable }
}

function outlookOf(ratio: Ratio, world: Household, { policy, service, who }: Goal) {
  const condition = service ? service.condition : inForce(policy?.rules ?? [], world.today)?.condition
  return condition ? ratio.of(condition, world.frame(who)) : { probability: 0, cost: 0 }
}

export interface OpenGoal {
  readonly goal: Goal
  /** Keys of facts. */
  readonly missing: ReadonlySet<string>
}

/** Results that cannot be told yet, and the facts each rests on. */
export function openGoals(
  pool: Pool,
  world: Household,
  explainer: Explainer,
  drafts: Drafts,
  options: Pick<QuestionOptions, 'wanted'>,
): OpenGoal[] {
  const wanted = options.wanted && new Set(options.wanted)
  const open: OpenGoal[] = []
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
  explainer: Explainer,
  open: readonly OpenGoal[],
  options: QuestionOptions,
): readonly OpenQuestion[] {
  const votes = new Map<string, { settles: number; weight: number }>()
  for (const { missing } of open)
    for (const key of missing) {
      const vote = votes.get(key) ?? { settles: 0, weight: 0 }
      vote.settles++
      vote.weight += 1 / missing.size
      votes.set(key, vote)
    }
  const person = new Map(world.persons.map((key, i) => [key, i]))
  const whoOf = (fact: FactOf) => (fact.person === undefined ? -1 : (person.get(fact.person) ?? -1))
  const canAsk = (key: string): boolean => {
    const fact = factOfKey(key)
    const known = pool.facts[pool.factNumbers.get(fact.fact) ?? -1]
    const ask = known?.document?.ask ?? (fact.fact === 'household.members' ? 'person' : 'never')
    if (ask === 'never' || (ask === 'guide' && !options.guide)) return false
    return !known?.when || known.when.run(world.frame(whoOf(fact))) !== undefined
  }
  // Of many the one that touches most; of few the one that is expected to settle them soonest.
  const first = new Map<string, number>()
  if (options.wanted || open.length <= few) {
    // What several results rest on is paid for once.
    const cost = (key: string) => {
      const vote = votes.get(key)
      return vote && canAsk(key) ? costOf(pool, key) / vote.settles : undefined
    }
    const ratio = new Ratio(world, explainer, options.priors, cost)
    for (const { goal } of open) {
      const outlook = outlookOf(ratio, world, goal)
      if (outlook.first !== undefined)
        first.set(outlook.first, (first.get(outlook.first) ?? 0) + 1 / Math.max(0.1, outlook.cost))
    }
  }
  const asked: {
    readonly question: OpenQuestion
    readonly rank: number
    readonly who: number
    readonly ratio: number
    readonly value: number
  }[] = []
  for (const [key, vote] of votes) {
    if (!canAsk(key)) continue
    const fact = factOfKey(key)
    const rank = options.wanted ? -1 : opening.indexOf(fact.fact)
    asked.push({
      question: { ...fact, settles: vote.settles },
      rank: rank < 0 ? opening.length : rank,
      who: whoOf(fact),
      ratio: first.get(key) ?? 0,
      value: vote.weight / costOf(pool, key),
    })
  }
  asked.sort(
    (a, b) =>
      a.rank - b.rank ||
      (a.rank < opening.length
        ? a.who - b.who
        : b.ratio - a.ratio || b.value - a.value || (a.question.fact < b.question.fact ? -1 : 1) || a.who - b.who),
  )
  return asked.map(a => a.question)
}
