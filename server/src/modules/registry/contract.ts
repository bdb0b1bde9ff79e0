import { channels, refusal } from '@zhulian/kernel'
import {
  contract,
  daySchema,
  divisionSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  text,
  wordsSchema,
  z,
} from '@zhulian/kernel/contract'
import { minorClosed, minorsContract } from './minors-contract.ts'
import { comparedField, pairReasons, pairsContract } from './pairs-contract.ts'
import { traits } from './standing.ts'
import { sources, tiers } from './tables.ts'

export const notFound = refusal('registry.notFound', 404, () => ({
  zh: '没有找到，或者不在您的工作范围内。请从列表重新打开。',
  en: 'Not found, or outside the area you work in. Please open it again from the list.',
}))
export const noSuchVillage = refusal('registry.noSuchVillage', 422, () => ({
  zh: '没有这个村（社区），或者它不在您的工作范围内。请从列表中选择。',
  en: 'There is no such village, or it lies outside the area you work in. Please choose one from the list.',
}))
export const idNumberWrong = refusal<{ fault: string }>(
  'registry.idNumberWrong',
  422,
  ({ fault }) => idNumberFaults[fault] ?? (idNumberFaults['length'] as { zh: string; en: string }),
)
const idNumberFaults: Record<string, { zh: string; en: string }> = {
  length: {
    zh: '身份证号应为18位，请对照证件重新填写。',
    en: 'An identity number has 18 characters. Please copy it again from the card.',
  },
  characters: {
    zh: '身份证号里有不该有的字符：前17位是数字，末位是数字或X。',
    en: 'The identity number holds a character it cannot hold: 17 digits, then a digit or X.',
  },
  birthDate: {
    zh: '身份证号第7–14位不是一个日期，请对照证件重新填写。',
    en: 'Characters 7–14 of the identity number are not a date. Please copy it again from the card.',
  },
  future: {
    zh: '身份证号里的出生日期还没有到，请对照证件重新填写。',
    en: 'The birth date in the identity number lies in the future. Please copy it again from the card.',
  },
  checkDigit: {
    zh: '身份证号末位对不上，可能有一位填错了，请逐位核对。',
    en: 'The last character of the identity number does not fit: one of the others may be mistyped.',
  },
}
export const birthDateWrong = refusal('registry.birthDateWrong', 422, () => ({
  zh: '出生日期不对：不能晚于今天，也不能算出来超过130岁。请对照证件重新填写。',
  en: 'The birth date cannot be right: it lies after today, or makes an age above 130. Please copy it again from the card.',
}))
export const alreadyRegistered = refusal<{ household: string | null }>(
  'registry.alreadyRegistered',
  409,
  ({ household }) => ({
    zh: household
      ? '这个人已经登记在另一户。要转到这一户，请先在原来那户登记迁出。'
      : '这个人已经登记在其他地方，请联系镇街民政核对。',
    en: household
      ? 'This person is registered in another household. Record there that they left, then add them here.'
      : 'This person is registered elsewhere. Please ask the township office to check.',
  }),
)
export const leftLater = refusal<{ day: string }>('registry.leftLater', 422, ({ day }) => ({
  zh: `这个人到${day}为止还在原来那户。请填写${day}或之后的日期。`,
  en: `This person belonged to their former household until ${day}. Please give that day or a later one.`,
}))
export const registerNoTaken = refusal('registry.registerNoTaken', 409, () => ({
  zh: '这个户编号已经用过了。请核对，或者留空。',
  en: 'This household number is in use. Please check it, or leave it empty.',
}))
export const headMissing = refusal('registry.headMissing', 422, () => ({
  zh: '一户要有且只有一位户主，请选择谁是户主。',
  en: 'A household has exactly one head. Please say who it is.',
}))
export const noSuchFact = refusal<{ fact: string }>('registry.noSuchFact', 422, ({ fact }) => ({
  zh: `事实字典里没有“${fact}”这一项。`,
  en: `The dictionary of facts has no “${fact}”.`,
}))
export const valueWrong = refusal<{ fact: string; zh: string; en: string }>(
  'registry.valueWrong',
  422,
  ({ zh, en }) => ({ zh, en }),
)
export const notYet = refusal('registry.notYet', 422, () => ({
  zh: '这一天还没有到。请填写今天或更早的日期。',
  en: 'That day has not come yet. Please give today or an earlier day.',
}))
export const notAMember = refusal('registry.notAMember', 422, () => ({
  zh: '这个人那一天不在这一户里。请刷新后再试。',
  en: 'This person was not a member of the household on that day. Please reload and try again.',
}))
export const lastMember = refusal('registry.lastMember', 409, () => ({
  zh: '户里只剩这一个人，不能迁出。整户注销请联系镇街民政。',
  en: 'This is the last member of the household and cannot leave it. Ask the township office to close the household.',
}))
export const exportTooLarge = refusal<{ people: number; limit: number }>(
  'registry.exportTooLarge',
  422,
  ({ people, limit }) => ({
    zh: `筛选结果有 ${people} 人，一次最多导出 ${limit} 人。请缩小范围后再导出。`,
    en: `The list holds ${people} people; at most ${limit} can be exported at once. Please narrow it down.`,
  }),
)
export const nothingToReveal = refusal('registry.nothingToReveal', 404, () => ({
  zh: '登记里没有这一项，不用查看。',
  en: 'Nothing of the kind is registered, so there is nothing to show.',
}))

export const nothingToDecide = refusal('registry.nothingToDecide', 409, () => ({
  zh: '规则现在没有建议变动，或者情况已经变了。请刷新后再看。',
  en: 'The rules suggest no move now, or things have changed. Please reload.',
}))
export const notStableYet = refusal<{ from: string; visited: boolean }>(
  'registry.notStableYet',
  409,
  ({ from, visited }) => ({
    zh: visited ? `要稳定满三个月，${from} 起才能提出。` : '这三个月里还没有人入户核查过。请先入户。',
    en: visited
      ? `It has to be stable for three months; it can be proposed from ${from}.`
      : 'Nobody has verified anything at home in these three months. Please visit first.',
  }),
)
export const alreadyProposed = refusal<{ by: string }>('registry.alreadyProposed', 409, ({ by }) => ({
  zh: `${by}已经提出过了，等另一个人确认。`,
  en: `${by} has proposed it already; another person has to confirm.`,
}))
export const decisionOver = refusal<{ by: string }>('registry.decisionOver', 409, ({ by }) => ({
  zh: `${by}已经定过了。请刷新后再看。`,
  en: `${by} has decided it already. Please reload.`,
}))
export const sameTwice = refusal('registry.sameTwice', 409, () => ({
  zh: '提出和确认要由两个人来做。您可以撤回自己提出的，或者等同事确认。',
  en: 'To propose and to confirm takes two people. You can take back your own, or wait for a colleague.',
}))

/** Why somebody looks at something protected, to choose from; free words of ten characters and more are also taken. */
export const revealReasons = [
  'verifyApplication',
  'fileOnBehalf',
  'contactFamily',
  'checkDuplicate',
  'answerEnquiry',
] as const
const reason = z.union([z.enum(revealReasons), text(10, 200)])

const sourceSchema = z.enum(sources)
const tier = z.enum(tiers)
const circle = z.union([z.literal(1), z.literal(2), z.literal(3)])
const planClass = z.enum(['prevention', 'support', 'development'])
const place = z.object({ code: z.string(), name: z.string(), township: z.string() })
/** GB/T 4761; 01, the person asked, is taken for 02, the head. */
const relation = z
  .string()
  .regex(/^\d{2}$/)
  .transform(code => (code === '01' ? '02' : code))
const sex = z.enum(['male', 'female'])

const listFilters = {
  /** A township or a village. */
  division: divisionSchema.optional(),
  /** 4: in none. */
  circle: z.coerce.number().int().min(1).max(4).optional(),
  tier: tier.optional(),
  class: planClass.optional(),
  /** Something that holds of somebody in the household. */
  has: z.enum(traits).optional(),
  sort: z.enum(['division', 'name', 'circle', 'size', 'changed']).default('division'),
}

const householdLine = z.object({
  id: idSchema,
  registerNo: z.string().nullable(),
  place,
  /** Masked. */
  head: z.string(),
  size: z.number().int(),
  tier: tier.nullable(),
  circle: circle.nullable(),
  classes: z.array(planClass),
  traits: z.array(z.enum(traits)),
  madeUp: z.boolean(),
  changedAt: instantSchema,
})
const counts = z.object({
  households: z.number().int(),
  people: z.number().int(),
  /** Households by circle; `none` in no circle. */
  circles: z.object({ 1: z.number().int(), 2: z.number().int(), 3: z.number().int(), none: z.number().int() }),
})
const householdPage = pageOf(householdLine).extend({
  /** Of the whole list; only with the first page. */
  counts: counts.nullable(),
})

const said = z.object({
  value: z.unknown(),
  source: sourceSchema,
  /** Who said it. */
  origin: z.string(),
  asOf: daySchema,
  recordedAt: instantSchema,
  /** Name of the colleague who wrote it down; empty for the system. */
  recordedBy: z.string(),
})
const knownFact = said.extend({
  fact: z.string(),
  label: wordsSchema,
  /** What other sources say, in order of weight. */
  rivals: z.array(said),
  disputed: z.boolean(),
  sensitive: z.boolean(),
})
const circleHere = z.object({
  circle: circle.nullable(),
  because: wordsSchema.nullable(),
  /** The rules say something further out; it waits for three months and a visit. */
  waiting: z.object({ circle: circle.nullable(), since: daySchema }).nullable(),
})
const member = circleHere.extend({
  id: idSchema,
  name: z.string(),
  relation: z.string(),
  birthDate: daySchema.nullable(),
  age: z.number().int().nullable(),
  sex: sex.nullable(),
  /** Under 18, and who asks has no standing grant: the name is masked, all else left out. */
  closed: z.boolean(),
  tier: tier.nullable(),
  /** Masked; the whole is shown with a reason. */
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  from: daySchema,
  facts: z.array(knownFact),
})

export const householdAnswer = circleHere.extend({
  id: idSchema,
  version: z.number().int(),
  registerNo: z.string().nullable(),
  place,
  madeUp: z.boolean(),
  /** How the family was found; null where nobody wrote it down. */
  channel: z.object({ id: z.enum(channels), words: wordsSchema }).nullable(),
  /** The day the facts are of, and with them tier, circle, class and traits. */
  on: daySchema,
  /** The first day of which anything is known; null where nobody belongs to it. */
  since: daySchema.nullable(),
  tier: z.object({ tier: tier.nullable(), since: daySchema.nullable(), until: daySchema.nullable() }),
  classes: z.array(planClass),
  traits: z.array(z.enum(traits)),
  /** What is not known and leaves open in which circle somebody stands, of today; what keeps somebody in theirs first. */
  open: z.array(
    z.object({
      words: wordsSchema,
      /** The lines of the circles that hang on it. */
      lines: z.array(wordsSchema),
      /** Somebody stands in a circle and cannot move outward for it. */
      bars: z.boolean(),
      /** Who can say: the family at a visit, a bureau; null where it is not for who asks to know. */
      ask: z.enum(['visit', 'bureau']).nullable(),
      bureau: z.string().nullable(),
    }),
  ),
  judgedOn: daySchema.nullable(),
  poolVersion: z.string().nullable(),
  facts: z.array(knownFact),
  members: z.array(member),
})

const historyEntry = z.object({
  at: instantSchema,
  /** The day it speaks of. */
  on: daySchema,
  kind: z.enum(['facts', 'joined', 'left', 'circle', 'withdrawn']),
  person: z.object({ id: idSchema, name: z.string() }).nullable(),
  source: sourceSchema.nullable(),
  origin: z.string().nullable(),
  /** Name of the colleague; empty for the system. */
  by: z.string(),
  facts: z.array(z.object({ fact: z.string(), label: wordsSchema, value: z.unknown(), before: z.unknown() })),
  circle: z
    .object({
      from: circle.nullable(),
      to: circle.nullable(),
      because: wordsSchema.nullable(),
      /** Of two people who decided it the one who proposed; the other is who wrote it down. */
      proposedBy: z.string().nullable(),
    })
    .nullable(),
})

const newPerson = z.strictObject({
  name: text(1, 60),
  idNumber: z.string().max(40).optional(),
  birthDate: daySchema.optional(),
  sex: sex.optional(),
  phone: z
    .string()
    .regex(/^[\d+ -]{5,20}$/)
    .optional(),
  relation,
})
const factValues = z.record(z.string().max(80), z.unknown())

export const registryContract = contract({
  ...pairsContract,
  ...minorsContract,
  'GET /divisions': {
    summary: 'Townships and villages of the district, by code.',
    answer: z.object({
      district: z.string(),
      divisions: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          kind: z.enum(['subdistrict', 'town', 'township', 'community', 'village']),
          parent: z.string(),
        }),
      ),
    }),
  },
  'GET /households': {
    summary: 'Households in reach, page by page; names masked. Order as `sort` says, then by id.',
    query: z.object({ ...listFilters, ...pageQuery }),
    answer: householdPage,
  },
  'POST /households/search': {
    summary:
      'Households by a name, its pinyin or initials, or a whole identity number. A POST, so that no name stands in an address.',
    body: z.strictObject({
      q: text(1, 60),
      ...listFilters,
      after: z.string().max(1000).optional(),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    answer: householdPage,
  },
  'POST /households/export': {
    summary:
      'The list as a file, equal to the screen: same search and filters, same order, columns and words, names masked. At most 250 people.',
    body: z.strictObject({
      q: text(1, 60).optional(),
      ...listFilters,
      format: z.enum(['csv', 'xlsx']).default('xlsx'),
      reason: z.enum(revealReasons),
    }),
    answer: 'file',
    refusals: [exportTooLarge],
  },
  'GET /households/:id': {
    summary:
      'A household with its people, each fact with its source, its day and what other sources say; circle and why.',
    params: z.object({ id: idSchema }),
    query: z.object({ on: daySchema.optional() }),
    answer: householdAnswer,
    refusals: [notFound],
  },
  'GET /households/:id/history': {
    summary: 'What was written down of a household, newest first; with `on`, up to and with that day.',
    params: z.object({ id: idSchema }),
    query: z.object({ on: daySchema.optional(), ...pageQuery }),
    answer: pageOf(historyEntry),
    refusals: [notFound],
  },
  'POST /households': {
    summary: 'Registers a household with its people.',
    body: z.strictObject({
      division: divisionSchema,
      registerNo: text(1, 40).optional(),
      /** How the family was found. */
      channel: z.enum(channels).optional(),
      members: z.array(newPerson).min(1).max(20),
      /** Household facts, as declared. */
      facts: factValues.optional(),
    }),
    answer: z.object({ id: idSchema, version: z.number().int(), members: z.array(idSchema) }),
    refusals: [
      noSuchVillage,
      idNumberWrong,
      birthDateWrong,
      alreadyRegistered,
      leftLater,
      registerNoTaken,
      headMissing,
      noSuchFact,
      valueWrong,
    ],
  },
  'POST /registry/likely': {
    summary:
      'Who of the registry may already be meant by people somebody is typing in, before they are kept. A POST, so that no name or number stands in an address.',
    body: z.strictObject({
      /** Where they are to be registered. */
      division: divisionSchema.optional(),
      members: z
        .array(
          z.strictObject({
            name: z.string().max(60).optional(),
            idNumber: z.string().max(40).optional(),
            birthDate: z.string().max(20).optional(),
            sex: sex.optional(),
            phone: z.string().max(20).optional(),
          }),
        )
        .max(20),
    }),
    answer: z.object({
      /** One for each of the members, in their order. */
      members: z.array(
        z.object({
          /** Somebody out of reach may be meant; nothing more is said of them. */
          elsewhere: z.boolean(),
          people: z.array(
            z.object({
              person: idSchema,
              household: idSchema.nullable(),
              /** Masked. */
              name: z.string(),
              /** Under 18, and who asks has no standing grant: no year, and nothing of what is alike. */
              closed: z.boolean(),
              bornIn: z.number().int().nullable(),
              place,
              /** 0 to 1, shared among all the member might be. */
              probability: z.number(),
              reason: z.enum(pairReasons).nullable(),
              fields: z.array(comparedField),
            }),
          ),
        }),
      ),
    }),
  },
  'POST /households/:id/facts': {
    summary:
      'Writes down facts of a household or its people, declared or verified. Wants If-Match with the version that was seen.',
    params: z.object({ id: idSchema }),
    body: z.strictObject({
      source: z.enum(['declared', 'verified']),
      asOf: daySchema.optional(),
      household: factValues.optional(),
      persons: z
        .array(z.strictObject({ id: idSchema, facts: factValues }))
        .max(20)
        .optional(),
    }),
    answer: z.object({ version: z.number().int(), circle: circle.nullable() }),
    refusals: [notFound, noSuchFact, valueWrong, notYet, notAMember],
  },
  'POST /households/:id/members': {
    summary: 'Somebody joins the household or leaves it. Wants If-Match with the version that was seen.',
    params: z.object({ id: idSchema }),
    body: z.discriminatedUnion('move', [
      z.strictObject({ move: z.literal('join'), on: daySchema, person: newPerson }),
      z.strictObject({ move: z.literal('leave'), on: daySchema, person: idSchema }),
    ]),
    answer: z.object({ version: z.number().int(), person: idSchema }),
    refusals: [notFound, notYet, idNumberWrong, birthDateWrong, alreadyRegistered, leftLater, notAMember, lastMember],
  },
  'POST /persons/:id/reveal': {
    summary: 'Shows an identity number or a telephone in full. Asks for a reason, which the trail keeps.',
    params: z.object({ id: idSchema }),
    body: z.strictObject({ what: z.enum(['idNumber', 'phone']), reason }),
    answer: z.object({ value: z.string() }),
    refusals: [notFound, minorClosed, nothingToReveal],
  },
  'POST /households/:id/reveal': {
    summary:
      'Shows a telephone or an account number of the household in full. Asks for a reason, which the trail keeps.',
    params: z.object({ id: idSchema }),
    body: z.strictObject({
      what: z.enum(['contactPhone', 'electricityAccountNo', 'waterAccountNo', 'gasAccountNo', 'cableTvAccountNo']),
      reason,
    }),
    answer: z.object({ value: z.string() }),
    refusals: [notFound, nothingToReveal],
  },
})
