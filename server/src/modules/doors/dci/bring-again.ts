import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { dciContract } from './contract.ts'
import { bringDeadAgain } from './notice.ts'
import { partnerOf } from './partner-of.ts'
import { noticeNotDead, partnerEnded } from './refusals.ts'
import { dci } from './tables.ts'

type Input = InputOf<(typeof dciContract)['POST /partners/:partnerId/exchanges/:exchangeId/again']>

/** Sends a notice again that did not arrive: of the same households, as they are now and as far as they may be told of. */
export async function bringAgain(ctx: Ctx, { params }: Input) {
  const partner = await partnerOf(ctx, params.partnerId)
  if (partner.ended_at) throw partnerEnded()
  ctx.because(partner.name)
  const records = await asMachine(ctx, async machine => {
    const row = await dci(machine)
      .selectFrom('doors.dci_exchange')
      .select(['id', 'subscription_id'])
      .where('district', '=', machine.district)
      .where('partner_id', '=', partner.id)
      .where('id', '=', params.exchangeId)
      .executeTakeFirst()
    return row?.subscription_id ? await bringDeadAgain(machine, row.subscription_id, row.id) : undefined
  })
  if (records === undefined) throw noticeNotDead()
  return { records }
}
