import { type Day, type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { currentPool } from '../pools/index.ts'
import { nextDue, type State, type Step, type Transition } from './case.ts'
import {
  alreadyAccepted,
  dayInFuture,
  materialsMissing,
  nobodyThere,
  type outreachContract,
  unknownPolicy,
} from './contract.ts'
import { recordDuty } from './duties.ts'
import { dutyOfStep } from './duty.ts'
import { lockForStep, movedTo, noteAccepted, outreach, sealedOutcome, takeStep, tellMoved } from './kept-case.ts'
import type { CaseRow } from './tables.ts'
import { guidesAtWork, servingIn } from './who-is-away.ts'

type Input<K extends keyof typeof outreachContract> = InputOf<(typeof outreachContract)[K]> & RequestEdges

const to = (transition: Transition): State => transition.to as State
const notInFuture = (ctx: Ctx, on: Day | undefined): Day => {
  if (on !== undefined && on > ctx.today) throw dayInFuture()
  return on ?? ctx.today
}

/** Of two who press at once, the row's lock lets one in; the other is told who it was. */
const whoWasFirst = (row: CaseRow): void => {
  if (row.holder_name !== null && row.state !== 'closed' && row.state !== 'withdrawn')
    throw alreadyAccepted({ by: row.holder_name })
}

const holder = (ctx: Ctx) => ({
  holder_id: ctx.actor.account,
  holder_name: ctx.actor.name,
  held_by:
    ctx.actor.role === 'guide' || ctx.actor.role === 'villageGroup' ? ('village' as const) : ('township' as const),
})

export async function acceptCase(ctx: Ctx, { params, body, ifMatch }: Input<'POST /cases/:caseId/accept'>) {
  const { row, transition } = await lockForStep(
    ctx,
    params.caseId,
    'accept',
    body.expectedVersion ?? ifMatch,
    whoWasFirst,
  )
  const changed = await takeStep(
    ctx,
    row,
    { step: 'accept', to: to(transition) },
    { ...holder(ctx), accepted_at: row.accepted_at ?? ctx.now },
  )
  if (row.accepted_at === null) await noteAccepted(ctx, row)
  tellMoved(ctx, changed)
  return await movedTo(ctx, changed)
}

export async function noteContact(ctx: Ctx, { params, body, ifMatch }: Input<'POST /cases/:caseId/contact'>) {
  const { row, transition } = await lockForStep(ctx, params.caseId, 'contact', body.expectedVersion ?? ifMatch)
  const on = notInFuture(ctx, body.on)
  // Nobody answered: the case stays where it is and its clock runs on.
  const reached = body.how !== 'noAnswer'
  const changed = await takeStep(ctx, row, {
    step: reached ? 'contact' : 'noAnswer',
    to: reached ? to(transition) : row.state,
    on,
    facts: { how: body.how },
    note: body.note,
  })
  if (reached) await countStep(ctx, row, 'contact', on)
  tellMoved(ctx, changed)
  return await movedTo(ctx, changed)
}

/** A step that is a piece of a duty counts for who took it. */
async function countStep(ctx: Ctx, row: CaseRow, step: Step, on: Day): Promise<void> {
  const kind = dutyOfStep[step]
  if (!kind) return
  const { division, careful, household_id: household } = row
  const origin = { kind: 'case', id: row.id } as const
  await recordDuty(ctx, { kind, household, division, careful, origin, begunOn: on, doneOn: on })
}

export async function noteVisit(ctx: Ctx, { params, body, ifMatch }: Input<'POST /cases/:caseId/visits'>) {
  const { row, transition } = await lockForStep(ctx, params.caseId, 'visit', body.expectedVersion ?? ifMatch)
  const on = notInFuture(ctx, body.on)
  const changed = await takeStep(ctx, row, { step: 'visit', to: to(transition), on, note: body.note })
  tellMoved(ctx, changed)
  return await movedTo(ctx, changed)
}

/** 代办: each paper of the policy has to be marked, so that nobody is sent home for one that was forgotten. */
export async function fileApplication(ctx: Ctx, { params, body, ifMatch }: Input<'POST /cases/:caseId/filings'>) {
  const { row, transition } = await lockForStep(ctx, params.caseId, 'file', body.expectedVersion ?? ifMatch)
  const on = notInFuture(ctx, body.on)
  const policy = (await currentPool(ctx)).policy(body.policy)
  if (!policy) throw unknownPolicy({ policy: body.policy })
  const marked = new Map(body.papers.map(p => [p.paper, p.state]))
  const unmarked = policy.materials.filter(m => !marked.has(m.zh)).map(m => m.zh)
  if (unmarked.length > 0) throw materialsMissing({ papers: unmarked.join('、') })
  const papers = body.papers.filter(p => policy.materials.some(m => m.zh === p.paper))
  await outreach(ctx)
    .insertInto('outreach.filing')
    .values({
      district: ctx.district,
      id: newId(ctx.now.getTime()),
      case_id: row.id,
      division: row.division,
      account_id: row.account_id,
      policy: policy.id,
      person: body.person,
      filed_on: on,
      filed_at: body.filedAt,
      papers: JSON.stringify(papers) as never,
      missing: papers.filter(p => p.state === 'missing').length,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      at: ctx.now,
    })
    .execute()
  const changed = await takeStep(ctx, row, { step: 'file', to: to(transition), on, facts: { policy: policy.id } })
  await countStep(ctx, row, 'file', on)
  tellMoved(ctx, changed)
  // The township sees what was filed without being called.
  ctx.tell({ name: 'outreach.filed', to: { roles: ['townshipClerk'], division: row.village }, id: row.id })
  return await movedTo(ctx, changed)
}

export async function handOver(ctx: Ctx, { params, body, ifMatch }: Input<'POST /cases/:caseId/hand-over'>) {
  const { row, transition } = await lockForStep(ctx, params.caseId, 'handOver', body.expectedVersion ?? ifMatch)
  const invited = body.to === 'township' ? undefined : await colleague(ctx, row, body.to)
  const changed = await takeStep(
    ctx,
    row,
    { step: 'handOver', to: to(transition), facts: { to: invited?.name ?? 'township' }, note: body.reason },
    invited
      ? { holder_id: invited.account, holder_name: invited.name, held_by: 'village' }
      : { holder_id: null, holder_name: null, held_by: 'township' },
  )
  tellMoved(ctx, changed)
  ctx.tell(
    invited
      ? { name: 'outreach.handedOver', to: { account: invited.account }, id: row.id }
      : { name: 'outreach.handedOver', to: { roles: ['townshipClerk'], division: row.village }, id: row.id },
  )
  return await movedTo(ctx, changed)
}

async function colleague(ctx: Ctx, row: CaseRow, account: Id) {
  const found = (await guidesAtWork(ctx, row.village as DivisionCode)).find(g => g.account === account)
  if (!found || found.account === ctx.actor.account) throw nobodyThere()
  return found
}

export async function takeOver(ctx: Ctx, { params, body, ifMatch }: Input<'POST /cases/:caseId/take-over'>) {
  const { row } = await lockForStep(ctx, params.caseId, 'takeOver', body.expectedVersion ?? ifMatch, whoWasFirst)
  const last = await outreach(ctx)
    .selectFrom('outreach.step')
    .select('from_state')
    .where('district', '=', ctx.district)
    .where('case_id', '=', row.id)
    .where('step', '=', 'handOver')
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst()
  const changed = await takeStep(ctx, row, { step: 'takeOver', to: last?.from_state ?? 'accepted' }, holder(ctx))
  tellMoved(ctx, changed)
  return await movedTo(ctx, changed)
}

export async function returnCase(ctx: Ctx, { params, body, ifMatch }: Input<'POST /cases/:caseId/return'>) {
  const { row, transition } = await lockForStep(ctx, params.caseId, 'return', body.expectedVersion ?? ifMatch)
  // What a trained person looks after stays with the township, and what the village has nobody for.
  const stays = row.careful || (await servingIn(ctx, row.village as DivisionCode)).length === 0
  const changed = await takeStep(
    ctx,
    row,
    { step: 'return', to: to(transition), note: body.reason },
    { holder_id: null, holder_name: null, held_by: stays ? 'township' : 'village' },
  )
  tellMoved(ctx, changed)
  return await movedTo(ctx, changed)
}

export async function closeCase(ctx: Ctx, { params, body, ifMatch }: Input<'POST /cases/:caseId/close'>) {
  const { row, transition } = await lockForStep(ctx, params.caseId, 'close', body.expectedVersion ?? ifMatch)
  const changed = await takeStep(
    ctx,
    row,
    { step: 'close', to: to(transition), facts: { outcome: body.outcome }, note: body.note },
    {
      outcome: body.outcome,
      sealed_outcome_note: ctx.crypto.seal(sealedOutcome, row.id, body.note),
      closed_at: ctx.now,
      due_on: null,
    },
  )
  tellMoved(ctx, changed)
  return await movedTo(ctx, changed)
}

export async function reopenCase(ctx: Ctx, { params, body, ifMatch }: Input<'POST /cases/:caseId/reopen'>) {
  const { row, transition } = await lockForStep(ctx, params.caseId, 'reopen', body.expectedVersion ?? ifMatch)
  const keeps = row.holder_id === ctx.actor.account || ctx.actor.role === 'districtOfficer'
  const changed = await takeStep(
    ctx,
    row,
    { step: 'reopen', to: to(transition), note: body.reason },
    {
      outcome: null,
      sealed_outcome_note: null,
      closed_at: null,
      due_on: nextDue('accepted', ctx.today, ctx.calendar),
      ...(keeps ? {} : holder(ctx)),
    },
  )
  tellMoved(ctx, changed)
  return await movedTo(ctx, changed)
}

/** To whom a case can be handed: the other guides of the village who are at work. */
export async function listTakers(ctx: Ctx, row: CaseRow) {
  const guides = await guidesAtWork(ctx, row.village as DivisionCode)
  return guides
    .filter(g => g.account !== ctx.actor.account)
    .map(g => ({
      account: g.account,
      name: g.name,
      role: 'guide' as const,
      words: { zh: `导服员${g.name}`, en: `Guide ${g.name}` },
    }))
}
