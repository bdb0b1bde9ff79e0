import { refusal } from '@zhulian/kernel'
import { daySchema, idSchema, pageOf, pageQuery, text, z } from '@zhulian/kernel/contract'
import { contractOver, orderDaysWrong, providerUnknown } from './contract.ts'
import { ownVetting } from './records-contract.ts'
import { callings } from './tables.ts'

export const volunteerNotFound = refusal('projects.volunteerNotFound', 404, () => ({
  zh: '没有找到这位志愿者，或他已经离开。',
  en: 'This volunteer was not found, or has left.',
}))
export const alreadyVetted = refusal('projects.alreadyVetted', 409, () => ({
  zh: '这位志愿者的审查还有效。要改日期，请先撤销再登记。',
  en: 'The vetting of this volunteer still holds. To change its days take it back first.',
}))

const volunteer = z.object({
  id: idSchema,
  provider: z.object({ id: idSchema, name: z.string() }),
  name: z.string(),
  calling: z.enum(callings),
  /** By their own word; null: they did not say. */
  helped: z.boolean().nullable(),
  agreedOn: daySchema,
  by: z.string(),
  state: z.enum(['offered', 'vetted', 'over']),
  validUntil: daySchema.nullable(),
  /** With children, as noted; what was not safe does not count. */
  hours: z.number().int(),
})
const volunteerId = z.object({ volunteerId: idSchema })

export const volunteersContract = {
  'GET /volunteers': {
    summary:
      'Who offers to help, of my organisation or of all, the newest first; with whether they are vetted and for how many hours they were there.',
    query: z.object({ ...pageQuery, after: idSchema.optional(), provider: idSchema.optional() }),
    answer: pageOf(volunteer),
  },
  'POST /volunteers': {
    summary:
      'Somebody offers to help. Whether they were helped once is what they say themselves, and only if they want to.',
    body: z.strictObject({
      name: text(2, 30),
      calling: z.enum(callings),
      helped: z.boolean().optional(),
      /** That this is written down. */
      agreed: z.literal(true),
    }),
    answer: volunteer,
    refusals: [providerUnknown, contractOver],
  },
  'POST /volunteers/:volunteerId/vet': {
    summary: 'Notes that a volunteer was vetted, until when it holds.',
    params: volunteerId,
    body: z.strictObject({ vettedOn: daySchema, validUntil: daySchema }),
    answer: volunteer,
    refusals: [volunteerNotFound, alreadyVetted, ownVetting, orderDaysWrong, providerUnknown, contractOver],
  },
  'POST /volunteers/:volunteerId/leave': {
    summary: 'A volunteer goes: their vetting ends, and what they said of themselves is no longer kept.',
    params: volunteerId,
    body: z.strictObject({ reason: text(2, 200) }),
    answer: volunteer,
    refusals: [volunteerNotFound],
  },
}
