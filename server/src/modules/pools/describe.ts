import type { Day, Words } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import type { ParameterDocument, PolicyDocument } from '@zhulian/rules'
import type { poolsContract } from './contract.ts'
import { type DescribedService, isExample, type LoadedPool, namesIn, rowOn, versionOn } from './loaded-pool.ts'
import { sentencesOf } from './sentence.ts'

type PolicyAnswer = AnswerOf<(typeof poolsContract)['GET /policies/:policyId']>
type Summary = AnswerOf<(typeof poolsContract)['GET /policies']>['items'][number]
type Parameter = PolicyAnswer['figures'][number]

interface Traced {
  readonly provenance?: readonly string[] | undefined
}
const sourced = ({ provenance }: Traced) => ({ provenance: [...(provenance ?? [])], example: isExample(provenance) })
const wordsOf = ({ zh, en }: Words): Words => ({ zh, en })
const line = (said: Words & Traced) => ({ words: wordsOf(said), ...sourced(said) })

export function summaryOf(loaded: LoadedPool, policy: PolicyDocument, on: Day): Summary {
  const version = versionOn(policy, on)
  return {
    id: policy.id,
    slug: policy.slug,
    name: policy.name,
    summary: policy.summary,
    unit: { slug: policy.unit, name: loaded.unit(policy.unit) },
    kind: policy.kind,
    scope: policy.scope,
    level: policy.procedure.level,
    benefit: version?.benefit.kind ?? null,
    inForceFrom: (version?.from ?? null) as Day | null,
    example: isExample(version?.provenance) || isExample(version?.benefit.provenance),
  }
}

export function describePolicy(loaded: LoadedPool, policy: PolicyDocument, on: Day, casesCount: number): PolicyAnswer {
  const inForce = versionOn(policy, on)
  const names = new Set(
    policy.versions
      .flatMap(v => [v.condition, v.benefit.amount, v.benefit.atLeast])
      .flatMap(e => (e ? [...namesIn(e)] : [])),
  )
  const limits = policy.procedure.steps.flatMap(s => (s.workingDays === undefined ? [] : [s.workingDays]))
  const named = (id: string) => ({ id, name: loaded.policy(id)?.name ?? { zh: id, en: id } })
  return {
    ...summaryOf(loaded, policy, on),
    on,
    poolVersion: loaded.id,
    opens: (policy.opens ?? []).map(named),
    versions: policy.versions.map((v, i) => ({
      from: v.from as Day,
      until: (policy.versions[i + 1]?.from ?? null) as Day | null,
      inForce: v === inForce,
      condition: v.condition.trim(),
      sentences: sentencesOf(v.condition, loaded),
      benefit: {
        kind: v.benefit.kind,
        period: v.benefit.period ?? null,
        formula: v.benefit.amount?.trim() ?? null,
        atLeast: v.benefit.atLeast?.trim() ?? null,
        words: wordsOf(v.benefit.words),
        ...sourced(v.benefit),
      },
      rulings: [...(v.rulings ?? [])],
      ...sourced(v),
    })),
    figures: loaded.documents.parameters.filter(p => names.has(`params.${p.name}`)).map(p => describeParameter(p, on)),
    facts: [...names].flatMap(name => {
      const label = name.startsWith('household.') || name.startsWith('person.') ? loaded.labelOf(name) : undefined
      return label ? [{ name, label }] : []
    }),
    materials: policy.materials.map(line),
    procedure: {
      apply: wordsOf(policy.procedure.apply),
      level: policy.procedure.level,
      workingDays: limits.length > 0 ? limits.reduce((a, b) => a + b, 0) : null,
      steps: policy.procedure.steps.map(s => ({ who: s.who, workingDays: s.workingDays ?? null, ...line(s) })),
    },
    legalBasis: policy.legalBasis.map(line),
    notes: (policy.notes ?? []).map(line),
    exclusions: loaded.documents.exclusions
      .filter(e => e.between.includes(policy.id))
      .map(e => ({
        with: named(e.between[0] === policy.id ? e.between[1] : e.between[0]),
        winner: e.winner,
        note: e.note ? wordsOf(e.note) : null,
      })),
    casesCount,
    rulings: [...new Set(policy.versions.flatMap(v => [...(v.rulings ?? []), ...(v.benefit.rulings ?? [])]))],
  }
}

export function describeParameter(parameter: ParameterDocument, on: Day): Parameter {
  const inForce = rowOn(parameter, on)
  return {
    key: parameter.name,
    label: parameter.label,
    unit: parameter.unit ?? null,
    rows: parameter.rows.map(r => ({ from: r.from as Day, value: r.value, inForce: r === inForce, ...sourced(r) })),
  }
}

export function describeService(service: DescribedService) {
  const price = service.price?.amount
  return {
    id: service.id,
    slug: service.slug,
    category: service.category,
    name: service.name,
    summary: service.summary,
    provider: service.provider ?? null,
    dose: service.dose ?? null,
    outcome: service.outcome ?? null,
    price: price === undefined ? null : priceWords(price, service.price?.per),
    level: service.level ?? 'village',
    ...sourced(service),
  }
}

const priceWords = (amount: number, per: Words | undefined): Words =>
  amount === 0
    ? { zh: '免费', en: 'Free' }
    : {
        zh: `参考价${per?.zh ?? ''}${amount.toLocaleString('en-US')}元`,
        en: `${amount.toLocaleString('en-US')} yuan ${per?.en ?? ''} for reference`.replace(/ +/g, ' '),
      }
