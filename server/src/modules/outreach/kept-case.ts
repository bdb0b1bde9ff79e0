import { type Day, type Id, maskName, newId } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { type AssessedIn, assessedIn, shownScreenings } from '../guidance/index.ts'
import { noteAssessment } from '../track/index.ts'
import {
  type CaseStand,
  clockOf,
  isMain,
  mayStep,
  nextDue,
  officeOf,
  type State,
  stateWords,
  type Step,
  stepsOpen,
  transitionOf,
  type Transition,
} from './case.ts'
import { caseNotFound, changedElsewhere, notYourCase, type outreachContract, stepNotOpen } from './contract.ts'
import type { CaseRow, OutreachTables, StepRow } from './tables.ts'

export const outreach = tablesOf<OutreachTables>()

export const sealedName = 'outreach.case.name'
export const sealedPhone = 'outreach.case.phone'
export const sealedNote = 'outreach.case.note'
export const sealedOutcome = 'outreach.case.outcome_note'
export const sealedStep = 'outreach.step.note'

/** A case in the actor's reach. @throws caseNotFound */
export async function readCase(ctx: Ctx, id: Id, lock = false): Promise<CaseRow> {
  const found = outreach(ctx)
    .selectFrom('outreach.case')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw caseNotFound()
  ctx.about({ kind: 'case', id })
  if (row.household_id) ctx.about({ kind: 'household', id: row.household_id })
  return row
}

export const standOf = (row: CaseRow, shown: ReadonlySet<Id>): CaseStand => ({
  state: row.state,
  holder_id: row.holder_id,
  held_by: row.held_by,
  consent: shown.has(row.screening_id),
})

/**
 * Locks a case for a step of the table.
 * @throws caseNotFound, changedElsewhere, stepNotOpen, notYourCase
 */
export async function lockForStep(
  ctx: Ctx,
  id: Id,
  step: Step,
  expected: number | undefined,
  taken?: (row: CaseRow) => void,
): Promise<{ row: CaseRow; transition: Transition }> {
  const row = await readCase(ctx, id, true)
  const stand = standOf(row, await shownScreenings(ctx, [row.screening_id]))
  const transition = transitionOf(step, row.state)
  if (!transition) {
    taken?.(row)
    const open = stepsOpen(stand, ctx.actor)
    throw stepNotOpen({ state: stateWords[row.state], open: listed(open) })
  }
  if (!mayStep(transition, stand, ctx.actor)) {
    if (row.holder_name !== null && row.holder_id !== ctx.actor.account) throw notYourCase({ by: row.holder_name })
    throw stepNotOpen({ state: stateWords[row.state], open: listed(stepsOpen(stand, ctx.actor)) })
  }
  if (expected !== undefined && expected !== row.version) throw changedElsewhere({ version: row.version })
  return { row, transition }
}

const listed = (open: readonly Transition[]) =>
  open.length > 0
    ? { zh: open.map(t => t.words.zh).join('、'), en: open.map(t => t.words.en).join(', ') }
    : { zh: '没有', en: 'nothing' }

export interface StepNote {
  readonly step: string
  readonly to: State
  readonly on?: Day
  readonly facts?: StepRow['facts']
  readonly note?: string | undefined
}

/** Writes a step and what it changes; the clock of the new state begins today. */
export async function takeStep(ctx: Ctx, row: CaseRow, note: StepNote, set: Partial<CaseRow> = {}): Promise<CaseRow> {
  const changed: CaseRow = {
    ...row,
    state: note.to,
    version: row.version + 1,
    changed_at: ctx.now,
    due_on: note.to === row.state ? row.due_on : nextDue(note.to, ctx.today, ctx.calendar),
    late_told_on: note.to === row.state ? row.late_told_on : null,
    ...set,
  }
  const { district: _district, id: _id, ...columns } = changed
  await outreach(ctx)
    .updateTable('outreach.case')
    .set(columns)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  await writeStep(ctx, changed, row.state, note)
  return changed
}

export async function writeStep(ctx: Ctx, row: CaseRow, from: State | null, note: StepNote): Promise<void> {
  const id = newId(ctx.now.getTime())
  await outreach(ctx)
    .insertInto('outreach.step')
    .values({
      district: ctx.district,
      id,
      case_id: row.id,
      turn: row.version,
      division: row.division,
      account_id: row.account_id,
      step: note.step,
      from_state: from,
      to_state: note.to,
      at: ctx.now,
      done_on: note.on ?? ctx.today,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      office: officeOf(ctx.actor.role),
      facts: note.facts ?? {},
      sealed_note: note.note === undefined ? null : ctx.crypto.seal(sealedStep, id, note.note),
    })
    .execute()
}

type Next = AnswerOf<(typeof outreachContract)['GET /cases/:caseId']>['next']

export const nextOf = (ctx: Ctx, stand: CaseStand): Next =>
  stepsOpen(stand, ctx.actor)
    .map(t => ({ step: t.step, words: t.words, asks: [...t.asks], main: isMain(t, stand.state) }))
    .sort((a, b) => Number(b.main) - Number(a.main))

/** What a step answers: where the case now stands and what can be done next. */
export async function movedTo(ctx: Ctx, row: CaseRow) {
  const stand = standOf(row, await shownScreenings(ctx, [row.screening_id]))
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    clock: clockOf(row.state, row.due_on, ctx.today, ctx.calendar),
    next: nextOf(ctx, stand),
  }
}

/** Tells the family that something moved, and the colleagues who see the case. */
export function tellMoved(ctx: Ctx, row: CaseRow): void {
  ctx.tell({ name: 'outreach.caseMoved', to: { account: row.account_id }, id: row.id })
  ctx.tell({
    name: 'outreach.caseMoved',
    to: { roles: ['guide', 'townshipClerk', 'districtOfficer'], division: row.division },
    id: row.id,
  })
}

/** On the track of a family that is known: what they answered was judged, by which version, to what end, and was taken up. */
export async function noteAccepted(
  ctx: Ctx,
  { id, household_id: household, screening_id, division, careful }: CaseRow,
): Promise<void> {
  if (household === null) return
  const judged = (await shownScreenings(ctx, [screening_id])).has(screening_id)
    ? await assessedIn(ctx, screening_id)
    : undefined
  await noteAssessment(ctx, {
    household,
    division,
    source: { kind: 'case', id },
    careful,
    forHandlers: true,
    fields: {
      words: { zh: '问过、算过、接下来办', en: 'asked, judged, and taken up' },
      consent: { zh: '同意告诉导服员', en: 'agreed that the guide may know' },
      ...(judged && screened(judged)),
    },
  })
}

const screened = ({ on, pool, canApply, almost, notNow, answered, onBehalf }: AssessedIn) => ({
  pool,
  assessed: {
    zh: `能享受什么：${on}智能导服，${onBehalf ? '工作人员代答' : '本人回答'}${answered}题`,
    en: `what they may receive: interview of ${on}, ${answered} questions answered ${onBehalf ? 'for them by staff' : 'by themselves'}`,
  },
  outcome: {
    zh: `可以申请${canApply}项，还差一点${almost}项，现在不合条件${notNow}项`,
    en: `${canApply} can be applied for, ${almost} are close, ${notNow} do not fit now`,
  },
})

export const masked = (name: string): string => maskName(name)
