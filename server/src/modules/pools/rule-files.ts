import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { InputOf } from '@zhulian/kernel/contract'
import {
  type Case,
  casesFile,
  readCasesFile,
  readCircleFile,
  readClassFile,
  readPolicyFile,
  readServiceFile,
  ruleFile,
  type Written,
} from '@zhulian/pool'
import { readConfig } from '../../platform/config.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { OutgoingFile } from '../../platform/route.ts'
import { contentHash } from './canonical.ts'
import { currentPool } from './current-pool.ts'
import { addDraft } from './edit-draft.ts'
import { viewDraft } from './kept-draft.ts'
import { casesInUse } from './publications.ts'
import { casesOwnerOf, type Rule } from './rule.ts'
import { ruleNotFound, type workbenchContract, wrongForm } from './workbench-contract.ts'

type Input<K extends keyof typeof workbenchContract> = InputOf<(typeof workbenchContract)[K]>

/** As it stands in `data/policies/<slug>/`. */
export async function exportPolicy(ctx: Ctx, { params, query }: Input<'GET /policies/:policyId/file'>) {
  const policy = (await currentPool(ctx)).policy(params.policyId)
  if (!policy) throw ruleNotFound({ key: params.policyId })
  const folder = `policies/${policy.slug}`
  return query.part === 'cases'
    ? await casesOut(ctx, policy.id, `${folder}/cases.yaml`)
    : outgoing('policy.yaml', await asShipped(`${folder}/policy.yaml`, readPolicyFile, policy, ruleFile))
}

/** As it stands in `data/services/`. */
export async function exportService(ctx: Ctx, { params, query }: Input<'GET /services/:serviceId/file'>) {
  const service = (await currentPool(ctx)).service(params.serviceId)
  if (!service) throw ruleNotFound({ key: params.serviceId })
  const name = `${service.slug}.yaml`
  return query.part === 'cases'
    ? await casesOut(ctx, casesOwnerOf('service', service.id), 'services/cases.yaml')
    : outgoing(name, await asShipped(`services/${name}`, readServiceFile, service, ruleFile))
}

/** As it stands in `data/circles/`. */
export async function exportCircles(ctx: Ctx, { query: { part } }: Input<'GET /circles/file'>) {
  if (part === 'cases') return await casesOut(ctx, casesOwnerOf('circle', 'circle'), 'circles/cases.yaml')
  const { documents } = await currentPool(ctx)
  const name = `${part}.yaml`
  return outgoing(
    name,
    part === 'circle'
      ? await asShipped(`circles/${name}`, readCircleFile, documents.circle, ruleFile)
      : await asShipped(`circles/${name}`, readClassFile, documents.class, ruleFile),
  )
}

const casesOut = async (ctx: Ctx, owner: string, file: string) =>
  outgoing('cases.yaml', await asShipped(file, readCasesFile, (await casesInUse(ctx)).get(owner) ?? [], casesFile))

const outgoing = (name: string, content: string): OutgoingFile => ({
  name,
  type: 'application/yaml; charset=utf-8',
  content,
})

/** While the file says what is in force it goes out byte for byte, with its remarks; else it is written anew. */
async function asShipped<T>(
  file: string,
  read: (text: string) => Written<T>,
  inForce: T,
  write: (document: T) => string,
): Promise<string> {
  const text = await readFile(path.join(readConfig().shippedDir, file), 'utf8').catch(() => undefined)
  const found = text === undefined ? undefined : read(text)
  return text !== undefined && found?.ok && contentHash(found.value) === contentHash(inForce) ? text : write(inForce)
}

/** @throws wrongForm naming line and place; draftOpen while somebody is at work on the same policy */
export async function importPolicy(ctx: Ctx, { body }: Input<'POST /policies/file'>) {
  const { rule, cases } = readBoth('policy.yaml', readPolicyFile(body.policy), body.cases)
  return await viewDraft(ctx, await addDraft(ctx, 'policy', rule, cases ? { [rule.id]: cases } : {}))
}

/** @throws as {@link importPolicy} */
export async function importService(ctx: Ctx, { body }: Input<'POST /services/file'>) {
  const { rule, cases } = readBoth('service.yaml', readServiceFile(body.service), body.cases)
  return await viewDraft(
    ctx,
    await addDraft(ctx, 'service', rule, cases ? { [casesOwnerOf('service', rule.id)]: cases } : {}),
  )
}

/** @throws as {@link importPolicy} */
export async function importCircles(ctx: Ctx, { body }: Input<'POST /circles/file'>) {
  const { kind } = body
  const read: Written<Rule> = kind === 'circle' ? readCircleFile(body.rule) : readClassFile(body.rule)
  const { rule, cases } = readBoth(`${kind}.yaml`, read, body.cases)
  return await viewDraft(ctx, await addDraft(ctx, kind, rule, cases ? { [casesOwnerOf(kind, kind)]: cases } : {}))
}

function readBoth<T>(
  name: string,
  rule: Written<T>,
  casesText: string | undefined,
): { readonly rule: T; readonly cases: readonly Case[] | undefined } {
  const cases = casesText === undefined ? undefined : readCasesFile(casesText)
  const problems = [
    ...(rule.ok ? [] : rule.problems.map(p => ({ ...p, where: `${name} ${p.where}`.trim() }))),
    ...(cases && !cases.ok ? cases.problems.map(p => ({ ...p, where: `cases.yaml ${p.where}`.trim() })) : []),
  ]
  if (!rule.ok || (cases && !cases.ok)) throw wrongForm({ problems })
  return { rule: rule.value, cases: cases?.value }
}
