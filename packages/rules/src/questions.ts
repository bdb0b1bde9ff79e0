import type { Day } from '@zhulian/kernel'
import { draftAll, exclude, type Drafts } from './drafts.ts'
import type { HouseholdFacts, OpenQuestion } from './judgement.ts'
import { Missing } from './missing.ts'
import type { Fact, Pool } from './pool.ts'
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
const ranks = new Map(opening.map((name, rank) => [name, rank]))

interface Vote {
  settles: number
  /** Undefined when it cannot be asked now. */
  readonly cost: number | undefined
}

/**
 * What is still worth asking: only facts of which some answer could change a wanted result, never one whose parent
 * question is still open.
 */
export function interview(pool: Pool, facts: HouseholdFacts, on: Day, options: QuestionOptions = {}): Interview {
  const world = new Household(pool, facts, on)
  const missing = new Missing(world)
  const drafts = draftAll(pool, world, missing)
  exclude(pool.exclusions, drafts, world, missing)
  const open = openGoals(world, missing, drafts, options)
  if (!options.proven) return askAbout(world, missing, open, options).interview
  const relevances = new Relevances(world, budgets.proof)
  let unproven = 0
  const matters = (goal: Goal) => (key: number) => {
    const found = relevances.of(goal, key)
    if (found === 'undecided') unproven++
    return found !== 'irrelevant'
  }
  const left = open
    .map(({ goal, missing: keys }) => ({ goal, missing: keys.filter(matters(goal)) }))
    .filter(({ missing: keys }) => keys.length > 0)
  return { ...askAbout(world, missing, left, options).interview, unproven }
}

/** The questions about open results, and the results they are asked for. */
export function askAbout(
  world: Household,
  missing: Missing,
  all: readonly OpenGoal[],
  options: QuestionOptions,
): { readonly interview: Interview; readonly open: readonly OpenGoal[] } {
  const { open, improbable } = likelyOnes(world, missing, all, options)
  const questions = order(world, missing, open, options)
  const also = options.likely === undefined ? {} : { improbable }
  return { interview: { questions, openCount: open.length, ...also }, open }
}

/** With `likely`, apart from those of which hardly any household like this one has a yes. */
function likelyOnes(
  world: Household,
  missing: Missing,
  open: readonly OpenGoal[],
  { likely, priors }: QuestionOptions,
): { readonly open: readonly OpenGoal[]; readonly improbable: readonly Improbable[] } {
  if (likely === undefined) return { open, improbable: [] }
  const residual = new Residual(
    world,
    missing,
    open.map(({ goal }) => goal),
    priors,
    key => costOf(world, key),
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
  /** {@link Keys} */
  readonly missing: readonly number[]
}

/** Results that cannot be told yet, and the facts each rests on. */
export function openGoals(
  world: Household,
  missing: Missing,
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
  for (const service of world.pool.services) {
    if (wanted && !wanted.has(service.id)) continue
    for (let who = 0; who < world.size; who++) {
      if (world.living(who) === false || service.condition.run(world.frame(who)) !== undefined) continue
      open.push({ goal: { id: service.id, service, who }, missing: missing.of(service.condition, who) })
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
  world: Household,
  missing: Missing,
  open: readonly OpenGoal[],
  options: QuestionOptions,
): readonly OpenQuestion[] {
  const { keys } = world
  const votes = new Map<number, Vote>()
  for (const goal of open)
    for (const key of goal.missing) {
      const vote = votes.get(key)
      if (vote) vote.settles++
      else votes.set(key, { settles: 1, cost: mayAsk(world, key, options) ? costOf(world, key) : undefined })
    }
  const residual = new Residual(
    world,
    missing,
    open.map(({ goal }) => goal),
    options.priors,
    key => votes.get(key)?.cost,
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
  for (const [key, { settles, cost }] of votes) {
    if (cost === undefined) continue
    const fact = keys.factOf(key)
    const { person } = fact
    asked.push({
      question: person === undefined ? { fact: fact.fact, settles } : { fact: fact.fact, person, settles },
      rank: (options.wanted ? undefined : ranks.get(fact.fact)) ?? opening.length,
      who: keys.whoOf(key),
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

/** Never what only rules or, unless a guide asks, a guide can know, nor what a parent question still leaves open. */
function mayAsk(world: Household, key: number, options: QuestionOptions): boolean {
  const { keys } = world
  const fact = factAt(world, key)
  const ask = fact?.document?.ask ?? (key === keys.members ? 'person' : 'never')
  if (ask === 'never' || (ask === 'guide' && !options.guide)) return false
  return !fact?.when || fact.when.run(world.frame(keys.whoOf(key))) !== undefined
}

/** Of the fact of a key, what the dictionary says asking costs. */
const costOf = (world: Household, key: number): number => factAt(world, key)?.document?.cost ?? 1

const factAt = ({ keys, pool }: Household, key: number): Fact | undefined =>
  keys.isFact(key) ? pool.facts[keys.numberOf(key)] : undefined
