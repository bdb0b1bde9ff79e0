import type { Words } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { ValueForm } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { policyNotFound, serviceNotFound, type poolsContract } from './contract.ts'
import { currentPool } from './current-pool.ts'
import { describeParameter, describePolicy, describeService, summaryOf } from './describe.ts'
import { casesCounted, knownSources } from './open-pools.ts'
import { publishedCasesCount } from './publications.ts'
import { type DictionaryFact, isExample, namesIn } from './loaded-pool.ts'
import { sentencesOf } from './sentence.ts'
import { organisationOfUnit } from './unit-organisation.ts'

type Input<K extends keyof typeof poolsContract> = InputOf<(typeof poolsContract)[K]>

/** Every word of the search has to be somewhere, whatever its case. */
function finds(search: string | undefined, texts: readonly (Words | string)[]): boolean {
  if (search === undefined) return true
  const hay = texts
    .map(t => (typeof t === 'string' ? t : `${t.zh} ${t.en}`))
    .join(' ')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => hay.includes(word))
}

export async function listPolicies(ctx: Ctx, { query }: Input<'GET /policies'>) {
  const loaded = await currentPool(ctx)
  const on = query.on ?? ctx.today
  const items = loaded.documents.policies
    .filter(p => finds(query.search, [p.id, p.slug, p.name, p.summary, loaded.unit(p.unit)]))
    .map(p => summaryOf(loaded, p, on))
    .filter(
      p =>
        (query.unit === undefined || p.unit.slug === query.unit) &&
        (query.scope === undefined || p.scope === query.scope) &&
        (query.kind === undefined || p.kind === query.kind) &&
        (query.level === undefined || p.level === query.level) &&
        (query.inForce === undefined || (p.inForceFrom !== null) === (query.inForce === 'true')),
    )
  return { items, on, poolVersion: loaded.id }
}

export async function getPolicy(ctx: Ctx, { params, query }: Input<'GET /policies/:policyId'>) {
  const loaded = await currentPool(ctx)
  const policy = loaded.policy(params.policyId)
  if (!policy) throw policyNotFound({ id: params.policyId })
  const count = (await publishedCasesCount(ctx, policy.id)) ?? casesCounted(policy.slug)
  return describePolicy(loaded, policy, query.on ?? ctx.today, count)
}

export async function listServices(ctx: Ctx, { query }: Input<'GET /services'>) {
  const loaded = await currentPool(ctx)
  const items = loaded.documents.services
    .filter(s => query.category === undefined || s.category === query.category)
    .filter(s => finds(query.search, [s.id, s.slug, s.name, s.summary]))
    .map(s => describeService(s))
  return { items, poolVersion: loaded.id }
}

export async function getService(ctx: Ctx, { params }: Input<'GET /services/:serviceId'>) {
  const loaded = await currentPool(ctx)
  const service = loaded.service(params.serviceId)
  if (!service) throw serviceNotFound({ id: params.serviceId })
  return {
    ...describeService(service),
    poolVersion: loaded.id,
    condition: service.condition.trim(),
    sentences: sentencesOf(service.condition, loaded),
    facts: [...namesIn(service.condition)].flatMap(name => {
      const label = loaded.labelOf(name)
      return label && !name.startsWith('params.') ? [{ name, label }] : []
    }),
    rulings: [...(service.rulings ?? [])],
  }
}

export async function listUnits(ctx: Ctx) {
  const loaded = await currentPool(ctx)
  const count = (unit: string, kind: string) =>
    loaded.documents.policies.filter(p => p.unit === unit && p.kind === kind).length
  return {
    items: loaded.documents.units.map(u => ({
      slug: u.id,
      name: u.name,
      organisation: organisationOfUnit(u.id),
      basic: count(u.id, 'basic'),
      joint: count(u.id, 'joint'),
      example: isExample(u.provenance),
    })),
  }
}

export const listSources = async () => ({ items: knownSources().map(s => ({ ...s, on: s.on ?? null })) })

export async function listFacts(ctx: Ctx, { query }: Input<'GET /facts'>) {
  const loaded = await currentPool(ctx)
  const given = loaded.documents.facts.map(f => loaded.fact(f.name)).filter(f => f !== undefined)
  const items = [
    ...given.map(f => ({
      name: f.name,
      label: f.label,
      type: f.type,
      min: f.min ?? null,
      max: f.max ?? null,
      unit: f.unit ?? null,
      options: (f.values ?? []).map(v => ({ value: v.value, label: v.label })),
      none: noneWords(f, f.noneLabel),
      fields: fieldsOf(f),
      question: f.question ?? null,
      why: f.why ?? null,
      ask: f.ask,
      sensitive: f.sensitivity === 'S',
      feed: f.feed ?? null,
      derived: false,
      formula: null,
      provenance: [...(f.provenance ?? [])],
      example: isExample(f.provenance),
    })),
    ...loaded.documents.derived.map(f => ({
      name: f.name,
      label: f.label,
      type: f.type,
      min: f.min ?? null,
      max: f.max ?? null,
      unit: f.unit ?? null,
      options: (f.values ?? []).map(v => ({ value: v.value, label: v.label })),
      none: noneWords(f),
      fields: null,
      question: null,
      why: null,
      ask: 'never' as const,
      sensitive: false,
      feed: null,
      derived: true,
      formula: (f.formula ?? f.versions?.findLast(v => v.from <= ctx.today)?.formula ?? null)?.trim() ?? null,
      provenance: [...(f.provenance ?? [])],
      example: isExample(f.provenance),
    })),
  ]
  return { items: items.filter(f => finds(query.search, [f.name, f.label])), poolVersion: loaded.id }
}

const noneWords = ({ none }: ValueForm, label?: Words) => (none ? (label ?? { zh: '没有', en: 'None' }) : null)

/** Where a list's parts have no words of their own, their name is all there is. */
const fieldsOf = ({ fields }: DictionaryFact) =>
  fields
    ? Object.entries(fields).map(([name, form]) => ({
        name,
        label: form.label ?? { zh: name, en: name },
        type: form.type,
        unit: form.unit ?? null,
        options: (form.values ?? []).map(v => ({ value: v.value, label: v.label })),
        none: noneWords(form),
      }))
    : null

export async function listParameters(ctx: Ctx, { query }: Input<'GET /parameters'>) {
  const loaded = await currentPool(ctx)
  const on = query.on ?? ctx.today
  return { items: loaded.documents.parameters.map(p => describeParameter(p, on)), on, poolVersion: loaded.id }
}
