import { Document, isMap, isScalar, isSeq, parseDocument, visit, type Node } from 'yaml'
import { z } from 'zod'
import type {
  AlertDocument,
  CircleDocument,
  ClassDocument,
  ParameterDocument,
  PointsDocument,
  PolicyDocument,
  Problem,
  ServiceDocument,
} from '@zhulian/rules'
import { formWords } from './form-words.ts'
import {
  alertSchema,
  caseSchema,
  circleSchema,
  classSchema,
  pointsSchema,
  policySchema,
  serviceSchema,
  type Case,
} from './schemas.ts'

export type Written<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** A document as its file has it, such as `policies/<slug>/policy.yaml`: what fits in a line stands in one. */
export const ruleFile = (
  rule:
    | PolicyDocument
    | ParameterDocument
    | ServiceDocument
    | CircleDocument
    | ClassDocument
    | AlertDocument
    | PointsDocument,
): string => write(new Document(rule, { aliasDuplicateObjects: false }))

/** As `cases.yaml` has them: a household or person that comes again is named the first time and pointed to after. */
export function casesFile(cases: readonly Case[]): string {
  const seen = new Map<string, unknown>()
  const once = <T>(value: T): T => {
    const key = JSON.stringify(value)
    if (!seen.has(key)) seen.set(key, value)
    return seen.get(key) as T
  }
  return write(new Document(cases.map(c => ({ ...c, household: once(c.household), persons: c.persons.map(once) }))))
}

/** What a file holds, checked for its form; every problem has its place. */
export const readPolicyFile = (text: string): Written<PolicyDocument> => readYaml(policySchema, text)
export const readServiceFile = (text: string): Written<ServiceDocument> => readYaml(serviceSchema, text)
export const readCircleFile = (text: string): Written<CircleDocument> => readYaml(circleSchema, text)
export const readClassFile = (text: string): Written<ClassDocument> => readYaml(classSchema, text)
export const readAlertFile = (text: string): Written<AlertDocument> => readYaml(alertSchema, text)
export const readPointsFile = (text: string): Written<PointsDocument> => readYaml(pointsSchema, text)
export const readCasesFile = (text: string): Written<readonly Case[]> => readYaml(z.array(caseSchema), text)

/** Checks the form of a document. */
export function checkForm<S extends z.ZodType>(schema: S, content: unknown): Written<z.output<S>> {
  const read = schema.safeParse(content)
  if (read.success) return { ok: true, value: read.data }
  return {
    ok: false,
    problems: read.error.issues.map(issue => ({
      where: issue.path.map(String).join('.'),
      words: formWords(issue),
    })),
  }
}

/** The longest shipped file of cases points back some thousand times, through one another. */
const mostAliases = 100_000

function readYaml<S extends z.ZodType>(schema: S, text: string): Written<z.output<S>> {
  const document = parseDocument(text, { merge: true, prettyErrors: true })
  if (document.errors.length === 0)
    try {
      return checkForm(schema, document.toJS({ maxAliasCount: mostAliases }))
    } catch {
      return { ok: false, problems: [{ where: '', words: { zh: '引用（*）太多', en: 'Too many references (*)' } }] }
    }
  return {
    ok: false,
    problems: document.errors.map(error => ({
      where: String(error.linePos?.[0].line ?? 1),
      words: { zh: `YAML 写得不对：${error.message}`, en: `Not YAML: ${error.message}` },
    })),
  }
}

function write(document: Document<Node>): string {
  visit(document, {
    Collection: (_, node) => {
      if (node !== document.contents && isFlat(node)) node.flow = true
    },
  })
  return document.toString({ lineWidth: 0 })
}

const isPlain = (node: unknown) => isScalar(node) && !(typeof node.value === 'string' && node.value.includes('\n'))

/** Of plain values, and lists of plain values. */
function isFlat(node: Node): boolean {
  if (isSeq(node)) return node.items.every(isPlain)
  if (!isMap(node)) return false
  return node.items.every(({ value }) => isPlain(value) || (isSeq(value) && value.items.every(isPlain)))
}
