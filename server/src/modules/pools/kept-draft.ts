import type { Id } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import type { Selectable } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { contentHash } from './canonical.ts'
import { currentPool, pools, storedDocuments } from './current-pool.ts'
import { changesOf, textChanges } from './describe-changes.ts'
import { casesOf } from './draft-cases.ts'
import { leadsTo, openStates, stateWords, stepsOpen } from './draft.ts'
import { casesInUse } from './publications.ts'
import { casesOwnerOf, findRule, keyOf, listed, nameOf, type Rule } from './rule.ts'
import type { DraftTable } from './tables.ts'
import {
  draftChanged,
  draftNotFound,
  draftStepNotOpen,
  type DraftState,
  type DraftStep,
  type RuleKind,
  type workbenchContract,
} from './workbench-contract.ts'

export type DraftRow = Selectable<DraftTable>
type DraftView = AnswerOf<(typeof workbenchContract)['GET /drafts/:draftId']>
export type DraftLine = AnswerOf<(typeof workbenchContract)['GET /drafts']>['items'][number]

export const ruleIn = (row: DraftRow): Rule => row.document as Rule

/** @throws draftNotFound */
export async function readDraft(ctx: Ctx, id: Id, lock = false): Promise<DraftRow> {
  const found = pools(ctx)
    .selectFrom('pools.draft')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw draftNotFound()
  ctx.about({ kind: 'policy', id })
  return row
}

/**
 * Locks a draft for a step of its life.
 * @throws draftNotFound, draftStepNotOpen, draftChanged when another version than the expected one is there
 */
export async function lockDraft(
  ctx: Ctx,
  id: Id,
  step: DraftStep,
  expected: number | undefined,
): Promise<{ readonly row: DraftRow; readonly to: DraftState }> {
  const row = await readDraft(ctx, id, true)
  const to = leadsTo(step, row.state)
  if (to === undefined) throw draftStepNotOpen({ state: stateWords[row.state] })
  if (expected !== undefined && expected !== row.version)
    throw draftChanged({ version: row.version, by: row.author_name })
  return { row, to }
}

/** Writes what a step changes, and counts the version on. */
export async function changeDraft(
  ctx: Ctx,
  row: DraftRow,
  to: DraftState,
  changed: {
    readonly document?: string
    readonly cases?: string
    readonly authors?: Id[]
    readonly author_name?: string
    readonly reviewer?: Id
    readonly reviewer_name?: string
    readonly note?: string | null
    readonly based_on?: string | null
  } = {},
): Promise<DraftRow> {
  tellChanged(ctx, row.id)
  return await pools(ctx)
    .updateTable('pools.draft')
    .set({ ...changed, state: to, version: row.version + 1, changed_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Colleagues who have the list open see it move. */
export const tellChanged = (ctx: Ctx, id: Id): void =>
  ctx.tell({ name: 'pools.draftMoved', to: { roles: ['districtOfficer'], division: ctx.district }, id })

/** The draft of a rule that is neither published nor withdrawn; there is one at most. */
export const openDraftOf = (ctx: Ctx, kind: RuleKind, key: string) =>
  pools(ctx)
    .selectFrom('pools.draft')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('state', 'in', openStates)
    .executeTakeFirst()

export const isMine = (ctx: Ctx, row: DraftRow): boolean => row.authors.includes(ctx.actor.account)

export const lineOf = (ctx: Ctx, row: DraftRow): DraftLine => ({
  id: row.id,
  kind: row.kind,
  key: row.key,
  name: nameOf(ruleIn(row)),
  state: row.state,
  authorName: row.author_name,
  mine: isMine(ctx, row),
  changedAt: row.changed_at.toISOString(),
})

/** The hash of a rule in use; null while there is none of its key. */
export async function hashInUse(ctx: Ctx, kind: RuleKind, key: string): Promise<string | null> {
  const rule = findRule((await currentPool(ctx)).documents, kind, key)
  return rule ? contentHash(rule) : null
}

export async function viewDraft(ctx: Ctx, row: DraftRow): Promise<DraftView> {
  const rule = ruleIn(row)
  const loaded = await currentPool(ctx)
  const base =
    row.based_on === null
      ? undefined
      : ((await storedDocuments(ctx, listed[row.kind], [row.based_on])).get(row.based_on) as Rule | undefined)
  const casesOwner = casesOwnerOf(row.kind, row.key)
  const inUse = (await casesInUse(ctx)).get(casesOwner) ?? []
  const changed = await casesOf(ctx, row)
  const own = changed.get(casesOwner) ?? inUse
  const known = new Set(inUse.map(contentHash))
  return {
    ...lineOf(ctx, row),
    version: row.version,
    may: [...stepsOpen(row.state, isMine(ctx, row))],
    reviewerName: row.reviewer_name,
    note: row.note,
    baseChanged: openStates.includes(row.state) && (await hashInUse(ctx, row.kind, keyOf(rule))) !== row.based_on,
    document: { ...rule },
    cases: Object.fromEntries([...changed].map(([owner, cases]) => [owner, cases.map(one => ({ ...one }))])),
    casesOwner,
    ownCases: own.map(one => ({ ...one })),
    writtenCases: own === inUse ? [] : own.flatMap((one, i) => (known.has(contentHash(one)) ? [] : [i])),
    changes: [...changesOf(base, rule, loaded)],
    text: [...textChanges(base, rule)],
  }
}
