import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { caseSchema, checkForm, type Case } from '@zhulian/pool'
import type { Problem } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { versionMissing } from '../../platform/refusals.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { canonical, contentHash } from './canonical.ts'
import { currentPool, pools, storedDocuments } from './current-pool.ts'
import {
  changeDraft,
  type DraftRow,
  hashInUse,
  lineOf,
  lockDraft,
  openDraftOf,
  tellChanged,
  viewDraft,
} from './kept-draft.ts'
import { lastTurn } from './publications.ts'
import { findRule, keyOf, listed, readRule, type Rule } from './rule.ts'
import { draftOpen, type RuleKind, ruleNotFound, type workbenchContract, wrongForm } from './workbench-contract.ts'

type Input<K extends keyof typeof workbenchContract> = InputOf<(typeof workbenchContract)[K]> & RequestEdges

export async function beginDraft(ctx: Ctx, { body }: Input<'POST /drafts'>) {
  const { kind, key, from } = body
  const inUse = findRule((await currentPool(ctx)).documents, kind, key)
  if (!inUse) throw ruleNotFound({ key })
  let rule = inUse
  if (from !== undefined) {
    const older = (await storedDocuments(ctx, listed[kind], [from])).get(from) as Rule | undefined
    if (!older || keyOf(older) !== key) throw ruleNotFound({ key: from.slice(0, 12) })
    rule = older
  }
  return await viewDraft(ctx, await addDraft(ctx, kind, rule, {}))
}

/** @throws draftOpen while another draft of the rule is open */
export async function addDraft(
  ctx: Ctx,
  kind: RuleKind,
  rule: Rule,
  cases: Readonly<Record<string, readonly Case[]>>,
): Promise<DraftRow> {
  const key = keyOf(rule)
  const open = await openDraftOf(ctx, kind, key)
  if (open) throw draftOpen({ draft: open.id, by: open.author_name })
  const id = newId()
  ctx.about({ kind: 'policy', id })
  tellChanged(ctx, id)
  return await pools(ctx)
    .insertInto('pools.draft')
    .values({
      district: ctx.district,
      id,
      kind,
      key,
      based_on: await hashInUse(ctx, kind, key),
      document: JSON.stringify(rule),
      cases: JSON.stringify(cases),
      state: 'draft',
      authors: [ctx.actor.account],
      author_name: ctx.actor.name,
      reviewer: null,
      reviewer_name: null,
      began_at: ctx.now,
      begun_after: await lastTurn(ctx),
      changed_at: ctx.now,
      note: null,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Whoever saves becomes one of its authors. */
export async function saveDraft(ctx: Ctx, { params, body, ifMatch }: Input<'PUT /drafts/:draftId'>) {
  if (ifMatch === undefined) throw versionMissing()
  const { row, to } = await lockDraft(ctx, params.draftId, 'edit', ifMatch)
  const read = readRule(row.kind, body.document)
  if (!read.ok) throw wrongForm({ problems: read.problems })
  if (keyOf(read.value) !== row.key)
    throw wrongForm({
      problems: [{ where: '', words: { zh: `编号不能改，要是 ${row.key}`, en: `The id stays ${row.key}` } }],
    })
  const changed = await changeDraft(ctx, row, to, {
    document: JSON.stringify(read.value),
    ...(body.cases && { cases: JSON.stringify(readCases(body.cases)) }),
    ...(body.note !== undefined && { note: body.note || null }),
    authors: [...new Set([...row.authors, ctx.actor.account])],
    author_name: ctx.actor.name,
  })
  return await viewDraft(ctx, changed)
}

/** @throws wrongForm naming whose and which case, and the place in it */
function readCases(given: Readonly<Record<string, readonly unknown[]>>): Record<string, readonly Case[]> {
  const problems: Problem[] = []
  const read = Object.entries(given).map(([owner, cases]) => {
    const found = cases.flatMap((one, i) => {
      const form = checkForm(caseSchema, one)
      if (form.ok) return [form.value]
      problems.push(...form.problems.map(p => ({ ...p, where: `${owner} cases.${i} ${p.where}`.trim() })))
      return []
    })
    return [owner, found] as const
  })
  if (problems.length > 0) throw wrongForm({ problems })
  return Object.fromEntries(read)
}

export async function withdrawDraft(ctx: Ctx, { params, ifMatch }: Input<'DELETE /drafts/:draftId'>) {
  const { row, to } = await lockDraft(ctx, params.draftId, 'withdraw', ifMatch)
  return lineOf(ctx, await changeDraft(ctx, row, to))
}

/** What it is compared with becomes the version now in force: somebody has looked at both. */
export async function restOnCurrent(ctx: Ctx, { params, ifMatch }: Input<'POST /drafts/:draftId/rest-on-current'>) {
  const { row, to } = await lockDraft(ctx, params.draftId, 'edit', ifMatch)
  return await viewDraft(ctx, await changeDraft(ctx, row, to, { based_on: await hashInUse(ctx, row.kind, row.key) }))
}

export const isUnchanged = (row: DraftRow): boolean =>
  contentHash(row.document) === row.based_on && canonical(row.cases) === '{}'
