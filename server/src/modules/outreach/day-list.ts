import { completedYears, type Day, dutyWords, type Id, type Words } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { cannotBeOpened, readSealed, readSealedJson } from '../../platform/open-sealed.ts'
import { briefsOf, factsOfMany, type KnownFact, type OpenFact, placesOf, whatIsOpenIn } from '../registry/index.ts'
import { sealedFinding } from './hand-in-visit.ts'
import { outreach } from './kept-case.ts'
import { openVisit, sealedWhy } from './open-task.ts'
import { notesFor } from './protected-notes.ts'
import type { FindingRow, TaskRow, VisitRow } from './tables.ts'
import { resultWords, visitForms } from './visit-forms.ts'
import type { visitsContract } from './visits-contract.ts'

type DayTask = AnswerOf<(typeof visitsContract)['POST /sync']>['tasks'][number]

/** So much fits in a day and on a telephone that may be lost. */
const most = 60
const mostToFind = 6

/**
 * Tasks of today of who asks: given to them or to nobody yet, and due by today or taken. The most urgent first.
 * @param also tasks of colleagues that are filled in together
 */
export async function dayTasks(ctx: Ctx, also: readonly Id[] = []): Promise<TaskRow[]> {
  const urgency = sql`array_position(array['red', 'orange', 'yellow', 'blue'], coalesce(level, 'blue'))`
  return await outreach(ctx)
    .selectFrom('outreach.task')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .where('division', '>=', ctx.actor.scope ?? ':')
    .where('division', '<', `${ctx.actor.scope ?? ''}:`)
    .where(eb =>
      eb.or([
        eb('id', '=', sql<Id>`any(${also}::uuid[])`),
        eb.and([
          eb.or([
            eb.and([
              eb('held_by', '=', ctx.actor.role === 'guide' ? 'village' : 'township'),
              eb.or([eb('holder_id', '=', ctx.actor.account), eb('holder_id', 'is', null)]),
            ]),
            // A clerk who goes for a guide has it on the telephone, whoever it was given to first.
            ...(ctx.actor.role === 'guide' ? [] : [eb('holder_id', '=', ctx.actor.account)]),
          ]),
          eb.or([
            eb('due_on', '<=', ctx.today),
            eb('level', '=', 'red'),
            eb.and([eb('state', '=', 'taken'), eb('holder_id', '=', ctx.actor.account)]),
          ]),
        ]),
      ]),
    )
    .orderBy(urgency)
    .orderBy('due_on')
    .orderBy('id')
    .limit(most)
    .execute()
}

/** The open sheet of each task; a task that was asked for again gets a new one. */
export async function openVisits(ctx: Ctx, tasks: readonly TaskRow[]): Promise<ReadonlyMap<Id, VisitRow>> {
  if (tasks.length === 0) return new Map()
  const find = () =>
    outreach(ctx)
      .selectFrom('outreach.visit')
      .selectAll()
      .where('district', '=', ctx.district)
      .where(
        'task_id',
        'in',
        tasks.map(t => t.id),
      )
      .where('submitted_at', 'is', null)
      .execute()
  const before = new Set((await find()).map(v => v.task_id))
  for (const task of tasks) if (!before.has(task.id)) await openVisit(ctx, task)
  return new Map((await find()).map(v => [v.task_id, v]))
}

/** The tasks of today as a telephone keeps them: what has to be known at the door and nothing else. */
export async function describeDay(ctx: Ctx, tasks: readonly TaskRow[]): Promise<DayTask[]> {
  const visits = await openVisits(ctx, tasks)
  const ids = [...new Set(tasks.map(t => t.household_id))]
  const known = new Map((await factsOfMany(ctx, ids)).map(h => [h.id, h]))
  const briefs = await briefsOf(ctx, ids)
  const places = await placesOf(ctx)
  const last = await lastFindings(ctx, ids)
  const notes = await notesFor(ctx, ids)
  const unknown = await whatIsOpenIn(ctx, ids)
  return tasks.flatMap(task => {
    const [visit, household, brief] = [visits.get(task.id), known.get(task.household_id), briefs.get(task.household_id)]
    // One whose household was merged or moved away in between is not shown, and stays on the desk.
    if (!visit || !household || !brief) return []
    ctx.about({ kind: 'household', id: household.id })
    const form = visitForms[task.kind]
    const place = places.get(household.division)
    return [
      {
        id: task.id,
        visit: visit.id,
        kind: task.kind,
        dutyWords: task.duty && dutyWords[task.duty],
        household: household.id,
        headName: household.members.find(m => m.id === brief.headId && m.closed)?.name ?? brief.headName,
        place: place ? `${place.township}${place.name}` : household.division,
        level: task.level,
        dueOn: task.due_on,
        late: task.due_on < ctx.today,
        why: whyOf(ctx, task),
        circle: Math.min(...household.members.map(m => m.circle ?? 9)) % 9 || null,
        facts: pick(household.known, form.householdFacts),
        /** Not here: the telephone keeps nothing of a child whose record is closed to its owner. */
        children: household.members.filter(m => m.closed).length,
        toFind: toFindOf(unknown.get(household.id) ?? []),
        members: household.members
          .filter(m => !m.closed)
          .map(m => {
            const age = m.birthDate ? completedYears(m.birthDate, ctx.today) : null
            return {
              id: m.id,
              name: m.name,
              age,
              relation: m.relation,
              facts: pick(
                m.facts,
                form.personFacts.filter(f => age !== null && age >= f.from && age <= f.to).map(f => f.fact),
              ),
            }
          }),
        last: lastOf(ctx, last.get(household.id)),
        notes: notes.get(household.id) ?? [],
      },
    ]
  })
}

/** The first of what keeps them in their circle, and that there is something more where it is not for who asks. */
function toFindOf(facts: readonly OpenFact[]): Words[] {
  const barring = facts.filter(fact => fact.bars)
  const named = barring.filter(fact => fact.ask !== null).slice(0, mostToFind)
  return [...named, ...barring.filter(fact => fact.ask === null)].map(fact => fact.words)
}

export const whyOf = (ctx: Ctx, task: TaskRow): Words | null =>
  task.sealed_why
    ? readSealedJson<Words>(ctx, sealedWhy, task.id, task.sealed_why, { zh: cannotBeOpened, en: cannotBeOpened })
    : null

type Json = DayTask['facts'][string]
const pick = (known: Readonly<Record<string, KnownFact>>, names: readonly string[]): Record<string, Json> =>
  Object.fromEntries(names.flatMap(name => (known[name] ? [[name, known[name].value as Json]] : [])))

async function lastFindings(ctx: Ctx, households: readonly Id[]): Promise<ReadonlyMap<Id, FindingRow>> {
  if (households.length === 0) return new Map()
  const rows = await outreach(ctx)
    .selectFrom('outreach.finding')
    .distinctOn('household_id')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', 'in', households)
    .orderBy('household_id')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map(r => [r.household_id, r]))
}

const lastOf = (ctx: Ctx, row: FindingRow | undefined): DayTask['last'] =>
  row
    ? {
        on: row.found_on satisfies Day,
        by: row.found_name,
        result: resultWords[row.result],
        note: row.sealed_note ? readSealed(ctx, sealedFinding, row.id, row.sealed_note) : null,
      }
    : null
