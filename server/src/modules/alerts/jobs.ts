import { addDays, type Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { findingOf } from '../outreach/index.ts'
import { currentPool } from '../pools/index.ts'
import { householdsOfBatch, householdsTurning, judgeAlertsLater } from '../registry/index.ts'
import { clockState, levelWords, toldLate, type Verdict } from './alert.ts'
import { expectSteps } from './expect-steps.ts'
import { followMerge } from './follow-merge.ts'
import { judgeHouseholds } from './judge-households.ts'
import { alerts, idsOf, takeStep, tellMoved, writeOutcome, writeStep } from './kept-alert.ts'
import type { AlertRow } from './tables.ts'

const atOnce = 200

export const alertsJobs: readonly Job[] = [
  // A red one calls within a second, and of a whole registry one piece follows on the other.
  { name: 'alerts.judge', looksEverySeconds: 0.5, isAwaited: true, do: judge },
  { name: 'alerts.night', cron: '20 3 * * *', do: night },
  { name: 'alerts.clock', cron: '*/10 * * * *', do: clock },
  { name: 'alerts.followMerge', looksEverySeconds: 0.5, do: followMerge },
  { name: 'alerts.found', do: (ctx, payload) => found(ctx, payload as Record<'alert' | 'task' | 'finding', Id>) },
]

/** `households`: ids with commas. `batch`: those of which a file said something, from `after` on. Some at a time, each a transaction. */
async function judge(ctx: Ctx, { households, batch, after }: Readonly<Record<string, string | number>>): Promise<void> {
  if (batch === undefined) {
    const ids = idsOf(String(households ?? ''))
    await judgeHouseholds(ctx, ids.slice(0, atOnce))
    return await judgeAlertsLater(ctx, ids.slice(atOnce))
  }
  const file = String(batch) as Id
  const ids = await householdsOfBatch(ctx, file, after === undefined ? undefined : (String(after) as Id), atOnce)
  await judgeHouseholds(ctx, ids)
  const last = ids.length === atOnce ? ids.at(-1) : undefined
  if (last) await ctx.later('alerts.judge', { batch: file, after: last })
}

/** How far back a night looks at what was written down: whatever wrote it has asked already, and may have asked in vain. */
const netDays = 3

/**
 * Only households of which a day turns: what was judged says so, or something was written down for these days. And who was
 * never judged, or by other rules than those in use.
 */
async function night(ctx: Ctx): Promise<void> {
  const { id: version } = await currentPool(ctx)
  const due = await alerts(ctx)
    .selectFrom('alerts.turning')
    .select('household_id')
    .where('district', '=', ctx.district)
    .where(eb => eb.or([eb('turns_on', '<=', ctx.today), eb('pool_version', '<>', version)]))
    .orderBy('household_id')
    .execute()
  const written = await householdsTurning(ctx, addDays(ctx.today, -netDays), ctx.today)
  const fresh = await alerts(ctx)
    .selectFrom('registry.v_household as h')
    .leftJoin('alerts.turning as t', j => j.onRef('t.district', '=', 'h.district').onRef('t.household_id', '=', 'h.id'))
    .select('h.id')
    .where('h.district', '=', ctx.district)
    .where('t.household_id', 'is', null)
    .orderBy('h.id')
    .execute()
  await judgeAlertsLater(ctx, [...due.map(d => d.household_id), ...written, ...fresh.map(h => h.id)])
}

/** Tells who holds an alert before its clock runs out, and the level above when it has; each once. */
async function clock(ctx: Ctx): Promise<void> {
  const rows = await alerts(ctx)
    .selectFrom('alerts.alert')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', '<>', 'closed')
    .where('due_at', '<=', new Date(ctx.now.getTime() + 24 * 3_600_000))
    .where('late_told_at', 'is', null)
    // Who was told that it is near waits outside for the end, or five hundred of them would keep the others from being told.
    .where(eb => eb.or([eb('near_told_at', 'is', null), eb('due_at', '<', ctx.now)]))
    .orderBy('due_at')
    .limit(500)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const row of rows) {
    const state = clockState(row.due_at, row.level, row.state, ctx.now)
    if (state === 'near' && row.near_told_at === null) await tellNear(ctx, row)
    if (state === 'late') await tellLate(ctx, row)
  }
  await expectSteps(ctx)
}

async function tellNear(ctx: Ctx, row: AlertRow): Promise<void> {
  await mark(ctx, row, { near_told_at: ctx.now })
  const words = { zh: `一条${levelWords[row.level].zh}色预警快到时限了`, en: 'An alert is about to run late' }
  ctx.about({ kind: 'household', id: row.household_id })
  ctx.tell({
    name: 'alerts.near',
    to: row.holder_id
      ? { account: row.holder_id }
      : {
          roles:
            row.audience === 'health'
              ? ['healthWorker']
              : row.careful || row.audience === 'township'
                ? ['townshipClerk']
                : ['guide', 'townshipClerk'],
          division: row.division,
        },
    id: row.id,
    words,
  })
}

async function tellLate(ctx: Ctx, row: AlertRow): Promise<void> {
  await mark(ctx, row, { late_told_at: ctx.now, near_told_at: row.near_told_at ?? ctx.now, version: row.version + 1 })
  await writeStep(ctx, { ...row, version: row.version + 1 }, row.state, { step: 'late', to: row.state })
  ctx.about({ kind: 'household', id: row.household_id })
  const words = { zh: `一条${levelWords[row.level].zh}色预警超过了时限`, en: 'An alert has run late' }
  ctx.tell({ name: 'alerts.late', to: { roles: toldLate(row), division: row.division }, id: row.id, words })
  tellMoved(ctx, row)
}

const mark = (ctx: Ctx, row: AlertRow, set: Partial<Pick<AlertRow, 'near_told_at' | 'late_told_at' | 'version'>>) =>
  alerts(ctx)
    .updateTable('alerts.alert')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()

const verdictOf: Readonly<Record<string, Verdict | undefined>> = {
  confirmed: 'confirmed',
  changed: 'confirmed',
  falseAlarm: 'false',
  duplicate: 'duplicate',
  handled: 'alreadyHandled',
}

/** What a visit found. The verdict is that of who was there; what follows is for the township to say. */
async function found(ctx: Ctx, { alert, finding }: Readonly<Record<'alert' | 'task' | 'finding', Id>>): Promise<void> {
  const row = await alerts(ctx)
    .selectFrom('alerts.alert')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', alert)
    .forUpdate()
    .executeTakeFirst()
  const result = await findingOf(ctx, finding)
  if (!row || !result || row.state === 'closed') return
  ctx.about({ kind: 'household', id: row.household_id })
  const verdict = verdictOf[result.result]
  const facts = { finding, result: result.result, risk: result.risk, ...(verdict && { verdict }) }
  const isOpen = row.state === 'raised' || row.state === 'triaged' || row.state === 'assigned'
  // A household found as it was settles nothing by itself: somebody looks at it.
  const to = verdict && isOpen ? ('verified' as const) : row.state
  const after = await takeStep(
    ctx,
    row,
    { step: 'found', to, facts, on: result.on },
    { found_kind: result.result, ...(verdict && isOpen && { verdict, verified_on: result.on }) },
  )
  await writeOutcome(ctx, after, `finding.${result.result}`, result.on)
  ctx.tell({
    name: 'alerts.verified',
    to: { roles: ['townshipClerk'], division: row.division },
    id: row.id,
    words: { zh: '一条预警核查有了结果', en: 'A visit for an alert has a result' },
  })
  tellMoved(ctx, after)
}
