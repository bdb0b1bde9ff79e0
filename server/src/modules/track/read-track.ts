import type { Id } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { cannotBeOpened, readSealedJson } from '../../platform/open-sealed.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { closedIn, getHousehold } from '../registry/index.ts'
import { sealedFields } from './chain.ts'
import type { trackContract } from './contract.ts'
import { type Fields, linesOf, recordKinds, recordKindWords } from './record.ts'
import { type RecordRow, track } from './tables.ts'

type Line = AnswerOf<(typeof trackContract)['GET /households/:householdId/track']>['lines'][number]

/** Needs by number, with the walls of their own room. */
const needs = tablesOf<{
  'wishes.v_family_need': { district: string; id: Id; household_id: Id; number: string }
}>()

const mostRecords = 1000

export async function readTrack(
  ctx: Ctx,
  { params }: InputOf<(typeof trackContract)['GET /households/:householdId/track']>,
) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  // From here on the wall in front of children's records knows which are open to who asks.
  await closedIn(ctx, [household.id])
  const rows = await track(ctx)
    .selectFrom('track.record')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('home_id', '=', household.id)
    .orderBy('on_day', 'desc')
    .orderBy('turn', 'desc')
    .orderBy('id', 'desc')
    .limit(mostRecords + 1)
    .execute()
  const shown = rows.slice(0, mostRecords).reverse()
  const pool = await currentPool(ctx)
  const numbers = await numbersOf(ctx, shown)
  const grouped = Map.groupBy(shown, row => row.need_id ?? row.project_id ?? household.id)
  const lines = [...grouped.values()].map((records): Line => {
    const last = records.at(-1) as RecordRow
    const need = records.find(r => r.need_id !== null)?.need_id ?? null
    return {
      need: need && { id: need, number: numbers.get(need) ?? null },
      project: records.findLast(r => r.project_id !== null)?.project_id ?? null,
      item: itemOf(pool, records.findLast(r => r.item !== null)?.item ?? null),
      has: recordKinds.filter(kind => records.some(r => r.kind === kind)),
      lastOn: last.on_day,
      records: records.map(row => ({
        ...shownRecord(ctx, pool, row),
        at: row.at.toISOString(),
        by: row.by_role === 'resident' ? '' : row.by_name,
        role: row.by_role,
        careful: row.careful,
        source: { kind: row.source_kind, id: row.source_id },
      })),
    }
  })
  return {
    lines: lines.toSorted((a, b) => b.lastOn.localeCompare(a.lastOn)),
    isCut: rows.length > mostRecords,
  }
}

/** Of their own family, whoever the resident is confirmed to be; what is the township's alone is not among them, and leaves no gap. */
export async function readMyTrack(ctx: Ctx, { query }: InputOf<(typeof trackContract)['GET /my/track']>) {
  const { household } = ctx.actor
  if (!household) return { items: [], next: null }
  ctx.about({ kind: 'household', id: household })
  const rows = await track(ctx)
    .selectFrom('track.record')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('home_id', '=', household)
    .where('careful', '=', false)
    .where('elsewhere', '=', false)
    .$if(query.after !== undefined, q =>
      q.where(
        sql<boolean>`(on_day, turn, id) < (select on_day, turn, id from track.record where district = ${ctx.district} and id = ${query.after})`,
      ),
    )
    .orderBy('on_day', 'desc')
    .orderBy('turn', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const pool = await currentPool(ctx)
  return {
    items: page.map(row => ({ ...shownRecord(ctx, pool, row, true), role: row.by_role })),
    next: rows.length > query.limit && last ? last.id : null,
  }
}

export function shownRecord(ctx: Ctx, pool: LoadedPool, row: RecordRow, forFamily = false) {
  const fields = readSealedJson<Fields>(ctx, sealedFields, row.id, row.sealed_fields, {
    words: { zh: cannotBeOpened, en: cannotBeOpened },
  })
  const item = itemOf(pool, row.item)
  return {
    id: row.id,
    kind: row.kind,
    kindWords: recordKindWords[row.kind],
    words: fields.words,
    on: row.on_day,
    // A service that says its own name is not named twice.
    item: item?.name.zh === fields.words.zh ? null : item,
    lines: linesOf(fields, forFamily),
  }
}

async function numbersOf(ctx: Ctx, rows: readonly RecordRow[]): Promise<ReadonlyMap<Id, string>> {
  const ids = [...new Set(rows.flatMap(row => row.need_id ?? []))]
  if (ids.length === 0) return new Map()
  const found = await needs(ctx)
    .selectFrom('wishes.v_family_need')
    .select(['id', 'number'])
    .where('district', '=', ctx.district)
    .where('id', 'in', ids)
    .execute()
  return new Map(found.map(need => [need.id, need.number]))
}

export function itemOf(pool: LoadedPool, id: string | null) {
  const found = id === null ? undefined : (pool.policy(id) ?? pool.service(id))
  return found ? { id: found.id, name: found.name } : null
}
