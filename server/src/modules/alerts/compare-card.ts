import { completedYears, type Day, type Id } from '@zhulian/kernel'
import type { PointsDocument } from '@zhulian/rules'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool, poolVersion } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import { compareCards, type Compared, type Lacking, type Outcome } from './card/compare.ts'
import type { Bands, Card } from './card/fit.ts'
import type { PointsPart } from './tables.ts'

export type { Compared, GroupCount, Lacking } from './card/compare.ts'

export interface CardComparison {
  readonly poolVersion: string
  /** The card in force. */
  readonly document: PointsDocument
  /** Outcomes judged with another card, of which a band is not in this one: left out. */
  readonly otherCard: number
  readonly result: Compared | Lacking
  /** The card in force with the points that were fitted, as a file the workbench reads; nothing where too few to compare. */
  readonly draft: PointsDocument | undefined
}

/**
 * Fits the card of points anew from what visits found, and sets it beside the card in force. Changes nothing and keeps nothing: what
 * comes of it is for a person to read, and to draft in the workbench, where two publish. Only of those alerts pointed to: of whom nobody
 * ever went to see it knows nothing. Health matters are not in it.
 * @returns undefined where the pool has no card
 */
export async function compareCard(ctx: Ctx, since?: Day): Promise<CardComparison | undefined> {
  const loaded = await currentPool(ctx)
  const document = loaded.pool.documents.points
  if (!document) return undefined
  const inForce: Card = document.items.map(({ bands }) => bands.map(b => b.points))
  const rows = await outcomesSince(ctx, since)
  const same = await sameCards(ctx, document, new Set(rows.map(row => row.pool_version)))
  const places = await placesOf(ctx)
  const outcomes = rows.flatMap((row): Outcome[] => {
    const bands = same.has(row.pool_version) ? bandsOf(document, row.points_parts) : undefined
    if (!bands) return []
    const township = row.division.slice(0, 9)
    return [
      {
        household: row.household_id,
        on: row.on_day,
        bands,
        so: row.so,
        groups: {
          sex: row.sex ?? 'unknown',
          age: ageOf(row.birth_date, row.on_day),
          township: places.get(township)?.name ?? township,
        },
      },
    ]
  })
  const result = compareCards(inForce, outcomes)
  return {
    poolVersion: loaded.id,
    document,
    otherCard: rows.length - outcomes.length,
    result,
    draft: result.kind === 'compared' ? drafted(document, result.card) : undefined,
  }
}

interface Row {
  readonly household_id: Id
  readonly on_day: Day
  readonly division: string
  readonly so: boolean
  readonly points_parts: readonly PointsPart[]
  /** By which the alert was judged. */
  readonly pool_version: string
  readonly sex: 'male' | 'female' | null
  readonly birth_date: Day | null
}

/** Of each alert what was found last, with its points as they stood then. Of a whole household nobody's sex or age is meant. */
async function outcomesSince(ctx: Ctx, since: Day | undefined): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select o.household_id, o.on_day, o.division, o.so, o.points_parts, a.pool_version, p.sex, p.birth_date
    from (
      select distinct on (alert_id) alert_id, household_id, on_day, division, points_parts,
        kind in ('verdict.confirmed', 'finding.confirmed') as so
      from alerts.outcome
      where district = ${ctx.district} and audience <> 'health' and points_parts is not null
        and kind in ('verdict.confirmed', 'verdict.false', 'finding.confirmed', 'finding.falseAlarm')
        and on_day >= ${since ?? '-infinity'}::date
      order by alert_id, at desc, id desc
    ) o
    join alerts.alert a on a.district = ${ctx.district} and a.id = o.alert_id
    left join registry.v_person p on p.district = ${ctx.district} and p.id = a.person_id`.execute(ctx.transaction)
  return rows
}

/** Versions of the pool whose card asks the same, whatever points it gives. */
async function sameCards(
  ctx: Ctx,
  document: PointsDocument,
  versions: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const asks = (card: PointsDocument | undefined) =>
    JSON.stringify(card?.items.map(({ id, bands }) => [id, bands.map(b => [b.condition.trim(), b.label.zh])]))
  const same = new Set<string>()
  for (const version of versions)
    if (asks((await poolVersion(ctx, version)).pool.documents.points) === asks(document)) same.add(version)
  return same
}

/**
 * Where it stood in the card, by what was written down then: an item that gave no points is not among the parts. Undefined where it
 * was judged with a band this card does not have.
 */
function bandsOf({ items }: PointsDocument, parts: readonly PointsPart[]): Bands | undefined {
  const found = items.map(({ id, bands }) => {
    const part = parts.find(p => p.item === id)
    if (!part || part.points === 0) return -1
    const at = bands.findIndex(b => b.label.zh === part.because?.zh)
    return at < 0 ? undefined : at
  })
  return found.every(band => band !== undefined) ? found : undefined
}

function ageOf(birth: Day | null, on: Day): string {
  if (birth === null) return 'unknown'
  const years = completedYears(birth, on)
  return years < 18 ? '0-17' : years < 60 ? '18-59' : years < 80 ? '60-79' : '80+'
}

/** Bands and items that tell nothing are left out: the form of a card has no band without points. */
function drafted(document: PointsDocument, card: Card): PointsDocument | undefined {
  const items = document.items.flatMap((item, i) => {
    const bands = item.bands.map((band, b) => ({ ...band, points: card[i]?.[b] ?? 0 })).filter(band => band.points > 0)
    return bands.length > 0 ? [{ ...item, bands }] : []
  })
  return items.length > 0 ? { ...document, items } : undefined
}
