import { type Day, type Id, newId } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { type AlertState, type AlertStep, dueOf, type MachineStep } from './alert.ts'
import type { AlertRow, AlertsTables } from './tables.ts'

export const alerts = tablesOf<AlertsTables>()

export const sealedNote = 'alerts.step.note'
export const sealedWho = 'alerts.alert.who'

export interface StepNote {
  readonly step: AlertStep | MachineStep
  readonly to: AlertState
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>
  readonly note?: string | undefined
  readonly on?: Day
}

/** Writes what a step changes, and the step. The clock begins anew where the state is another, and with it who was told. */
export async function takeStep(
  ctx: Ctx,
  row: AlertRow,
  note: StepNote,
  set: Partial<AlertRow> = {},
): Promise<AlertRow> {
  const level = set.level ?? row.level
  const moves = note.to !== row.state || level !== row.level
  const due = dueOf(note.to, level, set.raised_at ?? row.raised_at, ctx.now, ctx.today, ctx.calendar)
  const clock = { due_at: due.at, due_on: due.on, near_told_at: null, late_told_at: null, expected_at: null }
  const change = {
    ...(moves && clock),
    ...set,
    state: note.to,
    version: row.version + 1,
    changed_at: ctx.now,
  }
  await alerts(ctx)
    .updateTable('alerts.alert')
    .set({
      ...change,
      ...('given' in change && { given: JSON.stringify(change.given) }),
      ...('points_parts' in change && { points_parts: JSON.stringify(change.points_parts) }),
    } as never)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  const after = { ...row, ...change }
  await keepNotice(ctx, after)
  await writeStep(ctx, after, row.state, note)
  return after
}

/** Others than health workers read of a health matter that there is one; the database gives them nothing else. */
export async function keepNotice(ctx: Ctx, row: AlertRow): Promise<void> {
  if (row.audience !== 'health') return
  const { household_id, division, level, state, version, raised_at, due_at, due_on, holder_id, holder_name } = row
  const stands = { household_id, division, level, state, version, raised_at, due_at, due_on, holder_id, holder_name }
  const moving = { ...stands, changed_at: row.changed_at }
  await alerts(ctx)
    .insertInto('alerts.notice')
    .values({
      district: ctx.district,
      alert_id: row.id,
      raised_on: row.judged_on,
      pool_version: row.pool_version,
      ...moving,
    })
    .onConflict(c => c.columns(['district', 'alert_id']).doUpdateSet(moving))
    .execute()
}

export async function writeStep(ctx: Ctx, row: AlertRow, from: AlertState | null, note: StepNote): Promise<void> {
  await alerts(ctx)
    .insertInto('alerts.step')
    .values(stepRow(ctx, row, from, note))
    .execute()
}

export function stepRow(ctx: Ctx, row: AlertRow, from: AlertState | null, note: StepNote) {
  const id = newId(ctx.now.getTime())
  return {
    district: ctx.district,
    id,
    alert_id: row.id,
    turn: row.version,
    household_id: row.household_id,
    division: row.division,
    audience: row.audience,
    careful: row.careful,
    step: note.step,
    from_state: from,
    to_state: note.to,
    at: ctx.now,
    on_day: note.on ?? ctx.today,
    by_id: ctx.actor.account,
    by_name: ctx.actor.name,
    by_role: ctx.actor.role,
    facts: JSON.stringify(note.facts ?? {}),
    sealed_note: note.note ? ctx.crypto.seal(sealedNote, id, note.note) : null,
  }
}

/** What came of an alert, with the points it had: so that the card can be fitted anew one day. */
export async function writeOutcome(ctx: Ctx, row: AlertRow, kind: string, on: Day = ctx.today): Promise<void> {
  await alerts(ctx)
    .insertInto('alerts.outcome')
    .values({
      district: ctx.district,
      id: newId(ctx.now.getTime()),
      alert_id: row.id,
      rule: row.rule,
      household_id: row.household_id,
      division: row.division,
      audience: row.audience,
      kind,
      on_day: on,
      points: row.points,
      points_parts: row.points_parts === null ? null : JSON.stringify(row.points_parts),
      at: ctx.now,
    })
    .execute()
}

/** Colleagues who see the alert; ids only. */
export function tellMoved(ctx: Ctx, row: Pick<AlertRow, 'id' | 'division' | 'audience' | 'careful'>): void {
  ctx.tell({
    name: 'alerts.moved',
    to: {
      roles:
        row.audience === 'health'
          ? ['healthWorker']
          : row.careful || row.audience === 'township'
            ? ['townshipClerk', 'districtOfficer']
            : ['guide', 'townshipClerk', 'districtOfficer'],
      division: row.division,
    },
    id: row.id,
  })
}

export const idsOf = (text: string): Id[] => text.split(',').filter(Boolean) as Id[]
