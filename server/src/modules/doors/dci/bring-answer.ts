import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { outcomeOf } from '../outbox/outcome.ts'
import { waitAfter } from '../outbox/waits.ts'
import { answerColumn, signed, type Unsigned } from './exchange.ts'
import { dci } from './tables.ts'

const timeoutMs = 15_000

/**
 * Brings an answer to who asked, signed at the moment it goes. What does not arrive is tried again for three days; then, or when it is
 * turned down, what it says is forgotten: the partner asks again. No row is held while the partner is waited for.
 */
export async function bringAnswer(machine: Ctx, payload: Readonly<Record<string, string | number>>): Promise<void> {
  const id = payload['exchange'] as Id
  const row = await dci(machine)
    .selectFrom('doors.dci_exchange as e')
    .innerJoin('doors.dci_partner as p', join =>
      join.onRef('p.district', '=', 'e.district').onRef('p.id', '=', 'e.partner_id'),
    )
    .select(['e.callback', 'e.sealed_answer', 'e.tries', 'p.ended_at', 'p.until_on'])
    .where('e.district', '=', machine.district)
    .where('e.id', '=', id)
    .executeTakeFirst()
  if (!row?.sealed_answer || !row.callback) return
  if (row.ended_at || row.until_on < machine.today) return await forget(machine, id, 'rjct')
  const answer = JSON.parse(machine.crypto.open(answerColumn, id, row.sealed_answer)) as Unsigned
  const reached = await machine.reach.call(row.callback, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(await signed(machine, answer)),
    timeoutMs,
    mostBytes: 2000,
  })
  if (!(await isAsRead(machine, id, row.tries))) return
  const { outcome } = outcomeOf(reached)
  if (outcome === 'delivered') return await forget(machine, id, answer.header.status === 'rjct' ? 'rjct' : 'succ')
  const wait = outcome === 'refused' || outcome === 'gone' ? undefined : waitAfter(row.tries + 1, Math.random())
  if (wait === undefined) return await forget(machine, id, 'rjct')
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

const forget = async (machine: Ctx, id: Id, state: 'succ' | 'rjct'): Promise<void> => {
  await dci(machine)
    .updateTable('doors.dci_exchange')
    .set({ state, sealed_answer: null, brought_at: state === 'succ' ? machine.now : null })
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
