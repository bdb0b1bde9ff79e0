import { addDays, type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { listGuidesUnder, namesOf } from '../identity/index.ts'
import { placesOf, villagesIn } from '../registry/index.ts'
import { openStates } from './case.ts'
import { fairLoad, type Patch, type VillageWork } from './fair-load.ts'
import { cannotTakeVillage } from './handings-contract.ts'
import { outreach } from './kept-case.ts'
import { guideNotFound } from './network-contract.ts'
import { declinedNotFound, type suggestionContract, townshipNeeded } from './suggestion-contract.ts'
import type { DeclinedMoveRow } from './tables.ts'

type Input<K extends keyof typeof suggestionContract> = InputOf<(typeof suggestionContract)[K]>

const sealedReason = 'outreach.declinedMove.reason'
const declinedDays = 91

export async function suggestMoves(ctx: Ctx, { query }: Input<'GET /network/suggestion'>) {
  const township = (query.division ?? ctx.actor.scope ?? '').slice(0, 9) as DivisionCode
  if (township.length !== 9 || !township.startsWith(ctx.actor.scope ?? ':')) throw townshipNeeded()
  const places = await placesOf(ctx)
  const place = (code: string) => ({ code: code as DivisionCode, name: places.get(code)?.name ?? code })
  const rows = await listGuidesUnder(ctx, township)
  const patches: Patch[] = [...Map.groupBy(rows, r => r.account)].map(([account, own]) => ({
    account,
    name: own[0]?.name ?? '',
    villages: own.some(r => r.scope === township) ? [] : own.map(r => r.scope),
  }))
  const { villages, illustrative } = await worksIn(ctx, township)
  const declined = await standingDeclines(ctx, township)
  const found = fairLoad(
    villages,
    patches,
    declined.map(d => ({ village: d.village, to: d.to_id })),
  )
  const names = await namesOf(
    ctx,
    declined.map(d => d.to_id),
  )
  const named = (account: Id) => ({ account, name: patches.find(p => p.account === account)?.name ?? '' })
  return {
    township: place(township),
    guides: patches.length,
    mean: found.mean,
    most: found.most,
    moves: found.moves.map(m => ({
      ...m,
      village: place(m.village),
      from: m.from && named(m.from),
      to: named(m.to),
      reasons: [...m.reasons],
    })),
    declined: declined.map(d => ({
      id: d.id,
      village: place(d.village),
      to: names.get(d.to_id) ?? '',
      by: d.by_name,
      reason: readSealed(ctx, sealedReason, d.id, d.sealed_reason),
      untilOn: d.until_on,
    })),
    illustrative,
  }
}

/** The villages of a township with their households, what is open there and where they lie; by code. */
async function worksIn(ctx: Ctx, township: DivisionCode): Promise<{ villages: VillageWork[]; illustrative: boolean }> {
  const { rows: homes } = await sql<{ village: string; circle: 1 | 2 | 3; n: string }>`
    select division as village, circle, count(*) as n from registry.v_household
     where district = ${ctx.district} and starts_with(division, ${township}) and circle is not null
     group by 1, 2`.execute(ctx.transaction)
  const { rows: open } = await sql<{ village: string; n: string }>`
    select village, count(*) as n from (
      select village from outreach.task
       where district = ${ctx.district} and starts_with(village, ${township}) and closed_at is null and not careful
      union all
      select village from outreach.case
       where district = ${ctx.district} and starts_with(village, ${township}) and not careful
         and state = any (${openStates as unknown as string[]})
    ) unfinished group by 1`.execute(ctx.transaction)
  const openIn = new Map(open.map(r => [r.village, Number(r.n)]))
  const inCircle = (village: string, circle: 1 | 2 | 3) =>
    Number(homes.find(h => h.village === village && h.circle === circle)?.n ?? 0)
  const there = await villagesIn(ctx, township)
  const villages = there.map(
    ({ code, name, lon, lat, ground }): VillageWork => ({
      code,
      name,
      circles: [inCircle(code, 1), inCircle(code, 2), inCircle(code, 3)],
      open: openIn.get(code) ?? 0,
      at: lon === null || lat === null ? null : { lon, lat },
      ground,
    }),
  )
  return { villages, illustrative: there.some(v => v.position_provenance === 'I') }
}

const standingDeclines = (ctx: Ctx, township: DivisionCode): Promise<DeclinedMoveRow[]> =>
  outreach(ctx)
    .selectFrom('outreach.declined_move')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('village', '>=', township)
    .where('village', '<', `${township}:`)
    .where('taken_back_at', 'is', null)
    .where('until_on', '>', ctx.today)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute()

export async function declineMove(ctx: Ctx, { body }: Input<'POST /network/declined'>) {
  const { village, from, to, reason } = body
  if (village.length !== 12 || !village.startsWith(ctx.actor.scope ?? ':')) throw guideNotFound()
  const guides = await listGuidesUnder(ctx, ctx.actor.scope as DivisionCode)
  if (!guides.some(g => g.account === to)) throw cannotTakeVillage({ name: '' })
  const id = newId(ctx.now.getTime())
  const untilOn = addDays(ctx.today, declinedDays)
  await outreach(ctx)
    .insertInto('outreach.declined_move')
    .values({
      district: ctx.district,
      id,
      division: village,
      village,
      from_id: from,
      to_id: to,
      sealed_reason: ctx.crypto.seal(sealedReason, id, reason),
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      at: ctx.now,
      until_on: untilOn,
      taken_back_at: null,
    })
    .execute()
  ctx.about({ kind: 'account', id: to })
  return { id, untilOn }
}

export async function takeDeclineBack(ctx: Ctx, { params }: Input<'DELETE /network/declined/:declinedId'>) {
  const changed = await outreach(ctx)
    .updateTable('outreach.declined_move')
    .set({ taken_back_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', params.declinedId)
    .where('taken_back_at', 'is', null)
    .returning('to_id')
    .executeTakeFirst()
  if (!changed) throw declinedNotFound()
  ctx.about({ kind: 'account', id: changed.to_id })
  return { done: true as const }
}
