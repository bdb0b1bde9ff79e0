import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { needsCare } from '../../guidance/index.ts'
import { noteVisit } from '../../track/index.ts'
import { outreach } from '../kept-case.ts'
import { type pairingContract, pairingDaysWrong } from './contract.ts'
import { readPairing } from './pair.ts'
import { helperVisitWords } from './pairing.ts'
import { sealedHeard, sealedHelperNeed } from './read-pairings.ts'

/** What hints at violence is the township's alone; the helper is told nothing of it, and neither is the village. */
export async function noteHelperVisit(
  ctx: Ctx,
  { params, body }: InputOf<(typeof pairingContract)['POST /pairings/:pairingId/visits']>,
) {
  const row = await readPairing(ctx, params.pairingId)
  const on = body.on ?? ctx.today
  if (on > ctx.today || on < row.from_on || (body.nextOn !== undefined && body.nextOn <= on)) throw pairingDaysWrong()
  const id = newId(ctx.now.getTime())
  const careful = needsCare(`${body.words} ${body.need ?? ''}`)
  const division = careful ? row.division.slice(0, 9) : row.division
  await outreach(ctx)
    .insertInto('outreach.helper_visit')
    .values({
      district: ctx.district,
      id,
      pairing_id: row.id,
      household_id: row.household_id,
      division,
      careful,
      helper_name: row.helper_name,
      how: body.how,
      on_day: on,
      met: body.met,
      sealed_words: ctx.crypto.seal(sealedHeard, id, body.words),
      sealed_need: body.need === undefined ? null : ctx.crypto.seal(sealedHelperNeed, id, body.need),
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      at: ctx.now,
    })
    .execute()
  await noteVisit(ctx, {
    household: row.household_id,
    division: row.division,
    source: { kind: 'helperVisit', id },
    careful,
    forHandlers: true,
    on,
    fields: {
      words: body.met
        ? { zh: '结对帮扶人来过', en: 'a helper was there' }
        : { zh: '结对帮扶人来过，没遇到人', en: 'a helper came, met nobody' },
      visit: helperVisitWords[body.how],
      ...(body.nextOn === undefined ? {} : { nextOn: body.nextOn }),
    },
  })
  if (body.need !== undefined) await ctx.later('wishes.hear', { helperVisit: id }, { ifThere: true })
  const isOlder = row.last_on !== null && on < row.last_on
  // What was planned after a later visit stands, whoever notes an older one now.
  const nextOn = body.nextOn ?? (isOlder ? row.next_on : null)
  await outreach(ctx)
    .updateTable('outreach.pairing')
    .set({ next_on: nextOn, last_on: isOlder ? row.last_on : on })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  ctx.tell({
    name: 'outreach.helperVisited',
    to: { roles: careful ? ['townshipClerk'] : ['guide', 'townshipClerk'], division },
    id: row.id,
  })
  return { id, nextOn }
}
