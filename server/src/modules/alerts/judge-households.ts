import { daysBetween, type Day, type Id, newId } from '@zhulian/kernel'
import { type AlertFound, judgeAlerts, nextTurn, type Points, pointsOf, type Pool, type Reason } from '@zhulian/rules'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { type BulkRow, insertMany, rowSet } from '../../platform/database/insert-many.ts'
import { giveWay } from '../../platform/give-way.ts'
import { contentHash, currentPool } from '../pools/index.ts'
import {
  alsoSaid,
  bumpAll,
  comesOfAge,
  factsOfMany,
  holdAll,
  type KnownHousehold,
  recountKnown,
  tellsOf,
  writeStatements,
} from '../registry/index.ts'
import { type Audience, calledBy, dueOf, levelWords, weight } from './alert.ts'
import { countedAlerts, type Given, givenFacts, type Standing, visitTurn, withGiven } from './given-facts.ts'
import { alerts, keepNotice, sealedWho, stepRow, takeStep, tellMoved } from './kept-alert.ts'
import { standings } from './standings.ts'
import type { AlertRow, GroundFact, PointsPart, SeenRow } from './tables.ts'

type Kept = AlertRow & { readonly seen: SeenRow }

/** Households read and written together, and to a step: between two, others are answered. */
const [atOnce, judgedAtOnce] = [50, 10]

/**
 * Judges households by the rules of alerts and keeps what is new: an alert once for each happening, again within its window,
 * more severe where the rules say so. It closes nothing and lowers nothing: that is for a person.
 * @returns the alerts that are new or have risen
 */
export async function judgeHouseholds(ctx: Ctx, ids: readonly Id[]): Promise<readonly Id[]> {
  const sorted = [...new Set(ids)].toSorted()
  const told: Id[] = []
  for (let i = 0; i < sorted.length; i += atOnce) {
    if (i > 0) await giveWay(ctx)
    told.push(...(await judgeSome(ctx, sorted.slice(i, i + atOnce))))
  }
  return told
}

async function judgeSome(ctx: Ctx, ids: readonly Id[]): Promise<readonly Id[]> {
  const { pool, id: version } = await currentPool(ctx)
  const known = await factsOfMany(ctx, ids, { whole: true, asKnownAt: later })
  const stands = await standings(ctx, ids)
  const told: Id[] = []
  const turns: Turn[] = []
  const moved = new Set<Id>()
  // What is raised counts for the rule that looks at several together, so who got something is looked at once more.
  let again: readonly KnownHousehold[] = known
  for (let round = 0; round < 2 && again.length > 0; round++) {
    const kept = await keptAlerts(
      ctx,
      again.map(k => k.id),
    )
    const touched = new Set<Id>()
    const sightings: Sighting[] = []
    const raised: Raised[] = []
    for (const [i, household] of again.entries()) {
      if (i > 0 && i % judgedAtOnce === 0) await giveWay(ctx)
      const own = kept.get(household.id) ?? []
      const given = givenFacts(household, stands.get(household.id) ?? outside, own, ctx.today)
      const facts = withGiven(household.facts, given)
      const found = judgeAlerts(pool, facts, ctx.today)
      let card: Points | undefined
      const points = () => (card ??= pointsOf(pool, facts, ctx.today))
      const judging: Judging = { ctx, pool, version, household, given, found, points, kept: own, sightings, raised }
      for (const id of await keep(judging)) {
        told.push(id)
        touched.add(household.id)
        moved.add(household.id)
      }
      if (round === 0) turns.push(turnOf(judging, [nextTurn(pool, facts, ctx.today), visitTurn(household, given)]))
    }
    await keepRaised(ctx, raised)
    await keepSightings(ctx, sightings)
    again = again.filter(k => touched.has(k.id))
  }
  await keepTurns(ctx, turns)
  await passLevelOn(ctx, ids, known, moved)
  return told
}

const outside: Standing = { circle: null, personCircles: new Map() }

interface Judging {
  readonly ctx: Ctx
  readonly pool: Pool
  readonly version: string
  readonly household: KnownHousehold
  readonly given: Given
  readonly found: readonly AlertFound[]
  /** The card of points, of who gets an alert. */
  readonly points: () => Points | undefined
  readonly kept: readonly Kept[]
  readonly sightings: Sighting[]
  readonly raised: Raised[]
}

/** An alert that is new, with what it rests on. */
interface Raised {
  readonly row: AlertRow
  readonly grounds: ReturnType<typeof groundRows>
  readonly step: ReturnType<typeof stepRow>
}

/** Of an alert that is there already: the rules say so again today, say so anew, or say so no longer. */
interface Sighting {
  readonly id: Id
  readonly as: 'again' | 'anew' | 'ceased'
}

async function keep(judging: Judging): Promise<readonly Id[]> {
  const { ctx, found, kept } = judging
  const told: Id[] = []
  const held = new Set<Id>()
  for (const one of found) {
    const own = kept.filter(a => a.rule === one.rule && a.person_id === ((one.person as Id | undefined) ?? null))
    const same = own.find(a =>
      one.occurredOn === null ? !a.dated && a.seen.ceased_on === null : a.dated && a.occurred_on === one.occurredOn,
    )
    const near = same ?? own.find(a => daysBetween(a.judged_on, ctx.today) <= windowOf(judging, one.rule))
    if (!near) {
      told.push(raise(judging, one))
      continue
    }
    // A twin tells of the same happening: it has not ceased either.
    for (const a of own) if (a.id === near.id || a.twin_of === near.id || a.id === near.twin_of) held.add(a.id)
    if (await update(judging, one, near, same !== undefined)) told.push(near.id)
  }
  for (const alert of kept)
    if (!held.has(alert.id) && alert.seen.ceased_on === null) judging.sightings.push({ id: alert.id, as: 'ceased' })
  return told
}

const documentOf = ({ pool }: Judging, rule: string) => pool.alerts.find(a => a.id === rule)?.document
const windowOf = (judging: Judging, rule: string): number => documentOf(judging, rule)?.windowDays ?? 30

function raise(judging: Judging, found: AlertFound): Id {
  const { ctx, household, given, version } = judging
  const audience: Audience = documentOf(judging, found.rule)?.goesTo ?? 'village'
  const id = newId(ctx.now.getTime())
  const division = audience === 'township' || found.careful ? household.division.slice(0, 9) : household.division
  const due = dueOf('raised', found.level, ctx.now, ctx.now, ctx.today, ctx.calendar)
  const card = judging.points()
  const row: AlertRow = {
    district: ctx.district,
    id,
    rule: found.rule,
    household_id: household.id,
    person_id: (found.person as Id | undefined) ?? null,
    division,
    village: household.division,
    careful: found.careful,
    audience,
    level: found.level,
    state: 'raised',
    version: 1,
    occurred_on: found.occurredOn ?? ctx.today,
    dated: found.occurredOn !== null,
    open_question: found.missing.length > 0,
    raised_at: ctx.now,
    judged_on: ctx.today,
    judged_at: ctx.now,
    pool_version: version,
    given,
    said_hash: saidHash(found),
    points: card?.points ?? null,
    // What was not known stands beside what gave points: from none it differs, also for a card fitted anew.
    points_parts:
      (card?.parts
        .filter(p => p.points > 0 || p.because === null)
        .map(p => ({ ...p, because: p.because ?? null })) as PointsPart[]) ?? null,
    holder_id: null,
    holder_name: null,
    sealed_who: audience === 'health' ? ctx.crypto.seal(sealedWho, id, whoOf(household, found.person)) : null,
    due_at: due.at,
    due_on: due.on,
    near_told_at: null,
    late_told_at: null,
    task_id: null,
    verdict: null,
    verified_on: null,
    found_kind: null,
    opinion: null,
    cause: null,
    closed_at: null,
    changed_at: ctx.now,
    expected_at: null,
    twin_of: null,
  }
  const facts = { level: found.level, rule: found.rule }
  judging.raised.push({
    row,
    grounds: groundRows(judging, row, found),
    step: stepRow(ctx, row, null, { step: 'raise', to: 'raised', facts }),
  })
  call(ctx, row)
  return id
}

/** @returns whether it has to be looked at anew: it happened again, or became worse */
async function update(judging: Judging, found: AlertFound, before: Kept, same: boolean): Promise<boolean> {
  const { ctx } = judging
  const isSeenToday = same && before.seen.last_on === ctx.today && before.seen.ceased_on === null
  if (!isSeenToday) judging.sightings.push({ id: before.id, as: same ? 'again' : 'anew' })
  if (same && weight[found.level] <= weight[before.level]) return false
  // Somebody may be taking or closing it this moment: what they did stands, and it is held until this is through.
  const alert = await lockedAlert(ctx, before.id)
  const worse = weight[found.level] > weight[alert.level]
  if (same && !worse) return false
  // What becomes careful leaves the village; it never comes back to it by itself.
  const careful = alert.careful || found.careful
  const division = careful ? alert.village.slice(0, 9) : alert.division
  const isClosed = alert.state === 'closed'
  const after = await takeStep(
    ctx,
    alert,
    { step: same ? 'rise' : 'again', to: isClosed ? 'raised' : alert.state, facts: { level: found.level } },
    {
      ...(worse && { level: found.level }),
      ...(careful !== alert.careful && { careful, division }),
      ...(!same && { occurred_on: found.occurredOn ?? ctx.today, dated: found.occurredOn !== null }),
      judged_on: ctx.today,
      judged_at: ctx.now,
      pool_version: judging.version,
      given: judging.given,
      said_hash: saidHash(found),
      open_question: found.missing.length > 0,
      // The clock of what became worse begins then, not with what was milder.
      ...((isClosed || worse) && { raised_at: ctx.now }),
      ...(isClosed && {
        closed_at: null,
        cause: null,
        verdict: null,
        opinion: null,
        holder_id: null,
        holder_name: null,
        task_id: null,
      }),
    },
  )
  await keepGrounds(ctx, [groundRows(judging, after, found)])
  if (isClosed || worse) call(ctx, after)
  else tellMoved(ctx, after)
  return true
}

/** Two judgements of the same facts by the same version must give the same. */
export const saidHash = (found: AlertFound): string => contentHash(JSON.parse(JSON.stringify(found)) as unknown)

/** Which level of alerts a fact counts. */
const counting: Readonly<Record<string, AlertRow['level'] | undefined>> = {
  'household.yellowAlerts60': 'yellow',
  'household.orangeAlerts60': 'orange',
}

/** What an alert was raised on; what of it tells of a child lies apart. */
function groundRows({ ctx, household, kept }: Judging, row: AlertRow, found: AlertFound) {
  const counted = found.facts.flatMap(({ fact }) => {
    const level = counting[fact]
    return level === undefined ? [] : countedAlerts(kept, level, ctx.today).map(a => a.id)
  })
  const facts = found.facts.map(({ fact, person, value }): GroundFact => {
    const own = fact.slice(fact.indexOf('.') + 1)
    const said = person === undefined ? household.known[own] : household.members.find(m => m.id === person)?.facts[own]
    return {
      fact,
      ...(person !== undefined && { person }),
      value,
      source: said?.source ?? 'platform',
      origin: said?.origin ?? '平台',
      asOf: said?.asOf ?? ctx.today,
    }
  })
  const children = new Map(
    household.members.flatMap(m => {
      const until = m.birthDate && comesOfAge(m.birthDate)
      return until && until > ctx.today ? [[m.id as string, until] as const] : []
    }),
  )
  const isOfChild = ({ person }: { readonly person?: string | undefined }) =>
    person !== undefined && children.has(person)
  const tells = (reason: Reason) => tellsOf(reason, new Set(children.keys()))
  const [told, why, open] = [facts.filter(isOfChild), found.reasons.filter(tells), found.missing.filter(isOfChild)]
  const isTold = (id: string) =>
    [...told, ...open].some(({ person }) => person === id) || why.some(reason => tellsOf(reason, new Set([id])))
  const place = {
    district: ctx.district,
    alert_id: row.id,
    turn: row.version,
    household_id: row.household_id,
    division: row.division,
    audience: row.audience,
    careful: row.careful,
  }
  const tellsOfChild = [told, why, open].some(part => part.length > 0)
  const ground = {
    ...place,
    facts: JSON.stringify(facts.filter(f => !isOfChild(f))),
    reasons: JSON.stringify(found.reasons.filter(r => !tells(r))),
    missing: JSON.stringify(found.missing.filter(m => !isOfChild(m))),
    counted: JSON.stringify(counted),
    tells_of_child: tellsOfChild,
    judged_on: ctx.today,
    at: ctx.now,
  }
  const minor = tellsOfChild && {
    ...place,
    minor_until: [...children]
      .flatMap(([id, until]) => (isTold(id) ? [until] : []))
      .toSorted()
      .at(-1) as Day,
    facts: JSON.stringify(told),
    reasons: JSON.stringify(why),
    missing: JSON.stringify(open),
  }
  return { ground, minor: minor ? [minor] : [] }
}

/** Rows of one statement; an alert has some forty columns, and a statement takes 65,535 values. */
const rowsAtOnce = 500

/** Some statements for all: four for each alert took most of the time in which a bureau's list becomes alerts. */
async function keepRaised(ctx: Ctx, raised: readonly Raised[]): Promise<void> {
  const db = alerts(ctx)
  for (let i = 0; i < raised.length; i += rowsAtOnce) {
    const some = raised.slice(i, i + rowsAtOnce)
    const rows = some.map(({ row }) => ({
      ...row,
      given: JSON.stringify(row.given),
      points_parts: row.points_parts && JSON.stringify(row.points_parts),
    }))
    await db.insertInto('alerts.alert').values(rows).execute()
    await db
      .insertInto('alerts.seen')
      .values(
        some.map(({ row: { district, id, household_id, division, audience, careful } }) => {
          const place = { district, alert_id: id, household_id, division, audience, careful }
          return { ...place, times: 1, last_on: ctx.today, ceased_on: null }
        }),
      )
      .execute()
    await keepGrounds(
      ctx,
      some.map(({ grounds }) => grounds),
    )
    await db
      .insertInto('alerts.step')
      .values(some.map(({ step }) => step))
      .execute()
  }
  for (const { row } of raised) await keepNotice(ctx, row)
}

async function keepGrounds(ctx: Ctx, grounds: readonly ReturnType<typeof groundRows>[]): Promise<void> {
  await alerts(ctx)
    .insertInto('alerts.ground')
    .values(grounds.map(({ ground }) => ground))
    .execute()
  const minors = grounds.flatMap(({ minor }) => minor)
  if (minors.length > 0) await alerts(ctx).insertInto('alerts.minor_ground').values(minors).execute()
}

const whoOf = (household: KnownHousehold, person: string | undefined): string =>
  household.members.find(m => m.id === person)?.name ?? household.members[0]?.name ?? ''

/** No name, no rule, no place: what is said on a locked screen may be read by anybody. */
function call(ctx: Ctx, row: AlertRow): void {
  const { zh, en } = levelWords[row.level]
  ctx.about({ kind: 'household', id: row.household_id })
  ctx.tell({
    name: row.level === 'red' ? 'alerts.red' : 'alerts.raised',
    to: { roles: calledBy(row.level, row), division: row.division },
    id: row.id,
    words:
      row.level === 'red'
        ? { zh: '有一条红色预警，请马上看', en: 'A red alert: please look at once' }
        : { zh: `有一条${zh}色预警`, en: `An alert: ${en.toLowerCase()}` },
  })
}

const lockedAlert = async (ctx: Ctx, id: Id): Promise<AlertRow> =>
  await alerts(ctx)
    .selectFrom('alerts.alert')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()

async function keptAlerts(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, readonly Kept[]>> {
  const any = sql<Id>`any(${ids}::uuid[])`
  const db = alerts(ctx)
  const rows = await db
    .selectFrom('alerts.alert')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', any)
    .orderBy('id', 'desc')
    .execute()
  if (rows.length === 0) return new Map()
  // By the alert and not by the household, by which there is no way to them but all.
  const seen = await db
    .selectFrom('alerts.seen')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('alert_id', '=', sql<Id>`any(${rows.map(row => row.id)}::uuid[])`)
    .execute()
  const by = new Map(seen.map(s => [s.alert_id, s]))
  return Map.groupBy(
    rows.flatMap(row => {
      const own = by.get(row.id)
      return own ? [{ ...row, seen: own }] : []
    }),
    row => row.household_id,
  )
}

/** A household no day turns for is kept too: who has no row was never looked at. */
const never = '9999-12-31' as Day

interface Turn {
  readonly household_id: Id
  readonly turns_on: Day
  readonly pool_version: string
}

const turnOf = ({ ctx, household, version }: Judging, days: readonly (Day | undefined)[]): Turn => ({
  household_id: household.id,
  pool_version: version,
  turns_on: days.filter(d => d !== undefined && d > ctx.today).toSorted()[0] ?? never,
})

/** One statement for all: one for each household took a third of a night's time. */
const keepTurns = async (ctx: Ctx, turns: readonly Turn[]): Promise<void> =>
  await insertMany(
    ctx.transaction,
    'alerts.turning',
    { district: 'text', household_id: 'uuid', turns_on: 'date', pool_version: 'text' },
    turns.map(turn => ({ district: ctx.district, ...turn })),
    sql`on conflict (district, household_id) do update
      set turns_on = excluded.turns_on, pool_version = excluded.pool_version
      where turning.turns_on <> excluded.turns_on or turning.pool_version <> excluded.pool_version`,
  )

async function keepSightings(ctx: Ctx, sightings: readonly Sighting[]): Promise<void> {
  if (sightings.length === 0) return
  await sql`update alerts.seen s set
      times = s.times + case when x.as = 'anew' then 1 else 0 end,
      last_on = case when x.as = 'ceased' then s.last_on else ${ctx.today}::date end,
      ceased_on = case when x.as = 'ceased' then ${ctx.today}::date end
    from ${rowSet({ id: 'uuid', as: 'text' }, sightings as unknown as readonly BulkRow[])}
    where s.district = ${ctx.district} and s.alert_id = x.id`.execute(ctx.transaction)
}

const word = { source: 'feed', origin: '预警' } as const
/** Others write down at their own instants, after this work began too. */
const later = new Date(`${never}T00:00:00Z`)

/**
 * Says in the registry how severe the worst open alert of a household is, so that the rules of the circles and classes read
 * it. What the village must not know leaves no mark there.
 * @param moved whose alerts were raised or closed here: two people who close the last two each see the other's open still
 */
export async function passLevelOn(
  ctx: Ctx,
  ids: readonly Id[],
  read?: readonly KnownHousehold[],
  moved: ReadonlySet<Id> = new Set(read ? [] : ids),
): Promise<void> {
  const known = read ?? (await factsOfMany(ctx, ids, { whole: true, asKnownAt: later }))
  const before = await worstOf(ctx, ids)
  const asked = known.filter(h => moved.has(h.id) || levelOf(h) !== (before.get(h.id) ?? 'none'))
  if (asked.length === 0) return
  const asRead = await heldAsTheyAre(ctx, asked)
  const worst = await worstOf(
    ctx,
    asRead.map(h => h.id),
  )
  const changed = asRead.flatMap(h => {
    const level = worst.get(h.id) ?? 'none'
    return levelOf(h) === level ? [] : [{ h, level }]
  })
  if (changed.length === 0) return
  // What was written down last counts: also where somebody who began later was through before.
  const said = changed.map(({ h }) => h.known['openAlertLevel']?.recordedAt.getTime() ?? 0)
  const last = Math.max(...said)
  const at = last > ctx.now.getTime() ? new Date(last + 1) : ctx.now
  await writeStatements(
    ctx,
    changed.map(({ h, level }) => ({
      ...word,
      asOf: ctx.today,
      householdId: h.id,
      division: h.division,
      facts: { openAlertLevel: level },
    })),
    { at },
  )
  await bumpAll(
    ctx,
    changed.map(({ h }) => h.id),
  )
  const own = { ...word, asOf: ctx.today, recordedAt: at, recordedBy: ctx.actor.account }
  await recountKnown(
    ctx,
    changed.map(({ h, level }) => alsoSaid(h, 'openAlertLevel', { ...own, value: level })),
  )
  // Who has the family open reads its new version: what they write next is not refused for the machine's sake.
  for (const { h } of changed)
    ctx.tell({
      name: 'registry.alertLevel',
      to: { roles: ['guide', 'townshipClerk', 'districtOfficer'], division: h.division },
      id: h.id,
    })
}

const levelOf = (h: KnownHousehold) => h.known['openAlertLevel']?.value ?? 'none'

/** Those that do not count are left out here: asked for the open ones the planner goes through all that are open. */
async function worstOf(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, AlertRow['level']>> {
  const own = await alerts(ctx)
    .selectFrom('alerts.alert')
    .select(['household_id', 'level', 'state', 'careful', 'audience'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  const worst = new Map<Id, AlertRow['level']>()
  for (const { household_id, level, state, careful, audience } of own) {
    if (state === 'closed' || careful || audience === 'health') continue
    const before = worst.get(household_id)
    if (before === undefined || weight[level] > weight[before]) worst.set(household_id, level)
  }
  return worst
}

/** From here on nobody writes of them; what somebody wrote since they were read counts. */
async function heldAsTheyAre(ctx: Ctx, read: readonly KnownHousehold[]): Promise<KnownHousehold[]> {
  const versions = await holdAll(
    ctx,
    read.map(h => h.id),
  )
  const others = read.flatMap(h => (versions.get(h.id) === h.version ? [] : [h.id]))
  const again = others.length > 0 ? await factsOfMany(ctx, others, { whole: true, asKnownAt: later }) : []
  return [...read.filter(h => !others.includes(h.id)), ...again]
}
