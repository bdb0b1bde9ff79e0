import { type Edit, type EditId, editId, type Id, knowsAll, takeEdits, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { asWhole, closedIn } from '../registry/index.ts'
import { faultOf } from './check-field.ts'
import { dayTasks, describeDay } from './day-list.ts'
import { useDevice } from './devices.ts'
import { formsInWords, needsKnown } from './form-words.ts'
import { handInVisit } from './hand-in-visit.ts'
import { outreach } from './kept-case.ts'
import { editsOf, keepEdits, type KeptEdit, standing, withoutClosed } from './kept-sheet.ts'
import { raiseAlarm } from './raise-alarm.ts'
import type { TaskRow, VisitRow } from './tables.ts'
import { visitForms } from './visit-forms.ts'
import type { visitsContract } from './visits-contract.ts'

type Input = InputOf<(typeof visitsContract)['POST /sync']>
type Answer = AnswerOf<(typeof visitsContract)['POST /sync']>
type Row = Answer['rows'][number]

const outOfReach: Words = {
  zh: '这次走访不在您手上了，没有收下。要补记请联系镇里；您写的还在手机上。',
  en: 'This visit is not with you any more and the row was not taken. To add it, call the township; what you wrote is still on the phone.',
}
const alarmOutOfReach: Words = {
  zh: '没有送到镇里：这一户不在您现在的片区。请马上打电话告诉镇里。',
  en: 'It did not reach the township: this family is not in your present area. Call the township at once.',
}
const overUnseen: Words = {
  zh: '这一项是在一份没见过的记录上改的，没有收下。请再写一次。',
  en: 'This was written over something that is not known here, and was not taken. Please write it again.',
}
const attached = (by: string): Words => ({
  zh: `这次走访已由${by}交上；您写的附在后面，镇里会看。`,
  en: `This visit was handed in by ${by} before; what you wrote is attached for the township.`,
})

/**
 * Takes in what a telephone wrote without a network. Each row is answered for itself: kept, kept beside somebody else's
 * (conflict), refused with a reason, or to be numbered anew. Then sheets are handed in, and the day is answered.
 */
export async function sync(ctx: Ctx, { body }: Input): Promise<Answer> {
  await useDevice(ctx, body.device)
  const touched = [...new Set([...body.edits, ...body.hand, ...body.alarms].map(row => row.visit))].toSorted()
  const visits = new Map((await lockVisits(ctx, touched)).map(v => [v.id, v]))
  const tasks = new Map((await tasksFor(ctx, [...visits.values()])).map(t => [t.id, t]))
  // What is told back leaves out children whose record is closed; what is counted and merged does not.
  const written = new Map(await asWhole(ctx, () => editsOf(ctx, [...visits.keys()])))

  const before = new Map([...visits.values()].map(v => [v.id, v.edits]))
  const rows = await takeRows(ctx, body, visits, written)
  const alarms: Answer['alarms'] = []
  for (const alarm of body.alarms) {
    const visit = visits.get(alarm.visit)
    const task = visit && tasks.get(visit.task_id)
    if (task) await raiseAlarm(ctx, task, alarm)
    alarms.push({ id: alarm.id, ...(task ? { state: 'raised' } : { state: 'refused', words: alarmOutOfReach }) })
  }
  const handed: Answer['handed'] = []
  for (const { visit: id, on } of body.hand) {
    const visit = visits.get(id)
    const task = visit && tasks.get(visit.task_id)
    const result = task
      ? await handInVisit(ctx, task, visit, written.get(id) ?? [], on)
      : { state: 'refused' as const, words: outOfReach }
    handed.push({ visit: id, ...result })
  }

  const today = await dayTasks(ctx, body.also)
  const described = await describeDay(ctx, today)
  const forms = await formsInWords(ctx)
  return {
    rows,
    handed,
    alarms,
    lastCounter: await asWhole(ctx, () => lastCounterOf(ctx, body.device)),
    tasks: described,
    sheets: await sheetsOf(ctx, [...new Set([...described.map(t => t.visit), ...visits.keys()])], body.seen, before),
    forms: forms.version === body.forms ? null : forms,
    today: ctx.today,
  }
}

/** In the order of their ids, so that two telephones never wait for each other. */
const lockVisits = async (ctx: Ctx, ids: readonly Id[]): Promise<VisitRow[]> =>
  ids.length === 0
    ? []
    : await outreach(ctx)
        .selectFrom('outreach.visit')
        .selectAll()
        .where('district', '=', ctx.district)
        .where('id', 'in', ids)
        .orderBy('id')
        .forUpdate()
        .execute()

const tasksFor = async (ctx: Ctx, visits: readonly VisitRow[]): Promise<TaskRow[]> =>
  visits.length === 0
    ? []
    : await outreach(ctx)
        .selectFrom('outreach.task')
        .selectAll()
        .where('district', '=', ctx.district)
        .where(
          'id',
          'in',
          visits.map(v => v.task_id),
        )
        .orderBy('id')
        .forUpdate()
        .execute()

async function takeRows(
  ctx: Ctx,
  body: Input['body'],
  visits: ReadonlyMap<Id, VisitRow>,
  written: Map<Id, readonly KeptEdit[]>,
): Promise<Row[]> {
  const needs = await needsKnown(ctx)
  const sheetOfNumber = await asWhole(ctx, () => sheetsByNumber(ctx, body))
  const again = new Set<EditId>()
  const rows: Row[] = []
  for (const [id, sent] of Map.groupBy(body.edits, e => e.visit)) {
    const visit = visits.get(id)
    const before = written.get(id) ?? []
    const known = new Set(before.map(e => e.id))
    const right: KeptEdit[] = []
    for (const edit of sent.toSorted((a, b) => a.counter - b.counter)) {
      const kept = keptOf(ctx, body.device, edit)
      // A telephone that went back to an older copy of itself gave the number to another sheet before.
      if ((sheetOfNumber.get(kept.id) ?? id) !== id || edit.base.some(over => again.has(over))) {
        again.add(kept.id)
        rows.push({ id: kept.id, state: 'renumber' })
        continue
      }
      const fault = visit
        ? ((await faultOf(ctx, visitForms[visit.form], edit.field, edit.value, needs)) ??
          // Else what a colleague has yet to send could be written over before it comes, and nobody would see it.
          (edit.base.every(over => known.has(over) || over.startsWith(`${body.device}:`)) ? undefined : overUnseen))
        : outOfReach
      if (fault) rows.push({ id: kept.id, state: 'refused', words: fault })
      else right.push(kept)
    }
    if (!visit || right.length === 0) continue
    ctx.about({ kind: 'household', id: visit.household_id })
    const taken = takeEdits(before, right)
    await keepEdits(
      ctx,
      visit,
      taken.edits.filter(e => !known.has(e.id)),
    )
    written.set(id, taken.edits)
    for (const { id: number } of right) sheetOfNumber.set(number, id)
    const words = visit.submitted_at ? attached(visit.submitted_name ?? '') : undefined
    rows.push(...taken.rows.map(row => ({ ...row, ...(words ? { words } : {}) })))
    if (words)
      ctx.tell({
        name: 'outreach.writtenAfter',
        to: { roles: ['townshipClerk'], division: visit.division },
        id: visit.id,
      })
  }
  return rows
}

/** In which sheet each number of this telephone stands already. */
async function sheetsByNumber(ctx: Ctx, { device, edits }: Input['body']): Promise<Map<EditId, Id>> {
  if (edits.length === 0) return new Map()
  const rows = await outreach(ctx)
    .selectFrom('outreach.visit_edit')
    .select(['counter', 'visit_id'])
    .where('district', '=', ctx.district)
    .where('device_id', '=', device)
    .where(
      'counter',
      'in',
      edits.map(e => e.counter),
    )
    .execute()
  return new Map(rows.map(row => [editId(device, row.counter), row.visit_id]))
}

const keptOf = (ctx: Ctx, device: Id, e: Input['body']['edits'][number]): KeptEdit => ({
  id: editId(device, e.counter),
  field: e.field,
  base: e.base,
  value: e.value as Edit['value'],
  device,
  counter: e.counter,
  by: ctx.actor.name,
  at: new Date(e.at),
  receivedAt: ctx.now,
})

async function lastCounterOf(ctx: Ctx, device: Id): Promise<number> {
  const row = await outreach(ctx)
    .selectFrom('outreach.visit_edit')
    .select(eb => eb.fn.max('counter').as('last'))
    .where('district', '=', ctx.district)
    .where('device_id', '=', device)
    .executeTakeFirst()
  return row?.last ?? 0
}

/** The sheets of which the telephone has not seen every edit; what it sent itself is not sent back. */
async function sheetsOf(
  ctx: Ctx,
  ids: readonly Id[],
  seen: Readonly<Record<string, number>>,
  before: ReadonlyMap<Id, number>,
): Promise<Answer['sheets']> {
  if (ids.length === 0) return {}
  const visits = await outreach(ctx)
    .selectFrom('outreach.visit')
    .select(['id', 'edits', 'household_id'])
    .where('district', '=', ctx.district)
    .where('id', 'in', ids)
    .execute()
  const news = visits.filter(v => v.edits !== (seen[v.id] ?? 0))
  const isEcho = (v: { readonly id: Id; readonly edits: number }) =>
    knowsAll(before.get(v.id) ?? v.edits, seen[v.id] ?? 0)
  const closed = await closedIn(ctx, [...new Set(news.map(v => v.household_id))])
  const written = await editsOf(
    ctx,
    news.flatMap(v => (isEcho(v) ? [] : [v.id])),
  )
  return Object.fromEntries(
    news.map(v => [
      v.id,
      {
        edits: v.edits,
        heads: isEcho(v)
          ? null
          : standing(withoutClosed(written.get(v.id) ?? [], closed)).map(({ id, field, base, value, by, at }) => ({
              id,
              field,
              base: [...base],
              value: value as never,
              by,
              at: at.toISOString(),
            })),
      },
    ]),
  )
}
