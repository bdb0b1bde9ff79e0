import type { Judgement, Period, PolicyResult } from '@zhulian/rules'

/** A benefit that is being received. */
export interface Running {
  readonly policy: string
  /** Left out where the whole household receives it. */
  readonly person?: string
  /** Whole yuan a period; undefined where nobody wrote it down. */
  readonly amount?: number
  readonly period?: Period
}

export interface Ending {
  readonly policy: string
  /** Key; null of the household. */
  readonly person: string | null
  /** `less`: it goes on with less. `unclear`: it cannot be told whether it goes on. `begins`: theirs from now on, and weighed against nothing. */
  readonly how: 'ends' | 'less' | 'unclear' | 'begins'
  /** Yuan a period that fall away, or come; null where there is no figure or none is known. */
  readonly amount: number | null
  /** Known is only the least it can be. */
  readonly atLeast: boolean
  /** null where the benefit is not paid by the month or year. */
  readonly period: 'month' | 'year' | null
  /** As written down here; else only that the rules gave it. */
  readonly received: boolean
}

export interface EndingHelp {
  /** What ends for sure first, the largest sum first. */
  readonly lines: readonly Ending[]
  readonly services: readonly { readonly service: string; readonly person: string }[]
  /** Not for them now; whether it was before is not known. */
  readonly notKnownBefore: readonly { readonly policy: string; readonly person: string | null }[]
  /** Yuan a month of what ends or becomes less; what is unclear or has no figure is not in it. */
  readonly perMonth: number
  /** Nothing is left out of the sum but what has no figure by its nature. */
  readonly isWhole: boolean
}

/**
 * What help ends for a household between two judgements, as far as it can be told: what it receives, or what the rules gave it
 * before, and no longer matches. Single payments are no help that goes on, and of what excludes each other at one's choice only
 * what is received counts, else the larger. It says; it stops nothing.
 * @param after of today; its people are looked at
 */
export function endingHelp(before: Judgement, after: Judgement, received: readonly Running[]): EndingHelp {
  const all: Choosing[] = []
  const notKnownBefore: { policy: string; person: string | null }[] = []
  for (const { policy, person, result } of resultsOf(after)) {
    const had = find(before, policy, person)
    const own = received.find(r => r.policy === policy && (r.person === undefined || r.person === person))
    if ([had?.period, result.period, own?.period].includes('once')) continue
    const say = (how: Ending['how'], of: Sum) =>
      all.push({ line: { policy, person, how, ...of, received: own !== undefined }, choice: had?.choiceWith ?? [] })
    const gave = sumOf(own, person, had)
    if (own === undefined && had?.verdict !== 'eligible') {
      if (had === undefined || had.verdict === 'undetermined') {
        if (result.verdict === 'ineligible') notKnownBefore.push({ policy, person })
      } else if (result.verdict === 'eligible') say('begins', sumOf(undefined, person, result))
    } else if (result.verdict === 'undetermined') say('unclear', gave)
    else if (result.verdict === 'ineligible') say('ends', gave)
    else if (result.amount !== undefined && gave.amount !== null && gave.period === result.period) {
      const less = gave.amount - result.amount
      if (less > 0) say('less', { ...gave, amount: less })
    }
  }
  const lines = all.filter(one => !isOtherChoice(one, all)).map(({ line }) => line)
  const falling = lines.filter(({ how }) => how === 'ends' || how === 'less')
  return {
    lines: lines.toSorted((a, b) => rank(a) - rank(b) || monthly(b) - monthly(a)),
    services: servicesOf(before, after),
    notKnownBefore,
    perMonth: Math.round(falling.map(monthly).reduce((a, b) => a + b, 0)),
    isWhole:
      falling.every(line => !line.atLeast && (line.amount !== null || line.period === null)) &&
      lines.every(({ how }) => how !== 'unclear'),
  }
}

const rank = ({ how }: Ending) => ['ends', 'less', 'unclear', 'begins'].indexOf(how)
type Sum = Pick<Ending, 'amount' | 'atLeast' | 'period'>
const monthly = ({ amount, period }: Omit<Sum, 'atLeast'>) =>
  amount === null ? 0 : period === 'year' ? amount / 12 : amount

/** What is written down goes before what the rules gave; of a payment to the household, not to a person, nobody knows whose share it is. */
function sumOf(own: Running | undefined, person: string | null, had: PolicyResult | undefined): Sum {
  const isTheirs = own?.amount !== undefined && (own.person ?? null) === person
  const amount = isTheirs ? own.amount : (had?.amount ?? had?.atLeast)
  const period = (isTheirs ? own.period : undefined) ?? had?.period ?? own?.period
  return {
    amount: amount ?? null,
    atLeast: !isTheirs && had?.amount === undefined && had?.atLeast !== undefined,
    period: period === 'month' || period === 'year' ? period : null,
  }
}

interface Choosing {
  readonly line: Ending
  readonly choice: readonly string[]
}

function isOtherChoice({ line, choice }: Choosing, all: readonly Choosing[]): boolean {
  if (line.received) return false
  const isBeside = (o: Ending) => o.person === line.person || o.person === null || line.person === null
  return all
    .map(one => one.line)
    .filter(o => o !== line && choice.includes(o.policy) && isBeside(o))
    .some(o => o.received || monthly(o) > monthly(line) || (monthly(o) === monthly(line) && o.policy < line.policy))
}

interface Of {
  readonly policy: string
  readonly person: string | null
  readonly result: PolicyResult
}

const resultsOf = ({ policies }: Judgement): Of[] =>
  Object.entries(policies).flatMap(([policy, result]): Of[] =>
    isList(result)
      ? result.map(own => ({ policy, person: own.person, result: own }))
      : [{ policy, person: null, result }],
  )

function find({ policies }: Judgement, policy: string, person: string | null): PolicyResult | undefined {
  const result = policies[policy]
  if (result === undefined) return undefined
  return isList(result) ? result.find(own => own.person === person) : result
}

type Results = Judgement['policies'][string]
const isList = (result: Results): result is Exclude<Results, PolicyResult> => Array.isArray(result)

const servicesOf = (before: Judgement, after: Judgement) =>
  Object.entries(after.services).flatMap(([service, all]) =>
    all
      .filter(
        own =>
          own.verdict === 'ineligible' &&
          before.services[service]?.some(had => had.person === own.person && had.verdict === 'eligible'),
      )
      .map(({ person }) => ({ service, person })),
  )
