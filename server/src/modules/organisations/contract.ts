import { refusal } from '@zhulian/kernel'
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
import { contractStates, contractSteps } from './organisation.ts'
import { contractKinds, organisationKinds, organisationSteps, proofs, qualificationKinds, stages } from './tables.ts'

export const organisationNotFound = refusal('organisations.notFound', 404, () => ({
  zh: '没有找到这个机构，或它不归您看。',
  en: 'This organisation was not found, or is not for you to see.',
}))
export const alreadyListed = refusal<{ name: string }>('organisations.alreadyListed', 409, ({ name }) => ({
  zh: `名单上已经有“${name}”，或有一家用同一个统一社会信用代码。请在名单里找它。`,
  en: `“${name}” is on the list already, or one with the same credit code is. Please look for it there.`,
}))
export const organisationChanged = refusal<{ version: number }>('organisations.changed', 409, () => ({
  zh: '刚有人改过。请看一眼新的内容再改，您写的还在。',
  en: 'Somebody has just changed this. Please look at it again; what you wrote is kept.',
}))
export const notYourOwn = refusal('organisations.notYourOwn', 403, () => ({
  zh: '这是您自己的机构：阶段、资质和能力由别人来登记。',
  en: 'This is your own organisation: others note its stage, papers and capacity.',
}))
export const noSuchWay = refusal('organisations.noSuchWay', 409, () => ({
  zh: '从现在的阶段不能直接到那里。请先看它现在在哪一步。',
  en: 'There is no way from its present stage to that one. Please look where it is now.',
}))
export const unknownService = refusal<{ service: string }>('organisations.unknownService', 422, ({ service }) => ({
  zh: `服务池里没有“${service}”。请从名单里选。`,
  en: `There is no “${service}” among the services. Please choose from the list.`,
}))
export const unknownPlace = refusal<{ place: string }>('organisations.unknownPlace', 422, ({ place }) => ({
  zh: `没有“${place}”这个地方。请选本区、镇街或村。`,
  en: `There is no place “${place}”. Please choose the district, a township or a village.`,
}))
export const unknownHub = refusal<{ hub: string }>('organisations.unknownHub', 422, ({ hub }) => ({
  zh: `没有“${hub}”这个助联体。请从名单里选。`,
  en: `There is no hub “${hub}”. Please choose from the list.`,
}))
export const datesNotFitting = refusal('organisations.datesNotFitting', 422, () => ({
  zh: '起止日期不对：结束不能早于开始，一份合同最长十年；已经过去的合同不再登记。',
  en: 'The dates do not fit: the end is not before the beginning, a contract lasts ten years at most, and one that is over is not written any more.',
}))
export const contractNotFound = refusal('organisations.contractNotFound', 404, () => ({
  zh: '没有找到这份合同，或它不归您看。',
  en: 'This contract was not found, or is not for you to see.',
}))
export const contractStepNotOpen = refusal('organisations.contractStepNotOpen', 409, () => ({
  zh: '这份合同现在不能做这一步：可能已经有人办了，或要由另一位同事来确认。',
  en: 'This step is not open for the contract now: somebody may have taken it, or another colleague has to sign it off.',
}))
export const reasonMissing = refusal('organisations.reasonMissing', 422, () => ({
  zh: '请写一句为什么。',
  en: 'Please write a sentence why.',
}))
export const lastDayNotFitting = refusal('organisations.lastDayNotFitting', 422, () => ({
  zh: '最后一天要在昨天和合同现在的最后一天之间，只能提前，不能延后。选昨天就是马上停。',
  en: 'The last day lies between yesterday and the last day the contract has now: an end is never moved later. Yesterday means at once.',
}))
export const proofMissing = refusal('organisations.proofMissing', 422, () => ({
  zh: '请选数据是交回了、删除了，还是本来就没有留。',
  en: 'Please choose whether the data were returned, deleted, or never held.',
}))
export const renewedAlready = refusal('organisations.renewedAlready', 409, () => ({
  zh: '这份合同已经有人续签了。请看名单里接着它的那一份。',
  en: 'This contract has been renewed already. Please look at the one that follows it.',
}))

const organisationId = z.object({ organisationId: idSchema })
const place = z.object({ code: z.string(), name: z.string() })
const service = z.object({ id: z.string(), name: wordsSchema })
const capacity = z.object({
  service,
  /** At the same time. */
  places: z.number().int(),
  area: z.array(place),
  version: z.number().int(),
})
const card = z.object({
  id: idSchema,
  kind: z.enum(organisationKinds),
  name: z.string(),
  seat: place,
  purpose: z.string(),
  stage: z.enum(stages),
  shown: z.boolean(),
  capacity: z.array(capacity),
  /** Its people come in today, and until when; null: they do not. */
  accessUntil: daySchema.nullable(),
  /** No contract follows within thirty days of the end. */
  endsSoon: z.boolean(),
  /** The last day on which its people came in, where they do not any more. */
  endedOn: daySchema.nullable(),
  /** Papers whose day is over. */
  lapsed: z.number().int(),
  version: z.number().int(),
})
const contractShown = z.object({
  id: idSchema,
  kind: z.enum(contractKinds),
  number: z.string().nullable(),
  subject: z.string(),
  services: z.array(service),
  hub: z.object({ id: z.string(), name: wordsSchema }).nullable(),
  amountFen: z.number().int(),
  /** The amount is an example. */
  example: z.boolean(),
  provenance: z.string().nullable(),
  fromOn: daySchema,
  untilOn: daySchema,
  /** The last day, as it was ended or would be. */
  lastOn: daySchema,
  state: z.enum(contractStates),
  stateWords: wordsSchema,
  /** Calendar days; negative once it is over. */
  daysLeft: z.number().int(),
  endsSoon: z.boolean(),
  renews: idSchema.nullable(),
  mayRenew: z.boolean(),
  written: z.object({ by: z.string(), at: instantSchema }),
  signed: z.object({ by: z.string(), at: instantSchema }).nullable(),
  ended: z.object({ by: z.string(), reason: z.string() }).nullable(),
  proofAskedOn: daySchema.nullable(),
  proof: z.object({ kind: z.enum(proofs), note: z.string().nullable(), by: z.string(), on: daySchema }).nullable(),
  next: z.array(
    z.object({
      step: z.enum(contractSteps),
      words: wordsSchema,
      asks: z.array(z.enum(['reason', 'lastOn', 'proof'])),
    }),
  ),
  version: z.number().int(),
})
const qualification = z.object({
  id: idSchema,
  kind: z.enum(qualificationKinds),
  number: z.string(),
  issuer: z.string().nullable(),
  validUntil: daySchema.nullable(),
  lapsed: z.boolean(),
  checked: z.object({ by: z.string(), on: daySchema }),
})
const whole = card.extend({
  creditCode: z.string().nullable(),
  contact: z.string().nullable(),
  qualifications: z.array(qualification),
  /** Null where who asks does not read contracts. */
  contracts: z.array(contractShown).nullable(),
  /** Names of those who come in for it, and as what. */
  people: z.array(z.object({ name: z.string(), role: z.enum(['provider', 'operator']) })),
  stageWays: z.array(z.object({ stage: z.enum(stages), words: wordsSchema })),
  /** The newest first. */
  steps: z.array(
    z.object({
      at: instantSchema,
      step: z.enum(organisationSteps),
      words: wordsSchema,
      stage: wordsSchema.nullable(),
      note: z.string().nullable(),
      by: z.string(),
    }),
  ),
  /** Who asks may change it. */
  mayChange: z.boolean(),
})
const body = {
  name: text(2, 60),
  creditCode: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[0-9A-HJ-NP-RT-UW-Y]{18}$/)
    .optional(),
  seat: divisionSchema,
  purpose: text(2, 300),
  contact: text(3, 80).optional(),
  shown: z.boolean().default(false),
}
const count = z.number().int().nullable()

export const organisationsContract = contract({
  'GET /hubs': {
    summary: 'The hubs of the district, the townships each serves, who runs them, and the village groups there.',
    answer: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: wordsSchema,
          kind: z.enum(['core', 'wing', 'special']),
          about: wordsSchema,
          seat: place,
          townships: z.array(place.extend({ groups: z.number().int(), villages: z.number().int() })),
          runBy: z.array(z.object({ id: idSchema, name: z.string(), untilOn: daySchema })),
          example: z.boolean(),
        }),
      ),
    }),
  },
  'GET /organisations': {
    summary: 'Organisations that give help, in the order in which they were put on the list.',
    query: z.object({
      ...pageQuery,
      search: text(1, 40).optional(),
      kind: z.enum(organisationKinds).optional(),
      stage: z.enum(stages).optional(),
      service: z.string().max(60).optional(),
      division: divisionSchema.optional(),
      show: z.enum(['all', 'working', 'ending', 'ended', 'lapsed', 'proof']).default('all'),
    }),
    answer: pageOf(card),
  },
  'GET /organisations/yours': {
    summary: 'What waits for somebody: contracts that end soon, to be signed off, without proof; papers out of date.',
    answer: z.object({
      ending: z.number().int(),
      unsigned: z.number().int(),
      proofs: z.number().int(),
      lapsed: z.number().int(),
    }),
  },
  'GET /three-parties': {
    summary: 'Needs, money and supply: by service; or, with a service, by township.',
    query: z.object({ division: divisionSchema.optional(), service: z.string().max(60).optional() }),
    answer: z.object({
      rows: z.array(
        z.object({
          /** The service, or the township. */
          id: z.string(),
          name: wordsSchema,
          needs: z.object({
            /** Open; fewer than five are not told, nor what would tell them. */
            open: count,
            /** Of them, past their day. */
            late: count,
          }),
          money: z.object({
            /** Of contracts in force that reach here: each in full, not shared out. */
            fen: z.number().int(),
            contracts: z.number().int(),
            /** Approved for running projects. */
            projectFen: z.number().int(),
            /** Of it, paid so far. */
            spentFen: z.number().int(),
            projects: z.number().int(),
          }),
          supply: z.object({
            organisations: z.number().int(),
            /** At a time, of organisations under contract. */
            places: z.number().int(),
            projects: z.number().int(),
            /** Places of running projects that nobody has. */
            free: z.number().int(),
          }),
          /** Needs and nobody who could meet them. */
          gap: z.boolean(),
        }),
      ),
      on: daySchema,
    }),
  },
  'GET /organisations/:organisationId': {
    summary: 'One organisation: papers, capacity, contracts, people, and what became of it.',
    params: organisationId,
    answer: whole,
    refusals: [organisationNotFound],
  },
  'POST /organisations': {
    summary: 'Puts an organisation on the list.',
    body: z.strictObject({ kind: z.enum(organisationKinds), stage: z.enum(stages).exclude(['left']), ...body }),
    answer: z.object({ id: idSchema }),
    refusals: [alreadyListed, unknownPlace],
  },
  'PUT /organisations/:organisationId': {
    summary: 'Changes what is known of an organisation.',
    params: organisationId,
    body: z.strictObject({ ...body, expectedVersion: z.number().int().positive().optional() }),
    answer: whole,
    refusals: [organisationNotFound, organisationChanged, alreadyListed, unknownPlace, notYourOwn],
  },
  'POST /organisations/:organisationId/stage': {
    summary: 'Moves an organisation to another stage, with the reason.',
    params: organisationId,
    body: z.strictObject({ stage: z.enum(stages), reason: text(2, 300) }),
    answer: whole,
    refusals: [organisationNotFound, noSuchWay, notYourOwn],
  },
  'POST /organisations/:organisationId/qualifications': {
    summary: 'Notes a paper of an organisation that one has looked at.',
    params: organisationId,
    body: z.strictObject({
      kind: z.enum(qualificationKinds),
      number: text(1, 60),
      issuer: text(2, 60).optional(),
      validUntil: daySchema.optional(),
    }),
    answer: whole,
    refusals: [organisationNotFound, notYourOwn],
  },
  'DELETE /organisations/:organisationId/qualifications/:qualificationId': {
    summary: 'Takes a paper off; it stays written down.',
    params: z.object({ organisationId: idSchema, qualificationId: idSchema }),
    answer: whole,
    refusals: [organisationNotFound, notYourOwn],
  },
  'PUT /organisations/:organisationId/capacity': {
    summary: 'Says for how many at a time an organisation can give a service, and where; 0 for not any more.',
    params: organisationId,
    body: z.strictObject({
      service: z.string().max(60),
      places: z.number().int().min(0).max(100_000),
      area: z.array(divisionSchema).min(1).max(400),
      /** Of what stands there; none where nothing does yet. */
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: whole,
    refusals: [organisationNotFound, unknownService, unknownPlace, organisationChanged, notYourOwn],
  },
  'POST /organisations/:organisationId/contracts': {
    summary: 'Writes a contract, or renews one; it opens nothing until another signs it off.',
    params: organisationId,
    body: z.strictObject({
      kind: z.enum(contractKinds),
      number: text(1, 60).optional(),
      subject: text(2, 200),
      services: z.array(z.string().max(60)).max(45).default([]),
      hub: z.string().max(40).optional(),
      amountFen: z.number().int().min(0).max(1_000_000_000_000),
      provenance: text(1, 60).optional(),
      fromOn: daySchema,
      untilOn: daySchema,
      renews: idSchema.optional(),
    }),
    answer: whole,
    refusals: [
      organisationNotFound,
      unknownService,
      unknownHub,
      datesNotFitting,
      contractNotFound,
      renewedAlready,
      notYourOwn,
    ],
  },
  'POST /contracts/:contractId/steps': {
    summary: 'Signs a contract off, discards it, ends it early, or notes what became of the data.',
    params: z.object({ contractId: idSchema }),
    body: z.strictObject({
      step: z.enum(contractSteps),
      reason: text(2, 300).optional(),
      lastOn: daySchema.optional(),
      proof: z.enum(proofs).optional(),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: whole,
    refusals: [
      contractNotFound,
      contractStepNotOpen,
      organisationChanged,
      reasonMissing,
      lastDayNotFitting,
      proofMissing,
      notYourOwn,
    ],
  },
  'GET /my/organisation': {
    summary: 'The organisation one works for: until when, for what, and what it can take on.',
    answer: whole,
    refusals: [organisationNotFound],
  },
})
