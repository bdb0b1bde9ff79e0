import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { InputOf } from '@zhulian/kernel/contract'
import {
  casesFile,
  readAlertFile,
  readCasesFile,
  readCircleFile,
  readClassFile,
  readPointsFile,
  readPolicyFile,
  readServiceFile,
  ruleFile,
  type Written,
} from '@zhulian/pool'
import type { AlertDocument, PolicyDocument, ServiceDocument } from '@zhulian/rules'
import { readConfig } from '../../platform/config.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { OutgoingFile } from '../../platform/route.ts'
import { contentHash } from './canonical.ts'
import { currentPool } from './current-pool.ts'
import { addDraft } from './edit-draft.ts'
import { viewDraft } from './kept-draft.ts'
import { casesInUse } from './publications.ts'
import { casesOwnerOf, keyOf, type Rule, rulesOf } from './rule.ts'
import { ruleNotFound, type workbenchContract, wrongForm } from './workbench-contract.ts'

type Input<K extends keyof typeof workbenchContract> = InputOf<(typeof workbenchContract)[K]>

interface RuleFile<R extends Rule> {
  readonly file: (rule: R) => string
  readonly cases: (rule: R) => string
  readonly read: (text: string) => Written<R>
}
const only = (file: string) => () => file

/** Where a rule stands in `data/`. */
const files = {
  policy: {
    file: p => `policies/${p.slug}/policy.yaml`,
    cases: p => `policies/${p.slug}/cases.yaml`,
    read: readPolicyFile,
  } satisfies RuleFile<PolicyDocument>,
  service: {
    file: s => `services/${s.slug}.yaml`,
    cases: only('services/cases.yaml'),
    read: readServiceFile,
  } satisfies RuleFile<ServiceDocument>,
  circle: { file: only('circles/circle.yaml'), cases: only('circles/cases.yaml'), read: readCircleFile },
  class: { file: only('circles/class.yaml'), cases: only('circles/cases.yaml'), read: readClassFile },
  alert: {
    file: a => `alerts/${a.id}.yaml`,
    cases: only('alerts/cases.yaml'),
    read: readAlertFile,
  } satisfies RuleFile<AlertDocument>,
  points: { file: only('alerts/points.yaml'), cases: only('alerts/cases.yaml'), read: readPointsFile },
}
type FiledKind = keyof typeof files

/** As it stands in its folder. @throws ruleNotFound */
async function exportRule(ctx: Ctx, kind: FiledKind, key: string, part: 'rule' | 'cases'): Promise<OutgoingFile> {
  const { documents } = await currentPool(ctx)
  const rule = rulesOf(documents, kind).find(one => keyOf(one) === key || ('slug' in one && one.slug === key))
  if (!rule) throw ruleNotFound({ key })
  const { file, cases, read } = files[kind] as RuleFile<Rule>
  const owner = casesOwnerOf(kind, keyOf(rule))
  return part === 'cases'
    ? outgoing(
        cases(rule),
        await asShipped(cases(rule), readCasesFile, (await casesInUse(ctx)).get(owner) ?? [], casesFile),
      )
    : outgoing(file(rule), await asShipped(file(rule), read, rule, ruleFile))
}

type Part<K extends string> = K | 'cases'
const partOf = (part: Part<string>) => (part === 'cases' ? 'cases' : 'rule')

export const exportPolicy = (ctx: Ctx, { params, query }: Input<'GET /policies/:policyId/file'>) =>
  exportRule(ctx, 'policy', params.policyId, partOf(query.part))
export const exportService = (ctx: Ctx, { params, query }: Input<'GET /services/:serviceId/file'>) =>
  exportRule(ctx, 'service', params.serviceId, partOf(query.part))
export const exportCircles = (ctx: Ctx, { query: { part } }: Input<'GET /circles/file'>) => {
  const kind = part === 'class' ? 'class' : 'circle'
  return exportRule(ctx, kind, kind, partOf(part))
}
export const exportAlertRule = (ctx: Ctx, { params: { rule }, query }: Input<'GET /alert-rules/:rule/file'>) =>
  exportRule(ctx, rule === 'points' ? 'points' : 'alert', rule, query.part)

const outgoing = (file: string, content: string): OutgoingFile => ({
  name: path.posix.basename(file),
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

/** @throws wrongForm naming line and place; draftOpen while somebody is at work on the same rule */
async function importRule(ctx: Ctx, kind: FiledKind, ruleText: string, casesText: string | undefined) {
  const rule: Written<Rule> = files[kind].read(ruleText)
  const cases = casesText === undefined ? undefined : readCasesFile(casesText)
  const problems = [
    ...(rule.ok ? [] : rule.problems.map(p => ({ ...p, where: `${kind}.yaml ${p.where}`.trim() }))),
    ...(cases && !cases.ok ? cases.problems.map(p => ({ ...p, where: `cases.yaml ${p.where}`.trim() })) : []),
  ]
  if (!rule.ok || (cases && !cases.ok)) throw wrongForm({ problems })
  const owned = cases ? { [casesOwnerOf(kind, keyOf(rule.value))]: cases.value } : {}
  return await viewDraft(ctx, await addDraft(ctx, kind, rule.value, owned))
}

export const importPolicy = (ctx: Ctx, { body }: Input<'POST /policies/file'>) =>
  importRule(ctx, 'policy', body.policy, body.cases)
export const importService = (ctx: Ctx, { body }: Input<'POST /services/file'>) =>
  importRule(ctx, 'service', body.service, body.cases)
export const importCircles = (ctx: Ctx, { body }: Input<'POST /circles/file'>) =>
  importRule(ctx, body.kind, body.rule, body.cases)
export const importAlertRule = (ctx: Ctx, { body }: Input<'POST /alert-rules/file'>) =>
  importRule(ctx, body.kind, body.rule, body.cases)
