import { refusal, type Words } from '@zhulian/kernel'
import { daySchema, divisionSchema, idSchema, pageOf, pageQuery, text, wordsSchema, z } from '@zhulian/kernel/contract'
import { wishStates } from './wish.ts'

export const wishNotFound = refusal('wishes.wishNotFound', 404, () => ({
  zh: '没有找到这个心愿，或它已经撤下了。',
  en: 'This wish was not found, or has been taken down.',
}))
export const alreadyTaken = refusal<{ by: string; more: number }>('wishes.alreadyTaken', 409, ({ by, more }) => ({
  zh: `这个心愿刚被${by}认领了，谢谢您。${more > 0 ? `还有${more}个心愿在等人，请看看别的。` : '现在没有别的心愿在等，过些日子再来看看。'}`,
  en: `This wish has just been taken by ${by}. Thank you. ${more > 1 ? `${more} others are waiting; please have a look.` : more === 1 ? 'One other is waiting; please have a look.' : 'No other is waiting now; please look again some day.'}`,
}))
export const wishOver = refusal<{ state: Words }>('wishes.wishOver', 409, ({ state }) => ({
  zh: `这个心愿现在是“${state.zh}”，这一步不能做了。请刷新看看。`,
  en: `This wish is “${state.en}”; that step is not open. Please reload.`,
}))
export const wishChanged = refusal('wishes.wishChanged', 409, () => ({
  zh: '这个心愿刚有变动，可能换了认领人。请看一眼现在是谁，再问问这家人。您写的还在。',
  en: 'This wish has just changed; somebody else may have taken it. Please see who it is now and ask the family again. What you wrote is kept.',
}))
export const tooMany = refusal<{ most: number }>('wishes.tooMany', 409, ({ most }) => ({
  zh: `您认领的还有${most}个没办完。请先办完再认领，别让人等。`,
  en: `${most} of the wishes you took are still open. Please see to those first, so that nobody waits.`,
}))
export const notInPool = refusal<{ state: Words }>('wishes.notInPool', 409, ({ state }) => ({
  zh: `只有在心愿池里的需求才能公开；这条现在是“${state.zh}”。`,
  en: `Only a need in the wish pool can be published; this one is “${state.en}”.`,
}))
export const carefulIsNotPublished = refusal('wishes.carefulIsNotPublished', 422, () => ({
  zh: '涉及人身安全的需求不能公开。请由镇街、区里直接帮。',
  en: 'A need about somebody’s safety is never published. Please let the township or district help.',
}))
export const alreadyPublished = refusal<{ version: number }>('wishes.alreadyPublished', 409, () => ({
  zh: '同事刚刚公开了这个心愿，用的是另一段文字；您写的还在，没有公开。请看一眼公开的那段，要改就先撤下。',
  en: 'A colleague has just published this wish, in other words; yours are kept and not published. Please look at theirs; to change it, take it down first.',
}))
export const tellsWho = refusal<{ what: Words }>('wishes.tellsWho', 422, ({ what }) => ({
  zh: `文字里还有${what.zh}，别人会认出是谁。请改掉再公开。`,
  en: `The text still holds ${what.en}: somebody could be recognised. Please change it first.`,
}))
export const tooFewAlike = refusal('wishes.tooFewAlike', 422, () => ({
  zh: '全区里这样的人太少，公开了会被认出来。请不公开，直接找人帮。',
  en: 'There are too few people like this in the district: they would be recognised. Please find help without publishing.',
}))
export const unread = refusal('wishes.unread', 422, () => ({
  zh: '请先读一遍要公开的文字，确认看不出是谁，再勾选。',
  en: 'Please read what is to be published, see that nobody can be recognised in it, and tick that you did.',
}))
export const whomMissing = refusal('wishes.whomMissing', 422, () => ({
  zh: '请写怎么称呼这家人、怎么找到他们；写最少的就够了。',
  en: 'Please say what to call the family and how to reach them; as little as will do.',
}))

const wishId = z.object({ wishId: idSchema })
export const item = z.object({ id: z.string(), name: wordsSchema, kind: z.enum(['policy', 'service']) })
export const wishAnswer = z.object({
  id: idSchema,
  words: z.string(),
  /** About how old; null: not said. */
  age: wordsSchema.nullable(),
  /** Name of the township; null: somewhere in the district. */
  place: z.string().nullable(),
  item: item.nullable(),
  state: z.enum(wishStates),
  stateWords: wordsSchema,
  publishedOn: daySchema,
  untilOn: daySchema,
  version: z.number().int(),
  /** Of one's own, and for the offices. */
  taken: z
    .object({
      by: z.string(),
      on: daySchema,
      agreed: z.boolean(),
      /** Once the family agreed, for who took it. */
      whom: z.object({ name: z.string(), reach: z.string() }).nullable(),
      thanks: z.string().nullable(),
    })
    .nullable(),
})

export const publishedContract = {
  'GET /needs/:needId/wish': {
    summary: 'How a need may be published: the text without what tells whose it is, and how many households are alike.',
    params: z.object({ needId: idSchema }),
    answer: z.object({
      published: wishAnswer.nullable(),
      draft: z.object({
        words: z.string(),
        found: z.array(wordsSchema),
        age: wordsSchema.nullable(),
        place: z.string().nullable(),
        /** Households of the registry alike by what is told; null: too few in the whole district. */
        alike: z.number().int().nullable(),
      }),
    }),
    refusals: [carefulIsNotPublished],
  },
  'POST /needs/:needId/wish': {
    summary:
      'Publishes it, once somebody has read the text. The same text once more changes nothing; another is refused.',
    params: z.object({ needId: idSchema }),
    body: z.strictObject({ words: text(4, 200), read: z.boolean(), untilOn: daySchema.optional() }),
    answer: wishAnswer,
    refusals: [notInPool, alreadyPublished, carefulIsNotPublished, tellsWho, tooFewAlike, unread],
  },
  'GET /wishes': {
    summary: 'Wishes open to be taken, or those I took; those that run out first.',
    query: z.object({
      ...pageQuery,
      show: z.enum(['open', 'mine']).default('open'),
      township: divisionSchema.optional(),
      item: z.string().max(60).optional(),
    }),
    answer: pageOf(wishAnswer),
  },
  'POST /wishes/:wishId/claim': {
    summary: 'Takes a wish. Of several who press at once one has it.',
    params: wishId,
    body: z.strictObject({}),
    answer: wishAnswer,
    refusals: [wishNotFound, alreadyTaken, tooMany],
  },
  'POST /wishes/:wishId/unclaim': {
    summary: 'Gives it back, with a reason; it is open again.',
    params: wishId,
    body: z.strictObject({ reason: text(2, 300) }),
    answer: wishAnswer,
    refusals: [wishNotFound, wishOver],
  },
  'POST /wishes/:wishId/consent': {
    summary: 'Whether the family agrees that who took it learns a name and how to reach them.',
    params: wishId,
    body: z.strictObject({
      agreed: z.boolean(),
      name: text(1, 30).optional(),
      reach: text(3, 80).optional(),
      /** Of the wish, as it was when the family was asked: whoever took it then. */
      expectedVersion: z.number().int().positive(),
    }),
    answer: wishAnswer,
    refusals: [wishNotFound, wishOver, wishChanged, whomMissing],
  },
  'POST /wishes/:wishId/thanks': {
    summary: 'Relays thanks of the family, without a word that tells who they are.',
    params: wishId,
    body: z.strictObject({ words: text(2, 200) }),
    answer: wishAnswer,
    refusals: [wishNotFound, wishOver, tellsWho],
  },
  'POST /wishes/:wishId/withdraw': {
    summary: 'Takes a wish down that nobody took.',
    params: wishId,
    body: z.strictObject({ reason: text(2, 300) }),
    answer: wishAnswer,
    refusals: [wishNotFound, wishOver],
  },
} as const
