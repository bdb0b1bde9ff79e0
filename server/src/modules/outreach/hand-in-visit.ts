import {
  conflictsOf,
  type Day,
  type Duty,
  fieldOf,
  fieldsOf,
  type FieldValue,
  type Id,
  newId,
  Refusal,
  type Words,
} from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { closedIn, recordFacts } from '../registry/index.ts'
import { noteVisit } from '../track/index.ts'
import { wordsOf } from './check-field.ts'
import { recordDuty } from './duties.ts'
import { type KeptEdit, personOf } from './kept-sheet.ts'
import { outreach } from './kept-case.ts'
import type { TaskRow, VisitRow } from './tables.ts'
import { mayTaskStep, taskStateWords, taskTransitionOf, visitKindWords } from './task.ts'
import { fieldKey, type Result, resultWords, type Risk, riskWords, visitForms } from './visit-forms.ts'

export type Handed =
  | { readonly state: 'done' | 'conflict'; readonly words?: Words }
  | { readonly state: 'refused'; readonly words: Words }

const refused = (zh: string, en: string): Handed => ({ state: 'refused', words: { zh, en } })
export const sealedFinding = 'outreach.finding.note'

/**
 * Hands a sheet in: what was confirmed becomes verified facts, what was found a finding, and the task is done. Nobody met
 * means that somebody goes again. Fields that are not settled hold it up.
 */
export async function handInVisit(
  ctx: Ctx,
  task: TaskRow,
  visit: VisitRow,
  edits: readonly KeptEdit[],
  on: Day,
): Promise<Handed> {
  if (visit.submitted_at)
    return visit.submitted_by === ctx.actor.account
      ? { state: 'done' }
      : refused(
          `${visit.submitted_name ?? ''}已经交了这次走访。您写的附在后面，镇里会看。`,
          `${visit.submitted_name ?? ''} has handed this visit in. What you wrote is attached for the township.`,
        )
  const transition = taskTransitionOf('visit', task.state)
  if (!transition) {
    const { zh, en } = taskStateWords[task.state]
    return refused(
      `这次走访现在是“${zh}”，不用再交。您写的留着。`,
      `This visit is “${en}”; nothing needs handing in. What you wrote is kept.`,
    )
  }
  if (!mayTaskStep(transition, task, ctx.actor))
    return refused('这次走访现在归镇里，请和镇里说一声。', 'This visit is with the township now; please speak to them.')
  if (on > ctx.today)
    return refused('走访的日期还没到，请改成去的那一天。', 'That day has not come. Please give the day you went.')
  const torn = conflictsOf(edits)
  const closed = torn.length > 0 ? await closedIn(ctx, [visit.household_id]) : new Set<Id>()
  if (torn.some(field => !closed.has(personOf(field) as Id))) return { state: 'conflict' }
  if (torn.length > 0)
    return refused(
      '同事写孩子的情况有两种说法，要能看孩子记录的人先定好，再交。您写的留着。',
      'Colleagues wrote two things about a child. Somebody who may see the child’s record has to settle it first; what you wrote is kept.',
    )
  const values = new Map<string, FieldValue>()
  for (const field of fieldsOf(edits)) {
    const state = fieldOf(edits, field)
    if (state.kind === 'value' && state.value !== null) values.set(field, state.value)
  }
  const [result, risk] = [values.get('result') as Result | undefined, values.get('risk') as Risk | undefined]
  if (!result)
    return refused('还没有选“走访结果”，选好再交。', 'Please choose what the visit came to, then hand in again.')
  if (!risk && result !== 'nobodyHome')
    return refused('还没有选“有没有风险”，选好再交。', 'Please say whether there is a risk, then hand in again.')
  const wrong = await verify(ctx, visit, values, on)
  if (wrong) return { state: 'refused', words: wrong }
  const finding = await writeFinding(ctx, task, visit, values, { result, risk: risk ?? 'none', on })
  await close(ctx, task, visit, on, result === 'nobodyHome')
  if (result !== 'nobodyHome') await recordDuties(ctx, task, values, on)
  if (task.origin_kind === 'alert' && result !== 'nobodyHome')
    await ctx.later('alerts.found', { alert: task.origin_id, task: task.id, finding }, { key: finding })
  if (values.has('needs')) await ctx.later('wishes.hear', { finding }, { ifThere: true })
  if (risk === 'urgent')
    ctx.tell({ name: 'outreach.foundUrgent', to: { roles: ['townshipClerk'], division: task.village }, id: task.id })
  ctx.tell({
    name: 'outreach.visited',
    to: { roles: ['townshipClerk'], division: task.village },
    id: task.id,
  })
  return { state: 'done' }
}

/** @returns what a fact was refused for */
async function verify(
  ctx: Ctx,
  visit: VisitRow,
  values: ReadonlyMap<string, FieldValue>,
  on: Day,
): Promise<Words | undefined> {
  const form = visitForms[visit.form]
  const household: Record<string, unknown> = {}
  const persons = new Map<string, Record<string, unknown>>()
  for (const [field, value] of values) {
    const key = fieldKey(form, field)
    if (key?.kind === 'household') household[key.fact] = value
    if (key?.kind === 'person') persons.set(key.person, { ...persons.get(key.person), [key.fact]: value })
  }
  if (Object.keys(household).length === 0 && persons.size === 0) return undefined
  try {
    await recordFacts(ctx, visit.household_id, {
      source: 'verified',
      origin: '入户核查',
      asOf: on,
      household,
      persons: [...persons].map(([id, facts]) => ({ id: id as Id, facts })),
    })
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return wordsOf(error)
    throw error
  }
}

async function writeFinding(
  ctx: Ctx,
  task: TaskRow,
  visit: VisitRow,
  values: ReadonlyMap<string, FieldValue>,
  { result, risk, on }: { readonly result: Result; readonly risk: Risk; readonly on: Day },
): Promise<Id> {
  const id = newId(ctx.now.getTime())
  const note = values.get('note')
  await outreach(ctx)
    .insertInto('outreach.finding')
    .values({
      district: ctx.district,
      id,
      visit_id: visit.id,
      task_id: task.id,
      household_id: visit.household_id,
      person_id: task.person_id,
      division: visit.division,
      careful: visit.careful,
      result,
      risk,
      needs: (values.get('needs') ?? []) as string[],
      next_on: (values.get('nextOn') ?? null) as Day | null,
      sealed_note: typeof note === 'string' && note !== '' ? ctx.crypto.seal(sealedFinding, id, note) : null,
      found_on: on,
      found_at: ctx.now,
      found_by: ctx.actor.account,
      found_name: ctx.actor.name,
    })
    .execute()
  const photos = await photosOf(ctx, visit.id)
  const nextOn = (values.get('nextOn') ?? undefined) as Day | undefined
  await noteVisit(ctx, {
    household: visit.household_id,
    division: visit.division,
    person: task.person_id,
    source: { kind: 'visit', id: task.id },
    careful: visit.careful,
    forHandlers: true,
    on,
    fields: {
      words:
        result === 'nobodyHome' ? { zh: '上门没遇到人', en: 'went, met nobody' } : { zh: '上门走访', en: 'visited' },
      visit: visitKindWords[visit.form],
      result: resultWords[result],
      risk: riskWords[risk],
      ...(photos > 0 ? { photos } : {}),
      ...(nextOn ? { nextOn } : {}),
    },
  })
  return id
}

async function photosOf(ctx: Ctx, visit: Id): Promise<number> {
  const { n } = await outreach(ctx)
    .selectFrom('outreach.attachment')
    .select(eb => eb.fn.countAll<string>().as('n'))
    .where('district', '=', ctx.district)
    .where('visit_id', '=', visit)
    .where('kind', '=', 'photo')
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** What was ticked at the door, and what the visit was made for. */
async function recordDuties(ctx: Ctx, task: TaskRow, values: ReadonlyMap<string, FieldValue>, on: Day): Promise<void> {
  const ticked = (values.get('duties') ?? []) as Duty[]
  for (const kind of new Set([...(task.duty ? [task.duty] : []), ...ticked]))
    await recordDuty(ctx, {
      kind,
      household: task.household_id,
      division: task.division,
      careful: task.careful,
      origin: { kind: 'visit', id: task.id },
      begunOn: on,
      doneOn: on,
    })
}

async function close(ctx: Ctx, task: TaskRow, visit: VisitRow, on: Day, again: boolean): Promise<void> {
  await outreach(ctx)
    .updateTable('outreach.visit')
    .set({
      visited_on: on,
      submitted_at: ctx.now,
      submitted_by: ctx.actor.account,
      submitted_name: ctx.actor.name,
    })
    .where('district', '=', ctx.district)
    .where('id', '=', visit.id)
    .execute()
  await outreach(ctx)
    .updateTable('outreach.task')
    .set({
      version: task.version + 1,
      changed_at: ctx.now,
      holder_id: ctx.actor.account,
      holder_name: ctx.actor.name,
      ...(again
        ? { state: 'taken' as const, due_on: ctx.calendar.addWorkingDays(ctx.today, 1), late_told_on: null }
        : { state: 'done' as const, closed_at: ctx.now }),
    })
    .where('district', '=', ctx.district)
    .where('id', '=', task.id)
    .execute()
}
