import { dutyWords, fieldOf, fieldsOf, type Id, isId, maskName, parseDay, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { briefsOf, closedIn, getHousehold, placesOf } from '../registry/index.ts'
import { whyOf } from './day-list.ts'
import { daysLeft } from '../../platform/days-left.ts'
import { formsInWords, type FormsView } from './form-words.ts'
import { outreach } from './kept-case.ts'
import { editsOf, type KeptEdit, withoutClosed } from './kept-sheet.ts'
import { sealedReason } from './move-task.ts'
import type { TaskRow } from './tables.ts'
import { taskStateWords, taskStepsOpen, visitKindWords } from './task.ts'
import { fieldKey, visitForms } from './visit-forms.ts'
import { taskNotFound, type visitsContract } from './visits-contract.ts'

type Input<K extends keyof typeof visitsContract> = InputOf<(typeof visitsContract)[K]>
type Line = AnswerOf<(typeof visitsContract)['GET /tasks']>['items'][number]
type Whole = AnswerOf<(typeof visitsContract)['GET /tasks/:taskId']>
type Written = Whole['visits'][number]['fields'][number]

export async function listTasks(ctx: Ctx, { query }: Input<'GET /tasks'>) {
  let found = outreach(ctx)
    .selectFrom('outreach.task')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('division', '>=', ctx.actor.scope ?? ':')
    .where('division', '<', `${ctx.actor.scope ?? ''}:`)
    .where('closed_at', query.state === 'open' ? 'is' : 'is not', null)
  if (query.mine === 'true') found = found.where('holder_id', '=', ctx.actor.account)
  if (query.household !== undefined) found = found.where('household_id', '=', query.household)
  if (query.division !== undefined)
    found = found.where('village', '>=', query.division).where('village', '<', `${query.division}:`)
  if (query.after !== undefined) {
    const [on = '', id = ''] = query.after.split('_')
    if (!isId(id) || !parseDay(on)) throw notUnderstood()
    found = found.where(sql<boolean>`(due_on, id) > (${on}::date, ${id}::uuid)`)
  }
  const rows = await found
    .orderBy('due_on')
    .orderBy('id')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await linesOf(ctx, page),
    next: rows.length > query.limit && last ? `${last.due_on}_${last.id}` : null,
  }
}

async function linesOf(ctx: Ctx, rows: readonly TaskRow[]): Promise<Line[]> {
  const briefs = await briefsOf(ctx, [...new Set(rows.map(r => r.household_id))])
  const places = await placesOf(ctx)
  return rows.map(row => {
    const place = places.get(row.village)
    return {
      id: row.id,
      kind: row.kind,
      kindWords: visitKindWords[row.kind],
      dutyWords: row.duty && dutyWords[row.duty],
      household: row.household_id,
      name: maskName(briefs.get(row.household_id)?.headName ?? ''),
      place: place ? `${place.township}${place.name}` : row.village,
      level: row.level,
      origin: row.origin_kind,
      state: row.state,
      stateWords: taskStateWords[row.state],
      careful: row.careful,
      holder: row.holder_name,
      mine: row.holder_id === ctx.actor.account,
      dueOn: row.due_on,
      daysLeft: daysLeft(ctx, row.due_on),
      version: row.version,
    }
  })
}

export async function getTask(ctx: Ctx, { params }: Input<'GET /tasks/:taskId'>): Promise<Whole> {
  const row = await outreach(ctx)
    .selectFrom('outreach.task')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', params.taskId)
    .executeTakeFirst()
  if (!row) throw taskNotFound()
  ctx.about({ kind: 'household', id: row.household_id })
  const household = await getHousehold(ctx, row.household_id)
  const [line] = await linesOf(ctx, [row])
  return {
    ...(line as Line),
    fullName: household.headName,
    why: whyOf(ctx, row),
    reason: row.sealed_reason ? readSealed(ctx, sealedReason, row.id, row.sealed_reason) : null,
    next: taskStepsOpen(row, ctx.actor).map(t => ({ step: t.step, words: t.words, asksReason: t.asksReason })),
    visits: await visitsOf(ctx, row),
  }
}

async function visitsOf(ctx: Ctx, task: TaskRow): Promise<Whole['visits']> {
  const visits = await outreach(ctx)
    .selectFrom('outreach.visit')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('task_id', '=', task.id)
    .orderBy('id', 'desc')
    .execute()
  const ids = visits.map(v => v.id)
  const closed = await closedIn(ctx, [task.household_id])
  const written = await editsOf(ctx, ids)
  const attachments =
    ids.length === 0
      ? []
      : await outreach(ctx)
          .selectFrom('outreach.attachment')
          .select(['id', 'visit_id', 'kind', 'type', 'taken_at'])
          .where('district', '=', ctx.district)
          .where('visit_id', 'in', ids)
          .orderBy('id')
          .execute()
  const names = (await briefsOf(ctx, [task.household_id])).get(task.household_id)?.names ?? new Map<Id, string>()
  const { all } = await formsInWords(ctx)
  return visits.map(v => {
    const form = all.find(f => f.kind === v.form) as FormsView['all'][number]
    const edits = withoutClosed(written.get(v.id) ?? [], closed)
    return {
      id: v.id,
      on: v.visited_on,
      by: v.submitted_name,
      submittedAt: v.submitted_at?.toISOString() ?? null,
      fields: fieldsOf(edits).flatMap(field => writtenIn(form, edits, field, names, v.submitted_at)),
      attachments: attachments
        .filter(a => a.visit_id === v.id)
        .map(a => ({ id: a.id, kind: a.kind, type: a.type, at: a.taken_at.toISOString() })),
    }
  })
}

const ownWords: Readonly<Record<string, Words>> = {
  result: { zh: '走访结果', en: 'What it came to' },
  risk: { zh: '有没有风险', en: 'Risk' },
  needs: { zh: '需要什么', en: 'Needs' },
  duties: { zh: '这次做了什么工作', en: 'Which duties' },
  nextOn: { zh: '下次什么时候去', en: 'Next visit' },
  note: { zh: '看到的、听到的', en: 'Seen and heard' },
  place: { zh: '位置', en: 'Place' },
  metWho: { zh: '见到了谁', en: 'Whom I met' },
}

type Option = FormsView['all'][number]['results'][number]

function writtenIn(
  form: FormsView['all'][number],
  edits: readonly KeptEdit[],
  field: string,
  names: ReadonlyMap<Id, string>,
  submittedAt: Date | null,
): Written[] {
  const key = fieldKey(visitForms[form.kind], field)
  const state = fieldOf(edits, field)
  if (!key || state.kind === 'empty') return []
  const fact =
    key.kind === 'household'
      ? form.household.find(f => f.fact === key.fact)
      : key.kind === 'person'
        ? form.person.find(f => f.fact === key.fact)
        : undefined
  const words =
    fact?.words ?? (key.kind === 'ask' ? key.ask.words : key.kind === 'own' ? ownWords[key.name] : undefined)
  const options: readonly Option[] =
    fact?.options ??
    (key.kind === 'ask'
      ? (form.asks.find(a => a.id === key.ask.id)?.options ?? [])
      : ({ result: form.results, risk: form.risks, needs: form.needs, duties: form.duties }[field as 'result'] ?? []))
  const sides = state.kind === 'conflict' ? state.sides : state.heads.slice(0, 1)
  return [
    {
      field,
      words: words ?? { zh: field, en: field },
      about: key.kind === 'person' ? (names.get(key.person as Id) ?? null) : null,
      values: sides.map(s => ({ said: saidOf(s.value, options), by: s.by, at: s.at.toISOString() })),
      after: submittedAt !== null && state.heads.some(h => h.receivedAt > submittedAt),
    },
  ]
}

function saidOf(value: unknown, options: readonly Option[]): Words {
  if (Array.isArray(value)) {
    const each = value.map(v => saidOf(v, options))
    return { zh: each.map(w => w.zh).join('、'), en: each.map(w => w.en).join(', ') }
  }
  const option = options.find(o => o.value === value)
  if (option) return option.words
  if (value === null) return { zh: '（空）', en: '(empty)' }
  const plain = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
  return { zh: plain, en: plain }
}
