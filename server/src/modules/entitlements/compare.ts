import { addMonths, type Day } from '@zhulian/kernel'
import type { Tier } from '@zhulian/rules'
import type { FindingKind } from './finding.ts'
import { type Kept, type Results, yearly } from './results.ts'

/** A benefit somebody receives, as the comparison needs it. `person` is left out where the whole household does. */
export interface Received {
  readonly policy: string
  readonly person?: string
  readonly from: Day
  readonly until?: Day | undefined
  readonly once: boolean
}

export interface Found {
  readonly kind: FindingKind
  readonly policy: string
  readonly person?: string
  readonly amountAYear: number | null
  readonly conditionalOn: Tier | null
}

/** What a certificate of the office gives without a line in a payment file. */
const certified: Readonly<Partial<Record<string, string>>> = { dibao: 'P01', dibian: 'P03', zhichu: 'P04' }

export interface Stand {
  readonly results: Results
  readonly received: readonly Received[]
  /** The certificate the household holds; undefined when that is not known. */
  readonly certifiedTier: unknown
  /** Policies whose payments the district is told of. Of others nobody can say that they are not received. */
  readonly told: ReadonlySet<string>
  readonly on: Day
}

/**
 * Entitled and not receiving; receiving and no longer matching. What cannot be told yet is neither, and who may choose
 * between two benefits and has one of them lacks nothing.
 */
export function compare({ results, received, certifiedTier, told, on }: Stand): Found[] {
  const running = received.filter(r => isRunning(r, on))
  const tier = typeof certifiedTier === 'string' ? certified[certifiedTier] : undefined
  const has = (policy: string, person?: string) =>
    (person === undefined && policy === tier) ||
    running.some(r => r.policy === policy && (r.person === person || r.person === undefined))
  const found: Found[] = []
  const look = (own: Readonly<Record<string, Kept>>, person?: string) => {
    for (const [policy, kept] of Object.entries(own)) {
      if (kept.verdict !== 'eligible' || has(policy, person)) continue
      if (!told.has(policy) && certified[tierOf(policy)] !== policy) continue
      if (kept.choiceWith?.some(other => has(other, person) || has(other))) continue
      found.push(line('unclaimed', policy, person, kept))
    }
  }
  look(results.household)
  for (const [person, own] of Object.entries(results.persons)) look(own, person)
  const matches = ({ policy, person }: { policy: string; person?: string | undefined }) => {
    const own = person === undefined ? results.household : results.persons[person]
    const kept = own?.[policy]
    // A file may name the household where the rule speaks of a person.
    const anybody = person === undefined && Object.values(results.persons).some(p => isOpen(p[policy]))
    if (isOpen(kept) || anybody) return true
    return kept?.verdict === 'excluded' && kept.excludedBy !== undefined && !has(kept.excludedBy, person)
  }
  for (const { policy, person, once } of running)
    if (!once && !matches({ policy, person })) found.push(line('recheck', policy, person))
  if (tier && !running.some(r => r.policy === tier) && !matches({ policy: tier })) found.push(line('recheck', tier))
  return found
}

const isOpen = (kept: Kept | undefined) => kept?.verdict === 'eligible' || kept?.verdict === 'undetermined'
const tierOf = (policy: string) => Object.keys(certified).find(tier => certified[tier] === policy) ?? ''

/** A single payment counts for the year after it. */
const isRunning = ({ from, until, once }: Received, on: Day): boolean =>
  from <= on && (once ? addMonths(from, 12) > on : until === undefined || until > on)

const line = (kind: FindingKind, policy: string, person?: string, kept: Partial<Kept> = {}): Found => ({
  kind,
  policy,
  ...(person !== undefined && { person }),
  amountAYear: yearly(kept),
  conditionalOn: kept.conditionalOn ?? null,
})
