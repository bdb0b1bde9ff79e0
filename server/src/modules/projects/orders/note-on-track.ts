import type { Day, Id, Words } from '@zhulian/kernel'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { currentPool } from '../../pools/index.ts'
import { childrenOf, comesOfAge } from '../../registry/index.ts'
import { noteAssessment, noteService } from '../../track/index.ts'
import { orders } from './kept-order.ts'
import { serviceOf } from './read-orders.ts'
import type { OrderRow } from './tables.ts'

/** How somebody gets on is an assessment of its own: the score, and how it went since the session before. */
export async function noteScore(ctx: Ctx, row: OrderRow, visit: Id, on: Day, score: number): Promise<void> {
  const before = await orders(ctx)
    .selectFrom('projects.order_visit')
    .select(['score', 'on_day'])
    .where('district', '=', ctx.district)
    .where('order_id', '=', row.id)
    .where('id', '<>', visit)
    .where('on_day', '<=', on)
    .where('score', 'is not', null)
    .orderBy('on_day', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const change = before && before.score !== null ? score - before.score : undefined
  await noteAssessment(ctx, {
    ...(await whatOf(ctx, row, on)),
    source: { kind: 'orderVisit', id: visit },
    // How somebody is in body is not for the whole village group.
    forHandlers: true,
    fields: {
      words: { zh: '评了功能', en: 'function assessed' },
      assessed: { zh: '日常生活能力（Barthel）', en: 'daily living (Barthel)' },
      scores: { function: score },
      outcome:
        before === undefined || change === undefined
          ? { zh: '第一次评', en: 'for the first time' }
          : {
              zh:
                change === 0
                  ? `和${before.on_day}一样`
                  : `比${before.on_day}${change > 0 ? '高' : '低'}${Math.abs(change)}分`,
              en:
                change === 0
                  ? `as on ${before.on_day}`
                  : `${Math.abs(change)} ${change > 0 ? 'higher' : 'lower'} than on ${before.on_day}`,
            },
    },
  })
}

/** Of whom and what it is, and who may read it; what tells of a child takes a grant until it comes of age. */
const whatOf = async (ctx: Ctx, row: OrderRow, on: Day) => ({
  household: row.household_id,
  division: row.division,
  elsewhere: row.elsewhere,
  careful: row.careful,
  person: row.person_id,
  need: row.need_id,
  project: row.project_id,
  item: row.service,
  minorUntil: row.guarded ? await guardedUntil(ctx, row, on) : row.minor_until,
  on,
  by: row.provider_name,
})

interface Done {
  readonly source: { readonly kind: 'orderVisit' | 'classDay'; readonly id: Id }
  readonly on: Day
  readonly units: number
  readonly coded?: boolean
  readonly incident?: Words | undefined
}

/** One line of what was done for the family, sealed; what tells of a child takes a grant to read until it comes of age. */
export async function noteOnTrack(
  ctx: Ctx,
  row: OrderRow,
  { source, on, units, coded, incident }: Done,
): Promise<void> {
  const { name, unit } = serviceOf(await currentPool(ctx), row.service)
  await noteService(ctx, {
    ...(await whatOf(ctx, row, on)),
    source,
    fields: {
      words: name,
      units,
      ...(unit ? { unit } : {}),
      signature: coded ? 'code' : 'none',
      ...(incident ? { incident } : {}),
    },
  })
}

/** What the kinds of help keep besides: a job, a device, a certificate, a month of work. */
export async function noteKeptOnTrack(
  ctx: Ctx,
  row: OrderRow,
  { kind, words, units, note, on = ctx.today }: Kept,
): Promise<void> {
  await noteService(ctx, {
    ...(await whatOf(ctx, row, on)),
    source: { kind, id: row.id },
    fields: {
      words,
      ...(units === undefined ? {} : { units, unit: { zh: '天', en: 'days' } }),
      ...(note && { incident: note }),
    },
  })
}

interface Kept {
  readonly kind: 'placement' | 'loan' | 'certificate' | 'workMonth'
  readonly words: Words
  /** Days. */
  readonly units?: number
  /** What was otherwise than it should be, or than it was written before. */
  readonly note?: Words | undefined
  readonly on?: Day
}

/**
 * Until when what tells of a child takes a grant to read: until the child comes of age; where none is named, the youngest of the home;
 * where the home has none on the register, as long as a child born that day would take.
 */
async function guardedUntil(ctx: Ctx, row: OrderRow, on: Day): Promise<Day> {
  const children = await asMachine(ctx, machine => childrenOf(machine, [row.household_id]))
  const named = children.filter(child => child.id === row.person_id)
  const last = (named.length > 0 ? named : children)
    .map(child => comesOfAge(child.birthDate))
    .toSorted()
    .at(-1)
  return last ?? comesOfAge(on)
}
