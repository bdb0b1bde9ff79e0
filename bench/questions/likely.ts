import {
  judge,
  judgeAndAsk,
  type Improbable,
  type Judgement,
  type PersonPolicyResult,
  type PolicyResult,
} from '@zhulian/rules'
import { factsOf, type Interview, keyOf, withAnswer } from '../../server/src/modules/guidance/interview.ts'
import { type Asking, likely, planInterview } from '../../server/src/modules/guidance/plan.ts'
import type { LoadedPool } from '../../server/src/modules/pools/index.ts'
import { answered, type Home } from './homes.ts'

/** An open result, how probable a yes was judged, and whether it is a yes once everything is known. */
interface Guess {
  readonly probability: number
  readonly yes: boolean
}

const every = 1.01

/**
 * Whether asking only for what one is likely to get leaves out what one has: what is judged improbable when an interview ends
 * against the result of the same home that answers everything; and how the estimates of a first page and of an end agree with it.
 */
export function likelihoods(loaded: LoadedPool, homes: Iterable<Home>, asking: Asking) {
  const [first, last]: [Guess[], Guess[]] = [[], []]
  let [count, had, missed, homesMissing] = [0, 0, 0, 0]
  for (const home of homes) {
    let talk: Interview = { ...home.start, depth: 'likely' }
    const begun = open(loaded, talk, asking)
    for (let plan = planInterview(loaded, talk, asking); plan.next; plan = planInterview(loaded, talk, asking))
      talk = { ...answered(talk, home, plan.next), depth: 'likely' }
    const left = open(loaded, talk, asking)
    const truth = whole(loaded, talk, home, asking)
    const guess = (g: Improbable): Guess => ({ probability: g.probability, yes: isYes(truth, g) })
    first.push(...begun.map(guess))
    last.push(...left.map(guess))
    const passedOver = left.filter(g => g.probability < likely && isYes(truth, g)).length
    count++
    had += yeses(truth)
    missed += passedOver
    homesMissing += Number(passedOver > 0)
  }
  return { count, had, missed, homesMissing, first: inBands(first), last: inBands(last) }
}

/** All open results with their estimates. */
const open = (loaded: LoadedPool, talk: Interview, { on, district, guide, priors }: Asking) =>
  judgeAndAsk(loaded.pool, factsOf(talk, district, on), on, { guide, ...(priors && { priors }), likely: every })
    .interview.improbable ?? []

/** The judgement once the home has answered whatever could still change it. */
function whole(loaded: LoadedPool, talk: Interview, home: Home, { on, district, guide }: Asking): Judgement {
  for (let more = talk; ; ) {
    const facts = factsOf(more, district, on)
    const asked = new Set(more.answers.map(a => a.key))
    const next = judgeAndAsk(loaded.pool, facts, on, { guide })
      .interview.questions.map(q => keyOf(q.fact, q.person))
      .filter(key => !asked.has(key))
    if (next.length === 0) return judge(loaded.pool, facts, on)
    for (const key of next) more = withAnswer(more, { key, value: home.says(key), from: 'answer' })
  }
}

const resultsOf = (judgement: Judgement, id: string): readonly PolicyResult[] =>
  [judgement.policies[id] ?? judgement.services[id] ?? []].flat()

const isYes = (judgement: Judgement, { id, person }: Improbable) =>
  resultsOf(judgement, id).some(
    r => r.verdict === 'eligible' && (person === undefined || (r as PersonPolicyResult).person === person),
  )

const yeses = (judgement: Judgement) =>
  [...Object.keys(judgement.policies), ...Object.keys(judgement.services)].reduce(
    (sum, id) => sum + resultsOf(judgement, id).filter(r => r.verdict === 'eligible').length,
    0,
  )

const bands = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, every]

function inBands(guesses: readonly Guess[]): string {
  const lines = bands.map((to, i) => {
    const from = bands[i - 1] ?? 0
    const here = guesses.filter(g => g.probability >= from && g.probability < to)
    const mean = (of: (g: Guess) => number) => here.reduce((sum, g) => sum + of(g), 0) / here.length
    return here.length === 0
      ? undefined
      : `${(mean(g => g.probability) * 100).toFixed(1)} % → ${(mean(g => Number(g.yes)) * 100).toFixed(1)} % (${here.length})`
  })
  return lines.filter(line => line !== undefined).join(', ')
}
