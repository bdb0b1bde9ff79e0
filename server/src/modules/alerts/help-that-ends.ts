import type { Id, Words } from '@zhulian/kernel'
import { factValue, judge } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { receiptsNow } from '../entitlements/index.ts'
import { currentPool, isExample, type LoadedPool, versionOn } from '../pools/index.ts'
import { circleCandidate, factsOf, type HelpThatEnds } from '../registry/index.ts'
import { endingHelp } from './ending-help.ts'

/**
 * What help ends for a household that would move outward: as it was known before the rules first said so, and today; and what it is
 * written down to receive. A figure for two people to weigh, and a bridge to plan; nothing is stopped by it.
 * @returns undefined where nobody of it would move outward
 * @source domain 7.9
 */
export async function helpThatEnds(ctx: Ctx, household: Id): Promise<HelpThatEnds | undefined> {
  const { before } = (await circleCandidate(ctx, household)) ?? {}
  if (!before) return undefined
  const loaded = await currentPool(ctx)
  const { pool } = loaded
  const now = await factsOf(ctx, household, { whole: true })
  // As it was known then: what came to be known since of an earlier day is part of what changed.
  const then = await factsOf(ctx, household, {
    on: before,
    asKnownAt: new Date(`${before}T23:59:59.999+08:00`),
    whole: true,
  })
  const had = judge(pool, then.facts, before)
  const has = judge(pool, now.facts, ctx.today)
  const isKnown = then.members.length > 0
  const ending = endingHelp(had, has, await receiptsNow(ctx, household))
  const one = (id: string, person: string | null) => ({ id, name: nameOf(loaded, id), person: person as Id | null })
  return {
    before: isKnown ? before : null,
    on: ctx.today,
    lines: ending.lines.map(({ policy, person, ...line }) => ({
      ...one(policy, person),
      ...line,
      example: !line.received && isIllustrative(ctx, loaded, policy),
    })),
    services: ending.services.map(({ service, person }) => one(service, person)),
    notKnownBefore: isKnown ? ending.notKnownBefore.map(({ policy, person }) => one(policy, person)) : [],
    perMonth: ending.perMonth,
    isWhole: ending.isWhole && isKnown,
    income: incomeOf(loaded, now.facts, ctx),
  }
}

const nameOf = (loaded: LoadedPool, id: string): Words =>
  loaded.policy(id)?.name ?? loaded.service(id)?.name ?? { zh: id, en: id }

function isIllustrative(ctx: Ctx, loaded: LoadedPool, id: string): boolean {
  const policy = loaded.policy(id)
  const version = policy && versionOn(policy, ctx.today)
  return isExample(version?.provenance) || isExample(version?.benefit.provenance)
}

/** Whole yuan a month of all members. */
function incomeOf({ pool }: LoadedPool, facts: Parameters<typeof judge>[1], { today }: Ctx): number | null {
  const aYear = factValue(pool, facts, today, { fact: 'household.income12m' })
  return typeof aYear === 'number' ? Math.round(aYear / 12) : null
}
