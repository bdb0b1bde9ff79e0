import type { Id, Words } from '@zhulian/kernel'
import { compile, judge, type PersonPolicyResult, type Pool, type Problem } from '@zhulian/rules'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { isDelicate, reasonWords } from '../guidance/index.ts'
import { currentPool, type LoadedPool, sentencesOf } from '../pools/index.ts'
import { factsOf, type KnownHousehold } from '../registry/index.ts'
import { ruleNotReadable } from './contract.ts'
import type { EnrolmentVerdict, ProjectRow } from './tables.ts'

/**
 * For whom a project is, as a rule in the language of the pool: checked as a service of the pool would be when it is saved, and asked of
 * a family with reasons. It tells and decides nothing: who has a place a person says.
 */

/** Rules that stand together in one pool by their own text, so that a family is judged once for however many projects. */
interface Together {
  readonly pool: Pool
  readonly idOf: (condition: string) => string
}

let kept: { readonly key: string; readonly together: Together } | undefined

/** What stands in a project may read whatever a service may; all else of the pool but services goes along, for what rests on it. */
function documentsWith(loaded: LoadedPool, conditions: readonly string[]) {
  const { alerts: _alerts, points: _points, ...documents } = loaded.documents
  return {
    ...documents,
    services: conditions.map((condition, i) => ({
      id: `project-${i}`,
      slug: `project-${i}`,
      category: 'A' as const,
      name: { zh: '项目', en: 'Project' },
      summary: { zh: '', en: '' },
      unitOfService: { zh: '', en: '' },
      scope: 'person' as const,
      condition,
      provenance: ['I'],
    })),
  }
}

function together(loaded: LoadedPool, conditions: readonly string[]): Together | undefined {
  const all = [...new Set(conditions)].toSorted()
  const key = JSON.stringify([loaded.id, all])
  if (kept?.key === key) return kept.together
  const compiled = compile(documentsWith(loaded, all))
  if (!compiled.ok) return undefined
  const found = { pool: compiled.pool, idOf: (condition: string) => `project-${all.indexOf(condition)}` }
  kept = { key, together: found }
  return found
}

export interface ReadRule {
  readonly sentences: Words[]
  readonly problems: readonly Problem[]
}

export async function readRule(ctx: Ctx, condition: string): Promise<ReadRule> {
  const loaded = await currentPool(ctx)
  const compiled = compile(documentsWith(loaded, [condition]))
  return {
    sentences: compiled.ok ? sentencesOf(condition, loaded) : [],
    problems: compiled.ok ? [] : compiled.problems,
  }
}

const checked = new Set<string>()

/** Read together, in the time of one. @throws ruleNotReadable */
export async function checkRules(ctx: Ctx, conditions: readonly string[]): Promise<void> {
  const loaded = await currentPool(ctx)
  const keyOf = (condition: string) => `${loaded.id} ${condition}`
  const fresh = [...new Set(conditions)].filter(condition => !checked.has(keyOf(condition)))
  if (fresh.length === 0) return
  const compiled = compile(documentsWith(loaded, fresh))
  if (!compiled.ok) throw ruleNotReadable({ problems: compiled.problems.slice(0, 5).map(p => p.words) })
  // Of many drafts the newest thousand are enough to be remembered.
  if (checked.size >= 1000) checked.clear()
  for (const condition of fresh) checked.add(keyOf(condition))
}

export interface Judged {
  readonly verdict: EnrolmentVerdict
  readonly reasons: Words[]
  readonly unknown: Words[]
}

export interface WhoseNeed {
  readonly household: Id
  /** Undefined: of anybody in the home. */
  readonly person: Id | undefined
}

const noRule: Judged = { verdict: 'noRule', reasons: [], unknown: [] }
type Asked = Pick<ProjectRow, 'id' | 'eligibility'>

/** What the rules of projects say of a family, by project. A rule that no longer fits the pool says nothing until it is mended. */
export async function judgeFor(ctx: Ctx, rows: readonly Asked[], whose: WhoseNeed): Promise<ReadonlyMap<Id, Judged>> {
  const loaded = await currentPool(ctx)
  const conditions = rows.flatMap(row => row.eligibility ?? [])
  const found = conditions.length === 0 ? undefined : together(loaded, conditions)
  if (!found) return new Map(rows.map(row => [row.id, row.eligibility === null ? noRule : notTold]))
  // Children count for what they are, whoever asks; of what they are only those hear who may open their record.
  const known = await asMachine(ctx, machine => factsOf(machine, whose.household, { whole: true }))
  const seen = isOfField(ctx) ? await factsOf(ctx, whose.household) : undefined
  const { services } = judge(found.pool, known.facts, ctx.today)
  return new Map(
    rows.map(({ id, eligibility }) => [
      id,
      eligibility === null ? noRule : judgedOf(loaded, services[found.idOf(eligibility)] ?? [], whose, known, seen),
    ]),
  )
}

const notTold: Judged = {
  verdict: 'undetermined',
  reasons: [],
  unknown: [{ zh: '这条规则要按新的政策池改一改', en: 'this rule has to be fitted to the pool in force' }],
}
const isOfField = (ctx: Ctx) => ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer'].includes(ctx.actor.role)

/** Anybody in the home whom it means is enough; a person alone where the need is a person's. */
function judgedOf(
  loaded: LoadedPool,
  results: readonly PersonPolicyResult[],
  { person }: WhoseNeed,
  known: KnownHousehold,
  seen: KnownHousehold | undefined,
): Judged {
  const asked = person === undefined ? results : results.filter(r => r.person === person)
  const verdict = (['eligible', 'undetermined', 'ineligible'] as const).find(v => asked.some(r => r.verdict === v))
  if (verdict === undefined) return { verdict: 'undetermined', reasons: [], unknown: [nobodyThere] }
  const said = asked.filter(r => r.verdict === verdict)
  const open = new Set(seen?.members.filter(m => !m.closed).map(m => m.id as string))
  const members = known.members.map(m => ({
    key: m.id as string,
    callName: m.name,
    relation: m.relation,
    birthDate: m.birthDate,
    sex: m.sex,
    self: false,
  }))
  const reasons = said
    .flatMap(result => result.reasons)
    .filter(reason => seen !== undefined && !isDelicate(reason))
    .filter(reason => reason.kind === 'notInForce' || reason.person === undefined || open.has(reason.person))
    .map(reason => reasonWords(loaded, reason, members, verdict === 'eligible').words)
  const unknown = said.flatMap(r => r.missing).flatMap(({ fact }) => loaded.labelOf(fact) ?? [])
  return { verdict, reasons: distinct(reasons).slice(0, 6), unknown: distinct(unknown).slice(0, 6) }
}

const nobodyThere: Words = { zh: '家里有谁', en: 'who lives in the home' }
const distinct = (words: readonly Words[]): Words[] => [...new Map(words.map(w => [w.zh, w])).values()]
