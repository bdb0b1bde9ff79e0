import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { keptAmong } from '../kept/kept.ts'
import { outcomeOf } from '../outbox/outcome.ts'
import { tellKeepers } from '../outbox/tell-keepers.ts'
import { waitAfter } from '../outbox/waits.ts'
import { answerColumn, householdsColumn, signed, type Unsigned } from './exchange.ts'
import { tellLater } from './told.ts'
import { dci, type ExchangeRow } from './tables.ts'
import { type OfHouseholds, without } from './without-kept.ts'

const timeoutMs = 15_000

type Waiting = Pick<ExchangeRow, 'id' | 'action' | 'records'>

/**
 * Brings an answer to who asked, signed at the moment it goes, and without the households that are kept from partners by then. What does
 * not arrive is tried again for three days; then, or when it is turned down, what it says is forgotten: the partner asks again, and of a
 * notice an administrator is told. No row is held while the partner is waited for.
 */
export async function bringAnswer(machine: Ctx, payload: Readonly<Record<string, string | number>>): Promise<void> {
  const id = payload['exchange'] as Id
  const row = await dci(machine)
    .selectFrom('doors.dci_exchange as e')
    .innerJoin('doors.dci_partner as p', join =>
      join.onRef('p.district', '=', 'e.district').onRef('p.id', '=', 'e.partner_id'),
    )
    .select([
      'e.id',
      'e.action',
      'e.subscription_id',
      'e.records',
      'e.callback',
      'e.sealed_answer',
      'e.sealed_households',
    ])
    .select(['e.tries', 'p.id as partner', 'p.ended_at', 'p.until_on'])
    .where('e.district', '=', machine.district)
    .where('e.id', '=', id)
    .executeTakeFirst()
  if (!row?.sealed_answer || !row.callback) return
  if (row.ended_at || row.until_on < machine.today) return await forget(machine, row, 'rjct')
  // Written before it was kept of whom an answer tells: nobody can say whether they may still be told of.
  if (row.records > 0 && !row.sealed_households) return await giveUp(machine, row)
  const stands = JSON.parse(machine.crypto.open(answerColumn, id, row.sealed_answer)) as Unsigned
  const households = row.sealed_households
    ? (JSON.parse(machine.crypto.open(householdsColumn, id, row.sealed_households)) as OfHouseholds)
    : []
  const kept = await keptAmong(machine, households.flat())
  const { answer, records, households: left } = without(stands, households, kept)
  const told = { ...row, records }
  // A notice of nobody is none: to the partner it is as if nobody had been registered.
  const reached =
    row.action === 'notify' && records === 0
      ? undefined
      : await machine.reach.call(row.callback, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(await signed(machine, answer)),
          timeoutMs,
          mostBytes: 2000,
        })
  if (!(await isAsRead(machine, id, row.tries))) return
  if (kept.size > 0) await leaveOut(machine, row, answer, left, kept)
  const outcome = reached ? outcomeOf(reached).outcome : 'delivered'
  if (outcome === 'delivered') return await forget(machine, told, answer.header.status === 'rjct' ? 'rjct' : 'succ')
  const wait = outcome === 'refused' || outcome === 'gone' ? undefined : waitAfter(row.tries + 1, Math.random())
  if (wait === undefined) return await giveUp(machine, told)
  await dci(machine)
    .updateTable('doors.dci_exchange')
    .set({ tries: row.tries + 1 })
    .where('district', '=', machine.district)
    .where('id', '=', id)
    .execute()
  await machine.later('doors.bringAnswer', { exchange: id }, { after: new Date(machine.now.getTime() + wait) })
}

/** Unless another process was faster. Held from here on. */
const isAsRead = async (machine: Ctx, id: Id, tries: number): Promise<boolean> =>
  (await dci(machine)
    .selectFrom('doors.dci_exchange')
    .select('id')
    .where('district', '=', machine.district)
    .where('id', '=', id)
    .where('tries', '=', tries)
    .where('sealed_answer', 'is not', null)
    .forUpdate()
    .executeTakeFirst()) !== undefined

/** Who is left out once stays out of this answer: of a notice they are told anew when nobody keeps them, and so no more than once. */
async function leaveOut(
  machine: Ctx,
  { id, subscription_id }: Pick<ExchangeRow, 'id' | 'subscription_id'>,
  answer: Unsigned,
  left: OfHouseholds,
  kept: ReadonlySet<Id>,
): Promise<void> {
  const seal = (column: string, value: unknown) => machine.crypto.seal(column, id, JSON.stringify(value))
  await dci(machine)
    .updateTable('doors.dci_exchange')
    .set({ sealed_answer: seal(answerColumn, answer), sealed_households: seal(householdsColumn, left) })
    .where('district', '=', machine.district)
    .where('id', '=', id)
    .execute()
  if (subscription_id) await tellLater(machine, subscription_id, [...kept])
}

async function giveUp(machine: Ctx, row: Waiting & { readonly partner: Id }): Promise<void> {
  if (row.action === 'notify') tellKeepers(machine, row.partner, 'doors.noticeDead')
  await forget(machine, row, 'rjct')
}

/** Of a notice that did not arrive it stays known of whom it was, so that it can be made anew. */
async function forget(machine: Ctx, { id, action, records }: Waiting, state: 'succ' | 'rjct'): Promise<void> {
  const isDead = action === 'notify' && state === 'rjct'
  await dci(machine)
    .updateTable('doors.dci_exchange')
    .set({ state, records, sealed_answer: null, brought_at: state === 'succ' ? machine.now : null })
    .$if(!isDead, update => update.set({ sealed_households: null }))
    .where('district', '=', machine.district)
    .where('id', '=', id)
    .execute()
}

const keptMs = 30 * 86_400_000

/** The trail keeps who was told what of whom; this only keeps a message from counting twice. */
export async function forgetExchanges(machine: Ctx): Promise<void> {
  await dci(machine)
    .deleteFrom('doors.dci_exchange')
    .where('district', '=', machine.district)
    .where('came_at', '<', new Date(machine.now.getTime() - keptMs))
    .execute()
}
