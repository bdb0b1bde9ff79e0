import type { Id, Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { createHash } from 'node:crypto'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { briefsOf } from '../registry/index.ts'
import { scrubbed } from '../wishes/index.ts'
import { cardTells, cardUnread, noCard, projectChanged, type projectsContract } from './contract.ts'
import { projects, readProject } from './kept-project.ts'
import type { CardRow, ProjectRow } from './tables.ts'

type Input<K extends keyof typeof projectsContract> = InputOf<(typeof projectsContract)[K]>
type Answer = AnswerOf<(typeof projectsContract)['GET /projects/:projectId/card']>

const texts = ['name', 'whatIsDone', 'forWhom', 'limits'] as const
type Texts = Readonly<Record<(typeof texts)[number], string>>

const charterTexts = (row: ProjectRow): Texts => ({
  name: row.name,
  whatIsDone: row.what_is_done,
  forWhom: row.for_whom,
  limits: row.limits,
})
const cardTexts = (row: CardRow): Texts => ({
  name: row.name,
  whatIsDone: row.what_is_done,
  forWhom: row.for_whom,
  limits: row.limits,
})
/** Who carries it, where that is on no list: words that somebody wrote, too. */
const typedName = (row: ProjectRow): string => (row.organisation_id === null ? (row.organisation_name ?? '') : '')
const markOf = (row: ProjectRow): string =>
  createHash('sha256')
    .update(JSON.stringify([...texts.map(one => charterTexts(row)[one]), typedName(row)]))
    .digest('hex')

/** What anybody may read of a project: nothing that was not read by a person before, of this charter; undefined until then. */
export const shownCard = (project: ProjectRow, row: CardRow | undefined): Texts | undefined =>
  row?.shown && row.charter === markOf(project) ? cardTexts(row) : undefined

export const cardOf = async (ctx: Ctx, project: Id): Promise<CardRow | undefined> =>
  await projects(ctx)
    .selectFrom('projects.card')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('project_id', '=', project)
    .executeTakeFirst()

/** What stands on the card, and what would stand there: the texts of the charter without what tells who somebody is. */
export async function readCard(ctx: Ctx, { params }: Input<'GET /projects/:projectId/card'>): Promise<Answer> {
  return await answer(ctx, await readProject(ctx, params.projectId))
}

async function answer(ctx: Ctx, project: ProjectRow): Promise<Answer> {
  const row = await cardOf(ctx, project.id)
  const names = await namesIn(ctx, project.id)
  const clean = texts.map(one => [one, scrubbed(charterTexts(project)[one], names)] as const)
  return {
    state: !row ? 'none' : !row.shown ? 'hidden' : shownCard(project, row) ? 'shown' : 'changed',
    card: row ? { ...cardTexts(row), by: row.checked_name, at: row.checked_at.toISOString() } : null,
    draft: Object.fromEntries(clean.map(([one, { text }]) => [one, text])) as unknown as Texts,
    found: unique(clean.flatMap(([, { found }]) => found)),
    organisation: typedName(project) || null,
    version: row?.version ?? 0,
  }
}

/** A person read it, and puts it where anybody can. @throws cardUnread, cardTells, projectChanged */
export async function checkCard(ctx: Ctx, { params, body }: Input<'POST /projects/:projectId/card'>): Promise<Answer> {
  const project = await readProject(ctx, params.projectId)
  if (!body.read) throw cardUnread()
  const names = await namesIn(ctx, project.id)
  const found = unique(
    [...texts.map(one => body[one]), typedName(project)].flatMap(text => scrubbed(text, names).found),
  )
  if (found.length > 0) throw cardTells({ what: listed(found) })
  await write(ctx, project, body.expectedVersion, {
    name: body.name,
    what_is_done: body.whatIsDone,
    for_whom: body.forWhom,
    limits: body.limits,
    charter: markOf(project),
    shown: true,
  })
  return await answer(ctx, project)
}

/** @throws noCard */
export async function hideCard(ctx: Ctx, { params }: Input<'POST /projects/:projectId/card/hide'>): Promise<Answer> {
  const project = await readProject(ctx, params.projectId)
  const row = await cardOf(ctx, project.id)
  if (!row?.shown) throw noCard()
  const { name, what_is_done, for_whom, limits, charter } = row
  await write(ctx, project, row.version, { name, what_is_done, for_whom, limits, charter, shown: false })
  return await answer(ctx, project)
}

type Written = Pick<CardRow, 'name' | 'what_is_done' | 'for_whom' | 'limits' | 'charter' | 'shown'>

/** Of two who read different cards the second looks again. @throws projectChanged */
async function write(ctx: Ctx, project: ProjectRow, expected: number, written: Written): Promise<void> {
  const row = {
    ...written,
    version: expected + 1,
    checked_at: ctx.now,
    checked_by: ctx.actor.account,
    checked_name: ctx.actor.name,
  }
  const done =
    expected === 0
      ? await projects(ctx)
          .insertInto('projects.card')
          .values({ district: ctx.district, project_id: project.id, ...row })
          .onConflict(on => on.columns(['district', 'project_id']).doNothing())
          .executeTakeFirst()
          .then(result => result.numInsertedOrUpdatedRows)
      : await projects(ctx)
          .updateTable('projects.card')
          .set(row)
          .where('district', '=', ctx.district)
          .where('project_id', '=', project.id)
          .where('version', '=', expected)
          .executeTakeFirst()
          .then(result => result.numUpdatedRows)
  if (done !== 1n) throw projectChanged({ version: project.version })
}

/** Of the families in it, whoever asks: none of them stands on the card. */
const namesIn = (ctx: Ctx, project: Id): Promise<string[]> =>
  asMachine(ctx, async machine => {
    const rows = await projects(machine)
      .selectFrom('projects.enrolment')
      .select('household_id')
      .distinct()
      .where('district', '=', machine.district)
      .where('project_id', '=', project)
      .execute()
    const briefs = await briefsOf(
      machine,
      rows.map(row => row.household_id),
    )
    return [...briefs.values()].flatMap(brief => [...brief.names.values(), brief.headName])
  })

const unique = (found: readonly Words[]): Words[] => [...new Map(found.map(words => [words.zh, words])).values()]
const listed = (found: readonly Words[]): Words => ({
  zh: found.map(words => words.zh).join('、'),
  en: found.map(words => words.en).join(', '),
})
