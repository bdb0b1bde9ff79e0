import type { InputOf } from '@zhulian/kernel/contract'
import { casesFile, readCasesFile, readPolicyFile, ruleFile } from '@zhulian/pool'
import type { Ctx } from '../../platform/ctx.ts'
import type { OutgoingFile } from '../../platform/route.ts'
import { currentPool } from './current-pool.ts'
import { addDraft } from './edit-draft.ts'
import { viewDraft } from './kept-draft.ts'
import { casesInUse } from './publications.ts'
import { ruleNotFound, type workbenchContract, wrongForm } from './workbench-contract.ts'

type Input<K extends keyof typeof workbenchContract> = InputOf<(typeof workbenchContract)[K]>

/** As it would stand in `data/policies/<slug>/`. */
export async function exportPolicy(
  ctx: Ctx,
  { params, query }: Input<'GET /policies/:policyId/file'>,
): Promise<OutgoingFile> {
  const policy = (await currentPool(ctx)).policy(params.policyId)
  if (!policy) throw ruleNotFound({ key: params.policyId })
  const cases = query.part === 'cases'
  return {
    name: cases ? 'cases.yaml' : 'policy.yaml',
    type: 'application/yaml; charset=utf-8',
    content: cases ? casesFile((await casesInUse(ctx)).get(policy.id) ?? []) : ruleFile(policy),
  }
}

/** @throws wrongForm naming line and place; draftOpen while somebody is at work on the same policy */
export async function importPolicy(ctx: Ctx, { body }: Input<'POST /policies/file'>) {
  const policy = readPolicyFile(body.policy)
  const cases = body.cases === undefined ? undefined : readCasesFile(body.cases)
  const problems = [
    ...(policy.ok ? [] : policy.problems.map(p => ({ ...p, where: `policy.yaml ${p.where}`.trim() }))),
    ...(cases && !cases.ok ? cases.problems.map(p => ({ ...p, where: `cases.yaml ${p.where}`.trim() })) : []),
  ]
  if (!policy.ok || (cases && !cases.ok)) throw wrongForm({ problems })
  const draft = await addDraft(ctx, 'policy', policy.value, cases ? { [policy.value.id]: cases.value } : {})
  return await viewDraft(ctx, draft)
}
