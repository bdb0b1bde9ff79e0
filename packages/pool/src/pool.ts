import { alertLevels, compile, type Pool, type PoolDocuments, type Problem, type Reading } from '@zhulian/rules'
import { z } from 'zod'
import { formWords } from './form-words.ts'
import {
  alertSchema,
  circleSchema,
  classSchema,
  derivedSchema,
  exclusionSchema,
  factSchema,
  parameterSchema,
  pointsSchema,
  policySchema,
  serviceSchema,
  unitSchema,
} from './schemas.ts'

export type ReadPool =
  | { readonly ok: true; readonly pool: Pool; readonly version: string }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** A parsed data file and where it came from, relative to the data folder: `facts/people.yaml`. */
export interface DataFile {
  readonly path: string
  readonly content: unknown
}

/**
 * Checks the form of the files, then every expression in them. All problems are returned, each naming file and place.
 * `version` is a hash of the contents: the same documents give the same version, in whatever order the files came.
 */
export async function compilePool(files: readonly DataFile[], reading: Reading = {}): Promise<ReadPool> {
  const { documents, problems } = sortFiles(files)
  if (!documents) return { ok: false, problems }
  const compiled = compile(documents, reading)
  if (!compiled.ok) return { ok: false, problems: compiled.problems.map(problem => withPath(problem, files)) }
  return { ok: true, pool: compiled.pool, version: await hash(documents) }
}

/** The documents by kind, when the form of every file is right. */
export function sortFiles(files: readonly DataFile[]): {
  readonly documents?: PoolDocuments
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const read = <S extends z.ZodType>(schema: S, { path, content }: DataFile): z.output<S> | undefined => {
    const result = schema.safeParse(content)
    if (result.success) return result.data
    for (const issue of result.error.issues)
      problems.push({
        where: `${path} ${placeOf(issue.path, content)}`.trim(),
        words: formWords(issue),
      })
    return undefined
  }
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const all = <S extends z.ZodType>(pattern: RegExp, schema: S, except?: string): z.output<S>[] =>
    sorted.filter(f => pattern.test(f.path) && f.path !== except).flatMap(f => read(schema, f) ?? [])
  const one = <S extends z.ZodType>(path: string, schema: S): z.output<S> | undefined => {
    const file = sorted.find(f => f.path === path)
    if (!file) problems.push({ where: path, words: { zh: '缺少这个文件', en: 'This file is missing' } })
    return file && read(schema, file)
  }
  const alerts = all(/^alerts\/R[^/]*\.yaml$/, alertSchema).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const hasPoints = sorted.some(f => f.path === 'alerts/points.yaml')
  const points = hasPoints ? one('alerts/points.yaml', pointsSchema) : undefined
  const policies = all(/^policies\/[^/]+\/policy\.yaml$/, policySchema)
  const documents = {
    facts: all(/^facts\/[^/]+\.yaml$/, z.array(factSchema), 'facts/derived.yaml').flat(),
    derived: one('facts/derived.yaml', z.array(derivedSchema)) ?? [],
    parameters: one('parameters.yaml', z.array(parameterSchema)) ?? [],
    policies: policies.toSorted((a, b) => policyOrder(a.id) - policyOrder(b.id)),
    exclusions: one('policies/exclusions.yaml', z.array(exclusionSchema)) ?? [],
    services: all(/^services\/(?!cases)[^/]+\.yaml$/, serviceSchema).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    circle: one('circles/circle.yaml', circleSchema) ?? { lines: [] },
    class: one('circles/class.yaml', classSchema) ?? { classes: [], primary: [] },
    units: one('units.yaml', z.array(unitSchema)) ?? [],
    // Only where there are any, so that a district without alerts keeps the version of its pool.
    ...(alerts.length > 0 && { alerts }),
    ...(points && { points }),
  } as PoolDocuments
  for (const { path, content } of sorted) {
    const [, folder] = /^(?:policies|services)\/(?!cases|exclusions)([^/]+?)(?:\/policy)?\.yaml$/.exec(path) ?? []
    const slug = (content as { slug?: unknown } | null)?.slug
    if (folder !== undefined && slug !== folder)
      problems.push({
        where: `${path} slug`,
        words: { zh: `slug 要和文件名一样：${folder}`, en: `The slug is the name of its file: ${folder}` },
      })
  }
  problems.push(...checkBetween(documents))
  return problems.length > 0 ? { problems } : { documents, problems }
}

/** `person.age formula` rather than `0.formula`: entries of a list are named where they have a name. */
function placeOf(path: readonly PropertyKey[], content: unknown): string {
  const [first, ...rest] = path
  const entry =
    Array.isArray(content) && typeof first === 'number' ? (content[first] as { name?: unknown } | null) : undefined
  return [typeof entry?.name === 'string' ? entry.name : String(first ?? ''), rest.map(String).join('.')]
    .join(' ')
    .trim()
}

/** By which policies stand in order: P01 … P29a, P29b … P40, then J1 … J5. */
export const policyOrder = (id: string): number =>
  (id.startsWith('J') ? 1000 : 0) + Number(id.slice(1).replace(/\D/g, '')) * 10 + (id.endsWith('b') ? 1 : 0)

/** What documents say of each other: units and policies that are named exist, rows of figures follow one another. */
export function checkBetween(documents: PoolDocuments): readonly Problem[] {
  const problems: Problem[] = []
  const problem = (where: string, zh: string, en: string) => problems.push({ where, words: { zh, en } })
  const ids = new Set(documents.policies.map(p => p.id))
  for (const policy of documents.policies) {
    const where = `policies/${policy.slug}/policy.yaml`
    if (!documents.units.some(u => u.id === policy.unit))
      problem(`${where} unit`, `没有「${policy.unit}」这个单位`, `There is no unit "${policy.unit}"`)
    for (const id of policy.opens ?? [])
      if (!ids.has(id)) problem(`${where} opens`, `没有「${id}」这项政策`, `There is no policy "${id}"`)
  }
  for (const { name, rows } of documents.parameters)
    rows.forEach((row, i) => {
      const before = rows[i - 1]
      if (before && before.from >= row.from)
        problem(`parameters.yaml ${name} rows.${i}`, '各行要按日期先后写', 'Rows stand in the order of their days')
      if (row.until !== undefined && row.until <= row.from)
        problem(`parameters.yaml ${name} rows.${i}`, '结束日要晚于开始日', 'until is after from')
      if (before?.until !== undefined && before.until > row.from)
        problem(`parameters.yaml ${name} rows.${i}`, '各行的时间不能重叠', 'Rows may not overlap')
      if (before?.until !== undefined && before.until < row.from)
        problem(
          `parameters.yaml ${name} rows.${i}`,
          `${before.until}到${row.from}之间没有数`,
          `There is no figure from ${before.until} to ${row.from}`,
        )
    })
  checkAlerts(documents, ids, problem)
  const units = documents.units.map(u => u.id)
  for (const id of units.filter((id, i) => units.indexOf(id) !== i))
    problem('units.yaml', `「${id}」写了两遍`, `"${id}" stands twice`)
  return problems
}

type Report = (where: string, zh: string, en: string) => void

/** Levels from the most severe down, each once; what a rule names exists. */
function checkAlerts(documents: PoolDocuments, policies: ReadonlySet<string>, problem: Report): void {
  const known = new Set([...policies, ...documents.services.map(s => s.id)])
  const all = [...documents.facts, ...documents.derived]
  const facts = new Set(all.map(f => f.name))
  const dates = new Set(all.filter(f => f.type === 'date').map(f => f.name))
  for (const alert of documents.alerts ?? []) {
    const where = `alerts/${alert.id}.yaml`
    if (!documents.units.some(u => u.id === alert.unit))
      problem(`${where} unit`, `没有「${alert.unit}」这个单位`, `There is no unit "${alert.unit}"`)
    for (const id of alert.leadsTo ?? [])
      if (!known.has(id))
        problem(`${where} leadsTo`, `没有「${id}」这项政策或服务`, `There is no policy or service "${id}"`)
    const ranks = alert.levels.map(l => alertLevels.indexOf(l.level))
    if (ranks.some((rank, i) => i > 0 && rank <= (ranks[i - 1] ?? -1)))
      problem(`${where} levels`, '各级要从重到轻写，每级一次', 'Levels stand from the most severe down, each once')
    if (alert.ifUnknown !== undefined && alert.occurrence === undefined)
      problem(`${where} ifUnknown`, '写了 ifUnknown 就要写 occurrence', 'ifUnknown wants an occurrence')
    if (alert.persons !== undefined && alert.about !== 'person')
      problem(`${where} persons`, '只有针对个人的规则才写 persons', 'Only a rule about persons has persons')
    for (const { fact, days, months } of alert.turns ?? [])
      if (!(days || months ? dates : facts).has(fact))
        problem(
          `${where} turns`,
          `没有「${fact}」这个${days || months ? '日期' : ''}事实`,
          `There is no fact "${fact}"${days || months ? ' that is a day' : ''}`,
        )
  }
}

function withPath(problem: Problem, files: readonly DataFile[]): Problem {
  const policy = /^(policies|services)\/([a-z0-9-]+) (.*)$/.exec(problem.where)
  if (policy)
    return {
      ...problem,
      where:
        policy[1] === 'services'
          ? `services/${policy[2]}.yaml ${policy[3]}`
          : `policies/${policy[2]}/policy.yaml ${policy[3]}`,
    }
  const sorting = /^(circles\/(?:circle|class)) (.*)$/.exec(problem.where)
  if (sorting) return { ...problem, where: `${sorting[1]}.yaml ${sorting[2]}` }
  const alert = /^alerts\/(\S+) (.*)$/.exec(problem.where)
  if (alert) return { ...problem, where: `alerts/${alert[1]}.yaml ${alert[2]}` }
  const fact = /^facts (\S+) ?(.*)$/.exec(problem.where)
  const holds = (file: DataFile) =>
    file.path.startsWith('facts/') &&
    Array.isArray(file.content) &&
    file.content.some(entry => (entry as { name?: unknown } | null)?.name === fact?.[1])
  const file =
    fact &&
    (files.find(f => f.path === 'facts/derived.yaml' && /formula|versions/.test(fact[2] ?? '') && holds(f)) ??
      files.find(holds))
  return file && fact ? { ...problem, where: `${file.path} ${fact[1]} ${fact[2]}`.trim() } : problem
}

async function hash(documents: PoolDocuments): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(documents))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest.slice(0, 16), b => b.toString(16).padStart(2, '0')).join('')
}

/** One line for a person: file and place, position in the expression, what is wrong. */
export function problemLine(problem: Problem, language: 'zh' | 'en'): string {
  const at = problem.at
    ? language === 'zh'
      ? `（第 ${problem.at.line} 行第 ${problem.at.column} 个字符）`
      : ` (line ${problem.at.line}, column ${problem.at.column})`
    : ''
  return `${problem.where}${at}${language === 'zh' ? '：' : ': '}${problem.words[language]}`
}
