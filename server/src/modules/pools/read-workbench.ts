import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { type AlertDocument, compile, type PolicyDocument, type PoolDocuments, readBuilder } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { contentHash } from './canonical.ts'
import { placed } from './check-draft.ts'
import { currentPool, pools, storedDocuments } from './current-pool.ts'
import { openStates } from './draft.ts'
import { lineOf, openDraftOf, readDraft, ruleIn, viewDraft } from './kept-draft.ts'
import { allPublications, casesInUse, isShippedChanged, newest, shippedHash } from './publications.ts'
import { casesOwnerOf, findRule, isAbout, keyOf, listed, nameOf, type Rule, rulesOf } from './rule.ts'
import { sentencesOf } from './sentence.ts'
import { ruleNotFound, type RuleKind, type workbenchContract } from './workbench-contract.ts'

type Input<K extends keyof typeof workbenchContract> = InputOf<(typeof workbenchContract)[K]>
type Reading = Input<'GET /workbench/reading'>['query']
type HistoryLine = AnswerOf<(typeof workbenchContract)['GET /workbench/:kind/:key/history']>['items'][number]

/** Compiled as a rule that nobody names, so that names, kinds of values and places are those of the pool. */
export async function readExpression(ctx: Ctx, { query }: Input<'GET /workbench/reading'>) {
  const loaded = await currentPool(ctx)
  const text = query.text.trim()
  // What is only read aloud need not be compiled with the whole pool.
  if (query.what === 'sentences') return { group: null, sentences: sentencesOf(text, loaded), problems: [] }
  const read = readBuilder(text)
  if (!read.ok) return { group: null, sentences: [], problems: [placed(read.problem, probe('', query.scope))] }
  const { documents, rule, asked } = probed(loaded.documents, text, query)
  const compiled = compile(documents)
  const problems = (compiled.ok ? [] : compiled.problems).map(problem => placed(problem, rule))
  return {
    group: { ...read.group },
    sentences: sentencesOf(text, loaded),
    problems: problems.filter(p => p.field?.startsWith(asked)),
  }
}

const said = { zh: '试读', en: 'reading' }

interface Probed {
  readonly documents: PoolDocuments
  readonly rule: Rule
  /** Where in it the expression stands. */
  readonly asked: string
}

/** The pool with the expression in it, in a rule of the kind it is written for. */
function probed(documents: PoolDocuments, text: string, { scope, what, goesTo }: Reading): Probed {
  if (goesTo !== undefined) {
    const rule = alertProbe(what === 'day' ? { occurrence: text } : { condition: text }, scope, goesTo)
    const alerts = [...(documents.alerts ?? []), rule]
    return { documents: { ...documents, alerts }, rule, asked: what === 'day' ? 'occurrence' : 'levels.0' }
  }
  const rule = what === 'amount' ? probe('true', scope, text) : probe(text, scope)
  const policies = [...documents.policies, rule]
  return {
    documents: { ...documents, policies },
    rule,
    asked: what === 'amount' ? 'versions.0.benefit' : 'versions.0.condition',
  }
}

function alertProbe(
  { condition = 'true', occurrence }: { readonly condition?: string; readonly occurrence?: string },
  about: AlertDocument['about'],
  goesTo: AlertDocument['goesTo'],
): AlertDocument {
  const levels = [{ level: 'blue', condition }] as const
  return { id: 'R0', name: said, unit: '', about, levels, occurrence, goesTo, windowDays: 1, firstAction: said }
}

function probe(condition: string, scope: PolicyDocument['scope'], amount?: string): PolicyDocument {
  return {
    id: 'P0',
    slug: 'being-read',
    name: said,
    summary: said,
    unit: '',
    kind: 'basic',
    scope,
    versions: [{ from: '2000-01-01', condition, benefit: { kind: 'cash', amount, words: said } }],
    materials: [],
    procedure: { apply: said, level: 'district', steps: [] },
    legalBasis: [],
  }
}

export async function listRules(ctx: Ctx, { query }: Input<'GET /rules'>) {
  const loaded = await currentPool(ctx)
  return {
    items: rulesOf(loaded.documents, query.kind).map(rule => ({
      key: keyOf(rule),
      name: nameOf(rule),
      unit: 'unit' in rule && typeof rule.unit === 'string' ? loaded.unit(rule.unit) : null,
      scope: 'scope' in rule ? rule.scope : 'about' in rule ? rule.about : null,
    })),
  }
}

export async function getRule(ctx: Ctx, { params: { kind, key } }: Input<'GET /workbench/:kind/:key'>) {
  const rule = findRule((await currentPool(ctx)).documents, kind, key)
  const draft = await openDraftOf(ctx, kind, key)
  const named = rule ?? (draft && ruleIn(draft))
  if (!named) throw ruleNotFound({ key })
  const last = newest(await allPublications(ctx)).find(p => p.kind === kind && p.key === key)
  return {
    kind,
    key,
    name: nameOf(named),
    document: rule ? { ...rule } : null,
    cases: ((await casesInUse(ctx)).get(casesOwnerOf(kind, key)) ?? [])
      .filter(one => isAbout(kind, key, one))
      .map(one => ({ ...one })),
    draft: draft?.id ?? null,
    shippedChanged: last !== undefined && isShippedChanged(last),
  }
}

export async function listWorkedHouseholds(ctx: Ctx, { params }: Input<'GET /worked-households/:owner'>) {
  const cases = (await casesInUse(ctx)).get(params.owner)
  if (!cases) throw ruleNotFound({ key: params.owner })
  return { items: cases.map(one => ({ ...one })) }
}

async function ruleInUse(ctx: Ctx, kind: RuleKind, key: string) {
  const rule = findRule((await currentPool(ctx)).documents, kind, key)
  if (!rule) throw ruleNotFound({ key })
  return rule
}

export async function readHistory(ctx: Ctx, { params: { kind, key } }: Input<'GET /workbench/:kind/:key/history'>) {
  const inUse = contentHash(await ruleInUse(ctx, kind, key))
  const published: HistoryLine[] = (await allPublications(ctx))
    .filter(p => p.kind === kind && p.key === key)
    .map(p => ({
      hash: p.hash,
      publishedAt: p.published_at.toISOString(),
      authorName: p.author_name,
      publisherName: p.publisher_name,
      note: p.note,
      inUse: false,
    }))
  const shipped = shippedHash(kind, key)
  const file = { publishedAt: null, authorName: null, publisherName: null, note: null, inUse: false }
  const all = [...(shipped === null ? [] : [{ ...file, hash: shipped }]), ...published]
  const last = all.findLast(line => line.hash === inUse)
  return { items: all.map(line => ({ ...line, inUse: line === last })).toReversed() }
}

/** @throws ruleNotFound for a version that this rule never had here */
export async function readVersion(ctx: Ctx, { params }: Input<'GET /workbench/:kind/:key/history/:hash'>) {
  const { kind, key, hash } = params
  const found = (await storedDocuments(ctx, listed[kind], [hash])).get(hash) as Rule | undefined
  if (!found || keyOf(found) !== key) throw ruleNotFound({ key: hash.slice(0, 12) })
  return { document: { ...found } }
}

export async function listDrafts(ctx: Ctx) {
  const rows = await pools(ctx)
    .selectFrom('pools.draft')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', 'in', openStates)
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return {
    items: rows.map(row => lineOf(ctx, row)),
    shippedChanged: newest(await allPublications(ctx))
      .filter(isShippedChanged)
      .map(({ kind, key }) => ({ kind, key })),
  }
}

export const getDraft = async (ctx: Ctx, { params }: Input<'GET /drafts/:draftId'>) =>
  await viewDraft(ctx, await readDraft(ctx, params.draftId))
