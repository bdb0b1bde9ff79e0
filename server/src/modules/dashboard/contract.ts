import { contract, daySchema, divisionSchema, wordsSchema, z } from '@zhulian/kernel/contract'
import { levels, origins, other, outcomes } from './need-course.ts'

/** A count; null where it is under five and could point at a person: shown as ＊. */
const count = z.number().int().nullable()

const group = <Ids extends readonly [string, ...string[]]>(ids: Ids) =>
  z.object({ id: z.enum([...ids, other]), count: z.number().int() })
const band = <From extends readonly [string, ...string[]], To extends readonly [string, ...string[]]>(
  from: From,
  to: To,
) => z.object({ from: z.enum([...from, other]), to: z.enum([...to, other]), count })
/** Calendar days; null where there are too few. */
const waited = { count, median: z.number().nullable(), p90: z.number().nullable() }
const waits = z.object({
  all: z.object(waited),
  levels: z.array(z.object({ level: z.enum(levels), ...waited })),
  townships: z.array(z.object({ code: divisionSchema, name: z.string(), ...waited })),
})

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
  'GET /overview/needs': {
    summary: 'Needs told in some days: where from, who holds them, what became of them; how long claims and help took.',
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    answer: z.object({
      from: daySchema,
      to: daySchema,
      /** Null: too few to be shown. */
      flow: z
        .object({
          /** Of those that are drawn; what is rare even together is not among them. */
          total: z.number().int(),
          origins: z.array(group(origins)),
          levels: z.array(group(levels)),
          outcomes: z.array(group(outcomes)),
          taken: z.array(band(origins, levels)),
          ended: z.array(band(levels, outcomes)),
        })
        .nullable(),
      /** From when a wish was published until somebody first took it. */
      toClaim: waits,
      /** From when a need was told until its help began. */
      toService: waits,
    }),
  },
})
