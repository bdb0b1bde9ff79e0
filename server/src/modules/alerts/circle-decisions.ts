import { type Id, maskName } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import {
  briefsOf,
  type CircleDecision,
  circleCandidate,
  type CircleMove,
  decideCircle,
  getHousehold,
  type HelpThatEnds,
  type HouseholdNames,
  listCircleCandidates,
  listCircleDecisions,
  placesOf,
  proposeCircle,
  sealedBridge,
  sealedDecisionNote,
  sealedReason,
} from '../registry/index.ts'
import { isFor } from './alert.ts'
import { alertNotFound, type alertsContract } from './contract.ts'
import { helpThatEnds } from './help-that-ends.ts'
import { writeOutcome } from './kept-alert.ts'
import { noteCircleOnTrack } from './note-on-track.ts'
import { readAlert } from './read-alerts.ts'

type Input<K extends keyof typeof alertsContract> = InputOf<(typeof alertsContract)[K]>
type View = AnswerOf<(typeof alertsContract)['POST /circle-decisions/:decisionId']>

export async function listCandidates(ctx: Ctx, { query }: Input<'GET /circle-candidates'>) {
  const ids = query.household ? [query.household] : await listCircleCandidates(ctx)
  const briefs = await briefsOf(ctx, ids)
  const items = []
  for (const id of ids) {
    ctx.about({ kind: 'household', id })
    const candidate = await circleCandidate(ctx, id)
    if (!candidate) continue
    const names = briefs.get(id)
    items.push({
      household: headOf(id, names),
      place: await placeOf(ctx, (await getHousehold(ctx, id)).division),
      ...candidate,
      moves: movesOf(candidate.moves, names),
    })
  }
  return { items }
}

/** What help ends for a household that would move outward; null where nobody of it would. */
export async function leaving(ctx: Ctx, { params }: Input<'GET /households/:id/leaving'>) {
  const household = await getHousehold(ctx, params.id)
  ctx.about({ kind: 'household', id: household.id })
  const ends = await helpThatEnds(ctx, household.id)
  return { ends: ends ? endsView(ends, (await briefsOf(ctx, [household.id])).get(household.id)) : null }
}

export async function listDecisions(ctx: Ctx, { query }: Input<'GET /circle-decisions'>) {
  const rows = await listCircleDecisions(ctx, query)
  return { items: await Promise.all(rows.map(row => viewOf(ctx, row))) }
}

export async function propose(ctx: Ctx, { body }: Input<'POST /circle-decisions'>) {
  if (body.alert) await readOwnAlert(ctx, body.alert, body.household)
  return { id: await proposeCircle(ctx, { ...body, ends: await helpThatEnds(ctx, body.household) }) }
}

/** What came of an alert is counted with it: another family's, or a health matter, is none of this proposal. */
async function readOwnAlert(ctx: Ctx, alert: Id, household: Id): Promise<void> {
  const row = await readAlert(ctx, alert)
  if (row.household_id !== household || !isFor(row, ctx.actor.role)) throw alertNotFound()
}

export async function decide(ctx: Ctx, { params, body }: Input<'POST /circle-decisions/:decisionId'>) {
  const row = await decideCircle(ctx, { decision: params.decisionId, ...body })
  if (row.state === 'confirmed' && row.alert_id)
    await writeOutcome(ctx, await readAlert(ctx, row.alert_id), `circle.${row.kind}`)
  if (row.state === 'confirmed') await noteCircleOnTrack(ctx, row)
  return await viewOf(ctx, row)
}

async function viewOf(ctx: Ctx, row: CircleDecision): Promise<View> {
  ctx.about({ kind: 'household', id: row.household_id })
  const names = (await briefsOf(ctx, [row.household_id])).get(row.household_id)
  const open = (name: string, sealed: Buffer | null) => (sealed ? readSealed(ctx, name, row.id, sealed) : null)
  return {
    id: row.id,
    household: headOf(row.household_id, names),
    place: await placeOf(ctx, row.division),
    kind: row.kind,
    moves: movesOf(row.moves, names),
    state: row.state,
    alert: row.alert_id,
    cliffAmount: row.cliff_amount,
    ends: row.ends && endsView(row.ends, names),
    reason: open(sealedReason, row.sealed_reason) ?? '',
    bridge: open(sealedBridge, row.sealed_bridge),
    proposedBy: row.proposed_name,
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    note: open(sealedDecisionNote, row.sealed_note),
    own: row.proposed_by === ctx.actor.account,
  }
}

const headOf = (id: Id, names: HouseholdNames | undefined) => ({
  id,
  head: maskName(names?.headName ?? ''),
  size: names?.size ?? 0,
})

const movesOf = (moves: readonly CircleMove[], names: HouseholdNames | undefined) =>
  moves.map(m => ({
    person: m.person === null ? null : { id: m.person, name: maskName(names?.names.get(m.person) ?? '') },
    from: m.from,
    to: m.to,
    because: m.because,
  }))

function endsView({ lines, services, notKnownBefore, ...ends }: HelpThatEnds, names: HouseholdNames | undefined) {
  const named = <T extends { readonly person: Id | null }>(all: readonly T[]) =>
    all.map(one => ({
      ...one,
      person: one.person === null ? null : { id: one.person, name: maskName(names?.names.get(one.person) ?? '') },
    }))
  return { ...ends, lines: named(lines), services: named(services), notKnownBefore: named(notKnownBefore) }
}

async function placeOf(ctx: Ctx, code: string) {
  const place = (await placesOf(ctx)).get(code)
  return { code, name: place?.name ?? code, township: place?.township ?? '' }
}
