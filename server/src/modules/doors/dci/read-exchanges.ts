import { type Id, isId } from '@zhulian/kernel'
import type { ExpressionBuilder } from 'kysely'
import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { dciContract } from './contract.ts'
import { partnerOf } from './partner-of.ts'
import { dci, type DciTables } from './tables.ts'

type Input = InputOf<(typeof dciContract)['GET /partners/:partnerId/exchanges']>

/** When a partner asked, how much it was told and whether that arrived. Of whom, stands in the trail; what was asked, nowhere. */
export async function listExchanges(ctx: Ctx, { params, query }: Input) {
  const { id } = await partnerOf(ctx, params.partnerId)
  const rows = await asMachine(ctx, machine => {
    const found = dci(machine)
      .selectFrom('doors.dci_exchange')
      .select(['id', 'action', 'state', 'records', 'came_at', 'brought_at', 'tries', 'callback'])
      .select(eb => [eb('sealed_answer', 'is not', null).as('waits'), isDead(eb).as('dead')])
      .where('district', '=', machine.district)
      .where('partner_id', '=', id)
      .orderBy('id', 'desc')
      .limit(query.limit + 1)
    return (query.after && isId(query.after) ? found.where('id', '<', query.after as Id) : found).execute()
  })
  const page = rows.slice(0, query.limit)
  return {
    items: page.map(row => ({
      id: row.id,
      action: row.action,
      way: row.callback === null ? ('sync' as const) : ('async' as const),
      state: row.state,
      records: row.records,
      cameAt: row.came_at.toISOString(),
      broughtAt: row.brought_at?.toISOString() ?? null,
      tries: row.tries,
      waits: Boolean(row.waits),
      isDead: Boolean(row.dead),
    })),
    next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  }
}

const isDead = (eb: ExpressionBuilder<DciTables, 'doors.dci_exchange'>) =>
  eb.and([eb('action', '=', 'notify'), eb('state', '=', 'rjct'), eb('sealed_households', 'is not', null)])

/** What is remembered of a partner's messages, 30 days of them, and how many subscriptions it has. */
export async function countExchanges(ctx: Ctx) {
  const { exchanges, subscriptions } = await asMachine(ctx, async machine => ({
    exchanges: await dci(machine)
      .selectFrom('doors.dci_exchange')
      .select(eb => [
        'partner_id',
        eb.fn.countAll<string>().filterWhere('action', '<>', 'notify').as('messages'),
        eb.fn.sum<string>('records').as('records'),
        eb.fn.countAll<string>().filterWhere(isDead(eb)).as('dead'),
      ])
      .where('district', '=', machine.district)
      .groupBy('partner_id')
      .execute(),
    subscriptions: await dci(machine)
      .selectFrom('doors.dci_subscription')
      .select(eb => ['partner_id', eb.fn.countAll<string>().as('n')])
      .where('district', '=', machine.district)
      .where('ended_at', 'is', null)
      .groupBy('partner_id')
      .execute(),
  }))
  const counts = new Map(exchanges.map(row => [row.partner_id, row]))
  const live = new Map(subscriptions.map(row => [row.partner_id, Number(row.n)]))
  return (partner: Id) => ({
    messages: Number(counts.get(partner)?.messages ?? 0),
    records: Number(counts.get(partner)?.records ?? 0),
    subscriptions: live.get(partner) ?? 0,
    dead: Number(counts.get(partner)?.dead ?? 0),
  })
}
