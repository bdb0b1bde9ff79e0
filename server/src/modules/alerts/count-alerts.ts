import { addDays, addMonths, type Day, divisionRange, type Words } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { hiddenTotal, hideSmall } from '../../platform/hide-small.ts'
import { schematicMap } from '../entitlements/index.ts'
import { currentPool } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import { causeWords, opinionWords, verdictWords } from './alert.ts'
import { alerts } from './kept-alert.ts'

/** Open alerts by township, with its place on the schematic map; those of health are counted with the others. */
export async function alertsByTownship(ctx: Ctx) {
  const { lo, hi } = divisionRange(ctx.actor.scope ?? '-')
  const rows = await alerts(ctx)
    .selectFrom('alerts.listed')
    .select([
      sql<string>`left(village, 9)`.as('code'),
      'level',
      sql<number>`count(*)::integer`.as('count'),
      sql<number>`count(*) filter (where due_at < ${ctx.now})::integer`.as('late'),
    ])
    .where('district', '=', ctx.district)
    .where('division', '>=', lo)
    .where('division', '<', hi)
    .where('state', '<>', 'closed')
    .groupBy([sql`left(village, 9)`, 'level'])
    .execute()
  const map = await schematicMap()
  const tiles = new Map(map.tiles.map(t => [t.code, t]))
  const places = await placesOf(ctx)
  const codes = [...places.keys()].filter(
    c => c.length === 9 && (c.startsWith(ctx.actor.scope ?? '-') || (ctx.actor.scope ?? '').startsWith(c)),
  )
  return {
    tile: map.tile,
    river: map.river ? { path: map.river.path, width: map.river.width } : null,
    items: codes.toSorted().map(code => {
      const own = rows.filter(r => r.code === code)
      const of = (level: string) => own.find(r => r.level === level)?.count ?? 0
      const tile = tiles.get(code)
      return {
        code,
        name: places.get(code)?.name ?? code,
        short: tile?.name ?? places.get(code)?.name ?? code,
        column: tile?.column ?? null,
        row: tile?.row ?? null,
        red: of('red'),
        orange: of('orange'),
        yellow: of('yellow'),
        blue: of('blue'),
        late: own.reduce((sum, r) => sum + r.late, 0),
      }
    }),
  }
}

const window = 90
/** More false than this share, of enough that were verified, and the rule wants looking at. @source domain §6.3 [I] */
const flaggedShare = 0.6
const enough = 5

/** How good the rules are, who was found, and what came of it. Counts by which somebody could be told are left out. */
export async function alertQuality(ctx: Ctx) {
  const since = addDays(ctx.today, -window)
  const { pool } = await currentPool(ctx)
  const { lo, hi } = divisionRange(ctx.actor.scope ?? '-')
  const counted = await alerts(ctx)
    .selectFrom('alerts.alert')
    .select([
      'rule',
      sql<number>`count(*)::integer`.as('raised'),
      sql<number>`count(verdict)::integer`.as('verified'),
      sql<number>`count(*) filter (where verdict = 'false')::integer`.as('false'),
    ])
    .where('district', '=', ctx.district)
    .where('division', '>=', lo)
    .where('division', '<', hi)
    .where('judged_on', '>', since)
    .groupBy('rule')
    .execute()
  const of = new Map(counted.map(c => [c.rule, c]))
  return {
    since,
    // How often health workers found it so is theirs.
    rules: pool.alerts
      .filter(({ document }) => document.goesTo !== 'health')
      .map(({ id, document }) => {
        const own = of.get(id) ?? { raised: 0, verified: 0, false: 0 }
        const isFew = own.verified < enough
        const share = own.verified === 0 ? null : own.false / own.verified
        return {
          id,
          name: document.name,
          raised: own.raised,
          verified: hiddenTotal(own.verified),
          false: own.verified === 0 ? 0 : isFew ? null : own.false,
          share: isFew || share === null ? null : Math.round(share * 1000) / 1000,
          flagged: !isFew && share !== null && share > flaggedShare,
        }
      }),
    groups: await groups(ctx, since, lo, hi),
    outcomes: await outcomes(ctx, lo, hi),
  }
}

interface Group {
  readonly by: 'sex' | 'age' | 'township'
  readonly key: string
  readonly people: number
  readonly raised: number
  readonly confirmed: number
}

/**
 * Of those registered in a group, how many were found: an alert about a person, or about their household. Who was found is looked
 * up from the alerts; joined to everybody, 9,000 people with 700 alerts took 0.6 s, since behind the walls the planner expects
 * few people and compares each with each alert.
 */
async function groups(ctx: Ctx, since: Day, lo: string, hi: string) {
  const youngerThan = (years: number) => addMonths(ctx.today, -12 * years)
  const groupsOf = sql`coalesce(p.sex, 'unknown') as sex, left(p.division, 9) as township,
    case when p.birth_date is null then 'unknown' when p.birth_date > ${youngerThan(18)}::date then '0-17'
      when p.birth_date > ${youngerThan(60)}::date then '18-59' when p.birth_date > ${youngerThan(80)}::date then '60-79' else '80+' end as age`
  const inReach = sql`p.district = ${ctx.district} and p.division >= ${lo} and p.division < ${hi}`
  const counted = sql`case when grouping(sex) = 0 then 'sex' when grouping(age) = 0 then 'age' else 'township' end as by,
    coalesce(sex, age, township) as key, count(*)::integer as people`
  const { rows: everybody } = await sql<Group>`
    select ${counted} from (select ${groupsOf} from registry.v_person p where ${inReach}) all_people
    group by grouping sets ((sex), (age), (township)) order by 1, 2`.execute(ctx.transaction)
  const { rows: hit } = await sql<Group>`
    with found as materialized (
      select household_id, person_id, coalesce(bool_or(verdict = 'confirmed'), false) as confirmed from alerts.alert
      where district = ${ctx.district} and judged_on > ${since} and division >= ${lo} and division < ${hi}
      group by household_id, person_id
    ), hit as (
      select p.id, ${groupsOf}, found.confirmed from found
      cross join lateral (select p.* from registry.v_person p where ${inReach} and p.household_id = found.household_id offset 0) p
      where found.person_id is null or found.person_id = p.id
    ), each as (select id, sex, township, age, bool_or(confirmed) as confirmed from hit group by id, sex, township, age)
    select ${counted}, count(*) filter (where confirmed)::integer as confirmed
    from each group by grouping sets ((sex), (age), (township))`.execute(ctx.transaction)
  const rows = everybody.map((group): Group => {
    const own = hit.find(h => h.by === group.by && h.key === group.key)
    return { ...group, raised: own?.people ?? 0, confirmed: own?.confirmed ?? 0 }
  })
  const places = await placesOf(ctx)
  const kinds = [
    ['sex', (k: string) => sexWords[k]],
    ['age', (k: string) => (k === 'unknown' ? unknown : { zh: `${k} 岁`, en: `${k} years` })],
    ['township', (k: string) => ({ zh: places.get(k)?.name ?? k, en: places.get(k)?.name ?? k })],
  ] as const
  const all = []
  for (const [kind, name] of kinds) {
    const found = rows.filter(row => row.by === kind)
    const raised = hideSmall(found.map(g => g.raised))
    const confirmed = hideSmall(found.map(g => g.confirmed))
    all.push(
      ...found.map((g, i) => ({
        by: kind,
        key: g.key,
        name: name(g.key) ?? unknown,
        people: hiddenTotal(g.people),
        raised: raised[i] ?? null,
        confirmed: confirmed[i] ?? null,
        perThousand:
          (confirmed[i] ?? null) === null || hiddenTotal(g.people) === null
            ? null
            : Math.round((10_000 * g.confirmed) / g.people) / 10,
      })),
    )
  }
  return all
}

const unknown: Words = { zh: '不清楚', en: 'Not known' }
const sexWords: Readonly<Record<string, Words>> = {
  male: { zh: '男', en: 'Men' },
  female: { zh: '女', en: 'Women' },
  unknown,
}

async function outcomes(ctx: Ctx, lo: string, hi: string) {
  const rows = await alerts(ctx)
    .selectFrom('alerts.outcome')
    .select(['kind', sql<number>`count(*)::integer`.as('count')])
    .where('district', '=', ctx.district)
    .where('division', '>=', lo)
    .where('division', '<', hi)
    .groupBy('kind')
    .orderBy('kind')
    .execute()
  return rows.map(({ kind, count }) => ({ kind, words: outcomeWords(kind), count: hiddenTotal(count) }))
}

const circleWords: Readonly<Record<string, Words>> = {
  entry: { zh: '纳入救助对象库', en: 'Entered the base' },
  outward: { zh: '移出或外移', en: 'Moved outward' },
}
const findingWords: Readonly<Record<string, Words>> = {
  confirmed: { zh: '入户：属实', en: 'Visit: so' },
  falseAlarm: { zh: '入户：不属实', en: 'Visit: not so' },
  duplicate: { zh: '入户：重复', en: 'Visit: duplicate' },
  handled: { zh: '入户：已处理', en: 'Visit: handled' },
  stable: { zh: '入户：平稳', en: 'Visit: stable' },
  changed: { zh: '入户：有变化', en: 'Visit: changed' },
}
function outcomeWords(kind: string): Words {
  const [what = '', value = ''] = kind.split('.')
  const of: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
    verdict: verdictWords,
    opinion: opinionWords,
    closed: causeWords,
    circle: circleWords,
    finding: findingWords,
  }
  return of[what]?.[value] ?? { zh: kind, en: kind }
}
