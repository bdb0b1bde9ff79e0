import { refusal, type Words } from '@zhulian/kernel'
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
import { ordersContract } from './orders/contract.ts'
import { recordsContract } from './orders/records-contract.ts'
import { volunteersContract } from './orders/volunteers-contract.ts'
import { brands, budgetStates, enrolmentStates, projectStates, projectSteps } from './project.ts'
import { fundKinds, verdicts } from './tables.ts'

export const projectNotFound = refusal('projects.projectNotFound', 404, () => ({
  zh: '没有找到这个项目，或它不归您看。',
  en: 'This project was not found, or is not for you to see.',
}))
export const projectStepNotOpen = refusal<{ state: Words; open: Words }>(
  'projects.stepNotOpen',
  409,
  ({ state, open }) => ({
    zh: `这个项目现在是“${state.zh}”，这一步不能做。现在能做：${open.zh}。`,
    en: `This project is “${state.en}”; that step is not open. Open now: ${open.en}.`,
  }),
)
export const anotherPerson = refusal<{ step: Words }>('projects.anotherPerson', 409, ({ step }) => ({
  zh: `前一步是您自己办的，“${step.zh}”要请另一个人来。`,
  en: `You took the step before this one yourself; “${step.en}” is for another person.`,
}))
export const projectChanged = refusal<{ version: number }>('projects.projectChanged', 409, () => ({
  zh: '这个项目刚有人动过。请看一眼新的内容再办，您写的还在。',
  en: 'Somebody has just changed this project. Please look at it again; what you wrote is kept.',
}))
export const charterClosed = refusal<{ state: Words }>('projects.charterClosed', 409, ({ state }) => ({
  zh: `申请预算以后，章程不再改；这个项目现在是“${state.zh}”。要改，请先撤回或重做预算。`,
  en: `Once money was asked for the charter stays as it is; this project is “${state.en}”. To change it take the budget back first.`,
}))
export const projectWordsMissing = refusal('projects.wordsMissing', 422, () => ({
  zh: '请写一句：为什么，或做了什么。',
  en: 'Please write a sentence: why, or what was done.',
}))
export const amountMissing = refusal('projects.amountMissing', 422, () => ({
  zh: '请写要多少钱、用哪个基金。',
  en: 'Please say how much, and from which fund.',
}))
export const organisationMissing = refusal('projects.organisationMissing', 422, () => ({
  zh: '请写由哪个组织承接。',
  en: 'Please name the organisation that carries it.',
}))
export const organisationOver = refusal<{ name: string }>('projects.organisationOver', 409, ({ name }) => ({
  zh: `“${name}”现在没有有效的合同，不能承接。请先续签，或换一个组织。`,
  en: `“${name}” has no contract that holds today and cannot carry it. Please renew it first, or choose another.`,
}))
export const untilMissing = refusal('projects.untilMissing', 422, () => ({
  zh: '请写征集到哪一天，要在今天以后。',
  en: 'Please say until which day offers come; it has to be after today.',
}))
export const placesMissing = refusal('projects.placesMissing', 422, () => ({
  zh: '请写有多少个名额。',
  en: 'Please say how many places there are.',
}))
export const placesTaken = refusal<{ taken: number }>('projects.placesTaken', 409, ({ taken }) => ({
  zh: `已有${taken}户有名额，不能少于这个数。请先安排好他们。`,
  en: `${taken} families have a place; there cannot be fewer. Please see to them first.`,
}))
export const fundUnknown = refusal('projects.fundUnknown', 422, () => ({
  zh: '没有这个基金。请从名单里选。',
  en: 'There is no such fund. Please choose from the list.',
}))
export const fundForElse = refusal<{ fund: string; purpose: Words }>(
  'projects.fundForElse',
  422,
  ({ fund, purpose }) => ({
    zh: `“${fund}”只用于${purpose.zh}，不能用在这个项目上。请选别的基金。`,
    en: `“${fund}” is for ${purpose.en} only and cannot pay for this project. Please choose another.`,
  }),
)
export const serviceUnknown = refusal<{ service: string }>('projects.serviceUnknown', 422, ({ service }) => ({
  zh: `服务池里没有“${service}”。请从名单里选。`,
  en: `There is no service “${service}”. Please choose from the list.`,
}))
export const serviceTwice = refusal('projects.serviceTwice', 422, () => ({
  zh: '同一项服务写了两次。请并成一行。',
  en: 'The same service stands there twice. Please make one line of it.',
}))
export const placeUnknown = refusal<{ code: string }>('projects.placeUnknown', 422, ({ code }) => ({
  zh: `本区没有编码为${code}的镇街。请从名单里选。`,
  en: `The district has no township ${code}. Please choose from the list.`,
}))
export const periodTurned = refusal('projects.periodTurned', 422, () => ({
  zh: '结束的一天要在开始以后。',
  en: 'The last day has to be after the first.',
}))
export const ruleNotReadable = refusal<{ problems: readonly Words[] }>(
  'projects.ruleNotReadable',
  422,
  ({ problems }) => ({
    zh: `“谁可以参加”这条规则不对：${problems.map(p => p.zh).join('；')}`,
    en: `The rule of who may take part is wrong: ${problems.map(p => p.en).join('; ')}`,
  }),
)
export const needsStillHere = refusal<{ placed: number; waiting: number }>(
  'projects.needsStillHere',
  409,
  ({ placed, waiting }) => ({
    zh: `还有${placed}户有名额、${waiting}户在排队。请先一户一户安排好，再结束项目。`,
    en: `${placed} families still have a place and ${waiting} wait. Please see to each of them before it ends.`,
  }),
)
export const projectFull = refusal<{ name: string; places: number; waiting: number }>(
  'projects.projectFull',
  409,
  ({ name, places, waiting }) => ({
    zh: `“${name}”的${places}个名额都满了，${waiting}户在排队。可以先排上队，或选别的项目。`,
    en: `All ${places} places of “${name}” are taken and ${waiting} wait. It can be put on the list, or choose another project.`,
  }),
)
export const othersWait = refusal<{ before: number }>('projects.othersWait', 409, ({ before }) => ({
  zh: `前面还有${before}户排队，空出的名额先轮到他们。可以先排上队；确实要先办，请写明为什么。`,
  en: `${before} families wait before this one, and the free places are theirs. Put it on the list, or write why it goes first.`,
}))
export const notRunning = refusal<{ state: Words }>('projects.notRunning', 409, ({ state }) => ({
  zh: `这个项目现在是“${state.zh}”，还不能接。请选正在实施的项目。`,
  en: `This project is “${state.en}” and takes nobody now. Please choose one that is running.`,
}))
export const outsideArea = refusal('projects.outsideArea', 422, () => ({
  zh: '这户人家不在这个项目的服务范围里。请选别的项目。',
  en: 'The family does not live where this project works. Please choose another.',
}))
export const otherService = refusal('projects.otherService', 422, () => ({
  zh: '这个项目不做这项服务。请选别的项目，或先把需求重新归类。',
  en: 'This project does not give that service. Please choose another, or sort the need anew.',
}))
export const notMeant = refusal('projects.notMeant', 409, () => ({
  zh: '按这个项目的规则，这户人家不在对象里。确实要帮，请写明为什么；由您决定。',
  en: 'By the rule of this project the family is not meant. If it should be helped all the same write why; it is yours to decide.',
}))
export const alreadyThere = refusal<{ name: string }>('projects.alreadyThere', 409, ({ name }) => ({
  zh: `这条需求已经在“${name}”里了。`,
  en: `This need is already in “${name}”.`,
}))
export const needNotHere = refusal('projects.needNotHere', 404, () => ({
  zh: '这条需求不在这个项目里，或它不归您看。',
  en: 'This need is not in this project, or is not for you to see.',
}))
export const tooFewNeeds = refusal<{ least: number }>('projects.tooFewNeeds', 409, ({ least }) => ({
  zh: `同样的需要不到${least}户，不够做成一个项目。请一户一户想办法。`,
  en: `Fewer than ${least} families have this need: not enough for a project. Please find a way for each.`,
}))

export const overBudget = refusal<{ leftFen: number }>('projects.overBudget', 409, ({ leftFen }) => ({
  zh: `批准的预算只剩${inYuan(leftFen)}元（连同等人确认的）。请核对金额，或先撤销记错的。`,
  en: `Of the approved budget ${inYuan(leftFen)} yuan are left, with what waits to be confirmed. Please check the amount, or strike what is wrong first.`,
}))
export const paperTwice = refusal<{ paper: string }>('projects.paperTwice', 409, ({ paper }) => ({
  zh: `票据“${paper}”已经记过一次了。一张票据只记一次。`,
  en: `The paper “${paper}” is noted already. One paper pays once.`,
}))
export const spendingDayWrong = refusal<{ from: string }>('projects.spendingDayWrong', 422, ({ from }) => ({
  zh: `付款的日子要在项目开始（${from}）以后、今天以前。`,
  en: `The day of payment lies between the first day of the project (${from}) and today.`,
}))
export const spendingClosed = refusal<{ state: Words }>('projects.spendingClosed', 409, ({ state }) => ({
  zh: `这个项目现在是“${state.zh}”，不能记支出。实施以后、结算以前才能记。`,
  en: `This project is “${state.en}”: what was paid is noted from its start until it is settled.`,
}))
export const ownCarrier = refusal('projects.ownCarrier', 403, () => ({
  zh: '这个项目由您的机构承接，支出要由别人来记。',
  en: 'Your own organisation carries this project: others note what it was paid.',
}))
export const spendingNotFound = refusal('projects.spendingNotFound', 404, () => ({
  zh: '没有找到这笔支出。',
  en: 'This entry was not found.',
}))
export const spendingStepNotOpen = refusal('projects.spendingStepNotOpen', 409, () => ({
  zh: '这笔支出现在不能这样办：可能已经有人办了，或要由区里的人来办。',
  en: 'That is not open for this entry now: somebody may have done it, or an officer of the district has to.',
}))
export const spendingWaits = refusal<{ waitingFen: number }>('projects.spendingWaits', 409, ({ waitingFen }) => ({
  zh: `还有${inYuan(waitingFen)}元支出等另一个人确认。请先确认或撤销，再结算。`,
  en: `${inYuan(waitingFen)} yuan still wait for a second person. Please confirm or strike them before it is settled.`,
}))
export const cardUnread = refusal('projects.cardUnread', 422, () => ({
  zh: '请先读一遍谁扫码都能看到的文字，确认看不出是哪一家，再勾选。',
  en: 'Please read what anybody who scans will see, see that no family can be recognised in it, and tick that you did.',
}))
export const cardTells = refusal<{ what: Words }>('projects.cardTells', 422, ({ what }) => ({
  zh: `文字里还有${what.zh}，谁扫码都会看到。请改掉再公开。`,
  en: `The text still holds ${what.en}, for anybody who scans to see. Please change it first.`,
}))
export const noCard = refusal('projects.noCard', 409, () => ({
  zh: '扫码现在看不到这段文字，不用再收回。',
  en: 'These words are not shown now; there is nothing to take down.',
}))

const inYuan = (fen: number): string =>
  (fen / 100).toLocaleString('en-US', { minimumFractionDigits: fen % 100 === 0 ? 0 : 2, maximumFractionDigits: 2 })

const projectId = z.object({ projectId: idSchema })
const service = z.object({ id: z.string(), name: wordsSchema })
const fund = z.object({ id: z.string(), name: z.string(), kind: z.enum(fundKinds) })
const card = z.object({
  id: idSchema,
  number: z.string(),
  name: z.string(),
  brand: z.object({ id: z.enum(brands), words: wordsSchema }),
  state: z.enum(projectStates),
  stateWords: wordsSchema,
  services: z.array(service),
  places: z.number().int(),
  placed: z.number().int(),
  waiting: z.number().int(),
  free: z.number().int(),
  /** Names of townships; empty: the whole district. */
  area: z.array(z.string()),
  budgetFen: z.number().int().nullable(),
  budgetState: z.enum(budgetStates),
  fund: fund.nullable(),
  organisation: z.string().nullable(),
  fromOn: daySchema,
  untilOn: daySchema,
  dueOn: daySchema.nullable(),
  /** Working days; negative once it is over. */
  daysLeft: z.number().int().nullable(),
  /** Its figures are illustrative (示例). */
  isExample: z.boolean(),
  version: z.number().int(),
})
const itemAnswer = z.object({
  service,
  unit: wordsSchema,
  units: z.number().int(),
  unitFen: z.number().int(),
  costFen: z.number().int(),
})
const indicator = z.object({
  words: text(2, 120),
  target: z.number().int().min(0).max(1_000_000),
  unit: text(1, 20),
  measured: text(2, 160),
})
const whole = card.extend({
  purpose: z.string(),
  whatIsDone: z.string(),
  forWhom: z.string(),
  limits: z.string(),
  safeguarding: z.string(),
  items: z.array(itemAnswer),
  /** Of all its units together. */
  costFen: z.number().int(),
  areaCodes: z.array(z.string()),
  eligibility: z.object({ condition: z.string(), sentences: z.array(wordsSchema) }).nullable(),
  indicators: z.array(indicator),
  organisationId: idSchema.nullable(),
  budgetAskedBy: z.string().nullable(),
  budgetApprovedBy: z.string().nullable(),
  organisationNamedBy: z.string().nullable(),
  signedBy: z.string().nullable(),
  /** For whose need it was designed. */
  designed: z.object({ service, needs: z.number().int() }).nullable(),
  provenance: z.array(z.string()),
  isWritable: z.boolean(),
  steps: z.array(
    z.object({
      at: instantSchema,
      words: wordsSchema,
      by: z.string(),
      note: z.string().nullable(),
    }),
  ),
  next: z.array(
    z.object({
      step: z.enum(projectSteps),
      words: wordsSchema,
      asks: z.array(z.enum(['reason', 'note', 'amount', 'organisation', 'until', 'places'])),
    }),
  ),
  /** Steps that fit now, but for another person than who asks. */
  forAnother: z.array(wordsSchema),
})
const itemBody = z.strictObject({
  service: z.string().max(60),
  units: z.number().int().min(1).max(10_000_000),
  unitFen: z.number().int().min(0).max(100_000_000),
})
const charter = {
  name: text(2, 60),
  brand: z.enum(brands),
  purpose: text(2, 500),
  whatIsDone: text(2, 1000),
  forWhom: text(2, 500),
  limits: text(2, 500),
  safeguarding: text(2, 500),
  items: z.array(itemBody).min(1).max(17),
  places: z.number().int().min(1).max(100_000),
  /** Townships; the district's own code: all of it. */
  area: z.array(divisionSchema).min(1).max(60),
  eligibility: text(1, 2000).optional(),
  indicators: z.array(indicator.strict()).max(10).default([]),
  fromOn: daySchema,
  untilOn: daySchema,
}
const cardText = { name: z.string(), whatIsDone: z.string(), forWhom: z.string(), limits: z.string() }
const cardAnswer = z.object({
  /** `changed`: the charter is another than the one that was read. */
  state: z.enum(['none', 'shown', 'changed', 'hidden']),
  card: z.object({ ...cardText, by: z.string(), at: instantSchema }).nullable(),
  /** The texts of the charter without what tells who somebody is. */
  draft: z.object(cardText),
  found: z.array(wordsSchema),
  /** Who carries it, where that is on no list: shown with the card. */
  organisation: z.string().nullable(),
  /** 0: there is no card yet. */
  version: z.number().int(),
})
const wrongCharter = [serviceUnknown, serviceTwice, placeUnknown, periodTurned, ruleNotReadable]
const enrolment = z.object({
  need: idSchema,
  number: z.string(),
  /** Masked. */
  name: z.string(),
  village: z.string(),
  state: z.enum(enrolmentStates),
  stateWords: wordsSchema,
  /** Where the need stands; null: out of sight. */
  needWords: wordsSchema.nullable(),
  verdict: z.enum(verdicts),
  urgent: z.boolean(),
  circle: z.number().int().nullable(),
  toldOn: daySchema,
  askedOn: daySchema,
  placedOn: daySchema.nullable(),
  leftOn: daySchema.nullable(),
  leftAs: z.enum(['served', 'givenUp', 'movedOn']).nullable(),
  /** Why, where somebody took it out. */
  leftNote: z.string().nullable(),
  /** In the order of the list; null: does not wait. */
  turn: z.number().int().nullable(),
  despite: z.string().nullable(),
  /** Whether who asks may open the need itself. */
  isOpen: z.boolean(),
  next: z.array(z.enum(['place', 'leave'])),
  version: z.number().int(),
})
const hand = z.object({ by: z.string(), at: instantSchema })
const spent = z.object({
  id: idSchema,
  on: daySchema,
  amountFen: z.number().int(),
  what: z.string(),
  paper: z.string(),
  /** `waits`: for a second person. */
  state: z.enum(['counts', 'waits', 'struck']),
  written: hand,
  confirmed: hand.nullable(),
  struck: hand.extend({ why: z.string() }).nullable(),
  next: z.array(z.enum(['confirm', 'strike'])),
  version: z.number().int(),
})
const judged = z.object({
  verdict: z.enum(verdicts),
  /** What decided; empty for who may not open the family's record. */
  reasons: z.array(wordsSchema),
  /** What is not known and could settle it. */
  unknown: z.array(wordsSchema),
})

export const projectsContract = contract({
  ...ordersContract,
  ...recordsContract,
  ...volunteersContract,
  'GET /projects': {
    summary: 'Projects, the newest first; of an organisation its own.',
    query: z.object({
      ...pageQuery,
      show: z.enum(['open', 'free', 'late', 'closed', 'all']).default('open'),
      state: z.enum(projectStates).optional(),
      service: z.string().max(60).optional(),
      division: divisionSchema.optional(),
      brand: z.enum(brands).optional(),
    }),
    answer: pageOf(card).extend({
      /** Of all that fit, however many a page shows. */
      sums: z.object({
        projects: z.number().int(),
        places: z.number().int(),
        placed: z.number().int(),
        waiting: z.number().int(),
        budgetFen: z.number().int(),
      }),
    }),
  },
  'GET /projects/funds': {
    summary: 'Funds a project may be paid from, with what each is for.',
    answer: z.object({
      funds: z.array(fund.extend({ kindWords: wordsSchema, purpose: z.enum(brands), purposeWords: wordsSchema })),
    }),
  },
  'POST /projects/rule': {
    summary: 'Whether a rule of who may take part can be read, and how it reads.',
    body: z.strictObject({ condition: text(1, 2000) }),
    answer: z.object({
      ok: z.boolean(),
      sentences: z.array(wordsSchema),
      problems: z.array(
        z.object({ words: wordsSchema, line: z.number().int().nullable(), column: z.number().int().nullable() }),
      ),
    }),
  },
  'GET /projects/design': {
    summary:
      'What a project for a need of many families would be: how many, how large, what it costs, from which fund.',
    query: z.object({ item: z.string().max(60) }),
    answer: z.object({
      service,
      households: z.number().int(),
      needs: z.number().int(),
      /** More of the same than one project takes in. */
      beyond: z.number().int(),
      townships: z.array(z.object({ code: z.string(), name: z.string(), households: z.number().int() })),
      /** Calendar days that half of them have waited, or longer. */
      days: z.number().int(),
      places: z.number().int(),
      units: z.number().int(),
      unit: wordsSchema,
      unitFen: z.number().int(),
      costFen: z.number().int(),
      brand: z.enum(brands),
      fund: fund.nullable(),
      eligibility: z.string().nullable(),
      /** Running projects with that service that work where some of the families live. */
      running: z.array(z.object({ id: idSchema, name: z.string(), free: z.number().int() })),
    }),
    refusals: [serviceUnknown, tooFewNeeds],
  },
  'POST /projects/design': {
    summary: 'Begins a project for a need of many families; their needs are remembered as the project’s.',
    body: z.strictObject({ item: z.string().max(60), name: text(2, 60) }),
    answer: whole,
    refusals: [serviceUnknown, tooFewNeeds],
  },
  'POST /projects': {
    summary: 'Begins a project.',
    body: z.strictObject(charter),
    answer: whole,
    refusals: wrongCharter,
  },
  'GET /projects/:projectId': {
    summary: 'One project: charter, money, places, what was done, what can be done now.',
    params: projectId,
    answer: whole,
    refusals: [projectNotFound],
  },
  'GET /projects/:projectId/code': {
    summary:
      'What a project says of itself to anybody who scans its code: what is done, for whom, where, and how many places are free.',
    params: projectId,
    answer: z.object({
      id: idSchema,
      number: z.string(),
      brand: wordsSchema,
      /** In words that a person read before; null: nobody has yet, and only what is coded is told. */
      card: z.object(cardText).nullable(),
      services: z.array(z.object({ id: z.string(), name: wordsSchema })),
      /** Names of townships; none: the whole district. */
      area: z.array(z.string()),
      fromOn: daySchema,
      untilOn: daySchema,
      organisation: z.string().nullable(),
      state: z.enum(['callOpen', 'contracted', 'running']),
      places: z.number().int(),
      free: z.number().int(),
      isExample: z.boolean(),
    }),
    refusals: [projectNotFound],
  },
  'GET /projects/:projectId/card': {
    summary: 'What a project says to anybody who scans its code, and what its charter would say there.',
    params: projectId,
    answer: cardAnswer,
    refusals: [projectNotFound],
  },
  'POST /projects/:projectId/card': {
    summary: 'Shows to anybody who scans the words that somebody read.',
    params: projectId,
    body: z.strictObject({
      name: text(2, 60),
      whatIsDone: text(2, 1000),
      forWhom: text(2, 500),
      limits: text(2, 500),
      read: z.boolean(),
      expectedVersion: z.number().int().min(0),
    }),
    answer: cardAnswer,
    refusals: [projectNotFound, projectChanged, cardUnread, cardTells],
  },
  'POST /projects/:projectId/card/hide': {
    summary: 'Takes these words down: whoever scans reads what is coded.',
    params: projectId,
    answer: cardAnswer,
    refusals: [projectNotFound, projectChanged, noCard],
  },
  'PUT /projects/:projectId': {
    summary: 'Changes the charter of a draft.',
    params: projectId,
    body: z.strictObject({ ...charter, expectedVersion: z.number().int().positive().optional() }),
    answer: whole,
    refusals: [projectNotFound, projectChanged, charterClosed, ...wrongCharter],
  },
  'POST /projects/:projectId/steps': {
    summary: 'Moves a project on, or asks for and approves its money; two people where money or a contract is meant.',
    params: projectId,
    body: z.strictObject({
      step: z.enum(projectSteps),
      note: text(2, 500).optional(),
      amountFen: z.number().int().min(1).max(100_000_000_000).optional(),
      fund: z.string().max(20).optional(),
      organisation: z.strictObject({ id: idSchema.optional(), name: text(2, 80) }).optional(),
      until: daySchema.optional(),
      places: z.number().int().min(1).max(100_000).optional(),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: whole,
    refusals: [
      projectNotFound,
      projectStepNotOpen,
      anotherPerson,
      projectChanged,
      projectWordsMissing,
      amountMissing,
      fundUnknown,
      fundForElse,
      organisationMissing,
      organisationOver,
      untilMissing,
      placesMissing,
      placesTaken,
      needsStillHere,
      spendingWaits,
    ],
  },
  'GET /projects/:projectId/spending': {
    summary: 'What a project paid, the newest first: by which paper, by whom, and what is left of its budget.',
    params: projectId,
    query: z.object(pageQuery),
    answer: pageOf(spent).extend({
      sums: z.object({
        budgetFen: z.number().int(),
        spentFen: z.number().int(),
        /** Written, and not confirmed yet by a second person. */
        waitingFen: z.number().int(),
        leftFen: z.number().int(),
        /** Families who have a place or were served. */
        heads: z.number().int(),
        perHeadFen: z.number().int().nullable(),
      }),
      /** From this sum on a second person confirms. */
      secondFromFen: z.number().int(),
      mayWrite: z.boolean(),
    }),
    refusals: [projectNotFound],
  },
  'POST /projects/:projectId/spending': {
    summary:
      'Notes what a project paid, by the number of the paper; above a sum it counts when another has confirmed it.',
    params: projectId,
    body: z.strictObject({
      on: daySchema,
      amountFen: z.number().int().min(1).max(100_000_000_000),
      what: text(2, 200),
      paper: text(1, 60),
    }),
    answer: spent,
    refusals: [projectNotFound, ownCarrier, spendingClosed, spendingDayWrong, overBudget, paperTwice],
  },
  'POST /projects/:projectId/spending/:entryId/steps': {
    summary: 'Confirms what another wrote, or strikes it with the reason.',
    params: z.object({ projectId: idSchema, entryId: idSchema }),
    body: z.strictObject({
      step: z.enum(['confirm', 'strike']),
      note: text(2, 300).optional(),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: spent,
    refusals: [
      projectNotFound,
      ownCarrier,
      spendingClosed,
      spendingNotFound,
      spendingStepNotOpen,
      anotherPerson,
      projectChanged,
      projectWordsMissing,
    ],
  },
  'GET /projects/:projectId/needs': {
    summary: 'Needs in a project, in my reach: those with a place, the list in its order, those gone.',
    params: projectId,
    query: z.object({ ...pageQuery, show: z.enum(['here', 'gone']).default('here') }),
    answer: pageOf(enrolment),
    refusals: [projectNotFound],
  },
  'GET /projects/:projectId/needs/:needId': {
    summary: 'What the rule of a project says of the family of a need, with reasons; nothing is decided by it.',
    params: z.object({ projectId: idSchema, needId: idSchema }),
    answer: judged,
    refusals: [projectNotFound, needNotHere],
  },
  'POST /projects/:projectId/needs': {
    summary: 'Gives a need a place in a project, or puts it on the list.',
    params: projectId,
    body: z.strictObject({
      need: idSchema,
      wait: z.boolean().default(false),
      /** Why, where the rule does not mean the family or others wait. */
      despite: text(2, 300).optional(),
    }),
    answer: enrolment,
    refusals: [
      projectNotFound,
      needNotHere,
      notRunning,
      outsideArea,
      otherService,
      notMeant,
      alreadyThere,
      projectFull,
      othersWait,
    ],
  },
  'POST /projects/:projectId/needs/:needId/steps': {
    summary: 'Gives a waiting need its place, or takes one off the list or out of its place.',
    params: z.object({ projectId: idSchema, needId: idSchema }),
    body: z.strictObject({
      step: z.enum(['place', 'leave']),
      note: text(2, 300).optional(),
      despite: text(2, 300).optional(),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: enrolment,
    refusals: [
      projectNotFound,
      projectChanged,
      needNotHere,
      notRunning,
      notMeant,
      projectFull,
      othersWait,
      projectWordsMissing,
    ],
  },
})
