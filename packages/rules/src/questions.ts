import type { Day } from '@zhulian/kernel'
import { draftAll, exclude, type Drafts } from './drafts.ts'
import { Explainer, factOfKey } from './explain.ts'
import type { FactOf, HouseholdFacts, OpenQuestion } from './judgement.ts'
import type { Pool } from './pool.ts'
import type { Priors } from './priors.ts'
import { budgets, Relevances, type Goal } from './relevance.ts'
import { Residual } from './residual.ts'
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
  /** Best first; where nothing is singled out, the opening questions go before the others. */
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

/** Up to so many open results the order looks one answer ahead. */
const fewGoals = 10

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
  if (!options.proven) return askAbout(pool, world, explainer, open, options).interview
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
  return { ...askAbout(pool, world, explainer, left, options).interview, unproven }
}

/** The questions about open results, and the results they are asked for. */
export function askAbout(
  pool: Pool,
  world: Household,
  explainer: Explainer,
  all: readonly OpenGoal[],
  options: QuestionOptions,
): { readonly interview: Interview; readonly open: readonly OpenGoal[] } {
  const { open, improbable } = likelyOnes(pool, world, explainer, all, options)
  const questions = order(pool, world, explainer, open, options)
  const also = options.likely === undefined ? {} : { improbable }
  return { interview: { questions, openCount: open.length, ...also }, open }
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
  const residual = new Residual(
    world,
    explainer,
    open.map(({ goal }) => goal),
    priors,
    key => costOf(pool, key),
  )
  const probabilities = residual.probabilities()
  const improbable: Improbable[] = []
  const left = open.filter(({ goal }, i) => {
    const probability = probabilities[i] ?? 0
    if (probability >= likely) return true
    improbable.push({ id: goal.id, ...(goal.who >= 0 && { person: world.key(goal.who) }), probability })
    return false
  })
  return { open: left, improbable }
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
function order(
  pool: Pool,
  world: Household,
  explainer: Explainer,
  open: readonly OpenGoal[],
  options: QuestionOptions,
): readonly OpenQuestion[] {
  const votes = new Map<string, number>()
  for (const { missing } of open) for (const key of missing) votes.set(key, (votes.get(key) ?? 0) + 1)
  const person = new Map(world.persons.map((key, i) => [key, i]))
  const whoOf = (fact: FactOf) => (fact.person === undefined ? -1 : (person.get(fact.person) ?? -1))
  const canAsk = (key: string): boolean => {
    const fact = factOfKey(key)
    const known = pool.facts[pool.factNumbers.get(fact.fact) ?? -1]
    const ask = known?.document?.ask ?? (fact.fact === 'household.members' ? 'person' : 'never')
    if (ask === 'never' || (ask === 'guide' && !options.guide)) return false
    return !known?.when || known.when.run(world.frame(whoOf(fact))) !== undefined
  }
  const residual = new Residual(
    world,
    explainer,
    open.map(({ goal }) => goal),
    options.priors,
    key => (votes.has(key) && canAsk(key) ? costOf(pool, key) : undefined),
  )
  // Of few the one after which least is left to ask; of many the one that tells most of all of them for what it costs.
  const few = options.wanted !== undefined || open.length <= fewGoals
  const worth = few ? residual.ahead() : residual.gains()
  const asked: {
    readonly question: OpenQuestion
    readonly rank: number
    readonly who: number
    readonly worth: number
  }[] = []
  for (const [key, settles] of votes) {
    if (!canAsk(key)) continue
    const fact = factOfKey(key)
    const rank = options.wanted ? -1 : opening.indexOf(fact.fact)
    asked.push({
      question: { ...fact, settles },
      rank: rank < 0 ? opening.length : rank,
      who: whoOf(fact),
      worth: few ? -(worth.get(key) ?? Number.POSITIVE_INFINITY) : (worth.get(key) ?? 0),
    })
  }
  asked.sort(
    (a, b) =>
      a.rank - b.rank ||
      (a.rank < opening.length
        ? a.who - b.who
        : b.worth - a.worth || (a.question.fact < b.question.fact ? -1 : 1) || a.who - b.who),
  )
  return asked.map(a => a.question)
}

/** Of the fact of a key, what the dictionary says asking costs. */
const costOf = (pool: Pool, key: string): number =>
  pool.facts[pool.factNumbers.get(factOfKey(key).fact) ?? -1]?.document?.cost ?? 1
