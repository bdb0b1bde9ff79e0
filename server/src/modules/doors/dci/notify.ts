import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { keptAmong } from '../kept/kept.ts'
import { bring, liveOnes, meantBy } from './notice.ts'
import { partnerOf } from './partner-of.ts'
import { fitting, keptOf, toldOf } from './search.ts'
import { letWait, noteTold } from './told.ts'
import { dci, lastId, type PartnerSubscriptionRow } from './tables.ts'

/** What was registered later than this is told the next time: a file being read in is there as a whole, or not yet. */
const settledMs = 15 * 60_000
const mostAtOnce = 50

/** Each subscription is told in a transaction of its own, so that the trail says of each household which partner heard of it. */
export async function notifyPartners(machine: Ctx): Promise<void> {
  for (const { id } of await liveOnes(machine)) await machine.later('doors.notify', { subscription: id }, { key: id })
}

/**
 * Tells a partner of households registered since it was told last, and of those that came to fit later: where the rules put them somewhere
 * else, or where nobody keeps them from partners any more. Each is told once, as a search would tell of it, and stands in the trail.
 */
export async function notify(machine: Ctx, payload: Readonly<Record<string, string | number>>): Promise<void> {
  const [subscription] = await liveOnes(machine, payload['subscription'] as Id)
  const until = new Date(machine.now.getTime() - settledMs)
  if (!subscription || until < subscription.since_at) return
  const { id, since_at, since_id } = subscription
  const partner = await partnerOf(machine, subscription.partner_id)
  const meant = await meantBy(machine, partner, subscription)
  const isNew = sql<boolean>`(h.created_at, h.id) > (${since_at}, ${since_id}::uuid) and h.created_at <= ${until}`
  const fresh = await fitting(machine, partner, meant, isNew, mostAtOnce)
  const [isFull, last] = [fresh.length === mostAtOnce, fresh.at(-1)]
  const later = isFull ? [] : await fitting(machine, partner, meant, cameToFit(subscription, until), mostAtOnce)
  await letWait(machine, id, await keptOf(machine, partner, meant, isNew))
  await letWait(machine, id, await keptOf(machine, partner, meant, movedSince(subscription, until)))
  const found = [...fresh, ...later].map(one => one.id)
  const told = await toldOf(machine, partner, meant, found)
  const heard = new Set(told.map(one => one.household))
  const keptMeanwhile = await keptAmong(
    machine,
    found.filter(one => !heard.has(one)),
  )
  await letWait(machine, id, [...keptMeanwhile])
  if (told.length > 0) await bring(machine, partner, subscription, told)
  await noteTold(machine, id, told)
  const goesOn = isFull || later.length === mostAtOnce
  await dci(machine)
    .updateTable('doors.dci_subscription')
    .set(isFull && last ? { since_at: last.at, since_id: last.id } : { since_at: until, since_id: lastId })
    .$if(!goesOn, update => update.set({ looked_at: until }))
    .where('district', '=', machine.district)
    .where('id', '=', id)
    .execute()
  if (goesOn) await machine.later('doors.notify', { subscription: id })
}

type Looked = Pick<PartnerSubscriptionRow, 'district' | 'id' | 'told_from' | 'since_at' | 'since_id' | 'looked_at'>

/** Registered while the subscription was there, looked at already, and put elsewhere by the rules since. */
const movedSince = ({ district, told_from, since_at, since_id, looked_at }: Looked, until: Date) =>
  sql<boolean>`h.created_at > ${told_from} and (h.created_at, h.id) <= (${since_at}, ${since_id}::uuid)
    and h.id in (select moved.id from registry.v_household moved
      where moved.district = ${district} and moved.standing_at > ${looked_at} and moved.standing_at <= ${until})`

const cameToFit = (subscription: Looked, until: Date) => {
  const of = sql`t.district = ${subscription.district} and t.subscription_id = ${subscription.id}`
  return sql<boolean>`((${movedSince(subscription, until)})
      or h.id in (select t.household_id from doors.dci_told t where ${of} and t.told_at is null))
    and not exists (select 1 from doors.dci_told t where ${of} and t.household_id = h.id and t.told_at is not null)`
}
