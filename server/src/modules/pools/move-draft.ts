import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { canonical, contentHash } from './canonical.ts'
import { checkRule } from './check-draft.ts'
import { changeInTurn, pools, storeDocuments, usePool } from './current-pool.ts'
import { casesOf } from './draft-cases.ts'
import { openStates, stateWords } from './draft.ts'
import { isUnchanged } from './edit-draft.ts'
import {
  changeDraft,
  type DraftRow,
  hashInUse,
  isMine,
  lineOf,
  lockDraft,
  readDraft,
  ruleIn,
  viewDraft,
} from './kept-draft.ts'
import { lastTurn, shippedHash } from './publications.ts'
import { listed } from './rule.ts'
import {
  baseChanged,
  draftStepNotOpen,
  nothingChanged,
  notReady,
  secondPerson,
  type workbenchContract,
} from './workbench-contract.ts'

type Input<K extends keyof typeof workbenchContract> = InputOf<(typeof workbenchContract)[K]> & RequestEdges

const wantedOf = async (ctx: Ctx, row: DraftRow) => ({
  kind: row.kind,
  rule: ruleIn(row),
  cases: await casesOf(ctx, row),
})

export async function checkDraft(ctx: Ctx, { params }: Input<'POST /drafts/:draftId/check'>) {
  const row = await readDraft(ctx, params.draftId)
  if (!openStates.includes(row.state)) throw draftStepNotOpen({ state: stateWords[row.state] })
  const { documents: _, ...check } = await checkRule(ctx, await wantedOf(ctx, row))
  return check
}

export async function submitDraft(ctx: Ctx, { params, body, ifMatch }: Input<'POST /drafts/:draftId/submit'>) {
  const { row, to } = await lockDraft(ctx, params.draftId, 'submit', ifMatch)
  await mustRestOnCurrent(ctx, row)
  if (isUnchanged(row)) throw nothingChanged()
  return await viewDraft(
    ctx,
    await changeDraft(ctx, row, to, body.note === undefined ? {} : { note: body.note || null }),
  )
}

/** Puts a draft in force. Whatever is wrong refuses it, and nothing changes. */
export async function publishDraft(ctx: Ctx, { params, body, ifMatch }: Input<'POST /drafts/:draftId/publish'>) {
  const { row, to } = await lockDraft(ctx, params.draftId, 'publish', ifMatch)
  if (isMine(ctx, row)) throw secondPerson()
  // What is checked here for seconds is laid over what is in use: nobody else may put anything in force meanwhile.
  await changeInTurn(ctx)
  await mustRestOnCurrent(ctx, row)
  const wanted = await wantedOf(ctx, row)
  const { ready, problems, cases, documents } = await checkRule(ctx, wanted)
  if (!ready) throw notReady({ problems: problems.length, cases: cases.failed.length })
  const owned = [...wanted.cases].map(([owner, all]) => ({ owner, hash: contentHash(all), all }))
  await storeDocuments(ctx, [
    { kind: listed[row.kind], hash: contentHash(row.document), document: row.document },
    ...owned.map(({ hash, all }) => ({ kind: 'cases', hash, document: all })),
  ])
  const loaded = await usePool(ctx, documents)
  const reviewer = { reviewer: ctx.actor.account, reviewer_name: ctx.actor.name }
  const published = await changeDraft(ctx, row, to, {
    ...reviewer,
    ...(body.note !== undefined && { note: body.note || null }),
  })
  await pools(ctx)
    .insertInto('pools.publication')
    .values({
      district: ctx.district,
      id: newId(),
      turn: (await lastTurn(ctx)) + 1,
      kind: row.kind,
      key: row.key,
      hash: contentHash(row.document),
      based_on: row.based_on,
      shipped: shippedHash(row.kind, row.key),
      cases: canonical(Object.fromEntries(owned.map(({ owner, hash }) => [owner, hash]))),
      published_at: ctx.now,
      authors: row.authors,
      author_name: row.author_name,
      publisher: ctx.actor.account,
      publisher_name: ctx.actor.name,
      note: published.note,
    })
    .execute()
  return { draft: lineOf(ctx, published), poolVersion: loaded.id }
}

export async function returnDraft(ctx: Ctx, { params, body, ifMatch }: Input<'POST /drafts/:draftId/return'>) {
  const { row, to } = await lockDraft(ctx, params.draftId, 'return', ifMatch)
  const reviewer = { reviewer: ctx.actor.account, reviewer_name: ctx.actor.name }
  return await viewDraft(ctx, await changeDraft(ctx, row, to, { ...reviewer, note: body.note }))
}

/** @throws baseChanged when another version was published since the draft was begun */
async function mustRestOnCurrent(ctx: Ctx, row: DraftRow): Promise<void> {
  if ((await hashInUse(ctx, row.kind, row.key)) !== row.based_on) throw baseChanged()
}
