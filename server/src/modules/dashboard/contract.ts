import { contract, daySchema, divisionSchema, wordsSchema, z } from '@zhulian/kernel/contract'

/** A count; null where it is under five and could point at a person: shown as ＊. */
const count = z.number().int().nullable()

export const dashboardContract = contract({
  'GET /overview': {
    summary: 'One look at the district: interviews, cases, what is late, by township. Small counts are hidden.',
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    answer: z.object({
      from: daySchema,
      to: daySchema,
      sentence: wordsSchema,
      figures: z.object({
        screenings: count,
        fitting: count,
        cases: count,
        open: count,
        late: count,
        granted: count,
        /** Working days from hand-in to acceptance, the middle one. */
        daysToAccept: z.number().nullable(),
      }),
      townships: z.array(z.object({ code: divisionSchema, name: z.string(), cases: count, open: count, late: count })),
      byDay: z.array(z.object({ on: daySchema, screenings: count, cases: count })),
      wanted: z.array(z.object({ id: z.string(), count })),
    }),
  },
})
