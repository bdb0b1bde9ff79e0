import { addDays, type Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import type { Watch } from '../../platform/thread.ts'
import { factsOfMany } from '../registry/index.ts'
import { type Counted, countedFacts, type Given, givenFacts } from './given-facts.ts'
import { alerts } from './kept-alert.ts'
import { standings } from './standings.ts'

const counted = ['inBase', 'yellowAlerts60', 'orangeAlerts60', 'officeAlerts60']
/** For these a household has to be looked into. */
const lookedFor = ['visitIntervalDays', 'visitOverdueDays', 'utilityReadOn']
const atOnce = 250

/**
 * What the platform itself gives of each household, as far as it is read. Alerts are counted in the reach of whoever asks:
 * health matters, which the machine counts too, are told to nobody by a count.
 */
export async function givenToAll(
  ctx: Ctx,
  reads: ReadonlySet<string>,
  { far, signal }: Watch = {},
): Promise<ReadonlyMap<Id, Given>> {
  const isRead = (facts: readonly string[]) => facts.some(fact => reads.has(`household.${fact}`))
  if (!isRead([...counted, ...lookedFor])) return new Map()
  const households = await alerts(ctx)
    .selectFrom('registry.v_household')
    .select(['id', 'circle'])
    .where('district', '=', ctx.district)
    .execute()
  const raised = await raisedOfAll(ctx)
  if (!isRead(lookedFor))
    return new Map(households.map(h => [h.id, countedFacts(h.circle, raised.get(h.id) ?? [], ctx.today)]))
  const given = new Map<Id, Given>()
  for (let i = 0; i < households.length; i += atOnce) {
    far?.(i, households.length)
    signal?.throwIfAborted()
    const ids = households.slice(i, i + atOnce).map(h => h.id)
    const stands = await standings(ctx, ids)
    for (const known of await factsOfMany(ctx, ids)) {
      const own = stands.get(known.id)
      if (own) given.set(known.id, givenFacts(known, own, raised.get(known.id) ?? [], ctx.today))
    }
  }
  return given
}

async function raisedOfAll(ctx: Ctx): Promise<ReadonlyMap<Id, readonly Counted[]>> {
  const rows = await alerts(ctx)
    .selectFrom('alerts.alert')
    .select(['id', 'household_id', 'rule', 'level', 'state', 'verdict', 'judged_on', 'careful', 'audience', 'twin_of'])
    .where('district', '=', ctx.district)
    .where(eb => eb.or([eb('state', '<>', 'closed'), eb('judged_on', '>=', addDays(ctx.today, -60))]))
    .execute()
  return Map.groupBy(rows, row => row.household_id)
}
