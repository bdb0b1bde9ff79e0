import { addMonths, type Day, type Id } from '@zhulian/kernel'
import { type HouseholdFacts, judgeBare, type Judgement, type Pool, type PolicyResult } from '@zhulian/rules'
import { judgeableOf } from '../../server/src/modules/registry/index.ts'
import type { Facts, MadeUpHousehold, MadeUpPerson, MadeUpStatement } from './household.ts'
import { knownFamilies } from './known-families.ts'
import type { Random } from './random.ts'

/** The policy whose certificate a tier is. */
const policyOf = { dibao: 'P01', dibian: 'P03', zhichu: 'P04' } as const
type Certified = keyof typeof policyOf
const tiers = Object.keys(policyOf) as Certified[]

/** Of a hundred families whose certificate says otherwise than the rules so many are left as they are, for a person to find. */
const leftAsItIs = 0.12

export interface JudgedHousehold {
  readonly made: MadeUpHousehold
  readonly facts: HouseholdFacts
  readonly judgement: Judgement
}

/**
 * Families are made up before anybody judges them, and one in fifteen comes out with another certificate than the rules would
 * give. An office that looks at each of its families every year would have seen most of that: it has granted, changed or ended
 * those certificates, and overlooked the few that are left.
 */
export function judgedAndCertified(
  pool: Pool,
  asMadeUp: MadeUpHousehold,
  members: readonly (MadeUpPerson & { readonly id: Id })[],
  today: Day,
  random: Random,
): JudgedHousehold {
  const judged = (made: MadeUpHousehold): JudgedHousehold => {
    const facts = judgeableOf(made.division, made.statements, members)
    return { made, facts, judgement: judgeBare(pool, facts, today) }
  }
  const first = judged(asMadeUp)
  const certified = certifiedAsJudged(random, asMadeUp, first.judgement, today)
  return certified === asMadeUp ? first : judged(certified)
}

function certifiedAsJudged(random: Random, made: MadeUpHousehold, judgement: Judgement, today: Day): MadeUpHousehold {
  if (Object.values(knownFamilies).some(f => f.registerNo === made.registerNo)) return made
  const held = newest(made.statements, 'certifiedTier')
  const verdict = (tier: Certified) => (judgement.policies[policyOf[tier]] as PolicyResult | undefined)?.verdict
  const due = tiers.find(tier => verdict(tier) === 'eligible') ?? 'none'
  const isHeld = (tiers as unknown[]).includes(held)
  const isOtherwise = isHeld ? verdict(held as Certified) === 'ineligible' : held === 'none' && due !== 'none'
  if (!isOtherwise || due === held || newest(made.statements, 'exitedTierWithin') !== null) return made
  if (random.chance(leftAsItIs)) return made
  const since = addMonths(today, -random.int(2, 30))
  const newestOn = made.statements.reduce((day, s) => ('certifiedTier' in s.facts && s.asOf > day ? s.asOf : day), '')
  const retold = (s: MadeUpStatement): MadeUpStatement => {
    const isMeant = s.facts['certifiedTier'] === held && (isHeld || s.asOf === newestOn)
    return isMeant ? { ...s, facts: granted(s.facts, due, since < made.since ? made.since : since) } : s
  }
  return { ...made, statements: made.statements.map(retold) }
}

function granted({ tierSince, ...facts }: Facts, tier: Certified | 'none', since: Day): Facts {
  if (tier === 'none') return { ...facts, certifiedTier: tier }
  return { ...facts, certifiedTier: tier, tierSince: tierSince ?? since, tierUntil: null }
}

function newest(statements: readonly MadeUpStatement[], fact: string): unknown {
  let found: MadeUpStatement | undefined
  for (const s of statements) if (fact in s.facts && (!found || s.asOf >= found.asOf)) found = s
  return found?.facts[fact]
}
