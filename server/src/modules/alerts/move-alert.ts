import { addDays, addMonths, type Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { poolVersion } from '../pools/index.ts'
import { openTask } from '../outreach/index.ts'
import { type AlertStep, mayStep, stateWords, transitionOf } from './alert.ts'
import {
  alertNotFound,
  alertTaken,
  type alertsContract,
  changedElsewhere,
  forHealthWorkers,
  proofWanted,
  stepNotOpen,
} from './contract.ts'
import { noteRiskOnTrack } from './note-on-track.ts'
import { passLevelOn } from './judge-households.ts'
import { alerts, takeStep, tellMoved, writeOutcome } from './kept-alert.ts'
import { readAlert, viewOf } from './read-alerts.ts'
import type { AlertRow } from './tables.ts'

type Input<K extends keyof typeof alertsContract> = InputOf<(typeof alertsContract)[K]>

/** Of two who open it at once the row's lock lets one in; the other is told who it was. */
export async function takeAlert(ctx: Ctx, { params, body }: Input<'POST /alerts/:alertId/take'>) {
  const row = await lockForStep(ctx, params.alertId, 'take', body.expectedVersion)
  const holder = { holder_id: ctx.actor.account, holder_name: ctx.actor.name }
  return await moved(ctx, await takeStep(ctx, row, { step: 'take', to: 'triaged' }, holder))
}

export async function giveAlertBack(ctx: Ctx, { params, body }: Input<'POST /alerts/:alertId/give-back'>) {
  const row = await lockForStep(ctx, params.alertId, 'giveBack', body.expectedVersion)
  return await moved(
    ctx,
    await takeStep(ctx, row, { step: 'giveBack', to: 'raised' }, { holder_id: null, holder_name: null }),
  )
}

/** Somebody goes to the home: the village's guide, or the township where the village must not know. */
export async function assignAlert(ctx: Ctx, { params, body }: Input<'POST /alerts/:alertId/assign'>) {
  const row = await lockForStep(ctx, params.alertId, 'assign', body.expectedVersion)
  const task = await sendSomebody(ctx, row)
  return await moved(
    ctx,
    await takeStep(ctx, row, { step: 'assign', to: 'assigned', facts: { task } }, { task_id: task }),
  )
}

async function sendSomebody(ctx: Ctx, row: AlertRow): Promise<Id> {
  const { pool } = await poolVersion(ctx, row.pool_version)
  const action = pool.alerts.find(a => a.id === row.rule)?.document.firstAction
  return await openTask(ctx, {
    kind: 'verification',
    household: row.household_id,
    person: row.person_id ?? undefined,
    origin: { kind: 'alert', id: row.id },
    // What waits for no clock is looked at with the next working days.
    dueOn:
      row.due_on && row.due_on >= ctx.today
        ? row.due_on
        : row.level === 'red'
          ? addDays(ctx.today, 1)
          : ctx.calendar.addWorkingDays(ctx.today, 3),
    level: row.level,
    careful: row.careful || row.audience === 'township',
    why: action,
  })
}

export async function verifyAlert(ctx: Ctx, { params, body }: Input<'POST /alerts/:alertId/verify'>) {
  const row = await lockForStep(ctx, params.alertId, 'verify', body.expectedVersion)
  const after = await takeStep(
    ctx,
    row,
    { step: 'verify', to: 'verified', facts: { verdict: body.verdict }, note: body.note },
    { verdict: body.verdict, verified_on: ctx.today },
  )
  await writeOutcome(ctx, after, `verdict.${body.verdict}`)
  await noteRiskOnTrack(ctx, after, body.verdict)
  return await moved(ctx, after)
}

export async function opineOnAlert(ctx: Ctx, { params, body }: Input<'POST /alerts/:alertId/opine'>) {
  const row = await lockForStep(ctx, params.alertId, 'opine', body.expectedVersion)
  const after = await takeStep(
    ctx,
    row,
    { step: 'opine', to: 'handled', facts: { opinion: body.opinion }, note: body.note },
    { opinion: body.opinion },
  )
  if (row.audience !== 'health') await writeOutcome(ctx, after, `opinion.${body.opinion}`)
  if (body.opinion === 'helpNow') await ctx.later('wishes.hear', { alert: row.id }, { ifThere: true })
  return await moved(ctx, after)
}

export async function closeAlert(ctx: Ctx, { params, body }: Input<'POST /alerts/:alertId/close'>) {
  const row = await lockForStep(ctx, params.alertId, 'close', body.expectedVersion)
  const { pool } = await poolVersion(ctx, row.pool_version)
  const months = pool.alerts.find(a => a.id === row.rule)?.document.proofMonths
  if (body.cause === 'riskRemoved' && months !== undefined && addMonths(row.judged_on, months) > ctx.today)
    throw proofWanted({ months, from: addMonths(row.judged_on, months) })
  const after = await takeStep(
    ctx,
    row,
    { step: 'close', to: 'closed', facts: { cause: body.cause }, note: body.note },
    { cause: body.cause, closed_at: ctx.now },
  )
  await writeOutcome(ctx, after, `closed.${body.cause}`)
  if (row.audience !== 'health') await passLevelOn(ctx, [row.household_id])
  return await moved(ctx, after)
}

export async function reopenAlert(ctx: Ctx, { params, body }: Input<'POST /alerts/:alertId/reopen'>) {
  const row = await lockForStep(ctx, params.alertId, 'reopen', body.expectedVersion)
  const after = await takeStep(
    ctx,
    row,
    { step: 'reopen', to: 'triaged', note: body.note },
    {
      raised_at: ctx.now,
      closed_at: null,
      cause: null,
      verdict: null,
      opinion: null,
      task_id: null,
      holder_id: ctx.actor.account,
      holder_name: ctx.actor.name,
    },
  )
  if (row.audience !== 'health') await passLevelOn(ctx, [row.household_id])
  return await moved(ctx, after)
}

async function moved(ctx: Ctx, row: AlertRow) {
  tellMoved(ctx, row)
  return await viewOf(ctx, row)
}

/** @throws alertNotFound, forHealthWorkers, alertTaken, stepNotOpen, changedElsewhere */
async function lockForStep(ctx: Ctx, id: Id, step: AlertStep, expected: number): Promise<AlertRow> {
  const row = await alerts(ctx)
    .selectFrom('alerts.alert')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) {
    const others = await readAlert(ctx, id)
    throw others.audience === 'health' ? forHealthWorkers() : alertNotFound()
  }
  ctx.about({ kind: 'household', id: row.household_id })
  const transition = transitionOf(step, row.state)
  if (!transition || !mayStep(transition, row, ctx.actor)) {
    const isOthers = row.holder_name !== null && row.holder_id !== ctx.actor.account && row.state !== 'closed'
    const asksHolder = step === 'take' || transition?.by.includes('holder') === true
    if (isOthers && asksHolder) throw alertTaken({ by: row.holder_name })
    throw stepNotOpen({ state: stateWords[row.state] })
  }
  if (expected !== row.version) throw changedElsewhere({ version: row.version })
  return row
}
