import { type Day, type Id, newId } from '@zhulian/kernel'
import { judgeStanding } from '@zhulian/rules'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { type BulkRow, insertMany, rowSet } from '../../platform/database/insert-many.ts'
import { giveWay } from '../../platform/give-way.ts'
import { currentPool } from '../pools/index.ts'
import { asWhole } from './as-whole.ts'
import { nextCircle, rank } from './circle.ts'
import { factsOfMany, type KnownHousehold } from './facts-of.ts'
import { type Standing, standingOf } from './standing.ts'
import type { Circle, RegistryTables, Tier } from './tables.ts'

const registry = tablesOf<RegistryTables>()
/** Households to a step: between two, others are answered. */
const atOnce = 25

/**
 * Judges households again and keeps what follows: tier, circle, class, traits; each move between circles is written down
 * with its reason and the version of the pool.
 * @returns what the rules say now, in the order of the households found
 */
export async function recountHouseholds(
  ctx: Ctx,
  ids: readonly Id[],
  onProgress?: (done: number) => void,
): Promise<Standing[]> {
  const standings: Standing[] = []
  for (let i = 0; i < ids.length; i += atOnce) {
    if (i > 0) await giveWay(ctx)
    const known = await factsOfMany(ctx, ids.slice(i, i + atOnce), { whole: true })
    standings.push(...(await recountKnown(ctx, known)))
    onProgress?.(Math.min(i + atOnce, ids.length))
  }
  return standings
}

/**
 * As {@link recountHouseholds}, of some households that were read as they stand now, children's records included.
 * @param known few enough to be one step
 */
export async function recountKnown(ctx: Ctx, known: readonly KnownHousehold[]): Promise<Standing[]> {
  const { pool, id: version } = await currentPool(ctx)
  const before = await standingBefore(
    ctx,
    known.map(h => h.id),
  )
  const households: BulkRow[] = []
  const persons: BulkRow[] = []
  const moves: BulkRow[] = []
  const standings = known.map(h => {
    const standing = standingOf(h.facts, judgeStanding(pool, h.facts, ctx.today), version)
    const certified = h.known['certifiedTier']
    // What was seen at a door goes before the file and does not stand for it.
    const isCertified =
      certified !== undefined &&
      certified.value !== 'none' &&
      [certified, ...certified.rivals].some(s => s.source === 'feed' && s.value !== 'none')
    /** By what somebody who stands outside the base comes in without two people; undefined: as a candidate only. */
    const entryOf = (was: Before | undefined, tier: Tier | null): 'certified' | 'file' | undefined => {
      if (isCertified && tier !== null && tier !== 'none') return 'certified'
      // The list of the base itself, when its rows are judged for the first time.
      return was?.batch_id && was.judged_since === null ? 'file' : undefined
    }
    const move = (
      personId: Id | null,
      was: Before | undefined,
      own: { circle: Circle | null; because: unknown; undecided: boolean },
      entry: 'certified' | 'file' | undefined,
      /** Of a household: no further in than those of its people who are in. */
      innermost?: Circle | null,
    ) => {
      const now = {
        circle: was?.circle ?? null,
        judged: was?.judged_circle ?? null,
        judgedSince: was?.judged_since ?? null,
      }
      // What cannot be told yet is no reason to wait for a move outward.
      const said = own.undecided && rank(now.circle) < rank(own.circle) ? now.circle : own.circle
      const judged = nextCircle(now, said, ctx.today, entry !== undefined)
      const least = innermost === undefined ? said : innermost
      const moved = nextCircle(now, least, ctx.today, entry !== undefined)
      const next = { ...judged, circle: moved.circle }
      if (next.circle !== now.circle)
        moves.push({
          district: ctx.district,
          id: newId(ctx.now.getTime()),
          household_id: h.id,
          person_id: personId,
          division: h.division,
          from_circle: now.circle,
          to_circle: next.circle,
          because: own.because,
          pool_version: version,
          changed_on: ctx.today,
          recorded_at: ctx.now,
          recorded_by: ctx.actor.account,
          basis: now.circle === null ? entry : 'inward',
        })
      return {
        circle: next.circle,
        judged_circle: next.judged,
        judged_since: next.judgedSince,
        circle_because: own.because,
      }
    }
    let innermost: Circle | null = null
    let entry: 'certified' | 'file' | undefined
    for (const [id, own] of Object.entries(standing.persons)) {
      const was = before.persons.get(id as Id)
      const comes = entryOf(was, own.tier)
      const moved = move(id as Id, was, own, comes)
      persons.push({ id, tier: own.tier, ...moved })
      if (moved.circle === null) continue
      if (rank(moved.circle) < rank(innermost)) innermost = moved.circle
      entry ??= comes
    }
    const value = (fact: string) => (h.known[fact]?.value as string | undefined) ?? null
    const head = h.members.find(m => m.relation === '02') ?? h.members[0]
    households.push({
      id: h.id,
      tier: standing.tier,
      classes: standing.classes,
      traits: standing.traits,
      pool_version: version,
      judged_on: ctx.today,
      head_id: head?.id ?? null,
      size: h.members.filter(m => m.facts['alive']?.value !== false).length,
      tier_since: value('tierSince'),
      tier_until: value('tierUntil'),
      ...move(null, before.households.get(h.id), standing, entry, innermost),
    })
    return standing
  })
  await keep(ctx, households, persons, moves)
  return standings
}

interface Before {
  readonly id: Id
  readonly circle: Circle | null
  readonly judged_circle: Circle | null
  readonly judged_since: Day | null
  readonly batch_id: Id | null
}

async function standingBefore(ctx: Ctx, ids: readonly Id[]) {
  const columns = ['id', 'circle', 'judged_circle', 'judged_since', 'batch_id'] as const
  const households: Before[] = await registry(ctx)
    .selectFrom('registry.household')
    .select(columns)
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  const persons: Before[] = await registry(ctx)
    .selectFrom('registry.person')
    .select(columns)
    .where('district', '=', ctx.district)
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  return { households: new Map(households.map(h => [h.id, h])), persons: new Map(persons.map(p => [p.id, p])) }
}

async function keep(
  ctx: Ctx,
  households: readonly BulkRow[],
  persons: readonly BulkRow[],
  moves: readonly BulkRow[],
): Promise<void> {
  const judged = {
    id: 'uuid',
    tier: 'text',
    circle: 'smallint',
    judged_circle: 'smallint',
    judged_since: 'date',
    circle_because: 'jsonb',
  } as const
  const own = {
    ...judged,
    classes: 'text[]',
    traits: 'text[]',
    pool_version: 'text',
    judged_on: 'date',
    head_id: 'uuid',
    size: 'integer',
    tier_since: 'date',
    tier_until: 'date',
  } as const
  // Most stand where they stood, and a row written anew is written anew in each of its indexes.
  await asWhole(ctx, () =>
    sql`update registry.household h set tier = x.tier, circle = x.circle, judged_circle = x.judged_circle, judged_since = x.judged_since,
    circle_because = x.circle_because, classes = x.classes, traits = x.traits, pool_version = x.pool_version, judged_on = x.judged_on, size = x.size,
    head_id = x.head_id, head_pinyin = p.pinyin, tier_since = x.tier_since, tier_until = x.tier_until,
    standing_at = case when (h.tier, h.circle) is distinct from (x.tier, x.circle) then ${ctx.now} else h.standing_at end
    from ${rowSet(own, households)} left join registry.person_shown s on s.district = ${ctx.district} and s.id = x.head_id
    cross join lateral (select case when s.birth_date > (${ctx.today}::date - interval '18 years') then split_part(s.pinyin, ' ', 1)
      else s.pinyin end as pinyin) p
    where h.district = ${ctx.district} and h.id = x.id
      and (h.tier, h.circle, h.judged_circle, h.judged_since, h.circle_because, h.classes, h.traits, h.pool_version, h.judged_on, h.size,
        h.head_id, h.head_pinyin, h.tier_since, h.tier_until)
      is distinct from (x.tier, x.circle, x.judged_circle, x.judged_since, x.circle_because, x.classes, x.traits, x.pool_version, x.judged_on, x.size,
        x.head_id, p.pinyin, x.tier_since, x.tier_until)`.execute(ctx.transaction),
  )
  await sql`update registry.person p set tier = x.tier, circle = x.circle, judged_circle = x.judged_circle, judged_since = x.judged_since,
    circle_because = x.circle_because
    from ${rowSet(judged, persons)} where p.district = ${ctx.district} and p.id = x.id
      and (p.tier, p.circle, p.judged_circle, p.judged_since, p.circle_because)
      is distinct from (x.tier, x.circle, x.judged_circle, x.judged_since, x.circle_because)`.execute(ctx.transaction)
  await insertMany(
    ctx.transaction,
    'registry.circle_change',
    {
      district: 'text',
      id: 'uuid',
      household_id: 'uuid',
      person_id: 'uuid',
      division: 'text',
      from_circle: 'smallint',
      to_circle: 'smallint',
      because: 'jsonb',
      pool_version: 'text',
      changed_on: 'date',
      recorded_at: 'timestamptz',
      recorded_by: 'uuid',
      basis: 'text',
    },
    moves,
  )
}
