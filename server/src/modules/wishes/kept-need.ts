import { addDays, type Id, newId } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { openMinors } from '../registry/index.ts'
import { isAboutChild, readersInVillage } from './about-child.ts'
import { needNotFound } from './contract.ts'
import { isNeedClosed, type Level, needDue, type NeedStand, type NeedState } from './need.ts'
import { noteOnTrack } from './note-on-track.ts'
import { sayNeed } from './say.ts'
import type { NeedRow, NeedStepRow, Said, WishesTables } from './tables.ts'

export const wishes = tablesOf<WishesTables>()

export const sealedNeedWords = 'wishes.need.words'
export const sealedNeedNote = 'wishes.need_step.note'

/** A need in the actor's reach, for the trail too. @throws needNotFound */
export async function readNeed(ctx: Ctx, id: Id, lock = false): Promise<NeedRow> {
  await openMinors(ctx)
  const found = wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw needNotFound()
  ctx.about({ kind: 'household', id: row.household_id })
  return row
}

export interface NeedNote {
  readonly step: NeedStepRow['step']
  readonly note?: string | undefined
  /** The project it came into, or left. */
  readonly project?: { readonly id: Id; readonly name: string } | undefined
  /** Where the machine writes what somebody else did. */
  readonly by?: string
  readonly said?: Said
  /** What told it again. */
  readonly origin?: Id | undefined
}

/** Writes a step and what it changes; the clock of a new state, or of another hand, begins today. */
export async function takeNeedStep(
  ctx: Ctx,
  row: NeedRow,
  to: NeedStand,
  note: NeedNote,
  set: Partial<NeedRow> = {},
): Promise<NeedRow> {
  const moved = to.state !== row.state || to.level !== row.level
  const changed: NeedRow = {
    ...row,
    state: to.state,
    level: to.level,
    version: row.version + 1,
    changed_at: ctx.now,
    since_on: moved ? ctx.today : row.since_on,
    due_on: moved ? needDue(to.state, ctx.today, ctx.calendar, addDays) : row.due_on,
    late_told_on: moved ? null : row.late_told_on,
    closed_at: isNeedClosed(to.state) ? ctx.now : null,
    joined_id: to.state === 'joined' ? row.joined_id : null,
    ground_gone_by: isNeedClosed(to.state) ? row.ground_gone_by : null,
    look_again: row.look_again && ctx.actor.role === 'machine',
    ...set,
  }
  const { district: _district, id: _id, lane: _lane, ...columns } = changed
  await wishes(ctx)
    .updateTable('wishes.need')
    .set(columns)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  await writeNeedStep(ctx, changed, row, note)
  if ((moved && concernsProjects(row.state, to.state)) || changed.careful !== row.careful)
    await ctx.later('projects.followNeed', { need: row.id }, { ifThere: true })
  return changed
}

const seenTo: readonly NeedState[] = [
  'projectDesigned',
  'matched',
  'assigned',
  'inService',
  'suspended',
  'delivered',
  'disputed',
]

/** A project that keeps a place for it, or has it on its list, and an order for it hear when somebody sees to it, again, or no longer. */
const concernsProjects = (from: NeedState, to: NeedState): boolean =>
  isNeedClosed(to) ||
  to === 'claimed' ||
  from === 'projectDesigned' ||
  from === 'disputed' ||
  seenTo.includes(from) !== seenTo.includes(to)

export async function writeNeedStep(ctx: Ctx, row: NeedRow, from: NeedStand | null, note: NeedNote): Promise<void> {
  const id = newId(ctx.now.getTime())
  const { code, ...of } = note.said ?? { code: null }
  await wishes(ctx)
    .insertInto('wishes.need_step')
    .values({
      district: ctx.district,
      id,
      need_id: row.id,
      turn: row.version,
      division: row.division,
      careful: row.careful,
      minor_until: row.minor_until,
      minor_household: row.minor_until === null ? null : row.household_id,
      step: note.step,
      from_state: from?.state ?? null,
      to_state: row.state,
      from_level: from?.level ?? null,
      to_level: row.level,
      at: ctx.now,
      on_day: ctx.today,
      by_id: ctx.actor.account,
      by_name: note.by ?? ctx.actor.name,
      by_role: ctx.actor.role,
      sealed_note: note.note === undefined ? null : ctx.crypto.seal(sealedNeedNote, id, note.note),
      origin_id: note.origin ?? null,
      said: code,
      said_of: code === null ? null : of,
    })
    .execute()
  await noteOnTrack(ctx, row, from, note)
  await sayNeed(ctx, row, note.step)
}

/** How it stood before its newest step to where it is. */
export async function stoodBefore(ctx: Ctx, row: NeedRow): Promise<NeedStand | undefined> {
  const step = await wishes(ctx)
    .selectFrom('wishes.need_step')
    .select(['from_state', 'from_level'])
    .where('district', '=', ctx.district)
    .where('need_id', '=', row.id)
    .where('to_state', '=', row.state)
    .where('from_state', '<>', row.state)
    .orderBy('turn', 'desc')
    .executeTakeFirst()
  return step?.from_state && step.from_level ? { ...row, state: step.from_state, level: step.from_level } : undefined
}

const rolesOf = {
  village: ['guide', 'villageGroup'],
  township: ['townshipClerk'],
  district: ['districtOfficer', 'operator'],
} as const satisfies Record<Level, unknown>

/** The village, which knows the family; whoever holds it now or held it until now; what is urgent and nobody has opened, or only now, all three. */
export async function tellNeed(ctx: Ctx, row: NeedRow, before: Level, name = 'wishes.needMoved'): Promise<void> {
  const levels: Level[] =
    row.urgent && (row.state === 'submitted' || name === 'wishes.urgentNeed')
      ? ['village', 'township', 'district']
      : [...new Set<Level>(['village', row.level, before])]
  const roles = levels.flatMap(
    (level): readonly ('guide' | 'villageGroup' | 'townshipClerk' | 'districtOfficer' | 'operator')[] => rolesOf[level],
  )
  const isChild = isAboutChild(ctx, row)
  const open =
    row.careful || isChild ? roles.filter(role => role === 'townshipClerk' || role === 'districtOfficer') : roles
  if (open.length > 0) ctx.tell({ name, to: { roles: open, division: row.division }, id: row.id })
  if (!isChild || row.careful || !levels.includes('village')) return
  for (const account of await readersInVillage(ctx, row)) ctx.tell({ name, to: { account }, id: row.id })
}
