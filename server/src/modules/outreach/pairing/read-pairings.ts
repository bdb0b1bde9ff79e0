import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { cannotBeOpened, readSealed, readSealedJson } from '../../../platform/open-sealed.ts'
import { getHousehold, placesOf } from '../../registry/index.ts'
import { outreach } from '../kept-case.ts'
import type { pairingContract } from './contract.ts'
import { helperKindWords, helperVisitWords } from './pairing.ts'
import type { PairingRow } from './tables.ts'

export const sealedPaired = 'outreach.pairing.whom'
export const sealedPairingReason = 'outreach.pairing.reason'
export const sealedHeard = 'outreach.helper_visit.words'
export const sealedHelperNeed = 'outreach.helper_visit.need'

type Shown = AnswerOf<(typeof pairingContract)['POST /pairings/:pairingId/end']>

export const shownPairing = (ctx: Ctx, row: PairingRow): Shown => ({
  id: row.id,
  helper: row.helper_name,
  kind: { id: row.kind, words: helperKindWords[row.kind] },
  fromOn: row.from_on,
  untilOn: row.until_on,
  nextOn: row.next_on,
  lastOn: row.last_on,
  ended: row.ended_at !== null || (row.until_on !== null && row.until_on <= ctx.today),
  reason: row.sealed_reason ? readSealed(ctx, sealedPairingReason, row.id, row.sealed_reason) : null,
})

export async function listPairings(
  ctx: Ctx,
  { params }: InputOf<(typeof pairingContract)['GET /households/:householdId/pairings']>,
) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const pairings = await outreach(ctx)
    .selectFrom('outreach.pairing')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', household.id)
    .orderBy('id', 'desc')
    .execute()
  const visits = await outreach(ctx)
    .selectFrom('outreach.helper_visit')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', household.id)
    .orderBy('on_day', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return {
    pairings: pairings.map(row => shownPairing(ctx, row)),
    visits: visits.map(v => ({
      id: v.id,
      on: v.on_day,
      how: helperVisitWords[v.how],
      helper: v.helper_name,
      by: v.by_name,
      met: v.met,
      words: readSealed(ctx, sealedHeard, v.id, v.sealed_words),
      need: v.sealed_need ? readSealed(ctx, sealedHelperNeed, v.id, v.sealed_need) : null,
      careful: v.careful,
    })),
  }
}

/** All that a helper reads: those to go to first come first. */
export async function listMyPairings(ctx: Ctx) {
  const rows = await outreach(ctx)
    .selectFrom('outreach.pairing')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('helper_id', '=', ctx.actor.account)
    .where('ended_at', 'is', null)
    .where('from_on', '<=', ctx.today)
    .where(eb => eb.or([eb('until_on', 'is', null), eb('until_on', '>', ctx.today)]))
    .orderBy('next_on')
    .orderBy('id')
    .execute()
  const places = await placesOf(ctx)
  return {
    items: rows.map(row => {
      ctx.about({ kind: 'household', id: row.household_id })
      const whom = readSealedJson<{ name: string; reach: string | null }>(ctx, sealedPaired, row.id, row.sealed_whom, {
        name: cannotBeOpened,
        reach: null,
      })
      const place = places.get(row.division)
      return {
        id: row.id,
        ...whom,
        place: place ? `${place.township}${place.name}` : row.division,
        nextOn: row.next_on,
        lastOn: row.last_on,
        late: row.next_on !== null && row.next_on < ctx.today,
      }
    }),
  }
}
