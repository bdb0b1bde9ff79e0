import { type Edit, editId, type Id, takeEdits, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { faultOf } from './check-field.ts'
import { dayTasks, describeDay } from './day-list.ts'
import { useDevice } from './devices.ts'
import { formsInWords, needsKnown } from './form-words.ts'
import { handInVisit } from './hand-in-visit.ts'
import { outreach } from './kept-case.ts'
import { editsOf, keepEdits, type KeptEdit, standing } from './kept-sheet.ts'
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
  const written = new Map(await editsOf(ctx, [...visits.keys()]))

  const rows = await takeRows(ctx, body, visits, written)
  for (const alarm of body.alarms) {
    const visit = visits.get(alarm.visit)
    const task = visit && tasks.get(visit.task_id)
    if (task) await raiseAlarm(ctx, task, alarm)
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
    lastCounter: await lastCounterOf(ctx, body.device),
    tasks: described,
    sheets: await sheetsOf(ctx, [...new Set([...described.map(t => t.visit), ...visits.keys()])], body.seen),
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
  const rows: Row[] = []
  for (const [id, sent] of Map.groupBy(body.edits, e => e.visit)) {
    const visit = visits.get(id)
    const right: KeptEdit[] = []
    for (const edit of sent.toSorted((a, b) => a.counter - b.counter)) {
      const fault = visit ? await faultOf(ctx, visitForms[visit.form], edit.field, edit.value, needs) : outOfReach
      if (fault) rows.push({ id: editId(body.device, edit.counter), state: 'refused', words: fault })
      else right.push(keptOf(ctx, body.device, edit))
    }
    if (!visit || right.length === 0) continue
    ctx.about({ kind: 'household', id: visit.household_id })
    const before = written.get(id) ?? []
    const taken = takeEdits(before, right)
    const known = new Set(before.map(e => e.id))
    await keepEdits(
      ctx,
      visit,
      taken.edits.filter(e => !known.has(e.id)),
    )
    written.set(id, taken.edits)
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

/** The sheets of which the telephone has not seen every edit. */
async function sheetsOf(
  ctx: Ctx,
  ids: readonly Id[],
  seen: Readonly<Record<string, number>>,
): Promise<Answer['sheets']> {
  if (ids.length === 0) return {}
  const visits = await outreach(ctx)
    .selectFrom('outreach.visit')
    .select(['id', 'edits'])
    .where('district', '=', ctx.district)
    .where('id', 'in', ids)
    .execute()
  const news = visits.filter(v => v.edits !== (seen[v.id] ?? 0))
  const written = await editsOf(
    ctx,
    news.map(v => v.id),
  )
  return Object.fromEntries(
    news.map(v => [
      v.id,
      {
        edits: v.edits,
        heads: standing(written.get(v.id) ?? []).map(({ id, field, base, value, by, at }) => ({
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
