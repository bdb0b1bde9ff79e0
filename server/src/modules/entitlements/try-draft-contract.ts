import { refusal } from '@zhulian/kernel'
import { contract, daySchema, divisionSchema, idSchema, instantSchema, wordsSchema, z } from '@zhulian/kernel/contract'

export const draftNotReadable = refusal<{ problems: number }>('entitlements.draftNotReadable', 409, ({ problems }) => ({
  zh: `草稿里还有 ${problems} 处问题，先按“检查”列出的改好，再来数哪些家庭会不一样。`,
  en: `The check finds ${problems} ${problems === 1 ? 'problem' : 'problems'} in the draft. Mend what the check lists, then count who would change.`,
}))

export const countingStopped = refusal('entitlements.countingStopped', 409, () => ({
  zh: '数到一半停下了，什么也没有改。要的话可以重新数。',
  en: 'The counting was stopped half-way; nothing was changed. You can count again.',
}))

/** null where fewer than five households, or where the rest would give such a count away. */
const cell = z.number().nullable()
const side = z.object({ people: cell, households: cell })
/** By what happens to them. Who is no longer eligible is lost, also where that is open now. */
const moved = {
  gained: side,
  lost: side,
  /** Decided as things are; with the draft it cannot be told. */
  opened: side,
  /** Eligible before and after, for more or for less. */
  raised: side,
  lowered: side,
}

const place = z.enum(['1', '2', '3', 'none', 'open'])
const planClass = z.enum(['prevention', 'support', 'development'])
const plan = z.enum([...planClass.options, 'none'])
const township = { code: divisionSchema, name: z.string() }

export const tryDraftContract = contract({
  'POST /simulations/drafts/:draftId': {
    summary:
      'Tries a saved draft on everybody in the registry: who would gain, lose, get another amount, or be sorted otherwise, and where. Nothing is kept.',
    params: z.object({ draftId: idSchema }),
    answer: z.object({
      /** The version of the draft that was tried. */
      version: z.number().int(),
      /** The first day on which the draft says something else; people are looked at on it. */
      on: daySchema,
      asOf: instantSchema,
      people: z.number().int(),
      households: z.number().int(),
      poolVersion: z.string(),
      all: z.object(moved),
      /** Policies and services of which something differs, the draft's own first. */
      results: z.array(
        z.object({
          id: z.string(),
          name: wordsSchema,
          ...moved,
          /** Whole yuan a year; tried is null where few are touched. */
          cost: z.object({ now: z.number(), tried: cell }),
          example: z.boolean(),
        }),
      ),
      townships: z.array(z.object({ ...township, ...moved })),
      /** What the rules say of people's circles; where they stand follows with the recount, outward only after a wait and as two people decide. */
      circle: z.object({
        inward: side,
        outward: side,
        moves: z.array(side.extend({ from: place, to: place })),
        townships: z.array(z.object({ ...township, inward: side, outward: side })),
      }),
      /** Moves of the primary class, which drives the plan; and which classes are held, the primary one or beside it. */
      class: z.object({
        all: side,
        moves: z.array(side.extend({ from: plan, to: plan })),
        held: z.array(z.object({ class: planClass, gained: side, lost: side })),
        townships: z.array(z.object({ ...township, moved: side })),
      }),
      cost: z.object({ now: z.number(), tried: cell }),
      ms: z.number(),
    }),
    refusals: [draftNotReadable, countingStopped],
  },
  'GET /simulations/drafts/:draftId/counting': {
    summary: 'How far the counting of a draft is that oneself has begun; nothing where none goes on.',
    params: z.object({ draftId: idSchema }),
    answer: z.object({
      counting: z
        .object({
          /** The registry is read, then the rules are tried. */
          step: z.enum(['reading', 'looking', 'counting']),
          done: z.number().int(),
          /** Households; 0 where it is not known. */
          of: z.number().int(),
        })
        .nullable(),
    }),
  },
  'POST /simulations/drafts/:draftId/counting/stop': {
    summary: 'Calls off the counting of a draft that oneself has begun; false where none goes on.',
    params: z.object({ draftId: idSchema }),
    body: z.strictObject({}),
    answer: z.object({ stopped: z.boolean() }),
  },
})
