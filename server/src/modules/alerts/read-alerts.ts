import { divisionRange, type Id, maskName, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { missingWords, reasonWords, shownReasons, valueWords } from '@zhulian/pool'
import { judgeAlerts, type Pool } from '@zhulian/rules'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { openMark, sealMark } from '../../platform/page-mark.ts'
import { tasksOf } from '../outreach/index.ts'
import { currentPool, type LoadedPool, poolVersion } from '../pools/index.ts'
import { aboutChild, asWhole, briefsOf, closedIn, factsOf, placesOf, tellsOf } from '../registry/index.ts'
import {
  alertTransitions,
  causeWords,
  clockState,
  isFor,
  machineSteps,
  opinionWords,
  stateWords,
  stepsOpen,
  verdictWords,
  willBeLate,
} from './alert.ts'
import { alertNotFound, type alertsContract } from './contract.ts'
import { type Given, withGiven } from './given-facts.ts'
import { saidHash } from './judge-households.ts'
import { alerts, sealedNote, sealedWho } from './kept-alert.ts'
import type { AlertRow, GroundFact, StepRow } from './tables.ts'

type Input<K extends keyof typeof alertsContract> = InputOf<(typeof alertsContract)[K]>
type Line = AnswerOf<(typeof alertsContract)['GET /alerts']>['items'][number]
type View = AnswerOf<(typeof alertsContract)['GET /alerts/:alertId']>

const listed = 'alerts.alert.page'
const weighed = sql<string>`(case level when 'red' then '0' when 'orange' then '1' when 'yellow' then '2' else '3' end)
  || coalesce(to_char(due_at at time zone 'UTC', 'YYYYMMDDHH24MISS'), '99999999999999')`

export async function listAlerts(ctx: Ctx, { query }: Input<'GET /alerts'>) {
  const from = query.after === undefined ? undefined : openMark(ctx, listed, query.show, query.after)
  const where = narrowed(ctx, query)
  let found = alerts(ctx).selectFrom('alerts.listed').selectAll().select(weighed.as('key')).where(where)
  if (from) found = found.where(sql<boolean>`(${weighed}, id) > (${from.key}, ${from.id}::uuid)`)
  const rows = await found
    .orderBy(weighed)
    .orderBy('id')
    .limit(query.limit + 1)
    .execute()
  const items = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? items.at(-1) : undefined
  return {
    items: await linesOf(ctx, items),
    next: last ? sealMark(ctx, listed, { sort: query.show, key: last.key, id: last.id }) : null,
    counts: from ? null : await countsOf(ctx, where),
  }
}

async function countsOf(ctx: Ctx, where: ReturnType<typeof narrowed>) {
  const of = (level: string) => sql<number>`count(*) filter (where level = ${level})::integer`
  return await alerts(ctx)
    .selectFrom('alerts.listed')
    .select([
      of('red').as('red'),
      of('orange').as('orange'),
      of('yellow').as('yellow'),
      of('blue').as('blue'),
      sql<number>`count(*) filter (where state <> 'closed' and due_at < ${ctx.now})::integer`.as('late'),
      sql<number>`count(*) filter (where state <> 'closed' and due_at >= ${ctx.now} and expected_at > due_at)::integer`.as(
        'willBeLate',
      ),
    ])
    .where(where)
    .executeTakeFirstOrThrow()
}

function narrowed(ctx: Ctx, query: Omit<Input<'GET /alerts'>['query'], 'limit' | 'after'>) {
  const scope = ctx.actor.scope ?? '-'
  const within = query.division?.startsWith(scope) ? query.division : scope
  const outside = query.division !== undefined && !query.division.startsWith(scope) && !scope.startsWith(query.division)
  const { lo, hi } = divisionRange(outside ? '-' : within)
  const parts = [
    sql`district = ${ctx.district} and division >= ${lo} and division < ${hi}`,
    query.show === 'closed' ? sql`state = 'closed'` : query.show === 'all' ? undefined : sql`state <> 'closed'`,
    query.show === 'mine' ? sql`holder_id = ${ctx.actor.account}` : undefined,
    query.show === 'late' ? sql`due_at < ${ctx.now}` : undefined,
    query.level ? sql`level = ${query.level}` : undefined,
    query.rule ? sql`rule = ${query.rule}` : undefined,
    query.household ? sql`household_id = ${query.household}::uuid` : undefined,
    // The database says the same.
    ctx.actor.role === 'guide' ? sql`not careful and audience <> 'township'` : undefined,
    ctx.actor.role === 'healthWorker' ? sql`audience = 'health'` : undefined,
  ].filter(part => part !== undefined)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

const hidden: Words = { zh: '请联系镇街', en: 'Please call the township' }
const forOffices: Words = { zh: '由卫生人员处理', en: 'For health workers' }

export async function linesOf(ctx: Ctx, rows: readonly AlertRow[]): Promise<Line[]> {
  const { pool } = await currentPool(ctx)
  const places = await placesOf(ctx)
  const households = [...new Set(rows.map(r => r.household_id))]
  for (const household of households) ctx.about({ kind: 'household', id: household })
  const briefs = await briefsOf(ctx, households)
  const seen = new Map(
    (rows.length === 0
      ? []
      : await alerts(ctx)
          .selectFrom('alerts.seen')
          .select(['alert_id', 'times', 'ceased_on'])
          .where('district', '=', ctx.district)
          .where('alert_id', '=', sql<Id>`any(${rows.map(r => r.id)}::uuid[])`)
          .execute()
    ).map(s => [s.alert_id, s]),
  )
  return rows.map(row => {
    const brief = briefs.get(row.household_id)
    const place = places.get(row.village)
    const isHealth = row.audience === 'health'
    const isHidden = isHealth && ctx.actor.role !== 'healthWorker'
    const document = pool.alerts.find(a => a.id === row.rule)?.document
    const own = seen.get(row.id)
    const who = isHealth && !isHidden && row.sealed_who ? readSealed(ctx, sealedWho, row.id, row.sealed_who) : undefined
    return {
      id: row.id,
      rule: isHidden ? null : row.rule,
      name: isHidden
        ? ctx.actor.role === 'guide'
          ? hidden
          : forOffices
        : (document?.name ?? { zh: row.rule, en: row.rule }),
      level: row.level,
      state: row.state,
      stateWords: stateWords[row.state],
      version: row.version,
      household: brief
        ? { id: row.household_id, head: maskName(brief.headName), size: brief.size }
        : who !== undefined
          ? { id: row.household_id, head: who, size: 0 }
          : null,
      person:
        row.person_id && !isHidden
          ? { id: row.person_id, name: who ?? maskName(brief?.names.get(row.person_id) ?? '') }
          : null,
      place: { code: row.village, name: place?.name ?? row.village, township: place?.township ?? '' },
      occurredOn: row.occurred_on,
      raisedAt: row.raised_at.toISOString(),
      clock: {
        at: row.due_at?.toISOString() ?? null,
        on: row.due_on,
        state: row.state === 'closed' ? 'none' : clockState(row.due_at, row.level, row.state, ctx.now),
        likelyAt: willBeLate(row, ctx.now) ? (row.expected_at?.toISOString() ?? null) : null,
      },
      holder: row.holder_name,
      mine: row.holder_id === ctx.actor.account,
      times: own?.times ?? 1,
      ceasedOn: own?.ceased_on ?? null,
      careful: row.careful,
      audience: row.audience,
      points: isHidden ? null : row.points,
      firstAction: isHidden ? null : (document?.firstAction ?? null),
    }
  })
}

/** @throws alertNotFound */
export async function readAlert(ctx: Ctx, id: Id): Promise<AlertRow> {
  const row = await alerts(ctx)
    .selectFrom('alerts.listed')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw alertNotFound()
  ctx.about({ kind: 'household', id: row.household_id })
  return row
}

export async function getAlert(ctx: Ctx, { params }: Input<'GET /alerts/:alertId'>): Promise<View> {
  return await viewOf(ctx, await readAlert(ctx, params.alertId))
}

export async function viewOf(ctx: Ctx, row: AlertRow): Promise<View> {
  const isFree = isFor(row, ctx.actor.role)
  // From here on the wall in front of children's records knows whose may be opened.
  const closed = await closedIn(ctx, [row.household_id])
  const grounds = isFree ? await groundOf(ctx, row.id) : undefined
  const [line, ...counted] = await linesOf(ctx, [row, ...(await listedOf(ctx, grounds?.counted ?? []))])
  const loaded = await poolVersion(ctx, row.pool_version)
  const brief = (await briefsOf(ctx, [row.household_id])).get(row.household_id)
  const nameOf = (key: string) => maskName(brief?.names.get(key as Id) ?? '') || '—'
  const { pool } = loaded
  const document = pool.alerts.find(a => a.id === row.rule)?.document
  const [task] = row.task_id && row.audience !== 'health' ? await tasksOf(ctx, { kind: 'alert', ids: [row.id] }) : []
  const open = stepsOpen(row, ctx.actor)
  const tellsOfClosed =
    (row.person_id !== null && closed.has(row.person_id)) ||
    (grounds !== undefined && (grounds.isMore || grounds.reasons.some(r => tellsOf(r, closed))))
  return {
    ...(line as Line),
    why: grounds
      ? [
          ...shownReasons(grounds.reasons.filter(r => !tellsOf(r, closed))).map(r =>
            both(l => reasonWords(pool, r, l, nameOf)),
          ),
          ...(tellsOfClosed ? [aboutChild] : []),
        ]
      : [],
    facts: (grounds?.facts ?? [])
      .filter(f => f.person === undefined || !closed.has(f.person as Id))
      .map(f => factView(pool, loaded, f, nameOf)),
    counted: counted.map(({ id, name, level, stateWords: state, occurredOn }) => ({
      id,
      name,
      level,
      stateWords: state,
      occurredOn,
    })),
    missing: (grounds?.missing ?? [])
      .filter(m => m.person === undefined || !closed.has(m.person as Id))
      .map(m => both(l => missingWords(pool, m, l, nameOf))),
    leadsTo: isFree
      ? (document?.leadsTo ?? []).map(id => ({
          id,
          name: loaded.policy(id)?.name ?? loaded.service(id)?.name ?? { zh: id, en: id },
        }))
      : [],
    card:
      isFree && row.points !== null
        ? {
            points: row.points,
            parts: (row.points_parts ?? []).map(({ label, because, points }) => ({ label, because, points })),
          }
        : null,
    steps: isFree ? await stepsOf(ctx, row.id, tellsOfClosed) : [],
    next: open.map((t, i) => ({ step: t.step, words: t.words, asks: [...t.asks], main: i === 0 })),
    task: task ? { id: task.id, state: task.state, holder: task.holder?.name ?? null, dueOn: task.dueOn } : null,
    judgedOn: row.judged_on,
    poolVersion: row.pool_version,
  }
}

/** Of several, those that are for who asks, the newest happening first. */
const listedOf = async (ctx: Ctx, ids: readonly Id[]): Promise<AlertRow[]> =>
  ids.length === 0
    ? []
    : await alerts(ctx)
        .selectFrom('alerts.listed')
        .selectAll()
        .where('district', '=', ctx.district)
        .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
        .orderBy('occurred_on', 'desc')
        .orderBy('id')
        .execute()

const both = (say: (language: 'zh' | 'en') => string): Words => ({ zh: say('zh'), en: say('en') })

function factView(pool: Pool, loaded: LoadedPool, fact: GroundFact, nameOf: (key: string) => string) {
  return {
    label: loaded.labelOf(fact.fact) ?? { zh: fact.fact, en: fact.fact },
    person: fact.person === undefined ? null : nameOf(fact.person),
    value: both(l => valueWords(pool, fact.fact, fact.value, l)),
    source: fact.source,
    origin: fact.origin,
    asOf: fact.asOf,
  }
}

/** The newest, with what of it tells of a child as far as the database shows it; `isMore` where it shows nothing of that. */
async function groundOf(ctx: Ctx, alert: Id) {
  const ground = await alerts(ctx)
    .selectFrom('alerts.ground')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('alert_id', '=', alert)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!ground?.tells_of_child) return ground && { ...ground, isMore: false }
  const minor = await alerts(ctx)
    .selectFrom('alerts.minor_ground')
    .select(['facts', 'reasons', 'missing'])
    .where('district', '=', ctx.district)
    .where('alert_id', '=', alert)
    .where('turn', '=', ground.turn)
    .executeTakeFirst()
  return {
    ...ground,
    facts: [...(minor?.facts ?? []), ...(ground.facts ?? [])],
    reasons: [...(minor?.reasons ?? []), ...(ground.reasons ?? [])],
    missing: [...(minor?.missing ?? []), ...(ground.missing ?? [])],
    isMore: minor === undefined,
  }
}

/** What others wrote about a child who is closed to who asks is left out, as its grounds are. */
async function stepsOf(ctx: Ctx, alert: Id, tellsOfClosed: boolean) {
  const rows = await alerts(ctx)
    .selectFrom('alerts.step')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('alert_id', '=', alert)
    .orderBy('turn')
    .execute()
  const noteOf = ({ id, by_id, sealed_note }: (typeof rows)[number]) => {
    if (sealed_note === null) return null
    if (tellsOfClosed && by_id !== ctx.actor.account) return aboutChild[ctx.language]
    return readSealed(ctx, sealedNote, id, sealed_note)
  }
  return rows.map(row => ({
    step: row.step,
    words: doneWords(row.step),
    at: row.at.toISOString(),
    by: row.by_role === 'machine' ? '' : row.by_name,
    detail: detailOf(row),
    note: noteOf(row),
  }))
}

const doneWords = (step: StepRow['step']): Words =>
  alertTransitions.find(t => t.step === step)?.done ?? machineSteps[step as keyof typeof machineSteps]

function detailOf({ facts }: StepRow): Words | null {
  const word = <T extends string>(key: string, words: Readonly<Record<T, Words>>) => words[facts[key] as T]
  return word('verdict', verdictWords) ?? word('opinion', opinionWords) ?? word('cause', causeWords) ?? null
}

/** The registry keeps what was known at any moment, the pools every version, and the alert what the platform gave. */
export async function replayAlert(ctx: Ctx, { params }: Input<'GET /alerts/:alertId/replay'>) {
  const row = await readAlert(ctx, params.alertId)
  if (!isFor(row, ctx.actor.role)) throw alertNotFound()
  // Who is asked about a health matter opens no register; that the same comes out is all they read of it.
  const known = await asWhole(ctx, () =>
    factsOf(ctx, row.household_id, { on: row.judged_on, asKnownAt: row.judged_at, whole: true }),
  )
  const { pool } = await poolVersion(ctx, row.pool_version)
  const said = judgeAlerts(pool, withGiven(known.facts, row.given as Given), row.judged_on)
  const again = said.find(a => a.rule === row.rule && (a.person ?? null) === row.person_id)
  return {
    same: again !== undefined && saidHash(again) === row.said_hash,
    judgedOn: row.judged_on,
    poolVersion: row.pool_version,
  }
}

export async function listRules(ctx: Ctx) {
  const { pool } = await currentPool(ctx)
  return {
    items: pool.alerts.map(({ document }) => ({
      id: document.id,
      name: document.name,
      levels: document.levels.map(l => l.level),
      firstAction: document.firstAction,
    })),
  }
}
