import { refusal, type Words } from '@zhulian/kernel'
import { placeWords } from './place-words.ts'
import { contract, idSchema, instantSchema, text, wordsSchema, z } from '@zhulian/kernel/contract'

export const draftNotFound = refusal('pools.draftNotFound', 404, () => ({
  zh: '没有这份草稿。请从政策工作台重新打开。',
  en: 'There is no such draft. Please open it again from the workbench.',
}))

export const ruleNotFound = refusal<{ key: string }>('pools.ruleNotFound', 404, ({ key }) => ({
  zh: `没有“${key}”这一项。可以在政策工作台里查找。`,
  en: `There is no “${key}”. Look it up in the workbench.`,
}))

export const draftOpen = refusal<{ draft: string; by: string }>('pools.draftOpen', 409, ({ by }) => ({
  zh: `${by}已经在改这一项，还没有发布。请打开那份草稿接着改。`,
  en: `${by} is already changing this; it is not published yet. Please open that draft and go on there.`,
}))

export const draftChanged = refusal<{ version: number; by: string }>('pools.draftChanged', 412, ({ by }) => ({
  zh: `您打开以后，${by}改了这份草稿。您写的还在这一页，请对照最新的草稿再存。`,
  en: `${by} changed this draft after you opened it. What you wrote is still on this page; compare it with the latest before you save.`,
}))

export const draftStepNotOpen = refusal<{ state: Words }>('pools.draftStepNotOpen', 409, ({ state }) => ({
  zh: `这份草稿现在是“${state.zh}”，不能做这一步。`,
  en: `This draft is now “${state.en}”; this cannot be done to it.`,
}))

export const wrongForm = refusal<{ problems: readonly { where: string; words: Words }[] }>(
  'pools.wrongForm',
  422,
  ({ problems }) => ({
    zh: `有 ${problems.length} 处格式不对，没有保存：${problems.map(p => `${placeWords(p.where)} ${p.words.zh}`.trim()).join('；')}`,
    en: `${problems.length} places have the wrong form; nothing was saved: ${problems.map(p => `${p.where} ${p.words.en}`.trim()).join('; ')}`,
  }),
)

export const notReady = refusal<{ problems: number; cases: number }>('pools.notReady', 409, ({ problems, cases }) => ({
  zh: `没有发布，现行的规定不变：${[
    problems > 0 && `有 ${problems} 处问题`,
    cases > 0 && `有 ${cases} 个算例和写的结果不一样`,
  ]
    .filter(Boolean)
    .join('，')}。按“检查”可以看到是哪些，改好再发布。`,
  en: `Not published; the rule in force stays. ${[
    problems > 0 && `Problems: ${problems}.`,
    cases > 0 && `Worked households that do not come out as written: ${cases}.`,
  ]
    .filter(Boolean)
    .join(' ')} The check lists them; please mend these first.`,
}))

export const secondPerson = refusal('pools.secondPerson', 403, () => ({
  zh: '写的人不能自己发布。请另一位工作人员复核后发布。',
  en: 'Whoever wrote it may not publish it. Please ask a colleague to look at it and publish.',
}))

export const baseChanged = refusal('pools.baseChanged', 409, () => ({
  zh: '起草以后，这一项又发布了新的一版，现行的规定不变。请先和现在的一版对照，再提交。',
  en: 'A newer version was published after this draft was begun; the rule in force stays. Compare with it first, then submit again.',
}))

export const nothingChanged = refusal('pools.nothingChanged', 409, () => ({
  zh: '和现行的一版没有不同，不用提交。',
  en: 'This is the same as what is in force; there is nothing to submit.',
}))

export const ruleKinds = ['policy', 'parameter', 'service', 'circle', 'class', 'alert', 'points'] as const
export const draftStates = ['draft', 'submitted', 'returned', 'published', 'withdrawn'] as const
export const draftSteps = ['edit', 'submit', 'publish', 'return', 'withdraw'] as const

/** A document as the files have it; the server checks its form. */
const json = z.record(z.string(), z.unknown())
const cases = z.record(z.string().max(60), z.array(json).max(400))
const key = text(1, 80)
const kind = z.enum(ruleKinds)

const draftLine = z.object({
  id: idSchema,
  kind,
  key,
  name: wordsSchema,
  state: z.enum(draftStates),
  authorName: z.string(),
  /** Whoever asks wrote in it, and may not publish it. */
  mine: z.boolean(),
  changedAt: instantSchema,
})

const draft = draftLine.extend({
  version: z.number().int(),
  may: z.array(z.enum(draftSteps)),
  reviewerName: z.string().nullable(),
  note: z.string().nullable(),
  /** Another version was published since the draft was begun. */
  baseChanged: z.boolean(),
  document: json,
  /** Worked households that the draft changes: whose, and all of theirs. */
  cases,
  /** Whose worked households prove it: its own, or those of several rules in one file. */
  casesOwner: z.string(),
  /** All of theirs, as they stand with the draft. */
  ownCases: z.array(json),
  /** Which of these are not in use as they stand: numbers from 0. */
  writtenCases: z.array(z.number().int()),
  changes: z.array(z.object({ what: wordsSchema, before: wordsSchema.nullable(), after: wordsSchema.nullable() })),
  text: z.array(z.object({ sign: z.enum(['same', 'gone', 'new']), line: z.string() })),
})

const problem = z.object({
  where: z.string(),
  /** Path in the draft's own document, such as `versions.0.condition`; null for what lies elsewhere. */
  field: z.string().nullable(),
  words: wordsSchema,
  at: z
    .object({
      start: z.number().int(),
      end: z.number().int(),
      line: z.number().int(),
      column: z.number().int(),
    })
    .nullable(),
})

const check = z.object({
  ready: z.boolean(),
  problems: z.array(problem),
  /** Policies, services, alerts, circle, class and points whose results rest on what is changed, itself first. */
  reached: z.array(z.object({ id: z.string(), name: wordsSchema })),
  cases: z.object({
    ran: z.number().int(),
    failed: z.array(
      z.object({
        owner: z.string(),
        index: z.number().int(),
        name: z.string(),
        case: json,
        differences: z.array(z.object({ what: z.string(), expected: z.string(), found: z.string() })),
      }),
    ),
  }),
})

const one = { params: z.object({ draftId: idSchema }) }
const stepRefusals = [draftNotFound, draftChanged, draftStepNotOpen] as const

export const workbenchContract = contract({
  'GET /workbench/reading': {
    summary: 'One expression: as groups and lines, in sentences, and what is wrong with it; or the sentences alone.',
    query: z.object({
      text: z.string().max(6000),
      scope: z.enum(['household', 'person']),
      what: z.enum(['condition', 'amount', 'day', 'sentences']).default('condition'),
      /** Of a rule of alerts: whom it goes to, which decides what it may read. */
      goesTo: z.enum(['village', 'township', 'health']).optional(),
    }),
    answer: z.object({ group: json.nullable(), sentences: z.array(wordsSchema), problems: z.array(problem) }),
  },
  'GET /rules': {
    summary: 'The rules of one kind in use, in order.',
    query: z.object({ kind }),
    answer: z.object({
      items: z.array(
        z.object({
          key: z.string(),
          name: wordsSchema,
          unit: wordsSchema.nullable(),
          /** Whom it is about; null where it is about neither. */
          scope: z.enum(['household', 'person']).nullable(),
        }),
      ),
    }),
  },
  'GET /workbench/:kind/:key': {
    summary: 'A rule as it is in force: the document, its worked households, its open draft.',
    params: z.object({ kind, key }),
    answer: z.object({
      kind,
      key,
      name: wordsSchema,
      /** null while the rule is new and nobody has published it. */
      document: json.nullable(),
      cases: z.array(json),
      draft: idSchema.nullable(),
      /** Published here, while the shipped file was changed too. */
      shippedChanged: z.boolean(),
    }),
    refusals: [ruleNotFound],
  },
  'GET /workbench/:kind/:key/history': {
    summary: 'What was published of it, newest first; the shipped file last.',
    params: z.object({ kind, key }),
    answer: z.object({
      items: z.array(
        z.object({
          hash: z.string(),
          publishedAt: instantSchema.nullable(),
          authorName: z.string().nullable(),
          publisherName: z.string().nullable(),
          note: z.string().nullable(),
          inUse: z.boolean(),
        }),
      ),
    }),
    refusals: [ruleNotFound],
  },
  'GET /workbench/:kind/:key/history/:hash': {
    summary: 'One version of it as it stood.',
    params: z.object({ kind, key, hash: text(64, 64) }),
    answer: z.object({ document: json }),
    refusals: [ruleNotFound],
  },
  'GET /worked-households/:owner': {
    summary: 'Worked households in use, by whose they are: a policy, or a file of the district.',
    params: z.object({ owner: text(1, 60) }),
    answer: z.object({ items: z.array(json) }),
    refusals: [ruleNotFound],
  },
  'GET /drafts': {
    summary: 'Drafts that are neither published nor withdrawn, the last changed first.',
    answer: z.object({
      items: z.array(draftLine),
      /** Rules published here whose shipped file was changed too. */
      shippedChanged: z.array(z.object({ kind, key })),
    }),
  },
  'POST /drafts': {
    summary: 'Begins to change a rule, from the one in force or from an older one.',
    body: z.strictObject({ kind, key, from: z.string().max(64).optional() }),
    answer: draft,
    refusals: [ruleNotFound, draftOpen],
  },
  'GET /drafts/:draftId': {
    summary: 'One draft, and what it changes in words and in text.',
    ...one,
    answer: draft,
    refusals: [draftNotFound],
  },
  'PUT /drafts/:draftId': {
    summary: 'Saves a draft. What is wrong in a rule is found by the check; the form must be right.',
    ...one,
    body: z.strictObject({ document: json, cases: cases.optional(), note: text(0, 500).optional() }),
    answer: draft,
    refusals: [...stepRefusals, wrongForm],
  },
  'DELETE /drafts/:draftId': {
    summary: 'Withdraws a draft; it is kept, and the rule in force stays.',
    ...one,
    answer: draftLine,
    refusals: [draftNotFound, draftStepNotOpen],
  },
  'POST /drafts/:draftId/check': {
    summary: 'Compiles the pool with the draft in it and runs every worked household it reaches.',
    ...one,
    answer: check,
    refusals: [draftNotFound, draftStepNotOpen],
  },
  'POST /drafts/:draftId/case': {
    summary: 'Reads one worked household by the saved draft: what is wrong with it, and what comes out differently.',
    ...one,
    body: z.strictObject({ case: json, owner: key }),
    answer: z.object({
      problems: z.array(
        z.object({
          place: z.enum(['form', 'household', 'person', 'expect']),
          person: z.string().nullable(),
          /** The full name of a fact, or the part of the case. */
          fact: z.string().nullable(),
          words: wordsSchema,
        }),
      ),
      differences: z.array(z.object({ what: z.string(), expected: z.string(), found: z.string() })),
      /** The draft itself cannot be read yet: judged was by what is in force. */
      byDraft: z.boolean(),
    }),
    refusals: [draftNotFound],
  },
  'POST /drafts/:draftId/rest-on-current': {
    summary: 'Takes the version now in force as what the draft is compared with.',
    ...one,
    answer: draft,
    refusals: [...stepRefusals],
  },
  'POST /drafts/:draftId/submit': {
    summary: 'Hands a draft to a second person.',
    ...one,
    body: z.strictObject({ note: text(0, 500).optional() }),
    answer: draft,
    refusals: [...stepRefusals, baseChanged, nothingChanged],
  },
  'POST /drafts/:draftId/publish': {
    summary: 'A second person puts it in force. Refused while anything is wrong.',
    ...one,
    body: z.strictObject({ note: text(0, 500).optional() }),
    answer: z.object({ draft: draftLine, poolVersion: z.string() }),
    refusals: [...stepRefusals, secondPerson, baseChanged, notReady],
  },
  'POST /drafts/:draftId/return': {
    summary: 'A second person gives it back with a note.',
    ...one,
    body: z.strictObject({ note: text(2, 500) }),
    answer: draft,
    refusals: [...stepRefusals],
  },
  'GET /policies/:policyId/file': {
    summary: 'A policy in force as the file it would be in data/policies: policy.yaml or cases.yaml.',
    params: z.object({ policyId: text(1, 60) }),
    query: z.object({ part: z.enum(['policy', 'cases']).default('policy') }),
    answer: 'file',
    refusals: [ruleNotFound],
  },
  'GET /services/:serviceId/file': {
    summary: 'A service in force as the file it would be in data/services, or the worked households of all services.',
    params: z.object({ serviceId: text(1, 60) }),
    query: z.object({ part: z.enum(['service', 'cases']).default('service') }),
    answer: 'file',
    refusals: [ruleNotFound],
  },
  'POST /services/file': {
    summary: 'A file of data/services, with or without the cases.yaml beside it, becomes a draft.',
    body: z.strictObject({ service: z.string().min(1).max(200_000), cases: z.string().max(400_000).optional() }),
    answer: draft,
    refusals: [draftOpen, wrongForm],
  },
  'GET /circles/file': {
    summary: 'What sorts households as the file it would be in data/circles, or the worked households beside it.',
    query: z.object({ part: z.enum(['circle', 'class', 'cases']).default('circle') }),
    answer: 'file',
  },
  'POST /circles/file': {
    summary: 'A circle.yaml or class.yaml, with or without the cases.yaml beside it, becomes a draft.',
    body: z.strictObject({
      kind: z.enum(['circle', 'class']),
      rule: z.string().min(1).max(200_000),
      cases: z.string().max(400_000).optional(),
    }),
    answer: draft,
    refusals: [draftOpen, wrongForm],
  },
  'GET /alert-rules/:rule/file': {
    summary:
      'A rule of alerts, or the card of points, as the file it would be in data/alerts; or the worked households of all of them.',
    params: z.object({ rule: text(1, 60) }),
    query: z.object({ part: z.enum(['rule', 'cases']).default('rule') }),
    answer: 'file',
    refusals: [ruleNotFound],
  },
  'POST /alert-rules/file': {
    summary: 'A file of data/alerts, with or without the cases.yaml beside it, becomes a draft.',
    body: z.strictObject({
      kind: z.enum(['alert', 'points']),
      rule: z.string().min(1).max(200_000),
      cases: z.string().max(400_000).optional(),
    }),
    answer: draft,
    refusals: [draftOpen, wrongForm],
  },
  'POST /policies/file': {
    summary: 'A policy.yaml, with or without its cases.yaml, becomes a draft.',
    body: z.strictObject({ policy: z.string().min(1).max(200_000), cases: z.string().max(400_000).optional() }),
    answer: draft,
    refusals: [draftOpen, wrongForm],
  },
})

export type RuleKind = (typeof ruleKinds)[number]
export type DraftState = (typeof draftStates)[number]
export type DraftStep = (typeof draftSteps)[number]
